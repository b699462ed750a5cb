"""One errand of a run that goes through the queue: a process of its own does it and says what comes next.

walk      one site is walked into a folder of the attempt, moved into the run's folder at the end
compare   when all sites are walked: the annual reports are compared with one another
judge     one site is judged, proven and taken in
account   one account is fetched, judged and taken in
finish    when every target is taken in: the run is sealed and ended

Each works under a lease; what it brings counts only while its fence is the newest. An errand done twice
finds its work done and only says again what comes next.
"""

import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Literal

from crawler.runfolder import RunFolder
from domain.walk import Walk
from evidence.bundle import EvidenceStore
from evidence.look import Clock
from scheduler.request import ScanRequest
from scheduler.targets import Bench, compare_walked, judge_account, judge_one_site, keep_peers, walk_site
from scheduler.tenure import StillOurs, holding, sharing
from scheduler.unseen import result_of
from scheduler.workbook import write_workbook
from storage.faults import StoreError
from storage.leases import Lease
from storage.runs import DONE, Run, TargetReport
from storage.store import Store

Kind = Literal["walk", "compare", "judge", "account", "finish"]
KINDS: tuple[Kind, ...] = ("walk", "compare", "judge", "account", "finish")

LEASE_S = 30.0
"""Seconds without a sign of life after which another may take a target over."""

PUT_OFF = 75
"""The exit code of a process that found its target in other hands."""

GIVEN_UP = "多次尝试后仍未完成，本轮不作判定"


class BusyError(StoreError):
    """Another process works at the target, or has the data folder for itself: come back later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """What is to be done. `target` is empty for what concerns the whole run."""

    kind: Kind
    run: str
    target: str = ""

    @property
    def lease(self) -> str:
        """The name of what it needs for itself: walking and judging a site exclude each other."""
        match self.kind:
            case "walk" | "judge":
                return f"site/{self.target}"
            case "account":
                return f"account/{self.target}"
        return f"run/{self.run}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Where errands are done: the data folder, the database and this machine's own settings.

    `holder` names this process to others. `lease_s` is how long a silent holder keeps a target.
    `on_loss` ends the process when its target was given to another.
    """

    data: Path
    database_url: str | None
    clock: Clock
    program: str
    holder: str
    networks: tuple[str, ...] = ()
    browser: str | None = None
    lease_s: float = LEASE_S
    on_loss: Callable[[], None] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What an errand came to: the errands that are due now, and a line for the log."""

    then: tuple[Errand, ...] = ()
    words: str = ""


def carry_out(errand: Errand, desk: Desk, *, give_up: bool = False) -> Outcome:
    """Does one errand. With `give_up` it is only put on record that it could not be done.

    Raises BusyError, FenceError when the target was given to another meanwhile, StoreError.
    """
    with Store.open(desk.data, desk.database_url) as store:
        run = store.run(errand.run)
        if run.state == DONE:
            return Outcome(words="该轮次已经结束")
        if run.program != desk.program:
            raise StoreError(
                f"轮次 {run.id} 由“{run.program}”发起，本机程序是“{desk.program}”，请使用同一版本"
            )
        lease = store.grant_lease(errand.lease, desk.holder, timedelta(seconds=desk.lease_s))
        if lease is None:
            raise BusyError(f"“{errand.lease}”正由另一进程办理")
        with holding(store, lease, desk.lease_s, desk.on_loss) as still_ours, sharing(desk.data, still_ours):
            bench = _bench(store, run, desk, lease, still_ours)
            words = (_give_up if give_up else WORK[errand.kind])(bench, errand)
            return Outcome(then=tuple(_next(bench, errand)), words=words)


def _bench(store: Store, run: Run, desk: Desk, lease: Lease, still_ours: StillOurs) -> Bench:
    registry = store.registry(run.id)
    place = desk.data / "runs" / run.id
    folder = RunFolder(place, desk.data / "bodies")
    folder.create()
    request = ScanRequest(
        registry=registry,
        data=desk.data,
        as_of=run.as_of,
        clock=desk.clock,
        program=desk.program,
        screenshots=bool(run.options.get("screenshots", True)),
        delay=float(run.options.get("delay", 1.0)),
        max_pages=int(run.options.get("max_pages", 3000)),
        jobs=1,
        database_url=desk.database_url,
        networks=desk.networks,
        browser=desk.browser,
        origin=place / "origin",
    )
    return Bench(store=store, run=run, request=request, folder=folder, lease=lease, still_ours=still_ours)


def _walk(bench: Bench, errand: Errand) -> str:
    if bench.folder.read_summary(errand.target) is not None:
        return "该网站本轮已采集"
    return walk_site(bench, errand.target, attempts_of(bench.request.data, bench.run.id))


def _compare(bench: Bench, errand: Errand) -> str:
    return f"比对年报，{compare_walked(bench)}个网站有相似的"


def _judge(bench: Bench, errand: Errand) -> str:
    return _unless_taken(bench, "site", errand.target, judge_one_site)


def _account(bench: Bench, errand: Errand) -> str:
    return _unless_taken(bench, "account", errand.target, judge_account)


def _unless_taken(bench: Bench, kind: str, target: str, work: Callable[[Bench, str], str]) -> str:
    if (kind, target) not in bench.store.pending(bench.run.id):
        return "本轮结果已入库"
    return work(bench, target)


def _finish(bench: Bench, errand: Errand) -> str:
    if bench.store.pending(bench.run.id):
        return "还有对象没有入库"
    now, folder = bench.request.clock(), bench.folder
    EvidenceStore(bench.request.data).seal_run(bench.run.id, folder.path, now)
    result = result_of(bench.store, bench.run, bench.request)
    bench.store.end_run(bench.run.id, now, {"pages": result.pages, "verdicts": result.judged})
    write_workbook(bench.store, result, bench.request)
    shutil.rmtree(attempts_of(bench.request.data, bench.run.id), ignore_errors=True)
    return "本轮已封存并结束"


WORK: dict[Kind, Callable[[Bench, Errand], str]] = {
    "walk": _walk,
    "compare": _compare,
    "judge": _judge,
    "account": _account,
    "finish": _finish,
}


def _give_up(bench: Bench, errand: Errand) -> str:
    """Puts on record that a target could not be judged: nobody is accused, nothing is mended."""
    match errand.kind:
        case "walk":
            if bench.folder.read_summary(errand.target) is None:
                now = bench.request.clock()
                bench.folder.write_walk(
                    Walk(site=errand.target, started_at=now, ended_at=now, complete=False, stopped=GIVEN_UP)
                )
        case "compare":
            keep_peers(bench.folder, {})
        case "judge" | "account":
            kind = "site" if errand.kind == "judge" else "account"
            report = TargetReport(kind=kind, target=errand.target, note=GIVEN_UP)
            bench.store.take_in(
                bench.run.id, errand.target, (), {}, bench.run.as_of, kind=kind, report=report,
                lease=bench.lease,
            )  # fmt: skip
        case "finish":
            bench.store.end_run(bench.run.id, bench.request.clock(), problems=[GIVEN_UP])
    return GIVEN_UP


def _next(bench: Bench, errand: Errand) -> Iterable[Errand]:
    """What is due after an errand."""
    run = bench.run.id
    pending = bench.store.pending(run)
    if errand.kind == "walk":
        walked = bench.folder.finished_sites()
        if all(target in walked for kind, target in pending if kind == "site"):
            yield Errand(kind="compare", run=run)
    elif errand.kind == "compare":
        yield from (
            Errand(kind="judge", run=run, target=target) for kind, target in pending if kind == "site"
        )
    if not pending and errand.kind != "finish":
        yield Errand(kind="finish", run=run)


def first_errands(store: Store, run: Run) -> list[Errand]:
    """The errands that a run begins with, or goes on with when it was broken off."""
    pending = store.pending(run.id)
    kinds: dict[str, Kind] = {"site": "walk", "account": "account"}
    found = [Errand(kind=kinds[kind], run=run.id, target=target) for kind, target in pending]
    return found or [Errand(kind="finish", run=run.id)]


def attempts_of(data: Path, run: str) -> Path:
    """Where attempts at walks of a run are written; not part of what is kept."""
    return data / "attempts" / run
