"""龙讯 Lonsun：公开目录 /public/column/单位?type=4&catId=…，由脚本按 pageIndex 翻页，正文前有索引号表格。"""

import re
from dataclasses import replace
from itertools import pairwise

from crawler.adapters.adapter import Adapter, bears
from crawler.address import canonical
from crawler.reading.sheet import Sheet
from crawler.reading.tables import read_grid
from crawler.reading.turning import stated_pages, turned_pages
from domain.page import Page, PageKind

NAME = "lonsun"
_ADDRESS = re.compile(r"/public/(?:column/)?\d{3,}(?:/\d+\.html)?|/content/(?:article|column)/\d+", re.I)
_MARKS = (
    b"lonsun",
    b"Lonsun",
    b"xxgk_nav_list",
    b"table_suoyin",
    b"/site/label/",
    b"j-fontContent",
    b"ls-position",
)
_INDEX = re.compile(r"索\s*引\s*号")
_NUMBER = re.compile(r"发?文\s*号|文件编号|发文字号")
_NUMBERED = re.compile(r"[〔\[（(]\s*(?:19|20)\d\d\s*[〕\]）)]\s*第?\s*\d+\s*号")


def recognise(body: bytes, url: str) -> bool:
    """By the names the system leaves in its pages, or its addresses together with one of them."""
    return bears(body, _MARKS) or (bool(_ADDRESS.search(url)) and b"/public/" in body)


def refine(page: Page, sheet: Sheet) -> Page:
    """Index and document number out of the table before an article; all further pages of a list."""
    if page.kind is PageKind.ARTICLE:
        stated = _particulars(sheet)
        index = stated.get("index") or page.index_no
        return replace(page, index_no=index, document_no=stated.get("number") or page.document_no)
    count = stated_pages(sheet.source) or page.page_count
    known = {canonical(address) for address in page.pager}
    further = turned_pages(sheet.source, sheet.url, count, own_name="pageIndex") if page.items else ()
    further = tuple(address for address in further if canonical(address) not in known)
    return replace(page, page_count=count, pager=(*page.pager, *further))


def _particulars(sheet: Sheet) -> dict[str, str]:
    """What the rows of the first tables state, label before value."""
    stated: dict[str, str] = {}
    for table in sheet.tree.of("table")[:4]:
        for row in read_grid(sheet.tree, table)[:20]:
            for label, value in pairwise(row):
                bare = label.strip(" ：:")
                if len(bare) > 8 or not value or value == label:
                    continue
                if _INDEX.fullmatch(bare):
                    stated.setdefault("index", value)
                elif _NUMBER.fullmatch(bare) and _NUMBERED.search(value):
                    stated.setdefault("number", value.replace(" ", ""))
    return stated


ADAPTER = Adapter(name=NAME, recognise=recognise, refine=refine)
