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
