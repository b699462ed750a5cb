"""The scheduler process: one for a data folder, with persistent jobs. Each job runs as a process of its own.

A job that crashes or leaks takes nobody along. What was missed while the machine was off is made up for once;
a scan that was broken off goes on. A clock set on or back is noticed within seconds.
"""

import logging
import os
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from time import monotonic

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.job import Job as KeptJob
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy.exc import SQLAlchemyError

from scheduler.alone import leased, only_one
from scheduler.desk import NightStore, Place
from scheduler.nights import terms_in_force
from scheduler.plan import GRACE_S, ZONE, Job, jobs_of, last_time, next_time
from storage.faults import StoreError
from storage.leases import Lease
from storage.nights import DONE, FAILED, RUNNING, SKIPPED

log = logging.getLogger(__name__)

BEAT_S = 10.0
JUMP_S = 120.0
"""A clock that moved so much more, or less, than time itself was set."""

WAIT_FOR_TURN_S = 4 * 3600.0
KILL_GRACE_S = 20.0
RESUMED = ("scan", "walk")
PAUSES_S = (60.0, 300.0, 900.0, 1800.0)
"""How long a scan that failed rests before each further try."""

SAME_TIME = 20
"""So many lines of a job's log are looked through for one of the same time."""


@dataclass(slots=True, kw_only=True)
class Clockwork:
    """The scheduler at work. `command` begins a job's process; its name and due time are added to it."""

    place: Place
    command: Sequence[str]
    store: NightStore
    stop: threading.Event = field(default_factory=threading.Event)
    beat_s: float = BEAT_S
    pauses_s: Sequence[float] = PAUSES_S
    _alone: threading.Lock = field(default_factory=threading.Lock)
    _children: dict[int, "subprocess.Popen[bytes]"] = field(default_factory=dict)
    _threads: list[threading.Thread] = field(default_factory=list)

    def run(self) -> None:
        """Works until `stop` is set. Raises StoreError when another scheduler is at work."""
        with ExitStack() as stack:
            stack.enter_context(only_one(self.place))
            lease = stack.enter_context(leased(self.store))
            scheduler = self._scheduler()
            _AT_WORK.append(self)
            stack.callback(_AT_WORK.remove, self)
            scheduler.start(paused=True)
            try:
                self._arrange(scheduler)
                scheduler.resume()
                self._resume_broken_off()
                self._tick(scheduler, lease)
            finally:
                self._end_children()
                scheduler.shutdown(wait=True)
                for thread in self._threads:
                    thread.join(KILL_GRACE_S)

    def _scheduler(self) -> BackgroundScheduler:
        return PatientScheduler(
            timezone=ZONE,
            jobstores={"default": SQLAlchemyJobStore(engine=self.store.engine)},
            executors={"default": ThreadPoolExecutor(8)},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": GRACE_S},
        )

    def _arrange(self, scheduler: BackgroundScheduler) -> None:
        """Brings the kept jobs in step with the plan: what stands unchanged keeps its next time, so that
        what was missed is known.
        """
        planned = jobs_of(terms_in_force(self.store))
        kept = {job.id: job for job in scheduler.get_jobs()}
        for name in set(kept) - set(planned):
            scheduler.remove_job(name)
        for name, job in planned.items():
            if name not in kept:
                scheduler.add_job(run_job, trigger=job.trigger, args=[name], id=name, name=job.title)
            elif str(kept[name].trigger) != str(job.trigger) or self._too_late(kept[name], job):
                scheduler.reschedule_job(name, trigger=job.trigger)
        self._publish(scheduler)

    def _too_late(self, kept: KeptJob, job: Job) -> bool:
        """Whether a job waits for longer than its plan has it: the clock was ahead when it was planned."""
        due = next_time(job, self.place.clock())
        return due is not None and kept.next_run_time is not None and kept.next_run_time > due

    def _publish(self, scheduler: BackgroundScheduler) -> None:
        states = self.store.jobs()
        for job in scheduler.get_jobs():
            next_at = None if job.next_run_time is None else job.next_run_time.astimezone(UTC)
            if job.id not in states or states[job.id].next_at != next_at:
                self.store.plan_job(job.id, next_at)

    def _tick(self, scheduler: BackgroundScheduler, lease: Lease) -> None:
        wall, steady = self.place.clock(), monotonic()
        while not self.stop.wait(self.beat_s):
            now = self.place.clock()
            drift = (now - wall).total_seconds() - (monotonic() - steady)
            wall, steady = now, monotonic()
            try:
                if not self.store.beat_lease(lease):
                    log.error("another scheduler has taken over; this one ends")
                    return
                if abs(drift) > JUMP_S:
                    log.warning("the clock was set by %.0f s", drift)
                self._arrange(scheduler)
                self._run_asked()
            except (StoreError, SQLAlchemyError) as error:
                log.error("the store cannot be used just now: %s", error)
            scheduler.wakeup()

    def _run_asked(self) -> None:
        for state in self.store.jobs().values():
            running = state.outcome == RUNNING
            if state.asked_at is not None and not running:
                self._start_thread(state.name, self.place.clock())

    def _resume_broken_off(self) -> None:
        """What a killed scheduler had under way and was not done goes on, as of the time it was due."""
        planned = jobs_of(terms_in_force(self.store))
        for name in RESUMED:
            lines = self.store.job_log(1, name)
            broken_off = bool(lines) and lines[0].outcome == RUNNING
            if broken_off and self.place.clock() - lines[0].due < planned[name].most:
                self._start_thread(name, lines[0].due)

    def _start_thread(self, name: str, due: datetime) -> None:
        if any(thread.name == name and thread.is_alive() for thread in self._threads):
            return
        self._threads = [thread for thread in self._threads if thread.is_alive()]
        thread = threading.Thread(target=self.carry_out, args=(name, due), name=name, daemon=True)
        self._threads.append(thread)
        thread.start()

    def carry_out(self, name: str, due: datetime) -> None:
        """Runs one job's process to its end, or ends it when it takes too long.

        A scan that failed is begun again after a while, as of the same time: what stood in its way (a
        database that was away, another process in the data folder) may have passed.
        """
        self._carry_out(name, due)
        for pause in self.pauses_s if name in RESUMED else ():
            if not self._owing(name, due) or self.stop.wait(pause):
                return
            self._carry_out(name, due)

    def _owing(self, name: str, due: datetime) -> bool:
        """Whether the job of this time was neither done nor left out on purpose, its time not yet over."""
        try:
            lines = self.store.job_log(SAME_TIME, name)
            most = jobs_of(terms_in_force(self.store))[name].most
        except (StoreError, SQLAlchemyError):
            return True
        settled = any(line.due == due and line.outcome in {DONE, SKIPPED} for line in lines)
        return not settled and self.place.clock() - due < most

    def _carry_out(self, name: str, due: datetime) -> None:
        try:
            job = jobs_of(terms_in_force(self.store)).get(name)
            if job is None or self.stop.is_set() or self._done(name, due):
                return
        except (StoreError, SQLAlchemyError) as error:
            log.error("%s could not begin: %s", name, error)
            return
        if not job.alone:
            self._process(job, due)
            return
        patience = 0.0 if name == "recheck" else WAIT_FOR_TURN_S
        if self._alone.acquire(timeout=patience):
            try:
                self._process(job, due)
            finally:
                self._alone.release()

    def _done(self, name: str, due: datetime) -> bool:
        """Whether the job of this very time was done: a clock set back brings the same time again."""
        return any(line.due == due and line.outcome == DONE for line in self.store.job_log(SAME_TIME, name))

    def _process(self, job: Job, due: datetime) -> None:
        if self.stop.is_set():
            return
        words = [*self.command, "--once", job.name, "--due", due.isoformat(), "--parent", str(os.getpid())]
        with (self.place.data / "schedule.log").open("ab") as out:
            child = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=out, stderr=out)
        self._children[child.pid] = child
        try:
            code = child.wait(job.most.total_seconds())
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
            self._note_failure(job.name, f"超过{job.most}没有做完，已中止")
        else:
            if code and not self.stop.is_set():
                self._note_failure(job.name, f"进程异常结束（退出码 {code}）")
        finally:
            self._children.pop(child.pid, None)

    def _note_failure(self, name: str, words: str) -> None:
        """A process that ended without a word of its own leaves its line running: it failed."""
        log.error("%s: %s", name, words)
        try:
            lines = self.store.job_log(1, name)
            if lines and lines[0].outcome == RUNNING:
                self.store.end_job(lines[0].number, self.place.clock(), FAILED, words)
        except StoreError as error:
            log.error("that could not be put on record: %s", error)

    def _end_children(self) -> None:
        self.stop.set()
        children = list(self._children.values())
        for child in children:
            child.terminate()
        for child in children:
            try:
                child.wait(KILL_GRACE_S)
            except subprocess.TimeoutExpired:
                child.kill()


class PatientScheduler(BackgroundScheduler):  # type: ignore[misc]
    """APScheduler's, which goes on when its database was away for a while."""

    def _process_jobs(self) -> float | None:
        try:
            return super()._process_jobs()  # type: ignore[no-any-return]
        except SQLAlchemyError as error:
            log.error("the jobs cannot be read or kept just now: %s", error)
            return BEAT_S


_AT_WORK: list[Clockwork] = []


def run_job(name: str) -> None:
    """What APScheduler calls: the kept job knows nothing but its name."""
    if not _AT_WORK:
        return
    clockwork = _AT_WORK[-1]
    job = jobs_of(terms_in_force(clockwork.store)).get(name)
    if job is None:
        return
    now = clockwork.place.clock()
    clockwork.carry_out(name, last_time(job, now, timedelta(seconds=GRACE_S)) or now)


def command_of(data: str, more: Mapping[str, str] | None = None) -> list[str]:
    """The command that a job's process begins with."""
    words = [sys.executable, "-m", "govwatch.cli", "schedule", "--data", data]
    for name, value in (more or {}).items():
        words += [name, value]
    return words
