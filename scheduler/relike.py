"""A report that was like others looked at again: it and those are read anew, and compared with the rest."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from crawler.address import canonical
from crawler.runfolder import RunFolder, WalkError
from domain.finding import EvidenceFile, Verdict
from domain.outcome import Inconclusive
from domain.snapshot import FetchStatus
from domain.walk import Sighting
from scheduler.likeness import peers_of_kept
from scheduler.relook import Task, asking_of, fetch_pages, judge, last_seen, prove, verdict_of
from scheduler.reports import KeptReports, kept_reports, read_reports

MOST_PEERS = 8
"""Reports of others that are read anew: those that it was said to be like."""

NO_WALK = "没有可沿用的巡检结果，待下一次巡检"
NO_PEER = "与之雷同的年报这次没有读到，不能说明已经改正"


def look_at_likeness(task: Task) -> tuple[Verdict, Sequence[EvidenceFile]]:
    """The verdict on a report's likeness as of now, and what shows it.

    The report, and those it was like, are asked for again; of all other sites the reports as last read count.
    """
    walk, _ = last_seen(task)
    if walk is None:
        return verdict_of(task, Inconclusive(reason=NO_WALK)), ()
    asking = asking_of(task, task.finding.target)
    own_host = urlsplit(task.finding.url).netloc
    peers = _peers(task)
    mine = [url for url in peers if urlsplit(url).netloc == own_host]
    fresh = fetch_pages(task, asking, walk, [asking.site.home, task.finding.url, *mine])
    kept = [kept_reports(asking.observe(fresh.walk))]
    seen = list(fresh.sightings)
    for site in task.registry.sites:
        if site.id != task.finding.target:
            reports, sights = _reports_of(task, site.id, [url for url in peers if url not in mine])
            kept.append(reports)
            seen += sights
    if not _all_read(peers, kept, seen):
        return verdict_of(task, Inconclusive(reason=NO_PEER)), ()
    alike = peers_of_kept(kept, task.as_of).get(task.finding.target, {})
    verdict, work = judge(task, replace(asking, peers=alike), fresh.walk, whole=fresh.all_seen)
    return verdict, prove(task, asking, verdict, work, fresh.sightings)


def _peers(task: Task) -> list[str]:
    """The addresses of the reports that it was said to be like."""
    told: Any = task.finding.observed.get("peers")
    found = (
        [str(one.get("url", "")) for one in told if isinstance(one, dict)] if isinstance(told, list) else []
    )
    return [url for url in dict.fromkeys(found) if url][:MOST_PEERS]


def _reports_of(task: Task, site: str, wanted: Sequence[str]) -> tuple[KeptReports, Sequence[Sighting]]:
    """The reports of another site as last read, those wanted read anew, and what was seen of these."""
    run = task.store.latest_run_with("site", site)
    if run is None:
        return KeptReports(site=site), ()
    folder = RunFolder(task.place.data / "runs" / run, task.place.data / "bodies")
    kept = read_reports(folder, site)
    here = {canonical(one.url) for one in kept.reports}
    again = [url for url in wanted if canonical(url) in here]
    if not again:
        return kept, ()
    asking = asking_of(task, site)
    try:
        fresh = fetch_pages(task, asking, folder.read_walk(site), again)
    except WalkError:
        return kept, ()
    return kept_reports(asking.observe(fresh.walk)), fresh.sightings


def _all_read(peers: Iterable[str], kept: Iterable[KeptReports], seen: Iterable[Sighting]) -> bool:
    """Whether each of those it was like was read anew, or is seen to be there no more."""
    looked = {canonical(one.snapshot.url): one.snapshot.status for one in seen}
    read = {canonical(one.url) for site in kept for one in site.reports if one.own is not None}
    return all(
        looked.get(key) is FetchStatus.GONE or (key in looked and key in read)
        for key in map(canonical, peers)
    )
