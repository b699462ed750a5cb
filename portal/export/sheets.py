"""One look for all workbooks: titles, headings, texts that stay texts, links, small pictures of evidence."""

import io
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import xlsxwriter

from storage.column_types import whole_characters
from storage.export.workbook import relative_link

LINE_HEIGHT = 13.5
MOST_HEIGHT = 400
LONGEST_CELL = 32_000
LONGEST_LINK = 2_000
WHOLE_PICTURE = "查看原图"
A3, A4, WIDEST_A4 = 8, 9, 170
"""Paper sizes as the format numbers them; a list of more characters than that is printed on A3."""
MOST_LINKS = 60_000
"""Office software takes 65,530 links a sheet."""


class Heading(NamedTuple):
    """A column: its title, its width in characters, and how its cells are shown."""

    title: str
    width: int
    kind: str = "text"


class Book:
    """A workbook in the making. Texts are written as texts, whatever they begin with."""

    def __init__(self, out: Path | io.BytesIO, title: str) -> None:
        """Raises OSError on closing when the file cannot be written."""
        target = str(out) if isinstance(out, Path) else out
        self.book = xlsxwriter.Workbook(
            target,
            {
                "constant_memory": False,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        self.book.set_properties({"title": title, "comments": ""})
        font = {"font_name": "宋体", "font_size": 10, "valign": "vcenter"}
        cell = {**font, "border": 1, "border_color": "#A6A6A6", "text_wrap": True}
        self.formats: dict[str, Any] = {
            "title": self._format(font, font_name="黑体", font_size=16, align="center"),
            "note": self._format(font, font_color="#595959", text_wrap=True),
            "head": self._format(cell, bold=True, bg_color="#DDEBF7", align="center"),
            "text": self._format(cell, num_format="@"),
            "centre": self._format(cell, num_format="@", align="center"),
            "number": self._format(cell, num_format="General", align="center"),
            "strong": self._format(cell, num_format="General", align="center", bold=True),
            "link": self._format(cell, font_color="#0563C1", underline=1),
            "below": self._format(
                cell, font_color="#0563C1", underline=1, font_size=8, align="center", valign="bottom"
            ),
            "loss": self._format(cell, num_format="+General;[Red]-General;0", align="center"),
            "group": self._format(cell, num_format="@", align="center", bold=True, bg_color="#F2F2F2"),
        }

    def _format(self, *parts: dict[str, Any], **more: Any) -> Any:
        whole: dict[str, Any] = {}
        for part in (*parts, more):
            whole |= part
        return self.book.add_format(whole)

    def page(self, name: str, title: str, headings: Sequence[Heading], note: str = "") -> "Page":
        """A sheet with title, note and headings, ready for rows; prints on landscape A4, one page wide."""
        return Page(self, name, title, headings, note)

    def close(self) -> None:
        """Writes the file. Raises OSError when it cannot be written."""
        try:
            self.book.close()
        except xlsxwriter.exceptions.FileCreateError as error:
            raise OSError(str(error)) from error


class Page:
    """A sheet; rows are written one after the other, lists can be filtered and stay under their headings."""

    def __init__(self, book: Book, name: str, title: str, headings: Sequence[Heading], note: str) -> None:
        """Writes title, note and headings."""
        self.formats = book.formats
        self.headings = headings
        self.sheet = book.book.add_worksheet(name)
        last = len(headings) - 1
        self.sheet.merge_range(0, 0, 0, last, title, self.formats["title"])
        self.sheet.set_row(0, 30)
        if note:
            self.sheet.merge_range(1, 0, 1, last, text_of(note), self.formats["note"])
            width = sum(heading.width for heading in headings)
            self.sheet.set_row(1, 5 + LINE_HEIGHT * lines_of(note, width))
        self.sheet.set_row(2, 5 + LINE_HEIGHT * max(lines_of(h.title, h.width) for h in headings))
        for column, heading in enumerate(headings):
            self.sheet.set_column(column, column, heading.width)
            self.sheet.write_string(2, column, heading.title, self.formats["head"])
        self.sheet.freeze_panes(3, 0)
        self.sheet.set_landscape()
        wide = sum(heading.width for heading in headings) > WIDEST_A4
        self.sheet.set_paper(A3 if wide else A4)
        self.sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.repeat_rows(2)
        self.sheet.set_footer("&C第 &P 页，共 &N 页")
        self.row = 3
        self.links = 0

    @property
    def count(self) -> int:
        """How many rows were written."""
        return self.row - 3

    def add(self, values: Sequence[Any], height: float | None = None) -> int:
        """Writes a row and gives its number."""
        row = self.row
        self.sheet.set_row(row, max(height or 0, self._height(values)))
        for column, (value, heading) in enumerate(zip(values, self.headings, strict=True)):
            self.put(row, column, value, heading.kind)
        self.row += 1
        return row

    def _height(self, values: Sequence[Any]) -> float:
        """How high a row must be for its longest text; not every office software fits rows by itself."""
        most = 1
        for value, heading in zip(values, self.headings, strict=True):
            if isinstance(value, str | Link):
                text = value if isinstance(value, str) else value.text or value.target
                most = max(most, lines_of(text, heading.width))
        return min(MOST_HEIGHT, 5 + LINE_HEIGHT * most)

    def put(self, row: int, column: int, value: Any, kind: str) -> None:
        """Writes one cell: numbers as numbers, `Link`s as links, everything else as text."""
        shape = self.formats[kind]
        if value is None or value == "":
            self.sheet.write_blank(row, column, None, shape)
        elif isinstance(value, Link):
            self._link(row, column, value)
        elif isinstance(value, int | float):
            self.sheet.write_number(row, column, value, shape)
        else:
            self.sheet.write_string(row, column, text_of(str(value)), shape)

    def _link(self, row: int, column: int, link: "Link", kind: str = "link") -> None:
        self.links += 1
        if self.links > MOST_LINKS or len(link.target) > LONGEST_LINK or not link.followable:
            self.sheet.write_string(row, column, text_of(link.text or link.target), self.formats["text"])
            return
        target = relative_link(link.target) if link.local else link.target
        self.sheet.write_url(
            row, column, target, self.formats[kind], string=text_of(link.text or link.target)[:255]
        )

    def picture(self, row: int, column: int, image: bytes, link: "Link") -> None:
        """Puts a small picture into a cell, a link below it; clicking either opens the whole one."""
        self.links -= 1
        self._link(row, column, Link(link.target, WHOLE_PICTURE, link.local), "below")
        self.sheet.insert_image(
            row,
            column,
            link.text,
            {
                "image_data": io.BytesIO(image),
                "x_offset": 3,
                "y_offset": 3,
                "object_position": 1,
                "url": relative_link(link.target) if link.local else link.target,
                "description": f"截图 {link.text}",
            },
        )

    def merge(self, first: int, last: int, column: int, value: Any, kind: str) -> None:
        """One cell over several rows."""
        if last > first:
            self.sheet.merge_range(first, column, last, column, "", self.formats[kind])
        self.put(first, column, value, kind)

    def across(self, values: Sequence[Any], spans: Sequence[tuple[int, int]], kind: str = "centre") -> int:
        """Writes a row in which some cells lie over several columns; `kind` is how the last span is shown."""
        row = self.row
        wide = {first: sum(h.width for h in self.headings[first : last + 1]) for first, last in spans}
        tall = max(
            (lines_of(str(values[first]), width) for first, width in wide.items() if values[first]), default=1
        )
        self.sheet.set_row(row, min(MOST_HEIGHT, 5 + LINE_HEIGHT * tall))
        for column, (value, heading) in enumerate(zip(values, self.headings, strict=True)):
            self.put(row, column, value, heading.kind)
        for first, last in spans:
            shape = kind if first == spans[-1][0] else "centre"
            self.sheet.merge_range(row, first, row, last, "", self.formats[shape])
            self.put(row, first, values[first], shape)
        self.row += 1
        return row

    def close(self, *, filtered: bool = True) -> None:
        """Ends the list: a filter over its headings, and the area that is printed."""
        last = max(self.row - 1, 3)
        if filtered:
            self.sheet.autofilter(2, 0, last, len(self.headings) - 1)
        self.sheet.print_area(0, 0, last, len(self.headings) - 1)


def lines_of(text: str, width: int) -> int:
    """How many lines a text takes in a column of so many characters; a Chinese character takes two."""
    room = max(width - 1, 1)
    return sum(1 + max(width_of(part) - 1, 0) // room for part in text.split("\n"))


def width_of(text: str) -> int:
    """How many columns a text is wide."""
    return sum(2 if unicodedata.east_asian_width(character) in "FWA" else 1 for character in text)


class Link(NamedTuple):
    """A link: to the web, or (`local`) to a file beside the workbook."""

    target: str
    text: str = ""
    local: bool = False

    @property
    def followable(self) -> bool:
        """Whether it may be clicked: files of ours, and addresses of the web alone."""
        return self.local or self.target.startswith(("http://", "https://"))


CONTROLS = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127, 0xFFFE, 0xFFFF))


def text_of(value: str) -> str:
    """A text as cells and paragraphs take it: whole characters, no control characters, not too long."""
    text = whole_characters(value).translate(CONTROLS)
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…"
