from dataclasses import replace
from datetime import date

import pytest

from checks.annual_report.deadline import Deadlines, MonthDay
from checks.annual_report.late import CHECK
from domain.outcome import Inconclusive, Pass, Violation
from domain.target import ColumnKind
from tests.observations import (
    SITE,
    column,
    judged,
    listing,
    only,
    report,
    seen,
    site_observation,
    unseen,
    url,
)


def of(*reports, complete=True, **more):
    return site_observation(reports=seen(reports, complete=complete), **more)


def test_published_on_the_day_itself_is_in_time() -> None:
    assert isinstance(only(CHECK, of(report(day="2026-01-31"))), Pass)


def test_published_a_day_later_is_late() -> None:
    outcome = only(CHECK, of(report(day="2026-02-01")))
    assert isinstance(outcome, Violation)
    assert outcome.observed == {"published": "2026-02-01", "deadline": "2026-01-31", "days_late": 1}
    assert "2026-02-01" in outcome.summary
    assert outcome.url == url("nb/2025.html")


def test_a_date_yet_to_come_proves_nothing() -> None:
    outcome = only(CHECK, of(report(day="2029-02-01")))
    assert isinstance(outcome, Inconclusive)
    assert "晚于监测日" in outcome.reason


def test_county_has_until_the_end_of_march() -> None:
    county = replace(SITE, unit="U00")
    assert isinstance(only(CHECK, of(report(day="2026-03-31", unit="U00"), site=county)), Pass)
    assert isinstance(only(CHECK, of(report(day="2026-04-01", unit="U00"), site=county)), Violation)


def test_only_last_years_reports_of_watched_units_are_subjects() -> None:
    observation = of(report(2024, day="2025-06-01"), report(day="2026-06-01", unit=""))
    assert judged(CHECK, observation) == {}


def test_a_copy_in_time_clears_the_later_one() -> None:
    first = report(day="2026-01-20")
    again = report(day="2026-02-20", url=url("xx/2025.html"))
    outcomes = judged(CHECK, of(again, first))
    assert len(outcomes) == 2
    assert all(isinstance(outcome, Pass) for outcome in outcomes.values())


def test_reports_seen_in_part_may_hide_an_earlier_copy() -> None:
    outcome = judged(CHECK, of(report(day="2026-02-20"), complete=False))[url("nb/2025.html")]
    assert isinstance(outcome, Inconclusive)


@pytest.mark.parametrize("day", [None, unseen(), seen(None, complete=False)])
def test_report_without_a_known_date_is_inconclusive(day) -> None:
    assert isinstance(only(CHECK, of(report(day=day))), Inconclusive)


def test_undated_copy_beside_a_late_one_is_inconclusive() -> None:
    outcomes = judged(CHECK, of(report(day="2026-02-20"), report(day=None, url=url("xx/2025.html"))))
    assert all(isinstance(outcome, Inconclusive) for outcome in outcomes.values())


def test_another_year_s_or_unit_s_report_in_time_excuses_nothing() -> None:
    mine = report(day="2026-02-05")
    others = (report(2024, day="2025-01-20"), report(day="2026-01-20", unit="U02", url=url("nb/u02.html")))
    assert isinstance(judged(CHECK, of(mine, *others))[mine.url], Violation)


def test_a_report_published_this_very_day_is_late() -> None:
    assert isinstance(only(CHECK, of(report(day="2026-06-30"))), Violation)
    assert isinstance(only(CHECK, of(report(day="2026-07-01"))), Inconclusive)


def test_the_columns_of_other_units_need_not_be_seen() -> None:
    own = column("nb/", ColumnKind.ANNUAL_REPORT, of=listing())
    foreign = column("cd/nb/", ColumnKind.ANNUAL_REPORT, of=unseen(), unit="U02")
    late = of(report(day="2026-02-05"), columns=seen((own, foreign)))
    assert isinstance(only(CHECK, late), Violation)
    alone = of(report(day="2026-02-05"), columns=seen((foreign,)))
    assert isinstance(only(CHECK, alone), Inconclusive)


def test_a_unit_that_is_not_known_has_the_latest_deadline() -> None:
    assert Deadlines().due(of(), "U99") == date(2026, 3, 31)
    assert Deadlines().due(of(), "U01") == date(2026, 1, 31)
    later = Deadlines(otherwise=MonthDay(month=4, day=30))
    assert later.due(of(), "U99") == date(2026, 4, 30)
