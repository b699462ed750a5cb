"""The scheduler process: one alone, jobs kept over a restart, what was missed and what was killed goes on."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from sqlalchemy import update
from sqlalchemy.exc import OperationalError

from govwatch import clock
from scheduler import clockwork
from scheduler.alone import LEASE
from scheduler.alone import PATIENCE as PATIENCE_OF_LEASE
from scheduler.clockwork import Clockwork, command_of
from scheduler.desk import NightStore, Place
from scheduler.terms import terms_kept
from storage.faults import StoreError
from storage.night_tables import apscheduler_jobs
from storage.nights import JOB_TITLES
from storage.people import Act
from tests.scheduler.farm import COLUMNS, Town, farm, registry_of

PATIENCE = 120.0


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(data=tmp_path, clock=clock.now, program="t", screenshots=False, pause=0)


@contextmanager
def at_work(place: Place, pauses_s: tuple[float, ...] = ()) -> Iterator[NightStore]:
    """A scheduler at work in a thread."""
    with place.opened() as store, place.opened() as own:
        command = command_of(str(place.data))
        works = Clockwork(place=place, command=command, store=own, beat_s=0.2, pauses_s=pauses_s)
        failed: list[BaseException] = []

        def run() -> None:
            try:
                works.run()
            except BaseException as error:
                failed.append(error)

        thread = threading.Thread(target=run)
        thread.start()
        try:
            yield store
        finally:
            works.stop.set()
            thread.join(PATIENCE)
        assert not thread.is_alive()
        if failed:
            raise failed[0]


def until(holds: Callable[[], bool], what: str) -> None:
    """Waits until something holds; the test fails when it does not come about."""
    pause, end = threading.Event(), clock.now() + timedelta(seconds=PATIENCE)
    while not holds():
        assert clock.now() < end, what
        pause.wait(0.1)


@pytest.mark.slow
def test_jobs_are_kept_shown_and_run_when_asked_for(place: Place) -> None:
    with at_work(place) as store:
        until(lambda: len(store.jobs()) == len(JOB_TITLES), "all jobs are shown")
        assert all(job.next_at is not None for job in store.jobs().values())
        store.ask_job("watch", "王", clock.now())
        until(lambda: bool(store.job_log(1, "watch")), "the job ran")
        until(lambda: store.jobs()["watch"].outcome == "failed", "without a registry it says so")
        assert "还没有名录" in store.jobs()["watch"].words
        assert store.jobs()["watch"].asked_at is None


@pytest.mark.slow
def test_a_second_scheduler_is_refused(place: Place) -> None:
    with at_work(place) as store:
        until(lambda: len(store.jobs()) == len(JOB_TITLES), "the first is at work")
        with place.opened() as other, pytest.raises(StoreError, match="夜间调度"):
            Clockwork(place=place, command=["true"], store=other).run()


def test_one_on_another_machine_is_respected_until_it_is_silent(place: Place) -> None:
    with place.opened() as store, place.opened() as own:
        assert store.grant_lease(LEASE, "another-machine/17", PATIENCE_OF_LEASE) is not None
        with pytest.raises(StoreError, match="已有一个夜间调度在运行（another-machine/17）"):
            Clockwork(place=place, command=["true"], store=own).run()


@pytest.mark.slow
def test_what_was_missed_while_it_was_off_is_made_up_for_once(place: Place) -> None:
    with at_work(place) as store:
        until(lambda: len(store.jobs()) == len(JOB_TITLES), "the plan is made")
    with place.opened() as store, store.writing() as connection:
        missed = clock.now().timestamp() - 3 * 3600
        change = update(apscheduler_jobs).where(apscheduler_jobs.c.id == "health")
        connection.execute(change.values(next_run_time=missed, job_state=_moved(store, missed)))
    with at_work(place) as store:
        until(lambda: bool(store.job_log(5, "health")), "the missed job ran")
        until(lambda: store.jobs()["health"].outcome not in {"", "running"}, "it ended")
        assert len(store.job_log(5, "health")) == 1


@pytest.mark.slow
def test_a_clock_that_was_years_ahead_keeps_no_job_waiting(place: Place) -> None:
    with at_work(place) as store:
        until(lambda: len(store.jobs()) == len(JOB_TITLES), "the plan is made")
        planned = {name: job.next_at for name, job in store.jobs().items()}
    with place.opened() as store, store.writing() as connection:
        ahead = clock.now().timestamp() + 4 * 365 * 86400
        change = update(apscheduler_jobs).where(apscheduler_jobs.c.id == "health")
        connection.execute(change.values(next_run_time=ahead, job_state=_moved(store, ahead)))
    with at_work(place) as store:
        until(lambda: store.jobs()["health"].next_at == planned["health"], "it comes when it should")


@pytest.mark.slow
def test_a_scan_that_fails_is_begun_again_as_of_the_same_time_and_then_let_be(place: Place) -> None:
    with at_work(place, pauses_s=(0.1, 0.1)) as store:
        until(lambda: len(store.jobs()) == len(JOB_TITLES), "the first is at work")
        store.ask_job("scan", "王", clock.now())  # there is no registry: it fails
        until(lambda: len(_ended(store, "scan")) == 3, "it was tried three times")
    with place.opened() as store:
        lines = store.job_log(9, "scan")
    assert [line.outcome for line in lines] == ["failed"] * 3
    assert len({line.due for line in lines}) == 1


def _ended(store: NightStore, name: str) -> list[str]:
    return [line.outcome for line in store.job_log(9, name) if line.outcome != "running"]


@pytest.mark.slow
def test_a_database_that_goes_away_and_comes_back_ends_no_scheduler(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The scheduler's own look at its jobs, and the keeping of one that is under way, find no database."""
    gone, met = threading.Event(), threading.Event()

    def lost(method: Any) -> Any:
        def asked(*arguments: Any, **named: Any) -> Any:
            if gone.is_set():
                met.set()
                raise OperationalError("SELECT 1", {}, Exception("server closed the connection"))
            return method(*arguments, **named)

        return asked

    for name in ("get_all_jobs", "get_due_jobs", "get_next_run_time", "update_job"):
        monkeypatch.setattr(SQLAlchemyJobStore, name, lost(getattr(SQLAlchemyJobStore, name)))
    with at_work(place) as store:
        until(lambda: len(store.jobs()) == len(JOB_TITLES), "it is at work")
        gone.set()
        until(met.is_set, "it missed the database")
        gone.clear()
        store.ask_job("watch", "王", clock.now())
        until(lambda: store.jobs()["watch"].outcome == "failed", "it works as before")


def test_a_scan_whose_database_was_away_when_it_was_due_is_begun_when_it_is_back(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = iter([True])

    def asked(store: NightStore) -> Any:
        if next(away, False):
            raise StoreError("数据库操作没有完成")
        return terms_kept(store)

    monkeypatch.setattr(clockwork, "terms_in_force", asked)
    begun = tmp_path / "begun"
    command = [sys.executable, "-c", f"open({str(begun)!r}, 'a').write('x')"]
    with place.opened() as store:
        Clockwork(place=place, command=command, store=store, pauses_s=(0.0,)).carry_out("scan", clock.now())
    assert begun.read_text() == "x"


def test_the_time_of_a_job_that_was_done_does_not_come_again(place: Place) -> None:
    due = clock.now()
    with place.opened() as store:
        store.end_job(store.begin_job("scan", due, due), due, "done", "轮次 1")
        works = Clockwork(place=place, command=["false"], store=store)
        works.carry_out("scan", due)  # the clock was set back by an hour: one o'clock comes twice
        assert [line.outcome for line in store.job_log(9, "scan")] == ["done"]


def _moved(store: NightStore, moment: float) -> bytes:
    import pickle

    from sqlalchemy import select

    with store.reading() as connection:
        query = select(apscheduler_jobs.c.job_state).where(apscheduler_jobs.c.id == "health")
        state = pickle.loads(connection.execute(query).scalar_one())
    state["next_run_time"] = datetime.fromtimestamp(moment, state["next_run_time"].tzinfo)
    return pickle.dumps(state)


@pytest.mark.slow
def test_a_killed_scheduler_takes_its_scan_along_and_the_next_one_finishes_it(tmp_path: Path) -> None:
    towns = {name: Town(newest={key: date(2026, 2, 27) for key in COLUMNS}) for name in "ab"}
    with farm(towns):
        place = Place(data=tmp_path, clock=clock.now, program="t", screenshots=False, pause=0)
        with place.opened() as store:
            act = Act(at=clock.now(), who="t", act="registry")
            store.keep_registry(registry_of(towns), "", "测试", clock.now(), act)
            store.ask_job("scan", "王", clock.now())
        words = [*command_of(str(tmp_path)), "--delay", "0", "--no-screenshots"]
        process = subprocess.Popen(words, env=os.environ | {"GOVWATCH_ALLOW_NETWORKS": "127.0.0.0/8"})
        with place.opened() as store:
            until(lambda: sum(len(town.visits) for town in towns.values()) > 5, "the scan has begun")
            process.send_signal(signal.SIGKILL)
            process.wait(30)
            assert [run.state for run in store.runs()] == ["running"]
            again = subprocess.Popen(words, env=os.environ | {"GOVWATCH_ALLOW_NETWORKS": "127.0.0.0/8"})
            try:
                until(lambda: [run.state for run in store.runs()] == ["done"], "the same run was finished")
                until(lambda: store.jobs()["scan"].outcome == "done", "and it is on record")
            finally:
                again.send_signal(signal.SIGTERM)
                assert again.wait(60) == 0
            assert [line.outcome for line in store.job_log(5, "scan")] == ["done", "broken_off"]
