"""What a site shows of policy documents and interpretations, and what may hide an interpretation."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from checks.absence import DEALINGS, prove_all_read, prove_lists_seen, unread_since
from checks.index import OncePer
from checks.policy.pairing import Pair, is_interpretation, is_policy_document, pair
from domain.check import Subject
from domain.limit import Limit
from domain.observation import Document, Seen, SiteObservation, UnseenError
from domain.target import ColumnKind

POLICIES = frozenset({ColumnKind.POLICY_DOCUMENTS})
INTERPRETATIONS = frozenset({ColumnKind.POLICY_INTERPRETATION})


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The policy documents of a site and the interpretations on it."""

    documents: tuple[Document, ...]
    interpretations: tuple[Document, ...]

    def document(self, url: str) -> Document:
        """The policy document at an address. Raises KeyError when there is none."""
        return {document.url: document for document in self.documents}[url]

    def pairs_of(self, url: str) -> tuple[Pair, ...]:
        """The document at an address with each of its interpretations."""
        return pair((self.document(url),), self.interpretations)

    def recent(self, today: date, within: Limit) -> tuple[Document, ...]:
        """The documents of the assessed time, and those whose date is not known."""
        oldest = within.oldest(today)
        days = ((d, d.day.fact if isinstance(d.day, Seen) else None) for d in self.documents)
        return tuple(document for document, day in days if day is None or oldest <= day <= today)

    def interpreted(self, documents: tuple[Document, ...]) -> tuple[Document, ...]:
        """Those of some documents that have an interpretation."""
        paired = {found.document.url for found in pair(documents, self.interpretations)}
        return tuple(document for document in documents if document.url in paired)


@OncePer
def gather(observation: SiteObservation) -> Evidence:
    """Raises UnseenError when no document was seen at all."""
    seen = observation.documents.get()
    documents = tuple(d for d in seen if is_policy_document(d.title, d.kind, d.document_no))
    interpretations = tuple(d for d in seen if d.kind in DEALINGS and is_interpretation(d.title, d.kind))
    return Evidence(documents=documents, interpretations=interpretations)


def as_subjects(documents: tuple[Document, ...]) -> Iterator[Subject]:
    """The documents as subjects of a judgement."""
    for document in documents:
        yield Subject(key=document.url, unit=document.unit, name=document.title)


def prove_none_is_hidden(observation: SiteObservation, since: date) -> None:
    """Raises UnseenError when an interpretation published since a day may not have been seen.

    Every column that may hold one must have been seen, and every entry that may be one been read.
    """
    prove_lists_seen(observation, DEALINGS)
    prove_all_read(observation, since, INTERPRETATIONS)
    for entry in unread_since(observation, since, DEALINGS):
        if is_interpretation(entry.title, ColumnKind.OTHER):
            raise UnseenError(f"“{entry.title}”的正文没有看到，可能是这份文件的解读")


def working_days_after(start: date, end: date, calendar: Mapping[date, bool]) -> int | None:
    """How many working days lie after `start`, up to and including `end`.

    None where the calendar has a gap.
    """
    days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    known = [calendar.get(day) for day in days]
    return None if None in known else sum(map(bool, known))
