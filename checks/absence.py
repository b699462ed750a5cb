"""Proving that something is not there: only a fact seen whole proves it."""

from collections.abc import Iterable, Mapping
from datetime import date

from domain.observation import Entry, Fact


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
