"""Puts a run on the queue for workers, and waits for it."""

import shutil
import threading
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

from crawler.runfolder import RunFolder
from domain.target import Registry
from scheduler.beginning import begin
from scheduler.errands import first_errands
from scheduler.progress import Began, Judged, Progress, SetAside
from scheduler.queue import Sender, prepare_queue
from scheduler.request import ScanRequest, ScanResult
from scheduler.slots import SLOTS, timetable_of
from scheduler.undertaking import Tell
from scheduler.unseen import result_of
from scheduler.withholding import staged_path
from storage.faults import StoreError
from storage.runs import DONE, Run
from storage.store import Store

LOOK_S = 1.0
"""Seconds between two looks at a run that others work at."""

PICTURES = frozenset({".png", ".jpg", ".jpeg", ".webp", ".gif"})
MOST_PICTURES = 500

MOST_SOURCE = 50 * 1024 * 1024
"""Bytes of a file with an account's posts that is copied for the workers."""


def enqueue(request: ScanRequest, *, priority: int = 0) -> str:
    """Begins a run and puts its targets on the queue; gives the run's id. A broken-off run goes on.

    Raises StoreError unless the database is PostgreSQL.
    """
    prepare_queue(request.database_url)
    request.data.mkdir(parents=True, exist_ok=True)
    with Store.open(request.data, request.database_url) as store, Sender(request.database_url) as sender:
        run, _ = begin(request, store, queued=True)
        _copy_sources(request.registry, request.origin, request.data / "runs" / run.id / "origin")
        slots = timetable_of(run.options.get(SLOTS)) if request.timetable else None
        starts = slots.starts if slots else {}
        sender.send(first_errands(store, run), request.registry, priority=priority, starts=starts)
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
            for event in _news(store, run, request.data, told):
                tell(event)
            run = store.run(run_id)
            if run.state == DONE or pause.wait(LOOK_S):
                break
        for event in _news(store, run, request.data, told):
            tell(event)
        return result_of(store, run, request)


def _news(store: Store, run: Run, data: Path, told: set[tuple[str, str]]) -> Iterator[Progress]:
    """What was judged or taken in since the last look. `told` are targets by state that were told of."""
    folder = RunFolder(data / "runs" / run.id, data / "bodies")
    for report in store.targets(run.id):
        if report.state == "pending":
            aside = report.kind == "site" and staged_path(folder, report.target).exists()
            if aside and ("aside", report.target) not in told:
                told.add(("aside", report.target))
                yield SetAside(target=report.target)
            continue
        key = (report.kind, report.target)
        if key in told:
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


def _copy_sources(registry: Registry, origin: Path, place: Path) -> None:
    """Copies the files that accounts' posts are read from, and the pictures people keep with them, beside
    the run, where every worker finds them. Raises StoreError for a file outside the registry's folder.
    """
    root = origin.resolve()
    kept = [one for one in registry.accounts if one.source.path is not None]
    found: dict[Path, None] = {}
    for account in kept:
        path = (root / str(account.source.path)).resolve()
        if root not in path.parents:
            raise StoreError(
                f"账号“{account.name}”的登记文件“{account.source.path}”不在名录所在的文件夹之内，工作进程读不到"
            )
        found[path] = None
        found |= dict.fromkeys(_pictures_beside(path.parent))
    for path in found:
        if path.is_file() and path.stat().st_size <= MOST_SOURCE:
            copy = place / path.relative_to(root)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)


def _pictures_beside(folder: Path) -> list[Path]:
    pictures = (path for path in sorted(folder.rglob("*")) if path.suffix.lower() in PICTURES)
    return list(islice(pictures, MOST_PICTURES))


def request_of(run: Run, registry: Registry, common: ScanRequest) -> ScanRequest:
    """The request that a queued run was begun with, with this machine's own folder, browser and networks."""
    options = run.options
    return replace(
        common,
        registry=registry,
        as_of=run.as_of,
        screenshots=bool(options.get("screenshots", True)),
        delay=float(options.get("delay", 1.0)),
        max_pages=int(options.get("max_pages", common.max_pages)),
        full_walk_days=int(options.get("full_walk_days", common.full_walk_days)),
        origin=common.data / "runs" / run.id / "origin",
        jobs=1,
    )
