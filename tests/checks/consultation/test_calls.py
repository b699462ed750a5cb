"""Which notices, feedback and announcements belong together."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from checks.consultation.calls import calls, feedback_on, period_of, same_matter
from checks.consultation.no_feedback import CHECK as NO_FEEDBACK
from checks.consultation.short import CHECK as SHORT
from checks.consultation.titles import is_consultation, is_feedback, matter_of
from domain.limit import Limit
from domain.outcome import Inconclusive, Outcome, Pass, Violation
from domain.target import ColumnKind
from tests.checks.consultation.test_no_feedback import EXTENSION, FEEDBACK, TEXT, THREE, extension
from tests.checks.consultation.test_short import SUBJECT, call, of
from tests.observations import column, document, entry, judged, listing, url

CONSULTATIONS = ColumnKind.CONSULTATION
SHORT_TEXT = "征求意见时间：2026年5月1日至2026年5月15日。"


def announced(path: str, title: str, text: str, day: str = "2026-05-12"):
    return document(path, title, day, text=text, kind=CONSULTATIONS, column=url("zj/"))


def runs(*documents, columns=()) -> Outcome:
    return judged(SHORT, of(call(SHORT_TEXT), *documents, columns=columns))[SUBJECT]


def answered(*documents, columns=(), first=None) -> Outcome:
    return judged(NO_FEEDBACK, of(first or call(TEXT), *documents, columns=columns), THREE)[SUBJECT]


@pytest.mark.parametrize(
    ("call", "answer"),
    [
        (
            "关于公开征求《某市养犬管理条例（草案）》意见的公告",
            "《某市养犬管理条例（草案）》公开征求意见情况反馈",
        ),
        (
            "关于公开征求某市中心城区停车收费标准意见的公告",
            "关于某市中心城区停车收费标准征求意见采纳情况的说明",
        ),
        (
            "关于征求《某某办法（试行）（征求意见稿）》意见的公告",
            "关于《某某办法（试行）》征求意见及采纳情况的公告",
        ),
        ("关于《城市更新条例》（征求意见稿）公开征求意见的公告", "《城市更新条例》意见反馈情况"),
    ],
)
def test_calls_and_answers_in_other_words(call: str, answer: str) -> None:
    assert same_matter(matter_of(call), matter_of(answer))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("", "", False), ("停车", "", False), ("", "停车", False), ("停车", "停车", True),
        ("停车", "停车办法", False), ("停车办法", "城市停车办法", True),
        ("城市停车办法", "停车办法", True), ("停车规", "停车规定", False),
        ("停车办法", "供水办法", False), ("停车办法", "一停车办法", True),
    ],
)  # fmt: skip
def test_matters_alike(one: str, other: str, same: bool) -> None:
    assert same_matter(one, other) is same


def test_announcements_as_old_as_the_limit_are_the_last_judged() -> None:
    year, text = Limit(months=12), SHORT_TEXT
    on_it, older = call(text, day="2025-06-30"), call(text, day="2025-06-29")
    assert calls(of(older, on_it), year) == [on_it]
    assert calls(of(call(text, day=None), older), year) == [call(text, day=None)]


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("《城市停车管理办法》听证会公告", "反馈意见截止2026年6月20日。"),
        ("关于延长《养犬管理条例》征求意见时间的公告", "征求意见时间延长至2026年6月20日。"),
        ("关于再次公开征求《城市停车管理办法》意见的公告", "征求意见截止2026年6月20日。"),
    ],
)
def test_only_a_notice_on_the_same_matter_prolongs(title: str, text: str) -> None:
    assert isinstance(runs(announced("zj/4.html", title, text)), Violation)


def test_a_notice_does_not_bring_the_end_forward() -> None:
    outcome = answered(extension("2026年5月25日"))
    assert isinstance(outcome, Violation)
    assert outcome.observed["closed"] == "2026-05-31"
    stated = call("自本公告发布之日起30日内提出意见。")
    closed = answered(extension("2026年5月25日"), first=stated)
    assert isinstance(closed, Violation)
    assert closed.observed["closed"] == "2026-05-30"


def test_a_notice_tells_the_end_that_the_announcement_left_open() -> None:
    observation = of(call("欢迎提出意见，征求意见期不少于10日。"), extension("2026年6月10日"))
    period = period_of(observation.documents.get()[0], observation)
    assert period is not None
    assert str(period.closes) == "2026-06-10"


def test_a_notice_whose_new_end_was_not_read_leaves_it_open() -> None:
    untold = announced("zj/3.html", EXTENSION, "征求意见时间适当延长，具体另行通知。")
    plain = announced("zj/3.html", EXTENSION, "征求意见时间为15日，现予延长。")
    listed = column("zj/", CONSULTATIONS, of=listing(entry("2026-05-20", "zj/3.html", title=EXTENSION)))
    for outcome in (runs(untold), runs(plain), answered(untold), answered(plain)):
        assert isinstance(outcome, Inconclusive)
        assert "新的截止日期没有读出来" in outcome.reason
    for outcome in (runs(columns=(listed,)), answered(columns=(listed,))):
        assert isinstance(outcome, Inconclusive)
        assert "可能延长了期限" in outcome.reason
    long = call("征求意见时间：2026年4月1日至2026年5月31日。")
    assert isinstance(judged(SHORT, of(long, untold))[SUBJECT], Pass)
    other = column(
        "zj/",
        CONSULTATIONS,
        of=listing(entry("2026-05-20", "zj/5.html", title="关于延长《养犬条例》征求意见时间的公告")),
    )
    assert isinstance(runs(columns=(other,)), Violation)
    feedback = column("zj/", CONSULTATIONS, of=listing(entry("2026-05-20", "zj/6.html", title="停车费公告")))
    assert isinstance(runs(columns=(feedback,)), Violation)


def test_a_number_of_days_needs_no_calendar() -> None:

    days = {date(2026, 5, 1) + timedelta(days=n): True for n in range(60)}
    observation = replace(of(call("请自本公告发布之日起20日内提出意见。")), working_days=days)
    outcome = judged(SHORT, observation)[SUBJECT]
    assert isinstance(outcome, Violation)
    assert (outcome.observed["days"], outcome.observed["last"]) == (20, None)


def test_without_a_day_of_publication_the_number_alone_is_judged() -> None:
    outcome = judged(SHORT, of(call("征求意见期限：10日。", day=None)))[SUBJECT]
    assert isinstance(outcome, Violation)
    assert (outcome.observed["days"], outcome.observed["first"], outcome.observed["last"]) == (10, None, None)


def test_articles_of_other_columns_need_not_be_read() -> None:
    news = column("xw/", ColumnKind.NEWS, of=listing(entry("2026-06-02", "xw/1.html")))
    for check in (SHORT, NO_FEEDBACK):
        assert "*" not in judged(check, of(call(TEXT), columns=(news,)))


@pytest.mark.parametrize("title", ["城市停车管理办法", "关于公开征求《养犬管理条例》意见的公告"])
def test_a_notice_is_judged_when_what_else_there_is_announces_nothing_it_prolongs(title: str) -> None:
    notice = extension("2026年6月10日")
    other = announced("zj/8.html", title, "请于2026年6月29日前提出意见。")
    outcome = judged(NO_FEEDBACK, of(notice, other), THREE)[url("zj/3.html")]
    assert isinstance(outcome, Violation)
    assert outcome.observed["closed"] == "2026-06-10"


def test_feedback_is_known_by_its_title_alone() -> None:
    told = announced("zj/2.html", FEEDBACK, "共收到意见3条，采纳2条。", "2026-06-02")
    assert isinstance(answered(told), Pass)


def test_feedback_is_known_by_the_words_of_a_link_in_the_announcement() -> None:
    linked = call(TEXT, to=["zj/意见采纳情况.html"])
    assert isinstance(answered(first=linked), Pass)
    assert feedback_on(linked, of(linked)) == url("zj/意见采纳情况.html")
    assert isinstance(answered(first=call(TEXT, to=["zj/附件.html"])), Violation)


def test_columns_in_which_nobody_answers_are_not_asked() -> None:
    told = column("rs/", ColumnKind.PERSONNEL, of=listing(entry("2026-06-02", "rs/2.html", title=FEEDBACK)))
    assert isinstance(answered(columns=(told,)), Violation)
    unread = entry("2026-06-02", "rs/3.html", title="意见征集结果反馈")
    assert isinstance(answered(columns=(column("rs/", ColumnKind.PERSONNEL, of=listing(unread)),)), Violation)


@pytest.mark.parametrize(
    ("announced", "feedback"),
    [
        ("义务教育招生工作实施意见（征求意见稿）公开征求意见", "《义务教育招生工作实施意见》征求意见反馈"),
        ("关于《供热价格调整方案（征求意见稿）》征求意见的公告", "【结果反馈】供热价格调整方案意见征集结果"),
        ("【意见征集】某县犬类管理规定", "关于某县犬类管理规定公众意见采纳情况的反馈"),
        ("关于征求城市更新指导意见的公告", "城市更新指导意见公开征求意见采纳情况"),
    ],
)
def test_matters_as_offices_write_them(announced: str, feedback: str) -> None:
    assert is_consultation(announced)
    assert is_feedback(feedback)
    assert same_matter(matter_of(announced), matter_of(feedback))
    assert not same_matter(matter_of(announced), matter_of("关于《河道采砂管理办法》征求意见采纳情况的公告"))
