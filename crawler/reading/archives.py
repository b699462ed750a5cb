"""Documents that are zip archives of XML: Word, Excel, PowerPoint, OFD; guarded against archive bombs."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime, time
from html import unescape
from itertools import islice
from typing import TYPE_CHECKING

from domain.page import Grid

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.table import Table

MAX_UNPACKED = 120_000_000
MAX_RATIO = 150
"""How many times larger than packed a large part may be; real documents stay below 40."""
MAX_PARTS = 5000
MAX_TEXT = 400_000
MAX_TABLES = 40
MAX_ROWS = 2000
MAX_COLUMNS = 60
MAX_CELLS = 40_000
MAX_CELL = 500
MAX_SHEETS = 20
MAX_SECTIONS = 20
MAX_BOXES = 200

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BOX, _PARAGRAPH_TAG, _TEXT_TAG = f"{_WORD}txbxContent", f"{_WORD}p", f"{_WORD}t"

_SLIDE = re.compile(r"^ppt/slides/slide\d+\.xml$")
_OFD_PAGE = re.compile(r"Pages/.*Content\.xml$", re.IGNORECASE)
_PARAGRAPH = re.compile(r"</a:p>")
_SLIDE_WORDS = re.compile(r"<a:t[^>]*>([^<]*)</a:t>|(</a:p>)")
_OFD_WORDS = re.compile(r"<(?:ofd:)?TextCode[^>]*>([^<]*)</(?:ofd:)?TextCode>")


class UnreadableError(Exception):
    """A file that cannot be read; the message says why, in Chinese."""


def _opened(body: bytes) -> zipfile.ZipFile:
    """The archive, if it is none of those made to fill a disk. Raises UnreadableError."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(body))
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise UnreadableError("压缩结构损坏") from error
    parts = archive.infolist()
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise UnreadableError("展开后过大")
    for part in parts:
        if part.file_size > 2_000_000 and part.file_size > MAX_RATIO * max(part.compress_size, 1):
            raise UnreadableError("压缩比异常")
        if part.flag_bits & 1:
            raise UnreadableError("文件已加密")
    return archive


def names_in(body: bytes) -> tuple[str, ...]:
    """The names of an archive's parts. Raises UnreadableError."""
    with _opened(body) as archive:
        return tuple(part.filename for part in archive.infolist())


def read_docx(body: bytes) -> tuple[str, tuple[Grid, ...]]:
    """The text and tables of a Word document, in its order. Raises UnreadableError."""
    _opened(body).close()
    from docx import Document  # large, and few processes ever meet a document
    from docx.table import Table

    document = Document(io.BytesIO(body))
    lines = list(dict.fromkeys(_margins(document)))
    grids: list[Grid] = []
    for part in document.iter_inner_content():
        if isinstance(part, Table):
            grid = _docx_grid(part)
            if len(grids) < MAX_TABLES and grid:
                grids.append(grid)
            lines.extend(" ".join(dict.fromkeys(cell for cell in row if cell)) for row in grid)
        elif part.text.strip():
            lines.append(" ".join(part.text.split()))
    return "\n".join(line for line in lines if line)[:MAX_TEXT], tuple(grids)


def _margins(document: "WordDocument") -> Iterator[str]:
    """What stands outside the run of the text: heads of pages and boxes, where marks of secrecy are."""
    for section in islice(document.sections, MAX_SECTIONS):
        for head in (section.first_page_header, section.header):
            if not head.is_linked_to_previous:
                yield from _paragraphs(head._element)
    for box in islice(document.element.body.iter(_BOX), MAX_BOXES):
        yield from _paragraphs(box)


def _paragraphs(element: "BaseOxmlElement") -> Iterator[str]:
    for paragraph in islice(element.iter(_PARAGRAPH_TAG), MAX_BOXES):
        words = "".join(text.text or "" for text in paragraph.iter(_TEXT_TAG))
        if words.strip():
            yield " ".join(words.split())


def _docx_grid(table: "Table") -> Grid:
    rows: list[tuple[str, ...]] = []
    room = MAX_CELLS
    known: dict[object, str] = {}
    for row in table.rows[:MAX_ROWS]:
        cells = row.cells[:MAX_COLUMNS]
        room -= len(cells)
        if room < 0:
            break
        made = []
        for cell in cells:
            if cell._tc not in known:  # a merged cell comes once for every place it covers
                known[cell._tc] = " ".join(cell.text.split())[:MAX_CELL]
            made.append(known[cell._tc])
        rows.append(tuple(made))
    return squared(rows)


def squared(rows: Iterable[tuple[str, ...]]) -> Grid:
    """Rows brought to one width, empty rows and columns at the end left out."""
    kept = [_without_tail(row) for row in rows]
    while kept and not any(kept[-1]):
        kept.pop()
    width = max((len(row) for row in kept), default=0)
    return tuple(row + ("",) * (width - len(row)) for row in kept)


def _without_tail(row: tuple[str, ...]) -> tuple[str, ...]:
    filled = next((n for n in range(len(row), 0, -1) if row[n - 1]), 0)
    return row[:filled]


def read_xlsx(body: bytes) -> tuple[str, tuple[Grid, ...]]:
    """The sheets of a workbook as tables and text. Raises UnreadableError."""
    _opened(body).close()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from openpyxl import load_workbook

        book = load_workbook(io.BytesIO(body), read_only=True, data_only=True)
    try:
        grids: list[Grid] = []
        room = MAX_CELLS
        for sheet in book.worksheets[:MAX_SHEETS]:
            rows: list[tuple[str, ...]] = []
            for row in sheet.iter_rows(max_row=MAX_ROWS, max_col=MAX_COLUMNS, values_only=True):
                room -= len(row)
                if room < 0:
                    break
                rows.append(tuple(shown(value) for value in row))
            grid = squared(rows)
            if grid:
                grids.append(grid)
    finally:
        book.close()
    return text_of(grids), tuple(grids)


def shown(value: object) -> str:
    """A cell as text: a moment at midnight is a date, a whole number bears no point."""
    if value is None:
        return ""
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return " ".join(str(value).split())[:MAX_CELL]


def text_of(grids: Iterable[Grid]) -> str:
    """The cells of tables as lines of text."""
    lines = (" ".join(cell for cell in row if cell) for grid in grids for row in grid)
    return "\n".join(line for line in lines if line)[:MAX_TEXT]


def read_pptx(body: bytes) -> tuple[str, tuple[Grid, ...]]:
    """The words of a presentation. Raises UnreadableError."""
    with _opened(body) as archive:
        names = sorted(name for name in archive.namelist() if _SLIDE.match(name))[:300]
        sources = [archive.read(name).decode("utf-8", "replace") for name in names]
    words = (match for source in sources for match in _SLIDE_WORDS.finditer(source))
    text = "".join("\n" if match.group(2) else unescape(match.group(1)) for match in words)
    return "\n".join(line.strip() for line in text.split("\n") if line.strip())[:MAX_TEXT], ()


def read_ofd(body: bytes) -> tuple[str, tuple[Grid, ...]]:
    """The words of an OFD document (GB/T 33190), one line a run of characters. Raises UnreadableError."""
    with _opened(body) as archive:
        names = [name for name in archive.namelist() if _OFD_PAGE.search(name)][:300]
        sources = [archive.read(name).decode("utf-8", "replace") for name in names]
    words = (unescape(match) for source in sources for match in _OFD_WORDS.findall(source))
    return "\n".join(words)[:MAX_TEXT], ()
