"""Keeps what the browser saw in the run folder, so that the run can be judged again offline."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from crawler.runfolder import RunFolder, WalkError
from domain.walk import Sighting, Walk
from scheduler.sitework import SiteWork

RENDERED, SEEN_AGAIN = "rendered", "seen_again"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptLooks:
    """The browser's sightings of one site by address, before and after the first judgement."""

    rendered: Mapping[str, Sighting] = field(default_factory=dict)
    seen_again: Mapping[str, Sighting] = field(default_factory=dict)


def keep_looks(folder: RunFolder, site_id: str, work: SiteWork) -> None:
    """Writes both sets of sightings beside the walks."""
    for part, found in ((RENDERED, work.rendered), (SEEN_AGAIN, work.seen_again)):
        if found:
            _part(folder, part).write_walk(_as_walk(site_id, found))


def read_looks(folder: RunFolder, site_id: str) -> KeptLooks:
    """What was kept of a site; empty where the browser looked at nothing."""
    return KeptLooks(
        rendered=_read(_part(folder, RENDERED), site_id), seen_again=_read(_part(folder, SEEN_AGAIN), site_id)
    )


def _part(folder: RunFolder, part: str) -> RunFolder:
    made = RunFolder(folder.path / part, folder.bodies)
    made.create()
    return made


def _as_walk(site_id: str, found: Mapping[str, Sighting]) -> Walk:
    moments = [sighting.snapshot.fetched_at for sighting in found.values()] or [_EPOCH]
    return Walk(
        site=site_id,
        started_at=min(moments),
        ended_at=max(moments),
        complete=True,
        sightings=tuple(found.values()),
    )


def _read(folder: RunFolder, site_id: str) -> dict[str, Sighting]:
    try:
        walk = folder.read_walk(site_id)
    except WalkError:
        return {}
    return {sighting.snapshot.url: sighting for sighting in walk.sightings}
