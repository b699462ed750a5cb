"""Long numbers by their form: in one run, in groups, beside masks and letters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.content.numbers import CARD, IDENTITY, MOBILE, long_numbers

ID = "32058119900101123X"
CARD16, CARD19 = "6228480012345675", "6222021100012345671"


def found(text: str) -> list[tuple[str, str]]:
    return [(one.kind, one.digits) for one in long_numbers(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (ID, [(IDENTITY, ID)]),
        (ID.lower(), [(IDENTITY, ID)]),
        ("320581 19900101 123X", [(IDENTITY, ID)]),
        ("320581 19900101123X", [(IDENTITY, ID)]),
        ("32058119900101 1234", [(IDENTITY, "320581199001011234")]),
        ("320581 19900101 1234 500", [(IDENTITY, "320581199001011234")]),
        (CARD16, [(CARD, CARD16)]),
        (CARD19, [(CARD, CARD19)]),
        ("6228 4800 1234 5675", [(CARD, CARD16)]),
        ("6228-4800-1234-5675", [(CARD, CARD16)]),
        ("6222 0211 0001 2345 671", [(CARD, CARD19[:16]), (CARD, CARD19)]),
        ("6222 0211 0001 2345671", [(CARD, CARD19)]),
        ("13800138000", [(MOBILE, "13800138000")]),
        ("138 0013 8000", [(MOBILE, "13800138000")]),
        ("138-0013-8000", [(MOBILE, "13800138000")]),
        (f"张三{ID}，13800138000", [(IDENTITY, ID), (MOBILE, "13800138000")]),
        (f"20260101 {CARD16}", [(CARD, CARD16)]),
    ],
)
def test_forms(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected
    assert found(f"内容\n{text}\n内容") == expected


@pytest.mark.parametrize(
    "text",
    [
        "320581********1234",
        "*13800138000",
        "13800138000*",
        f"A{CARD16}",
        f"{CARD16}B",
        f"{ID}9",
        "12345678901",
        "1380013800",
        "138001380001",
        "320581-19900101-1234",
        "320581 18900101 1234",
        "7228 4800 1234 5675",
        "138 0013 80001",
        "128 0013 8000",
        "0512-52881234",
        "2026-06-30 09:00",
        "",
    ],
)
def test_what_is_of_no_such_form(text: str) -> None:
    assert found(text) == []


@given(
    st.text(alphabet="张三，。\n（）：", max_size=20),
    st.sampled_from([ID, CARD16, CARD19, "13800138000", "320581 19900101 1234", "6228 4800 1234 5675"]),
    st.text(alphabet="李四，。\n（）：", max_size=20),
)
def test_words_around_do_not_matter(before: str, number: str, after: str) -> None:
    assert found(before + number + after) == found(number)


@given(st.text(alphabet="0123456789Xx -*/张", max_size=60))
def test_places_are_true(text: str) -> None:
    for one in long_numbers(text):
        shown = text[one.start : one.end].replace(" ", "").replace("-", "").upper()
        assert shown == one.digits
        assert len(one.digits) in {IDENTITY: {18}, CARD: {16, 17, 18, 19}, MOBILE: {11}}[one.kind]


@pytest.mark.parametrize(
    ("form", "kind"),
    [
        (ID, IDENTITY),
        (ID.lower(), IDENTITY),
        ("320581 19900101 123x", IDENTITY),
        ("320581 199001011234", IDENTITY),
        (CARD16, CARD),
        ("6228-4800-1234-5675", CARD),
        ("13800138000", MOBILE),
        ("138 0013 8000", MOBILE),
        ("622848199001011234", CARD),
    ],
)
@pytest.mark.parametrize(("before", "after"), [("甲", "，乙"), ("", ""), ("1 ", " 2"), ("（", "）a")])
def test_the_place_is_that_of_the_whole_number(form: str, kind: str, before: str, after: str) -> None:
    told = [one for one in long_numbers(before + form + after) if one.kind == kind]
    assert [(one.start, one.end) for one in told] == [(len(before), len(before) + len(form))]


@pytest.mark.parametrize(
    "form", [ID, "320581 19900101 1234", CARD16, "6228 4800 1234 5675", "13800138000", "138 0013 8000"]
)
def test_letters_and_stars_beside_make_it_part_of_something_else(form: str) -> None:
    for text in (f"A{form}", f"*{form}", f"{form}A", f"{form}*1", f"{form}*", f"{form}ab", f"第*{form}"):
        assert found(text) == [], text
    for text in (f"为{form}号", f"({form})", f"A {form} B"):
        assert found(text) == found(form), text


@pytest.mark.parametrize(
    "text", ["7712345678901234", "77123456789012345", "771234567890123456", "7712345678901234567", "771234"]
)
def test_numbers_that_no_bank_begins_with(text: str) -> None:
    assert found(text) == []


def test_groups_of_other_lengths_are_no_card() -> None:
    assert found("6222 0211 0001 23456 78") == [(CARD, "62220211000123456")]
    assert found("6222 0211 0001 2345 6789") == [(CARD, "6222021100012345")]
    assert found("6222 0211 0001 234") == []


def test_a_fifth_group_set_off_unlike_the_first_is_another_number() -> None:
    assert found("6222 0211 0001 2345-671") == [(CARD, "6222021100012345")]
    assert found("6222-0211 0001 2345 671") == [(CARD, "6222021100012345")]


def test_eighteen_digits_may_be_a_card_and_an_identity_number() -> None:
    assert found("622848199001011234") == [(IDENTITY, "622848199001011234"), (CARD, "622848199001011234")]
    assert found("320581199001011234") == [(IDENTITY, "320581199001011234")]


def test_groups_end_where_the_run_of_digits_ends() -> None:
    assert found("320581 19900101，1234") == []
