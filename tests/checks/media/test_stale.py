from datetime import date

import pytest

from checks.media.stale import CHECK, Params
from domain.limit import Limit
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
    new = account(opened_on=date(2026, 6, 20))
    assert isinstance(only(CHECK, account_observation(post("2026-01-01"), account=new)), NotApplicable)


def test_days_are_reckoned_in_china() -> None:
    from datetime import UTC, datetime

    from domain.observation import Post

    late = Post(url="u", title="t", posted_at=datetime(2026, 6, 15, 16, 30, tzinfo=UTC))
    assert isinstance(only(CHECK, account_observation(late)), Pass)
