from dataclasses import replace
from datetime import datetime

import pytest

from checks.annual_report.missing import CHECK
from domain.observation import CHINA
from domain.outcome import Inconclusive, NotApplicable, Pass, Violation
from domain.snapshot import FetchStatus
from domain.target import ColumnKind
from tests.observations import (
    HOME,
    SITE,
    column,
    declared,
    judged_by_unit,
    listing,
    only,
    report,
    seen,
    site_observation,
    unseen,
    url,
    with_declared,
)

ANNUAL = ColumnKind.ANNUAL_REPORT


def on(day: str, **more):
    more.setdefault("reports", seen(()))
    return site_observation(as_of=datetime.fromisoformat(f"{day}T09:00:00+08:00"), **more)


def test_report_that_is_there_passes() -> None:
    assert isinstance(only(CHECK, on("2026-06-30", reports=seen((report(),)))), Pass)


def test_missing_from_the_day_after_the_deadline() -> None:
    assert isinstance(only(CHECK, on("2026-01-31")), NotApplicable)
    outcome = only(CHECK, on("2026-02-01"))
    assert isinstance(outcome, Violation)
    assert outcome.observed["deadline"] == "2026-01-31"
    assert outcome.observed["year"] == 2025
    assert "示例市卫生健康局2025年" in outcome.summary


def test_county_has_until_the_end_of_march() -> None:
    county = replace(SITE, unit="U00")
    assert isinstance(only(CHECK, on("2026-03-31", site=county)), NotApplicable)
    assert isinstance(only(CHECK, on("2026-04-01", site=county)), Violation)


def test_subject_is_the_report_of_last_year() -> None:
    assert set(judged_by_unit(CHECK, on("2026-06-30"))) == {("annual_report:2025", "U01")}


def test_a_report_of_another_year_or_unit_does_not_count() -> None:
    others = seen((report(2024), report(2025, unit="U02")))
    assert isinstance(only(CHECK, on("2026-06-30", reports=others)), Violation)


def test_missing_column_does_not_hide_the_missing_report() -> None:
    outcome = only(CHECK, on("2026-06-30", columns=seen(())))
    assert isinstance(outcome, Violation)
    assert outcome.url == HOME


def test_finding_points_at_the_report_column() -> None:
    columns = seen((column("nb/", ANNUAL),))
    outcome = only(CHECK, on("2026-06-30", columns=columns))
    assert isinstance(outcome, Violation)
    assert outcome.url == url("nb/")


@pytest.mark.parametrize("of", [unseen(url("nb/")), listing(complete=False)])
def test_report_column_not_seen_is_inconclusive(of) -> None:
    columns = seen((column("nb/", ANNUAL, of=of),))
    assert isinstance(only(CHECK, on("2026-06-30", columns=columns)), Inconclusive)


def test_report_column_that_is_gone_hides_nothing() -> None:
    columns = seen((column("nb/", ANNUAL, of=unseen(url("nb/"), FetchStatus.GONE)),))
    assert isinstance(only(CHECK, on("2026-06-30", columns=columns)), Violation)


def test_reports_not_seen_whole_are_inconclusive() -> None:
    assert isinstance(only(CHECK, on("2026-06-30", reports=seen((), complete=False))), Inconclusive)
    assert isinstance(only(CHECK, on("2026-06-30", reports=unseen())), Inconclusive)


def test_guest_with_a_declared_disclosure_column_owes_its_report_too() -> None:
    site = with_declared(declared("cd/zn/", ColumnKind.GUIDE, "U02"))
    observation = on("2026-06-30", site=site, guests=("U02",), reports=seen((report(),)))
    outcomes = judged_by_unit(CHECK, observation)
    assert isinstance(outcomes[("annual_report:2025", "U01")], Pass)
    assert isinstance(outcomes[("annual_report:2025", "U02")], Violation)


def test_guest_without_one_cannot_be_judged() -> None:
    site = with_declared(declared("cd/dt/", ColumnKind.NEWS, "U02"))
    observation = on("2026-06-30", site=site, guests=("U02",))
    assert isinstance(judged_by_unit(CHECK, observation)[("annual_report:2025", "U02")], Inconclusive)


def test_report_column_declared_on_another_site_is_judged_there() -> None:
    observation = on("2026-06-30", elsewhere={"U01": frozenset({ANNUAL})})
    assert isinstance(only(CHECK, observation), Inconclusive)


def test_the_day_is_reckoned_in_china() -> None:
    late = datetime(2026, 2, 1, 0, 30, tzinfo=CHINA)
    assert isinstance(only(CHECK, site_observation(as_of=late, reports=seen(()))), Violation)


def test_it_is_told_in_which_columns_it_was_sought() -> None:
    own = column("nb/", ColumnKind.ANNUAL_REPORT, of=listing())
    foreign = column("cd/nb/", ColumnKind.ANNUAL_REPORT, of=unseen(), unit="U02")
    outcome = only(CHECK, site_observation(reports=seen(()), columns=seen((own, foreign))))
    assert isinstance(outcome, Violation)
    assert (outcome.url, outcome.looked_at) == (own.url, (own.url,))
    assert outcome.observed["looked_in"] == [own.url]
    nowhere = only(CHECK, site_observation(reports=seen(())))
    assert isinstance(nowhere, Violation)
    assert (nowhere.url, nowhere.looked_at, nowhere.observed["looked_in"]) == (HOME, (), [HOME])
