import pytest

from checks.column.missing import CHECK, Params
from domain.observation import SiteObservation
from domain.outcome import Inconclusive, Pass, Violation
from domain.snapshot import FetchStatus
from domain.target import ColumnKind
from tests.observations import (
    HOME,
    column,
    declared,
    guide,
    judged,
    judged_by_unit,
    on_request,
    seen,
    site_observation,
    unseen,
    url,
    with_declared,
)

GUIDE_ONLY = Params(required=(ColumnKind.GUIDE,))
ON_REQUEST_ONLY = Params(required=(ColumnKind.ON_REQUEST,))


def of(*columns, complete=True, **more) -> SiteObservation:
    more.setdefault("guides", seen(()))
    more.setdefault("on_request", seen(()))
    return site_observation(columns=seen(columns, complete=complete), **more)


def test_column_that_is_there_passes() -> None:
    outcomes = judged(CHECK, of(column("zn/", ColumnKind.GUIDE)), GUIDE_ONLY)
    assert isinstance(outcomes["guide"], Pass)


def test_absent_column_is_missing_and_says_where_we_looked() -> None:
    platform = column("zfxxgk/", ColumnKind.STATUTORY_DISCLOSURE, disclosure=True)
    outcome = judged(CHECK, of(platform), GUIDE_ONLY)["guide"]
    assert isinstance(outcome, Violation)
    assert outcome.observed["looked_in"] == [HOME, url("zfxxgk/")]
    assert "信息公开指南" in outcome.observed["wordings"]
    assert outcome.url == HOME
    assert "“政府信息公开指南”" in outcome.summary
    assert "2处" in outcome.summary


def test_every_required_kind_is_a_subject_even_when_nothing_was_seen() -> None:
    blind = site_observation(columns=unseen(), guides=unseen(), on_request=unseen())
    outcomes = judged(CHECK, blind)
    assert set(outcomes) == {
        "guide",
        "regulations",
        "statutory_disclosure",
        "annual_report",
        "on_request",
    }
    assert all(isinstance(outcome, Inconclusive) for outcome in outcomes.values())


def test_incomplete_walk_proves_no_absence() -> None:
    assert isinstance(judged(CHECK, of(column(), complete=False), GUIDE_ONLY)["guide"], Inconclusive)


@pytest.mark.parametrize("status", [FetchStatus.BLOCKED, FetchStatus.TIMEOUT, FetchStatus.UNVISITED])
def test_link_whose_page_was_not_seen_is_inconclusive(status: FetchStatus) -> None:
    one = column("zn/", ColumnKind.GUIDE, of=unseen(url("zn/"), status))
    assert isinstance(judged(CHECK, of(one), GUIDE_ONLY)["guide"], Inconclusive)


def test_link_to_a_page_that_is_gone_does_not_count_as_found() -> None:
    one = column("zn/", ColumnKind.GUIDE, of=unseen(url("zn/"), FetchStatus.GONE))
    outcome = judged(CHECK, of(one), GUIDE_ONLY)["guide"]
    assert isinstance(outcome, Violation)
    assert outcome.observed["dead_links"] == [url("zn/")]
    assert outcome.url == url("zn/")


def test_guide_and_on_request_found_outside_a_column_of_that_name_count() -> None:
    assert isinstance(judged(CHECK, of(guides=seen((guide(),))), GUIDE_ONLY)["guide"], Pass)

    outcomes = judged(CHECK, of(on_request=seen((on_request(),))), ON_REQUEST_ONLY)
    assert isinstance(outcomes["on_request"], Pass)


def test_column_of_another_unit_does_not_count() -> None:
    outcomes = judged(CHECK, of(column("zn/", ColumnKind.GUIDE, unit="U02")), GUIDE_ONLY)
    assert isinstance(outcomes["guide"], Violation)


def test_guest_of_the_portal_is_judged_by_what_is_declared_for_it() -> None:
    site = with_declared(declared("cd/nb/", ColumnKind.ANNUAL_REPORT, "U02"))
    columns = (column("zn/", ColumnKind.GUIDE), column("cd/nb/", ColumnKind.ANNUAL_REPORT, unit="U02"))
    outcomes = judged_by_unit(CHECK, of(*columns, site=site, guests=("U02",)), GUIDE_ONLY)
    assert isinstance(outcomes[("guide", "U01")], Pass)
    assert isinstance(outcomes[("guide", "U02")], Violation)


def test_guest_without_a_declared_disclosure_column_cannot_be_judged() -> None:
    site = with_declared(declared("cd/dt/", ColumnKind.NEWS, "U02"))
    columns = (column("zn/", ColumnKind.GUIDE), column("cd/dt/", ColumnKind.NEWS, unit="U02"))
    outcomes = judged_by_unit(CHECK, of(*columns, site=site, guests=("U02",)), GUIDE_ONLY)
    assert isinstance(outcomes[("guide", "U02")], Inconclusive)


def test_kind_declared_on_another_site_is_judged_there() -> None:
    observation = of(elsewhere={"U01": frozenset({ColumnKind.GUIDE})})
    assert isinstance(judged(CHECK, observation, GUIDE_ONLY)["guide"], Inconclusive)
