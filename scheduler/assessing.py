"""Puts together all that an assessment looks at: findings, reviews, gaps, records, from the store."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import groupby

from domain.finding import CaseState, Finding, Verdict
from domain.observation import CHINA
from domain.outcome import Inconclusive
from schemes.book import Book, Gap, Review
from schemes.card import Scorecard
from schemes.model import Scheme
from schemes.records import Record
from schemes.scoring import assess
from storage.findings import Event
from storage.store import Store

UNDECIDED = frozenset({CaseState.DETECTED})


def book_of(store: Store, year: int, today: date, records: Sequence[Record] = ()) -> Book:
    """The book of one assessment year: the findings seen in that year, under the registry of the last run."""
    registry = store.registry()
    findings = [finding for finding in store.findings() if _in_year(finding, year)]
    return Book(
        year=year,
        as_of=today,
        units=registry.units,
        sites=registry.sites,
        accounts=registry.accounts,
        findings=tuple(findings),
        records=tuple(records),
        reviews={finding.id: review_of(store.events(finding.id)) for finding in findings},
        gaps=tuple(gaps_of(store.outcomes())),
    )


def scorecards(
    store: Store, scheme: Scheme, year: int, today: date, records: Sequence[Record] = ()
) -> tuple[Scorecard, ...]:
    """Each unit's card under a scheme, from what is stored."""
    return assess(scheme, book_of(store, year, today, records))


def _in_year(finding: Finding, year: int) -> bool:
    return finding.first_seen.astimezone(CHINA).year <= year <= finding.last_seen.astimezone(CHINA).year


def review_of(events: Sequence[Event]) -> Review:
    """What people decided of a case, from its events, the latest decision counting."""
    decided: Event | None = None
    notified: datetime | None = None
    for event in events:
        if event.after in (CaseState.CONFIRMED, CaseState.NOTIFIED) and event.by:
            decided = decided or event
        if event.after is CaseState.NOTIFIED:
            notified = event.at
        if event.after in (CaseState.DISMISSED, CaseState.EXEMPTED, *UNDECIDED):
            decided = None
    return Review(
        confirmed_on=decided.at.astimezone(CHINA).date() if decided else None,
        reviewer=decided.by if decided else "",
        notified_on=notified.astimezone(CHINA).date() if notified else None,
    )


def gaps_of(verdicts: Iterable[Verdict]) -> list[Gap]:
    """What the last run could not judge, one gap a unit, check and reason."""
    found = [
        Gap(
            unit=verdict.subject.unit,
            check=verdict.check,
            subject=verdict.subject.name,
            reason=verdict.outcome.reason,
            indicators=tuple(line for answer in verdict.answers for line in answer.indicators),
        )
        for verdict in verdicts
        if isinstance(verdict.outcome, Inconclusive)
    ]
    found.sort(key=lambda gap: (gap.unit, gap.check, gap.reason))
    return [next(group) for _, group in groupby(found, key=lambda gap: (gap.unit, gap.check, gap.reason))]
