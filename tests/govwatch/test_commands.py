"""The command line: what it prints, and the exit codes that scripts rely on."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

REGISTRY = """
schemes: [national-2019]
units:
  - {code: U01, name: 某某市卫生健康局, category: department}
sites:
  - {id: s01, unit: U01, name: 某某市卫生健康局网站, home: "http://127.0.0.1:9/"}
"""

LISTING = """<html><head><meta charset="utf-8"><title>通知公告-某某局</title>
<meta name="ColumnName" content="通知公告"></head><body>
<div>当前位置：<a href="/">首页</a> &gt; <a href="/tzgg/">通知公告</a></div>
<ul><li><a href="/a/1.html">关于开展检查工作的通知</a><span>2026-06-12</span></li>
<li><a href="/a/2.html">关于公布名单的公告</a><span>06-01</span></li>
<li><a href="/a/3.html">关于放假安排的通知</a><span>12-30</span></li></ul></body></html>"""


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "govwatch.cli", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


@pytest.fixture
def registry(tmp_path: Path) -> Path:
    path = tmp_path / "registry.yaml"
    path.write_text(REGISTRY, encoding="utf-8")
    return path


def test_a_good_registry_is_said_to_be_good(registry: Path) -> None:
    ended = run("registry", "check", str(registry))
    assert ended.returncode == 0
    assert "1个单位、1个网站" in ended.stdout


def test_a_broken_registry_is_explained_with_line_value_and_mend(registry: Path) -> None:
    registry.write_text(REGISTRY.replace("department", "departement"), encoding="utf-8")
    ended = run("registry", "check", str(registry))
    assert ended.returncode == 2
    assert "第4行" in ended.stderr
    assert "departement" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_template_is_written_and_never_overwritten(tmp_path: Path) -> None:
    target = tmp_path / "registry.xlsx"
    assert run("registry", "template", str(target)).returncode == 0
    assert target.read_bytes()[:2] == b"PK"
    assert run("registry", "template", str(target)).returncode == 2
    assert run("registry", "template", str(tmp_path / "a.txt")).returncode == 2


def test_read_says_what_it_read_and_why(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(LISTING, encoding="utf-8")
    ended = run(
        "read", str(page), "--url", "http://a.test/tzgg/", "--now", "2026-06-30", "--format", "json"
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    reading = json.loads(ended.stdout)
    assert reading["fetch_status"] == "ok"
    assert reading["kind"] == "list"
    assert reading["column"] == "通知公告"
    assert reading["column_kind"] == "notices"
    assert [item["date"] for item in reading["items"]] == ["2026-06-12", "2026-06-01", "2025-12-30"]
    assert reading["newest"] == "2026-06-12"
    assert reading["undated"] == 0


def test_read_tells_people_in_plain_lines(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(LISTING, encoding="utf-8")
    told = run("read", str(page), "--url", "http://a.test/tzgg/", "--now", "2026-06-30").stdout
    assert "结果：读到了页面" in told
    assert "栏目：通知公告（种类：通知公告 notices）" in told
    assert "列表页以各条信息的日期为准；共3条，最新一条为2026-06-12" in told
    assert "  2025-12-30  " in told
    empty = tmp_path / "empty.html"
    empty.write_bytes(b"")
    assert "内容为空" in run("read", str(empty)).stdout


def test_read_of_what_cannot_be_read(tmp_path: Path) -> None:
    empty = tmp_path / "empty.html"
    empty.write_bytes(b"")
    assert run("read", str(empty), "--format", "json").returncode == 3
    assert run("read", "http://127.0.0.1:9/", "--format", "json").returncode == 3
    assert run("read", str(tmp_path / "none.html")).returncode == 2


def test_schemes_are_listed_with_their_lines() -> None:
    ended = run("schemes", "--format", "json")
    assert ended.returncode == 0, ended.stderr
    schemes = {scheme["id"]: scheme for scheme in json.loads(ended.stdout)}
    assert set(schemes) >= {
        "changshu-2020", "xunwu-2022", "zhushan", "nanchang", "shuangyashan-2019", "national-2019"
    }  # fmt: skip
    assert len(schemes["changshu-2020"]["indicators"]) == 19
    assert len(schemes["xunwu-2022"]["indicators"]) == 40


@pytest.mark.parametrize(
    "words",
    [
        ("findings", "--data", "no-such-folder"),
        ("outcomes", "--data", "no-such-folder"),
        ("assess", "--data", "no-such-folder", "--scheme", "changshu-2020"),
        ("assess", "--data", "no-such-folder", "--scheme", "no-such-scheme"),
        ("schemes", "show", "no-such-scheme"),
        ("evidence", "verify", "--data", "no-such-folder"),
        ("scan", "--registry", "no-such-file.yaml", "--data", "d"),
        ("scan",),
    ],
)
def test_bad_input_ends_with_two_and_chinese_words(words: tuple[str, ...], tmp_path: Path) -> None:
    command = [sys.executable, "-m", "govwatch.cli", *words]
    ended = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert ended.returncode == 2, ended.stderr
    assert "Traceback" not in ended.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_site_that_does_not_answer_accuses_nobody(registry: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    ended = run("scan", "--registry", str(registry), "--data", str(data), "--delay", "0", "--no-screenshots")
    assert ended.returncode == 3, ended.stderr
    assert run("findings", "--data", str(data), "--format", "jsonl").stdout == ""
    outcomes = [
        json.loads(line)
        for line in run("outcomes", "--data", str(data), "--format", "jsonl").stdout.splitlines()
    ]
    assert outcomes
    assert {row["outcome"] for row in outcomes} == {"inconclusive"}
    assert run("evidence", "verify", "--data", str(data)).returncode == 0


def test_an_unknown_site_is_refused(registry: Path, tmp_path: Path) -> None:
    ended = run("scan", "--registry", str(registry), "--data", str(tmp_path / "d"), "--site", "s99")
    assert ended.returncode == 2
    assert "s99" in ended.stderr


def test_a_network_that_is_none_is_refused(registry: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOVWATCH_ALLOW_NETWORKS", "somewhere")
    ended = run("scan", "--registry", str(registry), "--data", "d")
    assert ended.returncode == 2
    assert "GOVWATCH_ALLOW_NETWORKS" in ended.stderr


def test_a_scan_by_workers_wants_the_database_that_they_share(registry: Path, tmp_path: Path) -> None:
    ended = run("scan", "--registry", str(registry), "--data", str(tmp_path / "d"), "--workers")
    assert ended.returncode == 2
    assert "多机巡检需要 PostgreSQL" in ended.stderr
