"""One scan from end to end: crawl, judge, look again, prove, store. All of its parts meet here."""

import time
from collections.abc import Mapping
from contextlib import ExitStack
from typing import Any

from crawler.runfolder import RunFolder
from evidence.bundle import EvidenceStore
from scheduler.accounts import scan_accounts
from scheduler.browsing import Browsing, open_browsing
from scheduler.earlier import FULL, Night, choose_night, reading_version
from scheduler.progress import Began, Remark
from scheduler.proving import Prover
from scheduler.request import ScanRequest, ScanResult
from scheduler.sealing import seal_run
from scheduler.sites import compare_reports, scan_sites
from scheduler.undertaking import Scan, Tell
from schemes.scheme import load_all, questions
from storage.lock import DataLock
from storage.runs import Run
from storage.store import Store

__all__ = ["Tell", "scan"]


def scan(request: ScanRequest, tell: Tell) -> ScanResult:
    """Runs one scan. A run that was broken off is taken up where it stood.

    Raises StoreError when the data folder is in use or its database cannot be used.
    """
    began = time.monotonic()
    with ExitStack() as stack:
        request.data.mkdir(parents=True, exist_ok=True)
        stack.enter_context(DataLock(request.data))
        store = stack.enter_context(Store.open(request.data, request.database_url))
        seals = EvidenceStore(request.data)
        seals.recover()
        run, resumed = _begin(request, store)
        browsing = stack.enter_context(_browsing(request))
        under_way = _open(request, tell, store, run, browsing, seals)
        pending = store.pending(run.id)
        sites = [target for kind, target in pending if kind == "site"]
        accounts = [target for kind, target in pending if kind == "account"]
        tell(Began(run=run.id, sites=len(sites), accounts=len(accounts), resumed=resumed))
        if request.screenshots and browsing.lacking:
            tell(Remark(words=f"没有可用的浏览器，本次不截图：{browsing.lacking}"))
        scan_sites(under_way, sites)
        compare_reports(under_way)
        scan_accounts(under_way, accounts)
        _finish(under_way, seals)
    under_way.result.seconds = time.monotonic() - began
    return under_way.result


def _begin(request: ScanRequest, store: Store) -> tuple[Run, bool]:
    hashes = {name: scheme.version for name, scheme in load_all().items() if name in request.registry.schemes}
    common: dict[str, Any] = {
        "as_of": request.as_of,
        "program": request.program,
        "schemes": hashes,
        "targets": request.targets,
    }
    found = store.resume_run(request.registry, **common)
    if found is not None:
        return found, True
    night = _night(request, store)
    options = {
        "delay": str(request.delay),
        "screenshots": request.screenshots,
        "reading": reading_version(),
        "previous": dict(night.previous),
    }
    run = store.begin_run(request.registry, started=request.clock(), options=options, **common)
    return run, False


def _night(request: ScanRequest, store: Store) -> Night:
    if not request.incremental:
        return FULL
    chosen = {target for kind, target in request.targets if kind == "site"}
    return choose_night(
        store,
        request.data,
        [site for site in request.registry.sites if site.id in chosen],
        as_of=request.as_of,
        program=request.program,
        full_walk_days=request.full_walk_days,
    )


def _browsing(request: ScanRequest) -> Any:
    return open_browsing(
        configured=request.browser,
        clock=request.clock,
        hosts=request.hosts,
        networks=request.networks,
        pause=request.delay,
    )


def _open(
    request: ScanRequest, tell: Tell, store: Store, run: Run, browsing: Browsing, seals: EvidenceStore
) -> Scan:
    bodies = request.data / "bodies"
    folder = RunFolder(request.data / "runs" / run.id, bodies)
    folder.create()
    result = ScanResult(
        run=run.id,
        as_of=run.as_of,
        data=request.data,
        database=store.address,
        evidence=request.data / "evidence",
        workbook=request.data / "reports" / f"{run.id}.xlsx",
    )
    return Scan(
        request=request,
        tell=tell,
        store=store,
        run=run,
        folder=folder,
        browsing=browsing,
        prover=Prover(
            store=store, seals=seals, folder=folder, registry=request.registry, run=run, clock=request.clock
        ),
        questions=questions(request.registry.schemes),
        result=result,
        night=Night(previous=run.options.get("previous", {})),
    )


def _finish(scan: Scan, seals: EvidenceStore) -> None:
    from scheduler.workbook import write_workbook

    counts: Mapping[str, int] = {
        "pages": scan.result.pages,
        "verdicts": scan.result.judged,
        "requests": scan.result.requests,
        "kept": scan.result.kept,
    }
    seal_run(scan.store, seals, scan.run, scan.folder.path, scan.request.clock())
    scan.store.end_run(scan.run.id, scan.request.clock(), counts)
    scan.result.pictures = scan.prover.pictures
    write_workbook(scan.store, scan.result, scan.request)
