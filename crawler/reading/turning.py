"""Further pages of a list whose pager a script builds: `?pageIndex=2` and its like.

The addresses are taken from what the scripts, attributes and hidden fields write out; where only the name
of the number is stated they are the page's own address with that number.
"""

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from crawler.address import canonical, resolve
from crawler.reading.calls import may_read

_NAME = r"page_?(?:index|no|num|number)|cur(?:r|rent)?_?page|page|pn"
_JOINED = re.compile(
    rf"(['\"])([^'\"<>\s]{{0,200}}?[?&](?:{_NAME})=)\1\s*\+\s*[\w.$]{{1,40}}(?:\s*\+\s*(['\"])([^'\"<>\s]{{1,200}})\3)?"
    r"(\s*\+)?",
    re.IGNORECASE,
)
_PLACED = re.compile(
    rf"['\"]([^'\"<>\s]{{0,200}}?[?&](?:{_NAME})=)(?:\[\w{{1,12}}\]|\$?\{{\w{{0,12}}\}}|__\w{{1,12}}__|#\w{{1,12}}#|%d)([^'\"<>\s]{{0,200}})['\"`]",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"(?<![\w.])(?:total(?:_?(?:count|num|record|records|row|rows|size))?|record_?count|rowcount)['\"]?\s*[=:]\s*['\"]?(\d{1,6})\b",
    re.IGNORECASE,
)
_SIZE = re.compile(
    r"(?<![\w.])(?:page_?size|per_?page|page_?rows)['\"]?\s*[=:]\s*['\"]?(\d{1,3})\b", re.IGNORECASE
)
_PAGES = re.compile(
    r"(?:page_?count|total_?pages?|pages?_?total|max_?page|all_?page|countPage)['\"]?\s*[=:]\s*['\"]?(\d{1,5})\b",
    re.IGNORECASE,
)
_FIELD = re.compile(r"<input\b[^<>]{0,400}>", re.IGNORECASE)
_FIELD_NAME = re.compile(r"\b(?:id|name)\s*=\s*['\"]?([\w.-]{1,40})", re.IGNORECASE)
_FIELD_VALUE = re.compile(r"\bvalue\s*=\s*['\"]?(\d{1,6})\b", re.IGNORECASE)
_FROM_NOUGHT = re.compile(
    r"(?:page_?(?:index|no|num|number)|cur(?:r|rent)?_?page)['\"]?\s*[=:]\s*['\"]?0\b", re.IGNORECASE
)
_TOLD = re.compile(
    r"page_?(?:index|no|num|size|count)|cur(?:r|rent)?_?page|total_?page|[?&]page=", re.IGNORECASE
)
MAX_SOURCE = 400_000
MAX_PAGES = 50


def tells(source: str) -> bool:
    """Whether a page's source speaks of numbered pages at all: a quick look."""
    return bool(_TOLD.search(source, 0, MAX_SOURCE))


def stated_pages(source: str) -> int | None:
    """How many pages scripts or hidden fields say there are: a number, or entries at so many a page."""
    words = source[:MAX_SOURCE] + "".join(_fields(source))
    pages = _PAGES.search(words)
    if pages:
        return int(pages.group(1))
    total, size = _TOTAL.search(words), _SIZE.search(words)
    if not total or not size or int(size.group(1)) == 0:
        return None
    return -(-int(total.group(1)) // int(size.group(1)))


def _fields(source: str) -> Iterator[str]:
    """The hidden fields as a script would write them: name=value."""
    for field in _FIELD.finditer(source[:MAX_SOURCE]):
        name, value = _FIELD_NAME.search(field.group()), _FIELD_VALUE.search(field.group())
        if name and value:
            yield f"\n{name.group(1)}={value.group(1)}"


def turned_pages(source: str, url: str, count: int | None, *, own_name: str = "") -> tuple[str, ...]:
    """The addresses of the further pages, nearest first; empty where no script tells how they are made.

    `own_name` is the name under which the system takes the number at the page's own address, whatever its
    scripts write.
    """
    if not count or count < 2:
        return ()
    source = source[:MAX_SOURCE]
    before, after = _template(source, url)
    if not before and own_name:
        before = _with(url, own_name)
    if not before:
        return ()
    first = 0 if _FROM_NOUGHT.search(source) else 1
    own = canonical(url)
    pages = (f"{before}{number}{after}" for number in range(first, first + min(count, MAX_PAGES)))
    here = _number_here(url, before) or first
    return tuple(
        page for number, page in enumerate(pages, first) if canonical(page) != own and number != here
    )


def _template(source: str, url: str) -> tuple[str, str]:
    """What stands before and behind the number in the address of a further page, absolute."""
    for match in _JOINED.finditer(source):
        if not match.group(5):
            return _absolute(match.group(2), match.group(4) or "", url)
    placed = _PLACED.search(source)
    return _absolute(placed.group(1), placed.group(2), url) if placed else ("", "")


def _absolute(before: str, after: str, url: str) -> tuple[str, str]:
    if before.startswith("&"):
        name = before.rpartition("&")[2].rstrip("=")
        return (_with(url, name), "") if before.count("&") == 1 else ("", "")
    address = resolve(url, f"{before}2")
    if not address or not may_read(address) or urlsplit(address).netloc != urlsplit(url).netloc:
        return "", ""
    return address[:-1], after


def _with(url: str, name: str) -> str:
    parts = urlsplit(url)
    fields = [(key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if key != name]
    query = urlencode(fields)
    return urlunsplit((parts.scheme, parts.netloc, parts.path, f"{query}{'&' if query else ''}{name}=", ""))


def _number_here(url: str, before: str) -> int | None:
    """The number of the page at hand, as its own address states it."""
    name = before.rstrip("=").rpartition("&")[2].rpartition("?")[2]
    stated = dict(parse_qsl(urlsplit(url).query)).get(name, "")
    return int(stated) if stated.isdigit() else None
