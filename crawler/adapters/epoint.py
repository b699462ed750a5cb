"""新点 Epoint：正文 /分类号/年月日/UUID.html，列表 moreinfo.html，页头页脚由脚本填入，样式名以 ewb- 开头。"""

import re
from dataclasses import replace

from crawler.adapters.adapter import Adapter, bears
from crawler.address import resolve
from crawler.reading.sheet import Sheet
from domain.page import Page, PageKind

NAME = "epoint"
_ARTICLE = re.compile(
    r"/\d{3,}(?:/\d{3,})*/\d{8}/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\.html", re.I
)
_MARKS = (b"webBuilderCommon", b'class="ewb-', b"class='ewb-", b"EWB-FRONT", b"eWebBuilder")
_TOTAL = re.compile(r"(?:total|records?)\s*[:=]\s*['\"]?(\d{1,6})['\"]?\s*[,;]", re.I)
_SIZE = re.compile(r"pageSize\s*[:=]\s*['\"]?(\d{1,3})", re.I)
_LIST = re.compile(r"/(?:moreinfo|secondpage|subpage|list|about)\.html$", re.I)
MAX_PAGES = 50


def recognise(body: bytes, url: str) -> bool:
    """By the shape of the address or the names of its styles and scripts."""
    return bool(_ARTICLE.search(url)) or bears(body, _MARKS)


def refine(page: Page, sheet: Sheet) -> Page:
    """Further pages lie beside the first as 2.html, 3.html, where the page states how many there are."""
    if page.kind is PageKind.ARTICLE or page.pager or not _LIST.search(sheet.url):
        return page
    total, size = _TOTAL.search(sheet.source), _SIZE.search(sheet.source)
    if not total or not size or int(size.group(1)) == 0:
        return page
    count = -(-int(total.group(1)) // int(size.group(1)))
    pages = (resolve(sheet.url, f"{number}.html") for number in range(2, min(count, MAX_PAGES) + 1))
    return replace(page, page_count=count, pager=tuple(address for address in pages if address))


ADAPTER = Adapter(name=NAME, recognise=recognise, refine=refine)
