"""Pieces of HTML that a list channel answers with, read as a list page."""

from datetime import date

from crawler.reading.feed import list_page
from crawler.reading.items import choose, entries
from crawler.reading.lists import find_blocks
from crawler.reading.sheet import lay_out
from domain.page import Item, Page


def read_fragment(html: str, url: str, adapter: str, today: date, pages: int | None = None) -> Page:
    """The list page that a piece of HTML amounts to; without entries it is an empty list."""
    return list_page(url, adapter, items_in(html, url, today), pages=pages)


def items_in(html: str, url: str, today: date) -> tuple[Item, ...]:
    """The entries in a piece of HTML; bare rows and cells are given their table first."""
    start = html.lstrip()[:4].lower()
    if start.startswith("<tr"):
        html = f"<table>{html}</table>"
    elif start.startswith("<li"):
        html = f"<ul>{html}</ul>"
    sheet = lay_out(f"<body>{html}</body>", url, "utf-8", today, rendered=False)
    blocks = choose(sheet.tree, find_blocks(sheet.tree, sheet.anchors, sheet.dated), url, own_only=False)
    return entries(sheet.tree, blocks, sheet.dated)
