"""Limits of age: days, or calendar months, counted back from a date; the limit itself is still in time."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """How old the newest item may be. Exactly one of days and months is positive."""

    days: int = 0
    months: int = 0

    def __post_init__(self) -> None:
        """Raises ValueError unless exactly one of the two is positive."""
        if (self.days > 0) == (self.months > 0) or self.days < 0 or self.months < 0:
            raise ValueError(f"期限须为正的天数或月数之一：days={self.days}, months={self.months}")

    def oldest(self, today: date) -> date:
        """The oldest date that is still in time on `today` (inclusive).

        Months are calendar months; a day that the month lacks becomes its last day.
        """
        if self.days:
            return today - timedelta(days=self.days)
        return months_before(today, self.months)

    def in_days(self, today: date) -> int:
        """The limit as a number of days on `today`."""
        return (today - self.oldest(today)).days

    def title(self) -> str:
        """The limit in Chinese."""
        return f"{self.days}天" if self.days else f"{self.months}个月"


def months_before(day: date, months: int) -> date:
    """The same day of the month so many calendar months earlier, or that month's last day."""
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
