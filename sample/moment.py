"""The sample city's one moment, and the days that its pages are reckoned from."""

from datetime import date, datetime, timedelta, timezone

from domain.limit import months_before

CHINA = timezone(timedelta(hours=8))

AS_OF = datetime(2026, 6, 30, 2, 0, tzinfo=CHINA)
"""The moment that the whole city is as of: every planted date is meant relative to it."""

TODAY = AS_OF.date()


def days_ago(days: int) -> date:
    """The date so many days before TODAY; a negative number gives a day to come."""
    return TODAY - timedelta(days=days)


def months_ago(months: int, days: int = 0) -> date:
    """The date so many calendar months, and then days, before TODAY."""
    return months_before(TODAY, months) - timedelta(days=days)
