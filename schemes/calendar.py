"""Working days (工作日) with shifted holidays (调休), from a kept library and a table of our own over it.

A year that neither knows is unknown, and what depends on it cannot be judged: nothing is guessed.
"""

import tomllib
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import chinese_calendar

TABLE = Path(__file__).with_name("calendar.toml")
EARLIEST_YEAR = 2004
_FIRST, _LAST = min(chinese_calendar.holidays).year, max(chinese_calendar.holidays).year


class CalendarError(ValueError):
    """The override table cannot be used; the message names the file, the key and the mend."""

    for_user = True


@cache
def overrides(path: Path = TABLE) -> tuple[Mapping[date, bool], frozenset[int]]:
    """The days set by hand, and the years that the table gives whole.

    Raises CalendarError when the file is not as it must be.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CalendarError(f"{path.name}：无法读取（{error}）") from error
    days: dict[date, bool] = {}
    years: set[int] = set()
    for year, part in table.items():
        if not year.isdigit() or not isinstance(part, dict) or set(part) - {"whole", "holidays", "workdays"}:
            raise CalendarError(f"{path.name}：[{year}] 应为年份，其下只能有 whole、holidays、workdays")
        for key, works in (("holidays", False), ("workdays", True)):
            listed = part.get(key, [])
            if not isinstance(listed, list):
                raise CalendarError(f"{path.name}：[{year}] 的 {key} 应为日期的列表，如 [{year}-10-01]")
            for day in listed:
                if type(day) is not date or day.year != int(year):
                    raise CalendarError(
                        f"{path.name}：[{year}] 的 {key} 中“{day}”不是该年的日期，应写成 {year}-10-01"
                    )
                days[day] = works
        if part.get("whole", False):
            years.add(int(year))
    return days, frozenset(years)


def is_working_day(day: date) -> bool | None:
    """Whether people work on this day; None when the calendar of its year is not known."""
    days, years = overrides()
    if day in days:
        return days[day]
    if day.year in years:
        return day.weekday() < 5
    if day.year < EARLIEST_YEAR:
        return None
    if not _FIRST <= day.year <= _LAST:
        return None
    # As the library's own is_workday, which looks through its whole table for the years at every call.
    return day in chinese_calendar.workdays or (day.weekday() < 5 and day not in chinese_calendar.holidays)


@cache
def working_days(first: date, last: date) -> Mapping[date, bool]:
    """Every known day from `first` to `last`, both included; days of unknown years are left out."""
    span = (first + timedelta(days=number) for number in range((last - first).days + 1))
    known = ((day, is_working_day(day)) for day in span)
    return {day: works for day, works in known if works is not None}
