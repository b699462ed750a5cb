"""Counting rules: how a line turns findings and entered facts into points. Data only; charging does the sums.

A rule is a table `[[indicator.rule]]` whose `kind` names one of the types below. Points are
Decimals. A rule whose points the text does not set leaves `points` out: the yearly plan gives them, or
the findings are shown to the reviewers and cost nothing by themselves.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar


class Recount(StrEnum):
    """When a lapse that lasts is counted again."""

    OCCURRENCE = "occurrence"
    """Once until it is mended, again after a relapse."""
    YEAR = "year"
    """Once a year for the same subject, relapses included."""
    LASTING = "lasting"
    """Once more for every further `every_days` that it lasts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PerFinding:
    """So many points for each finding (每处、每次). `checks` narrows it to some of the line's checks."""

    kind: ClassVar[str] = "per_finding"
    name: str
    points: Decimal | None = None
    counter: str = "个"
    checks: tuple[str, ...] = ()
    recount: Recount = Recount.OCCURRENCE
    every_days: int = 0
    cap: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PerMissing:
    """So many points for each element that a finding lists as missing (每缺一项)."""

    kind: ClassVar[str] = "per_missing"
    name: str
    points: Decimal | None = None
    counter: str = "项"
    checks: tuple[str, ...] = ()
    element: str = "missing"
    cap: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PerShortfall:
    """So many points for each one too few (每少1次).

    The shortfall is required minus count where the finding states them; where it states an age, the
    number of whole windows of `window_days` that passed without an item, at least one.
    """

    kind: ClassVar[str] = "per_shortfall"
    name: str
    points: Decimal | None = None
    counter: str = "次"
    checks: tuple[str, ...] = ()
    window_days: int = 0
    cap: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """Points in proportion to what is missing: `of` is how many elements there should be."""

    kind: ClassVar[str] = "share"
    name: str
    of: int
    points: Decimal | None = None
    checks: tuple[str, ...] = ()
    element: str = "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class AllOrNothing:
    """The line's points, or the part named by `points`, are lost with the first finding."""

    kind: ClassVar[str] = "all_or_nothing"
    name: str
    points: Decimal | None = None
    checks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PerEntry:
    """So many points for each occurrence that a person entered (人工核减)."""

    kind: ClassVar[str] = "per_entry"
    name: str
    points: Decimal | None = None
    counter: str = "次"
    cap: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PerAnnouncement:
    """Points for each announcement from above, by its level; a level at zero costs nothing."""

    kind: ClassVar[str] = "per_announcement"
    name: str
    state: Decimal = Decimal(0)
    province: Decimal = Decimal(0)
    city: Decimal = Decimal(0)
    county: Decimal = Decimal(0)
    counter: str = "次"
    cap: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PerBonus:
    """Points for each proven merit (加分): flat, or by level where the text grades them.

    With both, the level's price stands where it is given: `county = 0` beside a flat price leaves them out.
    """

    kind: ClassVar[str] = "per_bonus"
    name: str
    points: Decimal | None = None
    state: Decimal | None = None
    province: Decimal | None = None
    city: Decimal | None = None
    county: Decimal | None = None
    counter: str = "次"
    cap: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AtLeast:
    """At least `need` in the year; so many points for each one missing. Counted from entered tallies."""

    kind: ClassVar[str] = "at_least"
    name: str
    need: int
    points: Decimal | None = None
    counter: str = "次"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proportion:
    """Points lost when an entered count is less than `percent` of its full number; by default the line's."""

    kind: ClassVar[str] = "proportion"
    name: str
    percent: Decimal
    points: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Converted:
    """An outside score converted pro rata: the line's points × score ÷ full marks. `of` names which score."""

    kind: ClassVar[str] = "converted"
    name: str
    of: str = "information"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cases:
    """Points for faults in on-request cases: answered late, formal defects, corrected on review or in court.

    A fault whose points are zero costs nothing here; the yearly plan's `per_case` prices all. `whole` takes
    the line's points with the first fault.
    """

    kind: ClassVar[str] = "cases"
    name: str = "依申请公开案件"
    late: Decimal = Decimal(0)
    defect: Decimal = Decimal(0)
    reconsideration: Decimal = Decimal(0)
    litigation: Decimal = Decimal(0)
    whole: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CleanCases:
    """A bonus for at least `closed` closed cases in the year of which none was corrected."""

    kind: ClassVar[str] = "clean_cases"
    name: str
    closed: int
    points: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class BelowMean:
    """So many points for each full `step_percent` by which a score lies below the mean of all units."""

    kind: ClassVar[str] = "below_mean"
    name: str
    step_percent: Decimal
    points: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The points for a rank of `upto` or better."""

    upto: int
    points: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class ByRank:
    """Points by rank of an entered tally among the units that the line binds; equals share a rank."""

    kind: ClassVar[str] = "by_rank"
    name: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """So many findings of some checks; `column_kinds` and `first_level` narrow them where findings say it."""

    at_least: int
    name: str
    checks: tuple[str, ...] = ()
    column_kinds: tuple[str, ...] = ()
    first_level: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """A veto (单项否决) as soon as any of the counts is reached on one site or account."""

    kind: ClassVar[str] = "threshold"
    any: tuple[Count, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeated:
    """A veto when the same problem is announced so many times within the year."""

    kind: ClassVar[str] = "repeated"
    name: str
    times: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class EnteredVeto:
    """A veto by an announcement or a decision that a person entered on this line."""

    kind: ClassVar[str] = "entered_veto"
    name: str


Rule = (
    PerFinding
    | PerMissing
    | PerShortfall
    | Share
    | AllOrNothing
    | PerEntry
    | PerAnnouncement
    | PerBonus
    | AtLeast
    | Proportion
    | Converted
    | Cases
    | CleanCases
    | BelowMean
    | ByRank
    | Threshold
    | Repeated
    | EnteredVeto
)

RULES: dict[str, type] = {
    rule.kind: rule
    for rule in (
        PerFinding,
        PerMissing,
        PerShortfall,
        Share,
        AllOrNothing,
        PerEntry,
        PerAnnouncement,
        PerBonus,
        AtLeast,
        Proportion,
        Converted,
        Cases,
        CleanCases,
        BelowMean,
        ByRank,
        Threshold,
        Repeated,
        EnteredVeto,
    )
}
"""Every kind of counting rule by its name in TOML."""

FINDING_RULES = (PerFinding, PerMissing, PerShortfall, Share, AllOrNothing, Threshold)
"""Rules that price findings of checks."""
