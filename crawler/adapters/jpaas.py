"""大汉 JPaaS：栏目列表由 /api-gateway/jpaas-publish-server/front/page/build/unit 返回（JSON 内含 HTML）。"""

import re
from dataclasses import replace
from datetime import date
from html import unescape
from urllib.parse import quote

from crawler.adapters.adapter import Adapter
from crawler.address import resolve
from crawler.reading.fragment import read_fragment
from crawler.reading.jsontext import parse_json
from crawler.reading.sheet import Sheet
from domain.page import Page, PageKind

NAME = "jpaas"
_PATH = "/api-gateway/jpaas-publish-server/front/page/build/unit"
_QUERY = re.compile(r"quer[yY][dD]ata\s*=\s*(?:\"(\{[^\"]{10,2000}\})\"|'(\{[^']{10,2000}\})')")
_PAIR = re.compile(r"['\"](\w+)['\"]\s*:\s*['\"]([^'\"]*)['\"]")
_COUNT = re.compile(r"(?:pageCount|totalPage|pages)[\"']?\s*[:=]\s*[\"']?(\d{1,5})")
_ROWS = re.compile(r"\brows\s*=\s*[\"']?(\d{1,3})")
_TOTAL = re.compile(r"\b(?:count|total)\s*=\s*[\"']?(\d{1,6})")
_TURNER = re.compile(r"<[^<>]{0,200}(?:pagination|page-?box|fenye)[^<>]{0,400}>", re.IGNORECASE)
MAX_UNITS = 6
MAX_PAGES = 50


def recognise(body: bytes, url: str) -> bool:
    """By the address of its list service."""
    return b"jpaas-publish-server" in body


def refine(page: Page, sheet: Sheet) -> Page:
    """The addresses of the page's list units; a page without entries of its own is filled by them."""
    if page.kind is PageKind.ARTICLE:
        return page
    if page.items:
        return _with_further(page, sheet)
    feeds = tuple(
        address for address in (_address(data, sheet.base) for data in _queries(sheet.source)) if address
    )
    shell = page.shell or ("列表由脚本加载" if feeds else "")
    return replace(page, feeds=(*feeds, *page.feeds)[:MAX_UNITS], shell=shell)


def _with_further(page: Page, sheet: Sheet) -> Page:
    """The first page of a list is in the page, further ones come from its list unit."""
    turner = _TURNER.search(sheet.source)
    rows, total = (_ROWS.search(turner.group()), _TOTAL.search(turner.group())) if turner else (None, None)
    queries = _queries(sheet.source)
    unit = _address(queries[0], sheet.base) if len(queries) == 1 else None
    if page.pager or not unit or not rows or not total or int(rows.group(1)) == 0:
        return page
    count = -(-int(total.group(1)) // int(rows.group(1)))
    further = _further(unit, count, rows.group(1))
    return replace(page, pager=further, page_count=count, total=int(total.group(1)))


def _queries(source: str) -> list[str]:
    found = [unescape(double or single) for double, single in _QUERY.findall(source)]
    lists = [data for data in found if re.search(r"列表|list|内容|分页", data, re.I)]
    return (lists or found)[:MAX_UNITS]


def _address(data: str, base: str) -> str | None:
    pairs = _PAIR.findall(data.replace("\\", ""))
    query = "&".join(f"{key}={quote(value)}" for key, value in pairs)
    return resolve(base, f"{_PATH}?{query}") if query else None


def answer(text: str, url: str, today: date) -> Page | None:
    """An answer of the list service: the HTML inside is what a browser would show."""
    if "jpaas-publish-server" not in url:
        return None
    value = parse_json(text)
    data = value.get("data") if isinstance(value, dict) else None
    html = data.get("html") if isinstance(data, dict) else None
    if not isinstance(html, str):
        return None
    count = _COUNT.search(html)
    page = read_fragment(html, url, NAME, today, int(count.group(1)) if count else None)
    rows, total = _ROWS.search(html), _TOTAL.search(html)
    if page.page_count is None and rows and total and int(rows.group(1)):
        page = replace(
            page, page_count=-(-int(total.group(1)) // int(rows.group(1))), total=int(total.group(1))
        )
    return replace(page, pager=_further(url, page.page_count or 1, rows.group(1) if rows else "15"))


def _further(url: str, count: int, rows: str) -> tuple[str, ...]:
    """The questions for the further pages: the page number stands in a field of JSON."""
    if "paramJson" in url:
        return ()
    asked = (f'{{"pageNo":{number},"pageSize":"{rows}"}}' for number in range(2, min(count, MAX_PAGES) + 1))
    return tuple(f"{url}&paramJson={quote(words)}" for words in asked)


ADAPTER = Adapter(name=NAME, recognise=recognise, refine=refine, answer=answer)
