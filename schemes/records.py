"""What people enter for an assessment: scores, announcements, cases, merits. Append-only.

A record is corrected by a newer one that names it in `replaces`; nothing is overwritten. Each carries its
author and the moment it was entered. Nothing counts without proof: see `Record.proven`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar

import msgspec


class Level(StrEnum):
    """Whose announcement or praise it is."""

    STATE = "state"
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"


LEVEL_TITLES = {
    Level.STATE: "国家",
    Level.PROVINCE: "省",
    Level.CITY: "设区市",
    Level.COUNTY: "县（市、区）",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A piece of evidence: a link, a picture's path relative to the data folder, or a document's name."""

    url: str = ""
    picture: str = ""
    document: str = ""
    sha256: str = ""

    def __bool__(self) -> bool:
        """Whether it proves anything at all."""
        return bool(self.url or self.picture or self.document)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What every entry has. `scheme` and `year` say which assessment it belongs to."""

    kind: ClassVar[str] = ""
    title: ClassVar[str] = ""
    id: str
    scheme: str
    year: int
    unit: str
    author: str
    at: datetime
    replaces: str = ""
    proofs: tuple[Proof, ...] = ()
    note: str = ""

    @property
    def proven(self) -> bool:
        """Whether it bears any proof."""
        return any(self.proofs)


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfScore(Record):
    """What a unit gives itself on a line (自评分)."""

    kind: ClassVar[str] = "self_score"
    title: ClassVar[str] = "自评分"
    line: str
    score: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewScore(Record):
    """What the reviewers give a unit on a line (核定得分)."""

    kind: ClassVar[str] = "review_score"
    title: ClassVar[str] = "核定得分"
    line: str
    score: Decimal
    reviewer: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deduction(Record):
    """Points taken by a person for what was found by hand (人工核减).

    `points` in all, or None: then the line's own price for each of the `hits`. `target` is the account or
    site concerned; empty: the unit as a whole.
    """

    kind: ClassVar[str] = "deduction"
    title: ClassVar[str] = "人工核减"
    line: str
    on: date
    reason: str
    reviewer: str
    hits: int = 1
    points: Decimal | None = None
    target: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bonus(Record):
    """A merit (加分事项) with its proof; `level` where the text grades merits by level."""

    kind: ClassVar[str] = "bonus"
    title: ClassVar[str] = "加分事项"
    line: str
    on: date
    merit: str
    reviewer: str
    hits: int = 1
    level: Level | None = None
    points: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement(Record):
    """An announcement or order from above (上级通报、督办、约谈), as the line that counts it asks.

    The same `problem`, or `repeat_of` naming the earlier record, makes it a repeated one.
    """

    kind: ClassVar[str] = "announcement"
    title: ClassVar[str] = "上级通报"
    line: str
    level: Level
    on: date
    problem: str
    document: str
    target: str = ""
    repeat_of: str = ""

    @property
    def proven(self) -> bool:
        """The announcing document is proof by itself."""
        return bool(self.document.strip()) or any(self.proofs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally(Record):
    """A number that a line counts: items adopted, interpretations given, scores of reported information."""

    kind: ClassVar[str] = "tally"
    title: ClassVar[str] = "数量与得分"
    line: str
    count: Decimal
    full: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestCase(Record):
    """An on-request case (依申请公开案件). `due_on` is the statutory last day, extensions included.

    `defects` are formal faults of the answer (编号、落款、盖章、答复依据、救济途径). `corrected_by` is
    "reconsideration" or "litigation" where the answer was set aside.
    """

    kind: ClassVar[str] = "request_case"
    title: ClassVar[str] = "依申请公开案件"
    case_no: str
    accepted_on: date
    due_on: date
    answered_on: date | None = None
    defects: tuple[str, ...] = ()
    corrected_by: str = ""
    closed_on: date | None = None

    @property
    def proven(self) -> bool:
        """The registered case is proof by itself."""
        return bool(self.case_no.strip()) or any(self.proofs)

    def late(self, today: date) -> bool:
        """Whether the answer came after the last day, or is overdue on `today`."""
        return (self.answered_on or today) > self.due_on


@dataclass(frozen=True, slots=True, kw_only=True)
class SocialReview(Record):
    """The result of a social review (社会评议), out of `full` marks."""

    kind: ClassVar[str] = "social_review"
    title: ClassVar[str] = "社会评议"
    score: Decimal
    full: Decimal = Decimal(100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Falsification(Record):
    """A finding of falsification in self-review or assessment (弄虚作假), decided by a person."""

    kind: ClassVar[str] = "falsification"
    title: ClassVar[str] = "弄虚作假"
    on: date
    reason: str
    reviewer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicability(Record):
    """That a line does not bind a unit (不适用), or does after all."""

    kind: ClassVar[str] = "applicability"
    title: ClassVar[str] = "指标适用"
    line: str
    applies: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal(Record):
    """Takes back the record named in `replaces` (撤回)."""

    kind: ClassVar[str] = "withdrawal"
    title: ClassVar[str] = "撤回"
    reason: str


AnyRecord = (
    SelfScore
    | ReviewScore
    | Deduction
    | Bonus
    | Announcement
    | Tally
    | RequestCase
    | SocialReview
    | Falsification
    | Applicability
    | Withdrawal
)

KINDS: dict[str, type[Record]] = {
    kind.kind: kind
    for kind in (
        SelfScore,
        ReviewScore,
        Deduction,
        Bonus,
        Announcement,
        Tally,
        RequestCase,
        SocialReview,
        Falsification,
        Applicability,
        Withdrawal,
    )
}
"""Every kind of record by its name."""


def in_force(records: Iterable[Record]) -> tuple[Record, ...]:
    """The records that no newer one replaces, without withdrawals, in order of entry."""
    all_of_them = sorted(records, key=lambda record: (record.at, record.id))
    replaced = {record.replaces for record in all_of_them if record.replaces}
    return tuple(
        record for record in all_of_them if record.id not in replaced and not isinstance(record, Withdrawal)
    )


def to_fields(record: Record) -> dict[str, Any]:
    """A record as plain JSON values with its `kind`: what storage keeps."""
    values: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(record))
    return {"kind": record.kind, **values}


def from_fields(values: Mapping[str, Any]) -> Record:
    """A record from what `to_fields` gave. Raises msgspec.ValidationError, KeyError on an unknown kind."""
    return msgspec.convert(values, KINDS[values["kind"]])
