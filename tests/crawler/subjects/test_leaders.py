"""Particulars of leaders: in running words, labelled, in tables, several on a page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.subjects.leaders import PARTICULARS, is_in_charge, leader_names, leader_particulars

ALL = frozenset(PARTICULARS)
PHOTO = ("http://a.test/upload/2026/zs.jpg",)

RUNNING = {
    "name": "张三，男，",
    "ethnicity": "汉族，",
    "birth": "1975年6月出生，",
    "education": "大学学历，",
    "political_status": "中共党员。",
    "current_post": "现任某某市水务局党组书记、局长。",
    "duties": "主持局全面工作，分管办公室。",
}
LABELLED = {
    "name": "姓    名：张三\n",
    "ethnicity": "民    族：汉\n",
    "birth": "出生年月：1975.06\n",
    "education": "学历：省委党校研究生\n",
    "political_status": "政治面貌：中共党员\n",
    "post": "职务：局长\n",
    "duties": "工作分工\n负责水资源管理\n",
}


def test_running_words_state_all() -> None:
    assert leader_particulars("".join(RUNNING.values()), images=PHOTO) == ALL


def test_labels_state_all() -> None:
    assert leader_particulars("".join(LABELLED.values()), images=PHOTO) == ALL


@pytest.mark.parametrize("missing", ["name", "ethnicity", "birth", "education", "political_status", "duties"])
@pytest.mark.parametrize("words", [RUNNING, LABELLED], ids=["running", "labelled"])
def test_what_is_left_out_is_missed(missing: str, words: dict[str, str]) -> None:
    text = "".join(part for name, part in words.items() if name != missing)
    assert ALL - leader_particulars(text, images=PHOTO) == {missing}


def test_without_any_post() -> None:
    text = "".join(part for name, part in RUNNING.items() if name != "current_post")
    assert ALL - leader_particulars(text, images=PHOTO) == {"post", "current_post"}


@pytest.mark.parametrize(
    "images", [(), ("http://a.test/images/logo.png",), ("http://a.test/img/icon_share.png",)]
)
def test_a_logo_is_no_photo(images: tuple[str, ...]) -> None:
    assert "photo" not in leader_particulars("".join(RUNNING.values()), images=images)


def test_empty_labels_state_nothing() -> None:
    text = "姓名：\n民族：\n出生年月：\n学历：\n政治面貌：\n职务：\n工作分工：\n"
    assert leader_particulars(text) == frozenset()


def test_a_table_states_what_stands_beside_its_labels() -> None:
    table = (
        ("姓名", "张三", "民族", "汉族"),
        ("出生年月", "1975年6月", "学历", "大学"),
        ("职务", "局长", "政治面貌", "中共党员"),
    )
    stated = leader_particulars("", tables=(table,))
    assert {"name", "ethnicity", "birth", "education", "post", "political_status"} <= stated


def test_the_title_may_name_person_and_post() -> None:
    assert "name" in leader_particulars("中共党员", title="张三")
    assert {"name", "post"} <= leader_particulars("中共党员", title="局长 张三")


def test_several_people_on_a_page_state_what_all_of_them_do() -> None:
    other = "".join(part for name, part in LABELLED.items() if name != "birth").replace("张三", "李四")
    both = "".join(LABELLED.values()) + "\n" + other
    assert "birth" not in leader_particulars(both, images=PHOTO * 2)
    assert "photo" not in leader_particulars(both, images=PHOTO)
    assert "photo" in leader_particulars(both, images=PHOTO * 2)


def test_an_autonomous_county_is_no_ethnicity() -> None:
    assert "ethnicity" not in leader_particulars("某某自治县 回族乡党委书记")


@given(st.text(max_size=200), st.text(max_size=20))
def test_any_text_is_read(text: str, title: str) -> None:
    assert leader_particulars(text, title=title) <= ALL


@pytest.mark.parametrize(
    "words",
    [
        "某某县教育局党组成员、副局长。",
        "某某县教育局总督学。",
        "现任县委教育工委委员、教育局党委书记。",
    ],
)
def test_a_post_at_the_end_of_a_life_is_the_present_one(words: str) -> None:
    text = "".join(part for name, part in RUNNING.items() if name != "current_post") + words
    assert leader_particulars(text, images=PHOTO) == ALL


def test_a_former_post_is_not_the_present_one() -> None:
    text = "".join(part for name, part in RUNNING.items() if name != "current_post")
    stated = leader_particulars(f"{text}曾任某某县教育局副局长。", images=PHOTO)
    assert "current_post" not in stated


def test_duties_after_a_colon() -> None:
    text = "".join(part for name, part in RUNNING.items() if name != "duties")
    assert leader_particulars(f"{text}\n负责：职业教育、校外培训监管。", images=PHOTO) == ALL


def test_several_people_in_running_words() -> None:
    one = "".join(RUNNING.values())
    other = "".join(part for name, part in RUNNING.items() if name != "education").replace("张三", "李四")
    assert ALL - leader_particulars(f"{one}\n{other}", images=PHOTO * 2) == {"education"}
    assert ALL - leader_particulars(f"{one}\n{one}", images=PHOTO) == frozenset()


def test_a_caption_above_each_belongs_to_the_one_below() -> None:
    words = "，男，汉族，1975年6月出生，大学学历，中共党员。\n主持局全面工作，分管办公室。"
    text = f"党组书记、局长 张三\n张三{words}\n副局长\n李四\n李四{words}"
    missing = ALL - leader_particulars(text, images=PHOTO * 2)
    assert missing == {"current_post"}


def test_people_in_the_rows_of_a_table() -> None:
    header = ("照片", "姓名", "民族", "出生年月", "学历", "政治面貌", "职务", "分工")
    rows = (
        ("", "张三", "汉", "1975.06", "大学", "中共党员", "局长", "主持全面工作"),
        ("", "李四", "汉", "1978.01", "", "中共党员", "副局长", "分管财务"),
    )
    text = (
        "\n".join(" ".join(row) for row in (header, *rows))
        .replace("张三", "张三 男")
        .replace("李四", "李四 男")
    )
    assert ALL - leader_particulars(text, images=PHOTO * 2, tables=((header, *rows),)) == {"education"}


def test_names_of_those_presented() -> None:
    assert leader_names("姓名：张三\n职务：局长\n李四，女，汉族") == {"张三", "李四"}
    assert leader_names("姓名：\n办公电话") == frozenset()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("分工：协助局长工作，负责办公室、政务公开、信访工作。", True),
        ("分管政府信息公开和档案工作", True),
        ("工作分工\n主持全面工作，分管财务", False),
        ("主持全面工作。\n政府信息公开指南", False),
        ("负责网站政务公开专栏以外的业务", False),
        ("首页 > 政务公开 > 领导信息", False),
    ],
)
def test_who_is_in_charge_of_openness(text: str, told: bool) -> None:
    assert is_in_charge(text) is told


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("education", "张三，男，汉族，全日制大学，中共党员"),
        ("education", "张三，男，汉族，中央党校大学，中共党员"),
        ("duties", "负责人事、纪检工作。"),
        ("duties", "负责人才引进和人口监测。"),
    ],
)
def test_forms_that_offices_use(name: str, text: str) -> None:
    assert name in leader_particulars(text)


@pytest.mark.parametrize(
    ("name", "text"), [("education", "曾在全日制大学城工作"), ("duties", "负责人：张三")]
)
def test_what_only_sounds_like_them(name: str, text: str) -> None:
    assert name not in leader_particulars(text)
