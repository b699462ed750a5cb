"""Further pages of a list: their addresses and how many there are."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from crawler.address import canonical, resolve
from crawler.reading.anchors import Anchor
from crawler.reading.turning import stated_pages, tells, turned_pages

_TRS = re.compile(
    r"createPage(?:HTML|Html|html)?\w*\s*\(\s*['\"]?(\d{1,5})['\"]?\s*,\s*['\"]?(\d{1,5})['\"]?\s*,\s*['\"]([\w./-]{1,80})['\"]\s*,\s*['\"](\w{1,8})['\"]"
)
_COUNT = (
    re.compile(r"共\s*(\d{1,5})\s*页"),
    re.compile(r"(?:页次|第)\s*[:：]?\s*\d{1,5}\s*(?:页)?\s*[/／]\s*(?:共)?\s*(\d{1,5})\s*页?"),
    re.compile(r"(?:^|[^\d/])\d{1,4}\s*/\s*(\d{1,4})\s*页"),
    re.compile(
        r"(?:countPage|totalPages?|pageCount|m_nPageCount|maxPage|pagecount|allPage)\s*[=:]\s*['\"]?(\d{1,5})\b"
    ),
)
_MARKS = (("共",), ("/", "／"), ("/",))
"""What a text must hold for the first three of these to be worth a search."""
_COUNTED = ("countPage", "totalPage", "pageCount", "m_nPageCount", "maxPage", "pagecount", "allPage")
_NEXT = re.compile(r"^(?:下一?页|后一?页|next(?: page)?|>|›|»|>>|下页>?|下一页\s*[>»›]*)$", re.IGNORECASE)
_LAST = re.compile(r"^(?:尾页|末页|最后一?页|last)$", re.IGNORECASE)
_NUMBER = re.compile(r"^[\[(【]?\s*(\d{1,4})\s*[\])】]?$")
_NUMBER_IN_NAME = re.compile(
    r"(\d{1,4})(?=\.\w{2,5}$)|[?&](?:page|p|pageno|pageindex|curpage|pagenum|pn)=(\d{1,4})", re.IGNORECASE
)
MAX_PAGES = 50


def further_pages(
    anchors: Sequence[Anchor], source: str, text: str, url: str
) -> tuple[tuple[str, ...], int | None]:
    """The addresses of further pages of the same list, nearest first, and the number of pages if stated."""
    count = _stated_count(source, text)
    trs = _TRS.search(source) if "createPage" in source else None
    if trs:
        total, current = int(trs.group(1)), int(trs.group(2))
        name, ending = trs.group(3), trs.group(4)
        pages = [
            resolve(url, f"{name}_{n}.{ending}") for n in range(1, min(total, MAX_PAGES)) if n != current
        ]
        if current:
            pages.insert(0, resolve(url, f"{name}.{ending}"))
        return tuple(page for page in pages if page), total
    own = canonical(url)
    first_again = _number_in(url) > 1
    numbered: dict[str, int] = {}
    following: list[str] = []
    last = ""
    for anchor in anchors:
        step = _step(anchor.text) if anchor.url and len(anchor.text) <= 10 else None
        if step is None or canonical(anchor.url) == own:
            continue
        if isinstance(step, int):
            if _pages_alike(anchor.url, url, step) and (step > 1 or first_again):
                numbered.setdefault(anchor.url, step)
        elif step == "next":
            following.append(anchor.url)
        else:
            last = anchor.url
    pages_found = list(dict.fromkeys([*following[:1], *sorted(numbered, key=lambda page: numbered[page])]))
    if last and last not in pages_found and pages_found:
        pages_found.append(last)
    if not pages_found and tells(source):
        told = count or stated_pages(source) or 0
        return turned_pages(source, url, told), told if told > 1 else count
    if count is None and pages_found:
        count = max([*numbered.values(), _number_in(last), _number_in(url)], default=0) or None
    return tuple(pages_found[:MAX_PAGES]), count


@lru_cache(maxsize=4096)
def _step(words: str) -> int | Literal["next", "last"] | None:
    """Where a link of a pager leads by its words: to the page of that number, the next or the last one."""
    words = words.strip()
    match = _NUMBER.match(words)
    if match:
        return int(match.group(1))
    if _NEXT.match(words):
        return "next"
    return "last" if _LAST.match(words) else None


def _pages_alike(page: str, url: str, number: int) -> bool:
    """Whether a link whose words are a number leads to a page of this very list."""
    folder = url.split("?", 1)[0].rsplit("/", 1)[0]
    return page.startswith(folder) or str(number) in page.rsplit("/", 1)[-1]


def _number_in(url: str) -> int:
    match = _NUMBER_IN_NAME.search(url)
    return int(match.group(1) or match.group(2)) if match else 0


def _stated_count(source: str, text: str) -> int | None:
    if "页" in text:
        for pattern, mark in zip(_COUNT[:3], _MARKS, strict=True):
            match = pattern.search(text) if any(one in text for one in mark) else None
            if match:
                return int(match.group(1))
    if any(mark in source for mark in _COUNTED):
        match = _COUNT[3].search(source)
        if match:
            return int(match.group(1))
    return None
