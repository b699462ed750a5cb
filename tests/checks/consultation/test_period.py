"""The period of a consultation by the words of its announcement, and its feedback by title."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.consultation.dayforms import han_number, in_one_form
from checks.consultation.period import Period, consultation_period
from checks.consultation.titles import is_consultation, is_extension, is_feedback, matter_of

PUBLISHED = date(2026, 5, 1)
MAY = ("2026-05-01", "2026-05-31", 31)

RANGES = {
    "征求意见时间：2026年5月1日至5月31日": MAY,
    "公开征求意见，时间为2026年5月1日至31日。": MAY,
    "自2026年5月1日起至2026年5月30日止，请将意见反馈我局": ("2026-05-01", "2026-05-30", 30),
    "征求意见期限为2026年5月1日—2026年5月10日，共10天": ("2026-05-01", "2026-05-10", 10),
    "征集时间：2026-05-01 至 2026-05-31": MAY,
    "征集时间：2026.5.1-2026.5.31": MAY,
    "征集日期：2026/5/1～2026/5/31": MAY,
    "二〇二六年五月一日至二〇二六年五月三十一日公开征集意见": MAY,
    "2〇二六年五月一日至2〇二六年五月三十一日公开征集意见": MAY,
    "12月20日至2027年1月20日公开征求意见": ("2026-12-20", "2027-01-20", 32),
    "公开征求意见时间：2026年5月1日8:00至2026年5月31日18:00": MAY,
    "公开征求意见时间：２０２６年５月１日（起）至２０２６年５月３１日": MAY,
    "2026年12月20日至2027年1月20日公开征求意见": ("2026-12-20", "2027-01-20", 32),
    "2026年12月20日至1月20日公开征求意见": ("2026-12-20", "2027-01-20", 32),
    "意见反馈截止时间为2026年5月31日。": MAY,
    "截止日期：5月31日17:30，欢迎提出意见": MAY,
    "请于2026年5月20日前将意见反馈至我局": ("2026-05-01", "2026-05-20", 20),
    "请在5月15日（星期五）前反馈意见": ("2026-05-01", "2026-05-15", 15),
    "征求意见时间自即日起至2026年6月1日": ("2026-05-01", "2026-06-01", 32),
    "意见征集自公告发布之日起至5月31日": MAY,
}


@pytest.mark.parametrize("text", RANGES)
def test_first_and_last_day_both_count(text: str) -> None:
    first, last, days = RANGES[text]
    period = consultation_period(text, PUBLISHED)
    assert period is not None
    assert (period.first, period.last, period.days) == (
        date.fromisoformat(first),
        date.fromisoformat(last),
        days,
    )
    assert period.closes == period.last


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("自本公告发布之日起30日内提出意见", 30),
        ("自公布之日起三十日内向我局反馈意见", 30),
        ("公示期为期7天，欢迎提出意见", 7),
        ("征求意见期限：15日", 15),
        ("请于十五日内将意见书面反馈", 15),
        ("意见征集时间为1个月", 30),
        ("公开征求意见10天", 10),
    ],
)
def test_a_number_of_days_in_words(text: str, days: int) -> None:
    period = consultation_period(text, PUBLISHED)
    assert period is not None
    assert (period.days, period.last, period.first) == (days, None, PUBLISHED)
    assert period.closes == date.fromordinal(PUBLISHED.toordinal() + days - 1)
    unknown = consultation_period(text)
    assert unknown is not None
    assert unknown.days == days
    assert unknown.closes is None


@pytest.mark.parametrize(
    ("text", "days"),
    [("征求意见时间为10个工作日", 14), ("征求意见期为7个工作日", 9), ("征求意见期不少于30个自然日", 30)],
)
def test_a_number_that_does_not_tell_the_last_day(text: str, days: int) -> None:
    period = consultation_period(text, PUBLISHED)
    assert period is not None
    assert (period.days, period.closes) == (days, None)


@pytest.mark.parametrize(
    ("text", "last", "days"),
    [
        ("自2026年5月3日起30天，公开征求意见", "2026-06-01", 30),
        ("征求意见时间：20260501-20260531", "2026-05-31", 31),
        ("征求意见自即日起至五月三十一日", "2026-05-31", 31),
        ("征求意见时间：2026年5月2日―5月31日", "2026-05-31", 30),
        ("征求意见时间：2026年5月2日∼5月31日", "2026-05-31", 30),
        ("意见和建议请于本月31日前反馈", "2026-05-31", 31),
        ("请于6月底前反馈修改意见", "2026-06-30", 61),
        ("于 2026 年 5 月 31 日 前 反 馈 意 见", "2026-05-31", 31),
        ("发布日期 2026-05-01 结束日期 2026-05-31 意见征集", "2026-05-31", 31),
    ],
)
def test_rarer_ways_to_write_a_period(text: str, last: str, days: int) -> None:
    period = consultation_period(text, PUBLISHED)
    assert period is not None
    assert (period.closes, period.days) == (date.fromisoformat(last), days)


def test_the_next_year_in_words() -> None:
    period = consultation_period("征求意见时间：12月20日至次年1月20日", DECEMBER)
    assert period is not None
    assert (period.first, period.last) == (date(2026, 12, 20), date(2027, 1, 20))


def test_a_prolonged_period_ends_on_its_new_day() -> None:
    period = consultation_period("原定截止日期5月3日，现将征求意见时间延长至2026年5月31日。", PUBLISHED)
    assert period is not None
    assert (period.last, period.days, period.extends) == (date(2026, 5, 31), None, True)
    other = consultation_period("征求意见，本规定有效期延长至2026年9月30日。请于5月9日前反馈意见", PUBLISHED)
    assert other is not None
    assert (other.last, other.extends) == (date(2026, 5, 9), False)


@pytest.mark.parametrize(
    "text",
    [
        "期限一般不少于30日。请于5月9日前反馈意见",
        "为缩短审批时间，我局起草了办法，请于5月9日前反馈意见",
        "因情况紧急等原因需要缩短期限的，公开征求意见时应当予以说明。请于5月9日前反馈意见",
    ],
)
def test_words_that_give_no_reason_for_less(text: str) -> None:
    period = consultation_period(text, PUBLISHED)
    assert period is not None
    assert not period.reason


def test_a_range_outweighs_a_number() -> None:
    period = consultation_period("征求意见30天，时间为2026年5月1日至5月10日", PUBLISHED)
    assert period is not None
    assert period.days == 10


def test_a_deadline_without_a_known_beginning_tells_no_length() -> None:
    period = consultation_period("意见反馈截止2026年5月31日")
    assert period is not None
    assert period.days is None
    assert period.closes == date(2026, 5, 31)


@pytest.mark.parametrize(
    "text",
    [
        "本办法有效期自2026年1月1日至2026年3月1日。",
        "规划期限为2026年1月1日至2026年1月5日，现公开征求意见。",
        "会议定于2026年5月3日召开。",
        "联系电话：0599-5381204，邮编：353000。",
        "",
    ],
)
def test_other_dates_are_no_period(text: str) -> None:
    assert consultation_period(text, PUBLISHED) is None


def test_the_consultation_is_found_after_another_term() -> None:
    text = "本办法有效期自2026年1月1日至2028年12月31日。征求意见时间为2026年5月1日至5月9日。"
    period = consultation_period(text, PUBLISHED)
    assert period is not None
    assert period.days == 9


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("因防汛工作紧急，本次征求意见时间缩短为7日，自2026年5月1日至5月7日。", True),
        ("经批准，征求意见期限缩短，自2026年5月1日至5月7日。", True),
        ("征求意见时间少于30日的理由：上级要求尽快出台。自2026年5月1日至5月7日反馈意见。", True),
        ("征求意见时间自2026年5月1日至5月7日。", False),
    ],
)
def test_a_reason_for_shortening(text: str, reason: bool) -> None:
    period = consultation_period(text, PUBLISHED)
    assert period is not None
    assert period.days == 7
    assert period.reason is reason


CALLS = [
    "关于公开征求《某市城市管理办法（征求意见稿）》意见的公告",
    "关于征集2027年民生实事项目建议的公告",
    "《某市供水条例（草案）》公开征求意见",
    "某某规划意见征集",
]
FEEDBACK = [
    "《某市城市管理办法》征求意见采纳情况反馈",
    "某市城市管理办法意见征集结果反馈",
    "关于《某市城市管理办法（草案）》公开征求意见情况的说明",
    "关于《某市城市管理办法（征求意见稿）》公众意见采纳情况的公告",
]


@pytest.mark.parametrize("title", CALLS)
def test_announcements(title: str) -> None:
    assert is_consultation(title)
    assert not is_feedback(title)


@pytest.mark.parametrize("title", FEEDBACK)
def test_feedback(title: str) -> None:
    assert is_feedback(title)
    assert not is_consultation(title)
    assert matter_of(title) == "某市城市管理办法"


@pytest.mark.parametrize("title", ["通知公告", "征集志愿填报通知", "行政处罚结果公示", "工作情况通报"])
def test_neither(title: str) -> None:
    assert not is_consultation(title)
    assert not is_feedback(title)


def test_an_announcement_and_its_feedback_are_about_the_same() -> None:
    assert matter_of(CALLS[0]) == matter_of(FEEDBACK[0])
    assert matter_of("关于征集2027年民生实事项目建议的公告") == matter_of("2027年民生实事项目征集情况")


@given(st.text(alphabet="0123456789年月日至起止截征求意见期限内前天-—:.（） 二〇六五三十", max_size=60))
def test_any_text_is_read(text: str) -> None:
    period = consultation_period(text, PUBLISHED)
    assert period is None or period.days is None or period.days >= 0
    consultation_period(text)


REAL_WORDS = [
    ("现向社会公开征求意见。公示时间：2026年5月1日至2026年5月15日（15天）", 15),
    ("公开征求意见的起止时间：2026年5月1日 — 2026年6月1日", 32),
    ("征求意见起止日期：2026年05月01日00时-2026年05月31日24时", 31),
    ("征集开始时间：2026-05-01 征集结束时间：2026-05-20", 20),
    ("开始时间：2026-05-01\n结束时间：2026-05-31\n状态：征集中\n征求意见稿", 31),
    ("征集时间 2026-05-01 00:00:00 至 2026-05-31 23:59:59", 31),
    ("有关单位和各界人士可在2026年5月31日之前，通过以下方式提出意见", 31),
    ("请将修改意见于5月20日（星期三）下班前书面反馈市司法局", 20),
    ("公众可于2026年5月25日前通过电子邮件提出反馈意见", 25),
    ("意见反馈截止时间：2026年5月31日24:00", 31),
    ("征求意见时间：2026年5月1日至6月1日止。", 32),
    ("时间：5月1日-5月31日。欢迎提出宝贵意见。", 31),
    ("征求意见时间为30天，从2026年5月1日起至2026年5月30日止", 30),
    ("征求意见时间：自本公告发布之日起30个工作日", 42),
    ("自公告之日起一个月内，如有意见请反馈", 30),
    ("本次征求意见时间为即日起至2026年5月18日18时止", 18),
    ("公开征求意见期间为2026年5月1日（星期五）至2026年5月31日（星期日）。", 31),
    ("2026年5月1日起至5月31日，公众可以提出意见", 31),
    ("征求意见时间：2026年5月1日9时至5月12日17时30分", 12),
    ("《办法》自2026年7月1日起施行，有效期5年。现公开征求意见，截至2026年5月15日。", 15),
    (
        "根据2025年1月1日至2025年12月31日的统计情况，我局起草了本办法，现公开征求意见，请于2026年5月30日前反馈。",
        30,
    ),
    (
        "原办法2021年6月1日至2026年5月31日有效。现公开征求修订意见，征求意见时间2026年5月1日至2026年5月31日",
        31,
    ),
    ("电话：0512-12345678（工作日9:00-17:00），征求意见截止日期为2026年5月31日", 31),
    ("征集期限：20天", 20),
    ("为期一个月（5月1日至5月31日）公开征求意见", 31),
    ("征求意见期限：二0二六年五月一日至二0二六年五月十日", 10),
    ("反馈时间：2026年5月1日（周五）—5月8日（周五）", 8),
    ("征求意见时间：5.1—5.31", 31),
    ("征求意见时间：2026年5月1日-5月7日（共7天，含节假日）", 7),
    ("意见征集自2026年5月1日开始，至2026年5月31日结束。", 31),
    ("从2026年5月1日开始，为期30天，公开征求意见", 30),
    ("请于2026年5月31日前以信函（邮编：215500）或者邮件方式反馈意见；逾期视为无意见。", 31),
    ("请于30日内提出意见和建议。", 30),
    ("公示期5个工作日，如有异议请反馈意见", 7),
    ("征求意见时间2026年5月1日至2026年5月31日。联系人：李某，联系时间：5月6日至5月8日", 31),
]
"""Announcements as offices write them: days of the week, clocks, fields of a form, other dates about."""


@pytest.mark.parametrize(("text", "days"), REAL_WORDS)
def test_words_of_real_announcements(text: str, days: int) -> None:
    period = consultation_period(text, PUBLISHED)
    assert period is not None
    assert period.days == days


@pytest.mark.parametrize(
    "title",
    [
        "意见征集结果公示",
        "《某办法》意见征集采纳情况",
        "对市人大代表第12号建议的答复意见",
        "关于征求教师资格认定注意事项的说明",
        "关于印发《关于进一步加强意见征集工作的通知》的通知",
        "征集群众意见建议办理情况的通报",
    ],
)
def test_titles_that_announce_nothing(title: str) -> None:
    assert not is_consultation(title)


def test_a_range_that_was_over_before_publication_is_another() -> None:
    text = "统计时间为2025年1月1日至2025年12月31日，现公开征求意见。"
    assert consultation_period(text, PUBLISHED) is None
    on_the_day = consultation_period("2026年4月20日至2026年5月1日公开征求意见", PUBLISHED)
    assert on_the_day is not None
    assert on_the_day.days == 12


DECEMBER = date(2026, 12, 20)


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        (
            "征求意见时间：2026年5月1日至5月31日",
            PUBLISHED,
            Period(first=PUBLISHED, last=date(2026, 5, 31), words="2026年5月1日至5月31日"),
        ),
        (
            "因防汛紧急，征求意见期限缩短为7日，2026年5月1日至5月7日反馈意见",
            PUBLISHED,
            Period(
                first=PUBLISHED, last=date(2026, 5, 7), stated=7, reason=True, words="2026年5月1日至5月7日"
            ),
        ),
        (
            "意见反馈截至1月10日",
            DECEMBER,
            Period(first=DECEMBER, last=date(2027, 1, 10), words="截至1月10日"),
        ),
        (
            "时限缩短为5日，请于5月5日前反馈意见",
            PUBLISHED,
            Period(first=PUBLISHED, last=date(2026, 5, 5), stated=5, reason=True, words="5月5日前"),
        ),
        ("请在10月21日前反馈意见", DECEMBER, Period(first=None, last=date(2026, 10, 21), words="10月21日前")),
        ("请在10月20日前反馈意见", DECEMBER, Period(first=None, last=None)),
        ("5月1日前反馈意见", PUBLISHED, Period(first=PUBLISHED, last=PUBLISHED, words="5月1日前")),
        ("2026年5月1日至5月1日征求意见", PUBLISHED, Period(first=PUBLISHED, last=PUBLISHED)),
        (
            "征求意见时间为12月25日至1月25日",
            DECEMBER,
            Period(first=date(2026, 12, 25), last=date(2027, 1, 25), words="12月25日至1月25日"),
        ),
        ("因时间紧急缩短期限，请于3日内反馈意见", PUBLISHED, Period(first=PUBLISHED, stated=3, reason=True)),
        (
            "2026年2月30日至2026年3月1日，5月2日至5月20日公开征求意见",
            PUBLISHED,
            Period(first=date(2026, 5, 2), last=date(2026, 5, 20), words="5月2日至5月20日"),
        ),
    ],
)
def test_the_whole_period(text: str, published: date, expected: Period) -> None:
    found = consultation_period(text, published)
    assert found is not None
    if expected.last is None and expected.stated is None:
        assert found.last == date(2027, 10, 20)
        return
    assert (found.first, found.last, found.stated, found.reason) == (
        expected.first,
        expected.last,
        expected.stated,
        expected.reason,
    )
    assert found.words == expected.words or not expected.words


@pytest.mark.parametrize(
    "text",
    [
        "会议时间2026年5月3日至5月4日。",
        "2026年5月1日至2027年6月30日征求意见",
        "请于5月31日前报名参会。",
        "值班时间自即日起至5月20日。",
    ],
)
def test_dates_of_other_things(text: str) -> None:
    assert consultation_period(text, PUBLISHED) is None


def test_how_far_before_a_date_may_speak_of_opinions() -> None:
    near, far = "征求意见" + "，" * 78, "征求意见" + "，" * 79
    assert consultation_period(f"{near}2026年5月1日至5月20日", PUBLISHED) is not None
    assert consultation_period(f"{far}2026年5月1日至5月20日", PUBLISHED) is None


def test_how_far_after_a_date_may_speak_of_opinions() -> None:
    near, far = "，" * 48 + "意见", "，" * 49 + "意见"
    assert consultation_period(f"2026年5月1日至5月20日{near}", PUBLISHED) is not None
    assert consultation_period(f"2026年5月1日至5月20日{far}", PUBLISHED) is None


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("两周", None), ("2周", 14), ("3周", 21), ("一个月", 30), ("2个月", 60), ("1日", 1), ("十日", 10),
        ("二十五日", 25), ("三十日", 30), ("20日", 20), ("399日", 399), ("400日", None), ("0日", None),
    ],
)  # fmt: skip
def test_lengths_in_days_weeks_and_months(words: str, days: int | None) -> None:
    period = consultation_period(f"公开征求意见，期限为{words}。", PUBLISHED)
    assert (period.days if period else None) == days


def test_a_first_day_and_a_length_from_it() -> None:
    period = consultation_period("自2026年5月6日起15日内公开征求意见。", PUBLISHED)
    assert period is not None
    assert (period.first, period.last, period.days) == (date(2026, 5, 6), date(2026, 5, 20), 15)
    bare = consultation_period("自5月6日起15日内公开征求意见。", PUBLISHED)
    assert bare is not None
    assert bare.last == date(2026, 5, 20)


def test_a_length_of_something_else_is_none() -> None:
    assert consultation_period("合同期2026年5月6日起15日。", PUBLISHED) is None
    assert consultation_period("项目有效期为20日。", PUBLISHED) is None


def test_a_period_as_long_as_none_is_let_be() -> None:
    assert consultation_period("征求意见时间：2026年5月1日至2027年6月5日。", PUBLISHED) is None
    longest = consultation_period("征求意见时间：2026年5月1日至2027年6月4日。", PUBLISHED)
    assert longest is not None
    assert longest.days == 400


def test_a_month_s_end_is_its_last_day() -> None:
    for text in ("请于2026年6月底前反馈意见", "请于6月底前反馈意见"):
        period = consultation_period(text, PUBLISHED)
        assert period is not None, text
        assert period.last == date(2026, 6, 30)
    leap = consultation_period("请于2028年2月底前反馈意见", date(2027, 12, 20))
    assert leap is not None
    assert leap.last == date(2028, 2, 29)
    assert consultation_period("请于6月底前反馈意见", None) is None
    assert in_one_form("请于2027年6月底前反馈", PUBLISHED) == "请于2027年6月30日前反馈"
    assert in_one_form("请于6月底前反馈", PUBLISHED) == "请于6月30日前反馈"
    assert in_one_form("请于6月底前反馈", None) == "请于6月底前反馈"


@pytest.mark.parametrize(
    ("title", "feedback", "call"),
    [
        ("关于 公开 征求 停车办法 意见 的公告", False, True),
        ("停车办法 意见 采纳 情况", True, False),
        ("停车办法征集结果公示", True, False),
        ("停车办法公众参与情况反馈", True, False),
        ("停车办法建议处理情况", True, False),
        ("停车办法意见采纳情况反馈表", False, False),
        ("停车办法实施情况通报", False, False),
    ],
)
def test_titles_with_blanks_and_forms(title: str, feedback: bool, call: bool) -> None:
    assert (is_feedback(title), is_consultation(title)) == (feedback, call)


def test_notices_that_prolong() -> None:
    assert is_extension("关于 延 长《停车办法》征求意见期限的公告")
    assert is_extension("关于《停车办法》征求意见延期的公告")
    assert not is_extension("关于征求《延期缴税办法》意见的公告")
    assert not is_extension("关于延长开放时间的公告")


def test_the_matter_keeps_letters_and_figures_only() -> None:
    assert matter_of("关于 公开征求 《停车 P+R 办法2026（征求意见稿）》 意见的公告") == "停车PR办法2026"
    assert matter_of("关于公开征求停车管理办法意见的公告") == "停车管理办法"


def test_numerals_are_read_with_ten_and_without() -> None:
    assert [han_number(text) for text in ("十", "十五", "二十", "三十一", "二五", "九", "30")] == [
        10, 15, 20, 31, 25, 9, 30,
    ]  # fmt: skip


def test_a_year_told_at_the_end_only_needs_no_day_of_publication() -> None:
    period = consultation_period("5月1日至2026年5月31日公开征求意见")
    assert period is not None
    assert (period.first, period.last) == (PUBLISHED, date(2026, 5, 31))
    turn = consultation_period("12月20日至2027年1月20日公开征求意见")
    assert turn is not None
    assert (turn.first, turn.last) == (date(2026, 12, 20), date(2027, 1, 20))


@pytest.mark.parametrize("text", ["5月20日至10日公开征求意见", "2026年5月20日至2026年5月10日公开征求意见"])
def test_a_range_that_runs_backwards_is_none(text: str) -> None:
    assert consultation_period(text, PUBLISHED) is None


def test_days_counted_from_a_day_of_the_year_before() -> None:
    period = consultation_period("自2025年12月20日起30日内公开征求意见", date(2026, 1, 5))
    assert period is not None
    assert (period.first, period.last) == (date(2025, 12, 20), date(2026, 1, 18))


def test_working_days_are_counted_from_the_day_told() -> None:
    period = consultation_period("征求意见自2026年5月6日起15个工作日", PUBLISHED)
    assert period is not None
    assert (period.first, period.last, period.working, period.stated) == (date(2026, 5, 6), None, 15, 21)
    assert not period.reason
    hurried = consultation_period(
        "因情况紧急，缩短征求意见期限，自2026年5月6日起5个工作日反馈意见", PUBLISHED
    )
    assert hurried is not None
    assert (hurried.first, hurried.working, hurried.reason) == (date(2026, 5, 6), 5, True)


@pytest.mark.parametrize(
    ("text", "published", "last"),
    [
        ("征求意见时间延长至6月10日", PUBLISHED, date(2026, 6, 10)),
        ("征求意见时间延长至2026年6月10日", None, date(2026, 6, 10)),
        ("征求意见时间延长至5月1日", PUBLISHED, PUBLISHED),
        ("征求意见时间延长至2026年11月17日", PUBLISHED, date(2026, 11, 17)),
        ("征求意见时间延长至2026年11月18日", PUBLISHED, None),
        ("征求意见时间延长至2026年4月30日", PUBLISHED, None),
        ("征求意见时间延长至2月30日", PUBLISHED, None),
        ("征求意见时间延长至6月10日", None, None),
    ],
)
def test_how_far_a_notice_may_prolong(text: str, published: date | None, last: date | None) -> None:
    period = consultation_period(text, published)
    assert (period.last if period and period.extends else None) == last


def test_the_words_shown_are_those_of_the_period() -> None:
    stated = consultation_period("我局起草了办法。 征求意见期限：15日 ，请反馈", PUBLISHED)
    assert stated == Period(first=PUBLISHED, stated=15, words="期限:15日")
    compact = consultation_period("征求意见时间：20260501-20260531", PUBLISHED)
    assert compact is not None
    assert compact.words == "2026年05月01日至2026年05月31日"


@pytest.mark.parametrize(
    ("title", "matter"),
    [
        ("关于对停车管理办法征求意见的公告", "停车管理办法"),
        ("关于公开征求《P+r 停车办法》意见的公告", "Pr停车办法"),
    ],
)
def test_matters_without_their_frame(title: str, matter: str) -> None:
    assert matter_of(title) == matter
    assert is_consultation(title)
    spaced = " ".join(title)
    assert is_consultation(spaced)
    assert matter_of(spaced) == matter


def test_working_days_from_a_day_without_a_year() -> None:
    period = consultation_period("征求意见自5月6日起15个工作日", PUBLISHED)
    assert period is not None
    assert (period.first, period.working) == (date(2026, 5, 6), 15)


@pytest.mark.parametrize("text", ["2026年5月1日至5月32日征求意见", "2026年5月32日至6月1日征求意见"])
def test_a_day_that_is_none_tells_no_range(text: str) -> None:
    assert consultation_period(text, PUBLISHED) is None


@pytest.mark.parametrize(
    "title",
    [
        "关于对《某市城市管理办法》和有关标准公开征求意见的公告",
        "某市城市管理办法草案公开征求意见",
        "【公告】某市城市管理办法征求意见",
    ],
)
def test_brackets_drafts_and_labels_about_a_matter(title: str) -> None:
    assert matter_of(title) == "某市城市管理办法"
