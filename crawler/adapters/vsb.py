"""博达 VSB：正文 /info/栏目/编号.htm，正文区 #vsb_content，列表页号倒排（第二页是 tzgg/22.htm）。"""

import re
from dataclasses import replace

from crawler.adapters.adapter import Adapter, bears
from crawler.address import resolve
from crawler.reading.sheet import Sheet
from domain.page import Page, PageKind

NAME = "vsb"
_MARKS = (b"vsb_content", b"_showDynClick", b"/system/resource/", b"pb_sys_common", b"v_news_content")
_COUNT = re.compile(r"class=[\"']p_t[\"'][^>]*>\s*(?:第?\s*\d+\s*/\s*(\d+)\s*页?)\s*<")
_LAST = re.compile(r"class=[\"']p_no(?:_d)?[\"'][^>]*>(?:\s*<a[^>]*>)?\s*(\d{1,4})\s*<")
_NEXT = re.compile(r"class=[\"']p_next p_fun[\"'][^>]*>\s*<a[^>]*href=[\"']([^\"']+)[\"']")
_PAGE = re.compile(r"^(.*/)(\d+)(\.htm[l]?)$")
MAX_PAGES = 50


def recognise(body: bytes, url: str) -> bool:
    """By the names the system leaves in its pages."""
    return bears(body, _MARKS)


def refine(page: Page, sheet: Sheet) -> Page:
    """The number of pages, and their addresses counted down from that of the next one."""
    if page.kind is PageKind.ARTICLE:
        return page
    stated = _COUNT.search(sheet.source)
    numbers = [int(number) for number in _LAST.findall(sheet.source)]
    count = int(stated.group(1)) if stated else max(numbers, default=0) or page.page_count
    following = _NEXT.search(sheet.source)
    address = resolve(sheet.base, following.group(1)) if following else None
    match = _PAGE.match(address) if address else None
    if not match:
        return replace(page, page_count=count)
    last = int(match.group(2))
    pages = tuple(
        f"{match.group(1)}{number}{match.group(3)}" for number in range(last, max(0, last - MAX_PAGES), -1)
    )
    return replace(page, page_count=count, pager=pages)


ADAPTER = Adapter(name=NAME, recognise=recognise, refine=refine)
