"""What a cell of a report's tables says: a number, or that it is none."""

import pytest

from checks.annual_report.cells import ABSENT, Cell, cell_of, is_figure, tidy, without_empty_columns


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12),
        (" 1 2 ", 12),
        ("１２", 12),
        ("1,234", 1234),
        ("1，234件", 1234),
        ("3.0", 3),
        ("-2", -2),
        ("0", 0),
        ("", None),
        ("/", None),
        ("—", None),
        ("3.5", None),
        ("约3", None),
        ("2（其中1件结转）", None),
        ("1234567890", None),
    ],
)
def test_numbers(text: str, number: int | None) -> None:
    assert cell_of(text).value == number


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (cell_of("7件"), "7"),
        (cell_of(" "), "空白"),
        (cell_of("/"), "斜杠"),
        (cell_of("——"), "短横"),
        (Cell("详见附件一至附件三的说明", None), "“详见附件一至附件三的”"),
        (ABSENT, "“（无此格）”"),
    ],
)
def test_how_a_cell_is_told(cell: Cell, words: str) -> None:
    assert cell.words() == words


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("0", True),
        ("/", True),
        ("2（其中1件）", True),
        ("", False),
        ("1.属于国家秘密", False),
        ("总计", False),
    ],
)
def test_figures_and_labels(text: str, figure: bool) -> None:
    assert is_figure(tidy(text)) is figure


def test_columns_empty_throughout_fall_away_at_the_right_only() -> None:
    rows = [("", "甲", "1", "", ""), ("", "乙", "", ""), ("", "丙")]
    assert without_empty_columns(rows) == [("", "甲", "1"), ("", "乙", ""), ("", "丙")]
    assert without_empty_columns([]) == []
