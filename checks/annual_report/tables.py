"""Tables 2, 3 and 4 of an annual report as typed values, read off grids whose merged cells are repeated.

A cell is a number or it is not readable: blank, a stroke, a dash and 0 are four different things, and
only 0 is a number (A9). Rows are known by their wording, columns by the header row or, where that is
missing, by being the last seven.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from checks.annual_report.applicants import split_rows
from checks.annual_report.cells import Cell, cell_of, tidy, without_empty_columns
from domain.page import Grid

NEW, CARRIED_IN, TOTAL, CARRIED_OUT = "new", "carried_in", "total", "carried_out"

LEAVES: Mapping[str, tuple[str, str]] = {
    "granted": ("（一）予以公开", r"(?<!不)予以公开"),
    "partly": ("（二）部分公开", r"部分公开"),
    "secret": ("（三）1.国家秘密", r"国家秘密"),
    "forbidden": ("（三）2.法律法规禁止公开", r"禁止公开"),
    "security": ("（三）3.三安全一稳定", r"三安全一稳定"),
    "third_party": ("（三）4.第三方合法权益", r"第三方"),
    "internal": ("（三）5.内部事务信息", r"内部事务"),
    "process": ("（三）6.过程性信息", r"过程性"),
    "case_file": ("（三）7.行政执法案卷", r"执法案卷"),
    "inquiry": ("（三）8.行政查询事项", r"行政查询"),
    "not_held": ("（四）1.不掌握相关信息", r"不掌握"),
    "to_be_made": ("（四）2.没有现成信息", r"现成信息|另行制作"),
    "unclear": ("（四）3.补正后仍不明确", r"仍不明确|内容不明确"),
    "petition": ("（五）1.信访举报投诉", r"信访|举报投诉"),
    "repeated": ("（五）2.重复申请", r"重复申请"),
    "published": ("（五）3.公开出版物", r"出版物"),
    "many": ("（五）4.大量反复申请", r"大量反复|反复申请"),
    "confirm": ("（五）5.确认或重新出具", r"重新出具|确认或"),
    "not_amended": ("（六）1.逾期不补正", r"不补正"),
    "not_paid": ("（六）2.逾期不缴费", r"缴纳费用|不缴|未缴|收费通知"),
    "other_end": ("（六）3.其他", r"^\W*3?\W*其[他它]$"),
}
"""The 21 leaf rows of the outcome: title and the wording that tells each."""

OLD_OTHER = "other_handling"
"""In the form of 2019 the sixth group was one row of its own."""

ROW_TITLES: Mapping[str, str] = {
    NEW: "本年新收",
    CARRIED_IN: "上年结转",
    **{key: title for key, (title, _) in LEAVES.items()},
    OLD_OTHER: "（六）其他处理",
    TOTAL: "（七）总计",
    CARRIED_OUT: "结转下年度",
}

_ROWS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (NEW, re.compile(r"本年(?:度)?新收")),
    (CARRIED_IN, re.compile(r"上年(?:度)?结转")),
    (CARRIED_OUT, re.compile(r"结转(?:到|至)?下(?:一)?年")),
    *((key, re.compile(words)) for key, (_, words) in LEAVES.items()),
    (TOTAL, re.compile(r"^\W*[七7]?\W*(?:总计|合计)$")),
    (OLD_OTHER, re.compile(r"^\W*六?\W*其[他它]处理$")),
)

OUTCOMES = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
REVIEWS: Mapping[str, str] = {
    "review": "行政复议",
    "direct": "未经复议直接起诉",
    "after_review": "复议后起诉",
}
"""The three groups of table 4."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportTables:
    """What was read of a report's tables.

    `requests` are the rows of table 3 by key, seven cells each; `reviews` the groups of table 4, five
    cells each; `documents` the rows of table 2 by name: made, abolished, in force. `labels` is how the
    page itself calls the rows of table 3.
    """

    requests: Mapping[str, tuple[Cell, ...]] = field(default_factory=dict)
    reviews: Mapping[str, tuple[Cell, ...]] = field(default_factory=dict)
    documents: Mapping[str, tuple[Cell, ...]] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)

    def leaves(self) -> tuple[str, ...] | None:
        """The keys of the leaf rows that add up to the total; None where not all of them were found."""
        found = tuple(key for key in LEAVES if key in self.requests)
        if len(found) == len(LEAVES):
            return found
        old = tuple(key for key in LEAVES if key not in ("not_amended", "not_paid", "other_end"))
        if found == old and OLD_OTHER in self.requests:
            return (*old, OLD_OTHER)
        return None


def report_tables(grids: Iterable[Grid]) -> ReportTables | None:
    """The tables of a report; None where none of them is among the grids."""
    requests: dict[str, tuple[Cell, ...]] = {}
    reviews: dict[str, tuple[Cell, ...]] = {}
    documents: dict[str, tuple[Cell, ...]] = {}
    labels: dict[str, str] = {}
    for grid in grids:
        rows = without_empty_columns([tuple(tidy(cell) for cell in row) for row in grid])
        for found, into in (
            (_requests(rows, labels), requests),
            (_reviews(rows), reviews),
            (_documents(rows), documents),
        ):
            for key, cells in found.items():
                into.setdefault(key, cells)
    if not requests and not reviews and not documents:
        return None
    return ReportTables(requests=requests, reviews=reviews, documents=documents, labels=labels)


def _requests(rows: Sequence[Sequence[str]], called: dict[str, str]) -> dict[str, tuple[Cell, ...]]:
    """Table 3, if it is one; `called` takes up what its rows are called."""
    found: dict[str, tuple[Cell, ...]] = {}
    names: dict[str, str] = {}
    for labels, values in split_rows(rows):
        named = _row_key(labels)
        if named is not None and named[0] not in found:
            found[named[0]] = tuple(cell_of(value) for value in values)
            names[named[0]] = named[1]
    if len(found) <= 2:
        return {}
    for key, name in names.items():
        called.setdefault(key, name)
    return found


def _row_key(labels: Sequence[str]) -> tuple[str, str] | None:
    """The row that its labels name, and the label: the innermost first, then the group with it."""
    distinct = [label for label in dict.fromkeys(labels) if label]
    for label in reversed(distinct):
        if len(label) > 80:
            continue
        for key, pattern in _ROWS:
            if pattern.search(label):
                return key, label
    return None


def _reviews(rows: Sequence[Sequence[str]]) -> dict[str, tuple[Cell, ...]]:
    """Table 4: fifteen values in one row under three groups, or a row for each group."""
    for index, row in enumerate(rows):
        places = [i for i, cell in enumerate(row) if cell in ("总计", "合计")]
        if len(places) not in (2, 3) or not _is_outcome_header(row, places):
            continue
        for below in rows[index + 1 :]:
            if len(places) == 3 and len(below) > places[-1]:
                ends = places
            elif len(places) == 2 and len(below) >= 15:
                ends = [len(below) - 11, len(below) - 6, len(below) - 1]
            else:
                continue
            return {
                key: tuple(cell_of(below[i]) for i in range(end - 4, end + 1))
                for key, end in zip(REVIEWS, ends, strict=True)
            }
    return _reviews_by_rows(rows)


def _is_outcome_header(row: Sequence[str], places: Sequence[int]) -> bool:
    return all(
        place >= 4 and "维持" in row[place - 4] and "纠正" in row[place - 3] and "审结" in row[place - 1]
        for place in places
    )


def _reviews_by_rows(rows: Sequence[Sequence[str]]) -> dict[str, tuple[Cell, ...]]:
    headed = any("维持" in cell for row in rows for cell in row) and any(
        "审结" in c for row in rows for c in row
    )
    found: dict[str, tuple[Cell, ...]] = {}
    for row in rows if headed else ():
        if len(row) < 6:
            continue
        label, values = "".join(dict.fromkeys(row[:-5])), [cell_of(cell) for cell in row[-5:]]
        key = next((key for key, title in REVIEWS.items() if label.endswith(title)), None)
        if key is not None and any(value.value is not None for value in values):
            found.setdefault(key, tuple(values))
    return found


def _documents(rows: Sequence[Sequence[str]]) -> dict[str, tuple[Cell, ...]]:
    """Table 2, first part: made, abolished and in-force counts of rules and normative documents."""
    found: dict[str, tuple[Cell, ...]] = {}
    places: tuple[int, int, int] | None = None
    for row in rows:
        made = next((i for i, cell in enumerate(row) if re.search(r"制[发定].*件", cell)), None)
        gone = next((i for i, cell in enumerate(row) if re.search(r"废止.*件", cell)), None)
        kept = next((i for i, cell in enumerate(row) if "现行有效" in cell), None)
        if made is not None and gone is not None and kept is not None:
            places = (made, gone, kept)
        elif places and len(row) > max(places) and row[0] in ("规章", "行政规范性文件", "规范性文件"):
            found.setdefault(row[0], tuple(cell_of(row[place]) for place in places))
    return found
