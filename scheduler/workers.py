"""A worker: takes errands off the queue, has each done by a process of its own, sees that none is lost.

Any number of workers on any number of machines share one queue. One that dies leaves its errands marked as
being done; a periodic task of the others finds them by its missing heartbeat and puts them back. A worker
that is told to stop takes nothing new, waits for what is under way, and hands back what takes too long.
"""

import asyncio
import contextlib
import logging
import signal
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import procrastinate
from procrastinate import JobContext
from procrastinate.exceptions import AlreadyEnqueued, UniqueViolation
from procrastinate.worker import Worker

from domain.target import Registry
from scheduler.errands import LEASE_S, Errand
from scheduler.queue import (
    KEEPING,
    SITES,
    TASK,
    arguments_of,
    conninfo_of,
    lock_of,
    order_of,
    pool_options,
)

log = logging.getLogger(__name__)

MOST_TRIES = 6
"""Tries of one errand, dead workers counted, before it is put on record that it could not be done."""

LONGEST_PAUSE_S = 1800.0
IDLE_LOOK_S = 1.0
KEPT_HOURS = 24 * 30
"""Hours that errands which failed for good stay to be looked at."""


class ErrandFailedError(Exception):
    """An errand's process failed; the message is for the log."""


class ErrandPutOffError(Exception):
    """Another has the target, or the lease was lost: to be tried again soon, without blame."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What the process of an errand answered: what is due next, with the registry to order it by."""

    then: tuple[Errand, ...]
    registry: Registry | None
    words: str


Carry = Callable[[Errand, bool], Awaitable[Done]]
"""Has one errand done by a process of its own; the flag says to give it up. Raises the errors above."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerOptions:
    """How a worker works. `jobs` errands at once; `grace_s` to end what is under way when told to stop.

    `beat_s` between two signs of life; after `silence_s` without one a worker counts as dead.
    `pause_s` is the first pause after a failure, twice as long each time.
    """

    name: str
    jobs: int = 2
    beat_s: float = 10.0
    silence_s: float = LEASE_S
    grace_s: float = 60.0
    pause_s: float = 20.0


def make_app(database_url: str | None, carry: Carry, options: WorkerOptions) -> procrastinate.App:
    """The application of one worker: the task of errands and the task that keeps the queue."""
    connector = procrastinate.PsycopgConnector(conninfo=conninfo_of(database_url), **pool_options())
    app = procrastinate.App(connector=connector)

    @app.task(name=TASK, queue=SITES, pass_context=True)
    async def errand(
        context: JobContext, kind: Any, run: str, target: str, priority: int, tries: int = 0
    ) -> None:
        wanted = Errand(kind=kind, run=run, target=target)
        tried = tries + context.job.attempts  # those cut short by a worker's death are tries too
        lock = context.job.lock
        try:
            done = await carry(wanted, tried >= MOST_TRIES)
        except asyncio.CancelledError:
            await _send(app, wanted, priority, lock, tries=tried)
            raise
        except ErrandPutOffError as reason:
            log.info("任务暂缓：%s", reason, extra=_facts(wanted))
            await _send(app, wanted, priority, lock, tries=tried, pause=options.pause_s / 2)
        except ErrandFailedError as reason:
            pause = pause_after(tried, options.pause_s)
            log.warning("任务失败，%.0f 秒后重试：%s", pause, reason, extra=_facts(wanted))
            await _send(app, wanted, priority, lock, tries=tried + 1, pause=pause)
        else:
            log.info("任务完成：%s", done.words, extra=_facts(wanted))
            for following in done.then:
                assert done.registry is not None
                await _send(app, following, priority, lock_of(following, done.registry))

    @app.periodic(cron=_every(options.silence_s), periodic_id="keep")
    @app.task(name="govwatch.keep", queue=KEEPING, queueing_lock="govwatch.keep")
    async def keep(timestamp: int) -> None:
        await take_up_stalled(app, options.silence_s)
        await app.job_manager.delete_old_jobs(nb_hours=KEPT_HOURS, include_failed=True, include_aborted=True)

    return app


def _every(silence_s: float) -> str:
    """Thrice within the time after which a worker counts as dead, as a schedule with seconds."""
    return f"* * * * * */{max(1, min(30, int(silence_s / 3)))}"


def _facts(errand: Errand) -> dict[str, str]:
    return {"errand": errand.kind, "run": errand.run, "target": errand.target}


def pause_after(tries: int, shortest_s: float) -> float:
    """Seconds before the next try after so many: twice as long each time, up to half an hour."""
    return float(min(shortest_s * 2 ** min(tries, 12), LONGEST_PAUSE_S))


async def _send(
    app: procrastinate.App,
    errand: Errand,
    priority: int,
    lock: str | None,
    *,
    tries: int = 0,
    pause: float = 0.0,
) -> None:
    """Puts an errand on the queue unless it is there already. A try that failed is a job of its own: a
    job put back by the library would stay as it is when its like had been queued meanwhile."""
    order: dict[str, Any] = order_of(errand, lock, priority)
    if pause:
        order["schedule_in"] = {"milliseconds": int(pause * 1000)}
    with contextlib.suppress(AlreadyEnqueued):
        await app.configure_task(TASK, queue=SITES, **order).defer_async(
            **arguments_of(errand, priority, tries)
        )


async def take_up_stalled(app: procrastinate.App, silence_s: float) -> int:
    """Puts back the errands of workers that gave no sign of life; gives how many."""
    stalled = list(await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=silence_s))
    for job in stalled:
        try:
            await app.job_manager.retry_job(job)
        except UniqueViolation:
            # The same errand waits already: this one's turn is over.
            await app.job_manager.finish_job(
                job=job, status=procrastinate.jobs.Status.FAILED, delete_job=True
            )
        log.warning("失去联系的工作进程的任务已重新放回队列", extra=dict(job.task_kwargs))
    await app.job_manager.prune_stalled_workers(silence_s)
    return len(stalled)


async def work(app: procrastinate.App, options: WorkerOptions, *, until_idle: bool = False) -> None:
    """Works until told to stop (SIGTERM, SIGINT), or, `until_idle`, until nothing is left to do."""
    common: dict[str, Any] = {
        "install_signal_handlers": False,
        "update_heartbeat_interval": options.beat_s,
        "stalled_worker_timeout": options.silence_s,
        "fetch_job_polling_interval": min(5.0, options.beat_s),
        "delete_jobs": "successful",
    }
    async with app.open_async():
        errands = Worker(
            app, queues=[SITES], name=options.name, concurrency=options.jobs,
            shutdown_graceful_timeout=options.grace_s, **common,
        )  # fmt: skip
        keeper = Worker(app, queues=[KEEPING], name=f"{options.name} keeping", **common)
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, errands.stop)
        beside = [asyncio.create_task(keeper.run())]  # type: ignore[no-untyped-call]
        if until_idle:
            beside.append(asyncio.create_task(_stop_when_idle(app, errands)))
        try:
            await errands.run()  # type: ignore[no-untyped-call]
        finally:
            for task in beside:
                task.cancel()
            await asyncio.gather(*beside, return_exceptions=True)


async def _stop_when_idle(app: procrastinate.App, worker: Worker) -> None:
    """Stops a worker once no errand waits or is being done anywhere, those that wait for later included."""
    while True:
        left = [await app.job_manager.list_jobs_async(queue=SITES, status=one) for one in ("todo", "doing")]
        if not any(left):
            worker.stop()  # type: ignore[no-untyped-call]
            return
        await asyncio.sleep(IDLE_LOOK_S)
