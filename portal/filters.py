"""The filters of the list of findings, as they stand in the address."""

from datetime import date, datetime, timedelta
from typing import Annotated, Any

from fastapi import Depends, Query

from domain.finding import CaseState
from domain.observation import CHINA
from portal.visitor import Visitor
from storage.listing import SORTS, Filter

PAGE = 50


class Asked:
    """What the address asks for; FastAPI fills it in."""

    def __init__(
        self,
        state: Annotated[list[str], Query()] = [],  # noqa: B006 (FastAPI copies it)
        unit: Annotated[str, Query(max_length=64)] = "",
        check: Annotated[str, Query(max_length=80)] = "",
        target: Annotated[str, Query(max_length=64)] = "",
        severity: Annotated[str, Query(max_length=16)] = "",
        q: Annotated[str, Query(max_length=200)] = "",
        since: Annotated[str, Query(max_length=10)] = "",
        until: Annotated[str, Query(max_length=10)] = "",
        relapsed: Annotated[str, Query(max_length=1)] = "",
        sort: Annotated[str, Query(max_length=20)] = "first_seen",
        dir: Annotated[str, Query(max_length=4)] = "desc",
        page: Annotated[int, Query(ge=1, le=1_000_000)] = 1,
    ) -> None:
        """What makes no sense is left out rather than refused: addresses are kept for years."""
        self.states = tuple(CaseState(each) for each in state if each in set(CaseState))
        self.unit, self.check, self.target = unit, check, target
        self.severity, self.text = severity, q.strip()
        self.since, self.until = _day(since), _day(until)
        self.relapsed = bool(relapsed)
        self.sort = sort if sort in SORTS else "first_seen"
        self.descending = dir != "asc"
        self.page = page

    def filter(self, visitor: Visitor) -> Filter:
        """The filter, within what the visitor may see."""
        only = visitor.unit
        return Filter(
            states=self.states,
            unit=self.unit if only is None else only,
            check=self.check,
            target=self.target,
            severity=self.severity,
            text=self.text,
            since=_start(self.since),
            until=None if self.until is None else _start(self.until + timedelta(days=1)),
            relapsed=self.relapsed,
        )

    def values(self) -> dict[str, Any]:
        """The address's values, without the page."""
        return {
            "state": [state.value for state in self.states],
            "unit": self.unit,
            "check": self.check,
            "target": self.target,
            "severity": self.severity,
            "q": self.text,
            "since": self.since.isoformat() if self.since else "",
            "until": self.until.isoformat() if self.until else "",
            "relapsed": "1" if self.relapsed else "",
            "sort": "" if self.sort == "first_seen" else self.sort,
            "dir": "" if self.descending else "asc",
        }


AskedDep = Annotated[Asked, Depends()]


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if 1990 <= found.year <= 2200 else None


def _start(day: date | None) -> datetime | None:
    return None if day is None else datetime(day.year, day.month, day.day, tzinfo=CHINA)
