"""The rows that say what was seen of a case and what became of it."""

from datetime import datetime
from typing import Any

from domain.finding import CaseState, EvidenceFile, Verdict
from domain.outcome import Violation
from storage.codec import answers_to
from storage.runs import Run

PROGRAM = "程序"
"""Who acts where no person did."""


def shown_of(verdict: Verdict) -> dict[str, Any]:
    """What a case shows of its latest sighting. The verdict must be a violation."""
    outcome = verdict.outcome
    assert isinstance(outcome, Violation)
    return {
        "subject_name": verdict.subject.name,
        "url": outcome.url,
        "severity": outcome.severity,
        "trial": verdict.trial,
        "summary": outcome.summary,
        "observed": dict(outcome.observed),
        "expected": dict(outcome.expected),
        "indicators": list(verdict.indicators),
        "answers": answers_to(verdict),
        "witnesses": verdict.witnesses,
    }


def sighting_row(case: str, run: Run, verdict: Verdict, outcome: Violation, now: datetime) -> dict[str, Any]:
    """A row of `sightings`."""
    return {
        "case_id": case,
        "run": run.number,
        "at": now,
        "severity": outcome.severity,
        "summary": outcome.summary,
        "observed": dict(outcome.observed),
        "expected": dict(outcome.expected),
        "indicators": list(verdict.indicators),
        "witnesses": verdict.witnesses,
    }


def event_row(
    case: str, run: Run, now: datetime, before: CaseState | None, after: CaseState, reason: str
) -> dict[str, Any]:
    """A row of `case_events` for what the program did."""
    return {
        "case_id": case,
        "at": now,
        "by": PROGRAM,
        "from_state": None if before is None else before.value,
        "to_state": after.value,
        "reason": reason,
        "until": None,
        "run": run.number,
    }


def evidence_row(case: str, run: Run, file: EvidenceFile) -> dict[str, Any]:
    """A row of `evidence_files`."""
    return {
        "case_id": case,
        "run": run.number,
        "kind": file.kind,
        "path": file.path,
        "sha256": file.sha256,
        "size": file.size,
        "captured_at": file.captured_at,
    }
