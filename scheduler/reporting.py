"""What a walk could not see, for the run's record and for the summary."""

from collections.abc import Iterable
from datetime import datetime

from checks.runner import WHOLE_TARGET
from domain.finding import Finding, Verdict
from domain.observation import CHINA
from domain.outcome import Inconclusive
from domain.walk import Walk
from scheduler.gaps import WalkGaps, gaps_of, site_trouble
from storage.runs import TargetReport

__all__ = ["account_trouble", "as_report", "enumerated_checks", "outlived", "report_of", "site_trouble"]


def report_of(walk: Walk) -> TargetReport:
    """Counts of how fetches ended, and each page that could not be seen with the reason."""
    return as_report(gaps_of(walk))


def as_report(gaps: WalkGaps) -> TargetReport:
    """The gaps of a walk as they go on record."""
    return TargetReport(complete=gaps.complete, counts=gaps.counts, gaps=gaps.gaps, note=gaps.note)


def account_trouble(verdicts: Iterable[Verdict]) -> str:
    """Why an account could not be judged at all; empty when anything was."""
    found = list(verdicts)
    reasons = [verdict.outcome.reason for verdict in found if isinstance(verdict.outcome, Inconclusive)]
    return reasons[0] if found and len(reasons) == len(found) else ""


def outlived(findings: Iterable[Finding], as_of: datetime) -> frozenset[str]:
    """The checks whose open cases are about a year's report that is not asked for any more.

    A new year's questions do not name last year's report: that says nothing of whether it was mended.
    """
    year = as_of.astimezone(CHINA).year
    return frozenset(
        one.check
        for one in findings
        if one.check.startswith("annual-report.") and one.first_seen.astimezone(CHINA).year != year
    )


def enumerated_checks(asked: Iterable[str], verdicts: Iterable[Verdict]) -> frozenset[str]:
    """The checks whose subjects were listed completely: what they do not name is no longer there."""
    gaps = {verdict.check for verdict in verdicts if verdict.subject.key == WHOLE_TARGET}
    return frozenset(asked) - gaps
