"""The outside formats, with texts from the web that mean harm."""

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from rich.console import Console

from domain.finding import CaseState, Finding, finding_id
from domain.outcome import NotApplicable
from storage import export
from tests.storage.builders import BLIND, NIGHT, PASSED, REGISTRY, night, picture, verdict, violation

NAMES = export.Names.of(REGISTRY)


def finding(number: int = 1, **changes: Any) -> Finding:
    """A finding on record."""
    shown = violation()
    made = Finding(
        id=finding_id("column.stale", "s01", "U01", f"http://x/{number}", 1),
        check="column.stale",
        unit="U01",
        target_kind="site",
        target="s01",
        subject=f"http://x/{number}",
        subject_name="通知公告",
        url=f"http://x/{number}",
        observed=shown.observed,
        expected=shown.expected,
        summary=shown.summary,
        indicators=("changshu-2020/7",),
        state=CaseState.DETECTED,
        first_seen=NIGHT,
        last_seen=night(1),
        evidence=(picture(),),
    )
    return replace(made, **changes)


HOSTILE = ["=1+1", "+86", "-2", "@SUM(A1)", "\t=1", "\r=1", "＝1", '=HYPERLINK("http://evil","x")']


def test_a_finding_has_the_promised_names() -> None:
    (line,) = export.findings_jsonl([finding()]).splitlines()
    shape = json.loads(line)
    assert list(shape)[:15] == [
        "id",
        "check",
        "unit",
        "site",
        "subject",
        "subject_name",
        "url",
        "observed",
        "expected",
        "summary",
        "indicators",
        "state",
        "first_seen",
        "last_seen",
        "evidence",
    ]
    assert (shape["site"], shape["state"], shape["indicators"]) == ("s01", "detected", ["changshu-2020/7"])
    assert shape["first_seen"] == "2026-06-30T02:00:00+08:00"
    assert shape["evidence"] == [
        {
            "kind": "screenshot",
            "path": "evidence/a.png",
            "sha256": "ab" * 32,
            "captured_at": "2026-06-30T02:00:00+08:00",
        }
    ]


def test_a_finding_of_an_account_names_the_account() -> None:
    shape = export.finding_object(finding(target_kind="account", target="a01"))
    assert shape["account"] == "a01"
    assert "site" not in shape


def test_lines_end_only_where_objects_end() -> None:
    text = export.findings_jsonl([finding(summary="一\n二\u2028三\ud800"), finding(2)])
    assert len(text.split("\n")) == 3
    text.encode("utf-8")
    assert json.loads(text.split("\n")[0])["summary"] == "一\n二\u2028三\ufffd"


@pytest.mark.parametrize(
    ("outcome", "name", "reason"),
    [
        (violation(), "violation", violation().summary),
        (PASSED, "pass", PASSED.reason),
        (BLIND, "inconclusive", BLIND.reason),
        (NotApplicable(reason="免检"), "pass", "不适用：免检"),
    ],
)
def test_an_outcome_has_the_promised_names(outcome: Any, name: str, reason: str) -> None:
    shape = json.loads(export.outcomes_jsonl([verdict(outcome)]))
    promised = {key: shape[key] for key in ("check", "unit", "site", "subject", "outcome", "reason")}
    assert promised == {
        "check": "column.stale",
        "unit": "U01",
        "site": "s01",
        "subject": "http://127.0.0.1:8101/tzgg/",
        "outcome": name,
        "reason": reason,
    }


def test_csv_opens_in_office_software_and_reckons_with_nothing() -> None:
    text = export.findings_csv([finding(summary=words) for words in HOSTILE], NAMES)
    assert text.startswith("\ufeff编号,")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert [row["问题"] for row in rows] == [f"'{words}" for words in HOSTILE]
    assert (rows[0]["单位"], rows[0]["网站或账号"], rows[0]["检查项"]) == (
        "某某市卫生健康局",
        "卫健网站",
        "栏目长期未更新",
    )
    for row in rows:
        assert not any(str(value).startswith(tuple("=+-@\t\r")) for value in row.values())


def test_outcomes_as_csv() -> None:
    text = export.outcomes_csv([verdict(BLIND)], NAMES)
    (row,) = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    assert (row["判定"], row["理由"]) == ("无法判定", BLIND.reason)


def test_the_workbook_holds_texts_links_and_counts(tmp_path: Path) -> None:
    path = tmp_path / "out" / "findings.xlsx"
    path.parent.mkdir()
    rows = [finding(number, summary=words) for number, words in enumerate(HOSTILE)]
    rows.append(finding(99, state=CaseState.RECTIFIED, url="javascript:alert(1)", evidence=()))
    export.findings_xlsx(rows, path, NAMES, data=tmp_path / "data")
    book = openpyxl.load_workbook(path)
    sheet = book["检查结果"]
    head = [cell.value for cell in sheet[1]]
    assert head[:4] == ["编号", "检查项", "单位", "类别"]
    problem = head.index("问题") + 1
    cells = [sheet.cell(row, problem) for row in range(2, 2 + len(HOSTILE))]
    assert all(cell.data_type in {"s", "inlineStr"} for cell in cells)
    assert cells[0].value == "=1+1"
    picture_cell = sheet.cell(2, head.index("截图") + 1)
    assert (picture_cell.value, picture_cell.hyperlink.target) == ("查看截图", "../data/evidence/a.png")
    assert sheet.cell(10, head.index("网址") + 1).hyperlink is None
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref == "A1:T10"
    assert [cell.value for cell in book["汇总"][2]] == ["栏目长期未更新", "违规", 8, 1, 9]


def test_an_empty_workbook_is_one_too() -> None:
    book = openpyxl.load_workbook(io.BytesIO(export.findings_xlsx_bytes([])))
    assert book["检查结果"].max_row == 1


def test_ten_thousand_rows(tmp_path: Path) -> None:
    rows = [finding(number, summary="=1", subject="长" * 3000) for number in range(10_000)]
    export.findings_xlsx(rows, tmp_path / "many.xlsx")
    assert openpyxl.load_workbook(tmp_path / "many.xlsx", read_only=True)["检查结果"].max_row == 10_001
    assert export.findings_csv(rows).count("\r\n") == 10_001
    assert export.findings_jsonl(rows).count("\n") == 10_000


def test_the_table_shows_markup_as_text() -> None:
    screen = Console(width=200, record=True, file=io.StringIO())
    screen.print(export.findings_table([finding(summary="[red]甲[/red]\x1b[2J")], NAMES))
    screen.print(export.outcomes_table([verdict(BLIND), verdict(PASSED)], NAMES))
    shown = screen.export_text()
    assert "[red]甲[/red]" in shown
    assert "\x1b" not in shown
    assert "共1条" in shown
    assert "合格1，无法判定1" in shown
    assert "某某市卫生健康局" in shown
