from dataclasses import replace
from datetime import date, datetime

import pytest

from checks.media.stale import CHECK, Params
from domain.limit import Limit
from domain.observation import CHINA
from domain.outcome import Inconclusive, NotApplicable, Pass, Violation
from domain.target import AccountKind, AccountState
from tests.observations import account, account_observation, only, post, seen, unseen


def test_fourteen_days_are_in_time_and_fifteen_are_not() -> None:
    assert isinstance(only(CHECK, account_observation(post("2026-06-16"))), Pass)
    outcome = only(CHECK, account_observation(post("2026-06-15"), post("2026-06-01")))
    assert isinstance(outcome, Violation)
    assert outcome.observed == {"newest": "2026-06-15", "age_days": 15, "limit_days": 14}
    assert "2026-06-15" in outcome.summary
    assert "2026-06-15" in outcome.url


def test_thirteen_days_where_the_scheme_says_so_and_no_service_accounts() -> None:
    params = Params(limit=Limit(days=13), exempt_kinds=(AccountKind.SERVICE,))
    assert isinstance(only(CHECK, account_observation(post("2026-06-17")), params), Pass)
    assert isinstance(only(CHECK, account_observation(post("2026-06-16")), params), Violation)
    service = account(kind=AccountKind.SERVICE)
    assert isinstance(
        only(CHECK, account_observation(post("2026-01-01"), account=service), params), NotApplicable
    )
    assert isinstance(only(CHECK, account_observation(post("2026-01-01"), account=service)), Violation)


def test_pinned_posts_make_no_account_fresh() -> None:
    assert isinstance(
        only(CHECK, account_observation(post("2026-06-29", pinned=True), post("2026-01-01"))), Violation
    )
    only_pinned = only(CHECK, account_observation(post("2026-01-01", pinned=True)))
    assert isinstance(only_pinned, Inconclusive)


def test_posts_yet_to_come_prove_nothing() -> None:
    assert isinstance(only(CHECK, account_observation(post("2026-07-01"), post("2026-01-01"))), Violation)


def test_silence_of_the_source_is_no_silence_of_the_account() -> None:
    assert isinstance(only(CHECK, account_observation()), Inconclusive)
    assert isinstance(only(CHECK, account_observation(posts=unseen())), Inconclusive)
    part = seen((post("2026-01-01"),), complete=False)
    assert isinstance(only(CHECK, account_observation(posts=part)), Inconclusive)
    fresh = seen((post("2026-06-29"),), complete=False)
    assert isinstance(only(CHECK, account_observation(posts=fresh)), Pass)


def test_account_that_is_gone_is_another_matter() -> None:
    assert isinstance(only(CHECK, account_observation(post("2026-01-01"), gone=seen(True))), NotApplicable)
    assert isinstance(only(CHECK, account_observation(post("2026-01-01"), gone=unseen())), Inconclusive)


@pytest.mark.parametrize("state", [AccountState.SUSPENDED, AccountState.CLOSING, AccountState.CLOSED])
def test_accounts_out_of_service_are_not_assessed(state: AccountState) -> None:
    assert isinstance(
        only(CHECK, account_observation(post("2026-01-01"), account=account(state=state))), NotApplicable
    )


def test_account_opened_within_the_limit_has_time_left() -> None:
    new = account(opened_on=date(2026, 6, 1))
    assert isinstance(only(CHECK, account_observation(post("2026-01-01"), account=new)), NotApplicable)


def test_days_are_reckoned_in_china() -> None:
    from datetime import UTC, datetime

    from domain.observation import Post

    late = Post(url="u", title="t", posted_at=datetime(2026, 6, 15, 16, 30, tzinfo=UTC))
    assert isinstance(only(CHECK, account_observation(late)), Pass)


def test_grace_ends_after_thirty_days() -> None:
    old = account(opened_on=date(2026, 5, 31))
    assert isinstance(only(CHECK, account_observation(post("2026-06-01"), account=old)), Violation)
    params = Params(grace_days=60)
    assert isinstance(
        only(CHECK, account_observation(post("2026-06-01"), account=old), params), NotApplicable
    )


def test_a_file_kept_by_hand_speaks_until_the_day_of_the_last_look() -> None:
    def outcome_of(day: int) -> object:
        until = datetime(2026, 6, day, 23, 59, tzinfo=CHINA)
        return only(CHECK, account_observation(post("2026-06-01"), known_until=until))

    assert isinstance(outcome_of(15), Inconclusive)
    late = outcome_of(16)
    assert isinstance(late, Violation)
    assert late.observed["age_days"] == 15
    assert "到2026-06-16核查时已有15天" in late.summary


def test_a_source_that_shows_less_than_before_is_in_doubt() -> None:
    before = datetime(2026, 6, 20, 8, 0, tzinfo=CHINA)
    outcome = only(CHECK, account_observation(post("2026-06-01"), known_newest=before))
    assert isinstance(outcome, Inconclusive)
    assert "2026-06-20" in outcome.reason
    for known in (datetime(2026, 6, 2, tzinfo=CHINA), datetime(2026, 7, 9, tzinfo=CHINA)):
        assert isinstance(only(CHECK, account_observation(post("2026-06-01"), known_newest=known)), Violation)


def test_states_hold_from_their_first_day_and_controls_are_not_assessed() -> None:
    closing = account(state=AccountState.CLOSED, state_since=date(2026, 7, 1))
    assert isinstance(only(CHECK, account_observation(post("2026-01-01"), account=closing)), Violation)
    closed = account(state=AccountState.CLOSED, state_since=date(2026, 6, 30))
    outcome = only(CHECK, account_observation(post("2026-01-01"), account=closed))
    assert isinstance(outcome, NotApplicable)
    assert "2026-06-30" in outcome.reason
    control = account(control=True)
    assert isinstance(only(CHECK, account_observation(post("2026-01-01"), account=control)), NotApplicable)


def test_a_dying_account_is_told_to_merge_or_close_and_never_to_fill_up() -> None:
    dying = only(CHECK, account_observation(post("2026-01-01")))
    assert isinstance(dying, Violation)
    assert "注销" in str(dying.expected["advice"])
    late = only(CHECK, account_observation(post("2026-06-01")))
    assert isinstance(late, Violation)
    assert "advice" not in late.expected


def test_what_sixty_days_of_silence_are_told() -> None:
    for day, told in (("2026-05-01", True), ("2026-05-02", False)):
        outcome = only(CHECK, account_observation(post(day)))
        assert isinstance(outcome, Violation)
        assert ("advice" in outcome.expected) is told, day


def test_a_post_of_the_very_day_counts_though_its_hour_is_yet_to_come() -> None:
    early = datetime(2026, 6, 30, 0, 0, tzinfo=CHINA)
    later = replace(post("2026-06-30"), posted_at=datetime(2026, 6, 30, 23, 59, tzinfo=CHINA))
    outcome = only(CHECK, account_observation(later, post("2026-05-01"), as_of=early))
    assert isinstance(outcome, Pass)
    tomorrow = replace(later, posted_at=datetime(2026, 7, 1, 0, 0, tzinfo=CHINA))
    assert isinstance(only(CHECK, account_observation(tomorrow, post("2026-05-01"), as_of=early)), Violation)
