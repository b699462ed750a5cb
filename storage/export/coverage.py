"""What was covered, as JSON, as tables for a terminal, as a workbook; and the checks with their accuracy."""

import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import xlsxwriter
from rich.markup import escape
from rich.table import Table

from domain.check import AnyCheck
from schemes.coverage import ByHand, Coverage, Covered
from schemes.model import METHOD_TITLES
from storage.accuracy import Reviewed
from storage.column_types import whole_characters
from storage.export.shapes import check_title

OF_TITLES = {"site": "网站", "account": "政务新媒体账号"}
NOTHING_MET = "没有可判定的对象（没有登记网站或账号，或没有这类内容）"

_HEADERS = (
    "单位",
    "检查项",
    "检查项编号",
    "合格",
    "违规",
    "提醒",
    "无法判定",
    "不适用",
    "无法判定的原因",
    "人工核实",
)
_WIDTHS = (26, 22, 24, 8, 8, 8, 10, 8, 70, 18)
_HAND_HEADERS = ("单位", "考核办法", "序号", "指标", "考核方式")
_HAND_WIDTHS = (26, 20, 8, 44, 14)


def coverage_object(found: Coverage, reviewed: Mapping[str, Reviewed]) -> list[dict[str, Any]]:
    """One object a unit: its checks, and the lines that people enter."""
    return [
        {
            "unit": code,
            "name": name,
            "checks": [_covered(one, reviewed) for one in found.covered if one.unit == code],
            "by_hand": [_by_hand(one) for one in found.by_hand if one.unit == code],
        }
        for code, name in found.units.items()
    ]


def _covered(one: Covered, reviewed: Mapping[str, Reviewed]) -> dict[str, Any]:
    return {
        "check": one.check,
        "title": check_title(one.check),
        "passed": one.passed,
        "failed": one.failed,
        "warned": one.warned,
        "inconclusive": one.inconclusive,
        "not_applicable": one.not_applicable,
        "nothing_to_judge": one.silent,
        "not_all_seen": one.gaps > 0,
        "trial": one.trial,
        "reasons": [{"reason": reason, "times": times} for reason, times in one.reasons],
        "accuracy": accuracy_object(reviewed.get(one.check)),
    }


def _by_hand(one: ByHand) -> dict[str, Any]:
    line = one.line
    return {"indicator": f"{one.scheme}/{line.no}", "title": line.title, "method": line.method.value}


def accuracy_object(found: Reviewed | None) -> dict[str, Any]:
    """What people decided of a check's findings; the share is null before the first decision."""
    known = found or Reviewed(check="")
    share = None if known.accuracy is None else round(known.accuracy, 4)
    return {"confirmed": known.confirmed, "dismissed": known.dismissed, "share": share}


def accuracy_words(found: Reviewed | None) -> str:
    """The same in Chinese."""
    if found is None or found.accuracy is None:
        return "尚无"
    return f"认定{found.confirmed}，不予认定{found.dismissed}（{found.accuracy:.0%}）"


def coverage_table(found: Coverage, reviewed: Mapping[str, Reviewed]) -> Table:
    """One line a unit and check; the caption says what no machine judges."""
    table = Table(header_style="bold")
    for title in ("单位", "检查项", *_HEADERS[3:]):
        table.add_column(title, overflow="fold")
    for one in found.covered:
        cells = _cells(found, one, reviewed)
        table.add_row(*map(escape, (cells[0], f"{cells[1]}\n{cells[2]}", *cells[3:])))
    judged = sum(not one.silent for one in found.covered)
    hands = {(one.scheme, one.line.no) for one in found.by_hand}
    table.caption = (
        f"{len(found.units)}个单位；{judged}项有判定，{len(found.covered) - judged}项没有可判定的对象；"
        f"另有{len(hands)}项指标机器不能判定，须人工录入（--format json 或 xlsx 列出）"
    )
    return table


def _cells(found: Coverage, one: Covered, reviewed: Mapping[str, Reviewed]) -> tuple[str, ...]:
    counts = (one.passed, one.failed, one.warned, one.inconclusive, one.not_applicable)
    title = check_title(one.check) + ("（试行，不计分）" if one.trial else "")
    name = found.units.get(one.unit, one.unit)
    return (name, title, one.check, *map(str, counts), _why(one), accuracy_words(reviewed.get(one.check)))


def _why(one: Covered) -> str:
    if one.silent:
        return NOTHING_MET
    return "；".join(f"{reason}（{times}次）" if times > 1 else reason for reason, times in one.reasons)


def coverage_xlsx(found: Coverage, reviewed: Mapping[str, Reviewed]) -> bytes:
    """The workbook: a sheet of checks by unit, a sheet of lines that people enter."""
    out = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        rows: list[tuple[str | int, ...]] = []
        for one in found.covered:
            cells = _cells(found, one, reviewed)
            rows.append((*cells[:3], *map(int, cells[3:8]), *cells[8:]))
        _sheet(book, "监测覆盖", _HEADERS, _WIDTHS, rows)
        by_hand = [
            (found.units[h.unit], h.scheme, h.line.no, h.line.title, METHOD_TITLES[h.line.method])
            for h in found.by_hand
        ]
        _sheet(book, "须人工录入", _HAND_HEADERS, _HAND_WIDTHS, by_hand)
    return out.getvalue()


def _sheet(
    book: Any, name: str, headers: Sequence[str], widths: Sequence[int], rows: Iterable[Sequence[str | int]]
) -> None:
    page = book.add_worksheet(name)
    head = book.add_format({"bold": True, "bg_color": "#DDEBF7", "border": 1, "text_wrap": True})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    for column, (title, width) in enumerate(zip(headers, widths, strict=True)):
        page.set_column(column, column, width)
        page.write_string(0, column, title, head)
    last = 0
    for last, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, int):
                page.write_number(last, column, cell, wrap)
            else:
                page.write_string(last, column, whole_characters(cell), wrap)
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, max(last, 1), len(headers) - 1)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)


def checks_object(
    checks: Iterable[AnyCheck],
    reviewed: Mapping[str, Reviewed],
    lines: Mapping[str, Sequence[str]],
    tried: Mapping[str, Sequence[str]] | None = None,
) -> list[dict[str, Any]]:
    """One object a check: what it is, whether it is on trial, how right it was, which lines ask it.

    `tried` are the schemes that have a check on trial.
    """
    return [
        {
            "check": check.id,
            "title": check.title,
            "of": check.of,
            "basis": check.basis,
            "trial": check.trial,
            "tried_by": list((tried or {}).get(check.id, ())),
            "accuracy": accuracy_object(reviewed.get(check.id)),
            "indicators": list(lines.get(check.id, ())),
        }
        for check in checks
    ]


def checks_table(
    checks: Iterable[AnyCheck],
    reviewed: Mapping[str, Reviewed],
    lines: Mapping[str, Sequence[str]],
    tried: Mapping[str, Sequence[str]] | None = None,
) -> Table:
    """One line a check; `tried` are the schemes that have a check on trial."""
    table = Table(header_style="bold")
    for title in ("检查项", "名称", "对象", "试行", "人工核实", "采用它的指标"):
        table.add_column(title, overflow="fold")
    number = 0
    for check in checks:
        number += 1
        trial = "试行，不计分" if check.trial else "、".join((tried or {}).get(check.id, ()))
        asked = "、".join(lines.get(check.id, ())) or "（只提醒）"
        row = (
            check.id,
            check.title,
            OF_TITLES[check.of],
            trial,
            accuracy_words(reviewed.get(check.id)),
            asked,
        )
        table.add_row(*map(escape, row))
    table.caption = f"共{number}项。人工核实：认定与不予认定的条数，括号中为认定所占比例"
    return table
