"""When an annual report is due, by kind of unit, and where it is looked for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from domain.observation import Column, SiteObservation
from domain.snapshot import FetchStatus
from domain.target import ColumnKind
from domain.unit import UnitCategory


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthDay:
    """A day of the year; a report published on it is in time."""

    month: int
    day: int

    def in_year(self, year: int) -> date:
        """The day in a year. Raises ValueError when the year has no such day."""
        return date(year, self.month, self.day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadlines:
    """Last days for last year's report (国令第711号 art. 49): by category of unit, else `otherwise`."""

    by_category: Mapping[UnitCategory, MonthDay] = field(
        default_factory=lambda: {UnitCategory.COUNTY: MonthDay(month=3, day=31)}
    )
    otherwise: MonthDay = field(default_factory=lambda: MonthDay(month=1, day=31))

    def due(self, observation: SiteObservation, unit: str) -> date:
        """The last day in the year of the observation. A unit not known is held to the latest deadline."""
        year = observation.today.year
        known = observation.units.get(unit)
        if known is None:
            days = [*self.by_category.values(), self.otherwise]
            return max(day.in_year(year) for day in days)
        return self.by_category.get(known.category, self.otherwise).in_year(year)


def report_subject(year: int) -> str:
    """The subject of a report that may not exist."""
    return f"annual_report:{year}"


def report_columns(unit: str, observation: SiteObservation) -> list[Column]:
    """The annual-report columns of a unit, or the site's if it has none of its own.

    Raises UnseenError when one of them was not seen whole; one that is gone holds nothing.
    """
    columns = [c for c in observation.columns.get() if c.kind is ColumnKind.ANNUAL_REPORT]
    own = [c for c in columns if c.unit == unit] or columns
    for column in own:
        if column.listing.sight.status is not FetchStatus.GONE:
            column.listing.whole()
    return own
