"""Lists of cases as people read them: filtered, sorted, a page at a time, counted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, UnaryExpression, asc, desc, func, or_, select

from domain.finding import CaseState, Finding
from storage.findings import finding_of
from storage.tables import case_events, cases, evidence_files, outcomes, run_targets, runs

SORTS: Mapping[str, ColumnElement[Any]] = {
    "first_seen": cases.c.first_seen,
    "last_seen": cases.c.last_seen,
    "check": cases.c.check_id,
    "unit": cases.c.unit,
    "state": cases.c.state,
    "sightings": cases.c.sightings,
}
"""What lists may be sorted by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which cases are shown; what is empty does not matter. `text` is sought in summary, name, address."""

    states: tuple[CaseState, ...] = ()
    unit: str = ""
    check: str = ""
    target: str = ""
    severity: str = ""
    text: str = ""
    trial: bool | None = None
    since: datetime | None = None
    until: datetime | None = None
    relapsed: bool = False
    subject: str = ""

    def conditions(self) -> list[ColumnElement[bool]]:
        """The conditions on `cases`."""
        pairs = (
            (cases.c.unit, self.unit),
            (cases.c.check_id, self.check),
            (cases.c.target, self.target),
            (cases.c.severity, self.severity),
            (cases.c.subject, self.subject),
        )
        found: list[ColumnElement[bool]] = [column == value for column, value in pairs if value]
        if self.states:
            found.append(cases.c.state.in_([state.value for state in self.states]))
        if self.trial is not None:
            found.append(cases.c.trial == self.trial)
        if self.since is not None:
            found.append(cases.c.first_seen >= self.since)
        if self.until is not None:
            found.append(cases.c.first_seen < self.until)
        if self.relapsed:
            found.append(cases.c.occurrence > 1)
        if self.text:
            columns = (cases.c.summary, cases.c.subject_name, cases.c.subject, cases.c.url, cases.c.id)
            found.append(or_(*(column.icontains(self.text, autoescape=True) for column in columns)))
        return found


def page(
    connection: Connection, wanted: Filter, sort: str, *, descending: bool, limit: int, offset: int
) -> list[Finding]:
    """A page of findings, without their evidence. `sort` is one of SORTS."""
    turn = desc if descending else asc
    order: list[UnaryExpression[Any]] = [turn(SORTS[sort]), turn(cases.c.id)]
    rows = connection.execute(
        select(cases).where(*wanted.conditions()).order_by(*order).limit(limit).offset(offset)
    )
    return [finding_of(dict(row), ()) for row in rows.mappings()]


def count(connection: Connection, wanted: Filter) -> int:
    """How many cases there are."""
    query = select(func.count()).select_from(cases).where(*wanted.conditions())
    return connection.execute(query).scalar_one()


def ids(connection: Connection, wanted: Filter, limit: int) -> list[str]:
    """The ids of the cases, at most so many."""
    query = select(cases.c.id).where(*wanted.conditions()).order_by(cases.c.first_seen, cases.c.id)
    return list(connection.execute(query.limit(limit)).scalars())


def pictured(connection: Connection, chosen: list[str]) -> frozenset[str]:
    """Which of the cases have a picture."""
    query = (
        select(evidence_files.c.case_id)
        .distinct()
        .where(evidence_files.c.case_id.in_(chosen), evidence_files.c.kind.in_(("marked", "screenshot")))
    )
    return frozenset(connection.execute(query).scalars())


def opened_by_day(connection: Connection, unit: str | None, since: datetime) -> list[tuple[datetime, str]]:
    """When each violation was first seen and of which check, since a moment."""
    query = select(cases.c.first_seen, cases.c.check_id).where(
        cases.c.first_seen >= since, cases.c.severity == "violation"
    )
    if unit is not None:
        query = query.where(cases.c.unit == unit)
    return [(row.first_seen, row.check_id) for row in connection.execute(query)]


def counts_by_run(connection: Connection, limit: int) -> list[tuple[str, datetime, Mapping[str, int]]]:
    """Run, moment and outcomes by kind of the latest finished runs, oldest first."""
    chosen = connection.execute(
        select(runs.c.number, runs.c.id, runs.c.as_of)
        .where(runs.c.state == "done")
        .order_by(desc(runs.c.number))
        .limit(limit)
    ).all()
    numbers = [row.number for row in chosen]
    tallies: dict[int, dict[str, int]] = {number: {} for number in numbers}
    counted = connection.execute(
        select(outcomes.c.run, outcomes.c.outcome, func.count())
        .where(outcomes.c.run.in_(numbers))
        .group_by(outcomes.c.run, outcomes.c.outcome)
    )
    for number, outcome, many in counted:
        tallies[number][outcome] = many
    return [(row.id, row.as_of, tallies[row.number]) for row in reversed(chosen)]


def latest_run_with(connection: Connection, kind: str, target: str) -> str | None:
    """The latest run that took this target in; None before the first."""
    query = (
        select(runs.c.id)
        .join(run_targets, run_targets.c.run == runs.c.number)
        .where(run_targets.c.kind == kind, run_targets.c.target == target, run_targets.c.state != "pending")
        .order_by(desc(runs.c.number))
        .limit(1)
    )
    return connection.execute(query).scalar()


def mark(connection: Connection) -> tuple[int, ...]:
    """Grows with every run, judgement and decision: what was reckoned from the same mark still holds."""
    found = (
        connection.execute(select(func.max(column))).scalar() or 0
        for column in (case_events.c.number, outcomes.c.number, runs.c.number)
    )
    return tuple(found)
