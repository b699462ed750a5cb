"""Entries that a page carries as data in its scripts and shows by script."""

import re
from collections import Counter
from datetime import date

from crawler.address import looks_like_article
from crawler.reading.feed import item_of
from crawler.reading.tree import Tree
from domain.page import Item

_OBJECT = re.compile(r"\{([^{}]{10,1500})\}")
_PAIR = re.compile(
    r"[\"']?(\w{1,30})[\"']?\s*:\s*(?:\"((?:[^\"\\]|\\.){0,400})\"|'((?:[^'\\]|\\.){0,400})'|(\d{8,13})\b)"
)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))")
_TITLED = re.compile(r"title|subject|name", re.IGNORECASE)
MAX_SCRIPT = 300_000
MAX_OBJECTS = 2000


def inline_items(tree: Tree, base: str, today: date) -> tuple[Item, ...]:
    """The records in the page's inline scripts: at least two of one shape, each with a title and the address
    of an article or a date.
    """
    records: list[dict[str, object]] = []
    for element in tree.of("script"):
        if tree.attribute(element, "src"):
            continue
        for match in _OBJECT.finditer(tree.raw(element)[:MAX_SCRIPT]):
            if _TITLED.search(match.group(1)) and len(records) < MAX_OBJECTS:
                records.append(_record(match.group(1)))
    if len(records) < 2:
        return ()
    shape, count = Counter(frozenset(record) for record in records).most_common(1)[0]
    items = [item_of(record, base, today) for record in records if frozenset(record) == shape]
    items = [item for item in items if item.title and (item.day or looks_like_article(item.url))]
    whole = len(items) >= max(2, count * 0.8) and any(item.day for item in items)
    return tuple(items) if whole else ()


def _record(text: str) -> dict[str, object]:
    return {
        key: int(number) if number else _ESCAPE.sub(_unescaped, double or single)
        for key, double, single, number in _PAIR.findall(text)
    }


def _unescaped(match: re.Match[str]) -> str:
    if match.group(1):
        character = chr(int(match.group(1), 16))
        return "" if "\ud800" <= character <= "\udfff" else character
    return match.group(2)
