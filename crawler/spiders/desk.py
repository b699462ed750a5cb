"""The sites of one process: opens their walks, a few at a time, and deals their turns."""

import logging
from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta
from time import monotonic

from crawler.events import Event, PageSeen, SiteDone, SiteFailed, SiteStarted
from crawler.plan import CrawlPlan, SitePlan
from crawler.runfolder import RunFolder
from crawler.spiders.clock import RunClock
from crawler.spiders.earlier import EarlierWalk
from crawler.spiders.journey import Journey
from crawler.spiders.memory import Memory
from crawler.spiders.surroundings import surroundings_of
from crawler.spiders.traffic import Traffic
from crawler.spiders.visit import Order, Visit

_log = logging.getLogger(__name__)

NEWS_EVERY = 0.5
"""Seconds between two progress events of one site."""


class Turn:
    """A visit to be fetched, with the walk that it belongs to and the host it goes to."""

    __slots__ = ("is_aside", "journey", "slot", "visit")

    def __init__(self, journey: Journey, visit: Visit, slot: str) -> None:
        self.journey = journey
        self.visit = visit
        self.slot = slot
        self.is_aside = visit.order >= Order.ASIDE


class Desk:
    """All walks of a process. `tell` passes events on; `jobs` walks are open at once."""

    def __init__(
        self, plan: CrawlPlan, folder: RunFolder, clock: RunClock, tell: Callable[[Event], None], jobs: int
    ) -> None:
        self._plan = plan
        self._folder = folder
        self._clock = clock
        self._tell = tell
        self._jobs = jobs
        self._queue: deque[SitePlan] = deque()
        self._open: deque[Journey] = deque()
        self._around = surroundings_of(plan)
        self._traffic = Traffic(plan, self._around.robots)
        self._told: dict[str, float] = {}
        self._ends: dict[str, float] = {}

    def enrol(self, site: SitePlan) -> None:
        """Takes a site to walk."""
        self._queue.append(site)

    def has_work(self) -> bool:
        """Whether a site is open or waiting."""
        return bool(self._open or self._queue)

    def next(self) -> Turn | None:
        """The next turn, the sites taking turns; None when nothing can be sent at this moment."""
        self._open_more()
        now, at = monotonic(), self._clock.now()
        for _ in range(len(self._open)):
            journey = self._open[0]
            self._open.rotate(-1)
            visit = self._ask(journey, now, at)
            if visit is not None:
                return Turn(journey, visit, self._traffic.begin(visit))
            self._close_if_done(journey)
        return None

    def _ask(self, journey: Journey, now: float, at: datetime) -> Visit | None:
        try:
            return journey.next(self._traffic.is_free, now, at, aside=self._traffic.room_aside)
        except OSError:
            raise
        except Exception:
            _log.exception("site %s cannot go on", journey.site.id)
            journey.stop("程序在安排采集时出错，已记录")
            return None

    def landed(self, turn: Turn) -> None:
        """A turn is over: its host is free again, its site may be done."""
        journey = turn.journey
        blocked = 0 if turn.is_aside else journey.blocked
        self._traffic.end(turn.slot, aside=turn.is_aside, blocked=blocked)
        now = monotonic()
        if now - self._told.get(journey.site.id, 0.0) >= NEWS_EVERY:
            self._told[journey.site.id] = now
            self._tell(PageSeen(site=journey.site.id, pages=journey.pages, waiting=journey.waiting))
        self._close_if_done(journey)

    def check_hours(self) -> None:
        """Stops walks that have taken too long, and all of them at the end of the night window."""
        if not self._clock.within(self._plan.night_window, self._plan.as_of.tzinfo):
            self._stop_all("已到夜间采集时段的终点，停止采集")
        for journey in list(self._open):
            if monotonic() > self._ends[journey.site.id]:
                journey.stop(f"超出单站采集时长上限（{self._plan.max_minutes:g} 分钟）")
                self._close_if_done(journey)

    def _stop_all(self, why: str) -> None:
        while self._queue:
            self._open_site(self._queue.popleft())
        for journey in list(self._open):
            journey.stop(why)
            self._close_if_done(journey)

    def _open_more(self) -> None:
        while self._queue and len(self._open) < self._jobs:
            self._open_site(self._queue.popleft())

    def _open_site(self, site_plan: SitePlan) -> None:
        site = site_plan.site
        try:
            journey = Journey(
                self._plan,
                site_plan,
                folder=self._folder,
                around=self._around,
                memory=self._memory(site_plan),
                started_at=self._clock.now(),
            )
        except Exception as error:
            _log.exception("site %s cannot be opened", site.id)
            self._tell(SiteFailed(site=site.id, reason=f"无法开始采集：{error}"))
            return
        minutes = self._plan.max_minutes
        self._ends[site.id] = monotonic() + minutes * 60 if minutes is not None else float("inf")
        self._open.append(journey)
        self._tell(SiteStarted(site=site.id, name=site.name))

    def _memory(self, site_plan: SitePlan) -> Memory:
        night = site_plan.night if site_plan.same_night else site_plan.previous
        tonight = site_plan.previous if site_plan.same_night else None
        return Memory(
            site_plan,
            folder=self._folder,
            targets=self._around.targets,
            tonight=self._walk(tonight, site_plan),
            earlier=self._walk(night if self._plan.trust_lists else None, site_plan),
            oldest=timedelta(days=self._plan.keep_days),
        )

    def _walk(self, folder: str | None, site_plan: SitePlan) -> EarlierWalk | None:
        if folder is None:
            return None
        return EarlierWalk(RunFolder.at(folder, self._folder.bodies), site_plan.site.id)

    def _close_if_done(self, journey: Journey) -> None:
        if not journey.done or journey not in self._open:
            return
        self._open.remove(journey)
        self._folder.settle()
        walk = journey.finish(self._clock.now())
        self._tell(
            SiteDone(
                site=walk.site,
                pages=journey.pages,
                complete=walk.complete,
                stopped=walk.stopped,
                pending=len(walk.pending),
            )
        )
