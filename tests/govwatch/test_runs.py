"""`govwatch runs` and `govwatch status` over a small store."""

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from domain.observation import CHINA
from domain.outcome import Inconclusive
from govwatch.cli import app
from scheduler.slots import SLOTS, Timetable
from storage.runs import TargetReport
from storage.staging import staged_folder
from storage.store import Store
from tests.storage.builders import NIGHT, PASSED, REGISTRY, verdict

BLOCKED = "被防护系统拦截"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """One run: s01 seen in part, s02 not at all, the account not taken in."""
    with Store.open(tmp_path) as store:
        run = store.begin_run(REGISTRY, as_of=NIGHT, started=NIGHT, program="t")
        lost = {"url": "http://127.0.0.1:8101/x", "status": "blocked", "reason": BLOCKED}
        blind = verdict(Inconclusive(reason="响应超时"), check="column.empty")
        store.take_in(
            run.id, "s01", [verdict(PASSED), blind], {}, NIGHT,
            report=TargetReport(complete=False, counts={"ok": 9, "blocked": 1}, gaps=(lost,)),
        )  # fmt: skip
        home = {"url": "http://127.0.0.1:8102/", "status": "timeout", "reason": "响应超时（20 秒）"}
        store.take_in(run.id, "s02", [], {}, NIGHT, report=TargetReport(counts={"timeout": 1}, gaps=(home,)))
        store.end_run(run.id, NIGHT, {"pages": 11, "verdicts": 2})
    return tmp_path


def call(*arguments: str) -> tuple[int, str]:
    ended = CliRunner().invoke(app, list(arguments))
    return ended.exit_code, ended.stdout


def test_runs_are_listed(data: Path) -> None:
    code, said = call("runs", "--data", str(data), "--format", "json")
    assert code == 0
    (run,) = json.loads(said)
    assert (run["state"], run["counts"]) == ("done", {"pages": 11, "verdicts": 2})
    code, said = call("runs", "--data", str(data))
    assert run["run"] in said
    assert "完成" in said


def test_one_run_says_what_it_did_not_see_and_why(data: Path) -> None:
    code, said = call("runs", "--data", str(data), "--run", "last", "--format", "json")
    assert code == 0
    targets = {one.get("site") or one.get("account"): one for one in json.loads(said)["targets"]}
    assert targets["s01"]["not_judged"] is None
    assert targets["s01"]["pages_not_seen"] == {BLOCKED: 1}
    assert targets["s01"]["inconclusive"] == {"响应超时": 1}
    assert targets["s02"]["not_judged"] == "响应超时（20 秒）"
    assert targets["a01"]["not_judged"] == "本轮没有完成"
    code, said = call("runs", "--data", str(data), "--run", "last")
    assert "没有取到的页面 1 个：被防护系统拦截" in said
    assert "全部看到的 0 个，完全无法判定的 2 个" in said


def test_an_unknown_run_is_refused(data: Path) -> None:
    ended = CliRunner().invoke(app, ["runs", "--data", str(data), "--run", "nix"])
    assert "nix" in str(ended.exception)


def test_status_says_how_the_program_is(data: Path) -> None:
    code, said = call("status", "--data", str(data), "--format", "json")
    found = {one["name"]: one for one in json.loads(said)}
    assert code == (0 if all(one["ok"] for one in found.values()) else 1)
    assert {"disk", "database", "last-run", "workers", "queue"} == set(found)
    assert not found["last-run"]["ok"]


def test_a_run_under_way_shows_how_far_it_is_and_what_is_still_to_come(tmp_path: Path) -> None:
    """A site that was judged counts although it waits to be taken in with all others."""
    begins = datetime(2026, 3, 2, 1, 0, tzinfo=CHINA)
    table = Timetable(
        begins=begins,
        until=begins + timedelta(hours=5),
        starts={"s01": begins, "s02": begins + timedelta(hours=2)},
        ends=begins + timedelta(hours=3),
    )
    with Store.open(tmp_path) as store:
        options = {SLOTS: table.plain()}
        run = store.begin_run(REGISTRY, as_of=NIGHT, started=NIGHT, program="t", options=options)
        whole = len(store.targets(run.id))
        shown = [json.loads(call("runs", "--data", str(tmp_path), "--format", "json")[1])[0]]
        aside = staged_folder(tmp_path, run.id)
        aside.mkdir(parents=True)
        (aside / "s01.pickle").write_bytes(b"")
        shown += json.loads(call("runs", "--data", str(tmp_path), "--format", "json")[1])
        _, report = call("runs", "--data", str(tmp_path), "--run", run.id)
        store.take_in(run.id, "s01", [verdict(PASSED)], {}, NIGHT)
        (aside / "s01.pickle").unlink()
        shown += json.loads(call("runs", "--data", str(tmp_path), "--format", "json")[1])
    assert [(one["done"], one["taken_in"], one["targets"]) for one in shown] == [
        (0, 0, whole), (1, 0, whole), (1, 1, whole),
    ]  # fmt: skip
    assert f"已完成 1/{whole}" in report
    assert "2026-03-02 03:00" in report
    assert "03月02日01:00至03月02日06:00" in report
