"""What is written as HTML, as the paragraphs and tables of a word processor's document."""

import re
from html import unescape

from sample.oldoffice import Part

_TABLE = re.compile(r"<table.*?</table>", re.DOTALL)
_ROW = re.compile(r"<tr[^>]*>(.*?)</tr>", re.DOTALL)
_CELL = re.compile(r"<t[dh]([^>]*)>(.*?)</t[dh]>", re.DOTALL)
_DOWN = re.compile(r'rowspan="(\d+)"')
_ACROSS = re.compile(r'colspan="(\d+)"')
_LINE = re.compile(r"</(?:p|h\d|li|div)>|<br\s*/?>|\n")
_MARK = re.compile(r"<[^>]+>")


def parts_of(html: str) -> tuple[Part, ...]:
    """The parts of a document with the text and tables of the HTML, in their order."""
    found: list[Part] = []
    at = 0
    for table in _TABLE.finditer(html):
        found += _lines(html[at : table.start()])
        found.append(_rows(table[0]))
        at = table.end()
    return (*found, *_lines(html[at:]))


def _lines(html: str) -> list[str]:
    return [words for line in _LINE.split(html) if (words := _plain(line))]


def _plain(html: str) -> str:
    return unescape(_MARK.sub("", html)).strip()


def _rows(table: str) -> tuple[tuple[str, ...], ...]:
    """Cells merged downwards go on as blank ones; those merged across are one, as in the files themselves."""
    rows: list[tuple[str, ...]] = []
    reach: dict[int, tuple[int, int]] = {}
    for row in _ROW.findall(table):
        cells: list[str] = []
        at = 0
        for attributes, words in _CELL.findall(row):
            at = _go_on(cells, at, reach)
            across, down = _span(_ACROSS, attributes), _span(_DOWN, attributes)
            if down > 1:
                reach[at] = down - 1, across
            cells.append(_plain(words))
            at += across
        _go_on(cells, at, reach)
        rows.append(tuple(cells))
    return tuple(rows)


def _span(name: re.Pattern[str], attributes: str) -> int:
    found = name.search(attributes)
    return int(found[1]) if found else 1


def _go_on(cells: list[str], at: int, reach: dict[int, tuple[int, int]]) -> int:
    """Adds the blank cells at which merged ones of earlier rows still stand; the column after them."""
    while at in reach:
        left, across = reach.pop(at)
        if left > 1:
            reach[at] = left - 1, across
        cells.append("")
        at += across
    return at
