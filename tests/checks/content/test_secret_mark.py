"""content.secret-mark: marks that a document bears, not words about marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.content.secret_mark import CHECK, HEAD, LONGEST_LINE, SAID_BEFORE, find_mark
from domain.outcome import Inconclusive, Pass, Violation
from tests.checks.content.pages import ATTACHED, article, attachment, of
from tests.observations import judged, only, site_observation, unseen


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("机密★10年\n某某市委文件", "机密★10年"),
        ("绝密★\n特急\n关于某事项的请示", "绝密★"),
        ("某办发〔2026〕3号 秘密 ★ 长期 关于某事项的通知", "秘密★长期"),
        ("机 密★二十年\n内容", "机密★二十年"),
        ("内容\n" * 300 + "秘密★5年\n内容", "秘密★5年"),
    ],
)
def test_marks(text: str, mark: str) -> None:
    assert find_mark(text) == mark


@pytest.mark.parametrize("after", ["", "\n内容"])
def test_below_the_head_a_mark_stands_on_a_line_of_thirty_characters_at_most(after: str) -> None:
    line = "秘密★5年".ljust(LONGEST_LINE, "内")
    assert find_mark(f"{'内容' * HEAD}\n{line}{after}") == "秘密★5年"
    assert find_mark(f"{'内容' * HEAD}\n \t{line}  {after}") == "秘密★5年"
    assert find_mark(f"{'内容' * HEAD}\n{line}容{after}") is None


def test_what_follows_on_the_line_may_say_that_it_is_but_told_of() -> None:
    assert find_mark("秘密★5年的标志") is None
    assert find_mark("秘密★5年的标志\n内容") is None
    assert find_mark("秘密★5年\n标志") == "秘密★5年"


def test_how_far_before_a_mark_it_may_be_said_that_it_is_but_told_of() -> None:
    told = "例如\n" + "内" * (SAID_BEFORE - 3) + "\n"
    assert find_mark(f"{told[:-2]}\n秘密★5年") is None
    assert find_mark(f"内{told}内\n秘密★5年") == "秘密★5年"


@pytest.mark.parametrize(
    "text",
    [
        "国家秘密的标志由密级、★和保密期限组成，如“机密★10年”。",
        "密级分为绝密、机密、秘密三级。",
        "保守国家秘密，人人有责",
        "标注“秘密★5年”字样的文件",
        "什么是密级标志？例如 机密★10年",
        "商业秘密保护",
        "本文件原定密级为秘密★3年，现已解密，全文公开如下。",
        "内容" * 300 + "，其中一份文件写有秘密★字样但已经解密，可以公开，现予以说明。" + "内容" * 30,
        "",
    ],
)
def test_words_about_marks(text: str) -> None:
    assert find_mark(text) is None


def test_a_page_and_a_file_with_a_mark() -> None:
    outcome = only(CHECK, of(article("秘密★5年\n内容")))
    assert isinstance(outcome, Violation)
    assert outcome.observed["mark"] == "秘密★5年"
    outcome = only(CHECK, of(article("见附件", attachment("机密★\n内容"))))
    assert isinstance(outcome, Violation)
    assert outcome.observed == {"mark": "机密★", "found_in": ATTACHED}
    assert "附件“名单.xls”" in outcome.summary


def test_pass_and_inconclusive() -> None:
    assert isinstance(only(CHECK, of(article("内容", attachment("内容")))), Pass)
    assert isinstance(only(CHECK, of(article("内容", attachment(unseen())))), Inconclusive)
    assert isinstance(only(CHECK, of(article("秘密★5年\n", attachment(unseen())))), Violation)
    assert isinstance(judged(CHECK, site_observation(documents=unseen()))["*"], Inconclusive)


@given(st.text(alphabet="绝机秘密★ 10年长期如\n（“内容", max_size=80))
def test_any_text_is_read(text: str) -> None:
    mark = find_mark(text)
    assert mark is None or "★" in mark


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("密级：秘密★5年", "秘密★5年"),
        ("【机密★10年】关于某事项的通知", "机密★10年"),
        ("（机密★长期）某工程方案", "机密★长期"),
        ("★机密★ 会议纪要", "机密★"),
        ("机密★ 会议纪要", "机密★"),
        ("秘 密 ★ 3 年\n关于某事项的通知", "秘密★3年"),
        ("绝密★启用前\n2025年普通高中学业水平考试", None),
        ("机密★启封前\n公务员考试试题", None),
        ("标有“秘密★”的文件不得公开", None),
        ("商业秘密★★★★★", None),
        ("技术秘密☆保护指引", None),
        ("保密知识竞赛题：下列标志正确的是 A.秘密★5年 B.秘密5年★", None),
        ("秘密级", None),
    ],
)
def test_marks_in_real_dress(text: str, mark: str | None) -> None:
    assert find_mark(text) == mark
