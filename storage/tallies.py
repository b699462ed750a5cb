"""What runs came to, counted by the database: a night's judgements are many, the pages want their sums."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, desc, func, select

from domain.finding import CaseState, Verdict
from storage import passlists
from storage.codec import verdict_from
from storage.portal_tables import deadlines
from storage.tables import cases, outcomes, pass_lists, runs


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
    found = {str(outcome): int(number) for outcome, number in connection.execute(query)}
    chosen = [pass_lists.c.run == run] + ([] if unit is None else [pass_lists.c.unit == unit])
    listed = passlists.total(connection, *chosen)
    return found | ({passlists.PASSED: found.get(passlists.PASSED, 0) + listed} if listed else {})


def by_target(connection: Connection, run: int) -> dict[str, dict[str, int]]:
    """The same by target."""
    columns = (outcomes.c.target, outcomes.c.outcome)
    found: dict[str, dict[str, int]] = {}
    query = select(*columns, func.count()).where(outcomes.c.run == run).group_by(*columns)
    for target, outcome, number in connection.execute(query):
        found.setdefault(target, {})[outcome] = number
    for target, listed in passlists.totals(connection, run).items():
        its = found.setdefault(target, {})
        its[passlists.PASSED] = its.get(passlists.PASSED, 0) + listed
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
    """A part of a run's judgements, those told in lists last, and how many there are in all."""
    wanted = {"run": run, "target": target, "unit": unit}
    wanted = {name: value for name, value in wanted.items() if value is not None}
    chosen = [outcomes.c[name] == value for name, value in wanted.items()]
    in_lists = [pass_lists.c[name] == value for name, value in wanted.items()]
    single = connection.execute(select(func.count()).select_from(outcomes).where(*chosen)).scalar_one()
    query = select(outcomes).where(*chosen).order_by(outcomes.c.number).limit(limit).offset(offset)
    found = [verdict_from(dict(row)) for row in connection.execute(query).mappings()]
    if len(found) < limit:
        rest = passlists.read_part(connection, in_lists, limit - len(found), max(0, offset - single))
        found += rest
    return found, single + passlists.total(connection, *in_lists)


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
