"""What one verdict changes about a case, gathered as rows and written in bulk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, update

from domain.finding import CaseState, EvidenceFile, Key, Verdict, finding_id, key_of
from domain.outcome import Violation
from storage.bulk import insert_or_ignore
from storage.case_rows import event_row, evidence_row, shown_of, sighting_row
from storage.casework import Standing, Step, next_occurrence, step
from storage.codec import verdict_row
from storage.column_types import whole_characters
from storage.runs import Run
from storage.tables import case_events, cases, evidence_files, identity_of, outcomes, sightings

_WORDS = {
    Step.OPEN: "巡检发现",
    Step.REOPEN: "免责期已满，问题仍在",
    Step.MEND: "巡检见到已符合要求",
}
_RELAPSED = "整改后再次出现"


def case_id(key: Key, occurrence: int) -> str:
    """The id that an occurrence of a lapse is recorded under."""
    check, target, unit, subject = (whole_characters(part) for part in key)
    return finding_id(check, target, unit, subject, occurrence)


@dataclass(slots=True)
class Writing:
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


def write_one(
    writing: Writing,
    run: Run,
    verdict: Verdict,
    row: dict[str, Any] | None,
    files: Sequence[EvidenceFile],
    now: datetime,
) -> None:
    """Adds what a verdict changes. `row` is the latest occurrence of the lapse (None: none)."""
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
        case = write_mend(writing, run, row, now, verdict.outcome.reason or _WORDS[Step.MEND])
    identity = identity_of(*key_of(verdict))
    writing.outcomes.append(
        {"run": run.number, "identity": identity, "case_id": case, **verdict_row(verdict)}
    )
    if case is not None:
        writing.evidence += [evidence_row(case, run, file) for file in files]


def _open(writing: Writing, run: Run, verdict: Verdict, standing: Standing | None, now: datetime) -> str:
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
    writing: Writing, run: Run, verdict: Verdict, row: dict[str, Any], decision: Step, now: datetime
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


def write_mend(writing: Writing, run: Run, row: dict[str, Any], now: datetime, reason: str) -> str:
    """Adds that a case is mended; gives its id."""
    state = CaseState(row["state"])
    after = state if state is CaseState.DISMISSED else CaseState.RECTIFIED
    _move(writing, run, row, after, now, now, reason)
    writing.ids[Step.MEND].append(str(row["id"]))
    return str(row["id"])


def _move(
    writing: Writing,
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
