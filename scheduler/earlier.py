"""Which earlier night's walk a site's walk may stand on, and when it must be walked in full again."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

import crawler
from crawler.plan import SitePlan
from crawler.runfolder import RunFolder
from domain.target import Site
from storage.runs import DONE, Run
from storage.store import Store

MOST_RUNS = 60
"""Runs looked back at."""


@cache
def reading_version() -> str:
    """A digest of all that reads pages: what another reading saw is not carried on."""
    digest = hashlib.sha256()
    root = Path(crawler.__path__[0])
    for path in sorted(root.rglob("*.py")):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownCases:
    """Addresses that cases of a site are about: `ever` of any case, `open` the pages of those still open."""

    ever: tuple[str, ...] = ()
    open: tuple[str, ...] = ()


NONE = KnownCases()


@dataclass(frozen=True, slots=True, kw_only=True)
class Night:
    """What a night stands on: by site the folder of an earlier run's walk; other sites are walked in full."""

    previous: Mapping[str, str]

    @classmethod
    def of(cls, run: Run, data: Path) -> "Night":
        """What a run was begun on, by the names of earlier runs: its data folder may lie elsewhere now."""
        previous = run.options.get("previous", {})
        return cls(previous={site: str(data / "runs" / Path(path).name) for site, path in previous.items()})

    def plans(self, sites: Iterable[Site], known: Mapping[str, KnownCases]) -> list[SitePlan]:
        """The first walks of a night. `known` are by site the addresses that cases are about."""
        return [
            SitePlan(
                site=site,
                previous=self.previous.get(site.id),
                fresh=cases.ever,
                sought=cases.open,
            )
            for site, cases in ((site, known.get(site.id, NONE)) for site in sites)
        ]


FULL = Night(previous={})


def choose_night(
    store: Store, data: Path, sites: Sequence[Site], *, as_of: datetime, program: str, full_walk_days: int
) -> Night:
    """For each site the newest earlier walk that may be stood on.

    It was complete, read by this very program, and a full walk of the same address lies less than
    `full_walk_days` before `as_of`; a site without such a walk is walked in full.
    """
    reach = timedelta(days=full_walk_days)
    runs = [run for run in store.runs(MOST_RUNS) if _fits(run, as_of, program, reach)]
    if not runs:
        return FULL
    homes = {run.id: {site.id: site.home for site in store.registry(run.id).sites} for run in runs}
    folders = {run.id: RunFolder(data / "runs" / run.id, data / "bodies") for run in runs}
    found: dict[str, str] = {}
    for site in sites:
        newest = ""
        for run in runs:
            walk = folders[run.id].read_summary(site.id) if homes[run.id].get(site.id) == site.home else None
            if walk is None or not walk.complete:
                continue
            newest = newest or str(folders[run.id].path)
            if _walked_in_full(run, site.id):
                found[site.id] = newest
                break
    return Night(previous=found)


def _fits(run: Run, as_of: datetime, program: str, reach: timedelta) -> bool:
    """Whether a run's walks may be stood on: ended, of this program, neither later nor too long before."""
    same = run.program == program and run.options.get("reading") == reading_version()
    return run.state == DONE and same and run.as_of <= as_of and as_of - run.as_of < reach


def _walked_in_full(run: Run, site_id: str) -> bool:
    return site_id not in run.options.get("previous", {})
