"""Messages: dates and states from list rows, running lists and the message's own page."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.subjects.channels import effective_channels
from crawler.subjects.messages import ListedMessage, listed_messages, message_of
from domain.page import Item
from tests.crawler.subjects.pages import items, page

ASKED = date(2026, 3, 2)


def states(*listed: ListedMessage) -> list[bool | None]:
    return [message.answered for message in listed]


def test_a_table_with_states() -> None:
    table = (
        ("序号", "信件标题", "来信时间", "办理状态"),
        ("1", "关于道路积水的问题", "2026-03-02", "已回复"),
        ("2", "咨询用水报装手续", "2026-03-02", "处理中"),
        ("3", "反映路灯不亮", "2026-03-02", ""),
    )
    found = listed_messages(
        page(tables=(table,), items=items("关于道路积水的问题", "咨询用水报装手续", "反映路灯不亮"))
    )
    assert states(*found) == [True, False, None]
    assert [message.asked_on for message in found] == [ASKED] * 3


def test_a_table_with_dates_of_answers() -> None:
    table = (
        ("主题", "提交日期", "回复日期"),
        ("关于道路积水的问题", "2026-03-02", "2026-03-05"),
        ("咨询用水报装手续", "2026-03-02", ""),
    )
    found = listed_messages(page(tables=(table,), items=items("关于道路积水的问题", "咨询用水报装手续")))
    assert states(*found) == [True, False]
    assert found[0].asked_on == ASKED


def test_a_running_list() -> None:
    text = "关于道路积水的问题\n2026-03-02\n[已办结]\n咨询用水报装手续\n2026-03-02\n未回复\n反映路灯不亮\n"
    found = listed_messages(page(text, items=items("关于道路积水的问题", "咨询用水报装手续", "反映路灯不亮")))
    assert states(*found) == [True, False, None]


def test_the_items_own_day_is_the_last_resort() -> None:
    one = Item(title="关于道路积水的问题", url="http://a.test/1", day=ASKED)
    found = listed_messages(page(items=(one,)))
    assert found == (ListedMessage(title=one.title, url=one.url, asked_on=ASKED, answered=None),)


@pytest.mark.parametrize(
    ("text", "answered"),
    [
        ("留言时间：2026-03-02\n留言内容：路灯不亮\n回复内容：您好，已于三日内修复。\n", True),
        ("来信时间：2026年3月2日\n来信内容：路灯不亮\n答复：\n您好，已修复完毕，感谢支持。\n", True),
        ("提交时间：2026-03-02 10:11\n办理状态：已办结\n", True),
        ("提交时间：2026-03-02 10:11\n办理状态：处理中\n", False),
        ("留言时间：2026-03-02\n留言内容：路灯不亮\n回复内容：\n", False),
        ("留言时间：2026-03-02\n留言内容：路灯不亮\n回复内容：暂无回复\n", False),
        ("留言时间：2026-03-02\n留言内容：路灯不亮\n回复时间：2026-03-04\n", True),
        ("留言时间：2026-03-02\n留言内容：路灯不亮\n", None),
    ],
)
def test_a_messages_own_page(text: str, answered: bool | None) -> None:
    found = message_of(page(text, title="路灯"))
    assert found.asked_on == ASKED
    assert found.answered is answered


def test_an_impossible_date_is_none() -> None:
    assert message_of(page("留言时间：2026-13-42\n")).asked_on is None


def test_petition_and_discipline_are_no_channels() -> None:
    assert effective_channels(["petition", "discipline", "solicitation", "interview"]) == frozenset()
    assert effective_channels(["petition", "message"]) == {"message"}


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    assert message_of(page(text)).answered in (True, False, None)
    listed_messages(page(text, items=items(text[:10], text[10:20])))


TITLES = ("关于道路积水的问题", "咨询用水报装手续", "反映路灯不亮")


def test_the_next_ones_state_is_not_a_messages_own() -> None:
    table = (
        ("办理状态", "标题", "来信时间"),
        ("另有安排", TITLES[0], "2026-03-02"),
        ("处理中", TITLES[1], "2026-03-02"),
        ("办理完成", TITLES[2], "2026-03-02"),
    )
    text = "\n".join(cell for row in table for cell in row)
    assert states(*listed_messages(page(text, tables=(table,), items=items(*TITLES)))) == [None, False, True]


@pytest.mark.parametrize(
    "text",
    [
        "[已公开答复] {} 2026-03-02\n[处理中] {} 2026-03-02\n[办结] {} 2026-03-02",
        "已采纳\n{}\n2026-03-02\n待回复\n{}\n2026-03-02\n处理完毕\n{}\n2026-03-02",
        "{}\n来信时间：2026-03-02\n状态：已完成\n{}\n来信时间：2026-03-02\n状态：未回复\n{}\n状态：已回复",
        "{} 2026-03-02 已反馈\n{} 2026-03-02 已受理\n{} 2026-03-02 已解决",
    ],
)
def test_states_before_and_behind_titles(text: str) -> None:
    assert states(*listed_messages(page(text.format(*TITLES), items=items(*TITLES)))) == [True, False, True]


@pytest.mark.parametrize(
    ("text", "answered"),
    [
        ("来信内容\n请问贵局何时回复？处理结果是什么？\n办理状态\n处理中", False),
        ("来信内容：请问处理结果是什么？\n官方回复：\n答复时间：", False),
        ("来信内容\n物业不作为，已多次投诉未处理。\n回复\n尊敬的市民：您的建议我们将认真研究。", True),
        ("来信内容\n物业不作为，已多次投诉未处理。\n", None),
        ("来信内容：路灯不亮\n县住建局办理结果：已安排维修，谢谢。", True),
    ],
)
def test_the_questions_own_words_are_no_answer(text: str, answered: bool | None) -> None:
    assert message_of(page(text)).answered is answered
