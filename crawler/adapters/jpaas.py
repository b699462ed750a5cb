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
MAX_UNITS = 6


def recognise(body: bytes, url: str) -> bool:
    """By the address of its list service."""
    return b"jpaas-publish-server" in body


def refine(page: Page, sheet: Sheet) -> Page:
    """The addresses of the page's list units; a page without entries of its own is filled by them."""
    if page.items or page.kind is PageKind.ARTICLE:
        return page
    feeds = tuple(
        address for address in (_address(data, sheet.base) for data in _queries(sheet.source)) if address
    )
    shell = page.shell or ("列表由脚本加载" if feeds else "")
    return replace(page, feeds=(*feeds, *page.feeds)[:MAX_UNITS], shell=shell)


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
    return read_fragment(html, url, NAME, today, int(count.group(1)) if count else None)


ADAPTER = Adapter(name=NAME, recognise=recognise, refine=refine, answer=answer)
