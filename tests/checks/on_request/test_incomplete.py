import pytest

from checks.on_request.incomplete import CHECK, FUNCTION_TITLES
from domain.outcome import Inconclusive, Pass, Violation
from tests.observations import judged, on_request, only, seen, site_observation, unseen, url


def of(*columns, complete=True):
    return site_observation(on_request=seen(columns, complete=complete))


def test_column_with_all_five_functions_passes() -> None:
    assert len(FUNCTION_TITLES) == 5
    assert isinstance(only(CHECK, of(on_request())), Pass)


@pytest.mark.parametrize("function", list(FUNCTION_TITLES))
def test_each_function_is_owed(function: str) -> None:
    offered = seen(frozenset(FUNCTION_TITLES) - {function})
    outcome = only(CHECK, of(on_request(functions=offered)))
    assert isinstance(outcome, Violation)
    assert outcome.observed == {"missing": [function]}
    assert FUNCTION_TITLES[function] in outcome.summary
    assert outcome.url == url("ysqgk/")


def test_pages_not_seen_prove_no_gap() -> None:
    part = on_request(functions=seen(frozenset({"instructions"}), complete=False))
    assert isinstance(only(CHECK, of(part)), Inconclusive)
    assert isinstance(only(CHECK, of(on_request(functions=unseen()))), Inconclusive)
    assert isinstance(judged(CHECK, of(on_request(), complete=False))["*"], Inconclusive)
