"""The workbook of findings as a clerk sees it, in whatever program opens it."""

from pathlib import Path

import openpyxl

from storage.export import findings_xlsx
from tests.storage.export.test_export import finding


def test_a_row_is_as_high_as_its_longest_text(tmp_path: Path) -> None:
    findings_xlsx([finding(summary="超期"), finding(2, summary="年报缺少" * 40)], tmp_path / "f.xlsx")
    page = openpyxl.load_workbook(tmp_path / "f.xlsx")["检查结果"]
    short, long = page.row_dimensions[2].height, page.row_dimensions[3].height
    assert (short or 15) <= 30  # a height that is the usual one is not written
    assert 75 <= long <= 409
