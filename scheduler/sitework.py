"""What a browser adds before anyone is accused: pages that scripts write, the second look, pictures."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date

from crawler.address import canonical
from domain.finding import LEAKS, Verdict
from domain.outcome import Frame, Violation
from domain.walk import Sighting
from evidence.look import Look, LookRequest
from scheduler.browsing import Browsing, sightings_of
from scheduler.looking import addresses
from scheduler.places import BROKEN_LINK, pictured

MOST_TARGETS = 20
"""Dead links of one site whose ends the browser tries too."""

STILL_S = 1.5
"""Seconds that a page whose scripts write all of it must be still before it is read."""


def render(pages: Iterable[str], browsing: Browsing, today: date) -> tuple[list[Look], dict[str, Sighting]]:
    """Pages as a browser shows them: the looks, and what they and their inline frames say by address."""
    looks: list[Look] = []
    found: dict[str, Sighting] = {}
    wanted = [LookRequest(url=url, picture=False, quiet_s=STILL_S) for url in pages]
    for _, look in browsing.look(wanted):
        looks.append(look)
        found |= sightings_of(look, today)
    return looks, found


def look_again(
    verdicts: Sequence[Verdict],
    browsing: Browsing,
    today: date,
    scripted: Collection[str] = (),
    known: Collection[str] = (),
) -> tuple[dict[str, Look], dict[str, Sighting]]:
    """Every address that a violation rests on, seen in the browser with its picture.

    Of what is missing the places where it should be are seen too, of a dead link its end.
    `scripted` are addresses of pages that scripts write: they are given more time.
    Those in `known` were looked at before.
    """
    frames: dict[str, list[Frame]] = {}
    leaks: set[str] = set()
    for verdict in verdicts:
        if isinstance(verdict.outcome, Violation):
            if verdict.outcome.frame is not None:
                frames.setdefault(verdict.outcome.url, []).append(verdict.outcome.frame)
            if verdict.check in LEAKS:
                leaks.add(verdict.outcome.url)
    requests = [
        LookRequest(
            url=url,
            frames=tuple(frames.get(url, ())),
            private=url in leaks,
            quiet_s=STILL_S if url in scripted else None,
        )
        for url in _wanted(verdicts, known)
    ]
    looks: dict[str, Look] = {}
    found: dict[str, Sighting] = {}
    for request, look in browsing.look(requests):
        looks[request.url] = look
        found |= sightings_of(look, today)
    return looks, found


def _wanted(verdicts: Sequence[Verdict], before: Collection[str]) -> Iterator[str]:
    """The addresses that violations rest on, then the places of what is missing that are none of them."""
    known = {canonical(url) for url in before}
    for url in addresses(verdicts):
        if canonical(url) not in known:
            known.add(canonical(url))
            yield url
    targets = 0
    for verdict in verdicts:
        targets += verdict.check == BROKEN_LINK and isinstance(verdict.outcome, Violation)
        if verdict.check == BROKEN_LINK and targets > MOST_TARGETS:
            continue
        for url in pictured(verdict):
            if canonical(url) not in known:
                known.add(canonical(url))
                yield url
