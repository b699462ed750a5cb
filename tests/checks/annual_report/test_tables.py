"""Tables of annual reports as typed values, however they were pasted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.annual_report.cells import cell_of
from checks.annual_report.relations import relations
from checks.annual_report.tables import LEAVES, ROW_TITLES, ReportTables, report_tables
from tests.checks.annual_report import grids
from tests.checks.annual_report.grids import SOUND, SOUND4, table2, table3, table4


def read(*found: grids.Grid) -> ReportTables:
    tables = report_tables(found)
    assert tables is not None
    return tables


def numbers(tables: ReportTables, key: str) -> list[int | None]:
    return [cell.value for cell in tables.requests[key]]


@pytest.mark.parametrize("header", [True, False])
@pytest.mark.parametrize("repeat", [True, False])
def test_all_rows_are_found_with_and_without_header_and_repeated_labels(header: bool, repeat: bool) -> None:
    tables = read(table3(SOUND, header=header, repeat=repeat))
    assert set(tables.requests) == {"new", "carried_in", *LEAVES, "total", "carried_out"}
    for key, row in SOUND.items():
        assert numbers(tables, key) == [int(cell) for cell in row], key
    assert tables.leaves() == tuple(LEAVES)
    assert set(tables.requests) <= set(ROW_TITLES)


def test_a_table_with_an_empty_column_at_its_edge() -> None:
    wider = tuple((*row, "") for row in table3(SOUND, header=False))
    assert numbers(read(wider), "new") == [12, 3, 0, 0, 1, 0, 16]


def test_value_cells_that_span_two_columns_are_taken_once() -> None:
    doubled = tuple(tuple(cell for cell in row for _ in range(2)) for row in table3(SOUND))
    assert numbers(read(doubled), "new") == [12, 3, 0, 0, 1, 0, 16]


def test_without_a_header_more_than_seven_values_are_not_guessed_at() -> None:
    doubled = tuple(tuple(cell for cell in row for _ in range(2)) for row in table3(SOUND, header=False))
    assert report_tables([doubled]) is None


def test_a_table_split_over_pages_is_put_together() -> None:
    whole = table3(SOUND)
    tables = read(whole[:12], whole[12:])
    assert tables.leaves() == tuple(LEAVES)
    assert numbers(tables, "carried_out")[0] == 2


def test_a_missing_row_leaves_the_leaves_unknown() -> None:
    rows = [row for row in table3(SOUND) if "重复申请" not in row[2]]
    assert read(tuple(rows)).leaves() is None


def test_the_form_of_2019_has_one_row_for_other_handling() -> None:
    rows = [row for row in table3(SOUND) if "（六）其他处理" not in row]
    rows.insert(-2, ("三、本年度办理结果", "（六）其他处理", "（六）其他处理", *"1000001"))
    leaves = read(tuple(rows)).leaves()
    assert leaves is not None
    assert leaves[-1] == "other_handling"
    assert len(leaves) == 19


@pytest.mark.parametrize("repeat", [True, False])
def test_table_four(repeat: bool) -> None:
    tables = read(table4(*(str(n) for n in range(15)), repeat=repeat))
    assert [cell.value for cell in tables.reviews["review"]] == [0, 1, 2, 3, 4]
    assert [cell.value for cell in tables.reviews["direct"]] == [5, 6, 7, 8, 9]
    assert [cell.value for cell in tables.reviews["after_review"]] == [10, 11, 12, 13, 14]


def test_table_four_with_a_row_for_each_group() -> None:
    outcomes = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
    grid = (
        ("", "", *outcomes),
        ("行政复议", "行政复议", *"10012"),
        ("行政诉讼", "未经复议直接起诉", *"00000"),
        ("行政诉讼", "复议后起诉", *"00011"),
    )
    assert [cell.value for cell in read(grid).reviews["after_review"]] == [0, 0, 0, 1, 1]


def test_table_two() -> None:
    cells = read(table2("3", "1", "12")).documents["行政规范性文件"]
    assert [cell.value for cell in cells] == [3, 1, 12]


def test_other_tables_are_none() -> None:
    assert report_tables([]) is None
    assert report_tables([(("姓名", "职务"), ("张三", "局长"))]) is None
    assert report_tables([(("自然人", "总计"), ("3", "3"))]) is None


CELLS = [
    ("0", 0), ("１２", 12), (" 3 ", 3), ("1,234", 1234), ("5件", 5), ("7.0", 7), ("-1", -1),
    ("", None), ("/", None), ("-", None), ("——", None), ("无", None), ("3/4", None), ("约5", None),
    ("12345678901", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "value"), CELLS)
def test_a_cell_is_a_number_or_not_readable(text: str, value: int | None) -> None:
    assert cell_of(text).value == value


def test_what_stands_in_place_of_a_number_is_told_apart() -> None:
    assert [cell_of(text).words() for text in ("", "/", "－", "0", "无")] == [
        "空白",
        "斜杠",
        "短横",
        "0",
        "“无”",
    ]


@pytest.mark.skipif(not grids.REAL.exists(), reason="没有 realpages 文件夹")
def test_real_tables_are_read_in_full() -> None:
    for table in grids.real_reports()[:2]:
        rows = grids.real_rows(table)
        tables = read(table3(rows))
        assert {key: [cell.value for cell in cells] for key, cells in tables.requests.items()} == {
            key: [int(cell) for cell in row] for key, row in rows.items()
        }


@given(st.lists(st.lists(st.text(max_size=8), max_size=12).map(tuple), max_size=12).map(tuple))
def test_any_grid_is_read(grid: grids.Grid) -> None:
    tables = report_tables([grid, SOUND4])
    assert tables is not None
    assert "review" in tables.reviews


def test_a_label_that_reaches_into_the_values_makes_no_row() -> None:
    """Rows with blank cells that fell apart, as out of an old Word file, are not read one place off."""
    label = "（一）予以公开"
    whole = table3(SOUND, header=False)
    broken = tuple(
        row if label not in row[0] and label not in row[1] else (label,) * 6 + ("1", "2", "1", "0")
        for row in whole
    )
    assert broken != whole
    tables = read(broken)
    assert "granted" not in tables.requests
    assert numbers(tables, "new") == [12, 3, 0, 0, 1, 0, 16]


def test_a_long_cell_is_shown_by_its_first_ten_letters() -> None:
    assert cell_of("一二三四五六七八九十甲乙").words() == "“一二三四五六七八九十”"


def test_rows_of_another_sort_between_those_of_table_three_end_nothing() -> None:
    whole = table3(SOUND)
    torn = (*whole[:10], ("续表",), *whole[10:])
    assert read(torn).leaves() == tuple(LEAVES)


def test_two_rows_are_no_table_and_three_are() -> None:
    rows = table3(SOUND)[:3]
    values = table3(SOUND)[3:]
    assert report_tables([(*rows, *values[:2])]) is None
    assert set(read((*rows, *values[:3])).requests) == {"new", "carried_in", "granted"}


def test_total_may_be_called_sum_in_table_four() -> None:
    cells = tuple(tuple(c.replace("总计", "合计") for c in row) for row in SOUND4)
    assert [cell.value for cell in read(cells).reviews["review"]] == [3, 1, 0, 0, 4]


def test_a_short_row_below_the_head_of_table_four_is_passed_over() -> None:
    torn = (*SOUND4[:3], ("说明", "无"), SOUND4[3])
    assert [cell.value for cell in read(torn).reviews["after_review"]] == [1, 1, 0, 0, 2]
    narrow = table4(*"310040000011002", repeat=False)
    short = (*narrow[:3], ("说明",) * 14, narrow[3])
    assert [cell.value for cell in read(short).reviews["after_review"]] == [1, 1, 0, 0, 2]


def test_totals_under_other_heads_are_not_table_four() -> None:
    for head in (
        ("结果维持", "其他", "其他", "尚未审结", "总计") * 3,
        ("其他", "结果纠正", "其他", "尚未审结", "总计") * 3,
        ("结果维持", "结果纠正", "其他", "其他", "总计") * 3,
    ):
        assert report_tables([(head, tuple("310040000011002"))]) is None, head


def test_groups_in_rows_need_the_heads_of_table_four() -> None:
    rows = (("行政复议", *"10012"), ("说明", "无"), ("未经复议直接起诉", *"00000"))
    heads = ("", "结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
    assert [cell.value for cell in read((heads, *rows)).reviews["direct"]] == [0, 0, 0, 0, 0]
    for head in (("", "结果维持", "", "", "", ""), ("", "", "", "", "尚未审结", ""), ("",) * 6):
        assert report_tables([(head, *rows)]) is None, head
    blank = read((heads, *rows, ("复议后起诉", "", "", "", "", "")))
    assert set(blank.reviews) == {"review", "direct"}
    merged = read((heads, ("行政", "复议", *"10012")))
    assert set(merged.reviews) == {"review"}


def test_rows_of_table_two_by_any_of_their_names_under_a_whole_head() -> None:
    head = ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数")
    for name in ("规章", "行政规范性文件", "规范性文件"):
        found = read((head, (name, "1", "2", "3"))).documents
        assert [cell.value for cell in found[name]] == [1, 2, 3]
    assert report_tables([(head, ("规章", "1", "2"))]) is None
    for part in (head[:2], (head[0], "", head[2]), (head[0], "", "", head[3]), (*head[:3], "")):
        assert report_tables([(part, ("规章", "1", "2", "3"))]) is None, part


def test_without_the_sixth_group_the_leaves_are_not_known() -> None:
    rows = {key: (cell_of("0"),) * 7 for key in LEAVES if key not in ("not_amended", "not_paid", "other_end")}
    assert ReportTables(requests=rows).leaves() is None
    other = {key: rows[key] for key in list(rows)[1:]} | {"other_handling": rows["partly"]}
    assert ReportTables(requests=other).leaves() is None


def test_the_columns_are_found_in_their_order_below_any_number_of_rows() -> None:
    head = ("其他说明", "其他说明", *grids.HEADER, "备注")
    told = [("某某局2025年度报告",) * 10] * 15
    rows = [("本年新收", "申请", *"1234569", "见注"), ("上年结转", "申请", *"0000000", "")]
    rows += [("结转下年度", "申请", *"0000000", "")]
    tables = read((*told, head, *rows))
    assert numbers(tables, "new") == [1, 2, 3, 4, 5, 6, 9]


def test_unreadable_values_without_a_header_leave_their_row_there() -> None:
    rows = (
        ("1", "", "本年新收", "约3", "0", "0", "0", "0", "0", "3"),
        ("2", "", "上年结转", "0", "", "2", "0", "0", "0", "2"),
        ("3", "", "结转下年度", "0", "0", "0", "0", "0", "0", "3"),
    )
    tables = read(rows)
    assert numbers(tables, "new") == [None, 0, 0, 0, 0, 0, 3]
    assert numbers(tables, "carried_in") == [0, None, 2, 0, 0, 0, 2]
    assert numbers(tables, "carried_out") == [0, 0, 0, 0, 0, 0, 3]


def test_labels_of_more_than_eighty_letters_name_no_row_but_their_neighbour_does() -> None:
    others = [(name, "申请", *"0000000") for name in ("上年结转", "结转下年度", "予以公开")]
    for length, read_there in ((80, True), (81, False)):
        label = "本年新收".ljust(length, "文")
        tables = read(((label, "申请", *"1000001"), *others))
        assert ("new" in tables.requests) is read_there, length
    tables = read((("本年新收", "文" * 81, *"1000001"), *others))
    assert numbers(tables, "new") == [1, 0, 0, 0, 0, 0, 1]


def test_a_row_one_cell_too_short_for_table_four_is_passed_over() -> None:
    top, middle, last, values = table4(*"310040000011002")
    tables = read((top, middle, last, values[:-1], values))
    assert [cell.value for cell in tables.reviews["after_review"]] == [1, 1, 0, 0, 2]


def test_of_two_rows_of_one_name_the_first_counts() -> None:
    names = ("本年新收", "上年结转", "结转下年度")
    rows = [(name, "申请", *"1000001") for name in names] + [("本年新收合计", "申请", *"9000009")]
    assert numbers(read(tuple(rows)), "new") == [1, 0, 0, 0, 0, 0, 1]


def reordered(grid: grids.Grid, *order: int) -> grids.Grid:
    """A table whose last seven columns stand in another order."""
    return tuple((*row[:-7], *(row[-7:][place] for place in order)) for row in grid)


@pytest.mark.parametrize("order", [(6, 0, 1, 2, 3, 4, 5), (0, 6, 1, 2, 3, 4, 5), (5, 4, 3, 2, 1, 0, 6)])
def test_columns_in_another_order_are_known_by_their_names(order: tuple[int, ...]) -> None:
    assert numbers(read(reordered(table3(SOUND), *order)), "new") == [12, 3, 0, 0, 1, 0, 16]


def test_columns_in_another_order_that_are_not_all_named_are_not_guessed_at() -> None:
    odd = reordered(table3(SOUND), 6, 0, 1, 2, 3, 4, 5)
    renamed = tuple(tuple("法援" if cell == "法律服务机构" else cell for cell in row) for row in odd)
    assert report_tables((renamed,)) is None


def test_rows_with_fewer_label_cells_than_the_header_are_put_right_or_left_out() -> None:
    head = tuple(row for row in table3(SOUND) if "自然人" in row)
    width = len(head[0])

    def short(title: str, *cells: int) -> tuple[str, ...]:
        row = (title, *map(str, cells))
        return (*row, *[""] * (width - len(row)))

    rows = (
        short("一、本年新收政府信息公开申请数量", 3, 1, 0, 0, 0, 0, 4),
        short("二、上年结转政府信息公开申请数量", 1, 0, 0, 0, 0, 0, 1),
        short("（一）予以公开", 4, 1, 0, 0, 0, 0, 5),
        short("（二）部分公开", 0, 0, 0, 0, 0),
    )
    tables = read((*head, *rows))
    assert numbers(tables, "new") == [3, 1, 0, 0, 0, 0, 4]
    assert numbers(tables, "carried_in") == [1, 0, 0, 0, 0, 0, 1]
    assert "partly" not in tables.requests


def test_columns_of_which_some_stand_elsewhere_are_not_guessed_at() -> None:
    odd = reordered(table3(SOUND), 2, 3, 6, 1, 4, 5, 0)
    names = {"自然人": "自然人（人）", "商业企业": "商业企业（家）", "总计": "合计"}
    assert report_tables((tuple(tuple(names.get(cell, cell) for cell in row) for row in odd),)) is None


@given(st.data())
def test_no_shape_of_a_sound_table_breaks_a_sum(data: st.DataObject) -> None:
    """Rows that lost label cells and were filled up at their end, zeros in other forms, a further column."""
    zero = data.draw(st.sampled_from(["0", "", "/", "-"]))
    grid = []
    for row in table3(SOUND):
        values = [zero if cell == "0" else cell for cell in row[-7:]]
        labels = list(row[:-7])
        lost = data.draw(st.integers(0, 2)) if "自然人" not in row else 0
        kept = labels[lost:] if labels[:1] != labels[-1:] else labels[: len(labels) - lost]
        grid.append((*kept, *values, *[""] * (len(labels) - len(kept))))
    if data.draw(st.booleans()):
        grid = [(*row, "备注" if "自然人" in row else "") for row in grid]
    if data.draw(st.booleans()):
        grid = [("序号" if "自然人" in row else str(number), *row) for number, row in enumerate(grid)]
    tables = report_tables((tuple(grid),))
    broken = [one.text() for one in relations(tables, None) if one.broken()] if tables else []
    assert broken == []
