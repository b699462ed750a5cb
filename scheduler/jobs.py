"""One scan from end to end: crawl, judge, look again, prove, store. All of its parts meet here."""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

from checks.runner import ask, merge
from crawler.accounts import gather, observe_account
from crawler.crawl import crawl
from crawler.events import PageSeen
from crawler.fetching import Fetched, fetch
from crawler.guard import GuardPolicy
from crawler.plan import SitePlan
from crawler.readings import keep_reading
from crawler.runfolder import RunFolder
from domain.check import Question
from domain.finding import Verdict
from domain.outcome import Inconclusive, Violation
from evidence.bundle import EvidenceStore
from scheduler.browsing import Browsing, open_browsing
from scheduler.likeness import Peers
from scheduler.looks import keep_looks
from scheduler.progress import Began, Fetching, Judged, Progress, Remark
from scheduler.proving import Prover
from scheduler.rejudge import compare_reports
from scheduler.reporting import account_trouble, enumerated_checks, report_of, site_trouble
from scheduler.request import ScanRequest, ScanResult
from scheduler.sitework import Asking, SiteWork, judge_site
from schemes.scheme import load_all, questions
from storage.lock import DataLock
from storage.runs import Run, TargetReport
from storage.store import Store

Tell = Callable[[Progress], None]

SAMPLE_OF_CRASHES = 5


@dataclass(slots=True)
class Scan:
    """A scan under way: its parts, opened, and what it has come to so far."""

    request: ScanRequest
    tell: Tell
    store: Store
    run: Run
    folder: RunFolder
    browsing: Browsing
    prover: Prover
    questions: tuple[Question, ...]
    result: ScanResult
    crashes: int = 0


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
        if browsing.lacking and request.screenshots:
            tell(Remark(words=f"没有可用的浏览器，本次不截图：{browsing.lacking}"))
        _crawl(under_way, sites)
        peers = compare_reports(under_way.folder, request.registry, sites, under_way.questions, request.as_of)
        for site in sites:
            _take_site(under_way, site, peers)
        for account in accounts:
            _scan_account(under_way, account)
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
    options = {"delay": str(request.delay), "screenshots": request.screenshots}
    run = store.begin_run(request.registry, started=request.clock(), options=options, **common)
    return run, False


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
    )


def _crawl(scan: Scan, sites: Sequence[str]) -> None:
    if not sites:
        return
    plans = [SitePlan(site=scan.request.registry.site(site)) for site in sites]
    plan = scan.request.plan(plans, scan.request.clock())
    for event in crawl(plan, scan.folder.path, scan.folder.bodies):
        if isinstance(event, PageSeen):
            scan.tell(Fetching(site=event.site, pages=event.pages))


def _take_site(scan: Scan, site_id: str, peers: Peers) -> None:
    request = scan.request
    site = request.registry.site(site_id)
    asking = Asking(
        site=site,
        registry=request.registry,
        questions=scan.questions,
        as_of=request.as_of,
        first_seen=scan.store.first_seen(site_id),
        peers=peers.get(site_id, {}),
    )
    walk = scan.folder.read_walk(site_id)
    work = judge_site(asking, walk, browsing=scan.browsing, pictures=request.screenshots)
    keep_looks(scan.folder, site_id, work)
    evidence = scan.prover.prove_site(site, work)
    scan.store.take_in(
        scan.run.id,
        site_id,
        work.verdicts,
        evidence,
        request.as_of,
        report=report_of(work.walk),
        enumerated=_enumerated(scan, work),
        items=_item_addresses(work.walk.sightings),
    )
    scan.result.pages += sum(sighting.role != "link" for sighting in work.walk.sightings)
    _note(scan, site_id, work.verdicts, site_trouble(work.walk))


def _enumerated(scan: Scan, work: SiteWork) -> frozenset[str]:
    """Checks whose cases end when their subject is gone: none, unless the whole site was seen."""
    if not work.walk.complete or site_trouble(work.walk):
        return frozenset()
    return enumerated_checks(_asked(scan, "site"), work.verdicts)


def _asked(scan: Scan, kind: str) -> set[str]:
    asked = (question.check for question in scan.questions if question.check.of == kind)
    return {check.id for check in asked if not check.fleeting}


def _item_addresses(sightings: Iterable[Any]) -> list[str]:
    found: dict[str, None] = {}
    for sighting in sightings:
        if sighting.page is not None and sighting.role != "link":
            found |= dict.fromkeys(item.url for item in sighting.page.items)
    return list(found)


def _scan_account(scan: Scan, account_id: str) -> None:
    request = scan.request
    account = next(one for one in request.registry.accounts if one.id == account_id)
    reading = gather(account, _fetcher(scan), beside=request.origin, at=request.as_of)
    keep_reading(scan.folder, reading)
    observation = observe_account(account, request.registry, reading, as_of=request.as_of)
    verdicts = merge(ask(scan.questions, observation))
    evidence = scan.prover.prove_account(account, reading, verdicts)
    scan.store.take_in(
        scan.run.id,
        account_id,
        verdicts,
        evidence,
        request.as_of,
        kind="account",
        report=TargetReport(kind="account", target=account_id, complete=True),
        enumerated=frozenset()
        if account_trouble(verdicts)
        else enumerated_checks(_asked(scan, "account"), verdicts),
    )
    _note(scan, account_id, verdicts, account_trouble(verdicts))


def _fetcher(scan: Scan) -> Callable[[str], Fetched]:
    policy = GuardPolicy(hosts=scan.request.hosts, networks=scan.request.networks)
    return lambda url: fetch(url, policy, at=scan.request.clock())


def _note(scan: Scan, target: str, verdicts: Sequence[Verdict], trouble: str) -> None:
    scan.result.verdicts += verdicts
    if trouble:
        scan.result.not_judged[target] = trouble
    for verdict in verdicts:
        if verdict.crash:
            scan.crashes += 1
            if scan.crashes <= SAMPLE_OF_CRASHES:
                scan.tell(
                    Remark(words=f"程序自身出错（{verdict.check}，{target}），已记入数据库，该项记为无法判定")
                )
    scan.tell(
        Judged(
            target=target,
            violations=sum(isinstance(verdict.outcome, Violation) for verdict in verdicts),
            inconclusive=sum(isinstance(verdict.outcome, Inconclusive) for verdict in verdicts),
            note=trouble,
        )
    )


def _finish(scan: Scan, seals: EvidenceStore) -> None:
    from scheduler.workbook import write_workbook

    counts: Mapping[str, int] = {"pages": scan.result.pages, "verdicts": len(scan.result.verdicts)}
    seals.seal_run(scan.run.id, scan.folder.path, scan.request.clock())
    scan.store.end_run(scan.run.id, scan.request.clock(), counts)
    scan.result.pictures = scan.prover.pictures
    write_workbook(scan.store, scan.result, scan.request)
