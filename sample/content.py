"""A site as its editors think of it: columns, articles, footer. What it looks like is a look's matter."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

from sample.model import Answer


class Form(StrEnum):
    """What a column's own page is."""

    LIST = "list"
    PAGE = "page"
    SECTION = "section"
    """Leads on to its children and shows some of their entries."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """A file that an article links."""

    name: str
    path: str
    content: bytes
    content_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article. `body` is HTML in which `~~key~~` stands for the address of that article or column.

    `list_day` is what the list says if it differs from `day`. The `dated_*` flags take away a date
    from the list, the page's text and the page's tag. `href` makes the entry lead elsewhere
    (then it has no page of its own). `path` overrides the look's address. `related` are keys of pages
    that stand linked below the text, outside it.
    """

    key: str
    title: str
    day: date
    body: str = ""
    clock: str = "09:30"
    source: str = ""
    list_day: date | None = None
    dated_list: bool = True
    dated_page: bool = True
    dated_tag: bool = True
    pinned: bool = False
    document_no: str = ""
    index_no: str = ""
    href: str = ""
    path: str = ""
    attachments: tuple[Attached, ...] = ()
    related: tuple[str, ...] = ()
    tags: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column. `date_style` overrides the look's way to write dates (empty string: none shown).

    `host` puts the column and all below it on another host. `href` makes the menu lead elsewhere.
    `template` renders its page with another template of the look. `grouped` leaves so many entries in
    the page (JCMS); the others come in groups as large, to whoever sends the form that its script sends.
    """

    key: str
    name: str
    kind: str
    form: Form = Form.LIST
    articles: tuple[Article, ...] = ()
    children: tuple[Column, ...] = ()
    body: str = ""
    empty_words: str = ""
    in_menu: bool = True
    in_map: bool = True
    date_style: str | None = None
    host: str | None = None
    path: str = ""
    href: str = ""
    template: str = ""
    grouped: int | None = None
    tags: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Footer:
    """A site's footer: the marks it bears, and how it comes to the page.

    `manner` is inline, script (document.write from a file), frame (inline frame) or request (XHR).
    """

    marks: frozenset[str] = frozenset(
        {"identifier_code", "icp", "police_record", "party_gov_mark", "sponsor", "contact", "site_map"}
    )
    manner: str = "inline"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A whole site before it is rendered.

    `tags` changes page tags by place ("home:SiteName", "column:ColumnName", "article:PubDate"):
    None takes one away, text replaces its value. `files` are answers at fixed paths.
    """

    id: str
    unit: str
    unit_name: str
    short: str
    name: str
    domain: str
    identifier: str
    phone: str
    address: str
    look: str
    columns: tuple[Column, ...]
    footer: Footer = Footer()
    home_keys: tuple[str, ...] = ("gzdt", "tzgg", "zcwj")
    home_template: str = "home.html"
    tag_style: str = "normal"
    tags: Mapping[str, str | None] = field(default_factory=dict)
    files: Mapping[str, Answer] = field(default_factory=dict)
    tail: str = ""
    home_extra: str = ""
    theme: str = "#1b5fa8"

    def walk(self) -> Iterator[tuple[Column, tuple[Column, ...]]]:
        """Every column with those above it, outermost first."""
        yield from _walk(self.columns, ())

    def column(self, key: str) -> Column:
        """The column with this key. Raises KeyError."""
        for column, _ in self.walk():
            if column.key == key:
                return column
        raise KeyError(key)

    def article(self, key: str) -> Article:
        """The article with this key. Raises KeyError."""
        for column, _ in self.walk():
            for article in column.articles:
                if article.key == key:
                    return article
        raise KeyError(key)

    def title_of(self, key: str) -> str:
        """The name of the column or the title of the article with this key. Raises KeyError."""
        for column, _ in self.walk():
            if column.key == key:
                return column.name
        return self.article(key).title

    def editing(self, key: str, **changes: Any) -> Plan:
        """The plan with that column's fields changed. Raises KeyError."""
        self.column(key)
        return replace(self, columns=_mapped(self.columns, key, lambda c: (replace(c, **changes),)))

    def without(self, key: str) -> Plan:
        """The plan without that column. Raises KeyError."""
        self.column(key)
        return replace(self, columns=_mapped(self.columns, key, lambda _: ()))

    def adding(self, parent: str, *columns: Column) -> Plan:
        """The plan with further columns below `parent` (empty: at the top). Raises KeyError."""
        if not parent:
            return replace(self, columns=self.columns + columns)
        grown = self.column(parent).children + columns
        return self.editing(parent, children=grown)

    def rewriting(self, key: str, **changes: Any) -> Plan:
        """The plan with that article's fields changed. Raises KeyError."""
        self.article(key)

        def change(column: Column) -> tuple[Column, ...]:
            articles = tuple(replace(a, **changes) if a.key == key else a for a in column.articles)
            return (replace(column, articles=articles),)

        columns = self.columns
        for column, _ in self.walk():
            if any(article.key == key for article in column.articles):
                columns = _mapped(columns, column.key, change)
        return replace(self, columns=columns)

    def posting(self, key: str, *articles: Article) -> Plan:
        """The plan with further articles in that column. Raises KeyError."""
        return self.editing(key, articles=self.column(key).articles + articles)

    def changing(self, **changes: Any) -> Plan:
        """The plan with fields of its own changed."""
        return replace(self, **changes)


def _walk(
    columns: tuple[Column, ...], above: tuple[Column, ...]
) -> Iterator[tuple[Column, tuple[Column, ...]]]:
    for column in columns:
        yield column, above
        yield from _walk(column.children, (*above, column))


def _mapped(
    columns: tuple[Column, ...], key: str, change: Callable[[Column], tuple[Column, ...]]
) -> tuple[Column, ...]:
    result: list[Column] = []
    for column in columns:
        if column.key == key:
            result.extend(change(column))
        else:
            result.append(replace(column, children=_mapped(column.children, key, change)))
    return tuple(result)
