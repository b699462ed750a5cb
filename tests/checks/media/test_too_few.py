from datetime import date, datetime, timedelta

from checks.media.too_few import CHECK, Params
from domain.observation import CHINA, AccountObservation
from domain.outcome import Inconclusive, NotApplicable, Pass, Violation
from domain.target import AccountKind
from tests.observations import account, account_observation, only, post, seen, unseen

FIRST = date(2025, 8, 4)
"""The first Monday of August–October 2025; the last whole week ends on 26 October."""
WEEKS = [FIRST + timedelta(weeks=n) for n in range(12)]


def weekly(*, drop: dict[int, int] | None = None):
    """Two posts in each whole week, fewer in some."""
    drop = drop or {}
    return [
        post((monday + timedelta(days=6 * n)).isoformat(), title=f"推文{n}")
        for number, monday in enumerate(WEEKS)
        for n in range(2 - drop.get(number, 0))
    ]


def test_two_a_week_in_every_whole_week_pass() -> None:
    assert isinstance(only(CHECK, account_observation(*weekly())), Pass)


def test_each_missing_post_is_counted_once() -> None:
    outcome = only(CHECK, account_observation(*weekly(drop={3: 1, 7: 2})))
    assert isinstance(outcome, Violation)
    assert outcome.observed["period"] == "2025-08-04/2025-10-26"
    assert (outcome.observed["count"], outcome.observed["required"]) == (21, 24)
    assert outcome.observed["short_weeks"] == {"2025-08-25": 1, "2025-09-22": 0}
    assert "共少3条" in outcome.summary


def test_more_in_one_week_do_not_make_up_for_another() -> None:
    extra = [post(f"2025-08-0{n}", title=f"多{n}") for n in range(5, 9)]
    outcome = only(CHECK, account_observation(*weekly(drop={3: 1}), *extra))
    assert isinstance(outcome, Violation)
    assert outcome.observed["count"] == 23
    assert outcome.observed["posts"] == 27


def test_weeks_run_from_monday_to_sunday_in_china() -> None:
    posts = weekly(drop={0: 2})
    edges = [
        datetime(2025, 8, 4, 0, 5, tzinfo=CHINA),
        datetime(2025, 8, 10, 23, 55, tzinfo=CHINA),
    ]
    from dataclasses import replace

    posts += [replace(post("2025-08-05", title=str(n)), posted_at=at) for n, at in enumerate(edges)]
    assert isinstance(only(CHECK, account_observation(*posts)), Pass)


def on(day: str, *posts, **more) -> AccountObservation:
    return account_observation(*posts, as_of=datetime.fromisoformat(f"{day}T09:00:00+08:00"), **more)


def test_period_that_has_begun_counts_its_weeks_that_are_over() -> None:
    assert isinstance(only(CHECK, on("2026-08-03", post("2026-08-03"))), NotApplicable)
    outcome = only(CHECK, on("2026-08-10", post("2026-08-04")))
    assert isinstance(outcome, Violation)
    assert outcome.observed["period"] == "2026-08-03/2026-08-09"
    assert (outcome.observed["count"], outcome.observed["required"]) == (1, 2)


def test_source_that_does_not_reach_back_is_inconclusive() -> None:
    posts = weekly(drop={3: 1})
    for reach in (None, datetime(2025, 8, 5, tzinfo=CHINA)):
        assert isinstance(only(CHECK, account_observation(*posts, reaches_back_to=reach)), Inconclusive)
    just = datetime(2025, 8, 4, tzinfo=CHINA)
    assert isinstance(only(CHECK, account_observation(*posts, reaches_back_to=just)), Violation)


def test_unseen_or_empty_sources_are_inconclusive() -> None:
    assert isinstance(only(CHECK, account_observation()), Inconclusive)
    assert isinstance(only(CHECK, account_observation(posts=unseen())), Inconclusive)
    assert isinstance(only(CHECK, account_observation(*weekly(drop={3: 1}), gone=unseen())), Inconclusive)
    part = seen(tuple(weekly(drop={3: 1})), complete=False)
    assert isinstance(only(CHECK, account_observation(posts=part)), Inconclusive)


def test_weeks_before_the_account_opened_do_not_count() -> None:
    late = account(opened_on=date(2025, 9, 3))
    posts = weekly(drop={0: 2, 1: 2, 2: 2, 3: 2, 4: 2})
    assert isinstance(only(CHECK, account_observation(*posts, account=late)), Pass)
    new = account(opened_on=date(2026, 6, 1))
    assert isinstance(only(CHECK, account_observation(account=new)), NotApplicable)


def test_service_accounts_where_the_scheme_exempts_them_and_those_gone() -> None:
    service = account(kind=AccountKind.SERVICE)
    params = Params(exempt_kinds=(AccountKind.SERVICE,))
    assert isinstance(only(CHECK, account_observation(account=service), params), NotApplicable)
    assert isinstance(only(CHECK, account_observation(gone=seen(True))), NotApplicable)


def test_a_source_whose_posts_all_came_after_the_period_proves_nothing_of_it() -> None:
    outcome = only(CHECK, account_observation(post("2025-11-02"), post("2025-12-01")))
    assert isinstance(outcome, Inconclusive)
    assert isinstance(only(CHECK, account_observation(post("2025-11-01"), post("2025-10-26"))), Violation)


def test_a_week_that_ends_in_november_is_not_of_the_period() -> None:
    """The first of November 2026 is a Sunday."""
    outcome = only(CHECK, on("2026-11-20", post("2026-08-04")))
    assert isinstance(outcome, Violation)
    assert outcome.observed["period"] == "2026-08-03/2026-10-25"


def test_weeks_after_somebody_last_looked_do_not_count() -> None:
    looked = datetime(2025, 8, 17, 20, tzinfo=CHINA)
    outcome = only(CHECK, account_observation(post("2025-08-05"), known_until=looked))
    assert isinstance(outcome, Violation)
    assert outcome.observed["period"] == "2025-08-04/2025-08-17"
    early = datetime(2025, 8, 9, 20, tzinfo=CHINA)
    assert isinstance(only(CHECK, account_observation(known_until=early)), NotApplicable)
