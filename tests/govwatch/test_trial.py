"""A check that the office's own scheme only tries: shown and marked everywhere, and it costs nothing."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from domain.finding import CaseState
from schemes import scheme as reading
from schemes.scheme import REGIMES
from storage.store import Store
from tests.govwatch.test_scores import govwatch
from tests.scheduler.farm import Town, farm

NOW = "2026-06-30T02:00:00+08:00"
TRIAL = '\n[trial]\nchecks = ["column.stale"]\nnote = "试行到年底"\n'
REGISTRY = """
schemes: [ours-2026]
units:
  - {{code: U01, name: 云溪市民政局, category: department}}
sites:
  - {{id: s01, unit: U01, name: 云溪市民政局, home: "{home}/"}}
"""


def scheme(data: Path, more: str) -> None:
    text = (REGIMES / "changshu-2020.toml").read_text(encoding="utf-8")
    (data / "schemes").mkdir(parents=True, exist_ok=True)
    own = text.replace('id = "changshu-2020"', 'id = "ours-2026"').replace("[veto]", f"{more}\n[veto]", 1)
    (data / "schemes" / "ours-2026.toml").write_text(own, encoding="utf-8")


def scan(registry: Path, data: Path) -> None:
    ended = govwatch(
        "scan", "--registry", registry, "--data", data, "--now", NOW, "--no-screenshots", "--delay", "0"
    )
    assert ended.exit_code in {0, 3}, ended.output


def listed(command: str, data: Path, *more: str) -> list[dict[str, Any]]:
    ended = govwatch(command, "--data", data, "--format", "jsonl", *more)
    assert ended.exit_code == 0, ended.output
    return [row for row in map(json.loads, ended.stdout.splitlines()) if row.get("check") == "column.stale"]


def confirm(data: Path) -> None:
    with Store.open(data) as store:
        for found in store.findings():
            if found.check == "column.stale" and found.state is CaseState.DETECTED:
                at = datetime.fromisoformat(NOW)
                store.review(found.id, CaseState.CONFIRMED, by="王科长", reason="属实", at=at)


def website(data: Path) -> tuple[float, float]:
    """What line 7 lost for certain, and at worst."""
    ended = govwatch("assess", "--data", data, "--scheme", "ours-2026", "--year", "2026", "--format", "json")
    assert ended.exit_code == 0, ended.output
    unit = json.loads(ended.stdout)["units"][0]
    rows = [row for row in unit["deductions"] if row["line"] == "7"]
    return (
        sum(row["points"] for row in rows if row["certain"]),
        sum(row["points"] for row in rows),
    )


@pytest.mark.slow
def test_from_the_scheme_to_the_score(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "SHELVES", [reading.REGIMES])
    data, registry = tmp_path / "data", tmp_path / "registry.yaml"
    old, new = date(2025, 6, 1), date(2026, 6, 28)
    scheme(data, TRIAL)
    with farm({"A": (town := Town({"tzgg": old, "gzdt": new, "zcwj": new}))}):
        registry.write_text(REGISTRY.format(home=town.address), encoding="utf-8")
        scan(registry, data)
        shown = listed("findings", data)
        assert shown
        assert all(row["trial"] and row["indicators"] == ["ours-2026/7"] for row in shown)
        assert all(row["trial"] for row in listed("outcomes", data))
        confirm(data)
        assert website(data) == (0, 0)
        assert "试行，不计分" in govwatch("findings", "--data", data).stdout
        table = govwatch("findings", "--data", data, "--format", "csv").stdout
        assert "违规（试行，不计分）" in table
        book = tmp_path / "out.xlsx"
        govwatch("findings", "--data", data, "--format", "xlsx", "-o", book)
        cells = [str(c.value) for row in openpyxl.load_workbook(book)["检查结果"].rows for c in row]
        assert "违规（试行，不计分）" in cells
        covered = json.loads(govwatch("coverage", "--data", data, "--format", "json").stdout)[0]["checks"]
        assert {one["check"]: one["trial"] for one in covered}["column.stale"]
        checks = json.loads(govwatch("checks", "--data", data, "--format", "json").stdout)
        tried = {one["check"]: one["tried_by"] for one in checks}
        assert (tried["column.stale"], tried["column.empty"]) == (["ours-2026"], [])

        scheme(data, "")
        again = listed("judge", data, "--run", "last")
        assert not any("trial" in row for row in again if row["outcome"] == "violation")
        assert website(data) == (0, 0), "what was found on trial counts when it is seen again"
        scan(registry, data)
        assert not any("trial" in row for row in listed("findings", data))
        confirm(data)
        lost = website(data)
        assert lost[0] < 0

        scheme(data, TRIAL)
        assert website(data) == (0, 0), "a scheme that tries a check takes nothing for what it found before"
