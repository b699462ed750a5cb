"""大汉 JCMS：列表的前几页作为 CDATA 记录写在页面脚本里，其余由 dataproxy.jsp 分页返回。"""

import re
from dataclasses import replace
from datetime import date

from crawler.adapters.adapter import Adapter, bears
from crawler.address import resolve
from crawler.reading.fragment import read_fragment
from crawler.reading.sheet import Sheet
from domain.page import Page

NAME = "jcms"
_MARKS = (b"/module/", b"hanweb", b"Hanweb", b"ZJEG_RSS")
_STORE = re.compile(
    r"<script[^>]*type\s*=\s*[\"']?text/xml[\"']?[^>]*>\s*(<datastore>.*?</datastore>)\s*</script>",
    re.I | re.S,
)
_RECORD = re.compile(r"<record>\s*<!\[CDATA\[(.*?)\]\]>\s*</record>", re.I | re.S)
_NEXT_GROUP = re.compile(r"<(?:next|pre)group>\s*<!\[CDATA\[(.*?)\]\]>", re.I | re.S)
_HREF = re.compile(r"href\s*=\s*[\"']([^\"']+)[\"']", re.I)
_TOTAL = re.compile(r"totalRecord\s*[:=]\s*[\"']?(\d+)|<totalrecord>\s*(\d+)", re.I)
_TOTAL_PAGE = re.compile(r"<totalpage>\s*(\d+)|totalPage\s*[:=]\s*[\"']?(\d+)", re.I)
_PER_PAGE = re.compile(r"perPage\s*[:=]\s*[\"']?(\d+)", re.I)
_ADDRESS = re.compile(r"/(?:art/\d{4}/\d{1,2}/\d{1,2}/art_\w+|col/col\d+/)", re.I)


def recognise(body: bytes, url: str) -> bool:
    """By the records in the page, the paging script, or the addresses together with the maker's name."""
    if bears(body, (b"<datastore>", b"dataproxy.jsp")):
        return True
    return bool(_ADDRESS.search(url)) and bears(body, _MARKS)


def prepare(source: str, url: str) -> str:
    """Puts the records of the page's data island behind it, where a browser would show them."""
    return _STORE.sub(lambda match: match.group() + _shown(_RECORD.findall(match.group(1))), source)


def _shown(records: list[str]) -> str:
    first = records[0].lstrip()[:4].lower() if records else ""
    frame = "table" if first.startswith("<tr") else "ul" if first.startswith("<li") else "div"
    return f'<{frame} class="jcms-records">{"".join(records)}</{frame}>'


def refine(page: Page, sheet: Sheet) -> Page:
    """The number of pages and the address of the next group of records, as the island states them."""
    pages = _page_count(sheet.source) or page.page_count
    group = _NEXT_GROUP.search(sheet.source)
    href = _HREF.search(group.group(1)) if group else None
    following = resolve(sheet.base, href.group(1).replace("&amp;", "&")) if href else None
    pager = page.pager if following is None or following in page.pager else (*page.pager, following)
    return replace(page, page_count=pages, pager=pager)


def _page_count(source: str) -> int | None:
    stated = _TOTAL_PAGE.search(source)
    if stated:
        return int(stated.group(1) or stated.group(2))
    total, size = _TOTAL.search(source), _PER_PAGE.search(source)
    if not total or not size or int(size.group(1)) == 0:
        return None
    return -(-int(total.group(1) or total.group(2)) // int(size.group(1)))


def answer(text: str, url: str, today: date) -> Page | None:
    """An answer of dataproxy.jsp: the records of the pages asked for."""
    if "<datastore>" not in text[:2000] or "<html" in text[:2000].lower():
        return None
    records = _shown(_RECORD.findall(text))
    return read_fragment(records, url, NAME, today, _page_count(text))


ADAPTER = Adapter(name=NAME, recognise=recognise, prepare=prepare, refine=refine, answer=answer)
