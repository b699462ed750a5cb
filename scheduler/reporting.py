"""What a walk could not see, for the run's record and for the summary."""

from collections import Counter
from collections.abc import Iterable

from checks.runner import WHOLE_TARGET
from domain.finding import Verdict
from domain.outcome import Inconclusive
from domain.snapshot import STATUS_TITLES, FetchStatus
from domain.walk import Walk
from storage.runs import TargetReport

MOST_GAPS = 500


def report_of(walk: Walk) -> TargetReport:
    """Counts of how fetches ended, and each page that could not be seen with the reason."""
    pages = [sighting for sighting in walk.sightings if sighting.role != "link"]
    counts = Counter(sighting.snapshot.status.value for sighting in pages)
    gaps = [
        {
            "url": sighting.snapshot.url,
            "status": sighting.snapshot.status.value,
            "reason": sighting.snapshot.detail or STATUS_TITLES[sighting.snapshot.status],
        }
        for sighting in pages
        if sighting.snapshot.status is not FetchStatus.OK
    ]
    gaps += [{"url": left.url, "status": "unvisited", "reason": left.why} for left in walk.pending]
    return TargetReport(
        complete=walk.complete, counts=dict(counts), gaps=tuple(gaps[:MOST_GAPS]), note=walk.stopped
    )


def site_trouble(walk: Walk) -> str:
    """Why a site could not be judged at all, in Chinese; empty when its home page was seen."""
    homes = [sighting for sighting in walk.sightings if sighting.role == "home"]
    if any(sighting.snapshot.status is FetchStatus.OK for sighting in homes):
        return ""
    if not homes:
        return walk.stopped or "首页没有取到"
    snapshot = homes[-1].snapshot
    return snapshot.detail or STATUS_TITLES[snapshot.status]


def account_trouble(verdicts: Iterable[Verdict]) -> str:
    """Why an account could not be judged at all; empty when anything was."""
    found = list(verdicts)
    reasons = [verdict.outcome.reason for verdict in found if isinstance(verdict.outcome, Inconclusive)]
    return reasons[0] if found and len(reasons) == len(found) else ""


def enumerated_checks(asked: Iterable[str], verdicts: Iterable[Verdict]) -> frozenset[str]:
    """The checks whose subjects were listed completely: what they do not name is no longer there."""
    gaps = {verdict.check for verdict in verdicts if verdict.subject.key == WHOLE_TARGET}
    return frozenset(asked) - gaps
