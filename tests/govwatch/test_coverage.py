"""`govwatch coverage` and `govwatch checks` over a small store."""

import io
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from domain.finding import CaseState
from domain.outcome import Inconclusive
from govwatch.cli import app
from storage.store import Store
from tests.storage.builders import NIGHT, PASSED, REGISTRY, verdict


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """One run: a stale column, a column in order, one not seen; the lapse confirmed."""
    with Store.open(tmp_path) as store:
        run = store.begin_run(REGISTRY, as_of=NIGHT, started=NIGHT, program="t")
        verdicts = [
            verdict(),
            verdict(PASSED, subject="http://127.0.0.1:8101/xw/"),
            verdict(
                Inconclusive(reason="响应超时（http://127.0.0.1:8101/b/）"),
                subject="http://127.0.0.1:8101/b/",
            ),
        ]
        store.take_in(run.id, "s01", verdicts, {}, NIGHT)
        store.end_run(run.id, NIGHT, {})
        (finding,) = store.findings()
        store.review(finding.id, CaseState.CONFIRMED, by="张三", reason="", at=NIGHT)
    return tmp_path


def call(*arguments: str) -> tuple[int, bytes]:
    ended = CliRunner().invoke(app, list(arguments))
    return ended.exit_code, ended.stdout_bytes


def test_coverage_as_json(data: Path) -> None:
    code, said = call("coverage", "--data", str(data), "--format", "json")
    assert code == 0
    units = {one["unit"]: one for one in json.loads(said)}
    assert list(units) == ["U01", "U02"]
    stale = next(one for one in units["U01"]["checks"] if one["check"] == "column.stale")
    assert (stale["passed"], stale["failed"], stale["inconclusive"]) == (1, 1, 1)
    assert stale["reasons"] == [{"reason": "响应超时", "times": 1}]
    assert stale["accuracy"] == {"confirmed": 1, "dismissed": 0, "share": 1.0}
    assert all(one["nothing_to_judge"] for one in units["U02"]["checks"])
    assert any(one["indicator"].startswith("changshu-2020/") for one in units["U01"]["by_hand"])


def test_coverage_of_one_unit_as_table_and_of_an_unknown_one(data: Path) -> None:
    code, said = call("coverage", "--data", str(data), "--unit", "U01")
    assert code == 0
    words = said.decode()
    assert "某某市卫生健康局" in words
    assert "某某市教育局" not in words
    assert "响应超时" in words
    assert call("coverage", "--data", str(data), "--unit", "U9")[0] != 0
    assert call("coverage", "--data", str(data), "--format", "csv")[0] != 0


def test_coverage_as_a_workbook(data: Path) -> None:
    target = data / "c.xlsx"
    assert call("coverage", "--data", str(data), "--format", "xlsx", "--out", str(target))[0] == 0
    code, said = call("coverage", "--data", str(data), "--format", "xlsx")
    assert code == 0
    for content in (target.read_bytes(), said):
        book = load_workbook(io.BytesIO(content))
        assert book.sheetnames == ["监测覆盖", "须人工录入"]
        rows = list(book["监测覆盖"].iter_rows(values_only=True))
        row = next(row for row in rows if row[0] == "某某市卫生健康局" and row[2] == "column.stale")
        assert row[3:8] == (1, 1, 0, 1, 0)
        assert row[9] == "认定1，不予认定0（100%）"


def test_checks_with_and_without_reviews(data: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    code, said = call("checks", "--data", str(data), "--format", "json")
    assert code == 0
    found = {one["check"]: one for one in json.loads(said)}
    assert found["column.stale"]["accuracy"]["confirmed"] == 1
    assert found["column.stale"]["trial"] is False
    assert "changshu-2020/7" in found["column.stale"]["indicators"]
    code, said = call("checks", "--data", str(data))
    assert "认定1，不予认定0（100%）" in said.decode().replace("\n", "")
    assert call("checks", "--data", str(tmp_path_factory.mktemp("none")))[0] != 0
