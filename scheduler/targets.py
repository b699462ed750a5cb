"""A scan's work on some of its targets, for processes that share a run: fenced, kept only when it counts.

The work itself is a scan's own (sites.py, accounts.py). What differs: it is done in a folder of the attempt,
whose files are moved into the run's folder in the moment in which the results are taken in.
"""

import os
import shutil
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawler.runfolder import RunFolder
from evidence.bundle import EvidenceStore
from scheduler.browsing import open_browsing
from scheduler.earlier import Night
from scheduler.progress import Progress
from scheduler.proving import Prover
from scheduler.request import ScanRequest
from scheduler.tenure import StillOurs
from scheduler.undertaking import Scan
from scheduler.unseen import result_of
from schemes.scheme import questions
from storage.leases import Lease
from storage.runs import Run
from storage.store import Store
from storage.taking import TakenIn

PLANS = "plan*.json"
"""What a crawl was told; an attempt's own matter."""


class FencedStore(Store):
    """A store that takes results in only under the lease set as `lease`.

    `before` is called when they are about to be taken in, the lease having been found valid.
    """

    lease: Lease | None = None
    before: Callable[[], None] = staticmethod(lambda: None)

    def take_in(self, *arguments: Any, **named: Any) -> TakenIn:
        """As the store's. Raises FenceError when the target was given to another."""
        self.ready()
        return super().take_in(*arguments, **named, lease=self.lease)

    def take_in_more(self, *arguments: Any, **named: Any) -> TakenIn:
        """As the store's, which does nothing a second time."""
        self.ready()
        return super().take_in_more(*arguments, **named)

    def ready(self) -> None:
        """Makes ready for results to count. Raises FenceError when the target was given to another."""
        assert self.lease is not None
        self.demand_lease(self.lease)
        self.before()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """What work on targets of a run needs. `folder` is the run's own; `still_ours` raises FenceError."""

    store: FencedStore
    run: Run
    request: ScanRequest
    folder: RunFolder
    still_ours: StillOurs

    @property
    def attempts(self) -> Path:
        """Where attempts at this run's targets are written; not part of what is kept."""
        return self.request.data / "attempts" / self.run.id

    def scan(self, stack: ExitStack, folder: RunFolder) -> Scan:
        """The scan as its parts know it, with the browser open, working in a folder."""
        request = self.request
        browsing = stack.enter_context(
            open_browsing(
                configured=request.browser,
                clock=request.clock,
                hosts=request.hosts,
                networks=request.networks,
                pause=request.delay,
            )
        )
        prover = Prover(
            store=self.store,
            seals=EvidenceStore(request.data),
            folder=folder,
            registry=request.registry,
            run=self.run,
            clock=request.clock,
        )
        return Scan(
            request=request,
            tell=self._listen,
            store=self.store,
            run=self.run,
            folder=folder,
            browsing=browsing,
            prover=prover,
            questions=questions(request.registry.schemes),
            result=result_of(self.store, self.run, request),
            night=Night.of(self.run, request.data),
        )

    def _listen(self, event: Progress) -> None:
        self.still_ours()


def work_apart(bench: Bench, name: str, work: Callable[[Scan], None]) -> Scan:
    """Does work in a folder of its own; its files join the run's when results are about to be taken in."""
    assert bench.store.lease is not None
    place = bench.attempts / name / f"{bench.store.lease.fence}-{os.getpid()}"
    folder = RunFolder(place, bench.folder.bodies)
    folder.create()
    bench.store.before = lambda: _hand_over(place, bench.folder.path)
    try:
        with ExitStack() as stack:
            scan = bench.scan(stack, folder)
            work(scan)
    finally:
        shutil.rmtree(place, ignore_errors=True)
    return scan


def work_in_place(bench: Bench, work: Callable[[Scan], None]) -> Scan:
    """Does work in the run's own folder, whose files it writes whole one by one."""
    bench.store.before = lambda: None
    with ExitStack() as stack:
        scan = bench.scan(stack, bench.folder)
        work(scan)
    return scan


def adopt_walk(bench: Bench, name: str, site: str, folder: RunFolder) -> bool:
    """Takes over a finished walk that an attempt cut short has left; True when there is one."""
    for place in sorted((bench.attempts / name).glob("*")):
        left = RunFolder(place, bench.folder.bodies)
        if place != folder.path and left.read_summary(site) is not None:
            os.replace(left.site_path(site), folder.site_path(site))
            return True
    return False


def keep_failing(staged: Path, urls: Sequence[str]) -> None:
    """Notes beside a judged site which control sites did not answer when it was judged."""
    if urls:
        staged.parent.mkdir(parents=True, exist_ok=True)
        staged.with_suffix(".controls").write_text("\n".join(urls), encoding="utf-8")


def read_failing(staged: Path) -> list[str]:
    """The control sites noted so; none where all answered."""
    try:
        return staged.with_suffix(".controls").read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []


def _hand_over(attempt: Path, run: Path) -> None:
    """Moves an attempt's files into the run's folder, the plans left out."""
    for path in sorted(attempt.rglob("*")):
        if path.is_file() and not path.match(PLANS):
            place = run / path.relative_to(attempt)
            place.parent.mkdir(parents=True, exist_ok=True)
            os.replace(path, place)
