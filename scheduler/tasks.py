"""What a scan asks of its jurors, the processes that judge, and what these answer: plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from domain.finding import Verdict
from domain.observation import Head, Peer, ProbeSeries
from domain.passlist import PassList
from domain.snapshot import FetchStatus
from domain.target import Registry
from domain.walk import Sighting
from scheduler.gaps import WalkGaps
from schemes.model import Scheme

LIKENESS = frozenset({"annual-report.duplicate"})
"""Checks that need the reports of all sites: they are asked when all have been read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """What holds for all tasks of a run. `schemes` are those that are asked, `folder` is the run's own."""

    registry: Registry
    schemes: Mapping[str, Scheme]
    as_of: datetime
    folder: str
    bodies: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Consider:
    """Judge a site from its kept walk, unless pages of it should be rendered first.

    `render` asks for that; `rendered_before` are addresses that a browser was sent to already. In the
    `last_round` nothing more is asked for this night. `known` are addresses that open cases are about.
    """

    site: str
    known: tuple[str, ...] = ()
    first_seen: Mapping[str, date] = field(default_factory=dict)
    probes: ProbeSeries | None = None
    heads: Mapping[str, Head] | None = None
    render: bool = False
    rendered_before: frozenset[str] = frozenset()
    last_round: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Settle:
    """Judge a site again with what the browser saw of the addresses that violations rest on.

    With `peers` only the questions of likeness among reports are asked.
    """

    site: str
    known: tuple[str, ...] = ()
    first_seen: Mapping[str, date] = field(default_factory=dict)
    probes: ProbeSeries | None = None
    heads: Mapping[str, Head] | None = None
    peers: Mapping[str, tuple[Peer, ...]] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Compare:
    """Compare the annual reports of these sites with one another."""

    sites: tuple[str, ...]


Task = Consider | Settle | Compare


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanting:
    """Pages that only a browser can show. Nothing was judged."""

    site: str
    pages: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What judging a site came to.

    `plain` is what plain HTTP saw of the addresses that violations rest on, by canonical address, cut down
    to what goes on record. `items` are the addresses of list entries seen, `asked` how many requests the
    walk sent, `kept` how many facts it carried on from an earlier night. `old_sights` are addresses that
    violations rest on and that were not asked for this night. `met` says how those that open cases are about
    were met this night, by canonical address. `passes` are the verdicts that are told in lists.
    """

    site: str
    verdicts: list[Verdict]
    gaps: WalkGaps
    trouble: str
    pages: int
    items: tuple[str, ...]
    plain: Mapping[str, Sighting]
    asked: int = 0
    kept: int = 0
    old_sights: tuple[str, ...] = ()
    met: Mapping[str, FetchStatus] = field(default_factory=dict)
    passes: tuple[PassList, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """By site: the verdicts on likeness, and what each report was found to be like."""

    verdicts: Mapping[str, list[Verdict]]
    peers: Mapping[str, Mapping[str, tuple[Peer, ...]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """A task that could not be done, in Chinese, and a traceback of ours where there is one."""

    words: str
    trace: str = ""


Result = Wanting | Opinion | Compared | Failed
