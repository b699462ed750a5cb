from checks.site.home_stale import CHECK
from domain.outcome import Inconclusive, Pass, Violation
from tests.observations import AS_OF, HOME, entry, home, only, seen, site_observation, unseen, url


def showing(*entries, complete=True, **more):
    return site_observation(home=seen(home(entries=seen(entries, complete=complete), **more)))


def test_fourteen_days_are_in_time_and_fifteen_are_not() -> None:
    assert isinstance(only(CHECK, showing(entry("2026-06-16"))), Pass)
    outcome = only(CHECK, showing(entry("2026-06-15"), entry("2026-06-01", "a2.html")))
    assert isinstance(outcome, Violation)
    assert outcome.url == HOME
    assert outcome.observed == {"newest": "2026-06-15", "age_days": 15, "limit_days": 14, "entries": 2}
    assert "2026-06-15" in outcome.summary
    assert "15天" in outcome.summary


def test_undated_home_page_counts_as_not_updated() -> None:
    outcome = only(CHECK, showing(entry(None)))
    assert isinstance(outcome, Violation)
    assert outcome.observed["newest"] is None


def test_future_dates_prove_no_update() -> None:
    assert isinstance(only(CHECK, showing(entry("2026-07-01"), entry("2026-01-01", "b.html"))), Violation)


def test_what_was_not_seen_may_be_newer() -> None:
    old = entry("2026-01-01")
    assert isinstance(only(CHECK, site_observation(home=unseen())), Inconclusive)
    assert isinstance(only(CHECK, showing(old, complete=False)), Inconclusive)
    assert isinstance(only(CHECK, showing(old, entry(unseen(), "b.html"))), Inconclusive)
    assert isinstance(only(CHECK, site_observation(home=seen(home(entries=unseen())))), Inconclusive)


def test_fresh_entry_passes_beside_what_was_not_seen() -> None:
    assert isinstance(only(CHECK, showing(entry("2026-06-29"), entry(unseen(), "b.html"))), Pass)


def test_home_page_on_which_no_entry_was_recognised_is_inconclusive() -> None:
    assert isinstance(only(CHECK, showing()), Inconclusive)


def test_gateway_is_judged_by_its_second_level_pages() -> None:
    fresh, old = seen((entry("2026-06-29", "x/a.html"),)), seen((entry("2026-01-01", "y/a.html"),))
    assert isinstance(only(CHECK, showing(gateway=True, second_level=(old, fresh))), Pass)
    assert isinstance(only(CHECK, showing(gateway=True, second_level=(old,))), Violation)
    assert isinstance(only(CHECK, showing(gateway=True, second_level=(old, unseen(url("z/"))))), Inconclusive)


def test_second_level_does_not_count_for_a_home_page_that_is_no_gateway() -> None:
    fresh = seen((entry("2026-06-29", "x/a.html"),))
    assert isinstance(only(CHECK, showing(entry("2026-01-01"), second_level=(fresh,))), Violation)


def test_an_entry_of_today_is_the_newest() -> None:
    today = AS_OF.date().isoformat()
    outcome = only(CHECK, site_observation(home=seen(home(entries=seen((entry(today),))))))
    assert outcome == Pass(reason=f"最新一条为 {today}")
