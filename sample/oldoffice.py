"""Files of the old binary Office family that pages link: .doc and .wps, .xls; the same bytes every time.

Compound files ([MS-CFB]) whose streams hold text in one piece ([MS-DOC] 2.4.1) or cells ([MS-XLS] 2.1.7).
"""

import struct
from collections.abc import Sequence

DOC = "application/msword"
XLS = "application/vnd.ms-excel"
WPS = "application/kswps"

Row = Sequence[str]
Part = str | Sequence[Row]
"""A paragraph, or a table: rows of cells; what is merged across is one cell, merged downwards blank below."""

_SECTOR = 512
_CUTOFF = 4096
"""Bytes from which a stream lies in sectors of its own; shorter ones are filled up with zeros."""
_FREE, _END, _FAT, _NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
_CELL, _LINE = "\x07", "\r"
_CIPHER = 0xB7


def doc(parts: Sequence[Part], *, sealed: bool = False) -> bytes:
    """A Word 97–2003 document of paragraphs and tables; WPS writes the same under the name .wps.

    One that is `sealed` asks for a password: its text is there, but in cipher.
    """
    text = "".join(part + _LINE if isinstance(part, str) else _table(part) for part in parts)
    begin = 0x800
    body = text.encode("utf-16-le")
    if sealed:
        body = bytes(byte ^ _CIPHER for byte in body)
    piece = struct.pack("<II", 0, len(body) // 2) + struct.pack("<HIH", 0, begin, 0)
    clx = b"\x02" + struct.pack("<I", len(piece)) + piece
    head = bytearray(begin)
    struct.pack_into("<HHHHH", head, 0, 0xA5EC, 0x00C1, 0, 0x0804, 0)
    struct.pack_into("<HH", head, 0x0A, 0x0300 if sealed else 0x0200, 0x00BF)
    struct.pack_into("<II", head, 0x18, begin, begin + len(body))
    struct.pack_into("<H", head, 0x20, 14)
    struct.pack_into("<H", head, 0x3E, 22)
    struct.pack_into("<II", head, 0x40, begin + len(body), 0)
    struct.pack_into("<I", head, 0x4C, len(body) // 2)
    struct.pack_into("<H", head, 0x98, 0x5D)
    struct.pack_into("<II", head, 0x01A2, 0, len(clx))
    return _compound({"WordDocument": bytes(head) + body, "1Table": clx})


def _table(rows: Sequence[Row]) -> str:
    return "".join("".join(cell + _CELL for cell in row) + _CELL for row in rows)


def xls(rows: Sequence[Row]) -> bytes:
    """An Excel 97–2003 workbook of one sheet; every cell is text. Raises ValueError for too many texts."""
    texts = list(dict.fromkeys(cell for row in rows for cell in row))
    shared = struct.pack("<II", sum(map(len, rows)), len(texts))
    shared += b"".join(struct.pack("<HB", len(text), 1) + text.encode("utf-16-le") for text in texts)
    if len(shared) > 8224:
        raise ValueError("more text than one record holds")
    name = "Sheet1"
    begins = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6))
    begins += _record(0x0042, struct.pack("<H", 1200))
    ends = _record(0x00FC, shared) + _record(0x000A, b"")
    known = len(begins) + 4 + 8 + len(name) + len(ends)
    sheet_name = struct.pack("<BB", len(name), 0) + name.encode("ascii")
    globals_ = begins + _record(0x0085, struct.pack("<IH", known, 0) + sheet_name) + ends
    return _compound({"Workbook": globals_ + _sheet(rows, texts)})


def _sheet(rows: Sequence[Row], texts: Sequence[str]) -> bytes:
    width = max(map(len, rows), default=0)
    out = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0, 6))
    out += _record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0))
    for line, row in enumerate(rows):
        for column, cell in enumerate(row):
            out += _record(0x00FD, struct.pack("<HHHI", line, column, 0, texts.index(cell)))
    return out + _record(0x000A, b"")


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _compound(streams: dict[str, bytes]) -> bytes:
    """A compound file of at most three streams."""
    sectors: list[bytes] = []
    links: list[int] = []
    starts = {}
    for name, content in streams.items():
        starts[name] = _lay(content.ljust(_CUTOFF, b"\0"), sectors, links)
    directory = _directory({name: (starts[name], max(len(streams[name]), _CUTOFF)) for name in streams})
    first = _lay(directory, sectors, links)
    tables = 1
    while (len(links) + tables) * 4 > tables * _SECTOR:
        tables += 1
    places = range(len(links), len(links) + tables)
    links += [_FAT] * tables
    table = struct.pack(f"<{len(links)}I", *links).ljust(tables * _SECTOR, b"\xff")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH6xII", 0x3E, 3, 0xFFFE, 9, 6, 0, tables)
    head += struct.pack("<IIIIIII", first, 0, _CUTOFF, _END, 0, _END, 0)
    head += struct.pack("<109I", *places, *[_FREE] * (109 - tables))
    return head + b"".join(sectors) + table


def _lay(content: bytes, sectors: list[bytes], links: list[int]) -> int:
    """Lays a stream into sectors one after the other; the number of its first."""
    first = len(sectors)
    count = -(-len(content) // _SECTOR)
    sectors += [content[at * _SECTOR : (at + 1) * _SECTOR].ljust(_SECTOR, b"\0") for at in range(count)]
    links += [*range(first + 1, first + count), _END]
    return first


def _directory(streams: dict[str, tuple[int, int]]) -> bytes:
    """The root and its streams, which hang at the middle one in the order of the format."""
    names = sorted(streams, key=lambda name: (len(name), name.upper()))
    middle = len(names) // 2
    out = _entry("Root Entry", 5, (_NONE, _NONE, 1 + middle), _END, 0)
    for index, name in enumerate(names):
        sides = (middle, middle + 2) if index == middle else (0, 0)
        left, right = (side if 0 < side <= len(names) else _NONE for side in sides)
        out += _entry(name, 2, (left, right, _NONE), *streams[name])
    return out.ljust(-(-len(out) // _SECTOR) * _SECTOR, b"\0")


def _entry(name: str, kind: int, around: tuple[int, int, int], start: int, size: int) -> bytes:
    written = (name + "\0").encode("utf-16-le")
    return (
        written.ljust(64, b"\0")
        + struct.pack("<HBB", len(written), kind, 1)
        + struct.pack("<III", *around)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )
