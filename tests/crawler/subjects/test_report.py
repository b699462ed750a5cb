"""Which pages are annual reports, for which year, and what of their text is the unit's own."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.subjects.report import is_report, masked_text, report_year

TITLES = [
    ("某某市水务局2025年政府信息公开工作年度报告", 2025),
    ("某某市水务局2025年度政府信息公开年报", 2025),
    ("2025某某县大河乡2025年度政府信息公开工作年度报告", 2025),
    ("某某县二〇二五年政府信息公开工作报告", 2025),
    ("某某县二○二五年度政府信息公开年度报告", 2025),
    ("某某街道 2025 年政府信息公开年度报告", 2025),
    ("关于公布2025年度政府信息公开工作年度报告的公告（2026年1月20日）", 2025),
    ("2026年1月发布：2025年政府信息公开年度报告", 2025),
    ("某某局2017年度政府信息公开报告", 2017),
    ("2025年政务公开工作年度报告", 2025),
    ("某某供电公司2025年政府信息公开工作年度报告", 2025),
    ("某某县审计局2025政府信息公开工作年度报告", 2025),
    ("某某县环境保护局 政府信息公开工作2025年度报告", 2025),
    ("某某县卫生和计划生育委员会2025年政府信息年度报告", 2025),
]


@pytest.mark.parametrize(("title", "year"), TITLES)
def test_titles_of_reports_and_their_years(title: str, year: int) -> None:
    assert is_report(title)
    assert report_year(title) == year


@pytest.mark.parametrize(
    "title",
    [
        "2025年政府工作报告",
        "2025年度部门决算公开",
        "关于做好2025年政府信息公开工作年度报告编制工作的通知",
        "政府信息公开工作年度报告指引",
        "中华人民共和国政府信息公开工作年度报告格式",
        "一图读懂2025年政府信息公开年度报告",
        "2025年政府网站工作年度报表",
        "某某公司2025年度报告",
        "2025年企业信息公开年度报告",
        "2025年法治政府建设年度报告",
        "2025年统计年报",
        "某某局2025年第四季度政府信息公开工作报告",
        "某某局2025年上半年政府信息公开工作情况报告",
        "2025年政务公开工作要点",
        "政府信息公开第三方评估报告",
        "政府信息公开指南",
        "某某局召开政府信息公开年度报告编制培训会",
        "2025年国民经济和社会发展统计公报",
        "",
    ],
)
def test_titles_of_other_things(title: str) -> None:
    assert not is_report(title)
    assert not is_report(title, in_column=True)


def test_a_bare_title_is_a_report_only_in_the_reports_column() -> None:
    assert is_report("某某局2025年年报", in_column=True)
    assert is_report("2025年度报告", in_column=True)
    assert not is_report("某某局2025年年报")
    assert not is_report("2025年企业年报", in_column=True)


def test_the_year_of_the_text_when_the_title_has_none() -> None:
    period = "本报告所列数据的统计期限自2025年1月1日起，至2025年12月31日止。2026年将继续努力。"
    assert report_year("政府信息公开工作年度报告", period, date(2026, 3, 1)) == 2025
    assert report_year("政府信息公开年报", "现编制某某局2024年政府信息公开工作年度报告。") == 2024


def test_the_day_of_publication_comes_last() -> None:
    assert report_year("政府信息公开年报", "", date(2026, 1, 20)) == 2025
    assert report_year("政府信息公开年报", "", date(2026, 10, 20)) is None
    assert report_year("政府信息公开年报") is None


def test_a_date_in_the_title_is_no_year_of_the_report() -> None:
    assert report_year("政府信息公开年度报告（2026年1月20日）", "", date(2026, 1, 20)) == 2025
    assert report_year("2026-01-20政府信息公开年度报告", "统计期限为2025年1月1日至12月31日") == 2025


REPORT = (
    "某某市水务局2025年政府信息公开工作年度报告\n"
    "根据《中华人民共和国政府信息公开条例》的规定，现编制某某市水务局2025年度报告。\n"
    "本报告所列数据的统计期限自2025年1月1日起，至2025年12月31日止。\n"
    "一、总体情况\n"
    "我局围绕供水保障开展公开，全年在门户网站发布信息128条，比上年增长5.6%。\n"
    "三、收到和处理政府信息公开申请情况\n"
    "（一）予以公开\n12\n"
    "六、其他需要报告的事项\n无\n"
)


def test_only_the_units_own_words_are_left() -> None:
    own = masked_text(REPORT, ["某某市水务局", "水务局"])
    assert "围绕供水保障开展公开" in own
    for gone in ("2025", "128", "某某市", "水务局", "总体情况", "条例", "统计期限", "予以公开"):
        assert gone not in own


def test_two_reports_that_differ_only_in_names_and_figures_are_the_same_text() -> None:
    other = (
        REPORT.replace("某某市水务局", "某某市林业局")
        .replace("128", "77")
        .replace("5.6", "11")
        .replace("2025", "2024")
    )
    assert masked_text(REPORT, ["某某市水务局"]) == masked_text(other, ["某某市林业局"])


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    assert is_report(text) in (True, False)
    year = report_year(text, text)
    assert year is None or 2000 <= year < 2100
    assert not any(c.isdigit() for c in masked_text(text, [text[:3]]) if c.isascii())


def test_what_stands_above_the_first_section_is_no_report() -> None:
    own = "一、总体情况\n多次召开专题会议研究。\n六、其他需要报告的事项\n未收取信息处理费。"
    above = "首页\n政府信息公开年报\n某某局年度报告\n发布时间：2026-01-20 来源：某某网站\n"
    assert masked_text(above + own) == masked_text(own)
    assert "专题会议" in masked_text("没有分节的报告，多次召开专题会议研究。")
