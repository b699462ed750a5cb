"""Cases read back as findings, with their evidence, and counted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select

from domain.finding import CaseState, EvidenceFile, Finding
from storage.faults import StoreError
from storage.tables import case_events, cases, evidence_files, sightings


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which findings are asked for; what is None does not matter."""

    id: str | None = None
    state: CaseState | None = None
    unit: str | None = None
    check: str | None = None
    target: str | None = None
    severity: str | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        """The conditions on `cases`."""
        pairs = (
            (cases.c.id, self.id),
            (cases.c.state, None if self.state is None else CaseState(self.state).value),
            (cases.c.unit, self.unit),
            (cases.c.check_id, self.check),
            (cases.c.target, self.target),
            (cases.c.severity, self.severity),
        )
        return [column == value for column, value in pairs if value is not None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many findings share check, unit, state and severity."""

    check: str
    unit: str
    state: CaseState
    severity: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A step in a case's life: who did it, when, from which state to which, and why."""

    at: datetime
    by: str
    before: CaseState | None
    after: CaseState
    reason: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One sighting of a case: when (as of), what was observed, by how many witnesses."""

    at: datetime
    summary: str
    severity: str
    observed: Mapping[str, Any]
    indicators: tuple[str, ...]
    witnesses: int


def findings(
    connection: Connection,
    wanted: Wanted,
    limit: int | None = None,
    offset: int = 0,
    *,
    with_evidence: bool = True,
) -> list[Finding]:
    """The findings asked for, with all their evidence or none, by first sight, check, unit and occurrence."""
    chosen: Select[Any] = (
        select(cases)
        .where(*wanted.conditions())
        .order_by(cases.c.first_seen, cases.c.check_id, cases.c.unit, cases.c.identity, cases.c.occurrence)
        .limit(limit)
        .offset(offset or None)
    )
    rows = connection.execute(chosen).mappings().all()
    evidence: dict[str, list[EvidenceFile]] = {}
    if not with_evidence:
        pass
    elif limit is None and not offset:
        evidence = _evidence(connection, cases.c.id == evidence_files.c.case_id, wanted)
    else:
        ids = [row["id"] for row in rows]
        evidence = _evidence(connection, evidence_files.c.case_id.in_(ids), None)
    return [finding_of(dict(row), evidence.get(row["id"], ())) for row in rows]


def _evidence(
    connection: Connection, link: ColumnElement[bool], wanted: Wanted | None
) -> dict[str, list[EvidenceFile]]:
    query = select(evidence_files).order_by(evidence_files.c.captured_at, evidence_files.c.number)
    if wanted is None:
        query = query.where(link)
    elif conditions := wanted.conditions():
        query = query.join(cases, link).where(*conditions)
    found: dict[str, list[EvidenceFile]] = {}
    for row in connection.execute(query):
        file = EvidenceFile(
            kind=row.kind, path=row.path, sha256=row.sha256, captured_at=row.captured_at, size=row.size
        )
        found.setdefault(row.case_id, []).append(file)
    return found


def finding_of(row: Mapping[str, Any], evidence: Iterable[EvidenceFile]) -> Finding:
    """The finding of a row of `cases`."""
    notes = {
        "former": row["former"],
        "mended_at": row["mended_at"].isoformat() if row["mended_at"] else None,
        "until": row["until"].isoformat() if row["until"] else None,
    }
    return Finding(
        id=row["id"],
        check=row["check_id"],
        unit=row["unit"],
        target_kind=row["target_kind"],
        target=row["target"],
        subject=row["subject"],
        subject_name=row["subject_name"],
        url=row["url"],
        observed=row["observed"],
        expected=row["expected"],
        summary=row["summary"],
        indicators=tuple(row["indicators"]),
        state=CaseState(row["state"]),
        first_seen=row["first_seen"],
        last_seen=row["last_seen"],
        evidence=tuple(evidence),
        severity=row["severity"],
        witnesses=row["witnesses"],
        occurrence=row["occurrence"],
        sightings=row["sightings"],
        trial=row["trial"],
        notes={key: value for key, value in notes.items() if value is not None},
    )


def finding(connection: Connection, case: str) -> Finding:
    """The finding with this id. Raises StoreError when there is none."""
    found = findings(connection, Wanted(id=case))
    if not found:
        raise StoreError(f"没有编号为“{case}”的检查结果，可用 govwatch findings 查看全部")
    return found[0]


def counts(connection: Connection) -> list[Count]:
    """How many findings there are by check, unit, state and severity."""
    columns = (cases.c.check_id, cases.c.unit, cases.c.state, cases.c.severity)
    rows = connection.execute(select(*columns, func.count()).group_by(*columns).order_by(*columns))
    return [
        Count(check=check, unit=unit, state=CaseState(state), severity=severity, number=number)
        for check, unit, state, severity, number in rows
    ]


def events(connection: Connection, case: str) -> list[Event]:
    """The steps of a case's life, oldest first."""
    rows = connection.execute(
        select(case_events).where(case_events.c.case_id == case).order_by(case_events.c.number)
    )
    return [
        Event(
            at=row.at,
            by=row.by,
            before=None if row.from_state is None else CaseState(row.from_state),
            after=CaseState(row.to_state),
            reason=row.reason,
            until=row.until,
        )
        for row in rows
    ]


def sightings_of(connection: Connection, case: str) -> list[Seen]:
    """The sightings of a case, oldest first."""
    rows = connection.execute(
        select(sightings).where(sightings.c.case_id == case).order_by(sightings.c.at, sightings.c.run)
    )
    return [
        Seen(
            at=row.at,
            summary=row.summary,
            severity=row.severity,
            observed=row.observed,
            indicators=tuple(row.indicators),
            witnesses=row.witnesses,
        )
        for row in rows
    ]
