"""The sums of annual reports (A1 to A5): each holds, is broken, or cannot be assessed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from checks.annual_report.applicants import APPLICANTS
from checks.annual_report.cells import ABSENT, Cell
from checks.annual_report.tables import (
    CARRIED_IN,
    CARRIED_OUT,
    NEW,
    OUTCOMES,
    REVIEWS,
    ROW_TITLES,
    TOTAL,
    ReportTables,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """One equation: `left` and `right` are what should be equal; None where a cell is not a number.

    `words` is the equation with its figures as one Chinese clause, `gap` says which cell could not be read.
    `place` is what the page calls the row, or the group of columns, whose figure does not fit.
    """

    rule: str
    where: str
    left: int | None = None
    right: int | None = None
    words: str = ""
    gap: str = ""
    place: str = ""

    def broken(self) -> bool:
        """Whether both sides are known and differ."""
        return self.left is not None and self.right is not None and self.left != self.right

    def assessable(self) -> bool:
        """Whether both sides are known."""
        return self.left is not None and self.right is not None

    def text(self) -> str:
        """The relation as it is told: rule, place, figures."""
        return f"{self.rule} {self.where}：{self.words}"


Term = tuple[str, Cell]


def relations(tables: ReportTables, last: ReportTables | None) -> Iterator[Relation]:
    """Every relation that the tables ought to satisfy; `last` are the tables of the year before."""
    if tables.requests:
        yield from _by_column(tables)
        yield from _by_row(tables)
        if last is not None and last.requests:
            yield from _across_years(tables, last)
    for key, cells in tables.reviews.items():
        where = REVIEWS[key]
        parts = [(OUTCOMES[n], cells[n]) for n in range(4)]
        yield replace(_relation("A5", where, parts, [("总计", cells[4])]), place=where)


def _by_column(tables: ReportTables) -> Iterator[Relation]:
    leaves = tables.leaves()
    for index, applicant in enumerate(APPLICANTS):
        where = f"“{applicant}”列"
        total = (ROW_TITLES[TOTAL], _cell(tables, TOTAL, index))
        sides = _relation(
            "A1",
            where,
            [(ROW_TITLES[key], _cell(tables, key, index)) for key in (NEW, CARRIED_IN)],
            [total, (ROW_TITLES[CARRIED_OUT], _cell(tables, CARRIED_OUT, index))],
        )
        yield _placed(sides, tables, TOTAL)
        if leaves is None:
            yield Relation(rule="A2", where=where, gap="办理结果各行没有读全")
        else:
            parts = [(ROW_TITLES[key], _cell(tables, key, index)) for key in leaves]
            sides = _relation("A2", where, parts, [total], f"办理结果{len(leaves)}项之和")
            yield _placed(sides, tables, TOTAL)


def _by_row(tables: ReportTables) -> Iterator[Relation]:
    for key, cells in tables.requests.items():
        parts = [(APPLICANTS[n], cells[n]) for n in range(6)]
        sides = _relation("A3", f"“{ROW_TITLES[key]}”行", parts, [("总计", cells[6])], "六类申请人之和")
        yield _placed(sides, tables, key)


def _across_years(tables: ReportTables, last: ReportTables) -> Iterator[Relation]:
    for index, applicant in enumerate(APPLICANTS):
        sides = _relation(
            "A4",
            f"“{applicant}”列",
            [("上年报告的结转下年度", _cell(last, CARRIED_OUT, index))],
            [("本年报告的上年结转", _cell(tables, CARRIED_IN, index))],
        )
        yield _placed(sides, tables, CARRIED_IN)


def _placed(relation: Relation, tables: ReportTables, key: str) -> Relation:
    """The relation with the page's name for a row; without it where the row is not there."""
    return replace(relation, place=tables.labels[key]) if key in tables.labels else relation


def _cell(tables: ReportTables, key: str, index: int) -> Cell:
    row = tables.requests.get(key)
    return row[index] if row is not None else ABSENT


def _relation(rule: str, where: str, left: Sequence[Term], right: Sequence[Term], name: str = "") -> Relation:
    sides = _sum(left), _sum(right)
    told = Relation(
        rule=rule,
        where=where,
        left=sides[0],
        right=sides[1],
        words=f"{name or _side(left)}{'为' if name or len(left) == 1 else '='}{sides[0]}，{_side(right)}"
        f"{'为' if len(right) == 1 else '='}{sides[1]}",
    )
    for title, cell in (*left, *right):
        if cell.value is None:
            return replace(told, gap=f"{title}一格为{cell.words()}")
    return told


def _side(terms: Sequence[Term]) -> str:
    if len(terms) == 1:
        return terms[0][0]
    return "+".join(f"{title}{cell.words()}" for title, cell in terms)


def _sum(terms: Sequence[Term]) -> int | None:
    values = [cell.value for _, cell in terms]
    return None if None in values else sum(value for value in values if value is not None)
