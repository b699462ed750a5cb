"""Sections of annual reports: by headings of one rank, in old and new wordings, not by mentions."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.annual_report.sections import SECTIONS, read_sections, report_sections

NEW = (
    "总体情况",
    "主动公开政府信息情况",
    "收到和处理政府信息公开申请情况",
    "政府信息公开行政复议、行政诉讼情况",
    "存在的主要问题及改进情况",
    "其他需要报告的事项",
)
OLD = (
    "概述",
    "主动公开政府信息的情况",
    "依申请公开政府信息办理情况",
    "因政府信息公开申请行政复议、提起行政诉讼的情况",
    "政府信息公开工作存在的主要问题及改进措施",
    "其它需要说明的事项",
)
OTHER = (
    "政府信息公开工作总体情况",
    "主动公开情况",
    "政府信息公开申请情况",
    "行政复议和行政诉讼情况",
    "工作中存在的不足及下一步打算",
    "需要说明的其他事项与附表",
)
HAN = "一二三四五六"
MARKS = {
    "han": [f"{n}、" for n in HAN],
    "han dot": [f"{n}．" for n in HAN],
    "han blank": [f"{n}　" for n in HAN],
    "bracket": [f"（{n}）" for n in HAN],
    "digit": [f"{n}. " for n in range(1, 7)],
    "digit comma": [f"{n}、" for n in range(1, 7)],
    "chapter": [f"第{n}部分　" for n in HAN],
    "bullet": ["■ "] * 6,
    "bare": [""] * 6,
}


def report(headings: list[str], drop: int | None = None) -> str:
    parts = [
        f"{heading}\n　　本年度有关工作按要求开展。\n" for i, heading in enumerate(headings) if i != drop
    ]
    return "某某局2025年政府信息公开工作年度报告\n本报告按规定编制。\n" + "".join(parts)


@pytest.mark.parametrize("marks", MARKS)
@pytest.mark.parametrize("wording", [NEW, OLD, OTHER], ids=["new", "old", "other"])
def test_all_six_in_any_numbering_and_wording(marks: str, wording: tuple[str, ...]) -> None:
    headings = [mark + title for mark, title in zip(MARKS[marks], wording, strict=True)]
    assert [section.name for section in read_sections(report(headings))] == list(SECTIONS)


@pytest.mark.parametrize("marks", MARKS)
@pytest.mark.parametrize("drop", range(6))
@pytest.mark.parametrize("wording", [NEW, OLD, OTHER], ids=["new", "old", "other"])
def test_a_section_left_out_is_the_one_missed(marks: str, drop: int, wording: tuple[str, ...]) -> None:
    headings = [mark + title for mark, title in zip(MARKS[marks], wording, strict=True)]
    assert set(SECTIONS) - report_sections(report(headings, drop)) == {SECTIONS[drop]}


def test_a_mention_in_running_text_is_no_section() -> None:
    text = (
        "本报告由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、政府信息公开行政复议、行政诉讼情况、"
        "存在的主要问题及改进情况、其他需要报告的事项六部分组成。\n一、总体情况\n良好。\n二、主动公开政府信息情况\n如下。\n"
        "三、收到和处理政府信息公开申请情况\n如下。\n"
    )
    assert report_sections(text) == {"overview", "proactive", "requests"}


def test_a_numbered_list_of_contents_in_a_sentence_is_no_section() -> None:
    text = (
        "报告内容包括：一、总体情况；二、主动公开政府信息情况；三、收到和处理政府信息公开申请情况；"
        "四、政府信息公开行政复议、行政诉讼情况；五、存在的主要问题及改进情况；六、其他需要报告的事项。\n"
        "一、总体情况\n良好。\n二、主动公开政府信息情况\n如下。\n"
    )
    assert report_sections(text) == {"overview", "proactive"}


def test_sub_headings_of_the_overview_are_no_sections() -> None:
    text = (
        "一、总体情况\n（一）主动公开情况\n全年公开100条。\n（二）依申请公开情况\n收到2件。\n（三）平台建设\n"
        "二、存在的主要问题及改进情况\n有不足。\n三、其他需要报告的事项\n无。\n四、政府信息公开行政复议、行政诉讼情况\n无。"
    )
    assert set(SECTIONS) - report_sections(text) == {"proactive", "requests"}


def test_a_heading_with_its_text_on_the_same_line() -> None:
    parts = [f"{n}、{title}。本年度按要求开展。\n" for n, title in zip(HAN, NEW, strict=True)]
    assert report_sections("".join(parts)) == set(SECTIONS)
    parts = [f"{n}、{title} 2025年，我局按要求开展。\n" for n, title in zip(HAN, NEW, strict=True)]
    assert report_sections("".join(parts)) == set(SECTIONS)


def test_a_text_that_lost_its_line_breaks() -> None:
    parts = [f" {n}、{title} 本年度按要求开展工作。" for n, title in zip(HAN, NEW, strict=True)]
    assert report_sections("".join(parts)) == set(SECTIONS)
    assert set(SECTIONS) - report_sections("".join(parts[:5])) == {"other"}


def test_mixed_numbering_with_the_full_wording_counts() -> None:
    headings = [f"{n}、{title}" for n, title in zip(HAN[:5], NEW[:5], strict=True)] + ["6. " + NEW[5]]
    assert report_sections(report(headings)) == set(SECTIONS)


def test_rows_and_captions_of_the_tables_are_no_sections() -> None:
    text = (
        "一、总体情况\n良好。\n一、本年新收政府信息公开申请数量\n3\n（三）不予公开\n3.其他\n行政复议\n行政诉讼\n复议后起诉\n"
        "其他结果\n二、主动公开政府信息情况\n如下。\n五、存在的主要问题及改进情况\n有。\n"
    )
    assert report_sections(text) == {"overview", "proactive", "problems"}


def test_bodies_and_saying_nothing() -> None:
    text = (
        "一、总体情况\n好。\n五、存在的主要问题及改进情况\n  无。\n六、其他需要报告的事项\n未收取信息处理费。"
    )
    sections = {section.name: section for section in read_sections(text)}
    assert sections["problems"].says_nothing()
    assert not sections["overview"].says_nothing()
    assert "信息处理费" in sections["other"].body


@given(st.text(alphabet="一二三、（）总体情况主动公开申请复议诉讼存在问题其他事项\n 1.。", max_size=200))
def test_any_text_is_read(text: str) -> None:
    names = [section.name for section in read_sections(text)]
    assert len(names) == len(set(names))
    assert set(names) <= set(SECTIONS)


def test_a_higher_rank_goes_before_a_lower_one_with_one_more() -> None:
    text = "一、基本情况\n（一）主动公开情况\n（二）其他情况\n二、存在问题及计划\n（一）主要问题及改进\n"
    assert report_sections(text) == {"overview", "problems"}


SIX = (
    "总体情况",
    "主动公开政府信息情况",
    "收到和处理政府信息公开申请情况",
    "政府信息公开行政复议、行政诉讼情况",
    "存在的主要问题及改进情况",
    "其他需要报告的事项",
)


@pytest.mark.parametrize(
    "write",
    [
        lambda number, title: f"{'一二三四五六'[number]}、{' '.join(title)}\n内容如下。\n",
        lambda number, title: f"第{'一二三四五六'[number]}部分　{title}\n内容如下。\n",
        lambda number, title: f"（{'一二三四五六'[number]}）{title}\n内容如下。\n",
        lambda number, title: f"{number + 1}．{title}\n内容如下。\n",
        lambda number, title: f"{'一二三四五六'[number]}、{title}：\n内容如下。\n",
        lambda number, title: f"　　{'一二三四五六'[number]}、{title}。内容如下。\n",
        lambda number, title: f"◆ {title}\n内容如下。\n",
    ],
    ids=["letters apart", "parts", "brackets", "digits", "colon", "run in", "bullets"],
)
def test_headings_in_other_dress(write: Callable[[int, str], str]) -> None:
    text = "".join(write(number, title) for number, title in enumerate(SIX))
    assert [section.name for section in read_sections(text)] == list(SECTIONS)


def test_a_list_of_contents_stands_for_nothing() -> None:
    contents = "".join(f"{'一二三四五六'[n]}、{title}……{n + 1}\n" for n, title in enumerate(SIX))
    assert report_sections(f"目录\n{contents}") == frozenset()
    first = "".join(f"{'一二三四五六'[n]}、{title}\n内容。\n" for n, title in enumerate(SIX[:4]))
    assert report_sections(f"目录\n{contents}{first}") == frozenset(SECTIONS[:4])


def test_words_of_a_section_inside_another_are_not_it() -> None:
    text = (
        "一、总体情况\n（一）主动公开情况\n好。\n（二）依申请公开情况\n好。\n（三）存在的问题\n人手不足。\n"
        "二、主动公开政府信息情况\n表\n三、收到和处理政府信息公开申请情况\n表\n"
        "四、政府信息公开行政复议、行政诉讼情况\n表。没有其他需要报告的事项。\n"
    )
    assert report_sections(text) == frozenset(SECTIONS[:4])


def test_what_stands_below_each_heading() -> None:
    text = "某局年报\n一、总体情况\n甲\n二、主动公开政府信息情况：乙一。\n乙二\n三、其他需要报告的事项\n丙"
    assert [(section.name, section.body.split()) for section in read_sections(text)] == [
        ("overview", ["甲"]),
        ("proactive", [":乙一。", "乙二"]),
        ("other", ["丙"]),
    ]


def test_bodies_of_a_text_that_lost_its_line_breaks() -> None:
    text = "某局年报。一、总体情况 甲乙。二、主动公开政府信息情况 丙丁。三、其他需要报告的事项 戊。"
    assert [(section.name, section.body.strip()) for section in read_sections(text)] == [
        ("overview", "甲乙。"),
        ("proactive", "丙丁。"),
        ("other", "戊。"),
    ]


def test_bodies_below_headings_whose_letters_are_set_apart() -> None:
    text = "一、总 体 情 况\n甲\n二、主 动 公 开 政 府 信 息 情 况\n乙\n六、其 他 需 要 报 告 的 事 项\n无"
    assert [(section.name, section.body.strip()) for section in read_sections(text)] == [
        ("overview", "甲"),
        ("proactive", "乙"),
        ("other", "无"),
    ]


def test_a_repeated_heading_counts_once_and_the_others_still_count() -> None:
    text = "一、总体情况\n甲\n一、总体情况\n乙\n二、主动公开政府信息情况\n丙\n三、其他需要报告的事项\n丁"
    assert [section.name for section in read_sections(text)] == ["overview", "proactive", "other"]


def test_a_line_of_the_contents_is_no_heading_though_it_is_short() -> None:
    contents = "".join(f"{n}、{title}……{n}\n" for n, title in zip(HAN, NEW, strict=True))
    assert report_sections(contents) == frozenset()


def test_a_bare_line_counts_only_where_it_ends_as_headings_do() -> None:
    endings = ("总体情况", "主动公开数据", "依申请公开情况", "行政复议诉讼情况", "存在问题及改进", "其他事项")
    assert report_sections("\n本年度工作正常。\n".join(endings)) == frozenset(SECTIONS)
    mentions = ("主动公开政府信息", "受理申请公开", "存在的不足")
    assert report_sections("\n本年度工作正常。\n".join(mentions)) == frozenset()


THREE = "一、总体情况\n良好。\n三、收到和处理政府信息公开申请情况\n如下。\n六、其他需要报告的事项\n无。\n"


def test_headings_that_run_into_their_text_are_read_in_any_numbering() -> None:
    for mark in ("chapter", "bracket", "han"):
        lines = [f"{n}{title} 本年度我局按要求开展工作。" for n, title in zip(MARKS[mark], NEW, strict=True)]
        assert report_sections("\n".join(lines)) == set(SECTIONS), mark
    one = THREE + "二、主动公开政府信息情况 我局全年公开信息三百条。\n"
    assert report_sections(one) == {"overview", "proactive", "requests", "other"}


def test_a_sub_heading_that_runs_into_its_text_is_no_section() -> None:
    text = THREE.replace("良好。", "(一)主动公开情况 我局全年公开信息。")
    assert report_sections(text) == {"overview", "requests", "other"}


def test_three_headings_in_lines_outweigh_what_a_sentence_counts_up() -> None:
    told = "。".join(f"{n}{title}如下" for n, title in zip(MARKS["han"], NEW, strict=True))
    assert report_sections(f"本报告分列。{told}") == set(SECTIONS)
    assert report_sections(f"{THREE}本报告分列。{told}") == {"overview", "requests", "other"}


def test_a_line_of_the_contents_with_dots_is_no_section() -> None:
    assert report_sections(f"二、主动公开政府信息情况说明……3\n{THREE}") == {"overview", "requests", "other"}


def test_a_list_of_four_in_a_higher_rank_does_not_hide_six() -> None:
    headings = [f"{n}.{title}\n如下。" for n, title in enumerate(OTHER, 1)]
    contents = [f"{n}{title}" for n, title in zip(MARKS["han"], NEW[:4], strict=False)]
    assert report_sections("\n".join(contents + headings)) == set(SECTIONS)


def test_how_long_a_line_may_be() -> None:
    spaced = "二、主 动 公 开 情 况"
    for length, read in ((80, True), (81, False)):
        assert ("proactive" in report_sections(THREE + spaced.ljust(length))) is read, length
    run_in = "二、主动公开政府信息情况 " + "文" * 5_000
    for length, read in ((4_000, True), (4_001, False)):
        assert ("proactive" in report_sections(THREE + run_in[:length])) is read, length
