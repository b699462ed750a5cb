"""The second witness: what violations rest on is opened in a browser and the same questions asked again."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from crawler.address import canonical
from crawler.classify import SOFT_404
from domain.finding import Verdict, key_of
from domain.outcome import Inconclusive, Violation
from domain.snapshot import FetchStatus
from domain.walk import Sighting, Walk

OPENS_AFTER_ALL = "普通访问打不开该链接，用浏览器能打开，两次所见不一致"

DEAD = frozenset({FetchStatus.GONE, FetchStatus.HTTP_ERROR, FetchStatus.UNREACHABLE})
"""How the browser finds the end of a dead link."""

MOST_LOOKS = 2
"""Times a night that a site's violations are looked at again: what the browser shows may move a violation to
another page, which then is to be seen and pictured too."""


def addresses(verdicts: Iterable[Verdict]) -> list[str]:
    """The addresses that violations rest on, each once, in order."""
    seen: dict[str, None] = {}
    for verdict in verdicts:
        if isinstance(verdict.outcome, Violation):
            seen.setdefault(verdict.outcome.url)
    return list(seen)


def unlooked(verdicts: Iterable[Verdict], looked_at: Iterable[str]) -> bool:
    """Whether a violation rests on an address that is none of those looked at."""
    known = {canonical(url) for url in looked_at}
    return any(canonical(url) not in known for url in addresses(verdicts))


def with_looks(walk: Walk, looks: Mapping[str, Sighting]) -> Walk:
    """The walk with each page that the browser saw in place of what plain HTTP gave.

    Keys of `looks` are addresses asked for. A look that failed replaces nothing.
    """
    if not looks:
        return walk
    by_key = {canonical(url): look for url, look in looks.items()}
    return replace(walk, sightings=tuple(_seen_again(sighting, by_key) for sighting in walk.sightings))


def _seen_again(sighting: Sighting, looks: Mapping[str, Sighting]) -> Sighting:
    if sighting.role == "link":
        return sighting
    look = looks.get(canonical(sighting.snapshot.url)) or looks.get(canonical(sighting.snapshot.final_url))
    if look is None or look.snapshot.status is not FetchStatus.OK or look.page is None:
        return sighting
    return replace(sighting, snapshot=replace(look.snapshot, url=sighting.snapshot.url), page=look.page)


def settle(first: Iterable[Verdict], second: Iterable[Verdict], seen: Mapping[str, bool]) -> list[Verdict]:
    """The verdicts after the second look.

    A violation that repeats has two witnesses. One whose address could not be opened in the browser
    (`seen` False; its keys are canonical) keeps one. One that the rendered page contradicts becomes what
    the rendered page says. What was no violation stays as it was: a second look never accuses.
    """
    again = {key_of(verdict): verdict for verdict in second}
    return [_settle_one(verdict, again.get(key_of(verdict)), seen) for verdict in first]


def settle_link(verdict: Verdict, seen_again: Mapping[str, Sighting]) -> Verdict:
    """A dead link after its end was opened in the browser: where that shows a page, nobody is accused.

    A page that answers 200 and says itself that there is none stays what it was found to be: the browser
    sees no more of it than its words.
    """
    lapse = verdict.outcome
    if not isinstance(lapse, Violation) or lapse.observed.get("status") == SOFT_404:
        return verdict
    ends = [one.snapshot for url, one in seen_again.items() if canonical(url) == verdict.subject.key]
    if any(end.status is FetchStatus.OK for end in ends):
        return replace(verdict, outcome=Inconclusive(reason=OPENS_AFTER_ALL), indicators=())
    return replace(verdict, witnesses=2) if any(end.status in DEAD for end in ends) else verdict


def _settle_one(verdict: Verdict, other: Verdict | None, seen: Mapping[str, bool]) -> Verdict:
    if not isinstance(verdict.outcome, Violation) or not seen.get(canonical(verdict.outcome.url), False):
        return verdict
    if other is not None and isinstance(other.outcome, Violation):
        return replace(other, witnesses=2)
    if other is None:
        reason = "用浏览器复看时没有再见到这一对象，两次所见不一致"
        return replace(verdict, outcome=Inconclusive(reason=reason), indicators=())
    return replace(verdict, outcome=other.outcome, answers=other.answers, indicators=())
