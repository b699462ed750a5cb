"""How the sites of a scan go through it: walked, rendered where a script must run, judged, looked at again.

Walking and judging run in processes of their own; what they come to meets here, one message at a time.
Rendering and looking again happen here too, and so does whatever `finish` does with a judged site.
"""

import queue
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from crawler.address import canonical
from crawler.events import Event, PageSeen, SiteDone, SiteFailed
from crawler.plan import CrawlPlan, RenderedPage, SitePlan
from crawler.runfolder import RunFolder
from domain.observation import Head, ProbeSeries
from domain.outcome import Violation
from domain.snapshot import FetchStatus
from domain.target import Site
from domain.walk import Sighting
from evidence.look import Look
from scheduler.browsing import Browsing
from scheduler.crawling import MOST_ROUNDS, Crawling, CrawlOver, next_round, set_aside
from scheduler.jury import Closed, Jury
from scheduler.looking import MOST_LOOKS, unlooked
from scheduler.looks import RENDERED, SEEN_AGAIN, forget_looks, keep_part
from scheduler.progress import Fetching, Progress, Proving
from scheduler.sitework import look_again, render
from scheduler.tasks import Consider, Failed, Opinion, Result, Settle, Task, Wanting

Looks = Mapping[str, Look]


@dataclass(slots=True)
class Passage:
    """One site on its way. `tried` are addresses that the browser was sent to, canonical.

    `read_heads` gives what its pages' heads said on the night before: asked for when the walk is over, since
    much is read for it.
    """

    site: Site
    plan: SitePlan
    first_seen: Mapping[str, date]
    probes: ProbeSeries | None = None
    read_heads: Callable[[], Mapping[str, Head] | None] = lambda: None
    round: int = 1
    tried: set[str] = field(default_factory=set)
    refreshed: set[str] = field(default_factory=set)
    pages: list[RenderedPage] = field(default_factory=list)
    rendered: dict[str, Sighting] = field(default_factory=dict)
    looks: dict[str, Look] = field(default_factory=dict)
    seen_again: dict[str, Sighting] = field(default_factory=dict)
    looked: int = 0
    waits: bool = False


@dataclass(slots=True, kw_only=True)
class Flow:
    """The sites of one scan under way.

    `plan` makes the crawl of some sites. `finish` takes a judged site with the browser's looks, `fail` one
    that could not be judged. `pictures`: violations are looked at again.
    """

    folder: RunFolder
    browsing: Browsing
    pictures: bool
    today: date
    plan: Callable[[Sequence[SitePlan]], CrawlPlan]
    finish: Callable[[Opinion, Looks], None]
    fail: Callable[[str, Failed], None]
    tell: Callable[[Progress], None]
    passages: dict[str, Passage] = field(default_factory=dict)
    _inbox: "queue.SimpleQueue[Event | CrawlOver | tuple[Task, Closed]]" = field(
        default_factory=queue.SimpleQueue
    )
    _rounds: deque[SitePlan] = field(default_factory=deque)
    _crawling: Crawling | None = None
    _crawls: int = 0

    def run(self, passages: Iterable[Passage], jury: Jury) -> None:
        """Takes all sites through. Raises what a crawl or the caller's own functions raise."""
        self.passages = {passage.site.id: passage for passage in passages}
        if not self.passages:
            return
        for site_id in self.passages:
            forget_looks(self.folder, site_id)
        self._rounds.extend(passage.plan for passage in self.passages.values())
        jury.get_ready()
        with jury.heard_by(lambda task, result: self._inbox.put((task, result))):
            try:
                self._crawl()
                while self.passages:
                    self._step(jury)
            finally:
                self._stop()

    def _step(self, jury: Jury) -> None:
        """Waits for the next message and does what it asks."""
        self._take(self._inbox.get(), jury)

    def _stop(self) -> None:
        if self._crawling is not None:
            self._crawling.stop()

    def _crawl(self) -> None:
        """Begins the walks that wait, unless others are under way."""
        if self._crawling is not None or not self._rounds:
            return
        self._crawls += 1
        name = "plan.json" if self._crawls == 1 else f"plan-{self._crawls}.json"
        plans = tuple(self._rounds)
        self._rounds.clear()
        for plan in plans:
            self.passages[plan.site.id].waits = True
        self._crawling = Crawling(self.plan(plans), self.folder, name, self._inbox.put)

    def _take(self, message: Event | CrawlOver | tuple[Task, Closed], jury: Jury) -> None:
        match message:
            case (task, Closed() as closed):
                self._heard(task, closed.open(), jury)
            case PageSeen():
                self.tell(Fetching(site=message.site, pages=message.pages))
            case SiteDone() | SiteFailed():
                self._consider(self.passages[message.site], jury)
            case CrawlOver():
                self._crawl_over(message, jury)

    def _heard(self, task: Task, result: Result, jury: Jury) -> None:
        """Goes on from what a juror answered."""
        match (task, result):
            case (_, Wanting() as wanting):
                self._render(self.passages[wanting.site], wanting.pages, jury)
            case (Consider() as task, Opinion() as opinion):
                self._judged(self.passages[task.site], opinion, jury)
            case (Settle() as task, Opinion() as opinion):
                self._settled(self.passages[task.site], opinion, jury)
            case (Consider() | Settle() as task, Failed() as failed):
                del self.passages[task.site]
                self.fail(task.site, failed)

    def _crawl_over(self, over: CrawlOver, jury: Jury) -> None:
        self._crawling = None
        if over.error is not None:
            raise over.error
        for passage in self.passages.values():
            if passage.waits:
                self._consider(passage, jury)
        self._crawl()
        if self._crawling is None:
            jury.widen()

    def _consider(self, passage: Passage, jury: Jury) -> None:
        passage.waits = False
        jury.ask(
            Consider(
                site=passage.site.id,
                first_seen=passage.first_seen,
                probes=passage.probes,
                heads=passage.read_heads(),
                render=self.browsing.promises,
                rendered_before=frozenset(passage.tried),
                last_round=passage.round >= MOST_ROUNDS,
                known=passage.plan.sought,
            )
        )

    def _render(self, passage: Passage, pages: Sequence[str], jury: Jury) -> None:
        """Shows pages in the browser; what they lead to is walked in a further round."""
        passage.tried |= {canonical(url) for url in pages}
        looks, found = render(pages, self.browsing, self.today)
        passage.rendered |= found
        keep_part(self.folder, passage.site.id, RENDERED, passage.rendered)
        new = [page for look in looks for page in self._kept(look, found)]
        passage.pages += new
        if new and passage.round < MOST_ROUNDS:
            self._go_round(passage)
        else:
            self._consider(passage, jury)

    def _kept(self, look: Look, found: Mapping[str, Sighting]) -> list[RenderedPage]:
        """The page and its frames as the next round reads them: those that the browser could show."""
        pages = [(look.snapshot.url, look.snapshot.final_url, look.dom)]
        pages += [(frame.url, frame.url, frame.dom) for frame in look.frames]
        return [
            RenderedPage(
                url=url, final_url=final, sha256=self.folder.keep(dom), seen_at=look.snapshot.fetched_at
            )
            for url, final, dom in pages
            if dom and url in found and found[url].snapshot.status is FetchStatus.OK
        ]

    def _go_round(self, passage: Passage, fresh: Iterable[str] = ()) -> None:
        """Walks a site once more this night."""
        site = passage.site
        passage.refreshed.update(fresh)
        aside = set_aside(self.folder, site.id, passage.round)
        passage.round += 1
        plan = next_round(
            site,
            aside=aside,
            night=passage.plan.previous,
            rendered=passage.pages,
            fresh=sorted({*passage.plan.fresh, *passage.refreshed}),
            sought=passage.plan.sought,
        )
        self._rounds.append(plan)
        self._crawl()

    def _judged(self, passage: Passage, opinion: Opinion, jury: Jury) -> None:
        """Looks again at what violations rest on: old sights are asked for anew, then the browser looks."""
        if opinion.old_sights:
            self._go_round(passage, opinion.old_sights)
            return
        accused = any(isinstance(verdict.outcome, Violation) for verdict in opinion.verdicts)
        if not accused or not self.pictures or not self.browsing.promises or self.browsing.pool is None:
            self._end(passage, opinion)
            return
        self._look(passage, opinion, jury)

    def _settled(self, passage: Passage, opinion: Opinion, jury: Jury) -> None:
        """Looks once more where what the browser showed makes a violation rest on a page not looked at."""
        if passage.looked < MOST_LOOKS and unlooked(opinion.verdicts, passage.looks):
            self._look(passage, opinion, jury)
        else:
            self._end(passage, opinion)

    def _look(self, passage: Passage, opinion: Opinion, jury: Jury) -> None:
        """Opens what violations rest on in the browser, then asks the same questions again."""
        self.tell(Proving(site=passage.site.id, done=0, total=len(opinion.plain)))
        looks, seen_again = look_again(
            opinion.verdicts, self.browsing, self.today, passage.rendered.keys(), passage.looks.keys()
        )
        passage.looked += 1
        passage.looks |= looks
        passage.seen_again |= seen_again
        keep_part(self.folder, passage.site.id, SEEN_AGAIN, passage.seen_again)
        jury.ask(
            Settle(
                site=passage.site.id,
                known=passage.plan.sought,
                first_seen=passage.first_seen,
                probes=passage.probes,
                heads=passage.read_heads(),
            )
        )

    def _end(self, passage: Passage, opinion: Opinion) -> None:
        del self.passages[passage.site.id]
        self.finish(opinion, passage.looks)
