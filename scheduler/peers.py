"""What was seen, on the walks of other sites, of the pages that a finding compares a site's own with."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from crawler.address import canonical
from crawler.runfolder import RunFolder, WalkError
from domain.finding import Verdict
from domain.outcome import Violation
from domain.target import Registry
from domain.walk import Sighting

COMPARED = frozenset({"annual-report.duplicate"})
"""Checks that compare a site's pages with those of others."""


def peer_sightings(
    folder: RunFolder, registry: Registry, verdicts: Iterable[Verdict], but: str
) -> dict[str, Sighting]:
    """The sightings of compared pages by canonical address, out of the walks of all sites `but` one."""
    wanted = {
        canonical(url)
        for verdict in verdicts
        if verdict.check in COMPARED and isinstance(verdict.outcome, Violation)
        for url in verdict.outcome.looked_at
    }
    hosts = {urlsplit(url).netloc for url in wanted}
    found: dict[str, Sighting] = {}
    for site in registry.sites:
        if site.id == but or not wanted - set(found) or urlsplit(canonical(site.home)).netloc not in hosts:
            continue
        try:
            sightings = folder.read_walk(site.id).sightings
        except WalkError:
            continue
        for sighting in sightings:
            for url in (sighting.snapshot.url, sighting.snapshot.final_url):
                if (key := canonical(url)) in wanted and sighting.role != "link":
                    found.setdefault(key, sighting)
    return found
