"""What is known of an address without asking: a browser's DOM, another site's try, an earlier night."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from crawler.address import POSTED, canonical
from crawler.classify import Reply
from crawler.pipeline import Answer
from crawler.plan import RenderedPage, SitePlan
from crawler.runfolder import RunFolder
from crawler.spiders.earlier import OLDEST, EarlierWalk, carried_on, still_readable, validators
from crawler.spiders.visit import Visit
from domain.snapshot import Via
from domain.walk import Sighting

_HTML = (("Content-Type", "text/html; charset=utf-8"),)


@dataclass(slots=True)
class TargetBook:
    """What the sites of one process learned of foreign addresses: each is tried once for all of them."""

    _tries: dict[str, tuple[Sighting, ...]] = field(default_factory=dict)

    def learn(self, key: str, sighting: Sighting) -> None:
        """Takes in a try of an address."""
        self._tries[key] = (*self._tries.get(key, ()), sighting)

    def tries(self, key: str) -> tuple[Sighting, ...]:
        """The tries of an address so far."""
        return self._tries.get(key, ())


class Memory:
    """What one site's walk need not ask. `targets` is shared by the sites of a process.

    `earlier` is another night's walk, of which nothing older than `oldest` is carried on; `tonight` is an
    earlier pass of this night.
    """

    def __init__(
        self,
        plan: SitePlan,
        *,
        folder: RunFolder,
        targets: TargetBook,
        earlier: EarlierWalk | None,
        tonight: EarlierWalk | None = None,
        oldest: timedelta = OLDEST,
    ) -> None:
        self._folder = folder
        self._targets = targets
        self._earlier = earlier
        self._tonight = tonight
        self._oldest = oldest
        self._fresh = frozenset(canonical(url) for url in plan.fresh)
        self._rendered: dict[str, RenderedPage] = {canonical(page.url): page for page in plan.rendered}
        self._unchanged: set[str] = set()

    def learn(self, visit: Visit, sighting: Sighting) -> None:
        """Lets the other sites know of a foreign address that was tried."""
        self._targets.learn(visit.key, sighting)

    def tries(self, visit: Visit) -> tuple[Sighting, ...]:
        """The tries that another site made of a link's target."""
        if visit.role != "link" or visit.tries:
            return ()
        return tuple(
            replace(sighting, found_on=visit.found_on, asked_as=visit.text)
            for sighting in self._targets.tries(visit.key)
        )

    def rendered(self, visit: Visit) -> Answer | None:
        """The answer of a browser that has shown the page already."""
        page = self._rendered.get(visit.key)
        if page is None or visit.tries or visit.hops:
            return None
        body = self._folder.body(page.sha256)
        reply = Reply(url=visit.url, final_url=page.final_url, http_status=200, body=body)
        return Answer(at=page.seen_at, reply=reply, headers=_HTML, via=Via.BROWSER)

    def carried(self, visit: Visit, at: datetime) -> Sighting | None:
        """The earlier night's sighting, if it may stand for this night's."""
        if visit.tries or visit.hops:
            return None
        fresh = visit.key in self._fresh
        if self._tonight is not None:
            seen = self._tonight.find(visit.key, role=visit.role)
            if seen is not None and not (fresh and seen.snapshot.via is Via.KEPT):
                return seen
        if self._earlier is None or fresh:
            return None
        if visit.role == "pager" and visit.list_key not in self._unchanged:
            return None
        earlier = self._earlier.find(visit.key)
        if earlier is None:
            return None
        carried = carried_on(earlier, role=visit.role, text=visit.text, now=at, oldest=self._oldest)
        return replace(carried, found_on=visit.found_on, depth=visit.depth) if carried else None

    def conditions(self, visit: Visit) -> Mapping[str, str]:
        """Request headers by which an unchanged page need not be sent again."""
        earlier = self._find_body(visit)
        if earlier is None or visit.tries or visit.hops or POSTED in visit.key:
            return {}
        return validators(earlier.snapshot)

    def recall(self, visit: Visit, answer: Answer) -> Answer:
        """The answer with what the earlier night read of the same bytes."""
        earlier = self._find_body(visit)
        if earlier is None or answer.reply is None:
            return answer
        page = earlier.page if still_readable(earlier.page) else None
        answer = replace(answer, known=page, known_body=earlier.snapshot.body)
        if answer.reply is None or answer.reply.http_status != 304 or earlier.snapshot.body is None:
            return answer
        names = {name.lower() for name, _ in answer.headers}
        kept = tuple(one for one in earlier.snapshot.headers if one[0].lower() not in names)
        reply = replace(answer.reply, body=self._folder.body(earlier.snapshot.body))
        return replace(answer, reply=reply, headers=(*answer.headers, *kept))

    def compare(self, visit: Visit, answer: Answer, sighting: Sighting) -> None:
        """Notes whether a page is the same as the earlier night: then its further pages are too."""
        if answer.known_body is not None and sighting.snapshot.body == answer.known_body:
            self._unchanged.add(visit.key)

    def _find_body(self, visit: Visit) -> Sighting | None:
        """The earlier sighting of a page whose body is still kept."""
        if visit.role in {"link", "robots", "attachment"}:
            return None
        for walk in (self._tonight, self._earlier):
            seen = walk.find(visit.key) if walk is not None else None
            body = seen.snapshot.body if seen is not None else None
            if body is not None and self._folder.body_path(body).exists():
                return seen
        return None
