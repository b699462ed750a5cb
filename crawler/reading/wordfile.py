"""The text and tables of a Word 97–2003 file, out of its streams ([MS-DOC] 2.4.1: pieces and cell marks).

A cell ends with a mark and a row with another one. Merged cells come as empty ones, so a row whose inner
cells are blank falls apart; it then has too few cells to be taken for a row of figures.
"""

import re
import struct
from collections.abc import Iterator

from crawler.reading.archives import MAX_CELL, MAX_COLUMNS, MAX_ROWS, MAX_TABLES, squared
from domain.page import Grid

MAX_TEXT = 400_000
MAX_PIECES = 50_000

_FLAGS, _CLX = 0x0A, 0x01A2
_PIECE_TABLE = 0x02
_CELL = "\x07"
_FIELD_CODE = re.compile(r"\x13[^\x13-\x15]*\x14?")
_ROW_END = re.compile(r"\x07{2,}")


class DamagedError(ValueError):
    """The streams do not hold what the format says."""


def table_stream(document: bytes) -> str:
    """Which of its two table streams a document uses. Raises DamagedError also where it is encrypted."""
    flags = _number(document, _FLAGS, "<H")
    if flags & 0x0100:
        raise DamagedError("encrypted")
    return "1Table" if flags & 0x0200 else "0Table"


def read_streams(document: bytes, table: bytes) -> tuple[str, tuple[Grid, ...]]:
    """The text and the tables of a document, by its main stream and its table stream. Raises DamagedError."""
    raw = "".join(_pieces(document, _piece_table(document, table)))
    raw = _FIELD_CODE.sub("", raw).replace("\x15", "").replace("\x0b", "\n").replace("\x0c", "\r")
    lines: list[str] = []
    grids: list[Grid] = []
    rows: list[tuple[str, ...]] = []
    for part in _parts(raw):
        if isinstance(part, tuple):
            rows.append(part)
            lines.append(" ".join(cell for cell in part if cell))
            continue
        _close(rows, grids)
        lines.extend(" ".join(line.split()) for line in part.split("\n"))
    _close(rows, grids)
    return "\n".join(line for line in lines if line)[:MAX_TEXT], tuple(grids)


def _close(rows: list[tuple[str, ...]], grids: list[Grid]) -> None:
    """Ends a table. Cells merged across come as one, mostly labels: a short row's first cell is repeated."""
    width = max(map(len, rows), default=0)
    grid = squared(row[:1] * (width - len(row)) + row for row in rows[:MAX_ROWS])
    if len(grids) < MAX_TABLES and grid:
        grids.append(grid)
    rows.clear()


def _parts(raw: str) -> Iterator[str | tuple[str, ...]]:
    """Paragraphs as text and rows as tuples of cells, in their order."""
    held = ""
    for chunk in raw.split("\r"):
        text = f"{held} {chunk}" if held else chunk
        held, leading = "", 0
        at = 0
        for end in _ROW_END.finditer(text):
            cells = text[at : end.start()].split(_CELL)
            yield tuple(_cell(cell) for cell in ([""] * leading + cells)[:MAX_COLUMNS])
            leading, at = len(end[0]) - 2, end.end()
        rest = text[at:]
        if _CELL in rest:
            held = _CELL * leading + rest
        elif rest.strip():
            yield rest


def _cell(text: str) -> str:
    return " ".join(text.split())[:MAX_CELL]


def _piece_table(document: bytes, table: bytes) -> bytes:
    at, size = _number(document, _CLX, "<I"), _number(document, _CLX + 4, "<I")
    clx = table[at : at + size]
    place = 0
    while place < len(clx) and clx[place] == 1:
        place += 3 + _number(clx, place + 1, "<H")
    if place >= len(clx) or clx[place] != _PIECE_TABLE:
        raise DamagedError("no piece table")
    length = _number(clx, place + 1, "<I")
    pieces = clx[place + 5 : place + 5 + length]
    if length < 16 or len(pieces) < length or (length - 4) % 12:
        raise DamagedError("piece table of a wrong size")
    return pieces


def _pieces(document: bytes, pieces: bytes) -> Iterator[str]:
    count = (len(pieces) - 4) // 12
    if count > MAX_PIECES:
        raise DamagedError("too many pieces")
    room = MAX_TEXT
    for index in range(count):
        start, end = struct.unpack_from("<II", pieces, 4 * index)
        where = _number(pieces, 4 * (count + 1) + 8 * index + 2, "<I")
        length = min(end - start, room)
        if length <= 0:
            continue
        room -= length
        if where & 0x40000000:
            at = (where & 0x3FFFFFFF) // 2
            yield document[at : at + length].decode("cp1252", "replace")
        else:
            yield document[where : where + 2 * length].decode("utf-16-le", "replace")


def _number(data: bytes, at: int, form: str) -> int:
    try:
        return int(struct.unpack_from(form, data, at)[0])
    except struct.error as error:
        raise DamagedError("shorter than its header says") from error
