"""Keeps what the browser saw in the run folder, so that the run can be judged again offline."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol

from crawler.runfolder import RunFolder, WalkError
from domain.walk import Sighting, Walk

RENDERED, SEEN_AGAIN, COMPARED = "rendered", "seen_again", "compared"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptLooks:
    """The browser's sightings of one site by address, before and after the first judgement.

    `compared` are those after the comparison of annual reports.
    """

    rendered: Mapping[str, Sighting] = field(default_factory=dict)
    seen_again: Mapping[str, Sighting] = field(default_factory=dict)
    compared: Mapping[str, Sighting] = field(default_factory=dict)


class HasLooks(Protocol):
    """What judging a site leaves of the browser's sightings."""

    @property
    def rendered(self) -> Mapping[str, Sighting]:
        """Those before the first judgement."""

    @property
    def seen_again(self) -> Mapping[str, Sighting]:
        """Those after it."""


def keep_looks(folder: RunFolder, site_id: str, work: HasLooks) -> None:
    """Writes both sets of sightings beside the walks."""
    for part, found in ((RENDERED, work.rendered), (SEEN_AGAIN, work.seen_again)):
        keep_part(folder, site_id, part, found)


def keep_part(folder: RunFolder, site_id: str, part: str, found: Mapping[str, Sighting]) -> None:
    """Writes one set of sightings; nothing where there are none."""
    if found:
        _part(folder, part).write_walk(_as_walk(site_id, found))


def forget_looks(folder: RunFolder, site_id: str) -> None:
    """Takes away what an attempt that was broken off left: the browser looks anew."""
    for part in (RENDERED, SEEN_AGAIN, COMPARED):
        _part(folder, part).site_path(site_id).unlink(missing_ok=True)


def read_looks(folder: RunFolder, site_id: str) -> KeptLooks:
    """What was kept of a site; empty where the browser looked at nothing."""
    rendered, seen_again, compared = (
        _read(RunFolder(folder.path / part, folder.bodies), site_id)
        for part in (RENDERED, SEEN_AGAIN, COMPARED)
    )
    return KeptLooks(rendered=rendered, seen_again=seen_again, compared=compared)


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
