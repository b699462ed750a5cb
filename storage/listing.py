"""Lists of cases as people read them: filtered, sorted, a page at a time, counted."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, UnaryExpression, asc, desc, func, or_, select

from domain.finding import CaseState, Finding
from storage.findings import finding_of
from storage.tables import cases, evidence_files, run_targets, runs

SORTS: Mapping[str, ColumnElement[Any]] = {
    "first_seen": cases.c.first_seen,
    "last_seen": cases.c.last_seen,
    "check": cases.c.check_id,
    "unit": cases.c.unit,
    "state": cases.c.state,
    "sightings": cases.c.sightings,
}
"""What lists may be sorted by."""

MOST_NAMED = 5000
"""How many ids one query may name."""


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

    def conditions(self, dialect: str) -> list[ColumnElement[bool]]:
        """The conditions on `cases`, in the words of a database."""
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
            found.append(or_(*(_holds(column, self.text, dialect) for column in columns)))
        return found


def _holds(column: ColumnElement[Any], text: str, dialect: str) -> ColumnElement[bool]:
    """Whether a text holds another, great and small letters alike.

    SQLite's LIKE takes ASCII letters alike by itself: folding both sides first would take twice the time.
    """
    plain = text.replace("/", "//").replace("%", "/%").replace("_", "/_")
    like = column.like if dialect == "sqlite" else column.ilike
    return like(f"%{plain}%", escape="/")


def page(
    connection: Connection,
    wanted: Filter,
    sort: str,
    *,
    descending: bool,
    limit: int,
    offset: int,
    total: int | None = None,
) -> tuple[list[Finding], int]:
    """A page of findings, without their evidence, and how many there are. `sort` is one of SORTS.

    `total` is that number where it is known already. Ids are found first, by an index alone where there is
    one, and from whichever end is nearer; a text is sought once, for the page and the number together.
    """
    if total is None and not wanted.text:
        total = count(connection, wanted)
    if total is None:
        found = _ids(connection, wanted, sort, descending, None, 0)
        total, found = len(found), found[offset : offset + limit]
    elif offset > total // 2:
        limit = max(0, min(limit, total - offset))
        found = _ids(connection, wanted, sort, not descending, limit, max(0, total - offset - limit))[::-1]
    else:
        found = _ids(connection, wanted, sort, descending, limit, offset)
    by_id = {row["id"]: finding_of(dict(row), ()) for row in _rows_of(connection, found)}
    return [by_id[case] for case in found], total


def _ids(
    connection: Connection, wanted: Filter, sort: str, descending: bool, limit: int | None, offset: int
) -> list[str]:
    turn = desc if descending else asc
    order: list[UnaryExpression[Any]] = [turn(SORTS[sort]), turn(cases.c.id)]
    query = select(cases.c.id).where(*wanted.conditions(connection.dialect.name)).order_by(*order)
    return list(connection.execute(query.limit(limit).offset(offset or None)).scalars())


def _rows_of(connection: Connection, found: Sequence[str]) -> Iterator[RowMapping]:
    for start in range(0, len(found), MOST_NAMED):
        some = found[start : start + MOST_NAMED]
        yield from connection.execute(select(cases).where(cases.c.id.in_(some))).mappings()


def count(connection: Connection, wanted: Filter) -> int:
    """How many cases there are."""
    query = select(func.count()).select_from(cases).where(*wanted.conditions(connection.dialect.name))
    return connection.execute(query).scalar_one()


def ids(connection: Connection, wanted: Filter, limit: int) -> list[str]:
    """The ids of the cases, at most so many."""
    query = (
        select(cases.c.id)
        .where(*wanted.conditions(connection.dialect.name))
        .order_by(cases.c.first_seen, cases.c.id)
    )
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
