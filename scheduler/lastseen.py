"""What a verdict says when it rests on what an earlier night saw: the day of that sight."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from crawler.address import canonical
from domain.finding import Verdict
from domain.observation import CHINA
from domain.outcome import Inconclusive, Violation
from domain.snapshot import Via
from domain.walk import Walk


def kept_days(walk: Walk) -> dict[str, date]:
    """The addresses carried on from an earlier night, canonical, and the day each was really seen."""
    return {
        canonical(sighting.snapshot.url): sighting.snapshot.fetched_at.astimezone(CHINA).date()
        for sighting in walk.sightings
        if sighting.snapshot.via is Via.KEPT and sighting.role != "link"
    }


def as_last_seen(verdicts: Iterable[Verdict], days: Mapping[str, date]) -> list[Verdict]:
    """The verdicts, each that rests on an earlier night's sight of its subject with the day of that sight.

    A violation that nothing of this night bears out is none: it could not be judged.
    """
    if not days:
        return list(verdicts)
    return [_dated(verdict, days) for verdict in verdicts]


def old_sights(verdicts: Iterable[Verdict], days: Mapping[str, date]) -> tuple[str, ...]:
    """Addresses that violations are about and that were carried on: they are seen anew before they accuse."""
    found: dict[str, None] = {}
    for verdict in verdicts:
        if isinstance(verdict.outcome, Violation):
            for url in (verdict.outcome.url, verdict.subject.key):
                if _key(url) in days:
                    found.setdefault(url)
    return tuple(found)


def _dated(verdict: Verdict, days: Mapping[str, date]) -> Verdict:
    outcome = verdict.outcome
    if isinstance(outcome, Violation):
        day = _day(days, outcome.url, verdict.subject.key)
        if day is None:
            return verdict
        reason = f"上次见到时（{_said(day)}）不符合要求，本次没有重新看到，不能认定"
        return replace(verdict, outcome=Inconclusive(reason=reason), indicators=())
    day = _day(days, verdict.subject.key)
    if day is None:
        return verdict
    words = f"以{_said(day)}所见为准"
    reason = f"{outcome.reason}（{words}）" if outcome.reason else words
    return replace(verdict, outcome=replace(outcome, reason=reason))


def _day(days: Mapping[str, date], *urls: str) -> date | None:
    """The oldest of the days on which these addresses were seen, of those that were carried on."""
    found = [days[key] for key in map(_key, urls) if key in days]
    return min(found) if found else None


def _key(url: str) -> str:
    return canonical(url) if url.startswith(("http://", "https://")) else url


def _said(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
