"""Runs a crawl in processes of its own and tells how it goes: a crash costs only the sites it had open."""

import os
import queue
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from time import monotonic

from crawler.address import canonical
from crawler.child import Child, Ended
from crawler.events import Alive, Event, SiteDone, SiteFailed
from crawler.plan import CrawlPlan, encode_plan
from crawler.runfolder import RunFolder, WalkError
from crawler.spiders.scope import place_of
from domain.walk import Walk

SILENCE = 180.0
"""Seconds without a sign of life after which a process is ended as stuck."""

CRASHED = "采集进程异常退出，重试后仍未能完成"
"""Why a site's walk is incomplete when its process died twice."""

AGAIN_A_PROCESS = 24
"""Hosts walked incrementally that one process is begun for."""

_LOOK = 1.0


def crawl(
    plan: CrawlPlan,
    folder: Path,
    bodies: Path,
    *,
    processes: int | None = None,
    plan_name: str = "plan.json",
    stop: Callable[[], bool] = lambda: False,
) -> Iterator[Event]:
    """Walks all sites of the plan into the run folder, yielding what happens as it happens.

    Sites that the folder holds finished are not walked again. `processes` is how many run side by side
    (default: one a core, no more than are of use). A process that dies costs the sites it had open:
    each is walked once more by itself, and if that fails too its walk says so. When the caller stops
    iterating, dies, or `stop` says so (asked about once a second), all processes end. The plan is kept in the
    folder under `plan_name`.
    """
    run = RunFolder(folder, bodies)
    run.create()
    plan_path = folder / plan_name
    plan_path.write_bytes(encode_plan(plan))
    finished = run.finished_sites()
    for site in plan.sites:
        if site.site.id in finished:
            yield _kept(run, site.site.id)
    waiting = _groups(plan, finished)
    if waiting:
        crew = _Crew(plan, run, plan_path, waiting, processes or os.cpu_count() or 1)
        try:
            yield from crew.work(stop)
        finally:
            crew.end()


def _kept(run: RunFolder, site_id: str) -> SiteDone:
    walk = run.read_summary(site_id)
    assert walk is not None
    return SiteDone(
        site=site_id,
        pages=sum(1 for _ in run.sightings(site_id)),
        complete=walk.complete,
        stopped=walk.stopped,
        pending=len(walk.pending),
        kept=True,
    )


def _groups(plan: CrawlPlan, finished: frozenset[str]) -> deque[list[int]]:
    """The numbers of the sites to walk, those of one host together: one process keeps that host's pauses."""
    hosts: dict[str, list[int]] = {}
    for number, site in enumerate(plan.sites):
        if site.site.id not in finished:
            hosts.setdefault(place_of(canonical(site.site.home))[0], []).append(number)
    return deque(hosts.values())


def _useful(plan: CrawlPlan, waiting: Iterable[Sequence[int]]) -> int:
    """Processes that have something to do: to begin one takes longer than to walk some sites again that
    stand on an earlier night.
    """
    again = [all(plan.sites[number].previous for number in group) for group in waiting]
    return again.count(False) + -(-again.count(True) // AGAIN_A_PROCESS)


class _Crew:
    """The processes of one crawl."""

    def __init__(
        self, plan: CrawlPlan, run: RunFolder, plan_path: Path, waiting: deque[list[int]], processes: int
    ) -> None:
        self._plan = plan
        self._run = run
        self._plan_path = plan_path
        self._waiting = waiting
        self._alone: deque[int] = deque()
        self._retried: set[int] = set()
        self._numbers = {site.site.id: number for number, site in enumerate(plan.sites)}
        self._most = min(processes, _useful(plan, waiting))
        self._jobs = max(1, -(-plan.jobs // self._most))
        self._since = monotonic()
        self._events: queue.Queue[tuple[Child, Event | Alive | Ended]] = queue.Queue()
        self._children: list[Child] = []

    def work(self, stop: Callable[[], bool]) -> Iterator[Event]:
        """Runs until every site is done or given up, or `stop` says that nobody waits any more."""
        for _ in range(self._most):
            self._start(self._jobs)
        while self._children and not stop():
            try:
                child, message = self._events.get(timeout=_LOOK)
            except queue.Empty:
                self._end_stuck()
                continue
            child.heard_at = monotonic()
            if isinstance(message, Ended):
                yield from self._bury(child)
            elif not isinstance(message, Alive):
                yield from self._pass_on(child, message)
            self._end_stuck()

    def end(self) -> None:
        """Ends all processes."""
        for child in self._children:
            child.close_input()
        for child in self._children:
            child.end()
        self._children.clear()

    def _start(self, jobs: int, *, alone: bool = False) -> None:
        child = Child(
            plan=self._plan_path,
            folder=self._run.path,
            bodies=self._run.bodies,
            since=self._since,
            jobs=jobs,
            events=self._events,
            alone=alone,
        )
        self._children.append(child)
        self._feed(child)

    def _feed(self, child: Child) -> None:
        """Gives a process as many sites as it can have open; tells it when there are no more."""
        if child.alone:
            if not child.fed and self._alone:
                child.give([self._alone.popleft()])
            elif not child.sites:
                child.no_more()
            return
        while len(child.sites) < child.jobs and self._waiting:
            child.give(self._waiting.popleft())
        if not child.sites and not self._waiting:
            child.no_more()

    def _pass_on(self, child: Child, event: Event) -> Iterator[Event]:
        yield event
        if isinstance(event, SiteFailed):
            self._write_failed(event.site, event.reason)
        if isinstance(event, SiteDone | SiteFailed):
            child.sites.discard(self._numbers[event.site])
            self._feed(child)

    def _bury(self, child: Child) -> Iterator[Event]:
        """A process has ended: what it had open is walked once more, each site by itself."""
        self._children.remove(child)
        child.end()
        for number in sorted(child.sites):
            site_id = self._plan.sites[number].site.id
            if self._run.read_summary(site_id) is not None:
                yield _kept(self._run, site_id)
            elif number in self._retried:
                reason = f"{CRASHED}（{child.last_words()}）"
                self._write_failed(site_id, reason)
                yield SiteFailed(site=site_id, reason=reason)
            else:
                self._retried.add(number)
                self._alone.append(number)
        while self._alone and len(self._children) < self._most:
            self._start(1, alone=True)
        if self._waiting and len(self._children) < self._most:
            self._start(self._jobs)

    def _write_failed(self, site_id: str, reason: str) -> None:
        """Leaves a walk that says why it is not complete, with what was seen before."""
        try:
            walk = self._run.read_walk(site_id)
        except WalkError:
            start = self._plan.clock or self._plan.as_of
            at = start + timedelta(seconds=monotonic() - self._since)
            walk = Walk(site=site_id, started_at=at, ended_at=at, complete=False)
        self._run.write_walk(replace(walk, complete=False, stopped=reason))

    def _end_stuck(self) -> None:
        for child in self._children:
            if monotonic() - child.heard_at > SILENCE:
                child.kill()
