"""The periods that bulletins are about: a week, a month, a quarter, each with the one before."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class PeriodKind(StrEnum):
    """How long a period is."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"


TITLES = {PeriodKind.WEEKLY: "周", PeriodKind.MONTHLY: "月", PeriodKind.QUARTERLY: "季"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A week from Monday to Sunday, a month or a quarter; both days belong to it."""

    kind: PeriodKind
    first: date
    last: date

    @classmethod
    def ended_before(cls, kind: PeriodKind, day: date) -> "Period":
        """The latest period of a kind that was over on the day before this one."""
        if kind is PeriodKind.WEEKLY:
            last = day - timedelta(days=day.weekday() + 1)
            return cls(kind=kind, first=last - timedelta(days=6), last=last)
        months = 1 if kind is PeriodKind.MONTHLY else 3
        begins = date(day.year, (day.month - 1) // months * months + 1, 1)
        last = begins - timedelta(days=1)
        first = date(last.year, (last.month - 1) // months * months + 1, 1)
        return cls(kind=kind, first=first, last=last)

    @property
    def before(self) -> "Period":
        """The period before it."""
        return Period.ended_before(self.kind, self.first)

    @property
    def name(self) -> str:
        """As a title names it."""
        if self.kind is PeriodKind.QUARTERLY:
            return f"{self.first.year}年第{'一二三四'[self.first.month // 3]}季度"
        if self.kind is PeriodKind.MONTHLY:
            return f"{self.first.year}年{self.first.month}月"
        return f"{self.first.year}年{self.span}"

    @property
    def span(self) -> str:
        """Its days, without the year."""
        return f"{_day(self.first)}至{_day(self.last)}"

    def __contains__(self, day: date | None) -> bool:
        return day is not None and self.first <= day <= self.last

    def parts(self) -> Iterator[tuple[str, "Period"]]:
        """What its course is drawn by: the days of a week, the weeks of a month, the months of a quarter."""
        at = self.first
        while at <= self.last:
            if self.kind is PeriodKind.WEEKLY:
                end, title = at, f"{_day(at)}（周{'一二三四五六日'[at.weekday()]}）"
            elif self.kind is PeriodKind.MONTHLY:
                end = min(at + timedelta(days=6 - at.weekday()), self.last)
                title = f"{_day(at)}至{end.day}日" if end > at else _day(at)
            else:
                following = date(at.year + at.month // 12, at.month % 12 + 1, 1)
                end, title = following - timedelta(days=1), f"{at.month}月"
            yield title, Period(kind=self.kind, first=at, last=end)
            at = end + timedelta(days=1)


def periods_due(day: date) -> list[Period]:
    """The periods whose bulletins are drafted on a day: Monday, the 1st, the first day of a quarter.

    On any other day (somebody asks for it by hand) the last full week.
    """
    kinds = []
    if day.weekday() == 0 or day.day != 1:
        kinds.append(PeriodKind.WEEKLY)
    if day.day == 1:
        kinds.append(PeriodKind.MONTHLY)
        if day.month in {1, 4, 7, 10}:
            kinds.append(PeriodKind.QUARTERLY)
    return [Period.ended_before(kind, day) for kind in kinds]


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"
