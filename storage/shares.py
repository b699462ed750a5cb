"""What an assessment looks at, for all units or some: only what can move a score, read as fast as it goes."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import Connection, Select, false, func, or_, select

from domain.finding import CaseState, EvidenceFile, Finding
from domain.target import Registry
from schemes.book import Book, Gap, Review
from storage import ledger_rows
from storage.books import gaps, reviewed, with_appeals
from storage.findings import finding_of
from storage.portal_tables import registry_versions
from storage.record_tables import records
from storage.runs import DONE, Run
from storage.tables import case_events, cases, evidence_files, runs

Mark = tuple[int, int, object, int]
"""Newest step of a case, newest record, end of the newest finished run, newest registry."""


def mark(connection: Connection) -> Mark:
    """What scores are reckoned from, as a value: equal marks, equal scores of a day."""
    newest = (
        select(func.max(case_events.c.number)),
        select(func.max(records.c.number)),
        select(func.max(runs.c.ended)).where(runs.c.state == DONE),
        select(func.max(registry_versions.c.number)),
    )
    step, entry, ended, listed = connection.execute(
        select(*(each.scalar_subquery() for each in newest))
    ).one()
    return (step or 0, entry or 0, ended, listed or 0)


def touched(connection: Connection, since: Mark) -> set[tuple[str, str]]:
    """Unit and target of every case that something happened to since a mark."""
    query = (
        select(cases.c.unit, cases.c.target)
        .distinct()
        .join(case_events, case_events.c.case_id == cases.c.id)
        .where(case_events.c.number > since[0])
    )
    return {(unit, target) for unit, target in connection.execute(query)}


def entered(connection: Connection, since: Mark) -> list[tuple[str, str]]:
    """Kind and unit of every record entered since a mark."""
    query = select(records.c.kind, records.c.unit).where(records.c.number > since[1])
    return [(kind, unit) for kind, unit in connection.execute(query)]


def book_of_units(
    connection: Connection,
    registry: Registry,
    year: int,
    as_of: date,
    run: Run | None,
    units: Collection[str] | None,
) -> Book:
    """The matter of a year's assessment of some units, or (None) of all, with everybody's records.

    Findings that can never cost anything are left out, and of the others what no score looks at.
    """
    chosen = select(cases.c.id).where(cases.c.severity != "warning", cases.c.trial == false())
    if units is not None:
        owned = [site.id for site in registry.sites if site.unit in units]
        owned += [account.id for account in registry.accounts if account.unit in units]
        chosen = chosen.where(or_(cases.c.unit.in_(units), cases.c.target.in_(owned)))
    return Book(
        year=year,
        as_of=as_of,
        units=registry.units,
        sites=registry.sites,
        accounts=registry.accounts,
        findings=tuple(_findings(connection, chosen)),
        records=tuple(ledger_rows.all_records(connection, None, year, None)),
        reviews=_reviews(connection, chosen),
        gaps=_gaps(connection, run, units),
    )


def _findings(connection: Connection, chosen: Select[tuple[str]]) -> list[Finding]:
    files: dict[str, list[EvidenceFile]] = {}
    listed = select(
        evidence_files.c.case_id,
        evidence_files.c.kind,
        evidence_files.c.path,
        evidence_files.c.sha256,
        evidence_files.c.captured_at,
        evidence_files.c.size,
    ).order_by(evidence_files.c.captured_at, evidence_files.c.number)
    for case, kind, path, sha256, at, size in connection.execute(
        listed.where(evidence_files.c.case_id.in_(chosen))
    ):
        files.setdefault(case, []).append(
            EvidenceFile(kind=kind, path=path, sha256=sha256, captured_at=at, size=size)
        )
    columns = [column for column in cases.columns if column.name not in ("expected", "answers")]
    rows = connection.execute(select(*columns).where(cases.c.id.in_(chosen)))
    return [
        finding_of({**row, "expected": {}, "answers": None}, files.get(row["id"], ()))
        for row in rows.mappings()
    ]


def _reviews(connection: Connection, chosen: Select[tuple[str]]) -> dict[str, Review]:
    # The first step of a case, its being found, decides nothing: most cases have no other.
    moved = case_events.c.from_state.is_not(None) | (case_events.c.to_state != CaseState.DETECTED.value)
    query = select(case_events).where(moved, case_events.c.case_id.in_(chosen))
    rows = connection.execute(query.order_by(case_events.c.number)).mappings()
    return with_appeals(connection, reviewed(dict(row) for row in rows))


def _gaps(connection: Connection, run: Run | None, units: Collection[str] | None) -> tuple[Gap, ...]:
    return () if run is None else tuple(gaps(connection, run, units))
