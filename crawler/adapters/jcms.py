"""大汉 JCMS：列表的前几页作为 CDATA 记录写在页面脚本里，其余由 dataproxy.jsp 分页返回。"""

import re
from dataclasses import replace
from datetime import date

from crawler.adapters.adapter import Adapter, bears
from crawler.address import resolve
from crawler.questions import ask
from crawler.reading.fragment import read_fragment
from crawler.reading.literals import Reader, argument_text
from crawler.reading.sheet import Sheet
from crawler.reading.spans import between
from domain.page import Page

NAME = "jcms"
_MARKS = (b"/module/", b"hanweb", b"Hanweb", b"ZJEG_RSS")
_HREF = re.compile(r"href\s*=\s*[\"']([^\"']+)[\"']", re.I)
_TOTAL = re.compile(r"totalRecord\s*[:=]\s*[\"']?(\d+)|<totalrecord>\s*(\d+)", re.I)
_TOTAL_PAGE = re.compile(r"<totalpage>\s*(\d+)|totalPage\s*[:=]\s*[\"']?(\d+)", re.I)
_PROXY = re.compile(r"proxyUrl\s*[:=]\s*[\"']([^\"']{5,300})[\"']", re.I)
_FIELDS = re.compile(r"ajaxParam\w*\s*[:=]\s*\{", re.I)
_GROUP = re.compile(r"groupSize\s*[:=]\s*[\"']?(\d{1,2})\b", re.I)
MAX_GROUPS = 30
_PER_PAGE = re.compile(r"perPage\s*[:=]\s*[\"']?(\d+)", re.I)
_ADDRESS = re.compile(r"/(?:art/\d{4}/\d{1,2}/\d{1,2}/art_\w+|col/col\d+/)", re.I)


def recognise(body: bytes, url: str) -> bool:
    """By the records in the page, the paging script, or the addresses together with the maker's name."""
    if bears(body, (b"<datastore>", b"dataproxy.jsp")):
        return True
    return bool(_ADDRESS.search(url)) and bears(body, _MARKS)


def prepare(source: str, url: str) -> str:
    """Puts the records of the page's data island behind it, where a browser would show them."""
    if "<datastore>" not in source:
        return source
    parts: list[str] = []
    done = 0
    for start, end, after in between(source, "<datastore>", "</datastore>"):
        script_end = source.lower().find("</script>", after)
        behind = script_end + len("</script>") if 0 <= script_end - after < 40 else after
        parts += [source[done:behind], _shown(_records(source[start:end]))]
        done = behind
    return "".join([*parts, source[done:]])


def _records(island: str) -> list[str]:
    found = (island[start:end] for start, end, _ in between(island, "<record>", "</record>"))
    return [_unwrapped(record.removeprefix("<record>")) for record in found]


def _unwrapped(text: str) -> str:
    return text.strip().removeprefix("<![CDATA[").removesuffix("]]>").strip()


def _shown(records: list[str]) -> str:
    first = records[0][:4].lower() if records else ""
    frame = "table" if first.startswith("<tr") else "ul" if first.startswith("<li") else "div"
    return f'<{frame} class="jcms-records">{"".join(records)}</{frame}>'


def refine(page: Page, sheet: Sheet) -> Page:
    """The number of pages and the address of the next group of records, as the island states them."""
    pages = _page_count(sheet.source) or page.page_count
    further = _groups(sheet, sheet.source.count("<record>")) or _next_group(sheet.source, sheet.base)
    if page.items or not further:
        pager = (*page.pager, *(question for question in further if question not in page.pager))
        return replace(page, page_count=pages, pager=pager, total=_total(sheet.source))
    return replace(page, page_count=pages, feeds=(*further, *page.feeds), total=_total(sheet.source))


def _next_group(source: str, base: str) -> tuple[str, ...]:
    """The question for the records behind those of a text, as the text names it."""
    group = next(between(source, "<nextgroup>", "</nextgroup>"), None)
    href = _HREF.search(source, group[0], group[1]) if group else None
    address = resolve(base, href.group(1).replace("&amp;", "&")) if href else None
    return (ask(address, ()),) if address else ()


def _groups(sheet: Sheet, shown: int) -> tuple[str, ...]:
    """The questions for the records behind the first `shown`, as the paging script would ask them.

    The script asks for groups of pages; the service gives what lies between two numbers of records.
    """
    source = sheet.source
    proxy, fields = _PROXY.search(source), _FIELDS.search(source)
    size, total = _PER_PAGE.search(source), _total(source)
    if not proxy or not fields or not size or int(size.group(1)) == 0 or total is None:
        return ()
    form = Reader(f"{{{argument_text(source, fields.end() - 1)}}}", source).expression()
    address = resolve(sheet.base, proxy.group(1).partition("?")[0])
    if not isinstance(form, dict) or not address:
        return ()
    pairs = [(key, str(value)) for key, value in form.items() if isinstance(value, str | int)]
    per_page = int(size.group(1))
    step = per_page * max(1, int(group.group(1)) if (group := _GROUP.search(source)) else 3)
    starts = range(shown + 1, total + 1, step)[:MAX_GROUPS]
    return tuple(
        ask(f"{address}?startrecord={at}&endrecord={min(at + step - 1, total)}&perpage={per_page}", pairs)
        for at in starts
    )


def _total(source: str) -> int | None:
    stated = _TOTAL.search(source)
    return int(stated.group(1) or stated.group(2)) if stated else None


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
    records = _shown(_records(text))
    page = read_fragment(records, url, NAME, today, _page_count(text))
    return replace(page, pager=_next_group(text, url), total=_total(text))


ADAPTER = Adapter(name=NAME, recognise=recognise, prepare=prepare, refine=refine, answer=answer)
