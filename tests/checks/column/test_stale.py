from datetime import UTC, date, datetime

import pytest

from checks.column.stale import CHECK, Params
from domain.limit import Limit
from domain.observation import SiteObservation
from domain.outcome import Inconclusive, NotApplicable, Outcome, Pass, Violation
from domain.snapshot import FetchStatus
from domain.target import ColumnKind
from tests.observations import column, entry, judged, listing, only, seen, site_observation, unseen, url

HALF_YEAR = Params(limits={ColumnKind.NOTICES: Limit(months=6), ColumnKind.NEWS: Limit(days=14)})


def of(*columns, complete=True) -> SiteObservation:
    return site_observation(columns=seen(columns, complete=complete))


def newest(day, **more) -> Outcome:
    return only(CHECK, of(column(of=listing(entry(day)), **more)), HALF_YEAR)


def test_fresh_column_passes() -> None:
    assert isinstance(newest("2026-06-29"), Pass)


def test_entry_on_the_limit_is_in_time_and_one_day_older_is_not() -> None:
    assert isinstance(newest("2025-12-30"), Pass)
    outcome = newest("2025-12-29")
    assert isinstance(outcome, Violation)
    assert outcome.observed == {
        "newest": "2025-12-29",
        "age_days": 183,
        "limit_days": 182,
        "undated": 0,
        "column_kind": "notices",
        "level": 1,
    }
    assert "2025-12-29" in outcome.summary
    assert "183天" in outcome.summary
    assert "6个月" in outcome.summary


def test_two_weeks_are_fourteen_days() -> None:
    assert isinstance(newest("2026-06-16", kind=ColumnKind.NEWS), Pass)
    assert isinstance(newest("2026-06-15", kind=ColumnKind.NEWS), Violation)


def test_undated_entries_count_as_not_updated() -> None:
    outcome = newest(None)
    assert isinstance(outcome, Violation)
    assert outcome.observed["newest"] is None
    assert "1条信息均未标明发布日期" in outcome.summary


def test_unread_date_of_one_entry_makes_an_old_column_inconclusive() -> None:
    one = column(of=listing(entry("2025-01-01"), entry(unseen(url("a2.html")), "a2.html")))
    outcome = only(CHECK, of(one), HALF_YEAR)
    assert isinstance(outcome, Inconclusive)
    assert url("a2.html") in outcome.reason


@pytest.mark.parametrize("status", [FetchStatus.BLOCKED, FetchStatus.TIMEOUT, FetchStatus.GONE])
def test_unseen_column_is_inconclusive(status: FetchStatus) -> None:
    outcome = only(CHECK, of(column(of=unseen(url("tzgg/"), status))), HALF_YEAR)
    assert isinstance(outcome, Inconclusive)


def test_list_seen_in_part_passes_when_fresh_and_proves_nothing_when_old() -> None:
    fresh = column(of=listing(entry("2026-06-29"), complete=False))
    old = column(of=listing(entry("2025-01-01"), complete=False))
    assert isinstance(only(CHECK, of(fresh), HALF_YEAR), Pass)
    assert isinstance(only(CHECK, of(old), HALF_YEAR), Inconclusive)


def test_fresh_child_keeps_its_parent_from_being_stale() -> None:
    parent = column("xx/", of=listing(entry("2024-01-01"), children=(url("xx/a/"),)))
    child = column("xx/a/", parent=url("xx/"))
    outcomes = judged(CHECK, of(parent, child), HALF_YEAR)
    assert isinstance(outcomes[url("xx/")], Pass)


def test_child_not_seen_makes_its_old_parent_inconclusive() -> None:
    parent = column("xx/", of=listing(entry("2024-01-01"), children=(url("xx/a/"),)))
    child = column("xx/a/", of=unseen(url("xx/a/")), parent=url("xx/"))
    assert isinstance(judged(CHECK, of(parent, child), HALF_YEAR)[url("xx/")], Inconclusive)
    assert isinstance(judged(CHECK, of(parent), HALF_YEAR)[url("xx/")], Inconclusive)


def test_parent_without_entries_is_judged_through_its_children_only() -> None:
    parent = column("xx/", of=listing(children=(url("xx/a/"),)))
    child = column("xx/a/", of=listing(entry("2024-01-01")), parent=url("xx/"))
    outcomes = judged(CHECK, of(parent, child), HALF_YEAR)
    assert isinstance(outcomes[url("xx/")], NotApplicable)
    assert isinstance(outcomes[url("xx/a/")], Violation)


def test_parent_whose_children_have_no_limit_is_judged_itself() -> None:
    parent = column("xx/", of=listing(children=(url("xx/a/"),)))
    child = column("xx/a/", ColumnKind.OTHER, of=listing(entry("2024-01-01")), parent=url("xx/"))
    assert isinstance(judged(CHECK, of(parent, child), HALF_YEAR)[url("xx/")], Violation)


def test_columns_that_lead_to_each_other_end() -> None:
    one = column("a/", of=listing(entry("2024-01-01"), children=(url("b/"),)))
    other = column("b/", of=listing(entry("2024-01-02"), children=(url("a/"), url("b/"))))
    outcomes = judged(CHECK, of(one, other), HALF_YEAR)
    assert [type(outcome) for outcome in outcomes.values()] == [Violation, Violation]


def test_future_dates_prove_no_update() -> None:
    future_and_old = column(of=listing(entry("2026-07-01"), entry("2024-01-01", "a2.html")))
    outcome = only(CHECK, of(future_and_old), HALF_YEAR)
    assert isinstance(outcome, Violation)
    assert outcome.observed["newest"] == "2024-01-01"
    assert isinstance(newest("2026-07-01"), Inconclusive)


def test_today_is_reckoned_in_china() -> None:

    late_evening_utc = datetime(2026, 6, 29, 17, 0, tzinfo=UTC)
    observation = site_observation(
        columns=seen((column(of=listing(entry("2025-12-29"))),)), as_of=late_evening_utc
    )
    assert observation.today == date(2026, 6, 30)
    assert isinstance(only(CHECK, observation, HALF_YEAR), Violation)


def test_registered_limit_overrides_and_binds_any_kind() -> None:
    assert isinstance(newest("2026-06-01", limit_days=10), Violation)
    assert isinstance(newest("2026-06-20", kind=ColumnKind.OTHER, limit_days=10), Pass)
    assert isinstance(newest("2024-01-01", limit_days=3650), Pass)


def test_kind_without_a_limit_is_no_subject() -> None:
    assert judged(CHECK, of(column(kind=ColumnKind.OTHER)), HALF_YEAR) == {}


def test_disclosure_columns_of_any_kind_when_the_scheme_says_so() -> None:
    params = Params(every_disclosure_column=Limit(months=6))
    one = column("zfxxgk/x/", ColumnKind.OTHER, of=listing(entry("2024-01-01")), disclosure=True)
    other = column("x/", ColumnKind.OTHER, of=listing(entry("2024-01-01")))
    outcomes = judged(CHECK, of(one, other), params)
    assert set(outcomes) == {url("zfxxgk/x/")}
    assert isinstance(outcomes[url("zfxxgk/x/")], Violation)


@pytest.mark.parametrize("flag", ["exempt", "archived"])
def test_exempt_and_archived_columns_need_no_update(flag: str) -> None:
    assert isinstance(newest("2020-01-01", **{flag: True}), NotApplicable)


def test_single_page_and_column_without_content_are_not_stale() -> None:
    static = column(of=listing(static=True, text_length=500))
    assert isinstance(only(CHECK, of(static), HALF_YEAR), NotApplicable)
    assert isinstance(only(CHECK, of(column(of=listing())), HALF_YEAR), NotApplicable)


def test_incomplete_walk_is_said() -> None:
    outcomes = judged(CHECK, of(column(), complete=False), HALF_YEAR)
    assert isinstance(outcomes["*"], Inconclusive)
    assert isinstance(outcomes[url("tzgg/")], Pass)


def test_child_that_is_gone_holds_nothing_newer() -> None:
    parent = column("xx/", of=listing(entry("2024-01-01"), children=(url("xx/a/"),)))
    child = column("xx/a/", of=unseen(url("xx/a/"), FetchStatus.GONE))
    assert isinstance(judged(CHECK, of(parent, child), HALF_YEAR)[url("xx/")], Violation)


def test_standing_texts_and_entries_to_services_have_no_date_to_be_late_with() -> None:
    params = Params(every_disclosure_column=Limit(months=6))
    asked = column(of=listing(entry(None)), kind=ColumnKind.ON_REQUEST, disclosure=True)
    assert isinstance(only(CHECK, of(asked), params), NotApplicable)
    dated = column(of=listing(entry("2024-01-01")), kind=ColumnKind.ON_REQUEST, disclosure=True)
    assert isinstance(only(CHECK, of(dated), params), Violation)


def test_children_after_one_that_is_gone_or_above_are_looked_at_too() -> None:
    gone = column("xx/a/", of=unseen(url("xx/a/"), FetchStatus.GONE))
    fresh = column("xx/b/", of=listing(entry("2026-06-29")))
    for first in (url("xx/a/"), url("xx/")):
        parent = column("xx/", of=listing(entry("2024-01-01"), children=(first, url("xx/b/"))))
        assert isinstance(judged(CHECK, of(parent, gone, fresh), HALF_YEAR)[url("xx/")], Pass)


def test_grandchildren_keep_a_column_fresh() -> None:
    top = column("xx/", of=listing(entry("2024-01-01"), children=(url("xx/a/"),)))
    middle = column("xx/a/", of=listing(children=(url("xx/a/b/"),)))
    below = column("xx/a/b/", of=listing(entry("2026-06-29")))
    assert isinstance(judged(CHECK, of(top, middle, below), HALF_YEAR)[url("xx/")], Pass)
    hidden = column("xx/a/b/", of=unseen(url("xx/a/b/")))
    outcome = judged(CHECK, of(top, middle, hidden), HALF_YEAR)[url("xx/")]
    assert isinstance(outcome, Inconclusive)
    assert url("xx/a/b/") in outcome.reason


def test_an_entry_of_today_is_fresh() -> None:
    assert isinstance(newest("2026-06-30"), Pass)


def test_a_single_page_with_dated_entries_is_judged_by_them() -> None:
    old = column(of=listing(entry("2024-01-01"), static=True))
    assert isinstance(only(CHECK, of(old), HALF_YEAR), Violation)
    bare = column(of=listing(static=True, children=(url("xx/a/"),)))
    child = column("xx/a/", of=listing(entry("2024-01-01")))
    outcome = judged(CHECK, of(bare, child), HALF_YEAR)[url("tzgg/")]
    assert outcome == NotApplicable(reason="单页栏目，没有可按日期更新的条目")
