"""Rows of table 3 by its header's columns, by their own labels, or as their last seven cells."""

import pytest

from checks.annual_report.applicants import APPLICANTS, Row, split_rows

FIGURES = ("1", "2", "3", "0", "0", "4", "10")
HEADER = ("", "", *APPLICANTS)
TURNED = ("", "", APPLICANTS[-1], *APPLICANTS[:-1])
"""The total stands first."""


@pytest.mark.parametrize("other", ["其他", "其它", "其他（含个体）"])
def test_rows_below_the_header(other: str) -> None:
    header = ("", "", *APPLICANTS[:5], other, "总计")
    assert split_rows([header, ("一、", "新收", *FIGURES)]) == [(("一、", "新收"), list(FIGURES))]


@pytest.mark.parametrize(
    ("row", "split"),
    [
        (("新收", *FIGURES, ""), [(("新收",), FIGURES)]),
        (("新收", "", *FIGURES), [(("新收", ""), list(FIGURES))]),
        (("新收", *FIGURES), [(("新收",), FIGURES)]),
        (("新收", "", *FIGURES[:5], "", ""), []),
        (("", "", *FIGURES), []),
    ],
)
def test_a_row_with_fewer_labels_than_the_header_goes_by_its_own(row: Row, split: list[object]) -> None:
    assert split_rows([HEADER, row]) == split


def test_the_last_label_is_where_the_values_begin() -> None:
    row = ("一、", "新收", *FIGURES, "")
    assert split_rows([("", *HEADER), row]) == [(("一、", "新收"), FIGURES)]


def test_columns_in_another_order_are_believed_where_each_row_adds_up() -> None:
    turned = (FIGURES[-1], *FIGURES[:-1])
    sound, wrong = ("一、", "新收", *turned), ("一、", "新收", "11", *turned[1:])
    unread = ("一、", "上年", "—", *turned[1:])
    told = (("一、", "新收"), list(FIGURES))
    assert split_rows([TURNED, sound]) == [told]
    assert split_rows([TURNED, sound, wrong]) == []
    assert len(split_rows([TURNED, sound, unread])) == 2
    assert split_rows([TURNED, sound, ("新收", *turned, "")]) == [told]  # by its own labels it has no order


def test_a_header_that_names_some_columns_alone() -> None:
    """In their order they leave the last seven cells as they are; in another nothing is guessed at."""
    row = ("一、", "新收", *FIGURES)
    some = ("", "", "自然人", "商业企业", "科研机构", "公益组织", "法律服务机构", "其他", "合计")
    assert split_rows([some, row])[1:] == [(("一、", "新收"), FIGURES)]
    three = ("", "", "自然人", "企业", "科研机构", "公益组织", "商业企业", "其余", "合计")
    assert split_rows([three, row]) == []
    two = ("", "", "自然人", "企业", "科研", "公益组织", "商业企业", "其余", "合计")
    assert split_rows([two, row])[1:] == [(("一、", "新收"), FIGURES)]


@pytest.mark.parametrize(
    ("row", "labels"),
    [
        (("一、", "新收", *FIGURES), ("一、", "新收")),
        (FIGURES, ()),
        (("2", "新收", *FIGURES), ("2", "新收")),  # the number of a row is no label spread over values
        (("新收", "", *FIGURES), None),  # eight places for seven values
        (("新收", "5", *FIGURES), None),
        (("新收", "2（其中1件重复）", *FIGURES), None),
        (("新收", "新收", *FIGURES[1:]), None),
    ],
)
def test_without_a_header_the_last_seven_cells_are_the_values(row: Row, labels: Row | None) -> None:
    assert split_rows([row]) == ([] if labels is None else [(labels, FIGURES)])
