"""`govwatch secrets` and `govwatch sources`."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

REGISTRY = """
schemes: [national-2019]
units:
  - {code: U01, name: 某某市卫生健康局, category: department}
accounts:
  - {id: a01, unit: U01, platform: douyin, name: 健康某某, source: {type: file, path: a01.csv}}
  - {id: a02, unit: U01, platform: douyin, name: 医保某某, source: {type: file, path: none.csv}}
"""


def run(
    *arguments: str, given: str = "", around: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "govwatch.cli", *arguments]
    return subprocess.run(
        command,
        input=given,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env=os.environ | (around or {}),
    )


@pytest.fixture
def data(tmp_path: Path) -> str:
    return str(tmp_path / "data")


def test_set_list_remove(data: str, tmp_path: Path) -> None:
    place = {"GOVWATCH_SECRET_KEY_FILE": str(tmp_path / "safe" / "the.key")}
    done = run(
        "secrets", "set", "wx-u01", "--data", data, "--by", "张三", given="s3cret-value\n", around=place
    )
    assert done.returncode == 0
    assert (tmp_path / "safe" / "the.key").stat().st_mode & 0o777 == 0o600
    listed = run("secrets", "list", "--data", data, "--format", "jsonl")
    (line,) = listed.stdout.splitlines()
    assert json.loads(line)["set_by"] == "张三"
    assert "s3cret" not in done.stdout + done.stderr + listed.stdout
    assert not any(b"s3cret" in p.read_bytes() for p in tmp_path.rglob("*") if p.is_file())
    assert run("secrets", "remove", "wx-u01", "--data", data).returncode == 0
    gone = run("secrets", "remove", "wx-u01", "--data", data)
    assert gone.returncode == 2
    assert "没有名为“wx-u01”的密钥" in gone.stderr


def test_what_is_refused(data: str) -> None:
    empty = run("secrets", "set", "wx", "--data", data)
    assert (empty.returncode, "没有密钥内容" in empty.stderr) == (2, True)
    odd = run("secrets", "set", "a b", "--data", data, given="x")
    assert (odd.returncode, "不合要求" in odd.stderr) == (2, True)


def test_sources_say_since_when_they_are_blind(data: str, tmp_path: Path) -> None:
    (tmp_path / "r.yaml").write_text(REGISTRY, encoding="utf-8")
    (tmp_path / "a01.csv").write_text(
        "链接,标题,发布时间\nhttp://v.test/1,义诊,2026-06-29\n", encoding="utf-8"
    )
    scan = run(
        "scan", "--registry", str(tmp_path / "r.yaml"), "--data", data, "--now", "2026-06-30T02:00:00+08:00",
        "--no-screenshots",
    )  # fmt: skip
    assert scan.returncode == 3
    lines = run("sources", "--data", data, "--format", "jsonl").stdout.splitlines()
    works, blind = map(json.loads, lines)
    assert (works["account"], works["state"], works["posts"]) == ("a01", "works", 1)
    assert (blind["state"], blind["since"][:10], blind["last_good"]) == ("blind", "2026-06-30", None)
    shown = run("sources", "--data", data, "--blind").stdout
    assert "自2026-06-30起无法判定" in shown
    assert "a01" not in shown
