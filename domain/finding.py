"""Verdicts and findings: what the questions of one subject answer together, and how a lapse is recorded."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from domain.check import Subject
from domain.outcome import Outcome, Value


class CaseState(StrEnum):
    """Where a case (问题台账) stands."""

    DETECTED = "detected"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"
    EXEMPTED = "exempted"
    NOTIFIED = "notified"
    RECTIFYING = "rectifying"
    RECTIFIED = "rectified"
    CLOSED = "closed"


CASE_TITLES = {
    CaseState.DETECTED: "待核实",
    CaseState.CONFIRMED: "已认定",
    CaseState.DISMISSED: "不予认定",
    CaseState.EXEMPTED: "免责",
    CaseState.NOTIFIED: "已通知",
    CaseState.RECTIFYING: "整改中",
    CaseState.RECTIFIED: "已整改",
    CaseState.CLOSED: "已办结",
}

LEAKS = frozenset({"content.privacy", "content.secret-mark", "media.privacy", "media.secret-mark"})
"""Checks of what must not spread: their evidence is covered and sealed, and told without it."""

MENDED_STATES = frozenset({CaseState.RECTIFIED, CaseState.CLOSED})
"""States after which the same lapse, seen again, is a new occurrence (反弹)."""

TRANSITIONS: Mapping[CaseState, frozenset[CaseState]] = {
    CaseState.DETECTED: frozenset(
        {CaseState.CONFIRMED, CaseState.DISMISSED, CaseState.EXEMPTED, CaseState.RECTIFIED}
    ),
    CaseState.CONFIRMED: frozenset(
        {CaseState.NOTIFIED, CaseState.DISMISSED, CaseState.EXEMPTED, CaseState.RECTIFIED}
    ),
    CaseState.NOTIFIED: frozenset(
        {CaseState.RECTIFYING, CaseState.DISMISSED, CaseState.EXEMPTED, CaseState.RECTIFIED}
    ),
    CaseState.RECTIFYING: frozenset({CaseState.RECTIFIED, CaseState.DISMISSED, CaseState.EXEMPTED}),
    CaseState.RECTIFIED: frozenset({CaseState.CLOSED}),
    CaseState.DISMISSED: frozenset({CaseState.DETECTED}),
    CaseState.EXEMPTED: frozenset({CaseState.DETECTED}),
    CaseState.CLOSED: frozenset(),
}
"""Which state may follow which; storage refuses any other step."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One question's answer within a verdict: the lines that asked it and the outcome."""

    indicators: tuple[str, ...]
    outcome: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What all questions of one (check, target, subject) say together.

    `indicators` are the lines whose own limit is crossed. `witnesses` counts the independent
    looks that gave the same answer (1: the crawler, 2: the browser too).
    """

    check: str
    target_kind: str
    target: str
    subject: Subject
    outcome: Outcome
    indicators: tuple[str, ...] = ()
    answers: tuple[Answer, ...] = ()
    witnesses: int = 1
    trial: bool = False
    crash: str = ""


Key = tuple[str, str, str, str]
"""What identifies a verdict within a run: check, target, unit, subject."""


def key_of(verdict: Verdict) -> Key:
    """The verdict's key."""
    return (verdict.check, verdict.target, verdict.subject.unit, verdict.subject.key)


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceFile:
    """One kept file: kind is screenshot, marked, html, dom, warc, headers, record …; path relative to D."""

    kind: str
    path: str
    sha256: str
    captured_at: datetime
    size: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A lapse on record, as the outside formats show it (INTERFACE: a finding)."""

    id: str
    check: str
    unit: str
    target_kind: str
    target: str
    subject: str
    subject_name: str
    url: str
    observed: Mapping[str, Value]
    expected: Mapping[str, Value]
    summary: str
    indicators: tuple[str, ...]
    state: CaseState
    first_seen: datetime
    last_seen: datetime
    evidence: tuple[EvidenceFile, ...] = ()
    severity: str = "violation"
    witnesses: int = 1
    occurrence: int = 1
    sightings: int = 1
    trial: bool = False
    notes: Mapping[str, str] = field(default_factory=dict)


def finding_id(check: str, target: str, unit: str, subject: str, occurrence: int) -> str:
    """The stable id of a lapse: the same over nights, another after a relapse."""
    text = "\x1f".join((check, target, unit, subject, str(occurrence)))
    return "F" + hashlib.sha256(text.encode()).hexdigest()[:15]
