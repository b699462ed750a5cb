"""Dates of an announcement in one written form, whatever numerals and strokes it uses."""

from datetime import date

import pytest

from checks.consultation.dayforms import han_number, in_one_form


@pytest.mark.parametrize(
    ("text", "number"),
    [("五", 5), ("十", 10), ("十二", 12), ("二十", 20), ("三十一", 31), ("九十九", 99), ("31", 31)],
)
def test_numbers(text: str, number: int) -> None:
    assert han_number(text) == number


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("二〇二六年五月三十一日", "2026年5月31日"),
        ("自五月一日起", "自5月1日起"),
        ("２０２６年５月１日", "2026年5月1日"),
        ("2026 年 5 月 1 日", "2026年 5月 1日"),
        ("20260501-20260531", "2026年05月01日至2026年05月31日"),
        ("5月1日–31日", "5月1日-31日"),
        ("本月20日截止", "6月20日截止"),
        ("2月底前反馈", "2月28日前反馈"),
        ("2028年2月底前反馈", "2028年2月29日前反馈"),
        ("3月底的会议", "3月底的会议"),
    ],
)
def test_dates(text: str, plain: str) -> None:
    assert in_one_form(text, date(2026, 6, 5)) == plain


def test_without_a_day_of_publication_this_month_is_not_guessed() -> None:
    assert in_one_form("本月20日截止、3月底前", None) == "本月20日截止、3月底前"
