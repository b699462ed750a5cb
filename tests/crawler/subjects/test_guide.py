"""Readings of disclosure guides: each element, in several wordings, and what only looks like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.subjects.guide import ELEMENTS, guide_elements, mentions_fees
from domain.page import Link, Region

ALL = frozenset(ELEMENTS)

SECTIONED = {
    "classification": "一、政府信息的分类\n本机关公开的信息分为机构、政策、规划、财政和业务五类。\n",
    "arrangement": "二、编排体系\n各条信息依索引号、名称、生成日期依次编排。\n",
    "access_methods": "三、获取方式\n公众可登录本级政府门户网站，或到市档案馆查阅。\n",
    "office_name": "四、政府信息公开工作机构\n机构名称：某某市水务局办公室\n",
    "office_address": "办公地址：某某市滨河路18号3楼305室\n",
    "office_hours": "办公时间：工作日上午8:30至12:00，下午14:00至17:30\n",
    "phone": "联系电话：0599-5381204\n",
    "fax": "传真号码：0599-5381205\n",
    "internet_contact": "互联网联系方式：swj@example.gov.cn\n",
}
RUNNING = {
    "classification": "本局主动公开的政府信息按内容分类，主要有以下几个方面。",
    "arrangement": "目录按照索引号编排。",
    "access_methods": "您可以通过本局网站、公共查阅点获取上述信息。",
    "office_name": "本局政府信息公开工作机构为某某市水务局办公室，",
    "office_address": "地址：滨河路１８号，",
    "office_hours": "受理时间：周一至周五８：３０—１７：００（节假日除外），",
    "phone": "电 话：（０５９９）５３８１２０４，",
    "fax": "传 真：０５９９—５３８１２０５，",
    "internet_contact": "电子邮箱：swj＠example.gov.cn。",
}
SPLIT = {
    "classification": "（一）信息分类\n本单位的信息分为两大类。\n",
    "arrangement": "（二）信息编排体系\n索引号由地区代码、类别号、年号、流水号组成。\n",
    "access_methods": "（三）公开形式\n1.门户网站\n2.公告栏\n",
    "office_name": "（四）受理机构\n某某县某某镇人民政府党政办公室\n",
    "office_address": "通讯地址\n某某县某某镇人民路1号\n",
    "office_hours": "工作时间\n夏季\n8:00-12:00，15:00-18:00\n",
    "phone": "咨询电话\n0599\n—\n5381204\n",
    "fax": "传真\n0599\n—\n5381205\n",
    "internet_contact": "网址\nhttp://www.example.gov.cn/\n",
}
GUIDES = {"sectioned": SECTIONED, "running": RUNNING, "split": SPLIT}


@pytest.mark.parametrize("guide", GUIDES)
def test_a_full_guide_states_all(guide: str) -> None:
    assert guide_elements("".join(GUIDES[guide].values()), ()) == ALL


@pytest.mark.parametrize("guide", GUIDES)
@pytest.mark.parametrize("element", ELEMENTS)
def test_each_element_left_out_is_the_one_missed(guide: str, element: str) -> None:
    text = "".join(part for name, part in GUIDES[guide].items() if name != element)
    assert ALL - guide_elements(text, ()) == {element}


@pytest.mark.parametrize("element", ELEMENTS)
def test_order_does_not_matter(element: str) -> None:
    parts = [part for name, part in SECTIONED.items() if name != element]
    assert ALL - guide_elements("".join([*parts[4:], *parts[:4]]), ()) == {element}


@pytest.mark.parametrize(
    "element", ["office_name", "office_address", "office_hours", "phone", "fax", "internet_contact"]
)
@pytest.mark.parametrize("blank", ["", "　", "\n", "——", "/", "×××", "____"])
def test_a_label_without_a_value_states_nothing(element: str, blank: str) -> None:
    parts = dict(SECTIONED)
    label = parts[element].rstrip("\n").split("：")[0]
    parts[element] = f"{label}：{blank}\n"
    if element == "office_name":
        parts[element] = f"四、机构信息\n机构名称：{blank}\n"
    assert ALL - guide_elements("".join(parts.values()), ()) == {element}


def test_a_heading_with_nothing_below_it_states_nothing() -> None:
    assert guide_elements("一、信息分类\n二、编排体系\n三、获取方式\n网站、公告栏。\n", ()) == {
        "access_methods"
    }
    assert guide_elements("一、信息分类\n（一）机构\n（二）政策\n二、编排体系\n", ()) == {"classification"}
    assert guide_elements("信息分类：\n一、机构信息\n二、政策信息\n", ()) == {"classification"}
    assert guide_elements("信息分类：\n编排体系：按索引号编排\n", ()) == {"arrangement"}
    assert guide_elements("信息分类：", ()) == frozenset()


def test_two_sections_on_supervision_are_both_left_out() -> None:
    text = (
        "一、监督方式\n监督和投诉渠道\n电话：0599-5550000\n二、权利救济和投诉\n传真：0599-5550001\n"
        "三、工作机构\n地址：和平路2号\n"
    )
    assert guide_elements(text, ()) == {"office_address"}


def test_the_sentence_that_lists_the_elements_states_none() -> None:
    text = (
        "本指南包括政府信息的分类、编排体系、获取方式，政府信息公开工作机构的名称、办公地址、办公时间、"
        "联系电话、传真号码、互联网联系方式等内容，每年更新一次。"
    )
    assert guide_elements(text, ()) == frozenset()


def test_contacts_of_the_supervisory_body_are_not_the_offices() -> None:
    text = (
        "一、信息分类\n信息按内容分类为五种。\n五、监督方式及程序\n监督机构：某某市监察委员会\n地址：和平路2号\n"
        "电话：0599-5550000\n传真：0599-5550001\n电子邮箱：jw@example.gov.cn\n办公时间：周一至周五8:30-17:00\n"
    )
    assert guide_elements(text, ()) == {"classification"}
    assert "phone" not in guide_elements("监督电话：0599-5550000\n", ())


def test_the_acceptance_office_counts_as_the_office() -> None:
    text = "申请受理机构：某某局办公室\n受理地址：和平路2号\n受理时间：工作日9:00-17:00\n"
    assert guide_elements(text, ()) == {"office_name", "office_address", "office_hours"}


def test_an_application_form_at_the_end_states_nothing() -> None:
    text = "某某县政府信息公开申请表\n申请人信息\n通信地址\n联系电话\n电子邮箱\n传真\n申请时间\n年\n月\n"
    assert guide_elements(text, ()) == frozenset()


def test_tables_with_labels_beside_or_above_their_values() -> None:
    labels = ("机构名称", "办公地址", "办公时间", "联系电话", "传真", "电子邮箱")
    cells = (
        "某某局办公室",
        "和平路2号",
        "周一至周五9:00-17:00",
        "0599-5381204",
        "0599-5381205",
        "a@example.cn",
    )
    wanted = {"office_name", "office_address", "office_hours", "phone", "fax", "internet_contact"}
    assert guide_elements("", (), [(labels, cells)]) == wanted
    assert guide_elements("", (), [tuple(zip(labels, cells, strict=True))]) == wanted
    assert guide_elements("\t".join(labels) + "\n" + "\t".join(cells), ()) == wanted
    assert guide_elements("\n".join((*labels, *cells)), ()) == wanted
    blank = (*cells[:4], "", cells[5])
    assert guide_elements("", (), [(labels, blank)]) == wanted - {"fax"}


def test_a_shared_number_for_phone_and_fax_states_both() -> None:
    assert guide_elements("电话（传真）：0599-5381204", ()) == {"phone", "fax"}
    assert guide_elements("联系电话/传真：0599-5381204", ()) == {"phone", "fax"}


def test_a_unit_that_says_it_has_no_fax_has_stated_it() -> None:
    assert guide_elements("传真：无\n", ()) == {"fax"}
    assert guide_elements("联系电话：无\n", ()) == frozenset()


def test_a_mail_link_of_the_body_is_an_internet_contact() -> None:
    mail = Link(url="mailto:a@example.gov.cn", text="联系我们", region=Region.BODY)
    assert guide_elements("本指南", (mail,)) == {"internet_contact"}
    foot = Link(url="mailto:a@example.gov.cn", text="联系我们", region=Region.FOOT)
    assert guide_elements("本指南", (foot,)) == frozenset()


def test_metadata_of_the_page_is_no_classification() -> None:
    assert guide_elements("索引号：A01 主题分类：政务公开 体裁分类：其他", ()) == frozenset()


def test_traditional_characters_are_read() -> None:
    text = "受理機構為某某區政府辦公室。辦公地址：體育路16號 聯系電話：0371-22786565 傳真：0371-22786865"
    assert {"office_name", "office_address", "phone", "fax"} <= guide_elements(text, ())


@pytest.mark.parametrize(
    "text",
    [
        "行政机关依申请提供政府信息，不收取费用。",
        "收费标准：按国家规定收取信息处理费。",
        "检索、复制、邮寄等成本费用按规定执行",
        "本机关提供政府信息免费",
        "（三）收费标准",
    ],
)
def test_words_on_fees(text: str) -> None:
    assert mentions_fees(text)


@pytest.mark.parametrize(
    "text",
    [
        "公开行政事业性收费项目及其依据、标准。",
        "公众可登录网站查阅。",
        "三公经费",
        "某某县政府信息公开申请表\n申请人信息\n证件号码\n是否申请减免费用\n",
    ],
)
def test_words_that_are_not_on_fees(text: str) -> None:
    assert not mentions_fees(text)


@given(st.text(max_size=400))
def test_any_text_is_read(text: str) -> None:
    assert guide_elements(text, ()) <= ALL
    assert mentions_fees(text) in (True, False)


@pytest.mark.parametrize(
    "text",
    [
        "本机关公开的信息包括以下种类：概况类、政策类。",
        "主动公开的政府信息共有十类，具体为机构职能、政策文件等。",
        "公开的政府信息分为几大类：机构概况、法规公文、工作动态。",
    ],
)
def test_kinds_of_information_named_apart_from_the_word(text: str) -> None:
    assert "classification" in guide_elements(text, [])


def test_lines_whose_labels_are_set_apart() -> None:
    text = (
        "名 称：某某镇党政办公室\n地 址：某某镇政府路8号\n工 作 时 间：工作日9:00—12:00，13:30—17:00\n"
        "电 话：0512-52301111\n传 真：0512-52302222\n互联网联系方式：http://www.example.gov.cn/ysq/\n"
    )
    office = {"office_name", "office_address", "office_hours", "phone", "fax", "internet_contact"}
    assert guide_elements(text, []) >= office


def test_labels_in_brackets_and_what_obtaining_is_called() -> None:
    text = (
        "【信息分类】机构职能、政策文件、规划计划等类别\n【编排体系】由索引号、名称、发布日期组成\n"
        "【信息的获取】主动公开和依申请公开两种方式\n【工作机构名称】某县水利局办公室\n【办公地址】县城文明路18号\n"
        "【办公时间】工作日8:30-12:00，14:30-17:30\n【联系电话】0797-2831234\n"
        "【传　真】0797-2831235\n【电子邮箱】mj@163.com\n"
    )
    assert guide_elements(text, ()) == frozenset(ELEMENTS)
    for label in ("传　真", "办公地址", "信息的获取", "工作机构名称"):
        lines = [line for line in text.split("\n") if label not in line]
        assert len(guide_elements("\n".join(lines), ())) == len(ELEMENTS) - 1
