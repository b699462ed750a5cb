import struct

import pytest

from crawler.reading import wordfile
from crawler.reading.wordfile import DamagedError, read_streams, table_stream

START = 0x200


def streams(*pieces: str, packed: str = "") -> tuple[bytes, bytes]:
    """A document's main and table stream; `packed` is a last piece of one byte a character."""
    encoded = [piece.encode("utf-16-le") for piece in pieces]
    places, at = [], START
    for piece in encoded:
        places.append(at)
        at += len(piece)
    lengths = [len(piece) for piece in pieces]
    if packed:
        encoded.append(packed.encode("cp1252"))
        places.append(at * 2 | 0x40000000)
        lengths.append(len(packed))
    ends = [sum(lengths[:count]) for count in range(len(lengths) + 1)]
    table = struct.pack(f"<{len(ends)}I", *ends)
    table += b"".join(struct.pack("<HIH", 0, place, 0) for place in places)
    clx = b"\x01\x02\x00ab" + b"\x02" + struct.pack("<I", len(table)) + table
    head = bytearray(START)
    struct.pack_into("<H", head, 0x0A, 0x0200)
    struct.pack_into("<II", head, 0x01A2, 4, len(clx))
    return bytes(head) + b"".join(encoded), b"head" + clx


def test_text_of_all_pieces_in_order() -> None:
    assert read_streams(*streams("一、总体", "情况\r正文。\r", packed="abc")) == (
        "一、总体情况\n正文。\nabc",
        (),
    )


def test_a_heading_below_a_table_stands_on_its_own_line() -> None:
    text, grids = read_streams(
        *streams("上文\r规章\x070\x070\x07\x07规范性文件\x071\x075\x07\x07三、收到和处理情况\r")
    )
    assert text == "上文\n规章 0 0\n规范性文件 1 5\n三、收到和处理情况"
    assert grids == ((("规章", "0", "0"), ("规范性文件", "1", "5")),)


def test_merged_cells() -> None:
    """Those merged downwards come as empty cells, those merged across as one."""
    text, grids = read_streams(
        *streams("本年新收\x073\x07\x07不予公开\x07国家秘密\x071\x07\x07\x07内部事务\x072\x07\x07")
    )
    assert grids == ((("本年新收", "本年新收", "3"), ("不予公开", "国家秘密", "1"), ("", "内部事务", "2")),)
    assert text.splitlines()[-1] == "内部事务 2"


def test_a_cell_of_several_paragraphs_is_one() -> None:
    _, grids = read_streams(*streams("地址\x07人民路\r8号\x07\x07"))
    assert grids == ((("地址", "人民路 8号"),),)


def test_codes_of_fields_are_no_text() -> None:
    text, _ = read_streams(*streams('见\x13 HYPERLINK "x" \x14附件\x15，第\x0b二行\r'))
    assert text == "见附件，第\n二行"


def test_which_table_stream() -> None:
    document, _ = streams("a")
    assert table_stream(document) == "1Table"
    assert table_stream(bytes(START)) == "0Table"
    with pytest.raises(DamagedError):
        table_stream(bytes(10) + b"\x00\x01" + bytes(START))


@pytest.mark.parametrize("cut", [0, 3, 12, 20])
def test_damaged_streams(cut: int) -> None:
    document, table = streams("正文")
    with pytest.raises(DamagedError):
        read_streams(document, table[:cut])
    with pytest.raises(DamagedError):
        read_streams(document[:20], table)


def test_no_more_than_the_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wordfile, "MAX_TEXT", 3)
    assert read_streams(*streams("一二三四五"))[0] == "一二三"
    monkeypatch.setattr(wordfile, "MAX_PIECES", 1)
    with pytest.raises(DamagedError):
        read_streams(*streams("一", "二"))
