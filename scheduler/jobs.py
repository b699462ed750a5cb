"""One scan from end to end: crawl, judge, look again, prove, store. All of its parts meet here."""

import time
from contextlib import ExitStack
from typing import Any

from crawler.runfolder import RunFolder
from evidence.bundle import EvidenceStore
from scheduler.beginning import begin
from scheduler.browsing import Browsing, open_browsing
from scheduler.earlier import Night
from scheduler.progress import Began, Remark
from scheduler.proving import Prover
from scheduler.request import ScanRequest, ScanResult, counts_of
from scheduler.sealing import seal_run
from scheduler.sites import compare_reports, jury_of, scan_sites
from scheduler.undertaking import Scan, Tell
from schemes.scheme import questions
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
        run, resumed = begin(request, store)
        browsing = stack.enter_context(_browsing(request))
        under_way = _open(request, tell, store, run, browsing, seals)
        pending = store.pending(run.id)
        sites = [target for kind, target in pending if kind == "site"]
        accounts = [target for kind, target in pending if kind == "account"]
        tell(Began(run=run.id, sites=len(sites), accounts=len(accounts), resumed=resumed))
        if request.screenshots and browsing.lacking:
            tell(Remark(words=f"没有可用的浏览器，本次不截图：{browsing.lacking}"))
        with jury_of(under_way) as jury:
            scan_sites(under_way, sites, jury)
            compare_reports(under_way, jury)
        if accounts:
            from scheduler.accounts import scan_accounts  # its libraries are large, and not always needed

            scan_accounts(under_way, accounts)
        _finish(under_way, seals)
    under_way.result.seconds = time.monotonic() - began
    return under_way.result


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
        night=Night.of(run, request.data),
    )


def _finish(scan: Scan, seals: EvidenceStore) -> None:
    from scheduler.workbook import write_workbook

    seal_run(scan.store, seals, scan.run, scan.folder.path, scan.request.clock())
    scan.store.end_run(scan.run.id, scan.request.clock(), counts_of(scan.result))
    scan.result.pictures = scan.prover.pictures
    write_workbook(scan.store, scan.result, scan.request)
