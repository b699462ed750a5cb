"""Posts told apart: interpretations of policy, what may be one, what is none."""

import pytest

from checks.media.interpreting import Likeness, classify
from tests.observations import post


@pytest.mark.parametrize(
    "title",
    [
        "政策解读｜医保新规",
        "一图读懂《云溪市养老服务条例》",
        "《住房公积金管理办法》答记者问",
        "公积金新政政策问答",
        "看懂这份补贴政策",
        "《若干措施》划重点",
        "关于《意见》的解读",
    ],
)
def test_titles_that_name_one(title: str) -> None:
    reading = classify(post("2025-03-01", title))
    assert reading.likeness is Likeness.SURE
    assert "标题含" in reading.reason


@pytest.mark.parametrize(
    "title",
    ["工作动态", "周末天气预报", "防溺水知识问答有奖竞赛", "一分钟看懂人工呼吸", "招聘公告", "今日要闻"],
)
def test_titles_that_name_none(title: str) -> None:
    assert classify(post("2025-03-01", title)).likeness is Likeness.NONE


def test_interpretations_of_other_things_are_for_people_to_decide() -> None:
    assert classify(post("2025-03-01", "图解节气：立夏")).likeness is Likeness.POSSIBLE
    assert classify(post("2025-03-01", "问答", text="关于补贴办法")).likeness is Likeness.POSSIBLE
    assert classify(post("2025-03-01", "天气热点问题", text="关于补贴办法")).likeness is Likeness.NONE


def test_without_a_title_the_opening_of_the_text_counts() -> None:
    assert classify(post("2025-03-01", "", text="【政策解读】医保新规来了")).likeness is Likeness.SURE


def test_a_scheme_may_name_its_own_words() -> None:
    assert classify(post("2025-03-01", "新政小课堂"), ("小课堂",)).likeness is Likeness.SURE


def test_the_reason_is_told() -> None:
    assert classify(post("2025-03-01", "政策解读｜医保新规")).reason == "标题含“解读”"
    hinted = classify(post("2025-03-01", "问答", text="关于补贴办法"))
    assert hinted.reason == "标题含“问答”，正文提到“补贴”"
    by_text = classify(post("2025-03-01", "工作动态", text="本期一图读懂就业新政"))
    assert (by_text.likeness, by_text.reason) == (Likeness.POSSIBLE, "正文含“一图读懂”")
