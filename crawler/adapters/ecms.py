"""帝国 CMS：分页 index_2.html，首个分页链接提示 Total record，点击数由 /e/public/ViewClick 写出。"""

import re
from dataclasses import replace

from crawler.adapters.adapter import Adapter, bears
from crawler.address import resolve
from crawler.reading.sheet import Sheet
from domain.page import Page, PageKind

NAME = "ecms"
_MARKS = (
    b"/e/public/ViewClick",
    b"/e/public/onclick",
    b"Total record",
    b"/e/search/",
    b"/e/member/",
    b"/e/data/js/",
)
_LAST = re.compile(r"<a\s+href=[\"']([^\"']*?)(?:index)?_(\d{1,5})(\.\w+)[\"'][^>]*>\s*尾页")
MAX_PAGES = 50


def recognise(body: bytes, url: str) -> bool:
    """By the addresses of its own scripts or the mark of its paging."""
    return bears(body, _MARKS)


def refine(page: Page, sheet: Sheet) -> Page:
    """All further pages: the last one's address tells how they are named and how many there are."""
    if page.kind is PageKind.ARTICLE:
        return page
    last = _LAST.search(sheet.source)
    if not last:
        return page
    count, folder, ending = int(last.group(2)), last.group(1), last.group(3)
    names = (f"{folder}index_{number}{ending}" for number in range(2, min(count, MAX_PAGES) + 1))
    pages = tuple(address for address in (resolve(sheet.base, name) for name in names) if address)
    return replace(page, page_count=count, pager=tuple(p for p in pages if p != sheet.url))


ADAPTER = Adapter(name=NAME, recognise=recognise, refine=refine)
