"""Files of the old binary Office formats, as far as an installed library reads them."""

import io
from importlib import import_module
from types import ModuleType

from crawler.reading.archives import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    UnreadableError,
    shown,
    squared,
    text_of,
)
from crawler.reading.wordfile import DamagedError, read_streams, table_stream
from domain.page import Grid

MAX_TEXT = 400_000


def _installed(name: str) -> ModuleType:
    try:
        return import_module(name)
    except ImportError as error:
        raise UnreadableError("旧版 Office 格式，本机未安装可读取它的组件") from error


def read_doc(body: bytes) -> tuple[str, tuple[Grid, ...]]:
    """The text and tables of a Word 97–2003 file (.doc, .wps); text alone where its streams are odd.

    Raises UnreadableError where no library is installed.
    """
    library = _installed("legacy_doc")
    try:
        reader = _installed("legacy_doc.ole").OleReader(body, options=library.ExtractionOptions())
        document = bytes(reader.read_stream("WordDocument"))
        found = read_streams(document, bytes(reader.read_stream(table_stream(document))))
    except (DamagedError, library.LegacyDocError):
        found = "", ()
    if found[0]:
        return found
    text = str(library.extract_text(body).text)
    lines = (" ".join(line.split()) for line in text.replace("\r", "\n").replace("\x07", "\t").split("\n"))
    return "\n".join(line for line in lines if line)[:MAX_TEXT], ()


def read_xls(body: bytes) -> tuple[str, tuple[Grid, ...]]:
    """The sheets of an Excel 97–2003 file (.xls, .et). Raises UnreadableError as read_doc does."""
    book = _installed("python_calamine").CalamineWorkbook.from_filelike(io.BytesIO(body))
    grids: list[Grid] = []
    room = MAX_CELLS
    for name in book.sheet_names[:20]:
        rows: list[tuple[str, ...]] = []
        for row in book.get_sheet_by_name(name).to_python()[:MAX_ROWS]:
            room -= len(row)
            if room < 0:
                break
            rows.append(tuple(shown(value) for value in row[:MAX_COLUMNS]))
        grid = squared(rows)
        if grid:
            grids.append(grid)
    return text_of(grids), tuple(grids)
