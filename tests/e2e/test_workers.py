"""A scheduled night by four workers over PostgreSQL, random ones killed: nothing lost, nothing doubled, no
site twice at once. With GOVWATCH_WHOLE_CITY set the night is that of the whole sample city.
"""

import json
import os
import random
import shutil
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
import pytest
import yaml

from sample.city import AS_OF, CITY
from sample.server import Running, serve
from storage.store import Store
from tests.e2e.postgres import postgres_server

TARGETS = ("s01", "s02", "s03", "a01", "a02")
WHOLE_CITY = "GOVWATCH_WHOLE_CITY"
WORKERS, KILLS = 4, 3
PATIENCE_S = 1800 if os.environ.get(WHOLE_CITY) else 300
LOOK = 0.05

pytestmark = [pytest.mark.slow, pytest.mark.postgres]


@dataclass
class Crew:
    """Workers under watch. `met` counts the looks at which a target had an errand's process."""

    command: list[str]
    around: dict[str, str]
    log: Path
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)
    met: Counter[tuple[str, str]] = field(default_factory=Counter)
    twice: list[str] = field(default_factory=list)
    left_behind: list[str] = field(default_factory=list)
    killed_at: list[str] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def hire(self) -> None:
        with self.log.open("ab") as log:
            self.workers.append(subprocess.Popen(self.command, env=self.around, stdout=log, stderr=log))

    def watch(self, chance: random.Random) -> None:
        """Looks at the processes until it is over, and kills workers at moments of chance."""
        wait = chance.randrange(5, 25)
        while not self.over.wait(LOOK):
            busy = self.look()
            wait -= bool(busy)
            if wait <= 0 and busy and len(self.killed_at) < KILLS:
                number = chance.choice(sorted(busy))
                self.kill(self.workers[number], busy[number])
                self.hire()
                wait = chance.randrange(10, 60)

    def look(self) -> dict[int, str]:
        """What each worker's errand is, by the worker's place; notes targets that have two processes."""
        busy: dict[int, str] = {}
        seen: Counter[str] = Counter()
        for number, worker in enumerate(self.workers):
            for words in _errands_of(worker.pid):
                kind, target = words[0], words[2] if len(words) > 2 else words[1]
                busy[number] = f"{kind} {target}"
                self.met[kind, target] += 1
                if kind in ("site", "accounts"):
                    seen[target] += 1
        self.twice += [target for target, count in seen.items() if count > 1]
        return busy

    def kill(self, worker: subprocess.Popen[bytes], busy: str) -> None:
        """Kills a worker; what it had started must die with it."""
        below = psutil.Process(worker.pid).children(recursive=True)
        worker.kill()
        worker.wait(30)
        _, alive = psutil.wait_procs(below, timeout=20)
        self.left_behind += [f"{busy}: {' '.join(_words(process))}" for process in alive]
        self.killed_at.append(busy)


def _errands_of(pid: int) -> Iterator[list[str]]:
    try:
        children = psutil.Process(pid).children()
    except psutil.NoSuchProcess:
        return
    for child in children:
        words = _words(child)
        if "errand" in words and "--data" in words:
            yield words[words.index("errand") + 1 : words.index("--data")]


def _words(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline() if process.status() != psutil.STATUS_ZOMBIE else []
    except psutil.NoSuchProcess:
        return []


def govwatch(*arguments: str, around: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "govwatch.cli", *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, timeout=PATIENCE_S, check=False, env=around
    )


def asked_for(running: Running, data: Path) -> list[str]:
    targets = [word for target in TARGETS for word in ("--site", target)]
    return [
        "--registry", str(running.registry_path), "--data", str(data), "--now", AS_OF.isoformat(),
        "--delay", "0", "--no-screenshots", *targets,
    ]  # fmt: skip


def a_night(running: Running, data: Path) -> list[str]:
    """The weekly walk of the night, as the scheduler has it done by a process of its own."""
    named = yaml.safe_load(running.registry_path.read_text("utf-8"))
    if not os.environ.get(WHOLE_CITY):
        for kind in ("sites", "accounts"):
            named[kind] = [one for one in named[kind] if one["id"] in TARGETS]
    data.mkdir()
    for file in running.folder.iterdir():  # what people recorded of accounts lies in the data folder
        if file.is_file() and file != running.registry_path:
            shutil.copy(file, data)
    registry = data / "registry.yaml"
    registry.write_text(yaml.safe_dump(named, allow_unicode=True), "utf-8")
    now = AS_OF.isoformat()
    return [
        "schedule", "--once", "walk", "--registry", str(registry), "--data", str(data), "--now", now,
        "--due", now, "--delay", "0", "--no-screenshots",
    ]  # fmt: skip


@contextmanager
def crew_of(data: Path, around: dict[str, str], log: Path) -> Iterator[Crew]:
    command = [sys.executable, "-m", "govwatch.cli", "worker", "--data", str(data), "--jobs", "1"]
    crew = Crew(command, around, log)
    try:
        for _ in range(WORKERS):
            crew.hire()
        yield crew
    finally:
        crew.over.set()
        for worker in crew.workers:
            worker.terminate()
        for worker in crew.workers:
            worker.wait(60)


@pytest.fixture
def city(tmp_path: Path) -> Iterator[Running]:
    with serve(CITY, folder=tmp_path) as running:
        yield running


def rows(command: str, data: Path, around: dict[str, str]) -> list[dict[str, Any]]:
    ended = govwatch(command, "--data", str(data), "--format", "jsonl", around=around)
    assert ended.returncode == 0, ended.stderr
    return [json.loads(line) for line in ended.stdout.splitlines()]


def outcome_of(row: dict[str, Any]) -> tuple[str, ...]:
    place = row.get("site") or row.get("account")
    return (row["check"], str(place), row["unit"], row["subject"], row["outcome"], row["reason"])


def test_killed_workers_lose_nothing_and_double_nothing(city: Running, tmp_path: Path) -> None:
    here = {**os.environ, "GOVWATCH_ALLOW_NETWORKS": "127.0.0.0/8"}
    here.pop("GOVWATCH_DATABASE_URL", None)
    alone, together = tmp_path / "alone", tmp_path / "together"
    local = govwatch(*a_night(city, alone), around=here)
    assert local.returncode == 0, local.stderr
    with ExitStack() as stack:
        url = stack.enter_context(postgres_server())
        there = {
            **here,
            "GOVWATCH_DATABASE_URL": url,
            "GOVWATCH_LEASE_SECONDS": "3",
            "GOVWATCH_RETRY_SECONDS": "0.5",
        }
        night = a_night(city, together)
        crew = stack.enter_context(crew_of(together, there, tmp_path / "workers.log"))
        _until_they_are_there(together, url)
        watcher = threading.Thread(target=crew.watch, args=(random.Random(20260630),))
        watcher.start()
        ended = govwatch(*night, around=there)
        crew.over.set()
        watcher.join(60)
        said = ended.stdout + ended.stderr + (tmp_path / "workers.log").read_text()
        assert ended.returncode == 0, said
        assert "walk：轮次" in ended.stdout, said
        assert len(crew.killed_at) == KILLS, crew.met
        assert crew.left_behind == []
        assert crew.twice == []
        findings = rows("findings", together, there)
        assert {row["id"] for row in findings} == {row["id"] for row in rows("findings", alone, here)}
        outcomes = Counter(map(outcome_of, rows("outcomes", together, there)))
        assert outcomes == Counter(map(outcome_of, rows("outcomes", alone, here)))
        with Store.open(together, url) as store:
            [run] = store.runs()
            assert (run.state, run.options["queued"]) == ("done", True)
            assert [line.outcome for line in store.job_log(9)] == ["done"]
            assert store.pending(run.id) == []
            assert {len(store.sightings(row["id"])) for row in findings} == {1}
        assert govwatch("evidence", "verify", "--data", str(together), around=there).returncode == 0


def _until_they_are_there(data: Path, url: str) -> None:
    """Waits until the workers gave a sign of life: the night goes to workers that are there."""
    with Store.open(data, url) as store:
        for _ in range(int(PATIENCE_S / LOOK)):
            if store.measure().workers >= WORKERS:
                return
            threading.Event().wait(LOOK)
    raise AssertionError("the workers never came")


def test_a_worker_told_to_stop_hands_back_what_takes_too_long(city: Running, tmp_path: Path) -> None:
    data = tmp_path / "data"
    with ExitStack() as stack:
        url = stack.enter_context(postgres_server())
        around = {**os.environ, "GOVWATCH_DATABASE_URL": url, "GOVWATCH_RETRY_SECONDS": "0.5"}
        wanted = [*asked_for(city, data)[:-10], "--site", "s01"]
        around["GOVWATCH_ALLOW_NETWORKS"] = "127.0.0.0/8"
        scan = [sys.executable, "-m", "govwatch.cli", "scan", *wanted, "--workers"]
        asking = subprocess.Popen(scan, env=around, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        stack.callback(asking.kill)
        command = [sys.executable, "-m", "govwatch.cli", "worker", "--data", str(data), "--grace", "0"]
        first = subprocess.Popen(command, env=around, stderr=subprocess.PIPE)
        while not any(_errands_of(first.pid)):
            assert first.poll() is None
            threading.Event().wait(LOOK)
        first.terminate()
        assert first.wait(60) == 0, first.stderr.read().decode() if first.stderr else ""
        assert first.stderr is not None
        first.stderr.close()
        with Store.open(data, url) as store:
            [begun] = store.runs()
            run = begun.id
            assert store.held_leases() == []
            assert store.pending(run) == [("site", "s01")]
            queue = store.measure().queue
            assert queue is not None
            assert queue["todo"] == 1
        second = subprocess.run([*command, "--until-idle"], env=around, capture_output=True, check=False)
        assert second.returncode == 0, second.stderr
        with Store.open(data, url) as store:
            assert store.run(run).state == "done"
        assert asking.wait(60) == 0  # whoever asked for it has waited, and sums it up
