"""A WeChat account with the unit's own credentials, from the sealed secret to the exported evidence."""

import json
import sqlite3
import zipfile
from datetime import datetime, timedelta
from pathlib import Path

from domain.observation import CHINA
from tests.crawler.platform_servers import APP_ID, SECRET, Wechat, serving
from tests.govwatch.test_secrets import run

NOW = "2026-06-30T02:00:00+08:00"
AS_OF = datetime.fromisoformat(NOW).astimezone(CHINA)
REGISTRY = """
schemes: [national-2019]
units:
  - {{code: U01, name: 某某市卫生健康局, category: department}}
accounts:
  - id: a01
    unit: U01
    platform: wechat
    kind: subscription
    name: 健康某某
    source: {{type: wechat_api, base_url: "{base}", app_id: {app}, secret_name: wx-u01, covers_all: 是}}
"""


def test_from_secret_to_evidence_without_a_trace(tmp_path: Path) -> None:
    data = str(tmp_path / "data")
    posts = [(f"第{n}篇", AS_OF - timedelta(days=20 + n)) for n in range(25)]
    assert run("secrets", "set", "wx-u01", "--data", data, given=SECRET).returncode == 0
    with serving(Wechat(posts)) as base:
        registry = tmp_path / "r.yaml"
        registry.write_text(REGISTRY.format(base=base, app=APP_ID), encoding="utf-8")
        scan = run(
            "scan", "--registry", str(registry), "--data", data, "--now", NOW, "--no-screenshots",
            "--delay", "0", around={"GOVWATCH_LOG_LEVEL": "debug"},
        )  # fmt: skip
    assert scan.returncode == 0, scan.stderr
    listed = run("findings", "--data", data, "--format", "jsonl").stdout
    found = next(row for row in map(json.loads, listed.splitlines()) if row["check"] == "media.stale")
    assert found["observed"]["age_days"] == 20
    pack = tmp_path / "pack.zip"
    assert (
        run("evidence", "export", "--data", data, "--finding", found["id"], "--out", str(pack)).returncode
        == 0
    )
    with zipfile.ZipFile(pack) as packed:
        exported = b"".join(packed.read(name) for name in packed.namelist())
    assert "第0篇".encode() in exported
    with sqlite3.connect(tmp_path / "data" / "govwatch.db") as database:
        rows = "\n".join(database.iterdump())
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    shown = kept + exported + f"{scan.stdout}{scan.stderr}{listed}{rows}".encode()
    assert SECRET.encode() not in shown
    assert b"TOKEN_1" not in shown
    assert json.loads(run("sources", "--data", data, "--format", "jsonl").stdout)["state"] == "works"
