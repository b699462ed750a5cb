"""The way back to compliance, the pure part: due dates by clause, and when a case is looked at again."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from domain.finding import CaseState, Finding
from domain.observation import CHINA
from scheduler.ladder import WorkingDay, after_working_days, working_day_on_or_before
from schemes.mending import working_days_to_mend

OWED = frozenset({CaseState.NOTIFIED, CaseState.RECTIFYING})
"""States in which a unit owes a mend."""

EVENING = time(19, 0)
"""When a case is looked at before its due date: after office hours, so that the day's work counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Owing:
    """A case that is owed a mend: its due date, when the unit last wrote, when we last looked again."""

    finding: Finding
    due: date | None = None
    written_at: datetime | None = None
    looked_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A recheck that is due: of which case, why, from when on."""

    case: str
    why: str
    not_before: datetime


def due_date(check: str, told_on: date, works: WorkingDay, own: Mapping[str, int] | None = None) -> date:
    """Until when a lapse is to be mended, reckoned in working days from the day the unit was told."""
    return after_working_days(told_on, working_days_to_mend(check, own), works)


def wanted_rechecks(cases: Iterable[Owing], now: datetime, works: WorkingDay) -> list[Wanted]:
    """The rechecks that are due: after the unit's answer, before the due date, once when it has passed."""
    found: list[Wanted] = []
    for case in cases:
        if case.finding.state in OWED:
            moments = [(why, at) for why, at in _moments(case, works) if at <= now and _not_since(case, at)]
            if moments:
                why, at = max(moments, key=lambda moment: moment[1])
                found.append(Wanted(case=case.finding.id, why=why, not_before=at))
    return found


def _moments(case: Owing, works: WorkingDay) -> Sequence[tuple[str, datetime]]:
    moments = []
    if case.written_at is not None:
        moments.append(("answer", case.written_at))
    if case.due is not None:
        before = working_day_on_or_before(case.due - timedelta(days=1), works)
        moments.append(("before_due", datetime.combine(before, EVENING, CHINA)))
        moments.append(("due", datetime.combine(case.due + timedelta(days=1), time(0, 30), CHINA)))
    return moments


def _not_since(case: Owing, at: datetime) -> bool:
    return case.looked_at is None or case.looked_at < at
