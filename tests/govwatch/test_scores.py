"""The commands on scores over one small data folder: assess, ledger, year, export, an office's own scheme."""

import json
import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import Result
from docx import Document
from typer.testing import CliRunner

from domain.finding import CaseState
from govwatch.cli import app
from govwatch.commands.common import explain
from schemes import scheme as reading
from storage.store import Store
from tests.storage.builders import night, picture, take, verdict

S = ("--scheme", "changshu-2020", "--year", "2026")
KEY = ("column.stale", "s01", "U01", "http://127.0.0.1:8101/tzgg/")


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One stale column of U01, confirmed: 90 − 3 = 87. Nothing against U02: 90."""
    monkeypatch.setattr(reading, "SHELVES", [reading.REGIMES])
    folder = tmp_path / "data"
    with Store.open(folder) as store:
        take(store, 0, verdict(witnesses=2), evidence={KEY: [picture()]})
        case = store.findings()[0].id
        store.review(case, CaseState.CONFIRMED, by="王科长", reason="属实", at=night(1))
    return folder


def govwatch(*words: str | Path) -> Result:
    """Runs a command; what `main` would print of an error is in `output`, its exit code 2."""
    ended = CliRunner().invoke(app, [str(word) for word in words])
    if ended.exception is not None and not isinstance(ended.exception, SystemExit):
        said = explain(ended.exception)  # type: ignore[arg-type]
        assert said is not None, ended.exception
        return Result(
            runner=ended.runner, stdout_bytes=said.encode(), stderr_bytes=b"", output_bytes=said.encode(),
            return_value=None, exit_code=2, exception=None, exc_info=None,
        )  # fmt: skip
    return ended


def assessed(data: Path, *more: str) -> dict[str, Any]:
    ended = govwatch("assess", "--data", data, *S, "--format", "json", *more)
    assert ended.exit_code == 0, ended.output
    read: dict[str, Any] = json.loads(ended.stdout)
    return read


def scores(data: Path) -> dict[str, float]:
    return {unit["unit"]: unit["score"] for unit in assessed(data)["units"]}


def rows(data: Path, *more: str) -> list[dict[str, Any]]:
    ended = govwatch("ledger", "--data", data, *S, "--format", "jsonl", *more)
    assert ended.exit_code == 0, ended.output
    return [json.loads(line) for line in ended.stdout.splitlines()]


def test_scores_are_what_the_ledger_says(data: Path) -> None:
    assert scores(data) == {"U01": 87, "U02": 90}
    found = rows(data, "--unit", "U01")
    assert [(row["entry"], row["line"], row["signed"]) for row in found] == [
        ("opening", "", 0), ("charge", "7", -3),
    ]  # fmt: skip
    assert rows(data, "--unit", "U01") == found
    assert [row["line"] for row in rows(data, "--line", "7")] == ["7"]


def test_a_score_is_explained_line_by_line_with_signs(data: Path) -> None:
    said = govwatch("ledger", "--data", data, *S, "--unit", "U01").stdout.splitlines()
    assert said[0] == "常熟市政务公开工作考核方案（2020年版）（changshu-2020）　2026年度"
    assert said[1] == "某某市卫生健康局（U01）　得分87分　良好"
    assert said[2] == "　第7项　“信息公开”栏目更新　共用30分（第5、6、7项）　依据：附件第7项"
    assert "记账　-3　6个月未更新栏目1个×3分=3分" in said[3]
    assert "佐证1件" in said[3]
    assert "核实：王科长" in said[3]
    assert said[4] == "　　小计：实际扣3分；6个月未更新栏目1个×3分=3分，政府网站类30分池余27分"
    assert said[5] == "　计分：各项满分90分，得87分；等次良好"
    assert "没有编号为“U99”" in govwatch("ledger", "--data", data, "--unit", "U99").output


def test_a_year_is_closed_shown_verified_and_appealed(data: Path) -> None:
    close = ("year", "close", "--data", data, *S, "--by", "李某")
    warned = govwatch(*close)
    assert warned.exit_code == 0
    assert "尚未封账" in warned.output
    assert "未录入或待核定" in warned.output
    assert govwatch("year", "verify", "--data", data, *S).exit_code == 2
    done = govwatch(*close, "--yes")
    assert "已封账：2个单位，封账号 " in done.output
    seal = done.output.split("封账号 ")[1].strip()
    assert "已经封账" in govwatch(*close, "--yes").output

    with Store.open(data) as store:
        case = store.findings()[0].id
        store.review(case, CaseState.DISMISSED, by="王科长", reason="误判", at=night(3))
    after = assessed(data)
    assert {unit["unit"]: unit["score"] for unit in after["units"]} == {"U01": 87, "U02": 90}
    assert (after["closing"]["seal"], after["closing"]["appeals"]) == (seal, [])

    charge = next(row["id"] for row in rows(data) if row["line"] == "7")
    turned = govwatch("year", "reverse", charge, "--data", data, "--by", "李某", "--reason", "申诉成立")
    assert "冲销后90分，优秀" in turned.output
    appealed = assessed(data)
    unit = next(unit for unit in appealed["units"] if unit["unit"] == "U01")
    assert (unit["score"], unit["grade"]) == (87, "良好")
    assert unit["notes"][0].startswith("封账后冲销1笔，冲销后90分")
    (appeal,) = appealed["closing"]["appeals"]
    assert (appeal["unit"], appeal["score"], appeal["reversals"][0]["points"]) == ("U01", 90, 3)
    assert "以上为封账成绩" in govwatch("assess", "--data", data, *S).stdout
    shown = govwatch("year", "show", "--data", data, *S).stdout
    assert seal in shown
    assert "U01　某某市卫生健康局　87　（封账后冲销1笔" in shown
    assert json.loads(govwatch("year", "show", "--data", data, *S, "--format", "json").stdout)["seal"] == seal
    explained = govwatch("ledger", "--data", data, *S, "--unit", "U01").stdout
    assert "得分90分" in explained
    assert "记账（已冲销）　-3" in explained
    assert "冲销　+3" in explained
    proven = govwatch("year", "verify", "--data", data, *S)
    assert proven.exit_code == 0
    assert seal in proven.stdout
    said = json.loads(govwatch("year", "verify", "--data", data, *S, "--format", "json").stdout)
    assert said == {"seal": seal, "whole": True, "problems": []}


def test_an_altered_closing_is_named_with_exit_code_one(data: Path) -> None:
    govwatch("year", "close", "--data", data, *S, "--by", "李某", "--yes")
    with Store.open(data) as store, store.writing() as connection:
        connection.exec_driver_sql("DROP TRIGGER closings_no_update")
        connection.exec_driver_sql("""UPDATE closings SET scores = '{"U01": "99", "U02": "90"}'""")
    ended = govwatch("year", "verify", "--data", data, *S)
    assert ended.exit_code == 1
    assert "U01：成绩单87，封账分数99" in ended.stdout


def test_an_open_year_has_nothing_to_show_and_takes_no_reversal(data: Path) -> None:
    assert "还没有封账" in govwatch("year", "show", "--data", data, *S).output
    charge = next(row["id"] for row in rows(data) if row["line"] == "7")
    words = ("year", "reverse", "--data", data, "--by", "李", "--reason", "误判")
    assert "尚未封账" in govwatch(*words, charge).output
    assert "没有编号为“L9”" in govwatch(*words, "L9").output


def test_every_paper_is_written(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    papers = {
        "r.xlsx": ("ranking",), "r.docx": ("ranking",),
        "f.xlsx": ("form", "--unit", "U01"), "f.docx": ("form", "--unit", "U01"),
        "o.docx": ("dossier", "--unit", "U01"), "o.zip": ("dossier", "--unit", "U01"),
        "d.xlsx": ("deductions",),
        "b.docx": ("bulletin", "--mend-by", "2026-07-15", "--office", "某某办"),
    }  # fmt: skip
    for name, words in papers.items():
        ended = govwatch("export", *words, "--data", data, *S, "--out", out / name)
        assert ended.exit_code == 0, ended.output
        assert f"已写入 {out / name}" in ended.stdout
        assert (out / name).read_bytes()[:2] == b"PK"
    assert "1行" in govwatch("export", "deductions", "--data", data, *S, "--out", out / "d.xlsx").stdout
    narrowed = (
        "--unit",
        "U02",
        "--line",
        "7",
        "--check",
        "column.stale",
        "--since",
        "2026-01-01",
        "--confirmed",
    )
    ended = govwatch(
        "export", "deductions", "--data", data, *S, "--out", out / "n.xlsx", *narrowed, "--confirmed"
    )
    assert "0行" in ended.stdout
    text = "\n".join(p.text for p in Document(str(out / "b.docx")).paragraphs)
    assert "于2026年7月15日前整改到位" in text
    assert "2026年7月22日统一复查" in text
    with zipfile.ZipFile(out / "o.zip") as pack:
        assert "考核档案.docx" in pack.namelist()


def test_forms_of_all_units_go_into_a_folder(data: Path, tmp_path: Path) -> None:
    ended = govwatch("export", "form", "--data", data, *S, "--out", tmp_path / "forms")
    assert "2份评分表" in ended.stdout
    names = sorted(path.name for path in (tmp_path / "forms").iterdir())
    assert names == ["U01-某某市卫生健康局.xlsx", "U02-某某市教育局.xlsx"]
    page = openpyxl.load_workbook(tmp_path / "forms" / names[0])["评分表"]
    assert [cell.value for cell in page[3]][:8] == [
        "一级指标", "二级指标", "分值", "评分标准", "考核对象", "考核方式", "自评分", "得分",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("form", "--out", "f.xlsx"), "请用 --unit 指定一个"),
        (("form", "--unit", "U77", "--out", "f.xlsx"), "没有考核单位“U77”。考核的单位有：U01、U02"),
        (("form", "--out", "f", "--format", "pdf"), "只能写 xlsx 或 docx"),
        (("ranking", "--out", "r.pdf"), "文件名应以 .xlsx 或 .docx 结尾，而不是“r.pdf”"),
        (("ranking", "--out", "no/r.xlsx"), "文件夹“no”不存在"),
        (("deductions", "--line", "99", "--out", "d.xlsx"), "没有序号为“99”的指标"),
        (("deductions", "--since", "昨天", "--out", "d.xlsx"), "日期“昨天”无法识别"),
        (("bulletin", "--mend-by", "2026-01-01", "--out", "b.docx"), "通报日期、整改期限、复查日期"),
        (("dossier", "--unit", "U01", "--out", "d.pdf"), "文件名应以 .docx 或 .zip 结尾"),
    ],
)
def test_what_cannot_be_written_is_said(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    ended = govwatch("export", words[0], "--data", data, *S, *words[1:])
    assert ended.exit_code == 2
    assert said in ended.output
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_a_plan_in_the_data_folder_is_taken_by_itself(data: Path, tmp_path: Path) -> None:
    plan = tmp_path / "p.toml"
    assert govwatch("schemes", "plan", "nanchang", "--year", "2026", "--out", plan).exit_code == 0
    empty = govwatch("schemes", "validate", plan)
    assert empty.exit_code == 2
    assert "“市直部门”各项分值合计为 0，与写明的 100 不符" in empty.output
    text = plan.read_text(encoding="utf-8")
    heavy = re.sub(r'(no = "[67]\.1\.1".*\npoints = )0', r"\g<1>100", text)
    plan.write_text(heavy, encoding="utf-8")
    good = govwatch("schemes", "validate", plan)
    assert "各项分值齐全" in good.output, good.output
    asked = ("assess", "--data", data, "--scheme", "nanchang", "--format", "json", "--year")
    assert json.loads(govwatch(*asked, "2026").stdout)["missing_weights"]
    (data / "plans").mkdir()
    plan.rename(data / "plans" / "nanchang-2026.toml")
    assert {unit["score"] for unit in json.loads(govwatch(*asked, "2026").stdout)["units"]} == {100}
    assert json.loads(govwatch(*asked, "2025").stdout)["missing_weights"]
    wrong = govwatch(*asked, "2025", "--plan", data / "plans" / "nanchang-2026.toml")
    assert "是2026年度的，不是2025年度的" in wrong.output
    assert "不需要年度方案" in govwatch("schemes", "plan", "zhushan", "--year", "2026").output


def test_next_years_scheme_is_used_from_the_data_folder(data: Path) -> None:
    (data / "schemes").mkdir()
    target = data / "schemes" / "changshu-2026.toml"
    made = govwatch("schemes", "new", "--from", "changshu-2020", "--year", "2026", "--out", target)
    assert made.exit_code == 0
    assert (
        "已存在"
        in govwatch("schemes", "new", "--from", "changshu-2020", "--year", "2026", "--out", target).output
    )
    asked = ("assess", "--data", data, "--scheme", "changshu-2026", "--year", "2026", "--format", "json")
    result = json.loads(govwatch(*asked).stdout)
    assert result["scheme_name"] == "常熟市政务公开工作考核方案（2026年版）"
    # Last night's findings name the lines of changshu-2020: nothing is charged under the new one yet.
    assert {unit["score"] for unit in result["units"]} == {90}


def test_a_folder_of_schemes_that_does_not_exist_is_said(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from govwatch.settings import settings

    monkeypatch.setenv("GOVWATCH_SCHEMES", "no-such-folder")
    settings.cache_clear()
    try:
        ended = govwatch("schemes")
        assert ended.exit_code == 2
        assert "GOVWATCH_SCHEMES 所指的文件夹“no-such-folder”不存在" in ended.output
    finally:
        monkeypatch.undo()
        settings.cache_clear()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("schemes", "validate", "{}/none.toml"), "none.toml”没有这个文件"),
        (("schemes", "validate", "{}"), "”是文件夹，不是文件"),
        (("schemes", "diff", "zhushan", "{}/none.toml"), "none.toml”没有这个文件"),
        (("assess", "--data", "{}/data", *S, "--plan", "{}/none.toml"), "none.toml”没有这个文件"),
    ],
)
def test_a_file_that_is_not_there_is_named_with_exit_code_two(
    data: Path, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    ended = govwatch(*(word.replace("{}", str(tmp_path)) for word in words))
    assert ended.exit_code == 2
    assert said in ended.output


def test_without_a_year_the_period_of_the_scheme_decides(data: Path) -> None:
    """A year of assessment from December to November: in December 2026 it is 2027 that is meant."""
    text = (reading.REGIMES / "changshu-2020.toml").read_text(encoding="utf-8")
    own = data / "schemes" / "changshu-2020.toml"
    own.parent.mkdir()
    own.write_text(f'{text}\n[period]\nfirst = "12-01"\nlast = "11-30"\n', encoding="utf-8")
    shown = {}
    reading.SHELVES.append(own.parent)
    for day in ("2026-11-30", "2026-12-01"):
        ended = govwatch(
            "assess", "--data", data, "--scheme", "changshu-2020", "--now", day, "--format", "json"
        )
        assert ended.exit_code == 0, ended.output
        read = json.loads(ended.stdout)
        shown[day] = (read["year"], {unit["unit"]: unit["score"] for unit in read["units"]}["U01"])
    assert shown == {"2026-11-30": (2026, 87), "2026-12-01": (2027, 90)}
