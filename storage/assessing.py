"""Scores what is stored, and keeps the ledger in step with the scores."""

import gc
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from schemes.book import Book
from schemes.card import Scorecard
from schemes.ledger import LedgerRow, post
from schemes.model import Scheme
from schemes.scoring import assess
from storage.store import Store


def reckon(scheme: Scheme, book: Book) -> tuple[Scorecard, ...]:
    """Each unit's card, with the garbage collector at rest: millions of small values, none in a cycle."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        return assess(scheme, book)
    finally:
        if collecting:
            gc.enable()


def scorecards(store: Store, scheme: Scheme, year: int, today: date) -> tuple[Scorecard, ...]:
    """Each unit's card under a scheme, from what is stored."""
    return reckon(scheme, store.book(year, today))


def bring_up_to_date(
    store: Store, scheme: Scheme, year: int, today: date, *, at: datetime, author: str, program: str
) -> list[LedgerRow]:
    """Appends what the ledger lacks and reverses what no longer holds; gives the rows now on record.

    A closed year is left as it is: only people reverse its rows.
    """
    if store.closing(scheme.id, year) is not None:
        return store.ledger(scheme.id, year)
    cards = scorecards(store, scheme, year, today)
    return post_cards(store, scheme.id, year, cards, at=at, author=author, program=program)


def post_cards(
    store: Store,
    scheme: str,
    year: int,
    cards: Iterable[Scorecard],
    *,
    at: datetime,
    author: str,
    program: str,
) -> list[LedgerRow]:
    """Brings an open year's ledger in line with the cards; gives the rows now on record. Raises StoreError.

    Each card is held against its own unit's rows: the work grows with the ledger, not with its square.
    """
    ledger = store.ledger(scheme, year)
    held: dict[str, list[LedgerRow]] = defaultdict(list)
    for row in ledger:
        held[row.unit].append(row)
    fresh = [row for card in cards for row in post(card, held[card.unit], at, author, program)]
    if not fresh:
        return ledger
    store.append_ledger(fresh)
    return store.ledger(scheme, year)
