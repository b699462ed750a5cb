from checks.media.unavailable import CHECK
from domain.outcome import Inconclusive, NotApplicable, Pass, Violation
from domain.target import AccountState
from tests.observations import account, account_observation, only, seen, unseen


def test_account_that_is_there_passes() -> None:
    assert isinstance(only(CHECK, account_observation()), Pass)


def test_account_that_is_gone() -> None:
    outcome = only(CHECK, account_observation(gone=seen(True)))
    assert isinstance(outcome, Violation)
    assert outcome.observed["gone"] is True
    assert outcome.url == "http://feeds.test/a01.xml"
    profile = account(profile="http://feeds.test/profile")
    shown = only(CHECK, account_observation(gone=seen(True), account=profile))
    assert isinstance(shown, Violation)
    assert shown.url == "http://feeds.test/profile"


def test_source_that_failed_says_nothing_of_the_account() -> None:
    assert isinstance(only(CHECK, account_observation(gone=unseen())), Inconclusive)
    assert isinstance(only(CHECK, account_observation(gone=seen(False, complete=False))), Inconclusive)


def test_closed_accounts_are_not_assessed() -> None:
    closed = account(state=AccountState.CLOSED)
    assert isinstance(only(CHECK, account_observation(gone=seen(True), account=closed)), NotApplicable)
