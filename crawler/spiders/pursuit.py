"""From a page that was read to the visits it leads to: each address once, in its best place."""

from collections.abc import Iterator
from dataclasses import replace

from crawler.address import canonical
from crawler.reading.outer import outer_feeds, outer_scripts
from crawler.spiders.budget import Budget
from crawler.spiders.leads import Lead, feed_leads, leads_of
from crawler.spiders.ledger import Ledger
from crawler.spiders.scope import Scope
from crawler.spiders.visit import Order, Visit
from domain.page import Page

DEEPEST_NAMES = 12
MOST_WAITING = 200
"""Pages of a site whose lists a script file may ask for."""


class Pursuit:
    """What one walk knows of addresses: each by its canonical key, None where it was turned down."""

    def __init__(self, scope: Scope, budget: Budget, ledger: Ledger, *, this_year: int) -> None:
        self._this_year = this_year
        self._scope = scope
        self._budget = budget
        self._ledger = ledger
        self._known: dict[str, Visit | None] = {}
        self._scripts: dict[str, Page] = {}
        self._waiting: list[tuple[Page, Visit]] = []

    def knows(self, key: str) -> bool:
        """Whether an address was met before."""
        return key in self._known

    def add(self, visit: Visit) -> Visit:
        """Notes an address as known."""
        self._known[visit.key] = visit
        return visit

    def children(self, page: Page, visit: Visit) -> Iterator[Visit]:
        """The visits to queue because of a page: new ones, and waiting ones that move up."""
        leads = leads_of(page, visit, self._scope, self._known, this_year=self._this_year)
        yield from self._taken_up(leads, visit)
        for shell, asking in self._with_scripts(page, visit):
            feeds = outer_feeds(shell, lambda url: self._scripts.get(canonical(url)))
            yield from self._taken_up(feed_leads(feeds, shell, asking, self._scope), asking)

    def _with_scripts(self, page: Page, visit: Visit) -> list[tuple[Page, Visit]]:
        """The pages that a script file may now be known for: this one, or those that waited for it."""
        if page.script:
            self._scripts[visit.key] = replace(page, links=())
            return self._waiting
        if not outer_scripts(page) or len(self._waiting) >= MOST_WAITING:
            return []
        bare = replace(page, links=(), text="")
        self._waiting.append((bare, visit))
        return [(bare, visit)]

    def _taken_up(self, leads: Iterator[Lead], visit: Visit) -> Iterator[Visit]:
        for lead in leads:
            known = self._known.get(lead.key)
            if known is not None and not (known.only_tried and lead.role != "link"):
                if not known.taken and lead.order < known.order:
                    yield _raised(known, _child(lead, visit))
            elif known is not None or lead.key not in self._known:
                child = self._child_if_worth(self._placed(lead, visit), visit)
                if lead.doubt:
                    self._ledger.note(_child(lead, visit), lead.doubt)
                if child is not None:
                    yield self.add(child)

    def _placed(self, lead: Lead, visit: Visit) -> Lead:
        """A forward out of the site takes the site along from the home page, and is a mere link elsewhere."""
        if not lead.forward or self._scope.owns(lead.key):
            return lead
        if visit.role == "home":
            self._scope.add(lead.url)
        elif visit.declared:
            self._scope.add_list(lead.url)
        else:
            return replace(lead, role="link", order=Order.LINK, candidate=False)
        return lead

    def _child_if_worth(self, lead: Lead, visit: Visit) -> Visit | None:
        child = _child(lead, visit)
        why = self._budget.refuse_lead(lead, child.depth, own=self._scope.owns(lead.key))
        if why is None:
            if lead.platform:
                self._scope.add(lead.url)
            return child
        if lead.role != "link":
            self._known[lead.key] = None
            self._ledger.leave(child, why)
        return None


def _child(lead: Lead, visit: Visit) -> Visit:
    return Visit(
        url=lead.url,
        key=lead.key,
        role=lead.role,
        order=lead.order,
        depth=visit.depth + 1 if lead.deeper else visit.depth,
        text=lead.text,
        found_on=visit.url,
        names=(*visit.names, lead.text)[-DEEPEST_NAMES:] if lead.deeper else visit.names,
        list_key=lead.list_key,
        page_no=lead.page_no,
        candidate=lead.candidate,
        declared=lead.forward and visit.declared,
        forwards=visit.forwards + 1 if lead.forward else visit.forwards,
        platform=lead.platform or (lead.forward and visit.platform),
    )


_PLACE = ("url", "role", "order", "depth", "text", "found_on", "names", "list_key", "page_no", "candidate")


def _raised(known: Visit, better: Visit) -> Visit:
    """An address that waits for a lesser reason, put into its better place."""
    for name in _PLACE:
        setattr(known, name, getattr(better, name))
    return known
