"""The sample municipality scanned as a user would, held against what is planted in it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from checks.catalogue import all_checks
from evidence.browser import BrowserFound, find_browser
from sample.city import AS_OF, CITY
from sample.compare import compare
from sample.server import Running, serve

NOT_ALL_JUDGED = 3


def govwatch(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs the command line as a user would."""
    command = [sys.executable, "-m", "govwatch.cli", *arguments]
    # Outside links and feeds of the sample stand on loopback ports that the registry does not name.
    around = os.environ | {"GOVWATCH_ALLOW_NETWORKS": "127.0.0.0/8"}
    return subprocess.run(command, capture_output=True, text=True, timeout=600, check=False, env=around)


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


@dataclass(frozen=True)
class Scanned:
    """The city after one scan: what runs, where the data lie, how the scan ended."""

    running: Running
    data: Path
    ended: subprocess.CompletedProcess[str]

    def findings(self) -> list[dict[str, Any]]:
        return lines(govwatch("findings", "--data", str(self.data), "--format", "jsonl").stdout)

    def outcomes(self) -> list[dict[str, Any]]:
        return lines(govwatch("outcomes", "--data", str(self.data), "--format", "jsonl").stdout)


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scanned]:
    folder = tmp_path_factory.mktemp("city")
    with serve(CITY, folder=folder) as running:
        ended = scan(running, folder / "data")
        yield Scanned(running, folder / "data", ended)


def scan(running: Running, data: Path, *more: str) -> subprocess.CompletedProcess[str]:
    registry, now = str(running.registry_path), AS_OF.isoformat()
    return govwatch("scan", "--registry", registry, "--data", str(data), "--now", now, "--delay", "0", *more)


@pytest.mark.slow
def test_the_truth_is_matched_in_full(scanned: Scanned) -> None:
    assert scanned.ended.returncode == NOT_ALL_JUDGED, scanned.ended.stderr
    known = set(all_checks())
    differences = compare(scanned.running.truth(), scanned.findings(), scanned.outcomes(), checks=known)
    assert not differences, differences.report()


@pytest.mark.slow
def test_evidence_is_whole_and_pictures_are_there(scanned: Scanned) -> None:
    verified = govwatch("evidence", "verify", "--data", str(scanned.data))
    assert verified.returncode == 0, verified.stdout
    findings = scanned.findings()
    assert all(finding["evidence"] for finding in findings)
    if isinstance(find_browser(), BrowserFound):
        without = [f["id"] for f in findings if not any(e["kind"] == "screenshot" for e in f["evidence"])]
        # A dead host shows no page that could be pictured; its tries are on record.
        of_pages = {f["id"] for f in findings if "site" in f and f["check"] != "site.broken-link"}
        assert not of_pages.intersection(without)


@pytest.mark.slow
def test_an_altered_byte_is_named(scanned: Scanned) -> None:
    file = scanned.data / scanned.findings()[0]["evidence"][0]["path"]
    before = file.read_bytes()
    file.write_bytes(before[:-1] + bytes([before[-1] ^ 1]))
    verified = govwatch("evidence", "verify", "--data", str(scanned.data))
    file.write_bytes(before)
    assert verified.returncode == 1
    assert file.name in verified.stdout


@pytest.mark.slow
def test_assess_explains_each_point(scanned: Scanned) -> None:
    stale = next(f for f in scanned.findings() if f["check"] == "column.stale" and f["indicators"])
    reviewed = govwatch(
        "review", stale["id"], "--to", "confirmed", "--by", "核实员", "--data", str(scanned.data)
    )
    assert reviewed.returncode == 0, reviewed.stderr
    ended = govwatch(
        "assess", "--data", str(scanned.data), "--scheme", "changshu-2020", "--year", "2026",
        "--format", "json",
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    cards = {card["unit"]: card for card in json.loads(ended.stdout)["units"]}
    rows = [row for row in cards[stale["unit"]]["deductions"] if row.get("finding") == stale["id"]]
    assert len(rows) == 1
    assert rows[0]["points"] == -3
    assert rows[0]["clause"]
    assert rows[0]["arithmetic"]


@pytest.mark.slow
def test_judging_the_kept_run_again_gives_the_same_verdicts(scanned: Scanned) -> None:
    again = govwatch("judge", "--data", str(scanned.data), "--run", "last", "--format", "jsonl")
    assert again.returncode == 0, again.stderr
    first = {_key(row): row["outcome"] for row in scanned.outcomes()}
    assert {_key(row): row["outcome"] for row in lines(again.stdout)} == first


def _key(row: dict[str, Any]) -> tuple[str, str, str, str]:
    return (row["check"], row["unit"], row.get("site") or row["account"], row["subject"])
