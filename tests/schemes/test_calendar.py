"""Working days with shifted holidays."""

from datetime import date
from pathlib import Path

import pytest

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
    "text",
    ["[2999]\nholidays = ['x']\n", "[2999]\nholidays = [2998-01-01]\n", "[x]\n", "[2999]\nfree = []\n", "["],
)
def test_a_wrong_table_is_refused(tmp_path: Path, text: str) -> None:
    table = tmp_path / "calendar.toml"
    table.write_text(text)
    with pytest.raises(CalendarError, match=r"calendar\.toml"):
        overrides(table)
