"""content.privacy: on the page or in its files; unread files leave it open."""

from checks.content.privacy import CHECK, Params
from domain.outcome import Inconclusive, Pass, Violation
from tests.checks.content.pages import ATTACHED, article, attachment, of
from tests.checks.content.test_personal import card, identity
from tests.observations import judged, only, seen, site_observation, unseen, url

LEAK = f"身份证号：{identity()}"


def test_a_page_without_numbers_passes() -> None:
    assert isinstance(only(CHECK, of(article("内容从略", attachment("姓名 单位")))), Pass)


def test_a_number_on_the_page() -> None:
    outcome = only(CHECK, of(article(LEAK)))
    assert isinstance(outcome, Violation)
    assert outcome.url == url("a1.html")
    assert outcome.observed["kind"] == "identity_number"
    assert outcome.observed["masked"] == "320*************" + identity()[-2:]
    assert outcome.observed["counts"] == {"identity_number": 1}
    assert "居民身份证号码1个" in outcome.summary


def test_a_number_in_a_file_counts_for_the_page_that_links_it() -> None:
    outcome = only(CHECK, of(article("见附件", attachment(LEAK))))
    assert isinstance(outcome, Violation)
    assert outcome.url == url("a1.html")
    assert outcome.observed["found_in"] == ATTACHED
    assert "附件“名单.xls”" in outcome.summary


def test_the_gravest_kind_is_named_and_all_are_counted() -> None:
    outcome = only(CHECK, of(article(f"银行卡号：{card()}", attachment(LEAK))))
    assert isinstance(outcome, Violation)
    assert outcome.observed["kind"] == "identity_number"
    assert outcome.observed["counts"] == {"bank_card": 1, "identity_number": 1}


def test_nothing_of_the_finding_shows_the_number() -> None:
    outcome = only(CHECK, of(article(LEAK, attachment(f"银行卡号：{card()}"))))
    assert identity() not in repr(outcome)
    assert card() not in repr(outcome)


def test_only_the_kinds_asked_for() -> None:
    assert isinstance(only(CHECK, of(article(LEAK)), Params(kinds=("bank_card",))), Pass)


def test_one_judgement_a_page() -> None:
    outcomes = judged(CHECK, of(article(LEAK), article("无", path="a2.html"), article(LEAK)))
    assert [type(outcome) for outcome in outcomes.values()] == [Violation, Pass]


def test_what_was_not_read_is_inconclusive_but_hides_no_finding() -> None:
    assert isinstance(only(CHECK, of(article("见附件", attachment(unseen())))), Inconclusive)
    part = attachment(seen("内容", complete=False))
    assert isinstance(only(CHECK, of(article("见附件", part))), Inconclusive)
    assert isinstance(only(CHECK, of(article(LEAK, attachment(unseen())))), Violation)
    assert isinstance(judged(CHECK, site_observation(documents=unseen()))["*"], Inconclusive)
    assert isinstance(judged(CHECK, of(article("无"), complete=False))["*"], Inconclusive)


def test_pages_of_units_not_watched_are_not_judged() -> None:
    assert judged(CHECK, of(article(LEAK, unit="X"))) == {}
