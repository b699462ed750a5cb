"""A look: how one family of site software lays out addresses and pages."""

import zlib
from collections.abc import Callable
from dataclasses import dataclass

from sample.content import Article, Column

Trail = tuple[Column, ...]
"""A column with those above it, outermost first; the last one is meant."""

ColumnPath = Callable[[Trail], str]
ArticlePath = Callable[[Trail, Article], str]
PagePath = Callable[[str, int, int], str]


def number(text: str, digits: int) -> int:
    """A stable number of so many digits for a key."""
    least = int("1" + "0" * (digits - 1))
    return least + zlib.crc32(text.encode()) % (9 * least)


def slug(trail: Trail) -> str:
    """The keys of a trail as a path, without the site's own prefixes."""
    return "/".join(column.key for column in trail)


def numbered_after_first(first: str) -> Callable[[str, int, int], str]:
    """Page addresses like index_2.html, where the column's own is the first page."""

    def path(column_path: str, page: int, count: int) -> str:
        if page == 1:
            return column_path
        stem, dot, end = column_path.rpartition(".")
        if not dot:
            return column_path + first.format(page)
        return f"{stem}_{page}.{end}"

    return path


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Templates in a folder of the same name, address rules, and how dates are written.

    `page_path` takes the column's address, the page's number from 1 and the number of pages.
    `relative` writes links relative to the page, `based` relative
    to a base element, `session` with a session id. `content_type` is the header, which may lie.
    `parts` are the families' own script and style files by path, `frames` the pages that the home
    page's frame set shows, both from the look's folder.
    """

    name: str
    column_path: ColumnPath
    article_path: ArticlePath
    page_path: PagePath
    per_page: int = 15
    date_style: str = "%Y-%m-%d"
    charset: str = "utf-8"
    content_type: str = "text/html; charset=utf-8"
    relative: bool = False
    home_path: str = "/"
    map_path: str = "/wzdt.html"
    session: bool = False
    based: bool = False
    parts: tuple[tuple[str, str], ...] = ()
    frames: tuple[tuple[str, str], ...] = ()
    channel: str = ""
    """Address of the JSON channel of a column's list, with {id}; empty: lists are in the page."""
    unit: str = ""
    """Address of the service that builds the list of the column it is asked for; empty: as `channel` says."""
