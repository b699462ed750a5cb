"""What a title tells: a consultation, its feedback, its extension, and what it is about."""

import pytest

from checks.consultation.titles import is_consultation, is_extension, is_feedback, matter_of


@pytest.mark.parametrize(
    ("title", "call", "feedback", "extension"),
    [
        ("关于公开征求《某市养犬管理办法（征求意见稿）》意见的公告", True, False, False),
        ("《某市养犬管理办法》征求意见反馈情况", False, True, False),
        ("关于《某市养犬管理办法》公众意见采纳情况的说明", False, True, False),
        ("关于延长《某市养犬管理办法》征求意见时间的公告", True, False, True),
        ("关于征求《延长灌溉期管理办法》意见的公告", True, False, False),
        ("征求意见反馈表", False, False, False),
        ("有奖征集城市形象标识公告", False, False, False),
        ("关于印发《征求意见工作规则》的通知", False, False, False),
        ("市政府召开常务会议", False, False, False),
    ],
)
def test_kinds(title: str, call: bool, feedback: bool, extension: bool) -> None:
    assert (is_consultation(title), is_feedback(title), is_extension(title)) == (call, feedback, extension)


@pytest.mark.parametrize(
    "title",
    [
        "关于公开征求《某市养犬管理办法（征求意见稿）》意见的公告",
        "《某市养犬管理办法（草案）》公开征求意见采纳情况",
        "【征集】关于《某市养犬管理办法》征求意见的反馈",
        "关于征求某市养犬管理办法意见的公告",
    ],
)
def test_a_call_and_its_feedback_are_about_the_same(title: str) -> None:
    assert matter_of(title) == "某市养犬管理办法"
