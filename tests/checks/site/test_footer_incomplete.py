import pytest

from checks.site.footer_incomplete import CHECK, MARK_TITLES, Params
from domain.outcome import Inconclusive, Pass, Violation
from tests.observations import HOME, home, only, seen, site_observation, unseen


def bearing(marks):
    return site_observation(home=seen(home(marks=marks)))


def test_foot_with_every_mark_passes() -> None:
    assert len(MARK_TITLES) == 7
    assert isinstance(only(CHECK, bearing(seen(frozenset(MARK_TITLES)))), Pass)


@pytest.mark.parametrize("mark", list(MARK_TITLES))
def test_each_mark_is_owed(mark: str) -> None:
    outcome = only(CHECK, bearing(seen(frozenset(MARK_TITLES) - {mark})))
    assert isinstance(outcome, Violation)
    assert outcome.observed == {"missing": [mark]}
    assert MARK_TITLES[mark] in outcome.summary
    assert outcome.url == HOME


def test_foot_not_rendered_is_inconclusive() -> None:
    assert isinstance(only(CHECK, bearing(seen(frozenset({"icp"}), complete=False))), Inconclusive)
    assert isinstance(only(CHECK, bearing(unseen())), Inconclusive)
    assert isinstance(only(CHECK, site_observation(home=unseen())), Inconclusive)


def test_a_scheme_may_ask_for_less() -> None:
    assert isinstance(only(CHECK, bearing(seen(frozenset({"icp"}))), Params(required=("icp",))), Pass)
