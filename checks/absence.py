"""Proving that something is not there: only a fact seen whole proves it."""

from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import date

from domain.observation import Column, Entry, Fact, Seen, SiteObservation, UnseenError
from domain.snapshot import FetchStatus
from domain.target import ColumnKind

DEALINGS = frozenset(ColumnKind) - {
    ColumnKind.GUIDE,
    ColumnKind.REGULATIONS,
    ColumnKind.CATALOGUE,
    ColumnKind.ANNUAL_REPORT,
    ColumnKind.ON_REQUEST,
    ColumnKind.BUDGET,
    ColumnKind.PUBLIC_SUPERVISION,
    ColumnKind.LEADERS,
    ColumnKind.ORGANISATION,
    ColumnKind.PERSONNEL,
    ColumnKind.PLANNING,
    ColumnKind.PROCUREMENT,
    ColumnKind.STATISTICS,
    ColumnKind.SERVICE_GUIDE,
}
"""Kinds of column in which a policy is explained or a consultation answered: what is found in them counts,
and only when all of them were seen is it proven that there is nothing.
"""


def lacking(required: Iterable[str], stated: Fact[frozenset[str]]) -> list[str]:
    """Those of `required` that are not stated, in the order required.

    Raises UnseenError when one seems to be missing and not everything was seen.
    """
    seen = stated.get()
    missing = [name for name in required if name not in seen]
    return [name for name in missing if name not in stated.whole()]


def date_of(fact: Fact[date | None]) -> date | None:
    """The date, or None where there is none. Raises UnseenError unless either is proven."""
    day = fact.get()
    return day if day is not None else fact.whole()


def day_of(entry: Entry) -> date | None:
    """The believed date of an entry, None when it bears none. Raises UnseenError when it was not seen."""
    return date_of(entry.day)


def in_words(names: Iterable[str], titles: Mapping[str, str]) -> str:
    """Names in Chinese, joined as a list; a name without a title stands as it is."""
    return "、".join(titles.get(name, name) for name in names)


def entries_of(
    observation: SiteObservation, kinds: Container[ColumnKind] | None = None
) -> Iterator[tuple[Column, Entry]]:
    """Every entry that was seen, with its column; of columns of some kinds only, if they are given."""
    for column in observation.columns.get():
        if isinstance(column.listing, Seen) and (kinds is None or column.kind in kinds):
            for entry in column.listing.fact.entries:
                yield column, entry


def prove_lists_seen(observation: SiteObservation, kinds: Container[ColumnKind]) -> None:
    """Raises UnseenError unless all columns are known and those of these kinds were seen whole."""
    for column in observation.columns.whole():
        if column.kind in kinds and column.listing.sight.status is not FetchStatus.GONE:
            column.listing.whole()


def unread_since(
    observation: SiteObservation, since: date, kinds: Container[ColumnKind] | None = None
) -> Iterator[Entry]:
    """Entries that may be as recent as a day and whose articles were not read."""
    read = {url for document in observation.documents.get() for url in (document.url, *document.also)}
    for _, entry in entries_of(observation, kinds):
        day = entry.day.fact if isinstance(entry.day, Seen) else None
        if entry.url not in read and (day is None or day >= since):
            yield entry


def prove_all_read(
    observation: SiteObservation, since: date, kinds: Container[ColumnKind] | None = None
) -> None:
    """Raises UnseenError when an article that may be as recent as a day was listed and not read."""
    observation.documents.whole()
    for entry in unread_since(observation, since, kinds):
        raise UnseenError(f"“{entry.title}”的正文没有看到")
