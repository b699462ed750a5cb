"""The ledger: append-only rows that explain a score. A row is reversed by another row, never edited.

Rows keep charges as they were before pools and floors; settling the rows in force again gives the score to
the last digit. Ids follow from the content, so posting the same card twice adds nothing.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

import msgspec

from domain.unit import UnitCategory
from schemes.card import Scorecard
from schemes.charge import Charge, Exhibit, Way
from schemes.model import Scheme
from schemes.settle import Settlement, settle


class Entry(StrEnum):
    """What a row is: the opening of a unit's account, a charge, or the reversal of an earlier row."""

    OPENING = "opening"
    CHARGE = "charge"
    REVERSAL = "reversal"


ENTRY_TITLES = {Entry.OPENING: "立账", Entry.CHARGE: "记账", Entry.REVERSAL: "冲销"}


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRow:
    """One row. `points` are before pools and floors; `arithmetic` says how they came about.

    An opening row carries the kind of unit and its accounts (`targets`). A reversal names the row it undoes
    in `reverses` and why in `reason`. `program` is the version of the program that posted the row.
    """

    id: str
    entry: Entry
    scheme: str
    version: str
    year: int
    unit: str
    at: datetime
    author: str
    program: str = ""
    category: str = ""
    targets: tuple[str, ...] = ()
    line: str = ""
    clause: str = ""
    way: str = ""
    points: Decimal = Decimal(0)
    hits: int = 0
    name: str = ""
    counter: str = ""
    price: Decimal | None = None
    arithmetic: str = ""
    source: str = ""
    check: str = ""
    target: str = ""
    on: date | None = None
    summary: str = ""
    url: str = ""
    exhibits: tuple[Exhibit, ...] = ()
    reviewer: str = ""
    reverses: str = ""
    reason: str = ""

    @property
    def signed(self) -> Decimal:
        """The points with the sign in which they move a score; a reversal moves it back."""
        sign = {Way.TAKE: -1, Way.GIVE: 1}.get(Way(self.way), 0) if self.way else 0
        return self.points * (-sign if self.entry is Entry.REVERSAL else sign)


def post(
    card: Scorecard, ledger: Sequence[LedgerRow], at: datetime, author: str, program: str = ""
) -> tuple[LedgerRow, ...]:
    """The rows to append so that the ledger says what the card says: new charges, reversals of old ones.

    A charge whose points, words or clause changed is reversed and posted anew.
    """
    mine = [r for r in ledger if (r.scheme, r.year, r.unit) == (card.scheme, card.year, card.unit)]
    wanted = _by_content(_rows(card, _Stamp(at=at, author=author, program=program)))
    held = _by_content(in_force(mine))
    gone = [row for content, row in held.items() if content not in wanted]
    fresh = [row for content, row in wanted.items() if content not in held]
    reversals = [reverse(row, at, author, "重新核算后不再成立", program) for row in gone]
    return (*reversals, *_fresh_ids(fresh, {row.id for row in ledger}))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stamp:
    at: datetime
    author: str
    program: str


def _rows(card: Scorecard, stamp: _Stamp) -> list[LedgerRow]:
    common: dict[str, Any] = {
        "scheme": card.scheme,
        "version": card.version,
        "year": card.year,
        "unit": card.unit,
        "at": stamp.at,
        "author": stamp.author,
        "program": stamp.program,
    }
    opening = LedgerRow(
        id="", entry=Entry.OPENING, category=card.category.value, targets=card.targets, **common
    )
    charges = [
        LedgerRow(
            id="",
            entry=Entry.CHARGE,
            line=charge.line,
            clause=charge.clause,
            way=charge.way.value,
            points=charge.points,
            hits=charge.hits,
            name=charge.name,
            counter=charge.counter,
            price=charge.price,
            arithmetic=charge.arithmetic,
            source=charge.source,
            check=charge.check,
            target=charge.target,
            on=charge.on,
            summary=charge.summary,
            url=charge.url,
            exhibits=charge.exhibits,
            reviewer=charge.reviewer,
            **common,
        )
        for charge in card.charges
    ]
    return [opening, *charges]


UNSTAMPED = ("id", "at", "author", "program", "reverses", "reason")


def _by_content(rows: Iterable[LedgerRow]) -> dict[tuple[Any, ...], LedgerRow]:
    """Rows by what they say; the second of two equal ones is told apart by its place."""
    found: dict[tuple[Any, ...], LedgerRow] = {}
    equal: Counter[tuple[Any, ...]] = Counter()
    for row in rows:
        content = _content(row)
        found[*content, equal[content]] = row
        equal[content] += 1
    return found


def _content(row: LedgerRow) -> tuple[Any, ...]:
    """What a row says, whoever posted it and when."""
    return tuple(getattr(row, spec.name) for spec in fields(row) if spec.name not in UNSTAMPED)


def _fresh_ids(rows: Iterable[LedgerRow], taken: set[str]) -> list[LedgerRow]:
    """The rows with ids that follow from content and moment; one posted again gets another."""
    named: list[LedgerRow] = []
    for row in rows:
        turn = 1
        while (name := _id(row, turn)) in taken:
            turn += 1
        taken.add(name)
        named.append(replace(row, id=name))
    return named


def _id(row: LedgerRow, turn: int) -> str:
    body = msgspec.json.encode(msgspec.to_builtins(replace(row, id="")), order="deterministic")
    return "L" + hashlib.sha256(body + str(turn).encode()).hexdigest()[:15]


def reverse(row: LedgerRow, at: datetime, author: str, reason: str, program: str = "") -> LedgerRow:
    """The row that undoes another, in the open: an appeal upheld, a recount."""
    undone = replace(
        row,
        id="",
        entry=Entry.REVERSAL,
        at=at,
        author=author,
        program=program,
        reverses=row.id,
        reason=reason,
    )
    return replace(undone, id=_id(undone, 1))


def in_force(ledger: Iterable[LedgerRow]) -> tuple[LedgerRow, ...]:
    """The rows that no reversal undoes, in order."""
    rows = list(ledger)
    undone = {row.reverses for row in rows if row.entry is Entry.REVERSAL}
    return tuple(row for row in rows if row.entry is not Entry.REVERSAL and row.id not in undone)


def recompute(scheme: Scheme, ledger: Iterable[LedgerRow]) -> Settlement:
    """The result of one unit from its rows alone.

    Raises ValueError when the rows are of several units or another version of the scheme, or have no opening.
    """
    rows = in_force(ledger)
    openings = [row for row in rows if row.entry is Entry.OPENING]
    if len(openings) != 1 or len({(row.unit, row.year, row.scheme) for row in rows}) != 1:
        raise ValueError("台账行须属于同一单位、同一年度、同一办法，且有一行立账")
    opening = openings[0]
    if any(row.version != scheme.version for row in rows):
        raise ValueError(
            f"台账按办法版本 {opening.version[:12]} 记账，现用版本 {scheme.version[:12]}，不能混算"
        )
    charges = [charge_of(row) for row in rows if row.entry is Entry.CHARGE]
    return settle(scheme, UnitCategory(opening.category), opening.targets, charges)


def charge_of(row: LedgerRow) -> Charge:
    """The charge that a row keeps."""
    return Charge(
        line=row.line,
        clause=row.clause,
        way=Way(row.way),
        source=row.source,
        points=row.points,
        hits=row.hits,
        name=row.name,
        counter=row.counter,
        price=row.price,
        words="" if row.price is not None else row.arithmetic,
        check=row.check,
        target=row.target,
        on=row.on,
        summary=row.summary,
        url=row.url,
        exhibits=row.exhibits,
        reviewer=row.reviewer,
    )


def to_fields(row: LedgerRow) -> dict[str, Any]:
    """A row as plain JSON values: what storage keeps."""
    values: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(row))
    return values


def from_fields(values: dict[str, Any]) -> LedgerRow:
    """A row from what `to_fields` gave. Raises msgspec.ValidationError."""
    return msgspec.convert(values, LedgerRow)


def seal(
    ledger: Iterable[LedgerRow],
    versions: Iterable[str],
    scores: Iterable[tuple[str, str]],
    papers: Iterable[tuple[str, str]] = (),
) -> str:
    """The hash under which a closed year is frozen: schemes' versions, every row, every unit's score.

    `papers` are the texts fixed with it by name: the scheme's file, the plan's, each unit's card.
    """
    digest = hashlib.sha256()
    for version in sorted(versions):
        digest.update(f"{version}\n".encode())
    for row in sorted(ledger, key=lambda row: row.id):
        digest.update(msgspec.json.encode(to_fields(row), order="deterministic") + b"\n")
    for unit, score in sorted(scores):
        digest.update(f"{unit}={score}\n".encode())
    for name, body in sorted(papers):
        digest.update(f"{name}:{hashlib.sha256(body.encode()).hexdigest()}\n".encode())
    return digest.hexdigest()
