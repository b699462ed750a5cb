"""What one scan is asked to do, and what it came to."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import InitVar, dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from crawler.plan import CrawlPlan, SitePlan
from domain.finding import Verdict
from domain.outcome import name_of
from domain.passlist import PassList
from domain.target import Registry
from evidence.look import Clock
from scheduler.slots import Timetable


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanRequest:
    """What one scan is to do. `origin` is the folder that source files of accounts lie in.

    An `incremental` scan carries on what an earlier night saw and asks only for what may have changed;
    every `full_walk_days` a site is walked in full all the same. With a `timetable` each site is begun at its
    slot by the clock; one that was broken off goes on by the slots it had.
    """

    registry: Registry
    data: Path
    as_of: datetime
    clock: Clock
    program: str
    sites: tuple[str, ...] = ()
    screenshots: bool = True
    delay: float = 1.0
    jobs: int = 8
    database_url: str | None = None
    networks: tuple[str, ...] = ()
    max_pages: int = 3000
    browser: str | None = None
    origin: Path = Path()
    incremental: bool = False
    full_walk_days: int = 7
    timetable: Timetable | None = None

    @property
    def targets(self) -> list[tuple[str, str]]:
        """The (kind, id) pairs that this scan is about."""
        found = [("site", site.id) for site in self.registry.sites]
        found += [("account", account.id) for account in self.registry.accounts]
        return [pair for pair in found if not self.sites or pair[1] in self.sites]

    @property
    def hosts(self) -> frozenset[str]:
        """Hosts that the registry itself names."""
        sites = [SitePlan(site=site) for site in self.registry.sites]
        return self.plan(sites, None).named_hosts | source_hosts(self.registry)

    def plan(self, sites: Sequence[SitePlan], clock: datetime | None) -> CrawlPlan:
        """The crawl of some sites."""
        chosen = {one.site.id for one in sites}
        return CrawlPlan(
            sites=tuple(sites),
            as_of=self.as_of,
            clock=clock,
            delay=self.delay,
            jobs=self.jobs,
            max_pages=self.max_pages,
            keep_days=float(self.full_walk_days),
            allow_hosts=tuple(sorted(source_hosts(self.registry))),
            allow_networks=self.networks,
            neighbours=tuple(site.home for site in self.registry.sites if site.id not in chosen),
        )


Tally = tuple[str, str, str]
"""Check, unit and name of the outcome."""


@dataclass(slots=True, kw_only=True)
class ScanResult:
    """What a scan came to. `not_judged` names targets that could not be judged, and why.

    `tallies` counts verdicts by check, unit and name of the outcome. `requests` were sent to the sites,
    `kept` facts of an earlier night carried on instead, at `carried` sites.
    """

    run: str
    as_of: datetime
    data: Path
    database: str
    evidence: Path
    workbook: Path
    tallies: Counter[Tally] = field(default_factory=Counter)
    not_judged: dict[str, str] = field(default_factory=dict)
    pages: int = 0
    pictures: int = 0
    seconds: float = 0.0
    requests: int = 0
    kept: int = 0
    carried: int = 0
    verdicts: InitVar[Iterable[Verdict]] = ()

    def __post_init__(self, verdicts: Iterable[Verdict]) -> None:
        """Counts `verdicts` in."""
        self.count(verdicts)

    @property
    def judged(self) -> int:
        """How many verdicts there are."""
        return sum(self.tallies.values())

    def count(self, verdicts: Iterable[Verdict], passes: Iterable[PassList] = ()) -> None:
        """Counts verdicts in, those told in lists too."""
        for verdict in verdicts:
            self.tallies[_kind(verdict)] += 1
        for one in passes:
            self.tallies[_kind(one.like)] += len(one.subjects)


def _kind(verdict: Verdict) -> tuple[str, str, str]:
    return (verdict.check, verdict.subject.unit, name_of(verdict.outcome))


def counts_of(result: ScanResult) -> Mapping[str, int]:
    """The figures that a run is ended with."""
    return {
        "pages": result.pages,
        "verdicts": result.judged,
        "requests": result.requests,
        "kept": result.kept,
    }


def source_hosts(registry: Registry) -> frozenset[str]:
    """Hosts of the accounts' sources, which the registry names too."""
    found: set[str] = set()
    for account in registry.accounts:
        base = dict(account.source.options).get("base_url")
        for address in (account.source.url, account.profile, base):
            if address:
                parts = urlsplit(address)
                found |= {(parts.hostname or "").lower(), parts.netloc.lower()}
    return frozenset(found - {""})
