"""What a walk writes down: sightings as they come, what was left, and at the end whether all was seen."""

from datetime import datetime

from crawler.pipeline import as_try
from crawler.runfolder import SiteFile
from crawler.spiders.visit import Visit
from domain.snapshot import STATUS_TITLES, FetchStatus
from domain.walk import Pending, Sighting, Walk

MOST_PENDING = 2000
"""How many pending links a summary names; the walk is incomplete however many there are."""

_SEEN = frozenset({FetchStatus.OK, FetchStatus.GONE})


class Ledger:
    """The record of one walk under way."""

    def __init__(self, file: SiteFile, site_id: str, started_at: datetime) -> None:
        self._file = file
        self._site = site_id
        self._started_at = started_at
        self._pending: list[Pending] = []
        self.written = 0

    def write(self, sighting: Sighting) -> None:
        """Writes one sighting."""
        self._file.write(sighting)
        self.written += 1

    def settle(self, visit: Visit, sighting: Sighting) -> None:
        """Writes the last sighting of an address; a column that was not seen is pending."""
        self.write(sighting)
        snapshot = sighting.snapshot
        if visit.candidate and snapshot.status not in _SEEN and not visit.elsewhere:
            self.note(visit, snapshot.detail or STATUS_TITLES[snapshot.status])

    def leave(self, visit: Visit, why: str) -> None:
        """Notes an address that is not asked (again); what was seen of it at its first try is written."""
        if visit.last is not None:
            self.write(visit.last if visit.role != "link" else as_try(visit.last))
        if visit.candidate:
            self.note(visit, why)

    def finish(self, at: datetime, stopped: str) -> Walk:
        """Writes the summary: complete when nothing that may be a column is pending."""
        walk = Walk(
            site=self._site,
            started_at=self._started_at,
            ended_at=at,
            complete=not (self._pending or stopped),
            stopped=stopped,
            pending=tuple(self._pending[:MOST_PENDING]),
        )
        self._file.finish(walk)
        return walk

    def note(self, visit: Visit, why: str) -> None:
        """Notes that what lies behind an address was not seen."""
        self._pending.append(Pending(url=visit.url, text=visit.text, found_on=visit.found_on or "", why=why))
