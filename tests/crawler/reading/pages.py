"""Small pages for tests of the parts of the reading."""

from datetime import date

from crawler.extract import read_page
from crawler.reading.sheet import Sheet, lay_out
from domain.page import Page

TODAY = date(2026, 6, 30)
URL = "http://www.yunxi.gov.cn/zwgk/tzgg/"


def html(body: str, head: str = "") -> str:
    """A whole page around a body."""
    return f'<!DOCTYPE html><html><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'


def page_of(body: str, head: str = "", url: str = URL) -> Page:
    """The page that a body amounts to."""
    return read_page(html(body, head).encode(), url, content_type=None, today=TODAY)


def sheet_of(body: str, head: str = "", url: str = URL) -> Sheet:
    """The sheet that a body amounts to."""
    return lay_out(html(body, head), url, "utf-8", TODAY, rendered=False)
