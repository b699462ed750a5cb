"""The second witness: pages that matter are opened in a browser and the same questions asked again."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date

from checks.runner import merge
from domain.finding import Verdict
from domain.outcome import Inconclusive, Violation
from domain.snapshot import FetchStatus
from domain.walk import Sighting, Walk
from evidence.capture import Look

Key = tuple[str, str, str, str]
"""What identifies a verdict within a run: check, target, unit, subject."""


def key_of(verdict: Verdict) -> Key:
    """The verdict's key."""
    return (verdict.check, verdict.target, verdict.subject.unit, verdict.subject.key)


def addresses(verdicts: Iterable[Verdict]) -> list[str]:
    """The addresses that violations rest on, each once, in order."""
    seen: dict[str, None] = {}
    for verdict in verdicts:
        if isinstance(verdict.outcome, Violation):
            seen.setdefault(verdict.outcome.url)
    return list(seen)


def with_looks(walk: Walk, looked: Mapping[str, Sighting]) -> Walk:
    """The walk with each page that the browser saw in place of what plain HTTP gave.

    Keys are the addresses as the walk knows them. A look that failed replaces nothing.
    """
    sightings = []
    for sighting in walk.sightings:
        look = looked.get(sighting.snapshot.final_url) or looked.get(sighting.snapshot.url)
        if look is None or look.snapshot.status is not FetchStatus.OK or sighting.role == "link":
            sightings.append(sighting)
            continue
        snapshot = replace(look.snapshot, url=sighting.snapshot.url)
        sightings.append(replace(sighting, snapshot=snapshot, page=look.page))
    return replace(walk, sightings=tuple(sightings))


def sighting_of(look: Look, read: Callable[[bytes, str], Sighting]) -> Sighting:
    """What the browser's rendered page says, as a sighting."""
    return read(look.dom, look.snapshot.final_url)


def settle(first: list[Verdict], second: list[Verdict], seen: Mapping[str, bool]) -> list[Verdict]:
    """The verdicts after the second look.

    A violation that repeats has two witnesses. One whose page could not be opened in the browser
    (`seen` False for its address) keeps one. One that the rendered page contradicts becomes what the
    rendered page says. Everything that was no violation stays as it was.
    """
    again = {key_of(verdict): verdict for verdict in second}
    return [_settle_one(verdict, again.get(key_of(verdict)), seen) for verdict in first]


def _settle_one(verdict: Verdict, other: Verdict | None, seen: Mapping[str, bool]) -> Verdict:
    if not isinstance(verdict.outcome, Violation) or not seen.get(verdict.outcome.url, False):
        return verdict
    if other is not None and isinstance(other.outcome, Violation):
        return replace(other, witnesses=2)
    if other is None:
        reason = "浏览器打开后的页面上不再有这一对象，两次所见不一致"
        return replace(verdict, outcome=Inconclusive(reason=reason), indicators=())
    return replace(verdict, outcome=other.outcome, answers=other.answers, indicators=())


__all__ = ["Key", "addresses", "key_of", "merge", "settle", "sighting_of", "with_looks"]
