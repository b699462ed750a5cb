"""The public consultations of a site, and the feedback on them."""

from datetime import date

from checks.absence import DEALINGS, entries_of, prove_lists_seen, unread_since
from checks.consultation.period import Period, consultation_period, is_consultation, is_feedback, matter_of
from domain.limit import Limit
from domain.observation import Document, Seen, SiteObservation, UnseenError
from domain.target import ColumnKind

CALLS = frozenset({ColumnKind.CONSULTATION})
_NOT_CALLS = (ColumnKind.NEWS, ColumnKind.POLICY_INTERPRETATION, ColumnKind.ANNUAL_REPORT)

SHORTEST_MATTER = 4
"""Characters below which two matters are compared whole and not by one holding the other."""


def calls(observation: SiteObservation, within: Limit) -> list[Document]:
    """The announcements of consultations within the assessed time, in columns that announce them."""
    oldest = within.oldest(observation.today)
    found = []
    for document in observation.documents.get():
        day = document.day.fact if isinstance(document.day, Seen) else None
        if day is not None and day < oldest:
            continue
        listed = document.column is not None and document.kind not in _NOT_CALLS
        if listed and is_consultation(document.title):
            found.append(document)
    return found


def period_of(document: Document) -> Period | None:
    """The period that an announcement states. Raises UnseenError when its day was needed and not seen."""
    day = document.day.fact if isinstance(document.day, Seen) else None
    return consultation_period(document.text, day)


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
    if not one or not other:
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
