"""What the scheduler keeps: jobs with their last and next times, a log, held judgements, planned closures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, desc, insert, select, update

from storage.bulk import insert_or_ignore
from storage.faults import StoreError
from storage.night_tables import closures, holds, night_jobs, night_log

RUNNING, DONE, FAILED, SKIPPED, BROKEN_OFF = "running", "done", "failed", "skipped", "broken_off"

JOB_TITLES: Mapping[str, str] = {
    "scan": "夜间巡检",
    "walk": "每周全面巡检",
    "probe": "可用性探测",
    "recheck": "整改复查",
    "remind": "临期提醒与整改期限",
    "digest": "每日通知",
    "post": "发送与重发",
    "watch": "运行监视",
    "health": "信息源状况",
    "timestamp": "佐证时间戳",
    "ledger": "记账",
    "bulletin": "通报初稿",
    "prune": "清理旧数据",
    "backup": "备份",
}
"""The jobs of the nights and what people call them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JobState:
    """How a job stands. `asked_at`: somebody wants it run now. `outcome` is that of the last time."""

    name: str
    paused: bool = False
    asked_at: datetime | None = None
    asked_by: str = ""
    next_at: datetime | None = None
    began_at: datetime | None = None
    ended_at: datetime | None = None
    outcome: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class JobLine:
    """One time that a job ran: when it was due, began and ended, and what came of it."""

    number: int
    job: str
    due: datetime
    began: datetime
    ended: datetime | None
    outcome: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Judgements of a run that were held back: of which targets, why; `released_at`: a person ended it."""

    run: str
    at: datetime
    scope: str
    reason: str
    targets: tuple[str, ...]
    number: int = 0
    released_at: datetime | None = None
    released_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Closure:
    """A planned closure: no warnings, no probes that count. Both days belong to it.

    It is about one target, or (without one) about all of a unit's.
    """

    unit: str
    first_day: date
    last_day: date
    reason: str
    who: str
    at: datetime
    target: str = ""
    number: int = 0

    def covers(self, unit: str, target: str, day: date) -> bool:
        """Whether a unit's target is planned to be closed on this day."""
        about = self.target == target if self.target else self.unit == unit
        return about and self.first_day <= day <= self.last_day


def _states(row: Row[Any]) -> JobState:
    return JobState(**{name: getattr(row, name) for name in JobState.__slots__})


def jobs(connection: Connection) -> dict[str, JobState]:
    """All jobs that were ever planned, by name."""
    return {row.name: _states(row) for row in connection.execute(select(night_jobs))}


def change_job(connection: Connection, name: str, values: Mapping[str, Any]) -> None:
    """Sets some of a job's values; a job not yet known is made."""
    empty: dict[str, Any] = {"name": name, "paused": False, "asked_by": "", "outcome": "", "words": ""}
    insert_or_ignore(connection, night_jobs, [empty])
    if values:
        connection.execute(update(night_jobs).where(night_jobs.c.name == name).values(**values))


def begin_line(connection: Connection, job: str, due: datetime, began: datetime) -> int:
    """Notes that a job began; what it had begun before and never ended was broken off."""
    connection.execute(
        update(night_log)
        .where(night_log.c.job == job, night_log.c.outcome == RUNNING)
        .values(outcome=BROKEN_OFF, words="进程中断，没有做完")
    )
    number = connection.execute(
        insert(night_log).values(job=job, due=due, began=began, outcome=RUNNING, words="")
    ).inserted_primary_key
    assert number is not None
    change_job(
        connection,
        job,
        {"began_at": began, "ended_at": None, "outcome": RUNNING, "words": "", "asked_at": None},
    )
    return int(number[0])


def end_line(connection: Connection, line: int, ended: datetime, outcome: str, words: str) -> None:
    """Notes how it ended."""
    connection.execute(
        update(night_log)
        .where(night_log.c.number == line)
        .values(ended=ended, outcome=outcome, words=words[:2000])
    )
    job = connection.execute(select(night_log.c.job).where(night_log.c.number == line)).scalar_one()
    change_job(connection, job, {"ended_at": ended, "outcome": outcome, "words": words[:2000]})


def log(connection: Connection, limit: int, job: str | None = None) -> list[JobLine]:
    """The latest lines, newest first."""
    query = select(night_log).order_by(desc(night_log.c.number)).limit(limit)
    if job is not None:
        query = query.where(night_log.c.job == job)
    return [
        JobLine(**{name: getattr(row, name) for name in JobLine.__slots__})
        for row in connection.execute(query)
    ]


def last_done(connection: Connection, job: str) -> JobLine | None:
    """The latest time that a job was done."""
    query = (
        select(night_log)
        .where(night_log.c.job == job, night_log.c.outcome == DONE)
        .order_by(desc(night_log.c.number))
        .limit(1)
    )
    row = connection.execute(query).first()
    return None if row is None else JobLine(**{name: getattr(row, name) for name in JobLine.__slots__})


def first_began(connection: Connection) -> datetime | None:
    """When the first job on record began; None before that."""
    query = select(night_log.c.began).order_by(night_log.c.number).limit(1)
    return connection.execute(query).scalar()


def drop_log_before(connection: Connection, moment: datetime) -> int:
    """Forgets old lines; gives how many."""
    return connection.execute(delete(night_log).where(night_log.c.began < moment)).rowcount


def keep_holds(connection: Connection, found: Sequence[Hold]) -> None:
    """Keeps what was held."""
    for hold in found:
        connection.execute(
            insert(holds).values(
                run=hold.run,
                at=hold.at,
                scope=hold.scope,
                reason=hold.reason,
                targets=list(hold.targets),
                released_by="",
            )
        )


def kept_holds(connection: Connection, limit: int, run: str | None = None) -> list[Hold]:
    """What was held, newest first."""
    query = select(holds).order_by(desc(holds.c.number)).limit(limit)
    if run is not None:
        query = query.where(holds.c.run == run)
    return [
        Hold(
            number=row.number,
            run=row.run,
            at=row.at,
            scope=row.scope,
            reason=row.reason,
            targets=tuple(row.targets),
            released_at=row.released_at,
            released_by=row.released_by,
        )
        for row in connection.execute(query)
    ]


def release_hold(connection: Connection, number: int, who: str, at: datetime) -> None:
    """A person says that what was held was real: the next run is judged. Raises StoreError."""
    changed = connection.execute(
        update(holds)
        .where(holds.c.number == number, holds.c.released_at.is_(None))
        .values(released_at=at, released_by=who)
    )
    if changed.rowcount != 1:
        raise StoreError("没有这条暂缓记录，或已经解除")


def add_closure(connection: Connection, closure: Closure) -> int:
    """Registers a planned closure. Raises StoreError when it makes no sense."""
    if closure.last_day < closure.first_day:
        raise StoreError(f"计划停运的止日 {closure.last_day} 早于起日 {closure.first_day}")
    if not closure.reason.strip() or not closure.who.strip():
        raise StoreError("计划停运必须写明原因和登记人")
    values = {name: getattr(closure, name) for name in Closure.__slots__ if name != "number"}
    number = connection.execute(insert(closures).values(**values)).inserted_primary_key
    assert number is not None
    return int(number[0])


def withdraw_closure(connection: Connection, number: int, at: datetime) -> None:
    """Takes a planned closure back. Raises StoreError."""
    changed = connection.execute(
        update(closures)
        .where(closures.c.number == number, closures.c.withdrawn_at.is_(None))
        .values(withdrawn_at=at)
    )
    if changed.rowcount != 1:
        raise StoreError("没有这条计划停运登记，或已经撤回")


def standing_closures(connection: Connection) -> list[Closure]:
    """The closures that were not taken back, latest first."""
    query = select(closures).where(closures.c.withdrawn_at.is_(None)).order_by(desc(closures.c.first_day))
    return [
        Closure(**{name: getattr(row, name) for name in Closure.__slots__})
        for row in connection.execute(query)
    ]
