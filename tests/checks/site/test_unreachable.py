from decimal import Decimal

import pytest

from checks.site.unreachable import CHECK, Params
from domain.outcome import Inconclusive, Outcome, Pass, Violation
from tests.observations import HOME, only, probes, seen, site_observation, unseen


def after(**more) -> Outcome:
    return only(CHECK, site_observation(probes=seen(probes(**more))))


def test_seven_of_a_hundred_and_forty_are_five_percent() -> None:
    assert isinstance(after(failed=6), Pass)
    outcome = after(failed=7)
    assert isinstance(outcome, Violation)
    assert outcome.observed["failed"] == 7
    assert outcome.observed["probes"] == 140
    assert outcome.url == HOME
    assert "5.0%" in outcome.summary


@pytest.mark.parametrize("more", [{"days": 6}, {"fewest": 19}, {"of": 0}])
def test_too_few_probes_are_inconclusive(more) -> None:
    assert isinstance(after(**({"failed": 70} | more)), Inconclusive)


def test_without_probes_nothing_is_said() -> None:
    assert isinstance(only(CHECK, site_observation(probes=unseen())), Inconclusive)
    part = seen(probes(failed=70), complete=False)
    assert isinstance(only(CHECK, site_observation(probes=part)), Inconclusive)


def test_the_scheme_sets_share_and_window() -> None:
    params = Params(days=1, probes_a_day=5, failed_percent=Decimal(10))
    observation = site_observation(probes=seen(probes(failed=7, days=1, fewest=5)))
    assert isinstance(only(CHECK, observation, params), Pass)


def test_the_bound_is_reckoned_exactly() -> None:
    def judged_at(failed: int, of: int) -> Outcome:
        return only(CHECK, site_observation(probes=seen(probes(failed=failed, of=of, fewest=of // 7))))

    assert isinstance(judged_at(199, 4000), Pass)
    assert isinstance(judged_at(200, 4000), Violation)
    half = judged_at(70, 140)
    assert isinstance(half, Violation)
    assert "占50.0%" in half.summary
