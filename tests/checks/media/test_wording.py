"""media.wording: errors in posts, by the lexicon."""

from checks.media.wording import CHECK
from domain.outcome import Inconclusive, Pass, Violation
from tests.checks.media.test_content import WORDING
from tests.observations import account_observation, only, post


def test_typos_only_remind_and_nothing_is_said_without_a_lexicon() -> None:
    outcome = only(CHECK, account_observation(post("2026-06-20", "关健")), WORDING)
    assert isinstance(outcome, Violation)
    assert outcome.severity == "warning"
    assert isinstance(only(CHECK, account_observation(post("2026-06-20", "关健"))), Inconclusive)


def test_the_summary_names_account_post_and_mend() -> None:
    outcome = only(CHECK, account_observation(post("2026-06-20", "庆祝中华人民共合国成立")), WORDING)
    assert isinstance(outcome, Violation)
    assert "健康示例：庆祝中华人民共合国成立" in outcome.summary
    assert (outcome.observed["found"], outcome.observed["suggest"]) == ("中华人民共合国", "中华人民共和国")


def test_a_post_that_names_the_error_is_not_in_error() -> None:
    words = "易错提醒：“中华人民共合国”应为“中华人民共和国”"
    assert isinstance(only(CHECK, account_observation(post("2026-06-20", words)), WORDING), Pass)
