"""Scans that are killed, refused or blinded: nothing is lost, nothing half-kept counts, nobody is accused."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sample.city import AS_OF, CITY
from sample.model import Answer
from sample.server import Running, serve

SITES = ("s01", "s02", "s03")


@pytest.fixture
def city(tmp_path: Path) -> Iterator[Running]:
    with serve(CITY, folder=tmp_path) as running:
        yield running


def command(running: Running, data: Path, *more: str) -> list[str]:
    sites = [word for site in SITES for word in ("--site", site)]
    return [
        sys.executable, "-m", "govwatch.cli", "scan", "--registry", str(running.registry_path),
        "--data", str(data), "--now", AS_OF.isoformat(), "--delay", "0", "--no-screenshots", *sites, *more,
    ]  # fmt: skip


def findings(data: Path) -> dict[str, dict[str, Any]]:
    words = [sys.executable, "-m", "govwatch.cli", "findings", "--data", str(data), "--format", "jsonl"]
    ended = subprocess.run(words, capture_output=True, text=True, check=True)
    return {row["id"]: row for row in map(json.loads, ended.stdout.splitlines())}


def verify(data: Path) -> int:
    words = [sys.executable, "-m", "govwatch.cli", "evidence", "verify", "--data", str(data)]
    return subprocess.run(words, capture_output=True, text=True, check=False).returncode


def killed_after(lines: int, words: list[str]) -> None:
    """Runs a scan and kills it, with its children, once it has told so many lines of progress."""
    scan = subprocess.Popen(words, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
    assert scan.stderr is not None
    for _ in range(lines):
        scan.stderr.readline()
    os.kill(scan.pid, signal.SIGKILL)
    scan.wait(30)
    scan.stderr.close()


@pytest.mark.slow
def test_a_killed_scan_loses_nothing_and_the_next_one_finishes(city: Running, tmp_path: Path) -> None:
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    assert subprocess.run(command(city, whole), capture_output=True, check=False).returncode == 0
    stored: set[str] = set()
    for lines in (1, 2, 3):
        killed_after(lines, command(city, broken))
        if (broken / "govwatch.db").exists():
            now = set(findings(broken))
            assert stored <= now
            stored = now
        assert verify(broken) == 0
    assert subprocess.run(command(city, broken), capture_output=True, check=False).returncode == 0
    assert verify(broken) == 0
    assert set(findings(broken)) == set(findings(whole))


@pytest.mark.slow
def test_a_dead_or_blocked_site_keeps_its_findings_and_gets_no_new_ones(
    city: Running, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    subprocess.run(command(city, data), capture_output=True, check=False)
    before = findings(data)
    answers = {"s01": Answer(status=503), "s02": Answer(status=412, body=b"<script>$_ts={}</script>")}
    for host, answer in answers.items():
        city.overtake(host, answer)
    ended = subprocess.run(command(city, data), capture_output=True, text=True, check=False)
    assert ended.returncode == 3, ended.stderr
    after = findings(data)
    assert set(after) == set(before)
    assert {row["id"]: row["state"] for row in after.values() if row["site"] in answers} == {
        row["id"]: row["state"] for row in before.values() if row["site"] in answers
    }


def test_a_broken_registry_is_refused_whole(tmp_path: Path) -> None:
    registry, data = tmp_path / "r.yaml", tmp_path / "data"
    registry.write_text(
        "units:\n  - {code: U1, name: 甲局, category: department}\n  - {code: U1, name: 乙局, kind: x}\n"
    )
    words = [sys.executable, "-m", "govwatch.cli", "scan", "--registry", str(registry), "--data", str(data)]
    ended = subprocess.run(words, capture_output=True, text=True, check=False)
    assert ended.returncode == 2
    assert "第3行" in ended.stderr
    assert "kind" in ended.stderr
    assert not (data / "govwatch.db").exists()
