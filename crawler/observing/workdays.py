"""The working days of the past year and more and of the weeks ahead: state holidays, shifted days."""

from collections.abc import Mapping
from datetime import date, timedelta

from schemes import calendar

DAYS_BACK = 760
"""How far back checks reckon working days."""
DAYS_AHEAD = 90
"""How far ahead: a term set in working days may end after the day of the observation."""


def working_days(today: date) -> Mapping[date, bool]:
    """Whether each day up to `today` and some way ahead is a working day.

    Years whose calendar is not known are left out.
    """
    return calendar.working_days(today - timedelta(days=DAYS_BACK), today + timedelta(days=DAYS_AHEAD))
