"""The findings as a workbook: one sheet of findings, one of counts. Texts are texts, never formulas."""

import io
import os
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import xlsxwriter
from xlsxwriter.url import Url

from domain.finding import CASE_TITLES, Finding
from domain.observation import CHINA
from storage.column_types import whole_characters
from storage.export.lines import KIND_TITLES, severity_words
from storage.export.shapes import Names, check_title

MOST_LINKS = 60_000
"""Office software takes 65,530 links a sheet."""

LONGEST_LINK = 2000
LONGEST_CELL = 32_000
PICTURES = ("marked", "screenshot")
"""Kinds of evidence that the picture column prefers, best first."""

HEADERS = (
    ("编号", 19),
    ("检查项", 22),
    ("单位", 24),
    ("类别", 8),
    ("网站或账号", 24),
    ("对象", 24),
    ("问题", 60),
    ("程度", 8),
    ("状态", 10),
    ("首次发现", 17),
    ("最近发现", 17),
    ("发现次数", 9),
    ("适用指标", 22),
    ("网址", 40),
    ("截图", 12),
    ("佐证", 40),
    ("对象标识", 40),
    ("检查项编号", 24),
    ("单位编码", 10),
    ("网站或账号编号", 14),
)


LINE_HEIGHT = 15
"""Points; heights are set, since not every program finds them by itself and text would be cut off."""

MOST_LINES = 27
"""No row of a workbook is higher than 409 points."""

PRINTED = 13
"""Columns that are printed: up to the indicators, without the id."""


def findings_xlsx(
    findings: Iterable[Finding], path: Path, names: Names | None = None, data: Path | None = None
) -> None:
    """Writes the workbook. Links to evidence are relative: from the workbook to the data folder.

    `data` None: the workbook lies in the data folder itself. Raises OSError when it cannot be written.
    """
    _write(str(path), findings, names or Names(), _prefix(path, data))


def findings_xlsx_bytes(findings: Iterable[Finding], names: Names | None = None) -> bytes:
    """The workbook's bytes; its links hold when it is put into the data folder."""
    out = io.BytesIO()
    _write(out, findings, names or Names(), "")
    return out.getvalue()


def _prefix(path: Path, data: Path | None) -> str:
    if data is None:
        return ""
    way = Path(os.path.relpath(data.resolve(), path.resolve().parent)).as_posix()
    return "" if way == "." else f"{way}/"


def _write(out: Any, findings: Iterable[Finding], names: Names, prefix: str) -> None:
    book = xlsxwriter.Workbook(
        out,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    try:
        counted = _FindingSheet(book, names, prefix).write(findings)
        _write_counts(book, counted)
    finally:
        book.close()


def relative_link(path: str) -> Any:
    """A link to a file beside the workbook, with slashes: not every system's software follows backslashes."""
    link = Url(f"external:{path}")
    link._relationship_link = quote(path)
    return link


def _lines(column: int, text: str) -> int:
    """How many lines a text takes in its column; a Chinese character is as wide as two letters.

    A fifth of the width is left over, since lines break between words.
    """
    width = sum(1 if character.isascii() else 2 for character in text)
    return min(MOST_LINES, -(-width // (HEADERS[column][1] * 4 // 5)) or 1)


class _FindingSheet:
    """The sheet of findings, row by row, counting as it goes."""

    def __init__(self, book: Any, names: Names, prefix: str) -> None:
        self.names = names
        self.prefix = prefix
        self.page = book.add_worksheet("检查结果")
        self.head = book.add_format({"bold": True, "bg_color": "#DDEBF7", "border": 1, "valign": "vcenter"})
        self.wrap = book.add_format({"text_wrap": True, "valign": "top"})
        self.date = book.add_format({"num_format": "yyyy-mm-dd hh:mm", "valign": "top"})
        self.link = book.add_format({"font_color": "#0563C1", "underline": 1, "valign": "top"})
        self.links = 0

    def write(self, findings: Iterable[Finding]) -> Counter[tuple[str, str, str]]:
        """Writes all rows; gives the counts by check, words of severity and state."""
        for column, (title, width) in enumerate(HEADERS):
            self.page.set_column(column, column, width)
            self.page.write_string(0, column, title, self.head)
        self.page.freeze_panes(1, 2)
        self.page.set_landscape()
        self.page.set_paper(8)  # A3
        self.page.fit_to_pages(1, 0)
        self.page.repeat_rows(0)
        counted: Counter[tuple[str, str, str]] = Counter()
        row = 0
        for row, finding in enumerate(findings, start=1):
            self._write_row(row, finding)
            weight = severity_words(finding.severity, finding.trial)
            counted[check_title(finding.check), weight, finding.state.value] += 1
        self.page.autofilter(0, 0, max(row, 1), len(HEADERS) - 1)
        self.page.print_area(0, 1, max(row, 1), PRINTED - 1)
        return counted

    def _write_row(self, row: int, finding: Finding) -> None:
        pictures = sorted(
            (file for file in finding.evidence if file.kind in PICTURES),
            key=lambda file: (PICTURES.index(file.kind), -file.captured_at.timestamp()),
        )
        texts = {**dict(enumerate(self._texts(finding))), 12: "、".join(finding.indicators)}
        self.page.set_row(row, LINE_HEIGHT * max(map(_lines, texts, texts.values())))
        for column, text in texts.items():
            self._text(row, column, text)
        for column, instant in ((9, finding.first_seen), (10, finding.last_seen)):
            local = instant.astimezone(CHINA).replace(tzinfo=None)
            self.page.write_datetime(row, column, local, self.date)
        self.page.write_number(row, 11, finding.sightings, self.wrap)
        if finding.url.startswith(("http://", "https://")):
            self._link(row, 13, whole_characters(finding.url), finding.url)
        else:
            self._text(row, 13, finding.url)
        if pictures:
            self._link(row, 14, relative_link(self.prefix + pictures[0].path), "查看截图")
        self._text(row, 15, "\n".join(file.path for file in finding.evidence))
        for column, text in enumerate(
            (finding.subject, finding.check, finding.unit, finding.target), start=16
        ):
            self._text(row, column, text)

    def _texts(self, finding: Finding) -> Sequence[str]:
        return (
            finding.id,
            check_title(finding.check),
            self.names.unit(finding.unit),
            KIND_TITLES.get(finding.target_kind, finding.target_kind),
            self.names.target(finding.target),
            finding.subject_name,
            finding.summary,
            severity_words(finding.severity, finding.trial),
            CASE_TITLES[finding.state],
        )

    def _text(self, row: int, column: int, text: str) -> None:
        self.page.write_string(row, column, whole_characters(text)[:LONGEST_CELL], self.wrap)

    def _link(self, row: int, column: int, target: Any, words: str) -> None:
        if len(str(target)) > LONGEST_LINK or self.links >= MOST_LINKS:
            self._text(row, column, words)
            return
        self.links += 1
        shown = whole_characters(words)[:LONGEST_CELL]
        if not isinstance(target, str):
            target.text = shown
        self.page.write_url(row, column, target, self.link, shown)


def _write_counts(book: Any, counted: Counter[tuple[str, str, str]]) -> None:
    page = book.add_worksheet("汇总")
    head = book.add_format({"bold": True, "bg_color": "#DDEBF7", "border": 1})
    states = [state for state in CASE_TITLES if any(key[2] == state.value for key in counted)]
    titles = ["检查项", "程度", *(CASE_TITLES[state] for state in states), "合计"]
    page.set_column(0, 0, 28)
    page.freeze_panes(1, 0)
    for column, title in enumerate(titles):
        page.write_string(0, column, title, head)
    lines = sorted({(check, severity) for check, severity, _ in counted})
    for row, (check, severity) in enumerate(lines, start=1):
        numbers = [counted[check, severity, state.value] for state in states]
        page.write_string(row, 0, check)
        page.write_string(row, 1, severity)
        for column, number in enumerate([*numbers, sum(numbers)], start=2):
            page.write_number(row, column, number)
