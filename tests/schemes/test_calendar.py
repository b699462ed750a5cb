"""Working days with shifted holidays."""

from datetime import date
from pathlib import Path

import chinese_calendar
import pytest

from schemes import calendar
from schemes.calendar import CalendarError, is_working_day, overrides, working_days


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 6, 29), True),
        (date(2026, 6, 28), False),
        (date(2026, 10, 1), False),
        (date(2026, 10, 10), True),
        (date(2025, 1, 26), True),
    ],
)
def test_holidays_and_shifted_weekends(day: date, works: bool) -> None:
    assert is_working_day(day) is works


def test_the_first_year_that_the_library_knows_is_known() -> None:
    assert is_working_day(date(2003, 12, 31)) is None
    assert is_working_day(date(2004, 1, 5)) is True


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2096, 2, 29), True),  # a leap day, a Wednesday
        (date(2096, 3, 2), True),  # Friday
        (date(2096, 3, 3), False),  # Saturday
        (date(2096, 3, 4), False),  # Sunday
        (date(2096, 1, 2), False),  # Monday, set by hand
        (date(2096, 1, 7), True),  # Saturday, set by hand
        (date(2097, 1, 2), None),  # the table gives that year in part
        (date(2097, 1, 1), False),
    ],
)
def test_a_year_given_whole_has_its_weekends(
    monkeypatch: pytest.MonkeyPatch, day: date, works: bool | None
) -> None:
    by_hand = {date(2096, 1, 2): False, date(2096, 1, 7): True, date(2097, 1, 1): False}
    monkeypatch.setattr(calendar, "overrides", lambda: (by_hand, frozenset({2096})))
    assert is_working_day(day) is works


def test_unknown_years_are_said_to_be_unknown() -> None:
    assert is_working_day(date(2999, 1, 4)) is None
    assert is_working_day(date(1999, 1, 4)) is None
    assert working_days(date(2999, 1, 1), date(2999, 1, 3)) == {}


def test_span_has_both_ends() -> None:
    assert list(working_days(date(2026, 6, 26), date(2026, 6, 29)).items()) == [
        (date(2026, 6, 26), True),
        (date(2026, 6, 27), False),
        (date(2026, 6, 28), False),
        (date(2026, 6, 29), True),
    ]


def test_a_table_of_our_own_goes_first(tmp_path: Path) -> None:
    table = tmp_path / "calendar.toml"
    table.write_text("[2999]\nwhole = true\nholidays = [2999-01-01]\nworkdays = [2999-01-05]\n")
    days, years = overrides(table)
    assert days == {date(2999, 1, 1): False, date(2999, 1, 5): True}
    assert years == {2999}


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("[2999]\nwhole = true\n", ({}, {2999})),
        ("[2999]\nwhole = false\nholidays = [2999-01-01]\n", ({date(2999, 1, 1): False}, set())),
        ("[2998]\nworkdays = [2998-02-28]\n[2999]\n", ({date(2998, 2, 28): True}, set())),
        ("", ({}, set())),
    ],
)
def test_what_a_table_leaves_out_is_not_there(tmp_path: Path, text: str, known: object) -> None:
    table = tmp_path / "calendar.toml"
    table.write_text(text)
    assert overrides(table) == known


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[2999]\nholidays = ['x']\n", "[2999] 的 holidays 中“x”不是该年的日期，应写成 2999-10-01"),
        ("[2999]\nholidays = [2998-01-01]\n", "[2999] 的 holidays 中“2998-01-01”不是该年的日期"),
        ("[2999]\nworkdays = [2999-01-01T08:00:00]\n", "[2999] 的 workdays 中“2999-01-01 08:00:00”"),
        ("[2999]\nworkdays = 3\n", "[2999] 的 workdays 应为日期的列表"),
        ("[x]\n", "[x] 应为年份，其下只能有 whole、holidays、workdays"),
        ("2999 = 3\n", "[2999] 应为年份"),
        ("[2999]\nfree = []\n", "[2999] 应为年份，其下只能有 whole、holidays、workdays"),
        ("[", "无法读取（"),
    ],
)
def test_a_wrong_table_is_refused(tmp_path: Path, text: str, words: str) -> None:
    table = tmp_path / "calendar.toml"
    table.write_text(text)
    with pytest.raises(CalendarError) as refused:
        overrides(table)
    assert str(refused.value).startswith(f"calendar.toml：{words}")


def test_every_day_is_as_the_library_has_it() -> None:
    days, years = overrides()
    for number in range(date(2004, 1, 1).toordinal(), date(2025, 12, 31).toordinal() + 1):
        day = date.fromordinal(number)
        if day not in days and day.year not in years:
            assert is_working_day(day) == chinese_calendar.is_workday(day), day
