"""The queue and its worker over PostgreSQL, with errands that are only acted."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import procrastinate
import psycopg
import pytest
from sqlalchemy import create_engine, make_url

from domain.target import Registry, Site
from domain.unit import Unit, UnitCategory
from scheduler.enqueuing import enqueue
from scheduler.errands import Errand
from scheduler.queue import (
    Sender,
    arguments_of,
    conninfo_of,
    lock_of,
    order_of,
    pool_options,
    prepare_queue,
)
from scheduler.request import ScanRequest
from scheduler.slots import Timetable
from scheduler.workers import (
    MOST_TRIES,
    Done,
    ErrandFailedError,
    ErrandPutOffError,
    WorkerOptions,
    make_app,
    pause_after,
    take_up_stalled,
    work,
)
from storage.faults import StoreError
from tests.e2e.postgres import postgres_server

SITES = {
    "s01": "http://127.0.0.1:8101/",
    "s02": "http://127.0.0.1:8101/other/",
    "s03": "http://127.0.0.1:8102/",
}
REGISTRY = Registry(
    schemes=(),
    units=(Unit(code="U01", name="某某市教育局", category=UnitCategory.DEPARTMENT),),
    sites=tuple(Site(id=name, unit="U01", name=name, home=home) for name, home in SITES.items()),
)
QUICK = WorkerOptions(name="t", jobs=4, beat_s=0.2, silence_s=60, grace_s=0.0, pause_s=0.01)
NOTHING = Done(then=(), registry=None, words="")

postgres = pytest.mark.postgres


def errand_at(target: str) -> Errand:
    return Errand(kind="site", run="r1", target=target)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with postgres_server() as address:
        yield address


@pytest.fixture
def url(server: str, request: pytest.FixtureRequest) -> str:
    """An empty database with the queue's tables."""
    name = f"q{abs(hash(request.node.nodeid))}"
    engine = create_engine(make_url(server).set(drivername="postgresql+psycopg"))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    engine.dispose()
    address = make_url(server).set(database=name).render_as_string(hide_password=False)
    prepare_queue(address)
    return address


def send(url: str, *errands: Errand, priority: int = 0) -> int:
    with Sender(url) as sender:
        return sender.send(errands, REGISTRY, priority=priority)


def run_out(
    url: str, carry: Callable[[Errand, bool], Awaitable[Done]], options: WorkerOptions = QUICK
) -> None:
    asyncio.run(asyncio.wait_for(work(make_app(url, carry, options), options, until_idle=True), 60))


def rows(url: str, query: str) -> list[tuple[object, ...]]:
    with psycopg.connect(conninfo_of(url)) as connection:
        return connection.execute(query).fetchall()


def test_only_postgresql_makes_a_queue(tmp_path: Path) -> None:
    for address in (None, f"sqlite:///{tmp_path}/x.db"):
        with pytest.raises(StoreError, match="GOVWATCH_DATABASE_URL"):
            prepare_queue(address)


def test_sites_of_one_host_exclude_each_other() -> None:
    assert lock_of(errand_at("s01"), REGISTRY) == lock_of(errand_at("s02"), REGISTRY)
    assert lock_of(errand_at("s01"), REGISTRY) != lock_of(errand_at("s03"), REGISTRY)
    another_night = Errand(kind="site", run="r2", target="s01")
    assert lock_of(another_night, REGISTRY) == lock_of(errand_at("s01"), REGISTRY)
    assert another_night.lease == errand_at("s01").lease


def test_pauses_grow_up_to_half_an_hour() -> None:
    pauses = [pause_after(tries, 20.0) for tries in range(40)]
    assert pauses[:3] == [20.0, 40.0, 80.0]
    assert pauses == sorted(pauses)
    assert timedelta(seconds=pauses[-1]) == timedelta(minutes=30)


@postgres
def test_the_queue_is_made_once_and_brought_up_again(url: str) -> None:
    with psycopg.connect(conninfo_of(url)) as connection:
        name = connection.execute("SELECT max(name) FROM govwatch_queue.applied").fetchone()
        assert name is not None
    prepare_queue(url)
    assert rows(url, "SELECT count(*) FROM govwatch_queue.procrastinate_jobs") == [(0,)]
    assert rows(url, "SELECT to_regclass('public.procrastinate_jobs')") == [(None,)]


@postgres
def test_an_errand_waits_only_once(url: str) -> None:
    assert send(url, errand_at("s01"), errand_at("s01"), errand_at("s03")) == 2
    assert send(url, errand_at("s01")) == 0


@postgres
def test_what_is_urgent_goes_first_and_hosts_are_kept_apart(url: str) -> None:
    at_work: list[str] = []
    order: list[str] = []
    crowded: list[tuple[str, ...]] = []

    async def carry(errand: Errand, give_up: bool) -> Done:
        at_work.append(errand.target)
        order.append(errand.target)
        if {"s01", "s02"} <= set(at_work):
            crowded.append(tuple(at_work))
        await asyncio.sleep(0)
        at_work.remove(errand.target)
        return NOTHING

    send(url, errand_at("s01"), errand_at("s02"))
    send(url, errand_at("s03"), priority=5)
    run_out(url, carry)
    assert order[0] == "s03"
    assert sorted(order) == ["s01", "s02", "s03"]
    assert crowded == []


@postgres
def test_failures_are_tried_again_and_given_up_in_the_end(url: str) -> None:
    tries: list[bool] = []

    async def carry(errand: Errand, give_up: bool) -> Done:
        tries.append(give_up)
        if not give_up:
            raise ErrandFailedError("acted")
        return NOTHING

    send(url, errand_at("s01"))
    run_out(url, carry)
    assert tries == [False] * MOST_TRIES + [True]
    assert rows(url, "SELECT count(*) FROM govwatch_queue.procrastinate_jobs WHERE status != 'failed'") == [
        (0,)
    ]


@postgres
def test_being_put_off_is_no_failure(url: str) -> None:
    tries: list[bool] = []

    async def carry(errand: Errand, give_up: bool) -> Done:
        tries.append(give_up)
        if len(tries) <= MOST_TRIES + 2:
            raise ErrandPutOffError("acted")
        return NOTHING

    send(url, errand_at("s01"))
    run_out(url, carry)
    assert tries == [False] * (MOST_TRIES + 3)


@postgres
def test_what_is_due_next_is_queued(url: str) -> None:
    done: list[Errand] = []
    following = Errand(kind="finish", run="r1")

    async def carry(errand: Errand, give_up: bool) -> Done:
        done.append(errand)
        return Done(then=(following,) if errand.kind == "site" else (), registry=REGISTRY, words="")

    send(url, errand_at("s01"))
    run_out(url, carry)
    assert done == [errand_at("s01"), following]


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[procrastinate.App]:
    connector = procrastinate.PsycopgConnector(conninfo=conninfo_of(url), **pool_options())
    async with procrastinate.App(connector=connector).open_async() as app:
        yield app


@postgres
def test_errands_of_a_dead_worker_are_taken_up(url: str) -> None:
    send(url, errand_at("s01"))

    async def die() -> int:
        async with opened(url) as app:
            dead = await app.job_manager.register_worker()
            job = await app.job_manager.fetch_job(queues=None, worker_id=dead)
            assert job is not None
            assert await take_up_stalled(app, 3600) == 0
            await app.connector.execute_query_async(
                "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '2 hours'"
            )
            # Its like was queued meanwhile by another: one of them is enough.
            order = order_of(errand_at("s01"), lock_of(errand_at("s01"), REGISTRY), 0)
            await app.configure_task("govwatch.errand", queue="sites", **order).defer_async(
                **arguments_of(errand_at("s01"), 0)
            )
            return await take_up_stalled(app, 3600)

    done: list[Errand] = []

    async def carry(errand: Errand, give_up: bool) -> Done:
        done.append(errand)
        return NOTHING

    assert asyncio.run(die()) == 1
    run_out(url, carry)
    assert done == [errand_at("s01")]


@postgres
def test_told_to_stop_it_hands_back_what_is_under_way(url: str) -> None:
    async def carry(errand: Errand, give_up: bool) -> Done:
        os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.Event().wait()
        return NOTHING

    send(url, errand_at("s01"))
    asyncio.run(asyncio.wait_for(work(make_app(url, carry, QUICK), QUICK), 60))
    waiting = (
        "SELECT args->>'target', args->>'tries' FROM govwatch_queue.procrastinate_jobs"
        " WHERE status = 'todo' AND queue_name = 'sites'"
    )
    assert rows(url, waiting) == [("s01", "0")]


@postgres
def test_slots_go_onto_the_queue_with_their_times_and_once(url: str, tmp_path: Path) -> None:
    begins = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
    starts = {name: begins + timedelta(hours=number) for number, name in enumerate(("s03", "s01", "s02"))}
    until = begins + timedelta(hours=5)
    request = ScanRequest(
        registry=REGISTRY, data=tmp_path, as_of=begins, clock=lambda: begins, program="t", database_url=url,
        timetable=Timetable(begins=begins, until=until, starts=starts, ends=until, at_once=1),
    )  # fmt: skip
    run = enqueue(request)
    assert enqueue(request) == run  # asked for once more it is the same run, and nothing is queued twice
    query = (
        "SELECT args->>'target', scheduled_at FROM govwatch_queue.procrastinate_jobs "
        "WHERE args->>'kind' = 'site' ORDER BY scheduled_at"
    )
    assert rows(url, query) == list(starts.items())
