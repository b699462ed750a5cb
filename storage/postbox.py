"""What is to be told and what was: notices, the messages that carry them, how each was answered.

A notice is one thing worth telling; its fingerprint says it once for ever. A message goes to one person by
one channel; its fingerprint keeps a repeated digest from going out twice. Addresses with keys in them are
never kept here: only what may be shown of them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, and_, desc, func, insert, or_, select, update

from storage.bulk import insert_or_ignore
from storage.night_tables import deliveries, messages, notices

MOST_NAMES = 1000
"""Fingerprints asked for in one query."""

WAITING, SENT, DEAD, DRY = "waiting", "sent", "dead", "dry"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One thing worth telling a unit (or, with an empty unit, the operators)."""

    fingerprint: str
    kind: str
    unit: str
    at: datetime
    case: str = ""
    urgent: bool = False
    item: Mapping[str, Any] = field(default_factory=dict)
    told_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message to one recipient by one channel. `level` is liaison, leader or operator."""

    fingerprint: str
    unit: str
    recipient: str
    level: str
    channel: str
    shown_address: str
    day: date
    urgent: bool
    subject: str
    body: str
    created: datetime
    number: int = 0
    state: str = WAITING
    tries: int = 0
    next_at: datetime | None = None
    ended: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One try to send a message, and how it was answered."""

    message: int
    at: datetime
    ok: bool
    answer: str


def note(connection: Connection, found: Iterable[Notice]) -> int:
    """Keeps notices; those noted before are left as they are. Gives how many are new."""
    rows = [
        {
            "fingerprint": each.fingerprint,
            "kind": each.kind,
            "unit": each.unit,
            "case_id": each.case,
            "urgent": each.urgent,
            "at": each.at,
            "item": dict(each.item),
            "told_at": None,
        }
        for each in found
    ]
    before = connection.execute(select(func.count()).select_from(notices)).scalar_one()
    insert_or_ignore(connection, notices, rows)
    return int(connection.execute(select(func.count()).select_from(notices)).scalar_one()) - int(before)


def untold(connection: Connection, *, urgent: bool | None = None) -> list[Notice]:
    """What was noted and not told yet, oldest first."""
    query = select(notices).where(notices.c.told_at.is_(None)).order_by(notices.c.at, notices.c.fingerprint)
    if urgent is not None:
        query = query.where(notices.c.urgent.is_(urgent))
    return [_notice(row) for row in connection.execute(query)]


def known(connection: Connection, fingerprints: Sequence[str]) -> frozenset[str]:
    """Which of these were noted before."""
    found: set[str] = set()
    for start in range(0, len(fingerprints), MOST_NAMES):
        part = fingerprints[start : start + MOST_NAMES]
        query = select(notices.c.fingerprint).where(notices.c.fingerprint.in_(part))
        found |= set(connection.execute(query).scalars())
    return frozenset(found)


def of_case(connection: Connection, case: str) -> list[Notice]:
    """All that was noted of a case, oldest first."""
    query = select(notices).where(notices.c.case_id == case).order_by(notices.c.at)
    return [_notice(row) for row in connection.execute(query)]


def all_notices(connection: Connection) -> list[Notice]:
    """All notices, oldest first."""
    query = select(notices).order_by(notices.c.at, notices.c.fingerprint)
    return [_notice(row) for row in connection.execute(query)]


def post(
    connection: Connection, found: Sequence[Message], told: Sequence[str], at: datetime
) -> list[Message]:
    """Puts messages into the box and marks their notices as told, in one transaction. Gives the new ones."""
    made: list[Message] = []
    for each in found:
        values = {
            name: getattr(each, name)
            for name in Message.__slots__
            if name not in {"number", "next_at", "ended"}
        }
        before = _by_fingerprint(connection, each.fingerprint)
        insert_or_ignore(
            connection, messages, [values | {"next_at": each.next_at or at, "ended": each.ended}]
        )
        if before is None:
            kept = _by_fingerprint(connection, each.fingerprint)
            assert kept is not None
            made.append(kept)
    for fingerprint in told:
        connection.execute(
            update(notices)
            .where(notices.c.fingerprint == fingerprint, notices.c.told_at.is_(None))
            .values(told_at=at)
        )
    return made


def sendable(connection: Connection, now: datetime) -> list[Message]:
    """The messages that wait and whose time has come, urgent ones first."""
    query = (
        select(messages)
        .where(messages.c.state == WAITING, or_(messages.c.next_at.is_(None), messages.c.next_at <= now))
        .order_by(desc(messages.c.urgent), messages.c.number)
    )
    return [_message(row) for row in connection.execute(query)]


def answered(connection: Connection, delivery: Delivery, state: str, next_at: datetime | None) -> None:
    """Keeps how a try was answered and what becomes of the message."""
    connection.execute(
        insert(deliveries).values(
            message=delivery.message, at=delivery.at, ok=delivery.ok, answer=delivery.answer[:1000]
        )
    )
    connection.execute(
        update(messages)
        .where(messages.c.number == delivery.message)
        .values(
            state=state,
            tries=messages.c.tries + 1,
            next_at=next_at,
            ended=None if state == WAITING else delivery.at,
        )
    )


def retry(connection: Connection, number: int, at: datetime) -> bool:
    """Sets a dead message going again; False when it is not dead."""
    changed = connection.execute(
        update(messages)
        .where(and_(messages.c.number == number, messages.c.state == DEAD))
        .values(state=WAITING, tries=0, next_at=at, ended=None)
    )
    return changed.rowcount == 1


def told_today(connection: Connection, day: date) -> frozenset[tuple[str, str, str]]:
    """Who got a message that was not urgent on this day: unit, recipient, channel."""
    query = select(messages.c.unit, messages.c.recipient, messages.c.channel).where(
        messages.c.day == day, messages.c.urgent.is_(False)
    )
    return frozenset((row.unit, row.recipient, row.channel) for row in connection.execute(query))


def box(
    connection: Connection, *, state: str | None = None, unit: str | None = None, limit: int = 200
) -> list[Message]:
    """The latest messages, newest first."""
    query = select(messages).order_by(desc(messages.c.number)).limit(limit)
    if state is not None:
        query = query.where(messages.c.state == state)
    if unit is not None:
        query = query.where(messages.c.unit == unit)
    return [_message(row) for row in connection.execute(query)]


def answers(connection: Connection, numbers: Sequence[int]) -> dict[int, list[Delivery]]:
    """How each of these messages was answered, try by try."""
    found: dict[int, list[Delivery]] = {}
    query = select(deliveries).where(deliveries.c.message.in_(numbers)).order_by(deliveries.c.number)
    for row in connection.execute(query):
        found.setdefault(row.message, []).append(
            Delivery(message=row.message, at=row.at, ok=row.ok, answer=row.answer)
        )
    return found


def _by_fingerprint(connection: Connection, fingerprint: str) -> Message | None:
    row = connection.execute(select(messages).where(messages.c.fingerprint == fingerprint)).first()
    return None if row is None else _message(row)


def _notice(row: Any) -> Notice:
    return Notice(
        fingerprint=row.fingerprint,
        kind=row.kind,
        unit=row.unit,
        at=row.at,
        case=row.case_id,
        urgent=row.urgent,
        item=row.item,
        told_at=row.told_at,
    )


def _message(row: Any) -> Message:
    return Message(**{name: getattr(row, name) for name in Message.__slots__})
