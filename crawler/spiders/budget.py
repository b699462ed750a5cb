"""How much of a site is asked for: pages, attachments, links to try, addresses of one form."""

from dataclasses import dataclass, field

from crawler.plan import CrawlPlan
from crawler.spiders.leads import Lead
from crawler.spiders.names import pattern_of, runs_in_circles
from crawler.spiders.visit import Order, Visit, slot_of

SAME_PATH = 400
SAME_QUERY = 150
SAME_TRIED = 40
"""How many addresses of one form are asked for as columns, with a query, and as mere links."""

_UNNOTED = ""


@dataclass(slots=True)
class Budget:
    """The counts of one site's walk. Reasons are Chinese; the empty one means nothing worth noting."""

    plan: CrawlPlan
    _pages: int = 0
    _attachments: int = 0
    _links: int = 0
    _hosts: dict[str, int] = field(default_factory=dict)
    _forms: dict[str, int] = field(default_factory=dict)

    def refuse_lead(self, lead: Lead, depth: int, *, own: bool) -> str | None:
        """Why an address is not even queued; None when it is. `own`: it belongs to the site."""
        if lead.role == "link" and not self.plan.check_links:
            return _UNNOTED
        if runs_in_circles(lead.key):
            return "网址不断自我重复"
        if lead.role == "column" and depth > self.plan.max_depth:
            return f"超过 {self.plan.max_depth} 级的栏目深度上限"
        if lead.role == "pager":
            limit = self.plan.max_list_pages * (2 if lead.order < Order.ARTICLE else 1)
            return _UNNOTED if lead.page_no > limit else None
        if lead.role in {"column", "link"} and own:
            return self._count_form(lead)
        return None

    def _count_form(self, lead: Lead) -> str | None:
        query = "?" in lead.key
        if lead.role == "link":
            most = SAME_TRIED if query else SAME_PATH
        else:
            most = SAME_QUERY if query else SAME_PATH
        form = f"{lead.role} {pattern_of(lead.key)}"
        count = self._forms[form] = self._forms.get(form, 0) + 1
        return f"同一形式的网址过多（已访问 {most} 个）" if count > most else None

    def refuse_visit(self, visit: Visit, *, own: bool = True) -> str | None:
        """Counts an address that is asked for the first time; the reason when the budget is used up.

        `own`: it lies on a host of the site, which has no budget of its own for links.
        """
        if visit.counted:
            return None
        visit.counted = True
        if visit.role == "attachment":
            self._attachments += 1
            return _UNNOTED if self._attachments > self.plan.max_attachments else None
        if visit.role == "link":
            return self._refuse_link(visit, own=own)
        if self._pages >= self.plan.max_pages:
            return f"超出单站页数上限（{self.plan.max_pages} 页）"
        self._pages += 1
        return None

    def _refuse_link(self, visit: Visit, *, own: bool) -> str | None:
        budget = self.plan.links
        host = slot_of(visit.url)
        count = self._hosts.get(host, 0)
        if self._links >= budget.per_site or (count >= budget.per_host and not own):
            return _UNNOTED
        self._links += 1
        self._hosts[host] = count + 1
        return None
