"""What an adapter is: how a content system is recognised, and what it does otherwise than the rest."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from crawler.reading.sheet import Sheet
from domain.page import Page


def bears(body: bytes, marks: tuple[bytes, ...]) -> bool:
    """Whether a page holds any of some telling words; a search of bytes is the quickest there is."""
    return any(mark in body for mark in marks)


def _same_source(source: str, url: str) -> str:
    return source


def _same_page(page: Page, sheet: Sheet) -> Page:
    return page


def _no_answer(text: str, url: str, today: date) -> Page | None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Adapter:
    """One content system. All four functions are pure.

    `recognise(body, url)` says whether a page is one of its. `prepare(source, url)` brings what the
    system hides in scripts into the page before it is parsed. `refine(page, sheet)` corrects the generic
    reading. `answer(text, url, today)` reads an answer of the system's list channel (JSON, XML), or None.
    """

    name: str
    recognise: Callable[[bytes, str], bool]
    prepare: Callable[[str, str], str] = _same_source
    refine: Callable[[Page, Sheet], Page] = _same_page
    answer: Callable[[str, str, date], Page | None] = _no_answer
