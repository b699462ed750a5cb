"""拓尔思 TRS WCM：正文地址 tYYYYMMDD_编号.html，列表分页由 createPageHTML(页数, 当前页, 名, 后缀) 写出。"""

import re
from dataclasses import replace

from crawler.adapters.adapter import Adapter, bears
from crawler.address import resolve
from crawler.reading.sheet import Sheet
from domain.page import Page, PageKind

NAME = "trs"
_ARTICLE = re.compile(r"/t(\d{8})_\d+\.s?html?$", re.I)
_MARKS = (b"createPageHTML", b"TRS_Editor", b"TRS_UEDITOR", b"trs_paper", b"CurrChnlCls", b"_trs_ta_js")
_BOXED_PAGER = re.compile(
    r"createPageHTML\s*\(\s*['\"][\w#.-]+['\"]\s*,\s*(\d{1,5})\s*,\s*(\d{1,5})\s*,\s*['\"]([\w./-]+)['\"]\s*,\s*"
    r"['\"](\w{1,8})['\"]"
)
_COUNT = re.compile(r"var\s+countPage\s*=\s*['\"]?(\d{1,5})")
MAX_PAGES = 50


def recognise(body: bytes, url: str) -> bool:
    """By the shape of the address or by the names the system leaves in its pages."""
    return bool(_ARTICLE.search(url)) or bears(body, _MARKS)


def refine(page: Page, sheet: Sheet) -> Page:
    """Further pages where the paging call names the box it fills, or where the template counts by itself."""
    if page.kind is PageKind.ARTICLE:
        return page
    boxed = _BOXED_PAGER.search(sheet.source)
    if boxed:
        total, name, ending = int(boxed.group(1)), boxed.group(3), boxed.group(4)
        return replace(page, page_count=total, pager=_addresses(sheet.base, name, ending, 2, total + 1))
    counted = _COUNT.search(sheet.source)
    if counted and len(page.pager) < 2:
        total = int(counted.group(1))
        return replace(page, page_count=total, pager=_addresses(sheet.base, "index", "html", 1, total))
    return page


def _addresses(base: str, name: str, ending: str, first: int, end: int) -> tuple[str, ...]:
    pages = (
        resolve(base, f"{name}_{number}.{ending}") for number in range(first, min(end, first + MAX_PAGES))
    )
    return tuple(page for page in pages if page)


ADAPTER = Adapter(name=NAME, recognise=recognise, refine=refine)
