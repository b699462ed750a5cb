from dataclasses import replace

import pytest

from checks.runner import ask
from checks.site.broken_link import CHECK
from domain.check import Question
from domain.observation import LinkState, LinkTarget
from domain.outcome import Inconclusive, Pass, Violation
from tests.observations import HOME, judged, seen, site_observation, unseen, url

TARGET = "http://gone.test/page"


def link(state: LinkState, status: str = "404", tries: int = 2, text: str = "资料库") -> LinkTarget:
    return LinkTarget(
        url=TARGET, found_on=(url("a.html"), HOME), text=text, state=state, status=status, tries=tries
    )


def of(*links, complete=True):
    return site_observation(links=seen(links, complete=complete))


def test_link_that_opens_passes() -> None:
    assert isinstance(judged(CHECK, of(link(LinkState.ALIVE, "200")))[TARGET], Pass)


@pytest.mark.parametrize(
    ("status", "shown"),
    [("404", 404), ("410", 410), ("500", 500), ("软404", "软404"), ("域名无法解析", "域名无法解析")],
)
def test_link_broken_twice(status: str, shown: object) -> None:
    outcome = judged(CHECK, of(link(LinkState.BROKEN, status)))[TARGET]
    assert isinstance(outcome, Violation)
    assert outcome.observed["status"] == shown
    assert outcome.observed["found_on"] == [url("a.html"), HOME]
    assert outcome.url == url("a.html")
    assert outcome.frame is not None
    assert outcome.frame.href == TARGET
    assert "试2次" in outcome.summary


def test_one_try_or_an_unclear_answer_is_inconclusive() -> None:
    assert isinstance(judged(CHECK, of(link(LinkState.BROKEN, tries=1)))[TARGET], Inconclusive)
    assert isinstance(judged(CHECK, of(link(LinkState.UNKNOWN, "响应超时")))[TARGET], Inconclusive)


def test_links_not_tried_are_said() -> None:
    assert isinstance(judged(CHECK, of(complete=False))["*"], Inconclusive)
    assert isinstance(judged(CHECK, site_observation(links=unseen()))["*"], Inconclusive)


def test_a_link_without_words_is_named_by_its_address() -> None:
    question = Question(check=CHECK, params=CHECK.params(), indicators=())
    (found,) = ask([question], of(link(LinkState.ALIVE, "200", text="")))
    assert found.subject.name == TARGET


def test_a_link_found_nowhere_is_seen_on_the_home_page() -> None:
    outcome = judged(CHECK, of(replace(link(LinkState.BROKEN), found_on=())))[TARGET]
    assert isinstance(outcome, Violation)
    assert outcome.url == HOME
