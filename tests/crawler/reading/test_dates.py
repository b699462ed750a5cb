"""Dates: every written form, what is no date, and whom to believe."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.reading.belief import believe, doubt
from crawler.reading.dates import (
    find_full,
    in_url,
    is_distance,
    latest_before,
    of_epoch,
    read_value,
    sole_date,
)
from domain.page import DateClue, DateSource

TODAY = date(2026, 6, 30)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-05-08", date(2026, 5, 8)),
        ("2026/5/8", date(2026, 5, 8)),
        ("2026.05.08", date(2026, 5, 8)),
        ("2026—05—08", date(2026, 5, 8)),
        ("2026年5月8日", date(2026, 5, 8)),
        ("2026 年 5 月 8 日", date(2026, 5, 8)),
        ("２０２６年５月８日", date(2026, 5, 8)),
        ("二〇二六年五月八日", date(2026, 5, 8)),
        ("二○二六年十月二十一日", date(2026, 10, 21)),
        ("二零二五年十二月三十日", date(2025, 12, 30)),
        ("20260508", date(2026, 5, 8)),
        ("[2026-05-08 16:35]", date(2026, 5, 8)),
        ("发布时间：2026-05-08 16:35:22", date(2026, 5, 8)),
        ("2026-05-08T08:00:00+08:00", date(2026, 5, 8)),
        ("（2026-05-08）", date(2026, 5, 8)),
        ("发布日期: 2026-05-08 星期五", date(2026, 5, 8)),
        ("08 2026-05", date(2026, 5, 8)),
        ("2026-05 08", date(2026, 5, 8)),
        ("05-08 2026", date(2026, 5, 8)),
        ("26-05-08", date(2026, 5, 8)),
        ("Fri May 08 10:00:00 CST 2026", date(2026, 5, 8)),
    ],
)
def test_a_text_that_is_nothing_but_a_date_is_read(text: str, day: date) -> None:
    written = sole_date(text, TODAY)
    assert written is not None
    assert (written.day, written.yearless) == (day, False)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("[05-18]", date(2026, 5, 18)),
        ("05/18", date(2026, 5, 18)),
        ("5月18日", date(2026, 5, 18)),
        ("06-30", date(2026, 6, 30)),
        ("07-01", date(2025, 7, 1)),
        ("12-31", date(2025, 12, 31)),
        ("02-29", date(2024, 2, 29)),
    ],
)
def test_a_date_without_a_year_is_the_latest_not_after_today(text: str, day: date) -> None:
    written = sole_date(text, TODAY)
    assert written is not None
    assert (written.day, written.yearless) == (day, True)


@pytest.mark.parametrize(
    "text",
    [
        *("1970-01-01", "停电公告2018年06月28日", "第5-8号", "10:30", "1.5", "2018-2020", "2026-02-30", ""),
        *("2026-13-01", "2026-05-08至2026-06-08", "截止时间：2026-05-08", "2026", "版本 2.10.3"),
    ],
)
def test_what_is_more_or_less_than_a_date_is_none(text: str) -> None:
    assert sole_date(text, TODAY) is None


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("http://x.cn/art/2025/12/19/art_76_1558865.html", date(2025, 12, 19)),
        ("http://x.cn/a/202012/t20201230_65849083.html", date(2020, 12, 30)),
        ("http://x.cn/gg/2018-06-28/48.html", date(2018, 6, 28)),
        ("http://x.cn/008/008004/20260203/0f1e-uuid.html", date(2026, 2, 3)),
        ("http://x.cn/c133076/202204/abc.shtml", None),
        ("http://x.cn/info/1050/64208.htm", None),
        ("http://x.cn/p/1234567890123.html", None),
        ("http://x.cn", None),
    ],
)
def test_addresses_carry_dates(url: str, day: date | None) -> None:
    written = in_url(url)
    assert (written.day if written else None) == day


@pytest.mark.parametrize(
    ("value", "day"),
    [
        (1715140000000, date(2024, 5, 8)),
        ("1715140000", date(2024, 5, 8)),
        (20260508, date(2026, 5, 8)),
        ("2026-05-08 00:00:00", date(2026, 5, 8)),
        ("1970-01-01 08:00:00", None),
        (0, None),
        (True, None),
        (None, None),
        ("-", None),
    ],
)
def test_machine_values_are_read(value: object, day: date | None) -> None:
    assert read_value(value, TODAY) == day


def test_a_moment_counts_by_the_chinese_calendar() -> None:
    assert of_epoch(1780243200) == date(2026, 6, 1)
    assert of_epoch(10**30) is None


def clue(source: DateSource, day: date, certain: bool = True) -> DateClue:
    return DateClue(source=source, day=day, raw=day.isoformat(), certain=certain)


MAY, JUNE = date(2026, 5, 8), date(2026, 6, 1)


@pytest.mark.parametrize(
    ("clues", "day", "source"),
    [
        ([], None, None),
        ([clue(DateSource.URL, MAY, False), clue(DateSource.LABEL, JUNE)], JUNE, DateSource.LABEL),
        ([clue(DateSource.LABEL, MAY), clue(DateSource.TAG, JUNE)], JUNE, DateSource.TAG),
        ([clue(DateSource.TAG, MAY, False), clue(DateSource.LIST, JUNE)], JUNE, DateSource.LIST),
        ([clue(DateSource.TEXT, MAY, False), clue(DateSource.URL, JUNE, False)], JUNE, DateSource.URL),
        ([clue(DateSource.FIRST_SEEN, JUNE), clue(DateSource.LABEL, MAY)], MAY, DateSource.LABEL),
        ([clue(DateSource.TAG, date(1970, 1, 1)), clue(DateSource.LIST, MAY)], MAY, DateSource.LIST),
    ],
)
def test_the_most_trusted_clue_is_believed(
    clues: list[DateClue], day: date | None, source: DateSource | None
) -> None:
    assert believe(clues)[:2] == (day, source)


def test_belief_says_why_and_what_speaks_against_it() -> None:
    clues = [clue(DateSource.TAG, JUNE), clue(DateSource.URL, JUNE, False), clue(DateSource.LABEL, MAY)]
    why = believe(clues).why
    assert "PubDate" in why
    assert "网址" in why
    assert "2026-05-08" in why
    assert "2026-05-08" in doubt(clues)


def test_there_is_no_doubt_of_clues_that_agree() -> None:
    assert doubt([clue(DateSource.TAG, MAY), clue(DateSource.LABEL, MAY)]) == ""
    assert doubt([clue(DateSource.TAG, MAY), clue(DateSource.LABEL, MAY + timedelta(days=1))]) == ""
    assert doubt([clue(DateSource.URL, MAY, False)]) != ""
    assert doubt([]) != ""


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)))
def test_every_day_is_read_back_in_every_form(day: date) -> None:
    forms = [
        day.isoformat(),
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y/%m/%d}",
        f"{day:%Y.%m.%d} 09:30",
    ]
    assert [[written.day for written in find_full(form)] for form in forms] == [[day]] * 4


@given(st.integers(1, 12), st.integers(1, 31), st.dates(date(2000, 1, 1), date(2090, 1, 1)))
def test_the_latest_such_day_is_never_after_today(month: int, day: int, today: date) -> None:
    found = latest_before(month, day, today)
    if found is not None:
        assert found <= today
        assert (found.month, found.day) == (month, day)
        assert (today - found).days < 366 * (8 if (month, day) == (2, 29) else 1)


@given(st.text())
def test_no_text_raises(text: str) -> None:
    sole_date(text, TODAY)
    find_full(text)
    read_value(text, TODAY)
    in_url(text)


@pytest.mark.parametrize("raw", ["3天前", "昨天", "今日 09:15", "刚刚", "两周前", "发布：3天前"])
def test_a_distance_from_the_day_of_reading_is_told(raw: str) -> None:
    assert is_distance(raw)


@pytest.mark.parametrize("raw", ["", "2026-06-18", "06-18", "6月18日前", "前言"])
def test_a_date_that_stays_is_no_distance(raw: str) -> None:
    assert not is_distance(raw)


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2026-06-17T16:00:00Z", "2026-06-18"),
        ("2026-06-17T15:59:59Z", "2026-06-17"),
        ("2026-06-17 17:00:00.000+0000", "2026-06-18"),
        ("2026-06-18T00:30:00+08:00", "2026-06-18"),
        ("Wed, 17 Jun 2026 17:00:00 GMT", "2026-06-18"),
        ("/Date(1781748000000+0800)/", "2026-06-18"),
        ("2026-06-18T09:00:00", "2026-06-18"),
        ("2026-06-31T09:00:00Z", None),
        ("9999-12-31T23:00:00Z", None),
    ],
)
def test_a_moment_is_the_day_that_it_is_in_china(value: str, day: str | None) -> None:
    found = read_value(value, date(2026, 6, 30))
    assert (found.isoformat() if found else None) == day
