"""Due dates by clause, and when a case is looked at again by itself."""

from datetime import date, datetime, timedelta

import pytest

from domain.finding import CaseState, Finding
from domain.observation import CHINA
from scheduler.rectify import Owing, due_date, wanted_rechecks
from schemes.calendar import is_working_day

SEEN = datetime(2026, 6, 1, 2, 0, tzinfo=CHINA)
DUE = date(2026, 6, 15)  # a Monday


def owing(state: CaseState = CaseState.NOTIFIED, **more: object) -> Owing:
    finding = Finding(
        id="F1", check="column.stale", unit="U", target_kind="site", target="s", subject="u",
        subject_name="n", url="u", observed={}, expected={}, summary="s", indicators=(), state=state,
        first_seen=SEEN, last_seen=SEEN,
    )  # fmt: skip
    return Owing(finding=finding, **more)  # type: ignore[arg-type]


def wanted(case: Owing, at: datetime) -> list[str]:
    return [one.why for one in wanted_rechecks([case], at, is_working_day)]


def at(day: int, hour: int = 20) -> datetime:
    return datetime(2026, 6, day, hour, 0, tzinfo=CHINA)


@pytest.mark.parametrize(
    ("check", "due"),
    [
        ("content.privacy", date(2026, 6, 29)),
        ("column.stale", date(2026, 7, 3)),
        ("leaders.incomplete", date(2026, 7, 10)),
    ],
)
def test_due_dates_count_working_days(check: str, due: date) -> None:
    assert due_date(check, date(2026, 6, 26), is_working_day) == due  # a Friday


def test_an_office_has_its_own_terms() -> None:
    found = due_date("column.stale", date(2026, 6, 26), is_working_day, {"column.stale": 1})
    assert found == date(2026, 6, 29)


def test_an_answer_is_looked_at_at_once_and_once() -> None:
    case = owing(due=DUE, written_at=at(5))
    assert wanted(case, at(5, 19)) == []
    assert wanted(case, at(5, 21)) == ["answer"]
    assert wanted(owing(due=DUE, written_at=at(5), looked_at=at(6)), at(7)) == []
    assert wanted(owing(due=DUE, written_at=at(7), looked_at=at(6)), at(8)) == ["answer"]


def test_before_the_due_date_and_when_it_has_passed() -> None:
    case = owing(due=DUE)
    assert wanted(case, at(12, 18)) == []
    assert wanted(case, at(12)) == ["before_due"]  # the Friday evening before the Monday
    looked = owing(due=DUE, looked_at=at(12, 21))
    assert wanted(looked, at(15)) == []
    assert wanted(looked, at(16, 1)) == ["due"]
    assert wanted(owing(due=DUE, looked_at=at(16, 2)), at(16, 2) + timedelta(days=30)) == []


@pytest.mark.parametrize(
    "state", [CaseState.DETECTED, CaseState.CONFIRMED, CaseState.RECTIFIED, CaseState.DISMISSED]
)
def test_only_what_is_owed_is_looked_at(state: CaseState) -> None:
    assert wanted(owing(state, due=DUE, written_at=at(5)), at(20)) == []
