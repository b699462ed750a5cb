"""What a walk could not see, told apart from where it is stored."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from domain.snapshot import STATUS_TITLES, FetchStatus
from domain.walk import Walk

MOST_GAPS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class WalkGaps:
    """How the fetches of a walk ended, by status, and each page that could not be seen with the reason."""

    complete: bool = False
    counts: Mapping[str, int] = field(default_factory=dict)
    gaps: tuple[Mapping[str, str], ...] = ()
    note: str = ""


def gaps_of(walk: Walk) -> WalkGaps:
    """The gaps of a walk, the first `MOST_GAPS` of them one by one."""
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
    return WalkGaps(
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
