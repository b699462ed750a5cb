"""Puts a run on the queue for workers, and waits for it."""

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

from domain.target import Registry
from scheduler.errands import first_errands
from scheduler.jobs import Tell
from scheduler.progress import Began, Judged
from scheduler.queue import Sender, prepare_queue
from scheduler.request import ScanRequest, ScanResult
from scheduler.unseen import result_of
from schemes.scheme import load_all
from storage.faults import StoreError
from storage.runs import DONE, Run
from storage.store import Store

LOOK_S = 1.0
"""Seconds between two looks at a run that others work at."""

MOST_SOURCE = 50 * 1024 * 1024
"""Bytes of a file with an account's posts that is copied for the workers."""


def enqueue(request: ScanRequest, *, priority: int = 0) -> str:
    """Begins a run and puts its targets on the queue; gives the run's id. A broken-off run goes on.

    Raises StoreError unless the database is PostgreSQL.
    """
    prepare_queue(request.database_url)
    request.data.mkdir(parents=True, exist_ok=True)
    with Store.open(request.data, request.database_url) as store, Sender(request.database_url) as sender:
        run = _begin(request, store)
        _copy_sources(request.registry, request.origin, request.data / "runs" / run.id / "origin")
        sender.send(first_errands(store, run), request.registry, priority=priority)
        return run.id


def wait_for(
    request: ScanRequest, run_id: str, tell: Tell, over: threading.Event | None = None
) -> ScanResult:
    """Waits until a run is done and sums it up; tells of each target as it is taken in."""
    told: set[tuple[str, str]] = set()
    pause = over or threading.Event()
    with Store.open(request.data, request.database_url) as store:
        run = store.run(run_id)
        targets = store.targets(run_id)
        sites = sum(target.kind == "site" for target in targets)
        tell(Began(run=run_id, sites=sites, accounts=len(targets) - sites))
        while True:
            for event in _news(store, run, told):
                tell(event)
            run = store.run(run_id)
            if run.state == DONE or pause.wait(LOOK_S):
                break
        for event in _news(store, run, told):
            tell(event)
        return result_of(store, run, request)


def _news(store: Store, run: Run, told: set[tuple[str, str]]) -> Iterator[Judged]:
    for report in store.targets(run.id):
        key = (report.kind, report.target)
        if report.state == "pending" or key in told:
            continue
        told.add(key)
        found = [verdict.outcome for verdict in store.outcomes(run.id, report.target)]
        names = [type(outcome).__name__ for outcome in found]
        yield Judged(
            target=report.target,
            violations=names.count("Violation"),
            inconclusive=names.count("Inconclusive"),
            note=report.note,
        )


def _begin(request: ScanRequest, store: Store) -> Run:
    hashes = {name: scheme.version for name, scheme in load_all().items() if name in request.registry.schemes}
    found = store.resume_run(
        request.registry,
        as_of=request.as_of,
        program=request.program,
        schemes=hashes,
        targets=request.targets,
    )
    if found is not None:
        return found
    return store.begin_run(
        request.registry,
        as_of=request.as_of,
        started=request.clock(),
        program=request.program,
        schemes=hashes,
        targets=request.targets,
        options={
            "delay": str(request.delay),
            "screenshots": request.screenshots,
            "max_pages": request.max_pages,
            "queued": True,
        },
        alongside=True,
    )


def _copy_sources(registry: Registry, origin: Path, place: Path) -> None:
    """Copies the files that accounts' posts are read from beside the run, where every worker finds them."""
    root = origin.resolve()
    for account in registry.accounts:
        if account.source.path is None:
            continue
        found = (origin / account.source.path).resolve()
        if root not in found.parents:
            raise StoreError(f"账号“{account.name}”的登记文件“{account.source.path}”不在名录所在的文件夹之内")
        if found.is_file() and found.stat().st_size <= MOST_SOURCE:
            copy = place / account.source.path
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(found, copy)
