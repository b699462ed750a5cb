"""content.dark-link: hidden and suspicious together, or hijacked in plain view."""

from dataclasses import replace
from typing import Any

from checks.content.dark_link import CHECK
from domain.observation import HeadChange, SuspectLink
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


CHANGED = HeadChange(
    page=HOME,
    before="示例市卫生健康局",
    after="365bet官网",
    suspicious=True,
    why="网页标题较上一轮改为含“365bet”的内容",
)


def changed(*changes: HeadChange, **more: Any) -> Any:
    return site_observation(head_changes=seen(changes), **more)


def test_a_head_that_was_changed_to_such_matter() -> None:
    outcome = only(CHECK, changed(CHANGED))
    assert isinstance(outcome, Violation)
    assert outcome.severity == "violation"
    assert (outcome.observed["before"], outcome.observed["text"]) == ("示例市卫生健康局", "365bet官网")
    assert "疑被篡改" in outcome.summary


def test_a_head_of_which_nothing_is_left_only_reminds() -> None:
    outcome = only(CHECK, changed(replace(CHANGED, suspicious=False, after="健康云溪")))
    assert isinstance(outcome, Violation)
    assert outcome.severity == "warning"
    assert "请人工核实" in outcome.summary


def test_a_planted_link_outweighs_a_changed_head_and_both_are_one() -> None:
    outcome = only(CHECK, changed(replace(CHANGED, suspicious=False), suspects=seen((PLANTED,))))
    assert isinstance(outcome, Violation)
    assert outcome.observed["target"] == PLANTED.target


def test_of_two_changes_the_graver_is_told() -> None:
    outcome = only(CHECK, changed(replace(CHANGED, suspicious=False, after="甲"), CHANGED))
    assert isinstance(outcome, Violation)
    assert outcome.severity == "violation"


def test_a_changed_head_of_an_inner_page_is_its_own_subject() -> None:
    outcomes = judged(CHECK, changed(replace(CHANGED, page=url("a1.html"))))
    assert isinstance(outcomes[HOME], Pass)
    assert isinstance(outcomes[url("a1.html")], Violation)


def test_a_changed_head_is_told_though_links_were_not_seen() -> None:
    assert isinstance(judged(CHECK, changed(CHANGED, suspects=unseen()))[HOME], Violation)
    doubtful = changed(replace(CHANGED, suspicious=False), suspects=unseen())
    assert isinstance(judged(CHECK, doubtful)[HOME], Inconclusive)


def test_a_hidden_link_whose_matter_is_unknown_is_for_a_person() -> None:
    unknown = replace(PLANTED, target="http://strange.test/", unknown=True)
    outcome = only(CHECK, of(unknown))
    assert isinstance(outcome, Violation)
    assert outcome.severity == "warning"
    assert "请人工核实" in outcome.summary
    sure = only(CHECK, of(unknown, PLANTED))
    assert isinstance(sure, Violation)
    assert (sure.severity, sure.observed["target"]) == ("violation", PLANTED.target)
