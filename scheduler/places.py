"""Where a missing thing should be: the pages that a person would open to see that it is not there. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from crawler.address import canonical
from domain.finding import Verdict
from domain.observation import Column, Seen, SiteObservation
from domain.outcome import Violation
from domain.snapshot import FetchStatus
from domain.target import ColumnKind
from domain.walk import Walk

SHOULD_STAND: Mapping[str, frozenset[ColumnKind]] = {
    "column.missing": frozenset(),
    "annual-report.missing": frozenset({ColumnKind.ANNUAL_REPORT}),
    "interaction.no-channel": frozenset({ColumnKind.INTERACTION}),
    "policy.no-interpretation": frozenset({ColumnKind.POLICY_INTERPRETATION}),
    "consultation.no-feedback": frozenset({ColumnKind.CONSULTATION}),
    "on-request.incomplete": frozenset({ColumnKind.ON_REQUEST}),
}
"""Checks that something is missing, and the kinds of columns in which it should stand."""

ANYWHERE = frozenset({"column.missing", "annual-report.missing", "interaction.no-channel"})
"""Of these, what would be led to by the menu: the home page, the site map, the disclosure platform."""

MAP_WORDS = ("网站地图", "站点地图", "网站导航", "站点导航", "sitemap")

MOST_PICTURED = 4
"""Places pictured with a finding, besides the page that it is about."""

MOST_COLUMNS = 3
"""Columns of the right kind, and sections of the disclosure platform, that go before other places."""


def with_places(verdicts: Iterable[Verdict], observation: SiteObservation, walk: Walk) -> list[Verdict]:
    """The verdicts; of what is missing with the places where it should be first among the pages looked at."""
    return [_with_places(verdict, observation, walk) for verdict in verdicts]


def pictured(lapse: Violation, check: str) -> tuple[str, ...]:
    """The places to picture with a lapse, besides its own page; none for what is no missing thing."""
    if check not in SHOULD_STAND:
        return ()
    others: dict[str, str] = {}
    for url in lapse.looked_at:
        others.setdefault(canonical(url), url)
    others.pop(canonical(lapse.url), None)
    return tuple(others.values())[:MOST_PICTURED]


def _with_places(verdict: Verdict, observation: SiteObservation, walk: Walk) -> Verdict:
    lapse = verdict.outcome
    if not isinstance(lapse, Violation) or verdict.check not in SHOULD_STAND:
        return verdict
    found = dict.fromkeys(_places(verdict, observation, walk))
    return replace(verdict, outcome=replace(lapse, looked_at=tuple(found | dict.fromkeys(lapse.looked_at))))


def _places(verdict: Verdict, observation: SiteObservation, walk: Walk) -> Iterator[str]:
    columns = _columns(observation)
    own = [column for column in columns if column.kind in SHOULD_STAND[verdict.check]]
    yield from _best(own, verdict.subject.unit)
    if own and verdict.check not in ANYWHERE:
        return
    yield observation.site.home
    yield from _best([column for column in columns if column.disclosure], verdict.subject.unit)[:1]
    yield from _maps(walk)
    yield from _best([column for column in columns if column.disclosure], verdict.subject.unit)


def _columns(observation: SiteObservation) -> Sequence[Column]:
    """The columns that were seen, and those whose page is gone: both are shown as they are."""
    fact = observation.columns
    if not isinstance(fact, Seen):
        return ()
    return [
        column
        for column in fact.fact
        if isinstance(column.listing, Seen) or column.listing.sight.status is FetchStatus.GONE
    ]


def _best(columns: Iterable[Column], unit: str) -> list[str]:
    """The addresses of columns: the unit's own first, then those nearest to the home page."""
    near = sorted(columns, key=lambda column: (column.unit != unit, column.archived, column.level))
    return [column.url for column in near][:MOST_COLUMNS]


def _maps(walk: Walk) -> Iterator[str]:
    """The site map, where one was read."""
    for sighting in walk.sightings:
        words = (sighting.asked_as + (sighting.page.title if sighting.page else "")).lower()
        if sighting.page is None or sighting.role != "column" or sighting.depth > 2:
            continue
        if any(word in words for word in MAP_WORDS):
            yield sighting.snapshot.url
            return
