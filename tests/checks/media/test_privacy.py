"""media.privacy: numbers of persons in posts."""

from checks.media.privacy import CHECK, Params
from domain.outcome import Pass, Violation
from tests.checks.content.test_personal import ROWS, card, identity
from tests.observations import account_observation, only, post


def test_the_number_is_masked_and_its_kind_told() -> None:
    outcome = only(CHECK, account_observation(post("2026-06-20", text=f"中奖者 {identity()}")))
    assert isinstance(outcome, Violation)
    assert outcome.observed["kind"] == "identity_number"
    assert outcome.observed["masked"] == f"320{'*' * 13}{identity()[-2:]}"


def test_lists_of_mobile_numbers_and_cards() -> None:
    for text, kind in (
        (f"救助对象名单公示\n{ROWS}", "mobile_number"),
        (f"退款至银行卡号：{card()}", "bank_card"),
    ):
        outcome = only(CHECK, account_observation(post("2026-06-20", text=text)))
        assert isinstance(outcome, Violation)
        assert outcome.observed["kind"] == kind
        assert isinstance(
            only(CHECK, account_observation(post("2026-06-20", text=text)), Params(kinds=())), Pass
        )


def test_masked_numbers_and_hotlines_are_public() -> None:
    text = "中奖者 320581********1233，咨询电话 0512-52881234、13800138000"
    assert isinstance(only(CHECK, account_observation(post("2026-06-20", text=text))), Pass)
