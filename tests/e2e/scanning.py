"""Scans of registries that a test writes, in this process, and what came out of them."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from domain.finding import Finding, Verdict
from domain.outcome import Violation, name_of
from domain.target import Registry, Site
from domain.unit import Unit, UnitCategory
from scheduler.beginning import begin
from scheduler.enqueuing import request_of
from scheduler.errands import Desk, carry_out, first_errands
from scheduler.jobs import scan
from scheduler.progress import Progress
from scheduler.request import ScanRequest, ScanResult
from scheduler.targets import FencedStore
from scheduler.unseen import result_of
from storage.runs import Run
from storage.store import Store

BEGAN = datetime(2026, 11, 20, 12, tzinfo=UTC)


Report = tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]


@dataclass
class Town:
    """A registry and its data folder. The clock goes on by itself, a millisecond a look."""

    data: Path
    registry: Registry
    as_of: datetime
    now: datetime = BEGAN
    told: list[Progress] = field(default_factory=list)

    def clock(self) -> datetime:
        self.now += timedelta(milliseconds=1)
        return self.now

    def scan(self, *, days: int = 0, **options: Any) -> ScanResult:
        """One scan, so many days after the first."""
        return scan(self.request(days, **options), self.told.append)

    def work(self, *, days: int = 0, **options: Any) -> ScanResult:
        """The same as errands, one after another as a worker does them; the queue itself is left out."""
        request = self.request(days, **options)
        with FencedStore.open(self.data) as store:
            run, _ = begin(request, store, queued=True)
            desk = Desk(request=lambda run, store: self._told_of(run, store), holder="t/1")
            errands = deque(first_errands(store, run))
            while errands:
                errands.extend(carry_out(errands.popleft(), desk, store).then)
            return result_of(store, store.run(run.id), request)

    def request(self, days: int = 0, **options: Any) -> ScanRequest:
        """What a scan so many days after the first is asked to do; the clock goes there."""
        self.now = max(self.now, BEGAN + timedelta(days=days))
        return ScanRequest(
            registry=self.registry,
            data=self.data,
            as_of=self.as_of + timedelta(days=days),
            clock=self.clock,
            program="govwatch test",
            **{"screenshots": False, "delay": 0.0, "networks": ("127.0.0.0/8",), **options},
        )

    def _told_of(self, run: Run, store: Store) -> ScanRequest:
        """What a worker elsewhere knows of a run: what is on record, and its own machine."""
        common = ScanRequest(
            registry=store.registry(run.id),
            data=self.data,
            as_of=run.as_of,
            clock=self.clock,
            program="govwatch test",
            networks=("127.0.0.0/8",),
        )
        return request_of(run, common.registry, common)

    def findings(self) -> list[Finding]:
        with Store.open(self.data) as store:
            return store.findings()

    def outcomes(self, run: str | None = None) -> list[Verdict]:
        with Store.open(self.data) as store:
            return store.outcomes(run)

    def came_to(self) -> Report:
        """The last scan's verdicts and all cases as they stand, in plain words, for comparison."""
        verdicts = sorted(
            (one.check, one.subject.key, name_of(one.outcome), _words(one), one.witnesses)
            for one in self.outcomes()
        )
        cases = sorted(
            (one.check, one.subject, one.state.value, one.occurrence, one.summary, one.witnesses)
            for one in self.findings()
        )
        return verdicts, cases

    def violations(self, check: str = "") -> list[Verdict]:
        """The violations of the last scan, of one check or all."""
        return [
            verdict
            for verdict in self.outcomes()
            if isinstance(verdict.outcome, Violation) and check in ("", verdict.check)
        ]


def figures(result: ScanResult) -> dict[str, Any]:
    """What a scan came to in figures, whoever did it."""
    names = ("not_judged", "tallies", "pages", "pictures", "requests", "kept", "carried")
    return {name: getattr(result, name) for name in names}


def _words(verdict: Verdict) -> str:
    outcome = verdict.outcome
    return outcome.summary if isinstance(outcome, Violation) else outcome.reason


def registry_of(homes: Sequence[str], scheme: str = "national-2019") -> Registry:
    """A registry of one department a home page."""
    units = tuple(
        Unit(code=f"U{number}", name=f"第{number}局", category=UnitCategory.DEPARTMENT)
        for number in range(len(homes))
    )
    sites = tuple(
        Site(id=f"s{number}", unit=f"U{number}", name=f"第{number}局网站", home=home)
        for number, home in enumerate(homes)
    )
    return Registry(schemes=(scheme,), units=units, sites=sites)
