"""Judging one site: what was walked, what a browser adds before anyone is accused, and the second look."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from crawler.address import canonical
from domain.finding import Verdict
from domain.observation import CHINA
from domain.outcome import Frame, Violation
from domain.walk import Sighting, Walk
from evidence.look import Look, LookRequest
from scheduler.asking import Asking, second_opinion
from scheduler.browsing import Browsing, sightings_of
from scheduler.looking import MOST_LOOKS, addresses, unlooked, with_looks
from scheduler.places import BROKEN_LINK, pictured
from scheduler.rendering import pages_to_render

__all__ = ["LEAKS", "Asking", "SiteWork", "judge_site", "look_again", "render", "second_opinion"]

LEAKS = frozenset({"content.privacy", "content.secret-mark"})
"""Checks whose pictures would show what must not be shown: they are covered, the raw ones sealed."""


MOST_TARGETS = 20
"""Dead links of one site whose ends the browser tries too."""

STILL_S = 1.5
"""Seconds that a page whose scripts write all of it must be still before it is read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteWork:
    """What judging a site came to: the walk as finally read, the verdicts, the looks by address.

    `rendered` and `seen_again` are the browser's sightings before and after the first judgement.
    """

    walk: Walk
    verdicts: list[Verdict]
    looks: Mapping[str, Look] = field(default_factory=dict)
    rendered: Mapping[str, Sighting] = field(default_factory=dict)
    seen_again: Mapping[str, Sighting] = field(default_factory=dict)


def judge_site(asking: Asking, walk: Walk, *, browsing: Browsing, pictures: bool) -> SiteWork:
    """Renders what plain HTTP could not read, judges, and looks again at what violations rest on.

    Without a browser (or without `pictures`) violations keep one witness.
    """
    today = asking.as_of.astimezone(CHINA).date()
    _, rendered = render(pages_to_render(walk), browsing, today)
    walk = with_looks(walk, rendered)
    verdicts = asking.judge(walk)
    if browsing.pool is None or not pictures:
        return SiteWork(walk=walk, verdicts=verdicts, rendered=rendered)
    first, looks, seen_again = verdicts, dict[str, Look](), dict[str, Sighting]()
    for _ in range(MOST_LOOKS):
        more, seen_more = look_again(verdicts, browsing, today, known=looks.keys())
        looks |= more
        seen_again |= seen_more
        verdicts = second_opinion(asking, walk, first, seen_again)
        if not unlooked(verdicts, looks):
            break
    return SiteWork(
        walk=with_looks(walk, seen_again),
        verdicts=verdicts,
        looks=looks,
        rendered=rendered,
        seen_again=seen_again,
    )


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
