"""Scores what is stored, and keeps the ledger in step with the scores."""

from datetime import date, datetime

from schemes.card import Scorecard
from schemes.ledger import LedgerRow, post
from schemes.model import Scheme
from schemes.scoring import assess
from storage.store import Store


def scorecards(store: Store, scheme: Scheme, year: int, today: date) -> tuple[Scorecard, ...]:
    """Each unit's card under a scheme, from what is stored."""
    return assess(scheme, store.book(year, today))


def bring_up_to_date(
    store: Store, scheme: Scheme, year: int, today: date, *, at: datetime, author: str, program: str
) -> list[LedgerRow]:
    """Appends what the ledger lacks and reverses what no longer holds; gives the rows now on record.

    Raises StoreError when the year is closed and new charges would have to be entered.
    """
    ledger = store.ledger(scheme.head.id, year)
    fresh: list[LedgerRow] = []
    for card in scorecards(store, scheme, year, today):
        fresh += post(card, [*ledger, *fresh], at, author, program)
    if fresh:
        store.append_ledger(fresh)
    return store.ledger(scheme.head.id, year)
