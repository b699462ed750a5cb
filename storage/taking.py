"""Takes what a run judged of one target into the database: one transaction, all or nothing, once."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from domain.finding import CaseState, EvidenceFile, Verdict, finding_id
from domain.outcome import Violation
from storage.bulk import insert_or_ignore
from storage.case_rows import event_row, evidence_row, shown_of, sighting_row
from storage.casework import Standing, Step, next_occurrence, step
from storage.codec import verdict_row
from storage.column_types import whole_characters
from storage.engine import lock_name
from storage.runs import Run, TargetReport
from storage.tables import (
    case_events,
    cases,
    evidence_files,
    identity_of,
    outcomes,
    run_targets,
    sightings,
)

Key = tuple[str, str, str, str]
"""What identifies a verdict within a run: check, target, unit, subject."""

_WORDS = {
    Step.OPEN: "巡检发现",
    Step.REOPEN: "免责期已满，问题仍在",
    Step.MEND: "巡检见到已符合要求",
}
_RELAPSED = "整改后再次出现"
_GONE = "完整检查后，该对象已不存在"


def key_of(verdict: Verdict) -> Key:
    """The verdict's key."""
    return (verdict.check, verdict.target, verdict.subject.unit, verdict.subject.key)


def case_id(key: Key, occurrence: int) -> str:
    """The id that an occurrence of a lapse is recorded under."""
    check, target, unit, subject = (whole_characters(part) for part in key)
    return finding_id(check, target, unit, subject, occurrence)


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """The ids of the cases that a target's verdicts opened, saw again, reopened or mended.

    `already`: the run had taken this target in before; nothing was changed.
    """

    opened: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()
    reopened: tuple[str, ...] = ()
    mended: tuple[str, ...] = ()
    already: bool = False


@dataclass(slots=True)
class _Writing:
    """The rows that one taking-in writes, gathered first and written in bulk."""

    ids: dict[Step, list[str]] = field(default_factory=lambda: {each: [] for each in Step})
    opened: list[dict[str, Any]] = field(default_factory=list)
    seen: list[dict[str, Any]] = field(default_factory=list)
    moved: list[dict[str, Any]] = field(default_factory=list)
    sightings: list[dict[str, Any]] = field(default_factory=list)
    events: list[dict[str, Any]] = field(default_factory=list)
    outcomes: list[dict[str, Any]] = field(default_factory=list)
    evidence: list[dict[str, Any]] = field(default_factory=list)

    def write(self, connection: Connection) -> None:
        """Writes all of it, what is referred to first."""
        for table, rows in (
            (cases, self.opened),
            (sightings, self.sightings),
            (case_events, self.events),
            (outcomes, self.outcomes),
        ):
            if rows:
                connection.execute(insert(table), rows)
        for rows in (self.seen, self.moved):
            if rows:
                connection.execute(update(cases).where(cases.c.id == bindparam("case")), rows)
        insert_or_ignore(connection, evidence_files, self.evidence)


def take_in(
    connection: Connection,
    run: Run,
    report: TargetReport,
    verdicts: Iterable[Verdict],
    evidence: Mapping[Key, Sequence[EvidenceFile]],
    now: datetime,
    enumerated: Collection[str],
) -> TakenIn:
    """Takes in the verdicts of one target. The same run and target again changes nothing.

    `now` is the moment the run judges as of. `enumerated` names the checks whose subjects were listed
    completely: a subject of theirs that is not among the verdicts is not there any more.
    """
    lock_name(connection, f"{report.kind}/{report.target}")
    if not _claim(connection, run, report):
        return TakenIn(already=True)
    return write_all(connection, run, report, verdicts, evidence, now, enumerated)


def write_all(
    connection: Connection,
    run: Run,
    report: TargetReport,
    verdicts: Iterable[Verdict],
    evidence: Mapping[Key, Sequence[EvidenceFile]],
    now: datetime,
    enumerated: Collection[str],
) -> TakenIn:
    """Writes down verdicts of one target without asking whether the run has them."""
    by_key = {key_of(verdict): verdict for verdict in verdicts}
    for key, verdict in by_key.items():
        if (verdict.target_kind, key[1]) != (report.kind, report.target):
            raise ValueError(f"verdict of {verdict.target_kind} {key[1]} handed in with {report.target}")
    rows = latest_cases(connection, report.kind, report.target)
    writing = _Writing()
    for key, verdict in by_key.items():
        _one(writing, run, verdict, rows.get(identity_of(*key)), evidence.get(key, ()), now)
    present = {identity_of(*key) for key in by_key}
    for identity, row in rows.items():
        listed = identity not in present and row["check_id"] in enumerated
        if listed and step(standing_of(row), None, now) is Step.MEND:
            _mend(writing, run, row, now, _GONE)
    writing.write(connection)
    return _taken(writing)


def take_one(
    connection: Connection,
    run: Run,
    verdict: Verdict,
    row: dict[str, Any] | None,
    files: Sequence[EvidenceFile],
    now: datetime,
) -> TakenIn:
    """Takes in one verdict of a recheck. `row` is the latest occurrence of the lapse (None: none)."""
    writing = _Writing()
    _one(writing, run, verdict, row, files, now)
    writing.write(connection)
    return _taken(writing)


def _taken(writing: _Writing) -> TakenIn:
    return TakenIn(
        opened=tuple(writing.ids[Step.OPEN]),
        seen=tuple(writing.ids[Step.SEE]),
        reopened=tuple(writing.ids[Step.REOPEN]),
        mended=tuple(writing.ids[Step.MEND]),
    )


def _claim(connection: Connection, run: Run, report: TargetReport) -> bool:
    """Marks the target as taken in; False when it was before."""
    key = {"run": run.number, "kind": report.kind, "target": report.target}
    values = {
        "state": report.state,
        "taken_in": report.taken_in,
        "complete": report.complete,
        "counts": dict(report.counts),
        "gaps": [dict(gap) for gap in report.gaps],
        "note": report.note,
    }
    insert_or_ignore(connection, run_targets, [key | values | {"state": "pending"}])
    place = [run_targets.c[name] == value for name, value in key.items()]
    claimed = connection.execute(
        update(run_targets).where(*place, run_targets.c.state == "pending").values(**values)
    )
    return claimed.rowcount == 1


def latest_cases(connection: Connection, kind: str, target: str) -> dict[str, dict[str, Any]]:
    """The latest occurrence of each lapse ever recorded of a target, by identity."""
    found = connection.execute(
        select(cases)
        .where(cases.c.target == target, cases.c.target_kind == kind)
        .order_by(cases.c.identity, cases.c.occurrence)
    )
    return {row["identity"]: dict(row) for row in found.mappings()}


def standing_of(row: Mapping[str, Any]) -> Standing:
    """How the case of a row stands."""
    return Standing(
        id=row["id"],
        occurrence=row["occurrence"],
        state=CaseState(row["state"]),
        first_seen=row["first_seen"],
        last_seen=row["last_seen"],
        mended_at=row["mended_at"],
        until=row["until"],
    )


def _one(
    writing: _Writing,
    run: Run,
    verdict: Verdict,
    row: dict[str, Any] | None,
    files: Sequence[EvidenceFile],
    now: datetime,
) -> None:
    standing = None if row is None else standing_of(row)
    decision = step(standing, verdict.outcome, now)
    case: str | None = None
    if isinstance(verdict.outcome, Violation):
        if decision is Step.OPEN:
            case = _open(writing, run, verdict, standing, now)
        else:
            assert row is not None
            case = _see(writing, run, verdict, row, decision, now)
        writing.sightings.append(sighting_row(case, run, verdict, verdict.outcome, now))
    elif decision is Step.MEND:
        assert row is not None
        case = _mend(writing, run, row, now, verdict.outcome.reason or _WORDS[Step.MEND])
    identity = identity_of(*key_of(verdict))
    writing.outcomes.append(
        {"run": run.number, "identity": identity, "case_id": case, **verdict_row(verdict)}
    )
    if case is not None:
        writing.evidence += [evidence_row(case, run, file) for file in files]


def _open(writing: _Writing, run: Run, verdict: Verdict, standing: Standing | None, now: datetime) -> str:
    key = key_of(verdict)
    occurrence = next_occurrence(standing, now)
    case = case_id(key, occurrence)
    writing.opened.append(
        {
            "id": case,
            "identity": identity_of(*key),
            "occurrence": occurrence,
            "former": None if standing is None else standing.id,
            "check_id": verdict.check,
            "target_kind": verdict.target_kind,
            "target": verdict.target,
            "unit": verdict.subject.unit,
            "subject": verdict.subject.key,
            **shown_of(verdict),
            "state": CaseState.DETECTED.value,
            "first_seen": now,
            "last_seen": now,
            "first_run": run.number,
            "last_run": run.number,
            "sightings": 1,
        }
    )
    writing.ids[Step.OPEN].append(case)
    words = _WORDS[Step.OPEN] if standing is None else _RELAPSED
    writing.events.append(event_row(case, run, now, None, CaseState.DETECTED, words))
    return case


def _see(
    writing: _Writing, run: Run, verdict: Verdict, row: dict[str, Any], decision: Step, now: datetime
) -> str:
    case = str(row["id"])
    newer = now >= row["last_seen"]
    shown = shown_of(verdict) if newer else {name: row[name] for name in shown_of(verdict)}
    shown["witnesses"] = max(shown["witnesses"], row["witnesses"])
    writing.seen.append(
        {
            "case": case,
            **shown,
            "first_seen": min(now, row["first_seen"]),
            "last_seen": max(now, row["last_seen"]),
            "last_run": run.number,
            "sightings": row["sightings"] + 1,
        }
    )
    if decision is Step.REOPEN:
        _move(writing, run, row, CaseState.DETECTED, None, now, _WORDS[decision])
        writing.ids[Step.REOPEN].append(case)
    else:
        writing.ids[Step.SEE].append(case)
    return case


def _mend(writing: _Writing, run: Run, row: dict[str, Any], now: datetime, reason: str) -> str:
    state = CaseState(row["state"])
    after = state if state is CaseState.DISMISSED else CaseState.RECTIFIED
    _move(writing, run, row, after, now, now, reason)
    writing.ids[Step.MEND].append(str(row["id"]))
    return str(row["id"])


def _move(
    writing: _Writing,
    run: Run,
    row: dict[str, Any],
    state: CaseState,
    mended_at: datetime | None,
    now: datetime,
    reason: str,
) -> None:
    case = str(row["id"])
    writing.moved.append({"case": case, "state": state.value, "mended_at": mended_at, "until": None})
    writing.events.append(event_row(case, run, now, CaseState(row["state"]), state, reason))
