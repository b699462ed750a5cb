import pytest

from checks.interaction.no_channel import CHECK
from domain.outcome import Inconclusive, Pass, Violation
from tests.observations import HOME, only, seen, site_observation, unseen


def of(*channels, complete=True):
    return site_observation(channels=seen(frozenset(channels), complete=complete))


@pytest.mark.parametrize("channel", ["mayor_mailbox", "message", "consultation", "complaint"])
def test_any_way_to_ask_passes(channel: str) -> None:
    assert isinstance(only(CHECK, of(channel)), Pass)
    assert isinstance(only(CHECK, of(channel, complete=False)), Pass)


@pytest.mark.parametrize(
    "channels", [(), ("petition",), ("discipline", "petition", "solicitation", "interview")]
)
def test_petition_and_discipline_do_not_count(channels) -> None:
    outcome = only(CHECK, of(*channels))
    assert isinstance(outcome, Violation)
    assert outcome.url == HOME


def test_site_not_seen_whole_is_inconclusive() -> None:
    assert isinstance(only(CHECK, of(complete=False)), Inconclusive)
    assert isinstance(only(CHECK, site_observation(channels=unseen())), Inconclusive)


def test_the_ways_to_ask_are_named_in_order() -> None:
    assert only(CHECK, of("message", "consultation")) == Pass(reason="设有咨询、留言")
    assert only(CHECK, of("hotline", "petition")) == Pass(reason="设有hotline")
