"""Annual reports of all units compared with one another, and what each is told of its like."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from crawler.subjects.likeness import Written, peers
from crawler.subjects.report import masked_text
from domain.observation import CHINA, Peer, Report, UnseenError
from scheduler.reports import KeptReports

LIKENESS = "annual-report.duplicate"

Peers = Mapping[str, Mapping[str, tuple[Peer, ...]]]
"""By site, then by address of a report: the reports that its text matches."""


def peers_of(reports: Mapping[str, Sequence[Report]], unit_names: Sequence[str], year: int) -> Peers:
    """The likenesses of `year`'s reports; a report whose text was not seen is not compared."""
    written = [one for found in reports.values() for one in _written(found, unit_names)]
    alike = peers(written, year)
    return {
        site: {report.url: alike[report.url] for report in found if report.url in alike}
        for site, found in reports.items()
    }


def peers_of_kept(kept: Iterable[KeptReports], as_of: datetime) -> Peers:
    """The same for reports that were kept when their sites were judged."""
    found = list(kept)
    written = [
        Written(url=one.url, unit=one.unit, title=one.title, year=one.year, own=one.own)
        for site in found
        for one in site.reports
        if one.own is not None
    ]
    alike = peers(written, as_of.astimezone(CHINA).year - 1)
    return {
        site.site: {one.url: alike[one.url] for one in site.reports if one.url in alike} for site in found
    }


def _written(reports: Sequence[Report], unit_names: Sequence[str]) -> Iterator[Written]:
    for report in reports:
        try:
            text = report.text.get()
        except UnseenError:
            continue
        yield Written(
            url=report.url,
            unit=report.unit,
            title=report.title,
            year=report.year,
            own=masked_text(text, unit_names),
        )
