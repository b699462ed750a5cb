"""Saved pages of our own making with what a careful reader finds in them: page, field, expected value.

A page is a folder of its own, or a line of fixtures/*.jsonl (name, url, today, content_type, encoding,
expect, html): variants of one thing are easier to read beside each other.
"""

import json
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from crawler.extract import read_page
from crawler.reading.belief import believe
from crawler.reading.crumbs import column_of
from domain.page import Item, Page, Region

FIXTURES = Path(__file__).parent / "fixtures"


@cache
def read_fixture(name: str) -> Page:
    """The page of a fixture folder as the program reads it."""
    spec = specification(name)
    return read_page(
        body_of(name),
        spec["url"],
        content_type=spec.get("content_type"),
        today=date.fromisoformat(spec["today"]),
        rendered=spec.get("rendered", False),
    )


def body_of(name: str) -> bytes:
    """The bytes of a fixture's page."""
    spec = specification(name)
    if "html" in spec:
        text: str = spec["html"]
        return text.encode(spec.get("encoding", "utf-8"))
    return (FIXTURES / name / spec.get("file", "page.html")).read_bytes()


@cache
def specification(name: str) -> dict[str, Any]:
    """The folder's expected.json: url, today, content_type, file, expect; or the line of that name."""
    if name in _lines():
        return _lines()[name]
    found: dict[str, Any] = json.loads((FIXTURES / name / "expected.json").read_text("utf-8"))
    return found


@cache
def _lines() -> dict[str, dict[str, Any]]:
    """The pages of the line files, by file and name."""
    found: dict[str, dict[str, Any]] = {}
    for path in sorted(FIXTURES.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            spec = json.loads(line)
            found[f"{path.stem}/{spec['name']}"] = spec
    return found


def families() -> list[str]:
    """The names of all pages."""
    return sorted([path.parent.name for path in FIXTURES.glob("*/expected.json")] + list(_lines()))


def cases() -> Iterator[tuple[str, str, Any]]:
    """Every (folder, field, expected value)."""
    for name in families():
        for field, value in specification(name)["expect"].items():
            yield name, field, value


def _newest(page: Page) -> date | None:
    return max((item.day for item in page.items if item.day), default=None)


def _newest_items(page: Page) -> list[Item]:
    return [item for item in page.items if item.day == _newest(page)]


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


READERS: dict[str, Callable[[Page], Any]] = {
    "adapter": lambda page: page.adapter,
    "charset": lambda page: page.charset,
    "kind": lambda page: page.kind.value,
    "title": lambda page: page.title,
    "column": lambda page: column_of(page)[0],
    "crumbs": lambda page: [link.text for link in page.crumbs],
    "newest": lambda page: _iso(_newest(page)),
    "newest_title": lambda page: _newest_items(page)[0].title if _newest_items(page) else None,
    "titles": lambda page: [item.title for item in page.items],
    "days": lambda page: [_iso(item.day) for item in page.items],
    "urls": lambda page: [item.url for item in page.items],
    "count": lambda page: len(page.items),
    "blocks": lambda page: len({item.block for item in page.items}),
    "undated": lambda page: sum(item.day is None for item in page.items),
    "yearless": lambda page: sum(item.yearless for item in page.items),
    "written": lambda page: sum(item.written for item in page.items),
    "event": lambda page: sum(item.event for item in page.items),
    "pinned": lambda page: [item.title for item in page.items if item.pinned],
    "hidden": lambda page: [item.title for item in page.items if item.hidden],
    "pager": lambda page: list(page.pager),
    "page_count": lambda page: page.page_count,
    "article_date": lambda page: _iso(believe(page.dates).day),
    "date_source": lambda page: source.value if (source := believe(page.dates).source) else None,
    "marks": lambda page: list(page.marks),
    "identifier": lambda page: page.identifier,
    "tags": lambda page: dict(page.tags),
    "forward": lambda page: page.forward,
    "frames": lambda page: list(page.frames),
    "shell": lambda page: bool(page.shell),
    "foot_shell": lambda page: bool(page.foot_shell),
    "soft_404": lambda page: page.soft_404,
    "empty_notice": lambda page: page.empty_notice,
    "source": lambda page: page.source,
    "document_no": lambda page: page.document_no,
    "index_no": lambda page: page.index_no,
    "attachments": lambda page: [link.text for link in page.attachments],
    "feeds": lambda page: list(page.feeds),
    "nav": lambda page: [link.text for link in page.links if link.region is Region.NAV],
    "nav_has": lambda page: [link.text for link in page.links],
    "body_links": lambda page: [link.url for link in page.links if link.region is Region.BODY],
    "concealed": lambda page: [link.url for link in page.concealed],
    "concealed_how": lambda page: [link.how for link in page.concealed],
    "channels": lambda page: list(page.channels),
    "fields": lambda page: [name for form in page.forms for name in form.fields],
    "tables": lambda page: [[len(grid), len(grid[0])] for grid in page.tables],
    "first_table": lambda page: [list(row) for row in page.tables[0]] if page.tables else [],
    "text_has": lambda page: page.text,
    "text_lacks": lambda page: page.text,
    "scripts": lambda page: list(page.scripts),
}
"""How each field of an expected.json is read off a page."""


def agrees(field: str, expected: Any, found: Any) -> bool:
    """Whether a found value is the expected one: contained for *_has, not contained for *_lacks."""
    if field.endswith("_has"):
        return all(part in found for part in expected)
    if field.endswith("_lacks"):
        return not any(part in found for part in expected)
    return bool(found == expected)
