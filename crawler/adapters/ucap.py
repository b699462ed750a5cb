"""开普 UCAP：正文 /c栏目码/年月/十六进制.shtml，列表多由 /common/search/栏目标识 返回 JSON。"""

import re
from dataclasses import replace
from datetime import date

from crawler.adapters.adapter import Adapter, bears
from crawler.address import resolve
from crawler.reading.feed import read_json_list, turned_page
from crawler.reading.jsontext import parse_json
from crawler.reading.sheet import Sheet
from domain.page import Page, PageKind

NAME = "ucap"
_ARTICLE = re.compile(r"/c\d{5,7}/\d{4,6}/(?:[0-9a-f]{20,40}|content_\d+)\.shtml$", re.I)
_COLUMN = re.compile(r"/c\d{5,7}/(?:\w*list\w*|index|zfxxgk\w*)\.shtml$", re.I)
_MARKS = (
    b"<ucapcontent",
    b"<UCAPCONTENT",
    b"UCAP-CONTENT",
    b"<ucaptitle",
    b"<UCAPTITLE",
    b"ucapsite",
    b"/ucap/",
)
_CHANNEL = re.compile(
    r"channel[_-]?id[\"']?\s*(?:content\s*=|[:=,])\s*[\"']?([0-9a-f]{32})\b|"
    r"name=[\"']channelId[\"']\s+content=[\"']([0-9a-f]{32})[\"']",
    re.I,
)
_SERVICE = re.compile(r"[\"'](/(?:common/search|searchList|search)/)[\"']?")
_QUERY = "?_isAgg=true&_isJson=true&_pageSize=20&_template=index&_rangeTimeGte=&_channelName=&page=1"


def recognise(body: bytes, url: str) -> bool:
    """By the shape of the address or by the elements of its own that the system uses."""
    return bool(_ARTICLE.search(url) or _COLUMN.search(url)) or bears(body, _MARKS)


def refine(page: Page, sheet: Sheet) -> Page:
    """The address of the column's list service where the page shows no entries of its own."""
    if page.items or page.kind in (PageKind.ARTICLE, PageKind.HOME):
        return page
    channel = _CHANNEL.search(sheet.source)
    if not channel:
        return page
    service = _SERVICE.search(sheet.source)
    path = service.group(1) if service else "/common/search/"
    feed = resolve(sheet.base, f"{path}{channel.group(1) or channel.group(2)}{_QUERY}")
    path = (feed or "").partition("?")[0]
    written = [own for own in page.feeds if own.startswith(f"{path}?") and "page=" in own] if feed else []
    others = [own for own in page.feeds if not (feed and own.startswith(path))]
    feeds = (*(written[:1] or ([feed] if feed else [])), *others)
    return replace(page, feeds=feeds, shell=page.shell or "列表由脚本加载")


def answer(text: str, url: str, today: date) -> Page | None:
    """An answer of the list service."""
    if "_isJson=true" not in url and "publishedTimeStr" not in text[:20_000]:
        return None
    value = parse_json(text)
    page = read_json_list(value, url, today) if isinstance(value, dict) else None
    if page is None:
        return None
    data = value.get("data") if isinstance(value, dict) else None
    pages = None
    if isinstance(data, dict):
        total, rows = data.get("total"), data.get("rows")
        pages = -(-total // rows) if isinstance(total, int) and isinstance(rows, int) and rows > 0 else None
    return turned_page(replace(page, adapter=NAME), page.total, count=pages)


ADAPTER = Adapter(name=NAME, recognise=recognise, refine=refine, answer=answer)
