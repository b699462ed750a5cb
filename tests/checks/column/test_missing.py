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
    report,
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


def test_column_of_a_like_name_may_be_the_one_that_seems_to_be_missing() -> None:
    like = column("pj/", ColumnKind.OTHER, name="申请事宜", may_be=frozenset({ColumnKind.ON_REQUEST}))
    outcome = judged(CHECK, of(like), ON_REQUEST_ONLY)["on_request"]
    assert isinstance(outcome, Inconclusive)
    assert "“申请事宜”" in outcome.reason
    assert isinstance(judged(CHECK, of(like), GUIDE_ONLY)["guide"], Violation)
    gone = column(
        "pj/",
        ColumnKind.OTHER,
        of=unseen(url("pj/"), FetchStatus.GONE),
        may_be=frozenset({ColumnKind.ON_REQUEST}),
    )
    assert isinstance(judged(CHECK, of(gone), ON_REQUEST_ONLY)["on_request"], Violation)


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


ANNUAL_ONLY = Params(required=(ColumnKind.ANNUAL_REPORT,))


def test_guides_and_on_request_pages_not_all_seen_prove_no_absence_of_their_own_kind_alone() -> None:
    blind = of(guides=seen((), complete=False), on_request=seen((), complete=False))
    assert isinstance(judged(CHECK, blind, GUIDE_ONLY)["guide"], Inconclusive)
    assert isinstance(judged(CHECK, blind, ON_REQUEST_ONLY)["on_request"], Inconclusive)
    assert isinstance(judged(CHECK, blind, ANNUAL_ONLY)["annual_report"], Violation)
    guides_only = of(guides=seen((), complete=False))
    assert isinstance(judged(CHECK, guides_only, ON_REQUEST_ONLY)["on_request"], Violation)


def test_a_guide_or_on_request_page_stands_for_no_other_kind_and_no_other_unit() -> None:
    both = of(guides=seen((guide(),)), on_request=seen((on_request(),)))
    assert isinstance(judged(CHECK, both, ANNUAL_ONLY)["annual_report"], Violation)
    crossed = of(guides=seen((guide(),)), on_request=seen(()))
    assert isinstance(judged(CHECK, crossed, ON_REQUEST_ONLY)["on_request"], Violation)
    foreign = of(guides=seen((guide(unit="U02"),)), on_request=seen((on_request(unit="U02"),)))
    assert isinstance(judged(CHECK, foreign, GUIDE_ONLY)["guide"], Violation)
    assert isinstance(judged(CHECK, foreign, ON_REQUEST_ONLY)["on_request"], Violation)


def test_it_is_told_where_columns_are_listed() -> None:
    section = column("xx/", ColumnKind.OTHER)
    child = column("xx/a/", ColumnKind.NEWS, parent=url("xx/"))
    platform = column("zfxxgk/", ColumnKind.STATUTORY_DISCLOSURE, disclosure=True)
    outcome = judged(CHECK, of(section, child, platform, column("gz/")), GUIDE_ONLY)["guide"]
    assert isinstance(outcome, Violation)
    assert outcome.observed["looked_in"] == [HOME, url("xx/"), url("zfxxgk/")]
    assert outcome.looked_at == (HOME, url("xx/"), url("zfxxgk/"))


def test_a_kind_without_usual_names_is_sought_by_its_title() -> None:
    params = Params(required=(ColumnKind.PLANNING,))
    outcome = judged(CHECK, of(), params)["planning"]
    assert isinstance(outcome, Violation)
    assert outcome.observed["wordings"] == ["规划计划"]


REPORT_ONLY = Params(required=(ColumnKind.ANNUAL_REPORT,))


def test_a_column_declared_for_several_guests_may_be_the_portal_s_own_too() -> None:
    shared = [column("nb/", ColumnKind.ANNUAL_REPORT, unit=unit) for unit in ("U02", "U03")]
    outcome = judged(CHECK, of(*shared, reports=seen(())), REPORT_ONLY)["annual_report"]
    assert isinstance(outcome, Inconclusive)
    assert "多个单位共用" in outcome.reason
    alone = judged(CHECK, of(shared[0], reports=seen(())), REPORT_ONLY)["annual_report"]
    assert isinstance(alone, Violation)


def test_the_portal_s_own_report_in_a_guest_s_column_shows_that_it_shares_it() -> None:
    columns = [column("nb/", ColumnKind.ANNUAL_REPORT, unit="U02")]
    outcome = judged(CHECK, of(*columns, reports=seen((report(),))), REPORT_ONLY)["annual_report"]
    assert isinstance(outcome, Pass)


def test_a_unit_that_is_not_in_the_registry_is_called_by_the_site() -> None:
    outcome = judged(CHECK, of(units={}), GUIDE_ONLY)["guide"]
    assert isinstance(outcome, Violation)
    assert "未找到示例市卫生健康局网站的“政府信息公开指南”栏目" in outcome.summary


def test_a_shared_column_of_another_kind_says_nothing_of_the_missing_one() -> None:
    shared = [column("gg/", ColumnKind.NOTICES, unit=unit) for unit in ("U02", "U03")]
    outcome = judged(CHECK, of(*shared, reports=seen(())), REPORT_ONLY)["annual_report"]
    assert isinstance(outcome, Violation)


def test_shared_columns_and_reports_that_were_not_seen_prove_no_absence() -> None:
    unit = {"kind": ColumnKind.ANNUAL_REPORT, "of": unseen(url("nb/"))}
    shared = [column("nb/", unit="U02", **unit), column("nb/", unit="U03", **unit)]
    outcome = judged(CHECK, of(*shared, reports=seen(())), REPORT_ONLY)["annual_report"]
    assert isinstance(outcome, Inconclusive)
    assert "多个单位共用" in outcome.reason
    one = column("nb/", ColumnKind.ANNUAL_REPORT, unit="U02")
    for reports in (unseen(), seen((), complete=False)):
        outcome = judged(CHECK, of(one, reports=reports), REPORT_ONLY)["annual_report"]
        assert isinstance(outcome, Inconclusive)
    gone = column("nb/", ColumnKind.ANNUAL_REPORT, unit="U02", of=unseen(url("nb/"), FetchStatus.GONE))
    outcome = judged(CHECK, of(gone, reports=unseen()), REPORT_ONLY)["annual_report"]
    assert isinstance(outcome, Violation)
    other = judged(CHECK, of(column("zn/", ColumnKind.GUIDE, unit="U02"), reports=unseen()), GUIDE_ONLY)
    assert isinstance(other["guide"], Violation)
