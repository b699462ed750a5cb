"""What runs came to, counted by the database: a night's judgements are many, the pages want their sums."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, desc, func, select

from domain.finding import CaseState, Verdict
from storage.codec import verdict_from
from storage.portal_tables import deadlines
from storage.tables import cases, outcomes, runs


@dataclass(frozen=True, slots=True, kw_only=True)
class Unjudged:
    """One thing that a run could not judge: at which target, whose, which check, why."""

    target: str
    unit: str
    check: str
    reason: str


def by_outcome(connection: Connection, run: int, unit: str | None) -> dict[str, int]:
    """How many judgements of a run came out how; of one unit or (None) of all."""
    query = select(outcomes.c.outcome, func.count()).where(outcomes.c.run == run).group_by(outcomes.c.outcome)
    if unit is not None:
        query = query.where(outcomes.c.unit == unit)
    return {str(outcome): int(number) for outcome, number in connection.execute(query)}


def by_target(connection: Connection, run: int) -> dict[str, dict[str, int]]:
    """The same by target."""
    columns = (outcomes.c.target, outcomes.c.outcome)
    found: dict[str, dict[str, int]] = {}
    query = select(*columns, func.count()).where(outcomes.c.run == run).group_by(*columns)
    for target, outcome, number in connection.execute(query):
        found.setdefault(target, {})[outcome] = number
    return found


def unjudged(connection: Connection, run: int, unit: str | None) -> list[Unjudged]:
    """What a run could not judge; of one unit or (None) of all."""
    query = select(outcomes.c.target, outcomes.c.unit, outcomes.c.check_id, outcomes.c.reason).where(
        outcomes.c.run == run, outcomes.c.outcome == "inconclusive"
    )
    if unit is not None:
        query = query.where(outcomes.c.unit == unit)
    return [
        Unjudged(target=target, unit=of, check=check, reason=reason)
        for target, of, check, reason in connection.execute(query)
    ]


def verdicts(
    connection: Connection, run: int, target: str | None, unit: str | None, limit: int, offset: int
) -> tuple[list[Verdict], int]:
    """A part of a run's judgements in the order taken in, and how many there are in all."""
    chosen = [outcomes.c.run == run]
    chosen += [] if target is None else [outcomes.c.target == target]
    chosen += [] if unit is None else [outcomes.c.unit == unit]
    total = connection.execute(select(func.count()).select_from(outcomes).where(*chosen)).scalar_one()
    query = select(outcomes).where(*chosen).order_by(outcomes.c.number).limit(limit).offset(offset)
    return [verdict_from(dict(row)) for row in connection.execute(query).mappings()], total


def crashes(connection: Connection, run: int) -> int:
    """How many judgements of a run failed by a fault of the program's own."""
    # What crashed is inconclusive: the others need not be looked through.
    query = (
        select(func.count())
        .select_from(outcomes)
        .where(outcomes.c.run == run, outcomes.c.outcome == "inconclusive", outcomes.c.crash != "")
    )
    return connection.execute(query).scalar_one()


def latest_done(connection: Connection, limit: int) -> list[tuple[int, str, datetime]]:
    """Number, id and moment of the latest finished runs, oldest first."""
    chosen = (
        select(runs.c.number, runs.c.id, runs.c.as_of)
        .where(runs.c.state == "done")
        .order_by(desc(runs.c.number))
        .limit(limit)
    )
    return [(row.number, row.id, row.as_of) for row in reversed(connection.execute(chosen).all())]


def overdue(connection: Connection, unit: str | None, today: date) -> int:
    """How many cases that units were told of are past the day they were to be mended by."""
    told: Sequence[str] = (CaseState.NOTIFIED.value, CaseState.RECTIFYING.value)
    query = (
        select(deadlines.c.case_id, deadlines.c.due)
        .join(cases, cases.c.id == deadlines.c.case_id)
        .where(cases.c.state.in_(told))
        .order_by(deadlines.c.number)
    )
    if unit is not None:
        query = query.where(cases.c.unit == unit)
    latest = {str(case): str(due) for case, due in connection.execute(query)}
    return sum(due < today.isoformat() for due in latest.values())
