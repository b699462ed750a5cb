"""content.wording: serious errors violate, typos remind, unread files leave it open."""

from checks.content.terms import Lexicon, Term
from checks.content.wording import CHECK, Params
from domain.outcome import Inconclusive, Pass, Violation
from tests.checks.content.pages import ATTACHED, article, attachment, of
from tests.observations import judged, only, site_observation, unseen, url

STATE = Term(wrong="中华人民共合国", right="中华人民共和国", severity="serious", kind="国名")
TYPO = Term(wrong="关健", right="关键")
PARAMS = Params(lexicon=Lexicon((STATE, TYPO)))


def test_a_clean_page_passes() -> None:
    assert isinstance(only(CHECK, of(article("中华人民共和国", attachment("关键"))), PARAMS), Pass)


def test_a_serious_error() -> None:
    outcome = only(CHECK, of(article("中华人民共合国，关健，中华人民共合国")), PARAMS)
    assert isinstance(outcome, Violation)
    assert outcome.severity == "violation"
    assert outcome.url == url("a1.html")
    assert (outcome.observed["found"], outcome.observed["suggest"]) == ("中华人民共合国", "中华人民共和国")
    assert outcome.observed["terms"] == [
        {"found": "中华人民共合国", "suggest": "中华人民共和国", "severity": "serious", "times": 2},
        {"found": "关健", "suggest": "关键", "severity": "typo", "times": 1},
    ]
    assert "“中华人民共合国”应为“中华人民共和国”" in outcome.summary
    assert outcome.frame is not None
    assert outcome.frame.text == "中华人民共合国"


def test_titles_and_files_are_read_too() -> None:
    assert isinstance(only(CHECK, of(article("内容", title="中华人民共合国")), PARAMS), Violation)
    outcome = only(CHECK, of(article("内容", attachment("中华人民共合国"))), PARAMS)
    assert isinstance(outcome, Violation)
    assert outcome.observed["found_in"] == ATTACHED


def test_typos_only_remind() -> None:
    outcome = only(CHECK, of(article("关健")), PARAMS)
    assert isinstance(outcome, Violation)
    assert outcome.severity == "warning"
    assert "错别字1种" in outcome.summary


def test_what_was_not_read_is_inconclusive_but_hides_no_serious_error() -> None:
    unread = attachment(unseen())
    assert isinstance(only(CHECK, of(article("内容", unread)), PARAMS), Inconclusive)
    assert isinstance(only(CHECK, of(article("关健", unread)), PARAMS), Inconclusive)
    assert isinstance(only(CHECK, of(article("中华人民共合国", unread)), PARAMS), Violation)
    assert isinstance(judged(CHECK, site_observation(documents=unseen()), PARAMS)["*"], Inconclusive)
    assert isinstance(only(CHECK, of(article("中华人民共合国"))), Inconclusive)
