"""A scan goes to the workers when there are any, else it is done here."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import procrastinate
import pytest

from scheduler import dispatch
from scheduler.progress import Progress, Remark
from scheduler.queue import conninfo_of, pool_options, prepare_queue
from scheduler.request import ScanRequest
from tests.e2e.postgres import postgres_server
from tests.storage.builders import NIGHT, REGISTRY


def request(data: Path, url: str | None) -> ScanRequest:
    return ScanRequest(
        registry=REGISTRY, data=data, as_of=NIGHT, clock=lambda: NIGHT, program="t", database_url=url
    )


@pytest.fixture
def ways(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Which way scans went."""
    found: list[str] = []
    here: Any = lambda request, tell: found.append("here")  # noqa: E731
    monkeypatch.setattr(dispatch.jobs, "scan", here)
    monkeypatch.setattr(dispatch, "enqueue", lambda request: found.append("queue") or "r1")
    monkeypatch.setattr(dispatch, "wait_for", lambda request, run, tell: found.append(f"waited for {run}"))
    return found


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    with postgres_server() as address:
        yield address


def test_without_postgresql_it_is_done_here(tmp_path: Path, ways: list[str]) -> None:
    for url in (None, f"sqlite:///{tmp_path}/x.db"):
        dispatch.scan(request(tmp_path, url), lambda event: None)
    assert ways == ["here", "here"]


@pytest.mark.postgres
def test_with_workers_it_goes_to_them(tmp_path: Path, ways: list[str], postgres: str) -> None:
    told: list[Progress] = []
    dispatch.scan(request(tmp_path, postgres), told.append)
    prepare_queue(postgres)
    dispatch.scan(request(tmp_path, postgres), told.append)
    assert ways == ["here", "here"]
    asyncio.run(register(postgres))
    dispatch.scan(request(tmp_path, postgres), told.append)
    assert ways == ["here", "here", "queue", "waited for r1"]
    assert told == [Remark(words="交由 1 个工作进程巡检")]
    asyncio.run(register(postgres, silent=True))
    dispatch.scan(request(tmp_path, postgres), told.append)
    assert ways[-1] == "here"


async def register(url: str, *, silent: bool = False) -> None:
    """A worker comes to the queue, or all fall silent."""
    connector = procrastinate.PsycopgConnector(conninfo=conninfo_of(url), **pool_options())
    async with procrastinate.App(connector=connector).open_async() as app:
        if silent:
            await app.connector.execute_query_async(
                "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'"
            )
        else:
            await app.job_manager.register_worker()
            await app.job_manager.register_worker()
