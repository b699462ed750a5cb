"""By which day a unit's report is due, and which columns are looked through for it."""

from dataclasses import replace
from datetime import date

import pytest

from checks.annual_report.deadline import Deadlines, MonthDay, report_columns, report_subject
from domain.observation import UnseenError
from domain.snapshot import FetchStatus
from domain.target import ColumnKind
from domain.unit import Unit, UnitCategory
from tests.observations import column, listing, seen, site_observation, unseen

COUNTY = Unit(code="C01", name="某县", category=UnitCategory.COUNTY)
OFFICE = Unit(code="U01", name="某局", category=UnitCategory.DEPARTMENT)


def test_counties_have_until_the_end_of_march_all_others_until_the_end_of_january() -> None:
    observation = site_observation(units={"C01": COUNTY, "U01": OFFICE})
    assert Deadlines().due(observation, "C01") == date(2026, 3, 31)
    assert Deadlines().due(observation, "U01") == date(2026, 1, 31)


def test_a_unit_not_known_is_held_to_the_latest_day() -> None:
    assert Deadlines().due(site_observation(units={}), "X") == date(2026, 3, 31)


def test_a_scheme_may_set_other_days() -> None:
    own = Deadlines(by_category={}, otherwise=MonthDay(month=2, day=28))
    assert own.due(site_observation(units={"C01": COUNTY}), "C01") == date(2026, 2, 28)


def test_the_subject_names_the_year() -> None:
    assert report_subject(2025) == "annual_report:2025"


def test_a_units_own_columns_come_before_the_sites() -> None:
    shared = column("nb/", ColumnKind.ANNUAL_REPORT, unit="U01")
    own = column("nb2/", ColumnKind.ANNUAL_REPORT, unit="U02")
    observation = site_observation(columns=seen((shared, own, column())))
    assert report_columns("U02", observation) == [own]
    assert report_columns("U09", observation) == [shared, own]


def test_a_column_not_seen_whole_raises_and_one_that_is_gone_does_not() -> None:
    part = column("nb/", ColumnKind.ANNUAL_REPORT, listing(complete=False))
    with pytest.raises(UnseenError):
        report_columns("U01", site_observation(columns=seen((part,))))
    gone = replace(part, listing=unseen(part.url, FetchStatus.GONE))
    assert report_columns("U01", site_observation(columns=seen((gone,)))) == [gone]
