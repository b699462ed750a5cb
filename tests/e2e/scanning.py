"""Scans of registries that a test writes, in this process, and what came out of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from domain.finding import Finding, Verdict
from domain.outcome import Violation
from domain.target import Registry, Site
from domain.unit import Unit, UnitCategory
from scheduler.jobs import scan
from scheduler.progress import Progress
from scheduler.request import ScanRequest, ScanResult
from storage.store import Store

BEGAN = datetime(2026, 11, 20, 12, tzinfo=UTC)


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
        self.now = max(self.now, BEGAN + timedelta(days=days))
        request = ScanRequest(
            registry=self.registry,
            data=self.data,
            as_of=self.as_of + timedelta(days=days),
            clock=self.clock,
            program="govwatch test",
            **{"screenshots": False, "delay": 0.0, "networks": ("127.0.0.0/8",), **options},
        )
        return scan(request, self.told.append)

    def findings(self) -> list[Finding]:
        with Store.open(self.data) as store:
            return store.findings()

    def outcomes(self, run: str | None = None) -> list[Verdict]:
        with Store.open(self.data) as store:
            return store.outcomes(run)

    def violations(self, check: str = "") -> list[Verdict]:
        """The violations of the last scan, of one check or all."""
        return [
            verdict
            for verdict in self.outcomes()
            if isinstance(verdict.outcome, Violation) and check in ("", verdict.check)
        ]


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
