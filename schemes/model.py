"""What a scheme (考核办法) is: lines, shared pools, grades, vetoes; frozen values, figures as Decimal."""

from calendar import isleap
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from domain.unit import UnitCategory
from schemes.rules import Rule
from schemes.trial import Trial


class Effect(StrEnum):
    """Which way a line works."""

    DEDUCT = "deduct"
    """Starts with its full points and loses some (从满分起扣)."""
    EARN = "earn"
    """Starts at nothing and is given points that were proven (凭佐证得分)."""
    BONUS = "bonus"
    """As EARN, on top of the lines proper (加分)."""
    PENALTY = "penalty"
    """Starts at nothing and takes points away, down to its own points below zero (另行核减)."""
    VETO = "veto"
    """Bears no points; its rules cap the result (单项否决)."""


EFFECT_TITLES = {
    Effect.DEDUCT: "从满分起扣",
    Effect.EARN: "凭佐证得分",
    Effect.BONUS: "加分",
    Effect.PENALTY: "另行核减",
    Effect.VETO: "单项否决",
}


class Method(StrEnum):
    """How a line is assessed."""

    ONLINE = "online"
    EVIDENCE = "evidence"
    NOTICE = "notice"
    EXTERNAL = "external"


METHOD_TITLES = {
    Method.ONLINE: "网上核查",
    Method.EVIDENCE: "佐证资料审核",
    Method.NOTICE: "上级通报核查",
    Method.EXTERNAL: "其他部门提供",
}


class Aggregate(StrEnum):
    """How several accounts of one unit become one score."""

    EACH = "each"
    LOWEST = "lowest"
    MEAN = "mean"


class NotApplicable(StrEnum):
    """What becomes of the points of a line that does not bind a unit."""

    FULL = "full"
    RESCALE = "rescale"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A check that a line asks for, with the parameters as the scheme states them.

    `categories` narrows the line's own categories (empty: as the line).
    """

    check: str
    params: Mapping[str, Any] = field(default_factory=dict)
    categories: tuple[UnitCategory, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """Points that several lines share: together they never take more than `points` (扣完即止).

    With `aggregate` lowest or mean each account of the unit is scored by itself first.
    """

    id: str
    title: str
    points: Decimal | None = None
    effect: Effect = Effect.DEDUCT
    aggregate: Aggregate = Aggregate.EACH


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One line (指标) of a scheme.

    `standard` is the marking standard in our own words, `basis` the clause, `scope` and `how` what the form
    prints under 考核对象 and 考核方式. `provisional` says in Chinese what the text leaves open and how it is
    read until the office confirms it. `once_with` names lines: a finding that counts there does not
    count here. `points` is None in a pool, and where the yearly plan sets it.
    """

    no: str
    group: str
    title: str
    standard: str
    basis: str
    method: Method
    subgroup: str = ""
    effect: Effect = Effect.DEDUCT
    points: Decimal | None = None
    pool: str = ""
    applies_to: tuple[UnitCategory, ...] = ()
    scope: str = ""
    how: str = ""
    asks: tuple[Ask, ...] = field(default=(), metadata={"key": "ask"})
    rules: tuple[Rule, ...] = field(default=(), metadata={"key": "rule"})
    evidence_required: bool = False
    once_with: tuple[str, ...] = ()
    provisional: str = ""

    def binds(self, category: UnitCategory) -> bool:
        """Whether the line applies to units of this kind."""
        return not self.applies_to or category in self.applies_to

    @property
    def by_hand(self) -> bool:
        """Whether its points come from what people enter alone."""
        return not self.rules


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """A grade (等次) from its lower bound up; `above` is a bound that must be exceeded."""

    name: str
    at_least: Decimal | None = None
    above: Decimal | None = None

    def admits(self, score: Decimal) -> bool:
        """Whether a score reaches the grade."""
        if self.above is not None:
            return score > self.above
        return self.at_least is None or score >= self.at_least

    @property
    def words(self) -> str:
        """The grade with its bound in Chinese."""
        if self.above is not None:
            return f"{self.name}（高于{self.above}分）"
        return f"{self.name}（{self.at_least}分及以上）" if self.at_least is not None else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Name and source of a scheme."""

    id: str
    name: str
    basis: str
    year: int | None = None
    issued_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """How lines become a total.

    `lines` is what the lines proper add up to (checked on loading), `cap` the most a unit can have.
    `decimals` are kept, rounded half up, before the grade is read off. `grade_decimals`, where set,
    rounds once more for the grade alone. `weights_from_plan`: the yearly plan gives the points.
    """

    lines: Decimal | None = None
    cap: Decimal | None = None
    decimals: int = 2
    grade_decimals: int | None = None
    not_applicable: NotApplicable = NotApplicable.FULL
    weights_from_plan: bool = False
    count_once: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BonusTerms:
    """Bounds of all bonuses together: counted only above `gate_above` points, `cap` at most."""

    cap: Decimal | None = None
    gate_above: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Veto:
    """What a veto does: the grade is at best `grade`, the score at most `cap`. It never raises a score.

    `falsification` makes a recorded falsification (弄虚作假) a veto by itself.
    """

    grade: str
    cap: Decimal
    basis: str = ""
    falsification: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """When a finding counts. By default a person confirms it first.

    With `machine_checks` the named checks stand by themselves after two witnesses, notice to the unit
    and `objection_days` without a decision to the contrary.
    """

    machine_checks: tuple[str, ...] = ()
    objection_days: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The assessment period of a year, as month-day; `first` after `last` begins in the year before.

    A `last` of 02-28 means the end of February: in a leap year the 29th belongs to it too.
    """

    first: str = "01-01"
    last: str = "12-31"

    def dates(self, year: int) -> tuple[date, date]:
        """First and last day. Raises ValueError on a month-day that does not exist."""
        first_year = year if self.first <= self.last else year - 1
        last = date.fromisoformat(f"{year}-{self.last}")
        if (last.month, last.day) == (2, 28) and isleap(year):
            last = date(year, 2, 29)
        return date.fromisoformat(f"{first_year}-{self.first}"), last

    def year_of(self, day: date) -> int:
        """The year of assessment that a day belongs to; a day between two periods is of the one before."""
        turn = self.first > self.last and day >= date.fromisoformat(f"{day.year}-{self.first}")
        return day.year + 1 if turn else day.year


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """A set of lines for some kinds of unit (县区、部门), ranked by itself."""

    name: str
    categories: tuple[UnitCategory, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """A whole scheme. `version` is the SHA-256 of its file (`source`), with that of the yearly plan."""

    head: Head = field(metadata={"key": "scheme"})
    total: Total = Total()
    bonus: BonusTerms = BonusTerms()
    veto: Veto | None = None
    confirmation: Confirmation = Confirmation()
    trial: Trial = field(default=Trial())
    period: Period = Period()
    grades: tuple[Grade, ...] = field(default=(), metadata={"key": "grade"})
    catalogues: tuple[Catalogue, ...] = field(default=(), metadata={"key": "catalogue"})
    pools: tuple[Pool, ...] = field(default=(), metadata={"key": "pool"})
    indicators: tuple[Indicator, ...] = field(default=(), metadata={"key": "indicator"})
    watches: tuple[Ask, ...] = field(default=(), metadata={"key": "watch"})
    version: str = field(default="", metadata={"key": None})
    source: str = field(default="", metadata={"key": None})

    @property
    def id(self) -> str:
        """The scheme's id."""
        return self.head.id

    @property
    def name(self) -> str:
        """The scheme's name."""
        return self.head.name

    @property
    def full_name(self) -> str:
        """The scheme's name with the document that sets it, where that is not its name already."""
        return self.name if self.head.basis == self.name else f"{self.name}（{self.head.basis}）"

    def indicator(self, no: str) -> Indicator:
        """The line with this number. Raises KeyError when there is none."""
        for indicator in self.indicators:
            if indicator.no == no:
                return indicator
        raise KeyError(no)

    def pool(self, pool_id: str) -> Pool:
        """The pool with this id. Raises KeyError when there is none."""
        for pool in self.pools:
            if pool.id == pool_id:
                return pool
        raise KeyError(pool_id)

    def lines_for(self, category: UnitCategory) -> tuple[Indicator, ...]:
        """The lines of the catalogue that holds this kind of unit."""
        return tuple(line for line in self.indicators if line.binds(category))

    def catalogue_of(self, category: UnitCategory) -> str:
        """Name of the catalogue that ranks this kind of unit; empty where there is but one."""
        return next((c.name for c in self.catalogues if category in c.categories), "")
