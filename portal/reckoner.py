"""Scores, reckoned once and then only where something moved: all units after a night, else the units touched.

A hundred thousand findings take half a minute to be summed up; a decision about one must not take that again.
"""

from collections.abc import Collection, Iterable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import date
from threading import Lock, Thread
from typing import Protocol

from domain.target import Registry
from schemes.book import Book, Gap
from schemes.card import Scorecard
from schemes.model import Scheme
from schemes.records import Tally
from schemes.scoring import cards_of, ranked
from storage.shares import Mark


class Matters(Protocol):
    """What the reckoner asks of the store."""

    def score_mark(self) -> Mark:
        """What scores are reckoned from, as a value."""

    def touched_since(self, mark: Mark) -> tuple[set[tuple[str, str]], list[tuple[str, str]]]:
        """Unit and target of the cases that moved, kind and unit of the records entered."""

    def book_of_units(
        self, year: int, as_of: date, registry: Registry, units: Collection[str] | None
    ) -> Book:
        """What an assessment of some units or (None) of all looks at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which scores: of a scheme and year as of a day, for the units of a registry."""

    scheme: Scheme
    year: int
    as_of: date
    registry: Registry

    def owners(self) -> dict[str, str]:
        """The unit of every site and account."""
        sites = {site.id: site.unit for site in self.registry.sites}
        return sites | {account.id: account.unit for account in self.registry.accounts}

    @property
    def name(self) -> tuple[str, str, int]:
        """What they are kept under; day and registry may change."""
        return (self.scheme.id, self.scheme.version, self.year)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoned:
    """Cards by unit with what could not be judged, and what they were reckoned from."""

    mark: Mark
    as_of: date
    cards: Mapping[str, Scorecard]
    gaps: Mapping[str, tuple[Gap, ...]]
    ranking: tuple[Scorecard, ...]


class Reckoner:
    """Scores over a store. Threads may share it: one reckons, the others wait for it."""

    def __init__(self, store: Matters) -> None:
        """Over an open store."""
        self._store = store
        self._kept: dict[tuple[str, str, int], Reckoned] = {}
        self._lock = Lock()

    def reckoned(self, wanted: Wanted) -> Reckoned:
        """The scores as they stand now. Raises StoreError."""
        with self._lock:
            kept = self._fresh(wanted)
            if kept is None:
                kept = self._reckon(wanted)
                self._kept[wanted.name] = kept
            return kept

    def soon(self, wanted: Wanted, seconds: float) -> Reckoned | None:
        """The same if they are to be had within so many seconds; else None, and the reckoning goes on."""
        found: Future[Reckoned] = Future()
        Thread(target=self._fill, args=(found, wanted), daemon=True).start()
        try:
            return found.result(seconds)
        except TimeoutError:
            return None

    def _fill(self, found: "Future[Reckoned]", wanted: Wanted) -> None:
        try:
            found.set_result(self.reckoned(wanted))
        except Exception as error:
            # Handed to whoever waits; where nobody does any more, the next who asks meets it again.
            found.set_exception(error)

    def _fresh(self, wanted: Wanted) -> Reckoned | None:
        kept = self._kept.get(wanted.name)
        fits = kept is not None and kept.mark == self._store.score_mark() and kept.as_of == wanted.as_of
        return kept if fits else None

    def _reckon(self, wanted: Wanted) -> Reckoned:
        # The mark is taken before the book is read: what is written between is reckoned again next time.
        mark = self._store.score_mark()
        before = self._kept.get(wanted.name)
        if before is None or before.as_of != wanted.as_of or before.mark[2:] != mark[2:]:
            return self._whole(wanted, mark)
        moved, entered = self._store.touched_since(before.mark)
        if any(kind == Tally.kind for kind, _ in entered):
            return self._whole(wanted, mark)  # numbers are compared between units: everybody's may change
        owners = wanted.owners()
        units = {unit for _, unit in entered}
        for unit, target in moved:
            units |= {unit, owners.get(target, unit)}
        return self._of(wanted, mark, units, before) if units else self._again(wanted, mark, before)

    def _whole(self, wanted: Wanted, mark: Mark) -> Reckoned:
        return self._of(wanted, mark, None, None)

    def _again(self, wanted: Wanted, mark: Mark, before: Reckoned) -> Reckoned:
        return Reckoned(
            mark=mark, as_of=wanted.as_of, cards=before.cards, gaps=before.gaps, ranking=before.ranking
        )

    def _of(
        self, wanted: Wanted, mark: Mark, units: Collection[str] | None, before: Reckoned | None
    ) -> Reckoned:
        book = self._store.book_of_units(wanted.year, wanted.as_of, wanted.registry, units)
        chosen = {unit.code for unit in book.units} if units is None else set(units)
        fresh = {card.unit: card for card in cards_of(wanted.scheme, book, chosen)}
        cards = {**(before.cards if before else {}), **fresh}
        gaps = {**(before.gaps if before else {}), **_by_unit(book.gaps, chosen)}
        ordered = [cards[unit.code] for unit in wanted.registry.units if unit.code in cards]
        return Reckoned(mark=mark, as_of=wanted.as_of, cards=cards, gaps=gaps, ranking=ranked(ordered))


def _by_unit(gaps: Iterable[Gap], units: Iterable[str]) -> dict[str, tuple[Gap, ...]]:
    found: dict[str, list[Gap]] = {unit: [] for unit in units}
    for gap in gaps:
        found.setdefault(gap.unit, []).append(gap)
    return {unit: tuple(each) for unit, each in found.items()}
