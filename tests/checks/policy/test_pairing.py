"""Documents and interpretations: kinds, forms, and pairs by link, number and title."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.policy.pairing import core_title, form_of, is_interpretation, is_policy_document, pair
from domain.page import Link, Region
from domain.target import ColumnKind
from tests.observations import document

POLICY, READING = ColumnKind.POLICY_DOCUMENTS, ColumnKind.POLICY_INTERPRETATION


@pytest.mark.parametrize(
    "title",
    [
        "某市人民政府关于印发《某市供水管理办法》的通知",
        "关于进一步促进就业的实施意见",
        "某市支持小微企业发展若干措施",
        "某市“十五五”水利发展规划",
    ],
)
def test_policy_documents(title: str) -> None:
    assert is_policy_document(title, POLICY)


@pytest.mark.parametrize(
    "title",
    [
        "《某市供水管理办法》政策解读",
        "关于张三等同志职务任免的通知",
        "关于表彰先进单位的决定",
        "关于召开工作会议的通知",
        "关于成立防汛领导小组的通知",
        "2026年国庆节放假安排通知",
        "关于公开征求某办法意见的公告",
    ],
)
def test_what_needs_no_interpretation(title: str) -> None:
    assert not is_policy_document(title, POLICY)


def test_outside_its_column_a_policy_document_bears_a_number() -> None:
    title = "某市供水管理办法"
    assert not is_policy_document(title, ColumnKind.NOTICES)
    assert is_policy_document(title, ColumnKind.NOTICES, "某政发〔2026〕3号")
    assert not is_policy_document(title, READING, "某政发〔2026〕3号")


def test_interpretations_by_column_and_title() -> None:
    assert is_interpretation("负责人答记者问", READING)
    assert is_interpretation("《某办法》政策解读", ColumnKind.NOTICES)
    assert not is_interpretation("某办法", POLICY)
    assert not is_interpretation("我局开展政策解读进社区活动", ColumnKind.NEWS)


@pytest.mark.parametrize(
    ("title", "form"),
    [
        ("《某办法》政策解读", "text"),
        ("一图读懂某办法", "picture"),
        ("图解：某办法", "picture"),
        ("视频解读｜某办法", "video"),
        ("某办法政策问答", "qa"),
        ("局长就某办法答记者问", "qa"),
        ("某办法新闻发布会", "press"),
        ("在线访谈：局长谈某办法", "interview"),
    ],
)
def test_forms_by_title(title: str, form: str) -> None:
    assert form_of(document("a", title, text="内容" * 200)) == form


def test_forms_by_content() -> None:
    assert form_of(document("a", "某办法解读", text="见图", images=("http://a.test/1.jpg",))) == "picture"
    assert form_of(document("a", "某办法解读", text="内容" * 200, images=("http://a.test/1.jpg",))) == "text"
    assert form_of(document("a", "某办法解读", text="内容" * 200, to=("v/1.mp4",))) == "video"


@pytest.mark.parametrize(
    ("title", "core"),
    [
        ("某市人民政府关于印发《某市供水管理办法》的通知", "某市供水管理办法"),
        ("某市人民政府办公室关于印发某市供水管理办法的通知", "某市供水管理办法"),
        ("《某市供水管理办法》政策解读", "某市供水管理办法"),
        ("某市供水管理办法图解", "某市供水管理办法"),
        ("某市人民政府关于促进就业的实施意见", "促进就业的实施意见"),
        ("《关于促进就业的实施意见》解读", "促进就业的实施意见"),
    ],
)
def test_core_titles(title: str, core: str) -> None:
    assert core_title(title) == core


def made(reading: Any, **more: Any) -> tuple[tuple[str, bool, bool], ...]:
    paper = document(
        "zc/1.html", "某市人民政府关于印发《某市供水管理办法》的通知", document_no="某政发〔2026〕3号", **more
    )
    return tuple((p.by, p.document_links, p.interpretation_links) for p in pair([paper], [reading]))


def test_pairs_by_link_either_way() -> None:
    reading = document("jd/1.html", "负责人答记者问", to=("zc/1.html",))
    assert made(reading) == (("link", False, True),)
    assert made(document("jd/1.html", "负责人答记者问"), to=("jd/1.html",)) == (("link", True, False),)
    assert made(reading, to=("jd/1.html",)) == (("link", True, True),)


def test_links_differing_in_scheme_and_fragment_are_the_same() -> None:
    reading = document("jd/1.html", "负责人答记者问")
    paper = document("zc/1.html", "某办法", to=("jd/1.html#top",))
    assert len(pair([paper], [reading])) == 1


def test_pairs_by_number() -> None:
    reading = document("jd/1.html", "答记者问", text="日前，《办法》（某政发 [2026] 3号）印发。")
    assert made(reading) == (("number", False, False),)
    assert made(document("jd/1.html", "答记者问", text="依据某政发〔2026〕13号")) == ()


def test_pairs_by_title() -> None:
    assert made(document("jd/1.html", "《某市供水管理办法》政策解读")) == (("title", False, False),)
    assert made(document("jd/1.html", "一图读懂某市供水管理办法")) == (("title", False, False),)
    assert made(document("jd/1.html", "负责人答记者问", text="现就《某市供水管理办法》解读如下")) != ()
    assert made(document("jd/1.html", "《某市排水管理办法实施细则》政策解读")) == ()


def test_plans_of_two_years_are_two() -> None:
    paper = document("zc/1.html", "某市2026年重点民生实事项目实施方案")
    reading = document("jd/1.html", "《某市2025年重点民生实事项目实施方案》解读")
    assert pair([paper], [reading]) == ()


def test_a_page_is_no_interpretation_of_itself() -> None:
    one = document("zc/1.html", "某市供水管理办法")
    assert pair([one], [one]) == ()


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_titles_are_read(one: str, other: str) -> None:
    pair([document("a", one)], [document("b", other)])
    assert isinstance(core_title(one), str)


@pytest.mark.parametrize(
    ("policy", "reading", "paired"),
    [
        ("关于印发《促进民营经济发展若干措施》的通知", "《促进民营经济发展若干措施》政策解读", True),
        ("市政府办公室关于印发城市更新实施办法的通知", "一图读懂丨城市更新实施办法", True),
        ("关于加快推进养老服务体系建设的实施意见", "《关于加快推进养老服务体系建设的实施意见》解读", True),
        ("某市住房公积金管理办法", "图解：某市住房公积金管理办法（2026年修订）", True),
        ("关于印发2026年义务教育招生工作实施办法的通知", "2025年义务教育招生工作实施办法解读", False),
        ("某市犬类管理办法", "某市车辆停放管理办法解读", False),
        ("某市人民政府令第3号 某市河道管理条例", "一图读懂｜河道管理条例", True),
        ("【规范性文件】某市河道采砂规定", "【图解】河道采砂规定", True),
        (
            "某县人民政府关于印发某县应急总体预案的通知",
            "关于《某县人民政府关于印发某县应急总体预案的通知》的政策解读",
            True,
        ),
        ("某市人民政府印发某市停车设施管理办法的通知", "停车设施管理办法答记者问", True),
        ("某市人民政府令第3号 某市河道管理条例", "局长解读水库管理条例", False),
    ],
)
def test_titles_as_offices_write_them(policy: str, reading: str, paired: bool) -> None:
    document_ = document("d.html", policy, kind=ColumnKind.POLICY_DOCUMENTS)
    interpretation = document("i.html", reading, kind=ColumnKind.POLICY_INTERPRETATION)
    assert bool(pair((document_,), (interpretation,))) is paired


@pytest.mark.parametrize(
    ("title", "due"),
    [
        ("关于印发《某某办法》的通知", True),
        ("关于做好2026年夏粮收购工作的通知", True),
        ("关于王某任职的通知", False),
        ("关于公布行政规范性文件清理结果的通告", False),
        ("关于端午节放假的通知", False),
        ("关于表彰先进集体的决定", False),
        ("关于成立防汛工作领导小组的通知", False),
        ("关于同意设立某学校的批复", False),
        ("关于某政协提案的答复", False),
        ("关于开展安全生产大检查的通知", False),
    ],
)
def test_which_documents_owe_an_interpretation(title: str, due: bool) -> None:
    assert is_policy_document(title, ColumnKind.POLICY_DOCUMENTS) is due


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("《某办法》政策解读", True),
        ("某办法解读材料", True),
        ("图解某办法", True),
        ("一图读懂某办法", True),
        ("某办法政策问答", True),
        ("某局召开会议", False),
        ("宣讲《某办法》政策解读", False),
        ("工作会发布一图读懂某办法", False),
        ("开展一图读懂某办法", False),
        ("某办法的解读引热议", False),
    ],
)
def test_news_that_are_an_interpretation_and_news_that_tell_of_one(title: str, said: bool) -> None:
    assert is_interpretation(title, ColumnKind.NEWS) is said


def test_the_longest_bracketed_title_is_the_core_and_bare_titles_lose_their_frame() -> None:
    assert core_title("关于《甲乙丙丁》和《某市供水用水管理办法》的解读") == "某市供水用水管理办法"
    assert core_title("某市关于印发某市 Water-Plan 2030 供水方案的通知") == "某市WaterPlan2030供水方案"
    assert core_title("关于印发《关于某市供水用水管理办法的通知》的通知") == "某市供水用水管理办法"


def pairs_by(document_title: str, other_title: str, **more: Any) -> list[str]:
    one = document("zc/1.html", document_title, kind=POLICY)
    other = document("jd/1.html", other_title, kind=READING, **more)
    return [found.by for found in pair((one,), (one, other))]


def test_pages_that_stand_in_both_lists_are_no_pair_of_themselves() -> None:
    assert pairs_by("某市供水管理办法", "某市供水管理办法解读") == ["title"]


@pytest.mark.parametrize(
    ("one", "other", "paired"),
    [
        ("关于印发供水管理办法的通知", "供水管理办法解读", True),  # six characters are enough
        ("关于印发供水办法的通知", "供水办法解读", False),
        ("某市2025年供水用水节水工作实施方案", "某市2026年供水用水节水工作实施方案解读", False),
        ("某市十四五供水发展总体规划方案", "某市十五五供水发展总体规划方案解读", False),
        ("某市供水用水节水工作的实施方案", "某市供水用水节水工作实施方案解读", True),
        ("某市供水管理办法", "某市排水管理条例解读", False),
        ("某市2026年供水用水节水工作的实施方案", "某市2026年供水用水节水工作实施方案解读", True),
        ("某市城镇供水管理办法", "某市城镇供水管里办法解读", True),  # ten characters, one wrong
        ("县农村公路养护管理办法", "示范县乡村公路养护管理办法实施细则解读", False),
        ("某县农村公路养护管理办法", "示范某县乡村公路养护管理办法实施细则解读", True),  # twelve
    ],
)
def test_titles_alike_enough(one: str, other: str, paired: bool) -> None:
    assert bool(pairs_by(one, other)) is paired


def test_a_document_that_the_text_names_in_full_is_interpreted_there() -> None:
    one = "关于印发供水（试点）管理办法的通知"
    assert pairs_by(one, "政策解读", text="现就《关于供水（试点）管理办法》作如下说明") == ["title"]
    assert pairs_by(one, "政策解读", text="现就供水（试点）管理办法作如下说明") == []
    short = "关于印发供水管理办法的通知"
    assert pairs_by(short, "政策解读", text="现就《供水管理办法》作如下说明") == ["title"]


def test_addresses_that_differ_in_scheme_fragment_or_index_file_are_one() -> None:
    for there, linked in (
        ("zc/", "zc/index.html"),
        ("zc/default.shtml", "zc/"),
        ("zc/1.html", "zc/1.html#a"),
    ):
        one = document(there, "甲文件", kind=POLICY)
        other = document("jd/1.html", "乙文件解读", kind=READING, to=[linked])
        assert [found.by for found in pair((one,), (other,))] == ["link"], there
    secure = document("jd/1.html", "乙文件解读", kind=READING)
    link = Link(url="https://wjw.test/zc/1.html", text="文件", region=Region.BODY)
    one = document("zc/1.html", "甲文件", kind=POLICY)
    assert [found.by for found in pair((one,), (replace(secure, links=(link,)),))] == ["link"]
    other = replace(secure, links=(replace(link, url="https://wjw.test/zc/2.html"),))
    assert pair((one,), (other,)) == ()
    forward = replace(secure, links=(replace(link, url="https://sso.test/go?to=https://wjw.test/zc/1.html"),))
    assert pair((one,), (forward,)) == ()


def test_pictures_with_two_hundred_characters_are_text() -> None:
    one = document("jd/1.html", "某办法解读", kind=READING)
    assert form_of(replace(one, images=1, text="字" * 199)) == "picture"
    assert form_of(replace(one, images=1, text="字" * 200)) == "text"


@pytest.mark.parametrize(
    "title",
    [
        "图解：某市供水用水管理办法",
        "某市供水用水管理办法（试行）的通知",
        "关于转发关于某市供水用水管理办法的通知",
    ],
)
def test_what_stands_about_a_title_is_taken_off_twice(title: str) -> None:
    assert core_title(title) == "某市供水用水管理办法"
