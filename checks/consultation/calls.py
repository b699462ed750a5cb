"""The public consultations of a site, and the feedback on them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from checks.absence import DEALINGS, entries_of, prove_lists_seen, unread_since
from checks.consultation.period import LONGEST, Period, consultation_period
from checks.consultation.titles import is_consultation, is_extension, is_feedback, matter_of
from domain.limit import Limit
from domain.observation import Document, Seen, SiteObservation, UnseenError
from domain.snapshot import FetchStatus
from domain.target import ColumnKind

CALLS = frozenset({ColumnKind.CONSULTATION})
_NOT_CALLS = (ColumnKind.NEWS, ColumnKind.POLICY_INTERPRETATION, ColumnKind.ANNUAL_REPORT)

PLACES_OF_NOTICES = frozenset({ColumnKind.CONSULTATION, ColumnKind.NOTICES})
"""Kinds of column in which a unit says that a consultation runs longer, besides the one that announced it."""

SHORTEST_MATTER = 4
"""Characters below which two matters are compared whole and not by one holding the other."""


def calls(observation: SiteObservation, within: Limit) -> list[Document]:
    """The announcements of consultations within the assessed time, in columns that announce them."""
    oldest = within.oldest(observation.today)
    found = []
    for document in observation.documents.get():
        day = document.day.fact if isinstance(document.day, Seen) else None
        recent = day is None or day >= oldest
        listed = document.column is not None and document.kind not in _NOT_CALLS
        if recent and listed and is_consultation(document.title):
            found.append(document)
    return found


def period_of(document: Document, observation: SiteObservation) -> Period | None:
    """The period that an announcement states, with what a later notice added to it.

    Raises UnseenError when its day was needed and not seen.
    """
    period = _own_period(document)
    if period is None:
        return None
    if period.working and period.first is not None:
        last = _last_working_day(period.first, period.working, observation.working_days)
        period = replace(period, last=last, stated=None)
    ends = [_own_period(notice) for notice in extensions_of(document, observation)]
    later = [end.last for end in ends if end is not None and end.last is not None]
    known = [period.closes] if period.closes is not None else []
    return replace(period, last=max(later + known)) if later else period


def prove_extensions_read(call: Document, observation: SiteObservation) -> None:
    """Raises UnseenError when a notice may prolong a consultation: one whose new last day was not read, one
    that was not read at all, or one in a column, of its unit or the site's owner, that was not seen.
    """
    for notice in extensions_of(call, observation):
        period = _own_period(notice)
        if period is None or period.last is None:
            raise UnseenError(f"“{notice.title}”延长了期限，新的截止日期没有读出来")
    matter = matter_of(call.title)
    for entry in unread_since(observation, date.min):
        if is_extension(entry.title) and same_matter(matter, matter_of(entry.title)):
            raise UnseenError(f"“{entry.title}”的正文没有看到，可能延长了期限")
    for column in observation.columns.whole():
        place = column.kind in PLACES_OF_NOTICES or column.url == call.column
        gone = column.listing.sight.status is FetchStatus.GONE
        if place and not gone and column.unit in {call.unit, observation.owner}:
            column.listing.whole()


def extensions_of(call: Document, observation: SiteObservation) -> list[Document]:
    """The notices that prolong a consultation; of a notice that prolongs one, none."""
    if is_extension(call.title):
        return []
    matter = matter_of(call.title)
    return [
        document
        for document in observation.documents.get()
        if is_extension(document.title) and same_matter(matter, matter_of(document.title))
    ]


def prolongs_another(notice: Document, observation: SiteObservation) -> bool:
    """Whether a notice prolongs a consultation whose announcement is judged by itself."""
    return is_extension(notice.title) and any(
        is_consultation(document.title) and notice in extensions_of(document, observation)
        for document in observation.documents.get()
    )


def _own_period(document: Document) -> Period | None:
    day = document.day.fact if isinstance(document.day, Seen) else None
    return consultation_period(document.text, day)


def _last_working_day(first: date, number: int, calendar: Mapping[date, bool]) -> date | None:
    """The day on which so many working days are over, the first included; None where the calendar ends."""
    left = number
    for offset in range(LONGEST):
        works = calendar.get(first + timedelta(days=offset))
        if works is None:
            return None
        left -= works
        if not left:
            return first + timedelta(days=offset)
    return None


def feedback_on(call: Document, observation: SiteObservation) -> str:
    """The address of the feedback on a consultation; empty where none was found."""
    matter = matter_of(call.title)
    for document in observation.documents.get():
        if document.url != call.url and document.kind in DEALINGS and is_feedback(document.title):
            linked = any(link.url == call.url for link in document.links)
            if linked or same_matter(matter, matter_of(document.title)) or matter in document.text:
                return document.url
    for _, entry in entries_of(observation, DEALINGS):
        if is_feedback(entry.title) and same_matter(matter, matter_of(entry.title)):
            return entry.url
    return next((link.url for link in call.links if is_feedback(link.text)), "")


def same_matter(one: str, other: str) -> bool:
    """Whether two matters are the same: equal, or one holds the other."""
    if not one:
        return False
    short, long = sorted((one, other), key=len)
    return short == long or (len(short) >= SHORTEST_MATTER and short in long)


def prove_no_feedback_is_hidden(observation: SiteObservation, since: date) -> None:
    """Raises UnseenError when feedback published since a day may not have been seen."""
    observation.documents.whole()
    prove_lists_seen(observation, DEALINGS)
    for entry in unread_since(observation, since, DEALINGS):
        if is_feedback(entry.title):
            raise UnseenError(f"“{entry.title}”的正文没有看到，可能就是这次征集的反馈")
