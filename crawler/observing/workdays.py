"""The working days of the past year and more, with the holidays and shifted days that the state ordered."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache

import chinese_calendar

DAYS_BACK = 760
"""How far back checks reckon working days."""


@lru_cache(maxsize=4)
def working_days(today: date) -> Mapping[date, bool]:
    """Whether each day up to `today` was a working day; years whose calendar is not known are left out."""
    known: dict[date, bool] = {}
    for back in range(DAYS_BACK + 1):
        day = today - timedelta(days=back)
        try:
            known[day] = bool(chinese_calendar.is_workday(day))
        except NotImplementedError:
            continue
    return known
