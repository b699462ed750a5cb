"""Outcomes and verdicts as rows and JSON, and back, without loss."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from domain.check import Subject
from domain.finding import Answer, Verdict
from domain.outcome import Frame, Inconclusive, NotApplicable, Outcome, Pass, Violation, name_of


def reason_of(outcome: Outcome) -> str:
    """Why it came out so: a violation's summary, else the reason."""
    return outcome.summary if isinstance(outcome, Violation) else outcome.reason


def detail_of(outcome: Outcome) -> dict[str, Any] | None:
    """What a violation says beyond its summary; None for the others."""
    if not isinstance(outcome, Violation):
        return None
    detail: dict[str, Any] = {
        "url": outcome.url,
        "observed": dict(outcome.observed),
        "expected": dict(outcome.expected),
        "severity": outcome.severity,
    }
    if outcome.frame is not None:
        detail["frame"] = {key: value for key, value in asdict(outcome.frame).items() if value}
    if outcome.looked_at:
        detail["looked_at"] = list(outcome.looked_at)
    return detail


def outcome_from(name: str, reason: str, detail: Mapping[str, Any] | None) -> Outcome:
    """The outcome of a row. Raises KeyError for a name that is none."""
    if name == "violation":
        kept = detail or {}
        frame = kept.get("frame")
        return Violation(
            url=kept.get("url", ""),
            summary=reason,
            observed=kept.get("observed", {}),
            expected=kept.get("expected", {}),
            frame=None if frame is None else Frame(**frame),
            looked_at=tuple(kept.get("looked_at", ())),
            severity=kept.get("severity", "violation"),
        )
    plain: dict[str, type[Pass | Inconclusive | NotApplicable]] = {
        "pass": Pass,
        "inconclusive": Inconclusive,
        "not_applicable": NotApplicable,
    }
    return plain[name](reason=reason)


def answers_to(verdict: Verdict) -> list[dict[str, Any]]:
    """The verdict's answers; one that equals the verdict's own outcome is not written out again."""
    rows: list[dict[str, Any]] = []
    for answer in verdict.answers:
        row: dict[str, Any] = {"indicators": list(answer.indicators)}
        if answer.outcome != verdict.outcome:
            row["outcome"] = name_of(answer.outcome)
            row["reason"] = reason_of(answer.outcome)
            detail = detail_of(answer.outcome)
            if detail is not None:
                row["detail"] = detail
        rows.append(row)
    return rows


def answers_from(rows: list[dict[str, Any]] | None, own: Outcome) -> tuple[Answer, ...]:
    """The answers of a kept verdict whose own outcome is `own`."""
    return tuple(
        Answer(
            indicators=tuple(row["indicators"]),
            outcome=outcome_from(row["outcome"], row["reason"], row.get("detail"))
            if "outcome" in row
            else own,
        )
        for row in rows or ()
    )


def verdict_row(verdict: Verdict) -> dict[str, Any]:
    """A verdict as a row of `outcomes`, without run, identity and case."""
    return {
        "check_id": verdict.check,
        "target_kind": verdict.target_kind,
        "target": verdict.target,
        "unit": verdict.subject.unit,
        "subject": verdict.subject.key,
        "subject_name": verdict.subject.name,
        "outcome": name_of(verdict.outcome),
        "reason": reason_of(verdict.outcome),
        "detail": detail_of(verdict.outcome),
        "indicators": list(verdict.indicators),
        "answers": answers_to(verdict),
        "witnesses": verdict.witnesses,
        "trial": verdict.trial,
        "crash": verdict.crash,
    }


def verdict_from(row: Mapping[str, Any]) -> Verdict:
    """The verdict of a row of `outcomes`."""
    outcome = outcome_from(row["outcome"], row["reason"], row["detail"])
    return Verdict(
        check=row["check_id"],
        target_kind=row["target_kind"],
        target=row["target"],
        subject=Subject(key=row["subject"], unit=row["unit"], name=row["subject_name"]),
        outcome=outcome,
        indicators=tuple(row["indicators"]),
        answers=answers_from(row["answers"], outcome),
        witnesses=row["witnesses"],
        trial=row["trial"],
        crash=row["crash"],
    )
