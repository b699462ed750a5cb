"""The sites of a night spread over its window: each is begun at its slot, by a crawl of its own."""

import queue
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from crawler.address import canonical
from crawler.plan import SitePlan
from crawler.spiders.scope import place_of
from evidence.look import Clock
from scheduler.crawling import Crawling, CrawlOver
from scheduler.flow import Flow
from scheduler.jury import Jury
from scheduler.slots import MOST_AT_ONCE, SLOTS, timetable_of
from storage.runs import Run

LONGEST_WAIT_S = 20.0
"""Seconds between two looks at the clock, which may be set meanwhile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteOver(CrawlOver):
    """The crawl of one site has ended."""

    site: str


@dataclass(kw_only=True)
class SpreadFlow(Flow):
    """A flow that begins each site at its start, two of one host never at once.

    What a site needs beyond its first walk this night (pages to be rendered, old sights) is done at once.
    """

    starts: Mapping[str, datetime]
    clock: Clock
    at_once: int = MOST_AT_ONCE
    _under_way: dict[str, Crawling] = field(default_factory=dict)
    _busy: dict[str, str] = field(default_factory=dict)

    def _step(self, jury: Jury) -> None:
        try:
            message = self._inbox.get(timeout=self._patience())
        except queue.Empty:
            pass
        else:
            self._take(message, jury)
        self._crawl()

    def _stop(self) -> None:
        for crawling in self._under_way.values():
            crawling.stop()

    def _crawl(self) -> None:
        """Begins the walks whose time has come and whose host is free."""
        held: list[SitePlan] = []
        for plan in sorted(self._rounds, key=self._start):
            host = place_of(canonical(plan.site.home))[0]
            full = len(self._under_way) >= self.at_once
            if full or host in self._busy.values() or self._start(plan) > self._now():
                held.append(plan)
                continue
            self._busy[plan.site.id] = host
            self._begin(plan)
        self._rounds.clear()
        self._rounds.extend(held)

    def _begin(self, plan: SitePlan) -> None:
        site = plan.site.id
        self._crawls += 1
        self.passages[site].waits = True

        def deliver(event: Any) -> None:
            self._inbox.put(SiteOver(site=site, error=event.error) if isinstance(event, CrawlOver) else event)

        name = f"plan-{self._crawls}.json"
        self._under_way[site] = Crawling(self.plan((plan,)), self.folder, name, deliver)

    def _crawl_over(self, over: CrawlOver, jury: Jury) -> None:
        assert isinstance(over, SiteOver)
        del self._under_way[over.site], self._busy[over.site]
        if over.error is not None:
            raise over.error
        passage = self.passages.get(over.site)
        if passage is not None and passage.waits:
            self._consider(passage, jury)
        if not self._under_way and not self._rounds:
            jury.widen()

    def _start(self, plan: SitePlan) -> float:
        """When a walk is to begin, in seconds of the clock's own count; a further round at once."""
        at = None if plan.same_night else self.starts.get(plan.site.id)
        return 0.0 if at is None else at.timestamp()

    def _now(self) -> float:
        return self.clock().timestamp()

    def _patience(self) -> float:
        waits = [self._start(plan) - self._now() for plan in self._rounds]
        ahead = [wait for wait in waits if wait > 0]
        return max(0.05, min([LONGEST_WAIT_S, *ahead]))


def flow_of(run: Run | None, clock: Clock, **parts: Any) -> Flow:
    """The flow of a scan: by the slots of its run, or (no run, or one without slots) as fast as it goes."""
    slots = timetable_of(run.options.get(SLOTS)) if run is not None else None
    if slots is None:
        return Flow(**parts)
    return SpreadFlow(**parts, starts=slots.starts, clock=clock, at_once=slots.at_once)
