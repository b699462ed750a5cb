"""content.dark-link: hidden and suspicious together, or hijacked in plain view."""

from dataclasses import replace
from typing import Any

from checks.content.dark_link import CHECK
from domain.observation import SuspectLink
from domain.outcome import Inconclusive, Pass, Violation
from tests.observations import HOME, document, judged, only, seen, site_observation, unseen, url

PLANTED = SuspectLink(
    page=HOME,
    target="http://spam.test/",
    text="彩票平台",
    hidden=True,
    suspicious=True,
    why="隐藏方式：display:none",
)


def of(*suspects: SuspectLink, complete: bool = True) -> Any:
    return site_observation(suspects=seen(suspects, complete=complete))


def test_a_site_without_suspects_passes() -> None:
    assert isinstance(only(CHECK, of()), Pass)


def test_a_hidden_and_suspicious_link() -> None:
    outcome = only(CHECK, of(PLANTED, replace(PLANTED, target="http://spam2.test/")))
    assert isinstance(outcome, Violation)
    assert outcome.url == HOME
    assert outcome.observed["target"] == "http://spam.test/"
    assert outcome.observed["count"] == 2
    assert "“彩票平台”等2处" in outcome.summary
    assert outcome.frame is not None
    assert outcome.frame.href == "http://spam.test/"


def test_hidden_or_suspicious_alone_is_none() -> None:
    assert isinstance(only(CHECK, of(replace(PLANTED, suspicious=False))), Pass)
    assert isinstance(only(CHECK, of(replace(PLANTED, hidden=False))), Pass)


def test_what_is_hijacked_in_plain_view() -> None:
    outcome = only(CHECK, of(replace(PLANTED, hidden=False, hijacked=True, text="")))
    assert isinstance(outcome, Violation)
    assert "一处" in outcome.summary


def test_each_page_is_judged_by_itself() -> None:
    inner = replace(PLANTED, page=url("a1.html"))
    observation = site_observation(suspects=seen((inner,)), documents=seen((document("a1.html", "某公告"),)))
    outcomes = judged(CHECK, observation)
    assert isinstance(outcomes[HOME], Pass)
    found = outcomes[url("a1.html")]
    assert isinstance(found, Violation)
    assert "某公告" in found.summary
    blind = site_observation(suspects=seen((inner,)), documents=unseen())
    assert isinstance(judged(CHECK, blind)[url("a1.html")], Violation)


def test_what_was_not_seen_is_inconclusive() -> None:
    assert isinstance(judged(CHECK, site_observation(suspects=unseen()))["*"], Inconclusive)
    part = judged(CHECK, of(complete=False))
    assert isinstance(part[HOME], Inconclusive)
    assert isinstance(judged(CHECK, of(PLANTED, complete=False))[HOME], Violation)
