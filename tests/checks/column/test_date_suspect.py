from datetime import date

import pytest

from checks.column.date_suspect import CHECK, Params
from domain.observation import SiteObservation
from domain.outcome import Frame, Inconclusive, Outcome, Pass, Violation
from tests.observations import (
    column,
    entry,
    judged,
    judged_by_unit,
    listing,
    seen,
    site_observation,
    unseen,
    url,
)


def of(*entries, complete=True) -> SiteObservation:
    return site_observation(columns=seen((column(of=listing(*entries)),), complete=complete))


def dated(listed: str | None, stated: str | None, **more) -> Outcome:
    one = entry(
        listed or stated,
        list_day=date.fromisoformat(listed) if listed else None,
        article_day=seen(date.fromisoformat(stated) if stated else None),
        **more,
    )
    return judged(CHECK, of(one))[url("a1.html")]


def test_dates_that_agree_or_differ_by_a_day_pass() -> None:
    assert isinstance(dated("2026-06-20", "2026-06-20"), Pass)
    assert isinstance(dated("2026-06-20", "2026-06-19"), Pass)
    assert isinstance(dated("2026-06-19", "2026-06-20"), Pass)


def test_an_entry_in_a_closed_tab_is_not_held_against_the_column() -> None:
    one = entry("2026-06-20", list_day=date(2026, 6, 20), article_day=seen(date(2026, 5, 20)), hidden=True)
    assert judged(CHECK, of(one)) == {}


@pytest.mark.parametrize("stated", ["2026-06-18", "2026-06-22", "2025-06-20"])
def test_article_that_contradicts_the_list_by_more_than_a_day(stated: str) -> None:
    outcome = dated("2026-06-20", stated)
    assert isinstance(outcome, Violation)
    assert outcome.observed["list_date"] == "2026-06-20"
    assert outcome.observed["article_date"] == stated
    assert outcome.url == url("a1.html")
    assert stated in outcome.summary


def test_the_year_that_the_list_leaves_out_is_no_contradiction() -> None:
    assert isinstance(dated("2026-06-20", "2025-06-20", yearless=True), Pass)
    assert isinstance(dated("2026-06-20", "2025-05-20", yearless=True), Violation)


def test_dates_yet_to_come() -> None:
    assert isinstance(dated("2026-06-30", "2026-06-30"), Pass)
    assert isinstance(dated("2026-07-01", "2026-06-30"), Violation)
    outcome = dated(None, "2026-07-01")
    assert isinstance(outcome, Violation)
    assert "晚于监测日2026-06-30" in outcome.summary


def test_entry_with_one_date_only_is_no_subject() -> None:
    unread = entry("2026-06-20", list_day=date(2026, 6, 20), article_day=unseen())
    assert judged(CHECK, of(unread, entry("2026-06-19", "b.html", list_day=date(2026, 6, 19)))) == {}


def test_backdated_entry_of_a_watched_column_is_a_warning() -> None:
    old = entry("2026-01-01", "o.html", first_seen=date(2026, 1, 2))

    def late(day: str) -> Outcome:
        one = entry(day, "n.html", first_seen=date(2026, 6, 1))
        return judged(CHECK, of(old, one))[url("n.html")]

    outcome = late("2026-03-01")
    assert isinstance(outcome, Violation)
    assert outcome.severity == "warning"
    assert outcome.observed["first_seen"] == "2026-06-01"
    assert isinstance(late("2026-05-02"), Pass)
    assert isinstance(late("2025-12-31"), Pass)


def test_a_column_was_watched_from_the_night_on_which_anything_of_it_was_seen() -> None:
    undated = entry(None, "u.html", first_seen=date(2026, 1, 2))
    for day, expected in (("2026-01-02", Violation), ("2026-01-01", Pass)):
        late = entry(day, "n.html", first_seen=date(2026, 6, 1))
        assert isinstance(judged(CHECK, of(undated, late))[url("n.html")], expected)


def test_first_night_suspects_nothing() -> None:
    assert isinstance(
        judged(CHECK, of(entry("2020-01-01", first_seen=date(2026, 6, 30))))[url("a1.html")], Pass
    )


def test_tolerance_is_the_scheme_s_and_incomplete_walks_are_said() -> None:
    one = entry("2026-06-20", list_day=date(2026, 6, 20), article_day=seen(date(2026, 6, 17)))
    assert isinstance(judged(CHECK, of(one), Params(tolerance_days=3))[url("a1.html")], Pass)
    assert isinstance(judged(CHECK, of(one, complete=False))["*"], Inconclusive)
    unseen_column = site_observation(columns=seen((column(of=unseen()),)))
    assert judged(CHECK, unseen_column) == {}


def test_an_entry_dated_today_alone_is_no_subject() -> None:
    assert judged(CHECK, of(entry("2026-06-30", list_day=date(2026, 6, 30)))) == {}
    tomorrow = entry("2026-07-01", list_day=date(2026, 7, 1))
    assert isinstance(judged(CHECK, of(tomorrow))[url("a1.html")], Violation)


def test_an_entry_listed_twice_is_one_subject_and_its_worse_listing_counts() -> None:
    fine = entry("2026-06-20", list_day=date(2026, 6, 20), article_day=seen(date(2026, 6, 20)))
    wrong = entry("2026-06-10", list_day=date(2026, 6, 10), article_day=seen(date(2026, 6, 20)))
    for first, second in ((fine, wrong), (wrong, fine)):
        columns = (column("a/", of=listing(first)), column("b/", of=listing(second)))
        outcomes = judged(CHECK, site_observation(columns=seen(columns)))
        assert isinstance(outcomes[url("a1.html")], Violation)


def test_another_unit_s_listing_of_the_same_page_is_that_unit_s() -> None:
    fine = entry("2026-06-20", list_day=date(2026, 6, 20), article_day=seen(date(2026, 6, 20)))
    wrong = entry("2026-06-10", list_day=date(2026, 6, 10), article_day=seen(date(2026, 6, 20)))
    columns = (column("a/", of=listing(fine)), column("b/", of=listing(wrong), unit="U02"))
    outcomes = judged_by_unit(CHECK, site_observation(columns=seen(columns)))
    assert isinstance(outcomes[(url("a1.html"), "U01")], Pass)
    assert isinstance(outcomes[(url("a1.html"), "U02")], Violation)


def test_one_date_contradicts_nothing() -> None:
    known = {"first_seen": date(2026, 6, 29)}
    assert isinstance(dated(None, "2026-06-28", **known), Pass)
    assert isinstance(dated("2026-06-28", None, **known), Pass)
    unread = entry(unseen(), first_seen=date(2026, 6, 29), list_day=None, article_day=unseen())
    assert isinstance(judged(CHECK, of(unread))[url("a1.html")], Pass)


def test_a_date_of_the_first_night_of_watching_is_suspected() -> None:
    old = entry("2026-01-01", "o.html", first_seen=date(2026, 1, 2))
    one = entry("2026-01-02", "n.html", first_seen=date(2026, 6, 1))
    outcome = judged(CHECK, of(old, one))[url("n.html")]
    assert isinstance(outcome, Violation)
    assert outcome.severity == "warning"


def test_the_date_at_fault_is_framed_and_the_list_is_looked_at() -> None:
    future_list = dated("2026-07-05", "2026-06-30")
    future_article = dated("2026-06-30", "2026-07-05")
    apart = dated("2026-06-20", "2026-06-18")
    assert isinstance(future_list, Violation)
    assert isinstance(future_article, Violation)
    assert isinstance(apart, Violation)
    assert (future_list.frame, future_article.frame, apart.frame) == (
        Frame(text="2026-07-05"),
        Frame(text="2026-07-05"),
        Frame(text="2026-06-18"),
    )
    assert future_list.looked_at == apart.looked_at == (url("a1.html"), url("tzgg/"))


def test_an_entry_that_a_list_did_not_show_when_it_showed_older_ones() -> None:
    new = entry("2026-03-02", "n.html", first_seen=date(2026, 6, 30))
    older = entry("2025-11-01", "o.html", first_seen=date(2026, 6, 29))
    outcome = judged(CHECK, of(older, new))[url("n.html")]
    assert isinstance(outcome, Violation)
    assert outcome.severity == "warning"
    for other in (
        entry("2025-11-01", "o.html", first_seen=date(2026, 6, 30)),
        entry("2026-03-03", "o.html", first_seen=date(2026, 6, 29)),
        entry(unseen(), "o.html", first_seen=date(2026, 6, 29), list_day=None),
        entry("2025-11-01", "o.html"),
    ):
        assert isinstance(judged(CHECK, of(other, new))[url("n.html")], Pass)
