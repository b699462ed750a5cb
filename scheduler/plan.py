"""When each job of the nights comes: a table of jobs, and the triggers that APScheduler keeps."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.combining import OrTrigger
from apscheduler.triggers.cron import CronTrigger

from scheduler.terms import Terms, clock_time
from storage.nights import JOB_TITLES

ZONE = ZoneInfo("Asia/Shanghai")

GRACE_S = 12 * 3600
"""A job that could not run at its time (the machine was off, another still ran) is made up for so long."""

SHORTEST = 0.1
"""With less of the window left than this share, spreading is pointless."""

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A job of the nights: its name, when it comes, how long it may take.

    `alone` jobs need the data folder for themselves and are not begun while another such one runs.
    """

    name: str
    trigger: BaseTrigger
    when: str
    most: timedelta = timedelta(hours=1)
    alone: bool = False

    @property
    def title(self) -> str:
        """What people call it."""
        return JOB_TITLES[self.name]


def jobs_of(terms: Terms) -> Mapping[str, Job]:
    """The jobs by name, under the settings."""
    scan = clock_time(terms.scan_at)
    full = WEEK[terms.walk_day]
    others = ",".join(day for day in WEEK if day != full)
    night = timedelta(hours=terms.window_hours + 4)
    minutes = max(5, 24 * 60 // terms.probes_a_day)
    every = f"每天{24 * 60 // minutes}次以上"
    table = (
        Job(name="scan", trigger=_cron(others, scan.hour, scan.minute), most=night,
            alone=True, when=f"除周{_day(terms.walk_day)}外每天 {terms.scan_at}"),
        Job(name="walk", trigger=_cron(full, scan.hour, scan.minute), most=night * 2,
            alone=True, when=f"每周{_day(terms.walk_day)} {terms.scan_at}"),
        Job(name="probe", trigger=_through_the_day(minutes), when=every,
            most=timedelta(minutes=30)),
        Job(name="recheck", trigger=_through_the_day(terms.recheck_minutes), alone=True,
            when=f"每{terms.recheck_minutes}分钟", most=timedelta(hours=2)),
        Job(name="remind", trigger=_daily(terms.remind_at),
            when=f"每天 {terms.remind_at}"),
        Job(name="digest", trigger=_daily(terms.digest_at), when=f"每天 {terms.digest_at}"),
        Job(name="post", trigger=_through_the_day(5), when="每5分钟",
            most=timedelta(minutes=30)),
        Job(name="watch", trigger=_through_the_day(30), when="每30分钟"),
        Job(name="health", trigger=_daily("07:30"), when="每天 07:30"),
        Job(name="timestamp", trigger=_daily("06:45"), when="每天 06:45"),
        Job(name="ledger", trigger=_daily("06:15"), when="每天 06:15"),
        Job(name="bulletin", trigger=_bulletin(), when="每周一、每月1日、每季首日 07:00",
            most=timedelta(hours=2)),
        Job(name="prune", trigger=_cron("sun", 13, 10), when="每周日 13:10", alone=True,
            most=timedelta(hours=4)),
        Job(name="backup", trigger=_daily("12:30"), when="每天 12:30", most=timedelta(hours=8)),
    )  # fmt: skip
    return {job.name: job for job in table}


def sites_at_once(sites: int, terms: Terms) -> int:
    """How many sites are walked at once, so that all of them spread evenly over the window."""
    return max(1, min(32, -(-sites * terms.minutes_a_site // (terms.window_hours * 60))))


def window_of(job: Job, terms: Terms, due: datetime, now: datetime) -> tuple[datetime, datetime] | None:
    """What is left of the window of a scan that was due at one of its job's times; None outside of it."""
    until = due + timedelta(hours=terms.window_hours)
    planned = last_time(job, due, timedelta(minutes=1))
    worth = timedelta(hours=terms.window_hours) * SHORTEST
    return (now, until) if planned == due and due <= now <= until - worth else None


def next_time(job: Job, after: datetime) -> datetime | None:
    """When a job comes next after a moment."""
    found = job.trigger.get_next_fire_time(after, after + timedelta(seconds=1))
    return None if found is None else found.astimezone(ZONE)


def last_time(job: Job, before: datetime, within: timedelta) -> datetime | None:
    """When a job came last before a moment, as far back as `within`."""
    at, found = before - within, None
    while (coming := next_time(job, at)) is not None and coming <= before:
        at = found = coming
    return found


def _day(number: int) -> str:
    return "一二三四五六日"[number]


def _cron(days: str, hour: int, minute: int) -> CronTrigger:
    return CronTrigger(day_of_week=days, hour=hour, minute=minute, timezone=ZONE)


def _daily(at: str) -> CronTrigger:
    moment = clock_time(at)
    return CronTrigger(hour=moment.hour, minute=moment.minute, timezone=ZONE)


def _through_the_day(minutes: int) -> BaseTrigger:
    """Every so many minutes, reckoned from midnight: a clock set back or on changes nothing of it."""
    if minutes < 60 and 60 % minutes == 0:
        return CronTrigger(minute=f"*/{minutes}", timezone=ZONE)
    times = range(0, 24 * 60, minutes)
    return OrTrigger([CronTrigger(hour=at // 60, minute=at % 60, timezone=ZONE) for at in times])


def _bulletin() -> BaseTrigger:
    return OrTrigger([_cron("mon", 7, 0), CronTrigger(day=1, hour=7, minute=0, timezone=ZONE)])
