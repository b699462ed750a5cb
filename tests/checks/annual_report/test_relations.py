"""The equations of a report: which are broken, which cannot be assessed, and how they are told."""

from checks.annual_report.applicants import APPLICANTS
from checks.annual_report.cells import Cell, cell_of
from checks.annual_report.relations import Relation, relations
from checks.annual_report.tables import CARRIED_IN, CARRIED_OUT, LEAVES, NEW, TOTAL, ReportTables


def cells(*numbers: int | str) -> tuple[Cell, ...]:
    return tuple(cell_of(str(number)) for number in numbers)


def tables(**changed: tuple[Cell, ...]) -> ReportTables:
    """Two requests of natural persons came in, both were granted."""
    none, two = cells(0, 0, 0, 0, 0, 0, 0), cells(2, 0, 0, 0, 0, 0, 2)
    rows = dict.fromkeys((*LEAVES, CARRIED_IN, CARRIED_OUT), none)
    rows |= {NEW: two, "granted": two, TOTAL: two}
    return ReportTables(requests=rows | changed)


def broken(found: ReportTables, last: ReportTables | None = None) -> list[tuple[str, str]]:
    return [(one.rule, one.where) for one in relations(found, last) if one.broken()]


def test_tables_that_agree_break_nothing_and_all_can_be_assessed() -> None:
    found = list(relations(tables(), tables()))
    assert all(one.assessable() and not one.broken() for one in found)
    assert {one.rule for one in found} == {"A1", "A2", "A3", "A4"}


def test_one_figure_breaks_its_column_and_its_row() -> None:
    wrong = tables(granted=cells(1, 0, 0, 0, 0, 0, 2))
    assert broken(wrong) == [("A2", f"“{APPLICANTS[0]}”列"), ("A3", "“（一）予以公开”行")]


def test_the_year_before_is_held_against_what_was_carried_in() -> None:
    before = tables(**{CARRIED_OUT: cells(1, 0, 0, 0, 0, 0, 1)})
    assert {rule for rule, _ in broken(tables(), before)} == {"A4"}
    assert broken(tables(), ReportTables()) == []


def test_a_cell_that_is_no_number_leaves_its_equations_open() -> None:
    found = list(relations(tables(granted=cells("/", 0, 0, 0, 0, 0, 2)), None))
    assert [one.rule for one in found if not one.assessable()] == ["A2", "A3"]
    assert all("斜杠" in one.gap for one in found if not one.assessable())
    assert not any(one.broken() for one in found)


def test_a_leaf_that_was_not_found_leaves_the_sum_open() -> None:
    rows = {key: row for key, row in tables().requests.items() if key != "granted"}
    open_ones = [one for one in relations(ReportTables(requests=rows), None) if one.rule == "A2"]
    assert {one.gap for one in open_ones} == {"办理结果各行没有读全"}


def test_reviews_add_up_group_by_group() -> None:
    found = ReportTables(reviews={"review": cells(1, 0, 2, 0, 4)})
    (only,) = relations(found, None)
    assert (only.rule, only.left, only.right, only.broken()) == ("A5", 3, 4, True)


def test_a_relation_is_told_with_rule_place_and_figures() -> None:
    assert Relation(rule="A1", where="“总计”列", words="3，2").text() == "A1 “总计”列：3，2"
