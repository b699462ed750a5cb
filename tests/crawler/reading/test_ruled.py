"""Tables of PDF files: ruled lines and what stands within them, over pages too."""

from collections.abc import Sequence

import pytest

from crawler.reading.overleaf import joined_tables
from crawler.reading.pdf import read_pdf
from crawler.reading.ruled import Ruled

XS = (50, 150, 250, 350)
YS = (700, 680, 660, 640)
WORDS = tuple((XS[column] + 10, YS[row] - 14, f"{row}{column}") for row in range(3) for column in range(3))
LEVEL = tuple((50, y, 350, y) for y in YS)
UPRIGHT = tuple((x, 640, x, 700) for x in XS)

Stroke = tuple[float, float, float, float]


def pdf(lines: Sequence[Stroke], words: Sequence[tuple[float, float, str]], extra: str = "") -> bytes:
    """A page with strokes from point to point and words in Helvetica."""
    drawn = [f"{a} {b} m {c} {d} l S" for a, b, c, d in lines]
    drawn += [f"BT /F1 10 Tf {x} {y} Td ({text}) Tj ET" for x, y, text in words]
    stream = "\n".join([*drawn, extra]).encode()
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R"
        b" /Resources << /Font << /F1 4 0 R >> >> >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
    ]
    body = b"%PDF-1.4\n"
    places = []
    for number, part in enumerate(parts, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(body)
    body += b"xref\n0 6\n0000000000 65535 f \n" + table
    return body + b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % start


def grids(lines: Sequence[Stroke], words: Sequence[tuple[float, float, str]] = WORDS, extra: str = ""):
    return read_pdf(pdf(lines, words, extra))[1]


def test_a_ruled_grid_is_a_table() -> None:
    expected = (("00", "01", "02"), ("10", "11", "12"), ("20", "21", "22"))
    assert grids((*LEVEL, *UPRIGHT)) == (expected,)


def test_lines_drawn_cell_by_cell_and_as_thin_boxes_are_lines_too() -> None:
    pieces = [(x, y, x + 100, y) for y in YS for x in XS[:-1]]
    boxes = "\n".join(f"{x} 640 0.5 60 re f" for x in XS)
    assert grids(pieces, extra=boxes)[0][1] == ("10", "11", "12")


def test_cells_that_no_line_parts_are_one_and_stand_in_every_place() -> None:
    upright = [(50, 640, 50, 700), (150, 640, 150, 680), (250, 640, 250, 700), (350, 640, 350, 700)]
    words = [(60, 686, "both"), *WORDS[2:]]
    assert grids((*LEVEL, *upright), words)[0][0] == ("both", "both", "02")


@pytest.mark.parametrize(
    "lines",
    [
        (),
        LEVEL,
        UPRIGHT,
        (*LEVEL, (50, 640, 50, 700), (350, 640, 350, 700)),
        (  # a cell of the shape of an L
            *(LEVEL[0], *LEVEL[2:], (150, 680, 350, 680)),
            *(UPRIGHT[0], *UPRIGHT[2:], (150, 640, 150, 680)),
        ),
    ],
)
def test_without_a_clear_grid_there_is_no_table(lines: Sequence[Stroke]) -> None:
    assert grids(lines) == ()


def test_two_tables_of_a_page_stand_apart() -> None:
    def lower(lines: Sequence[Stroke]) -> list[Stroke]:
        return [(a, b - 200, c, d - 200) for a, b, c, d in lines]

    found = grids((*LEVEL, *UPRIGHT, *lower(LEVEL), *lower(UPRIGHT)))
    assert [grid[0] for grid in found] == [("00", "01", "02"), ("", "", "")]


def test_a_word_printed_twice_to_make_it_bold_is_read_once() -> None:
    words = [*WORDS, *((x + 0.3, y, text) for x, y, text in WORDS)]
    assert grids((*LEVEL, *UPRIGHT), words)[0][0] == ("00", "01", "02")


# -- over pages ----------------------------------------------------------------------------------------

COLUMNS = (0.0, 10.0, 20.0, 30.0, 40.0, 50.0)


def ruled(*rows: Sequence[str], columns: tuple[float, ...] = COLUMNS) -> tuple[Ruled, ...]:
    return (Ruled(columns=columns, grid=tuple(tuple(row) for row in rows), bottom=0, top=1),)


HEAD = ("情形", "情形", "甲", "乙", "总计")


def test_a_table_goes_on_in_the_same_columns_without_its_repeated_head() -> None:
    found = joined_tables([ruled(HEAD, ("一", "a", "1", "2", "3")), ruled(HEAD, ("二", "b", "4", "5", "9"))])
    assert found == ((HEAD, ("一", "a", "1", "2", "3"), ("二", "b", "4", "5", "9")),)


def test_other_columns_or_a_page_between_make_another_table() -> None:
    one, other = ruled(HEAD), ruled(HEAD, columns=(0.0, 10.0, 20.0, 30.0, 44.0, 60.0))
    assert len(joined_tables([one, other])) == 2
    assert len(joined_tables([one, (), one])) == 2


def test_a_merged_cell_that_reaches_over_the_break_stands_in_the_rows_below_too() -> None:
    found = joined_tables(
        [
            ruled(HEAD, ("三、结果", "a", "1", "2", "3")),
            ruled(("", "b", "0", "0", "0"), ("", "c", "1", "0", "1"), ("四", "d", "0", "0", "0")),
        ]
    )
    assert [row[0] for row in found[0]] == ["情形", "三、结果", "三、结果", "三、结果", "四"]


def test_a_row_cut_in_two_is_one_row_with_its_words_joined() -> None:
    found = joined_tables(
        [
            ruled(HEAD, ("（五", "1.信", "0", "0", "0")),
            ruled(("）不予", "访", "", "", ""), ("）不予", "2.重复", "1", "0", "1")),
        ]
    )
    assert found[0][1:] == (("（五）不予", "1.信访", "0", "0", "0"), ("（五）不予", "2.重复", "1", "0", "1"))


def test_figures_are_never_carried_over_a_break() -> None:
    found = joined_tables(
        [ruled(HEAD, ("一", "a", "1", "2", "3")), ruled(("二", "b", "", "5", "5"), ("三", "c", "1", "", "1"))]
    )
    assert found[0][2:] == (("二", "b", "", "5", "5"), ("三", "c", "1", "", "1"))
