"""Reads one page off its bytes: the only door between what was fetched and what is judged."""

from dataclasses import replace
from datetime import date

from crawler.adapters import ADAPTERS, generic
from crawler.address import ending_of
from crawler.questions import taken_apart
from crawler.reading.attachment import is_page, read_document
from crawler.reading.charset import decode
from crawler.reading.outer import script_text
from crawler.reading.sheet import lay_out
from crawler.reading.written import fill_in
from domain.page import Page, PageKind

MAX_PAGE = 8_000_000
"""Bytes of a page that are read; what lies beyond is no page a person looks at."""


def read_page(
    body: bytes, url: str, *, content_type: str | None, today: date, rendered: bool = False
) -> Page:
    """What the page says. Raises nothing, whatever the bytes.

    `url` may be a question to a list service. `today` dates entries without a year. `rendered` says that the
    bytes are a browser's document after its scripts ran: then only unfilled templates still make it a shell.
    """
    try:
        return _read(body[:MAX_PAGE], url, content_type, today, rendered)
    except (RecursionError, MemoryError, OverflowError, ValueError, LookupError) as error:
        reason = f"页面无法解读（{type(error).__name__}）"
        return Page(url=url, adapter=generic.NAME, charset="", kind=PageKind.OTHER, title="", shell=reason)


def _read(body: bytes, url: str, content_type: str | None, today: date, rendered: bool) -> Page:
    if not is_page(body, url, content_type):
        return read_document(body, url, content_type, today, [one.answer for one in ADAPTERS])
    url = taken_apart(url)[0]
    source, charset = decode(body, content_type)
    asking = ""
    if _is_script(source, url):
        asking = script_text(source)
        source = f"<html><body><script>{source}</script></body></html>"
    adapter = next((one for one in ADAPTERS if one.recognise(body, url)), None)
    name = adapter.name if adapter else generic.NAME
    prepared = fill_in(adapter.prepare(source, url) if adapter else source)
    sheet = lay_out(prepared, url, charset if charset != "unknown" else "utf-8", today, rendered)
    page = generic.read(sheet, charset, name)
    if asking:
        page = replace(page, script=asking, settings="", feeds=(), shell="")
    return adapter.refine(page, sheet) if adapter else page


def _is_script(source: str, url: str) -> bool:
    """Whether a body is a script file, which may write part of a page: its foot, say."""
    return ending_of(url) == "js" and not source.lstrip("\ufeff \t\r\n").startswith("<")
