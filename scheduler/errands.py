"""One errand of a run that goes through the queue: a process of its own does it and says what comes next.

site       one site is walked, judged, proven and put aside
accounts   the accounts are looked at together, judged, proven and taken in
finish     when every target is judged: the sites are taken in unless the night is held back, reports are
           compared, the run is sealed and ended

Each works under a lease; what it brings counts only while its fence is the newest. An errand done twice
finds its work done and only says again what comes next.
"""

import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Literal

from crawler.runfolder import RunFolder
from domain.outcome import Violation
from evidence.bundle import EvidenceStore
from scheduler.request import ScanRequest, counts_of
from scheduler.sealing import seal_run
from scheduler.sites import compare_reports, gate_of, jury_of, take_unjudged, walk_sites
from scheduler.targets import (
    Bench,
    FencedStore,
    adopt_walk,
    keep_failing,
    read_failing,
    work_apart,
    work_in_place,
)
from scheduler.tasks import Failed, Opinion
from scheduler.tenure import StillOurs, holding, sharing
from scheduler.undertaking import Scan
from scheduler.unseen import result_of
from scheduler.withholding import Evidence, failing_controls, stage, staged_path
from scheduler.workbook import write_workbook
from storage.faults import StoreError
from storage.runs import DONE, Run, TargetReport
from storage.store import Store

Kind = Literal["site", "accounts", "finish"]
KINDS: tuple[Kind, ...] = ("site", "accounts", "finish")

LEASE_S = 30.0
"""Seconds without a sign of life after which another may take a target over."""

PUT_OFF = 75
"""The exit code of a process that found its target in other hands."""

GIVEN_UP = "多次尝试后仍未完成，本轮不作判定"


class BusyError(StoreError):
    """Another process works at the target: come back later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """What is to be done. `target` is empty for what concerns more than one target of the run."""

    kind: Kind
    run: str
    target: str = ""

    @property
    def lease(self) -> str:
        """The name of what it needs for itself: a site or all accounts, in whatever run, or the run."""
        return {"site": f"site/{self.target}", "accounts": "accounts"}.get(self.kind, f"run/{self.run}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Where errands are done: this machine's own settings and those that a scan has from outside.

    `request` makes the scan's request of a run. `holder` names this process to others, `lease_s` is how
    long a silent holder keeps a target. `on_loss` ends the process when its target was given to another.
    """

    request: Callable[[Run, Store], ScanRequest]
    holder: str
    lease_s: float = LEASE_S
    on_loss: Callable[[], None] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What an errand came to: the errands that are due now, and a line for the log."""

    then: tuple[Errand, ...] = ()
    words: str = ""


def carry_out(errand: Errand, desk: Desk, store: FencedStore, *, give_up: bool = False) -> Outcome:
    """Does one errand. With `give_up` it is only put on record that it could not be done.

    Raises BusyError, FenceError when the target was given to another meanwhile, StoreError.
    """
    run = store.run(errand.run)
    if run.state == DONE:
        return Outcome(words="该轮次已经结束")
    request = desk.request(run, store)
    if run.program != request.program:
        raise StoreError(
            f"轮次 {run.id} 由“{run.program}”发起，本机程序是“{request.program}”，请使用同一版本"
        )
    store.lease = store.grant_lease(errand.lease, desk.holder, timedelta(seconds=desk.lease_s))
    if store.lease is None:
        raise BusyError(f"“{errand.lease}”正由另一进程办理")
    with (
        holding(store, store.lease, desk.lease_s, desk.on_loss) as still_ours,
        sharing(request.data, still_ours),
    ):
        bench = _bench(store, run, request, still_ours)
        words = (GIVE_UP if give_up else WORK)[errand.kind](bench, errand)
        return Outcome(then=tuple(_next(bench, errand)), words=words)


def _bench(store: FencedStore, run: Run, request: ScanRequest, still_ours: StillOurs) -> Bench:
    folder = RunFolder(request.data / "runs" / run.id, request.data / "bodies")
    folder.create()
    chosen = tuple(one.target for one in store.targets(run.id))
    request = replace(request, sites=chosen)
    return Bench(store=store, run=run, request=request, folder=folder, still_ours=still_ours)


def _site(bench: Bench, errand: Errand) -> str:
    site = errand.target
    place = staged_path(bench.folder, site)
    if place.exists() or ("site", site) not in bench.store.pending(bench.run.id):
        return "本轮已判定"
    came_to: list[str] = []

    def put_aside(opinion: Opinion, evidence: Evidence) -> None:
        keep_failing(place, failing_controls(bench.request))
        bench.store.ready()
        stage(place, opinion, evidence)
        came_to.append(_words(opinion))

    def work(scan: Scan) -> None:
        adopt_walk(bench, f"site-{site}", site, scan.folder)
        with jury_of(scan) as jury:
            walk_sites(scan, [site], put_aside, jury)

    work_apart(bench, f"site-{site}", work)
    return "".join(came_to) or "未能判定，已记入"


def _words(opinion: Opinion) -> str:
    lapses = sum(isinstance(verdict.outcome, Violation) for verdict in opinion.verdicts)
    return opinion.trouble or f"违规 {lapses} 项，等全部网站判定后入库"


def _accounts(bench: Bench, errand: Errand) -> str:
    pending = [target for kind, target in bench.store.pending(bench.run.id) if kind == "account"]
    if not pending:
        return "本轮结果已入库"
    from scheduler.accounts import scan_accounts  # its libraries are large, and not always needed

    return _tally(work_in_place(bench, lambda scan: scan_accounts(scan, pending)))


def _tally(scan: Scan) -> str:
    if scan.result.not_judged:
        return "；".join(f"{target}无法判定：{why}" for target, why in scan.result.not_judged.items())
    return "已判定并入库"


def _finish(bench: Bench, errand: Errand) -> str:
    store, run, request = bench.store, bench.run, bench.request
    if left := unfinished(bench):
        return f"还有 {len(left)} 个对象没有判定"
    taken = work_in_place(bench, lambda scan: _take_all(bench, scan)).result
    bench.still_ours()
    now = request.clock()
    shutil.rmtree(bench.attempts, ignore_errors=True)
    shutil.rmtree(staged_path(bench.folder, "").parent, ignore_errors=True)
    seal_run(store, EvidenceStore(request.data), run, bench.folder.path, now)
    result = result_of(store, run, request)
    result.requests, result.kept = taken.requests, taken.kept
    store.end_run(run.id, now, counts_of(result))
    write_workbook(store, result, request)
    return "本轮已封存并结束"


def _take_all(bench: Bench, scan: Scan) -> None:
    """Decides whether the night can be believed, takes every judged site in, compares the reports."""
    gate = gate_of(scan)
    gate.open()
    for hold in bench.store.holds(run=bench.run.id):  # decided by an attempt that was cut short
        gate.held |= dict.fromkeys(hold.targets, hold.reason)
    for kind, site in bench.store.pending(bench.run.id):
        if kind == "site":
            gate.adopt(site, read_failing(staged_path(bench.folder, site)))
    gate.settle()
    scan.held = gate.held
    with jury_of(scan) as jury:
        compare_reports(scan, jury)


def unfinished(bench: Bench) -> list[tuple[str, str]]:
    """The targets of a run that are neither taken in nor judged and put aside."""
    return [
        (kind, target)
        for kind, target in bench.store.pending(bench.run.id)
        if kind != "site" or not staged_path(bench.folder, target).exists()
    ]


WORK: dict[Kind, Callable[[Bench, Errand], str]] = {
    "site": _site,
    "accounts": _accounts,
    "finish": _finish,
}


def _give_up_site(bench: Bench, errand: Errand) -> str:
    site = bench.request.registry.site(errand.target)
    take_unjudged(bench.store, bench.run, site, Failed(words=GIVEN_UP))
    return GIVEN_UP


def _give_up_accounts(bench: Bench, errand: Errand) -> str:
    for kind, target in bench.store.pending(bench.run.id):
        if kind == "account":
            report = TargetReport(kind=kind, target=target, note=GIVEN_UP)
            bench.store.take_in(bench.run.id, target, (), {}, bench.run.as_of, kind=kind, report=report)
    return GIVEN_UP


def _give_up_finish(bench: Bench, errand: Errand) -> str:
    bench.store.end_run(
        bench.run.id, bench.request.clock(), problems=["收尾没有完成：年报没有比对或没有封存"]
    )
    return GIVEN_UP


GIVE_UP: dict[Kind, Callable[[Bench, Errand], str]] = {
    "site": _give_up_site,
    "accounts": _give_up_accounts,
    "finish": _give_up_finish,
}


def _next(bench: Bench, errand: Errand) -> Iterable[Errand]:
    """What is due after an errand."""
    if errand.kind != "finish" and not unfinished(bench):
        yield Errand(kind="finish", run=bench.run.id)


def first_errands(store: Store, run: Run) -> list[Errand]:
    """The errands that a run begins with, or goes on with when it was broken off."""
    pending = store.pending(run.id)
    found = [Errand(kind="site", run=run.id, target=target) for kind, target in pending if kind == "site"]
    if any(kind == "account" for kind, _ in pending):
        found.append(Errand(kind="accounts", run=run.id))
    return found or [Errand(kind="finish", run=run.id)]
