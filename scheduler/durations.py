"""How long each site's walk takes and which server answers, by what its latest walk on record shows."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from crawler.address import canonical
from crawler.runfolder import RunFolder, WalkError
from crawler.spiders.scope import place_of
from domain.target import Registry, Site
from scheduler.slots import Berth
from storage.runs import Run
from storage.store import Store

MOST_RUNS = 20
"""Runs looked back at."""


def berths(store: Store, data: Path, registry: Registry, *, full: bool, reckoned: timedelta) -> list[Berth]:
    """What each site of a registry needs. `reckoned` is how long a site takes that was never walked.

    A full walk is reckoned by the latest full one, another night's by the latest of either kind.
    """
    runs = store.runs(MOST_RUNS)
    return [_berth(site, runs, data, full=full, reckoned=reckoned) for site in registry.sites]


def _berth(site: Site, runs: list[Run], data: Path, *, full: bool, reckoned: timedelta) -> Berth:
    host = place_of(canonical(site.home))[0]
    lasts, server = reckoned, ""
    for run in runs:
        folder = RunFolder(data / "runs" / run.id, data / "bodies")
        server = server or _server(folder, site.id)
        carried = site.id in run.options.get("previous", {})
        found = None if full and carried else _lasted(folder, site.id)
        if found is not None:
            lasts = found
            break
    return Berth(site=site.id, host=host, server=server or host, lasts=lasts)


def _lasted(folder: RunFolder, site: str) -> timedelta | None:
    """From the beginning of the night's first round at a site to the end of its last."""
    walks = [walk for one in _rounds(folder) if (walk := one.read_summary(site)) is not None]
    if not walks or folder.read_summary(site) is None:
        return None
    return max(walk.ended_at for walk in walks) - min(walk.started_at for walk in walks)


def _rounds(folder: RunFolder) -> Iterator[RunFolder]:
    yield folder
    for aside in sorted(folder.path.glob("round-*")):
        yield RunFolder(aside, folder.bodies)


def _server(folder: RunFolder, site: str) -> str:
    """The address that answered for the first page; empty where none is known."""
    try:
        first = next(iter(folder.sightings(site)), None)
    except WalkError:
        return ""
    return (first.snapshot.server_ip or "") if first is not None else ""
