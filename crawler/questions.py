"""Questions to list services that want a form sent to them (POST), written as addresses.

A question is an address with its form behind POSTED, so that it can be queued, kept and known again like
any other. Only adapters make them, out of what a page's own scripts would send; no link can be one.
"""

import re
from collections.abc import Iterable
from urllib.parse import quote, unquote, urlencode

from crawler.address import POSTED

MAX_FORM = 4000
MAX_PAGES = 50
_PAGE_KEY = (
    r"(?:page|pageno|page_no|pageindex|page_index|pagenum|pagenumber|currpage|currentpage|curpage|current|p)"
)
_SIZE_KEY = r"(?:_?pagesize|page_size|rows|limit|perpage|size|pagerows|length)"
_PAGE = re.compile(
    rf"((?:^|[?&#:{{,\"'\s]){_PAGE_KEY}[\"']?\s*[=:]\s*[\"']?)(\d{{1,4}})(?!\d)", re.IGNORECASE
)
_SIZE = re.compile(rf"(?:^|[?&#:{{,\"'\s]){_SIZE_KEY}[\"']?\s*[=:]\s*[\"']?(\d{{1,4}})(?!\d)", re.IGNORECASE)


def ask(url: str, form: Iterable[tuple[str, str]]) -> str:
    """The question of a form to an address (which is absolute)."""
    return f"{url}{POSTED}{urlencode(list(form))}"[: len(url) + MAX_FORM]


def taken_apart(address: str) -> tuple[str, str | None]:
    """The address asked and the form sent to it; None where none is."""
    url, mark, form = address.partition(POSTED)
    return url, form if mark else None


def as_get(address: str) -> str:
    """The question with its form in the query, for services that want it there."""
    url, form = taken_apart(address)
    return f"{url}{'&' if '?' in url else '?'}{form}" if form else url


def turned(address: str, shown: int, total: int | None, *, count: int | None = None) -> tuple[str, ...]:
    """The questions for the further pages of a list service's answer, by the number of the page in it.

    `shown` is the number of entries of this answer, `total` of all there are (or `count` of pages). Empty
    where the question names no page, or where this is not the first.
    """
    url, form = taken_apart(address)
    before, words = (f"{url}{POSTED}", form) if form is not None else ("", url)
    if form is not None and not _PAGE.search(unquote(form)):
        before, words = "", url
    plain = unquote(words) if "%22" in words else words
    match = _PAGE.search(plain)
    if match is None or int(match.group(2)) > 1:
        return ()
    size = _SIZE.search(plain)
    per_page = int(size.group(1)) if size and shown and int(size.group(1)) >= shown else shown
    pages = count if count is not None else -(-total // per_page) if total and per_page else 1
    first = int(match.group(2))
    rest = f"{POSTED}{form}" if form is not None and not before else ""
    return tuple(
        f"{before}{_written(plain, words, match, number)}{rest}"
        for number in range(first + 1, first + min(pages, MAX_PAGES))
    )


def page_number(address: str) -> int:
    """The number of the page that a question asks for; 0 where it names none."""
    match = _PAGE.search(unquote(address))
    return int(match.group(2)) if match else 0


def unpaged(address: str) -> str:
    """A question without the number of its page: the same for all pages of a list."""
    return _PAGE.sub(r"\1#", unquote(address))


def _written(plain: str, words: str, match: re.Match[str], number: int) -> str:
    """The query or form with another page number, escaped as it was."""
    made = f"{plain[: match.start(2)]}{number}{plain[match.end(2) :]}"
    return made if plain == words else quote(made, safe="/:?&=+.,-_~")
