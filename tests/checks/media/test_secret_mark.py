"""media.secret-mark: marks that a post bears, not words about marks."""

from checks.media.secret_mark import CHECK
from domain.outcome import Pass, Violation
from tests.observations import account_observation, only, post


def test_a_post_that_shows_a_marked_paper() -> None:
    outcome = only(CHECK, account_observation(post("2026-06-20", text="机密★10年\n某某市委办公室文件")))
    assert isinstance(outcome, Violation)
    assert outcome.observed["mark"] == "机密★10年"


def test_lessons_on_secrecy_are_none() -> None:
    text = "保密小课堂：国家秘密的标志由密级、★和保密期限组成，例如“机密★10年”。"
    assert isinstance(only(CHECK, account_observation(post("2026-06-20", text=text))), Pass)
