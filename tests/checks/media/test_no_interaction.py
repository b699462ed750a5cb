from checks.media.no_interaction import CHECK, Params
from domain.observation import Profile
from domain.outcome import Inconclusive, NotApplicable, Outcome, Pass, Violation
from domain.target import AccountKind
from tests.observations import account, account_observation, only, seen, unseen


def saying(**profile) -> Outcome:
    return only(CHECK, account_observation(profile=seen(Profile(**profile))))


def test_an_entry_passes() -> None:
    assert isinstance(saying(interactive=True), Pass)


def test_account_that_says_it_offers_none() -> None:
    outcome = saying(interactive=False, words="本号不设留言功能")
    assert isinstance(outcome, Violation)
    assert outcome.observed == {"interactive": False, "words": "本号不设留言功能"}


def test_silence_proves_nothing() -> None:
    assert isinstance(saying(interactive=None), Inconclusive)
    assert isinstance(saying(interactive=False, gone=True), Inconclusive)
    assert isinstance(only(CHECK, account_observation(profile=unseen())), Inconclusive)
    part = seen(Profile(interactive=False), complete=False)
    assert isinstance(only(CHECK, account_observation(profile=part)), Inconclusive)
    none = seen(Profile(interactive=False))
    assert isinstance(only(CHECK, account_observation(profile=none, gone=unseen())), Inconclusive)


def test_accounts_not_bound() -> None:
    none = seen(Profile(interactive=False))
    assert isinstance(only(CHECK, account_observation(profile=none, gone=seen(True))), NotApplicable)
    service = account_observation(profile=none, account=account(kind=AccountKind.SERVICE))
    assert isinstance(only(CHECK, service, Params(exempt_kinds=(AccountKind.SERVICE,))), NotApplicable)
