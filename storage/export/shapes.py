"""A finding and an outcome as the outside sees them, and the words shown beside their codes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from domain.finding import EvidenceFile, Finding, Verdict
from domain.observation import CHINA
from domain.outcome import NotApplicable, Violation, name_of
from domain.target import Registry
from storage.codec import reason_of
from storage.column_types import storable


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Names of units, and of sites and accounts, by code; a code without a name stands for itself."""

    units: Mapping[str, str] = field(default_factory=dict)
    targets: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, registry: Registry) -> "Names":
        """The names that a registry gives."""
        return cls(
            units={unit.code: unit.name for unit in registry.units},
            targets={site.id: site.name for site in registry.sites}
            | {account.id: account.name for account in registry.accounts},
        )

    def unit(self, code: str) -> str:
        """A unit's name."""
        return self.units.get(code, code)

    def target(self, code: str) -> str:
        """A site's or an account's name."""
        return self.targets.get(code, code)


@cache
def _check_titles() -> Mapping[str, str]:
    from checks.catalogue import all_checks

    return {check.id: check.title for check in all_checks().values()}


def check_title(check: str) -> str:
    """A check's Chinese title; its id where it is not known any more."""
    return _check_titles().get(check, check)


def moment(instant: datetime) -> str:
    """An instant as ISO 8601 in China Standard Time."""
    return instant.astimezone(CHINA).isoformat()


def finding_object(finding: Finding) -> dict[str, Any]:
    """A finding as one JSON object, under the names of the outside interface."""
    shape: dict[str, Any] = {
        "id": finding.id,
        "check": finding.check,
        "unit": finding.unit,
        finding.target_kind: finding.target,
        "subject": finding.subject,
        "subject_name": finding.subject_name,
        "url": finding.url,
        "observed": dict(finding.observed),
        "expected": dict(finding.expected),
        "summary": finding.summary,
        "indicators": list(finding.indicators),
        "state": finding.state.value,
        "first_seen": moment(finding.first_seen),
        "last_seen": moment(finding.last_seen),
        "evidence": [_evidence_object(file) for file in finding.evidence],
        "severity": finding.severity,
        "witnesses": finding.witnesses,
        "occurrence": finding.occurrence,
        "sightings": finding.sightings,
    }
    if finding.trial:
        shape["trial"] = True
    for note, value in finding.notes.items():
        shape.setdefault(note, value)
    return dict(storable(shape))


def _evidence_object(file: EvidenceFile) -> dict[str, Any]:
    return {
        "kind": file.kind,
        "path": file.path,
        "sha256": file.sha256,
        "captured_at": moment(file.captured_at),
    }


def outcome_object(verdict: Verdict) -> dict[str, Any]:
    """A verdict as one JSON object. What does not bind a subject is a pass that says `applicable: false`."""
    applicable = not isinstance(verdict.outcome, NotApplicable)
    shape: dict[str, Any] = {
        "check": verdict.check,
        "unit": verdict.subject.unit,
        verdict.target_kind: verdict.target,
        "subject": verdict.subject.key,
        "outcome": name_of(verdict.outcome) if applicable else "pass",
        "reason": reason_of(verdict.outcome) if applicable else f"不适用：{reason_of(verdict.outcome)}",
        "subject_name": verdict.subject.name,
        "indicators": list(verdict.indicators),
    }
    if not applicable:
        shape["applicable"] = False
    if isinstance(verdict.outcome, Violation):
        shape["url"] = verdict.outcome.url
        shape["severity"] = verdict.outcome.severity
        shape["witnesses"] = verdict.witnesses
    if verdict.trial:
        shape["trial"] = True
    return dict(storable(shape))
