"""What a verdict says when it rests on what an earlier night saw: the day of that sight."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from crawler.address import canonical
from domain.check import Subject
from domain.finding import Finding, Verdict
from domain.observation import CHINA
from domain.outcome import Inconclusive, Violation
from domain.passlist import PassList
from domain.snapshot import STATUS_TITLES, FetchStatus, Via
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


def lists_as_last_seen(lists: Iterable[PassList], days: Mapping[str, date]) -> Iterator[PassList]:
    """The same of passes told in lists: one list becomes one for each day of sight."""
    for one in lists:
        by_day: dict[date | None, list[tuple[str, str]]] = {}
        for subject in one.subjects:
            by_day.setdefault(_day(days, subject[0]), []).append(subject)
        for day, subjects in by_day.items():
            like = one.like if day is None else _seen_on(one.like, day)
            yield PassList(like=like, subjects=tuple(subjects))


def met(walk: Walk, addresses: Iterable[str]) -> dict[str, FetchStatus]:
    """How some addresses were met, by canonical address: as pages, not as mere tries of links."""
    wanted = {canonical(url) for url in addresses}
    found: dict[str, FetchStatus] = {}
    for sighting in walk.sightings:
        key = canonical(sighting.snapshot.url)
        if key in wanted and sighting.role != "link":
            found[key] = sighting.snapshot.status
    return found


def left_open(
    findings: Iterable[Finding], verdicts: Iterable[Verdict], seen: Mapping[str, FetchStatus]
) -> list[Verdict]:
    """Inconclusive verdicts on open cases that nothing was said of because their pages were not seen.

    `findings` are the open ones about pages of a site. A page that is gone, or was read and shows nothing
    any more, is left to be mended.
    """
    told = {(one.check, one.subject.unit, one.subject.key) for one in verdicts}
    return [
        Verdict(
            check=one.check,
            target_kind=one.target_kind,
            target=one.target,
            subject=Subject(key=one.subject, unit=one.unit, name=one.subject_name),
            outcome=Inconclusive(reason=_unmet(seen.get(_key(one.subject)))),
            trial=one.trial,
        )
        for one in findings
        if (one.check, one.unit, one.subject) not in told
        and seen.get(_key(one.subject)) not in {FetchStatus.OK, FetchStatus.GONE}
    ]


def _unmet(status: FetchStatus | None) -> str:
    why = "未访问到该页面" if status is None else STATUS_TITLES[status]
    return f"{why}，不能认定问题已经改正"


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
    return verdict if day is None else _seen_on(verdict, day)


def _seen_on(verdict: Verdict, day: date) -> Verdict:
    """A verdict that is no violation, with the day on which its subject was seen."""
    outcome = verdict.outcome
    assert not isinstance(outcome, Violation)
    words = f"以{_said(day)}所见为准"
    reason = f"{outcome.reason}（{words}）" if outcome.reason else words
    return replace(verdict, outcome=replace(outcome, reason=reason))


def _day(days: Mapping[str, date], *urls: str) -> date | None:
    """The oldest of the days on which these addresses were seen, of those that were carried on."""
    found = [days[key] for key in map(_key, urls) if key in days]
    return min(found) if found else None


def is_address(text: str) -> bool:
    """Whether a subject is the address of a page."""
    return text.startswith(("http://", "https://"))


def _key(url: str) -> str:
    return canonical(url) if is_address(url) else url


def _said(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
