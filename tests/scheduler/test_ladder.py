"""The days on which units are warned ahead."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.limit import Limit
from scheduler.ladder import after_working_days, due_rung, rungs_of_deadline, rungs_of_limit
from schemes.calendar import is_working_day

TWO_WEEKS, SIX_MONTHS = Limit(days=14), Limit(months=6)


def every_day(day: date) -> bool:
    return True


def days(newest: date, limit: Limit, works=every_day) -> list[date]:
    return [rung.day for rung in rungs_of_limit(newest, limit, works)]


def test_two_weeks_are_warned_of_at_ten_and_twelve_days() -> None:
    newest = date(2026, 6, 1)
    assert days(newest, TWO_WEEKS) == [newest + timedelta(days=10), newest + timedelta(days=12)]


def test_six_months_are_warned_of_at_five_months_and_a_week_before() -> None:
    assert days(date(2026, 1, 12), SIX_MONTHS) == [date(2026, 6, 12), date(2026, 7, 5)]


def test_a_month_end_counts_by_the_calendar() -> None:
    rungs = rungs_of_limit(date(2025, 8, 31), SIX_MONTHS, every_day)
    last = rungs[0].last_day
    assert SIX_MONTHS.oldest(last) <= date(2025, 8, 31) < SIX_MONTHS.oldest(last + timedelta(days=1))


@pytest.mark.parametrize("limit", [Limit(days=13), Limit(days=10), Limit(days=5)])
def test_shorter_limits_are_warned_of_four_and_two_days_before(limit: Limit) -> None:
    newest = date(2026, 6, 1)
    assert [limit.days - (day - newest).days for day in days(newest, limit)] == [4, 2]


def test_a_limit_shorter_than_the_ladder_has_fewer_rungs() -> None:
    newest = date(2026, 6, 1)
    assert days(newest, Limit(days=3)) == [newest + timedelta(days=1)]
    assert days(newest, Limit(days=2)) == []


def test_the_annual_report_is_warned_of_on_the_15th_and_25th() -> None:
    # 25 January 2026 is a Sunday, and so is the 24th no working day.
    found = [rung.day for rung in rungs_of_deadline(date(2026, 1, 31), is_working_day)]
    assert found == [date(2026, 1, 15), date(2026, 1, 23)]
    found = [rung.day for rung in rungs_of_deadline(date(2026, 3, 31), every_day)]
    assert found == [date(2026, 3, 15), date(2026, 3, 25)]


def test_rungs_in_a_long_holiday_come_before_it_and_once() -> None:
    # National day 2025: 1 to 8 October off.
    rungs = rungs_of_limit(date(2025, 9, 22), TWO_WEEKS, is_working_day)
    assert [rung.day for rung in rungs] == [date(2025, 9, 30)]


def test_a_year_without_a_calendar_goes_by_weekdays() -> None:
    assert is_working_day(date(2031, 6, 2)) is None
    found = [rung.day for rung in rungs_of_deadline(date(2031, 1, 31), is_working_day)]
    assert found == [date(2031, 1, 15), date(2031, 1, 24)]


def test_what_was_missed_is_not_made_up_for_and_over_is_over() -> None:
    rungs = rungs_of_limit(date(2026, 6, 1), TWO_WEEKS, every_day)
    reached = {day: due_rung(rungs, date(2026, 6, day)) for day in range(1, 31)}
    assert [day for day, rung in reached.items() if rung and rung.number == 1] == [11, 12]
    assert [day for day, rung in reached.items() if rung and rung.number == 2] == [13, 14, 15]
    assert all(reached[day] is None for day in range(16, 31))


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.sampled_from([TWO_WEEKS, SIX_MONTHS, Limit(days=90)]))
def test_every_rung_lies_before_the_last_day_in_time(newest: date, limit: Limit) -> None:
    rungs = rungs_of_limit(newest, limit, is_working_day)
    assert [rung.number for rung in rungs] == list(range(1, len(rungs) + 1))
    assert all(rung.day < rung.last_day for rung in rungs)
    assert sorted({rung.day for rung in rungs}) == [rung.day for rung in rungs]


def test_working_days_are_counted() -> None:
    assert after_working_days(date(2026, 6, 26), 5, is_working_day) == date(2026, 7, 3)
