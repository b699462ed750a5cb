"""The working days of the past year and more, with the holidays and shifted days that the state ordered."""

from collections.abc import Mapping
from datetime import date, timedelta

from schemes import calendar

DAYS_BACK = 760
"""How far back checks reckon working days."""


def working_days(today: date) -> Mapping[date, bool]:
    """Whether each day up to `today` was a working day; years whose calendar is not known are left out."""
    return calendar.working_days(today - timedelta(days=DAYS_BACK), today)
