"""The further pages that a person would open to see a lapse: where something should be, where a link ends.

Also the address under which the page itself was opened. Pure.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from crawler.address import canonical
from crawler.observing.sights import is_foot_frame
from domain.finding import Verdict
from domain.observation import Column, Seen, SiteObservation
from domain.outcome import Violation
from domain.snapshot import FetchStatus
from domain.target import ColumnKind
from domain.walk import Sighting, Walk

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

RESTS_ON_FILES = frozenset(
    {
        "guide.incomplete",
        "guide.no-fee-terms",
        "annual-report.incomplete",
        "annual-report.figures",
        "annual-report.remarks",
        "annual-report.duplicate",
    }
)
"""Checks of a text that may stand in the files or frames of the page that a lapse is told of."""

MAP_WORDS = ("网站地图", "站点地图", "网站导航", "站点导航", "sitemap")

BROKEN_LINK = "site.broken-link"

MOST_PICTURED = 4
"""Places pictured with a finding, besides the page that it is about."""

MOST_COLUMNS = 3
"""Columns of the right kind, and sections of the disclosure platform, that go before other places."""


def with_places(verdicts: Iterable[Verdict], observation: SiteObservation, walk: Walk) -> list[Verdict]:
    """The verdicts with addresses that a person can open.

    A lapse is shown at the address that was asked for, where its own differs from it only in form (an index
    file's name, say). The places of what is missing come first among the pages looked at; of a dead link
    its target is one of them.
    """
    asked = _asked(walk)
    return [_with_places(_as_asked(verdict, asked), observation, walk, asked) for verdict in verdicts]


def pictured(verdict: Verdict) -> tuple[str, ...]:
    """The places to picture with a lapse, besides its own page; none for what is there to be seen."""
    lapse = verdict.outcome
    if not isinstance(lapse, Violation):
        return ()
    if verdict.check == BROKEN_LINK:
        return tuple(url for url in lapse.looked_at if canonical(url) == verdict.subject.key)[:1]
    if verdict.check not in SHOULD_STAND:
        return ()
    others: dict[str, str] = {}
    for url in lapse.looked_at:
        others.setdefault(canonical(url), url)
    others.pop(canonical(lapse.url), None)
    return tuple(others.values())[:MOST_PICTURED]


def _asked(walk: Walk) -> Mapping[str, str]:
    """The address asked for by its key; one that was seen goes before one that failed or was only tried."""
    found: dict[str, str] = {}
    for sighting in sorted(walk.sightings, key=_worth):
        found.setdefault(canonical(sighting.snapshot.url), sighting.snapshot.url)
    return found


def _worth(sighting: Sighting) -> tuple[bool, bool]:
    return (sighting.snapshot.status is not FetchStatus.OK, sighting.role == "link")


def _as_asked(verdict: Verdict, asked: Mapping[str, str]) -> Verdict:
    lapse = verdict.outcome
    if not isinstance(lapse, Violation):
        return verdict
    url = asked.get(canonical(lapse.url), lapse.url)
    return verdict if url == lapse.url else replace(verdict, outcome=replace(lapse, url=url))


def _with_places(
    verdict: Verdict, observation: SiteObservation, walk: Walk, asked: Mapping[str, str]
) -> Verdict:
    lapse = verdict.outcome
    if not isinstance(lapse, Violation):
        return verdict
    if verdict.check == BROKEN_LINK:
        places: Iterable[str] = [*lapse.looked_at, verdict.subject.key]
    elif verdict.check in SHOULD_STAND:
        places = [*_places(verdict, observation, walk), *lapse.looked_at]
    elif verdict.check in RESTS_ON_FILES:
        places = [*lapse.looked_at, *_files(lapse.url, walk)]
    else:
        return verdict
    looked_at = dict.fromkeys(asked.get(canonical(url), url) for url in places)
    return replace(verdict, outcome=replace(lapse, looked_at=tuple(looked_at)))


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


def _files(url: str, walk: Walk) -> Iterator[str]:
    """The files that a page attaches and the pages in its frames, as far as they were read."""
    read = {
        canonical(one.snapshot.url): one
        for one in walk.sightings
        if one.page is not None and one.role != "link" and one.snapshot.status is FetchStatus.OK
    }
    shown = read.get(canonical(url))
    page = shown.page if shown is not None else None
    for key in map(canonical, (*(file.url for file in page.attachments), *page.frames) if page else ()):
        if key in read and not is_foot_frame(key):
            yield read[key].snapshot.url


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
