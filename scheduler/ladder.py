"""The ladder before the line: on which days a unit is warned ahead of a dated rule. Pure.

14 days: at day 10 and 12. Six months: at five months and a week before. The annual report: on the 15th and
the 25th of the month of its deadline. A rung that falls on a day off comes on the working day before it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from domain.limit import Limit, months_before
from portal.freshness import last_day_of

WorkingDay = Callable[[date], bool | None]
"""Whether people work on a day; None where the calendar of its year is not known."""

LONG_DAYS = 60
"""Limits of so many days or more are warned of by the month and the week, shorter ones by the day."""

REPORT_DAYS = (15, 25)
FARTHEST_BACK = 14
"""A rung is never moved back by more days than that, whatever holidays there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One warning: its number on the ladder from 1, the day it is due, the last day in time."""

    number: int
    day: date
    last_day: date

    def days_left(self, today: date) -> int:
        """Days until the last day in time, that day included."""
        return (self.last_day - today).days


def rungs_of_limit(newest: date, limit: Limit, works: WorkingDay) -> tuple[Rung, ...]:
    """The rungs for what must be newer than a limit, reckoned from its newest date."""
    last = last_day_of(newest, limit)
    if limit.days and limit.days < LONG_DAYS:
        days = (last - timedelta(days=4), last - timedelta(days=2))
    else:
        days = (months_before(last, 1), last - timedelta(days=7))
    return _rungs((day for day in days if day > newest), last, works)


def rungs_of_deadline(deadline: date, works: WorkingDay) -> tuple[Rung, ...]:
    """The rungs before a deadline of the annual report."""
    days = [deadline.replace(day=number) for number in REPORT_DAYS if number < deadline.day]
    return _rungs(days, deadline, works)


def due_rung(rungs: Iterable[Rung], today: date) -> Rung | None:
    """The highest rung reached: what was missed below it is not made up for. None before the first and
    after the last day in time.
    """
    reached = [rung for rung in rungs if rung.day <= today <= rung.last_day]
    return reached[-1] if reached else None


def _rungs(days: Iterable[date], last: date, works: WorkingDay) -> tuple[Rung, ...]:
    found: list[Rung] = []
    for day in days:
        at = working_day_on_or_before(day, works)
        if found and found[-1].day == at:
            continue
        found.append(Rung(number=len(found) + 1, day=at, last_day=last))
    return tuple(found)


def working_day_on_or_before(day: date, works: WorkingDay) -> date:
    """The day itself if people work on it, else the working day before it."""
    for back in range(FARTHEST_BACK + 1):
        at = day - timedelta(days=back)
        if works_on(at, works):
            return at
    return day


def works_on(day: date, works: WorkingDay) -> bool:
    """Whether people work on a day: where the calendar is not known, from Monday to Friday."""
    known = works(day)
    return day.weekday() < 5 if known is None else known


def after_working_days(day: date, count: int, works: WorkingDay) -> date:
    """The day so many working days after a day."""
    at, left = day, count
    while left > 0:
        at += timedelta(days=1)
        left -= works_on(at, works)
    return at
