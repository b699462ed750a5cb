"""The result of an assessment for one unit: its score with the range, its lines, every row that moved it."""

from dataclasses import dataclass
from decimal import Decimal

from domain.unit import UnitCategory
from schemes.charge import Charge
from schemes.model import Effect
from schemes.settle import Bucket


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One deduction, bonus, veto or exclusion, as a reader sees it.

    `points` is how it moved the score (below zero: lost). `certain` is False for what is not confirmed yet:
    such a row is in the range, not in the score, and `points` is what it would cost.
    """

    charge: Charge
    title: str
    points: Decimal
    arithmetic: str
    certain: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class LineScore:
    """One line of a unit's card.

    `score` is what the line, or the pool it shares, ends with; None where it bears no points. `deducted` and
    `awarded` are what the line itself took and gave. `note` says how it was read, `open` what is to be done.
    `pending` is the sum of what is not confirmed yet.
    """

    no: str
    group: str
    title: str
    effect: Effect
    points: Decimal | None
    pool: str
    score: Decimal | None
    low: Decimal | None
    deducted: Decimal
    awarded: Decimal
    arithmetic: str
    note: str = ""
    open: str = ""
    excluded: bool = False
    self_score: Decimal | None = None
    review_score: Decimal | None = None
    hints: tuple[str, ...] = ()
    pending: str = ""

    @property
    def explanation(self) -> str:
        """The sum, how the line was read where the sum does not say it, and what reviewers should weigh."""
        note = "；".join(part for part in self.note.split("；") if part not in self.arithmetic)
        hints = [f"请考核组酌定：{hint}" for hint in self.hints]
        pending = f"待核实：{self.pending}" if self.pending else ""
        return "；".join(part for part in (self.arithmetic, note, pending, *hints) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorecard:
    """A unit's result. `score` is on what is confirmed, `low` if everything still open is confirmed too.

    Both are None where weights are lacking (`missing_weights`). `rank` is among the units of the same
    catalogue. `words` is the sum in Chinese. `findings` counts what is confirmed and what is open.
    """

    scheme: str
    scheme_name: str
    version: str
    year: int
    unit: str
    unit_name: str
    category: UnitCategory
    catalogue: str
    score: Decimal | None
    low: Decimal | None
    grade: str
    low_grade: str
    lines: tuple[LineScore, ...]
    rows: tuple[Row, ...]
    buckets: tuple[Bucket, ...] = ()
    words: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    missing_weights: tuple[str, ...] = ()
    rank: int | None = None
    confirmed: int = 0
    open: int = 0
    charges: tuple[Charge, ...] = ()
    targets: tuple[str, ...] = ()

    @property
    def vetoed(self) -> bool:
        """Whether a confirmed veto stands against the unit."""
        return any(row.certain and row.charge.way.value == "veto" for row in self.rows)
