"""annual-report.duplicate: by what was compared; what was not is inconclusive."""

from typing import Any

from checks.annual_report.duplicate import CHECK, Params
from domain.observation import Peer
from domain.outcome import Inconclusive, Pass, Violation
from tests.observations import judged, only, report, seen, site_observation, unseen, url

URL = url("nb/2025.html")


def peer(similarity: float = 0.97, unit: str = "U02", n: int = 1) -> Peer:
    return Peer(url=f"http://b.test/{n}", unit=unit, title="另一份年报", similarity=similarity)


def of(*peers: Peer, **more: Any) -> Any:
    return site_observation(peers=seen({URL: peers}), **more)


def test_nothing_alike_passes() -> None:
    assert isinstance(only(CHECK, of()), Pass)
    assert isinstance(only(CHECK, of(peer(0.89))), Pass)


def test_another_units_report_that_is_alike_is_named_with_its_likeness() -> None:
    outcome = only(CHECK, of(peer(0.95, n=2), peer(0.97)))
    assert isinstance(outcome, Violation)
    assert outcome.observed["similar_to"] == "http://b.test/1"
    assert outcome.observed["similarity"] == 0.97
    assert outcome.url == URL
    assert "示例市城东街道办事处的“另一份年报”等2份年报雷同，相似度97%" in outcome.summary


def test_the_limit_itself_counts_and_is_a_parameter() -> None:
    assert isinstance(only(CHECK, of(peer(0.9))), Violation)
    assert isinstance(only(CHECK, of(peer(0.93)), Params(at_least=0.95)), Pass)


def test_an_own_earlier_report_is_told_as_such() -> None:
    outcome = only(CHECK, of(peer(1.0, unit="U01")))
    assert isinstance(outcome, Violation)
    assert "本单位以前年度的“另一份年报”" in outcome.summary


def test_a_unit_that_this_site_does_not_know_is_told_by_its_code() -> None:
    outcome = only(CHECK, of(peer(1.0, unit="U77")))
    assert isinstance(outcome, Violation)
    assert "U77" in outcome.summary


def test_what_was_not_compared_or_read_is_inconclusive() -> None:
    assert isinstance(only(CHECK, site_observation()), Inconclusive)
    assert isinstance(only(CHECK, site_observation(peers=seen({}))), Inconclusive)
    assert isinstance(only(CHECK, of(peer(), reports=seen((report(text=unseen()),)))), Inconclusive)
    assert isinstance(judged(CHECK, of(peer(), reports=unseen()))["*"], Inconclusive)


def test_earlier_years_and_other_units_are_not_judged() -> None:
    observation = of(peer(), reports=seen((report(2024), report(unit="X"))))
    assert judged(CHECK, observation) == {}
