"""The five functions of on-request columns: offered by links, files, forms and headings, not by mentions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.subjects.on_request import FUNCTIONS, functions_named, offered_functions
from domain.page import Region
from tests.crawler.subjects.pages import form, items, links, page

NAMED = {
    "flowchart": ["依申请公开流程图", "申请流程", "办理流程图", "政府信息依申请公开工作流程"],
    "instructions": [
        "依申请公开须知",
        "申请须知",
        "依申请公开指南",
        "申请说明",
        "怎样提出申请",
        "填写说明",
        "依申请公开说明",
    ],
    "progress_query": [
        "申请进度查询",
        "依申请公开进度查询",
        "网上申请结果查询",
        "申请状态查询",
        "办理结果查询",
        "查询申请",
    ],
    "online_form": [
        "在线申请",
        "网上申请",
        "依申请公开在线填报",
        "我要申请",
        "网上依申请公开",
        "在线填写申请",
        "互联网申请",
    ],
    "form_download": [
        "申请表下载",
        "政府信息公开申请表",
        "下载申请表",
        "表格下载",
        "某某县政府信息公开申请表",
    ],
}


@pytest.mark.parametrize(("function", "name"), [(f, n) for f, names in NAMED.items() for n in names])
def test_names_of_each_function(function: str, name: str) -> None:
    assert functions_named(name) == {function}
    assert offered_functions([page(links=links(name))]) == {function}
    assert offered_functions([page(items=items(name))]) == {function}
    assert offered_functions([page(f"依申请公开\n{name}\n")]) == {function}


@pytest.mark.parametrize(
    "name",
    [
        "办件进度查询",
        "信件查询",
        "政府信息公开指南",
        "办事流程",
        "政府信息公开规定",
        "首页",
        "通知公告",
        "依申请公开",
        "下载",
        "企业网上申请",
        "投诉结果查询",
    ],
)
def test_names_of_other_things(name: str) -> None:
    assert functions_named(name) == frozenset()


def test_a_column_with_all_five() -> None:
    names = [names[0] for names in NAMED.values()]
    assert offered_functions([page(links=links(*names))]) == frozenset(FUNCTIONS)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_the_one_left_out_is_the_one_missed(function: str) -> None:
    names = [names[0] for key, names in NAMED.items() if key != function]
    assert frozenset(FUNCTIONS) - offered_functions([page(links=links(*names))]) == {function}


def test_functions_of_several_pages_count_together() -> None:
    pages = [page(links=links("申请须知")), page(links=links("申请进度查询"))]
    assert offered_functions(pages) == {"instructions", "progress_query"}


def test_sentences_that_mention_functions_offer_none() -> None:
    text = "申请人可下载申请表填写，也可在线申请，并可查询申请进度，详见流程图和须知。"
    assert offered_functions([page(text)]) == frozenset()


def test_a_text_that_tells_how_to_apply_is_instructions() -> None:
    text = (
        "公民、法人或者其他组织需要本机关主动公开以外的政府信息，可以书面提出申请，说明申请人的姓名或者名称、身份证明、联系方式，"
        "写明所需信息的名称、文号或者便于查询的其他特征性描述。可以当面、信函或者传真递交。"
        "本机关收到后出具登记回执，能当场答复的当场答复，不能当场答复的在二十个工作日内答复。"
    )
    assert offered_functions([page(text)]) == {"instructions"}


def test_foot_links_and_general_menu_links_do_not_count() -> None:
    assert offered_functions([page(links=links("表格下载", "在线申请", region=Region.FOOT))]) == frozenset()
    assert offered_functions([page(links=links("表格下载", "结果查询", region=Region.NAV))]) == frozenset()
    assert offered_functions([page(links=links("依申请公开申请表下载", region=Region.NAV))]) == {
        "form_download"
    }


def test_forms_by_what_they_ask() -> None:
    apply = form("申请人姓名 证件号码 联系电话 所需信息内容描述", "name", "id", "phone", "content")
    assert offered_functions([page(forms=(apply,))]) == {"online_form"}
    query = form("申请编号 查询码 查询", "no", "code")
    assert offered_functions([page(forms=(query,))]) == {"progress_query"}
    search = form("请输入关键字 搜索", "q")
    assert offered_functions([page(forms=(search,))]) == frozenset()


def test_files_and_pictures() -> None:
    attached = page(attachments=links("附件：某县依申请公开表.doc|http://a.test/1.doc"))
    assert offered_functions([attached]) == {"form_download"}
    hashed = page(title="某某县政府信息公开申请表", attachments=links("0e61.doc|http://a.test/0e61.doc"))
    assert offered_functions([hashed]) == {"form_download"}
    picture = page(images=("http://a.test/images/ysqgklct.jpg",))
    assert offered_functions([picture]) == {"flowchart"}
    assert offered_functions([page(images=("http://a.test/images/logo.jpg",))]) == frozenset()


@given(st.text(max_size=60))
def test_any_name_is_read(name: str) -> None:
    assert functions_named(name) <= set(FUNCTIONS)


def test_script_buttons_count_though_they_have_no_address() -> None:
    assert offered_functions([page(buttons=("网上依申请公开", "申请结果查询"))]) == {
        "online_form",
        "progress_query",
    }


def test_a_line_that_gives_the_instructions_under_their_name_offers_them() -> None:
    assert offered_functions([page("申请须知：公民、法人可以书面申请获取政府信息。")]) == {"instructions"}
    assert offered_functions([page("申请须知：建设中，敬请期待，谢谢您的关注。")]) == frozenset()
