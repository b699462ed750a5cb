"""What sort of page it is, weighed from tags, lists, address, text and forms."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from crawler.address import looks_like_article
from crawler.reading.dates import find_full
from crawler.reading.published import MetaLine
from crawler.reading.rowdates import Block
from crawler.reading.sheet import Sheet
from crawler.reading.tree import Tree
from domain.page import Form, PageKind

_HOME_PATH = re.compile(r"^/?(?:(?:index|default|main|home)(?:_\w+)?\.\w{2,5})?$", re.IGNORECASE)
_SEARCH = re.compile(r"搜索|检索|search|查询|登录|login|关键字|keyword", re.IGNORECASE)
_LONG_TEXT = 150
_SOME_TEXT = 60


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for one kind or another."""

    blocks: Sequence[Block]
    pager: bool
    forms: Sequence[Form]


def kind_of(sheet: Sheet, signs: Signs) -> PageKind:
    """The kind of the page."""
    if is_root(sheet.url) and not sheet.tags.get("ArticleTitle"):
        return PageKind.HOME
    article, listing = article_weight(sheet), list_weight(sheet, signs)
    rows = sum(len(block.rows) for block in signs.blocks)
    told = sheet.line is not None or len(sheet.tags.get("ArticleTitle", "")) > 1
    if article > listing and article >= 2 and (told or not rows):
        return PageKind.ARTICLE
    if _is_form(sheet, signs):
        return PageKind.FORM
    if rows:
        return PageKind.SECTION if _is_section(signs) else PageKind.LIST
    if signs.pager:
        return PageKind.LIST
    return PageKind.ARTICLE if sheet.body.length > _SOME_TEXT else PageKind.OTHER


def is_of_a_row(tree: Tree, line: MetaLine, blocks: Sequence[Block]) -> bool:
    """Whether what looks like the line of particulars of an article belongs to an entry of a list: at least
    three entries there have a date.
    """
    for block in blocks:
        rows = [row.element for row in block.rows]
        own = any(tree.starts[row] <= line.start and line.stop <= tree.stops[row] for row in rows)
        if own and sum(bool(find_full(tree.text(row)[:400])) for row in rows) >= 3:
            return True
    return False


def is_root(url: str) -> bool:
    """Whether an address is that of a host's home page."""
    if url.startswith("file:"):
        return False
    path, _, query = url.split("://", 1)[-1].partition("?")
    return not query and bool(_HOME_PATH.match(path.partition("/")[2].split("#", 1)[0]))


def article_weight(sheet: Sheet) -> int:
    """How much speaks for an article."""
    tags, line = sheet.tags, sheet.line
    weight = 0
    if len(tags.get("ArticleTitle", "")) > 1:
        weight += 4
    if tags.get("PubDate"):
        weight += 1
    if line is not None:
        weight += 2 if line.rank <= 3 else 1
    if looks_like_article(sheet.url):
        weight += 2
    if sheet.body.length > _LONG_TEXT:
        weight += 1 if sheet.body.length < 4 * _LONG_TEXT else 2
    return weight


def list_weight(sheet: Sheet, signs: Signs) -> int:
    """How much speaks for a list."""
    most = max((block.dated for block in signs.blocks), default=0)
    rows = max((len(block.rows) for block in signs.blocks), default=0)
    weight = 3 if most >= 8 else 2 if most >= 3 else 1 if rows else 0
    if signs.pager:
        weight += 2
    if most and not looks_like_article(sheet.url):
        weight += 2
    if sheet.tags.get("ColumnName") and "ArticleTitle" not in sheet.tags:
        weight += 1
    return weight


def _is_form(sheet: Sheet, signs: Signs) -> bool:
    return any(
        len(form.fields) >= 4 or (len(form.fields) >= 2 and not _SEARCH.search(form.text + form.action))
        for form in signs.forms
        if len(form.text) > 20
    ) and not any(block.dated >= 3 for block in signs.blocks)


def _is_section(signs: Signs) -> bool:
    full = [block for block in signs.blocks if len(block.rows) >= 2]
    return len(full) >= 2 and not signs.pager
