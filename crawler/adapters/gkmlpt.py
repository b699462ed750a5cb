"""广东 gkmlpt：页面是空壳，栏目树写在 _CONFIG，条目由 /gkmlpt/api/all/栏目 返回 JSON。"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from crawler.adapters.adapter import Adapter
from crawler.address import resolve
from crawler.reading.dates import of_epoch, read_value
from crawler.reading.feed import list_page, turned_page
from crawler.reading.jsontext import parse_json
from crawler.reading.sheet import Sheet
from domain.page import Item, Link, Page, PageKind, Region

NAME = "gkmlpt"
_SITE = re.compile(r"[\"']?(?:SID|SITE_ID|site_id|sid)[\"']?\s*[:=]\s*[\"']?(\d{1,9})\b")
_NODE = re.compile(
    r"\{[^{}\[\]]{0,400}?\"id\"\s*:\s*\"?(\d{1,9})\"?[^{}\[\]]{0,400}?\"name\"\s*:\s*\"((?:[^\"\\]|\\.){1,80})\""
)
_COLUMN = re.compile(r"/api/all/(\d+)")
_DATES = ("display_publish_time", "first_publish_time", "date", "created_at")
MAX_COLUMNS = 200


def recognise(body: bytes, url: str) -> bool:
    """By its place in the address or its scripts."""
    return "/gkmlpt/" in url or b"/gkmlpt/" in body


def refine(page: Page, sheet: Sheet) -> Page:
    """Adds the columns of the tree as links to their list service: that is what a program can read."""
    if "/gkmlpt/" not in sheet.url or page.kind is PageKind.ARTICLE:
        return page
    root = sheet.url[: sheet.url.index("/gkmlpt/")]
    site = _SITE.search(sheet.source)
    if not site:
        return page
    columns = {number: _unescaped(name) for number, name in _NODE.findall(sheet.source)}
    feeds = {
        f"{root}/gkmlpt/api/all/{number}?page=1&sid={site.group(1)}": name for number, name in columns.items()
    }
    links = tuple(Link(url=url, text=name, region=Region.NAV) for url, name in feeds.items())[:MAX_COLUMNS]
    return replace(
        page,
        kind=PageKind.SECTION,
        links=(*page.links, *links),
        feeds=tuple(feeds)[:MAX_COLUMNS],
        shell="" if feeds else page.shell,
    )


def _unescaped(name: str) -> str:
    value = parse_json(f'"{name}"')
    return value if isinstance(value, str) else name


def answer(text: str, url: str, today: date) -> Page | None:
    """An answer of the list service: articles with the moments of their publication."""
    if "/gkmlpt/api/" not in url:
        return None
    value = parse_json(text)
    articles = value.get("articles") if isinstance(value, dict) else None
    if not isinstance(value, dict) or not isinstance(articles, list):
        return None
    items = tuple(_item(article, url, today) for article in articles if isinstance(article, Mapping))
    page = list_page(url, NAME, items, _column_name(value, url), _pages(value, len(items)))
    total = value.get("total")
    return turned_page(page, total if isinstance(total, int) else None)


def _item(article: Mapping[str, object], url: str, today: date) -> Item:
    raw = next((article[name] for name in _DATES if article.get(name)), None)
    day = of_epoch(raw) if isinstance(raw, int) else read_value(raw, today)
    address = article.get("url") or article.get("post_url") or ""
    return Item(
        title=" ".join(str(article.get("title") or "").split())[:300],
        url=resolve(url, str(address)) or "",
        day=day,
        raw=str(raw) if raw is not None else "",
        pinned=bool(article.get("is_top") or article.get("top")),
    )


def _column_name(value: Mapping[str, object], url: str) -> str:
    match = _COLUMN.search(url)
    for node in _maps(value):
        if match and str(node.get("id")) == match.group(1) and isinstance(node.get("name"), str):
            return str(node["name"])
    return ""


def _maps(value: object, depth: int = 0) -> Iterator[Mapping[str, object]]:
    if isinstance(value, Mapping) and depth < 6:
        yield value
        for inner in value.values():
            yield from _maps(inner, depth + 1)


def _pages(value: Mapping[str, object], shown: int) -> int | None:
    total = value.get("total")
    return -(-total // max(shown, 1)) if isinstance(total, int) and shown else None


ADAPTER = Adapter(name=NAME, recognise=recognise, refine=refine, answer=answer)
