"""`govwatch worker`, `govwatch enqueue`: the same scans on many machines, over PostgreSQL."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from govwatch import __version__
from govwatch.commands.common import NOT_ALL_JUDGED, DataFolder, UserError, console, folder, moment
from govwatch.commands.registry import load
from govwatch.commands.scan import DelayOption, IncrementalOption, NowOption, ShotsOption

if TYPE_CHECKING:
    from domain.target import Registry
    from scheduler.errands import Desk
    from storage.runs import Run
    from storage.store import Store


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    app.command("worker", help="工作进程：从任务队列领取巡检任务（需要 PostgreSQL，可在多台机器上运行）。")(
        worker
    )
    app.command("enqueue", help="把一次巡检放入任务队列，由工作进程完成。")(enqueue)
    app.command("errand", hidden=True)(errand)


def worker(
    data: DataFolder = None,
    jobs: Annotated[int, typer.Option("--jobs", min=1, max=64, help="同时办理的任务数")] = 2,
    grace: Annotated[float, typer.Option("--grace", min=0, help="要求停止后，等手头任务完成的秒数")] = 60.0,
    until_idle: Annotated[bool, typer.Option("--until-idle", help="队列空了就结束")] = False,
) -> None:
    """Works off the queue until told to stop; what is under way is finished or handed back."""
    import asyncio
    import logging
    import os
    import socket

    from evidence.bundle import EvidenceStore
    from govwatch import logs
    from govwatch.settings import settings
    from scheduler.processes import Processes
    from scheduler.queue import prepare_queue
    from scheduler.workers import WorkerOptions, make_app, work

    place, chosen = folder(data, existing=False), settings()
    logs.configure(form=chosen.log_format, level=chosen.log_level)
    prepare_queue(chosen.database_url)
    place.mkdir(parents=True, exist_ok=True)
    EvidenceStore(place).recover()
    options = WorkerOptions(
        name=f"{socket.gethostname()}/{os.getpid()}",
        jobs=jobs,
        grace_s=grace,
        beat_s=chosen.lease_seconds / 3,
        silence_s=chosen.lease_seconds,
        pause_s=chosen.retry_seconds,
    )
    carry = Processes(place, lambda run: _registry(place, run)).carry
    log = logging.getLogger(__name__)
    log.info("工作进程 %s 已启动，同时办理 %d 项，按 Ctrl+C 结束", options.name, jobs)
    asyncio.run(work(make_app(chosen.database_url, carry, options), options, until_idle=until_idle))
    log.info("工作进程 %s 已停止", options.name)


def _registry(place: Path, run: str) -> "Registry":
    from govwatch.settings import settings
    from storage.store import Store

    with Store.open(place, settings().database_url) as store:
        return store.registry(run)


def enqueue(
    registry: Annotated[Path, typer.Option("--registry", "-r", help="名录文件（.yaml 或 .xlsx）")],
    data: DataFolder = None,
    now: NowOption = None,
    site: Annotated[list[str] | None, typer.Option("--site", help="只巡检这个网站，可多次给出")] = None,
    no_screenshots: ShotsOption = False,
    delay: DelayOption = 1.0,
    priority: Annotated[int, typer.Option("--priority", help="优先级，大者先办")] = 0,
    wait: Annotated[bool, typer.Option("--wait/--no-wait", help="等到完成并打印汇总")] = True,
    incremental: IncrementalOption = False,
) -> None:
    """Queues a scan; with --wait, exit codes as of `scan`: 0 all judged, 3 some could not be."""
    from govwatch import clock
    from govwatch.commands.progress import show
    from govwatch.settings import settings
    from scheduler.enqueuing import enqueue as put_on_queue
    from scheduler.enqueuing import wait_for
    from scheduler.request import ScanRequest
    from scheduler.summary import summarise

    chosen, known = settings(), load(registry)
    named = {one.id for one in known.sites} | {one.id for one in known.accounts}
    for one in site or []:
        if one not in named:
            raise UserError(f"--site {one}：名录中没有这个网站。可用的编号：{'、'.join(sorted(named)[:20])}")
    request = ScanRequest(
        registry=known,
        data=folder(data, existing=False),
        as_of=moment(now) or clock.now(),
        clock=clock.now,
        program=f"govwatch {__version__}",
        sites=tuple(site or ()),
        screenshots=not no_screenshots,
        delay=delay,
        database_url=chosen.database_url,
        networks=chosen.networks,
        max_pages=chosen.max_pages,
        origin=registry.parent,
        incremental=incremental,
        full_walk_days=chosen.full_walk_days,
    )
    run = put_on_queue(request, priority=priority)
    if not wait:
        typer.echo(run)
        return
    with show(known) as tell:
        result = wait_for(request, run, tell)
    summarise(result, request, console())
    if result.not_judged:
        raise typer.Exit(NOT_ALL_JUDGED)


def errand(
    kind: Annotated[str, typer.Argument()],
    run: Annotated[str, typer.Argument()],
    target: Annotated[str, typer.Argument()] = "",
    data: DataFolder = None,
    parent: Annotated[int | None, typer.Option("--parent")] = None,
    give_up: Annotated[bool, typer.Option("--give-up")] = False,
) -> None:
    """One errand of a worker, in a process of its own; answers with one line of JSON."""
    import json

    from crawler.parentage import die_with_parent
    from govwatch.settings import settings

    if parent is not None:
        die_with_parent(parent)
    _end_tidily_when_told()
    from scheduler.errands import KINDS, PUT_OFF, BusyError, Errand, carry_out
    from storage.leases import FenceError

    chosen = next((one for one in KINDS if one == kind), None)
    if chosen is None:
        raise UserError(f"没有这种任务：{kind}")
    from scheduler.targets import FencedStore

    place = folder(data)
    wanted = Errand(kind=chosen, run=run, target=target)
    try:
        with FencedStore.open(place, settings().database_url) as store:
            outcome = carry_out(wanted, _desk(place), store, give_up=give_up)
    except (BusyError, FenceError) as reason:
        typer.echo(str(reason), err=True)
        raise typer.Exit(PUT_OFF) from reason
    then = [[one.kind, one.target] for one in outcome.then]
    typer.echo(json.dumps({"then": then, "words": outcome.words}, ensure_ascii=False))


def _end_tidily_when_told() -> None:
    """SIGTERM ends the process through its context managers: the browser closes, the lease is given back."""
    import signal
    import sys

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))


def _desk(place: Path) -> "Desk":
    import os
    import socket

    from govwatch import clock
    from govwatch.settings import settings
    from scheduler.enqueuing import request_of
    from scheduler.errands import PUT_OFF, Desk
    from scheduler.request import ScanRequest

    chosen = settings()

    def request(run: "Run", store: "Store") -> ScanRequest:
        registry = store.registry(run.id)
        common = ScanRequest(
            registry=registry,
            data=place,
            as_of=run.as_of,
            clock=clock.now,
            program=f"govwatch {__version__}",
            database_url=chosen.database_url,
            networks=chosen.networks,
            max_pages=chosen.max_pages,
            browser=chosen.browser,
        )
        return request_of(run, registry, common)

    return Desk(
        request=request,
        holder=f"{socket.gethostname()}/{os.getpid()}",
        lease_s=chosen.lease_seconds,
        # Nothing that is done from here on counts, and another is at work: no tidying up.
        on_loss=lambda: os._exit(PUT_OFF),
    )
