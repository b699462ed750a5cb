"""What the home page and the columns' pages say themselves, for the checks on what is published."""

from typing import Any

from crawler.observe import observe
from domain.observation import Document, Unseen
from domain.page import Page, PageKind
from domain.snapshot import FetchStatus
from tests.observations import AS_OF, HOME, SITE, url
from tests.walks import article, home, item, page, registry, unseen_at, walked

MENU = (("tzgg/", "通知公告"), ("jgzn/", "机构职能"), ("ysqgk/", "依申请公开"))


def site_of(*pages: Page, **unseen: Any) -> Any:
    found = walked(*pages)
    if unseen:
        found = unseen_at(found, unseen["paths"], unseen.get("status", FetchStatus.BLOCKED))
    return observe(SITE, registry(), found, as_of=AS_OF)


def by_address(*pages: Page) -> dict[str, Document]:
    return {document.url: document for document in site_of(*pages).standing.whole()}


PAGES = (
    home(*MENU, words="首页标语\n通知公告"),
    page("tzgg/", words="首页标语\n本栏目说明", items=(item("a1.html", "2026-06-20"),)),
    article("a1.html", "一条信息的标题", "2026-06-20"),
    article("jgzn/", "机构职能"),
    page("ysqgk/", PageKind.FORM, words="在线申请说明", title="依申请公开"),
)


def test_home_and_lists_and_forms_are_told_with_their_own_words() -> None:
    found = by_address(*PAGES)
    assert found[HOME].text == "首页标语\n通知公告"
    assert found[HOME].unit == "U01"
    assert found[url("tzgg/")].title == "通知公告"
    assert found[url("ysqgk/")].text == "在线申请说明"


def test_what_all_pages_share_is_told_of_the_home_page_alone() -> None:
    assert by_address(*PAGES)[url("tzgg/")].text == "本栏目说明"


def test_columns_of_one_text_are_documents_already() -> None:
    assert url("jgzn/") not in by_address(*PAGES)
    documents = site_of(*PAGES).documents.get()
    assert url("jgzn/") in {document.url for document in documents}


def test_files_and_frames_of_a_column_belong_to_it() -> None:
    column = page(
        "tzgg/",
        items=(item("a1.html", "2026-06-20"),),
        frames=("in.html", "foot.html"),
        attachments=[("f.doc", "申请表")],
    )
    file = page("f.doc", PageKind.DOCUMENT, text="表格内容")
    inner = page("in.html", PageKind.OTHER, words="内嵌的话", text="内嵌的话")
    foot = page("foot.html", PageKind.OTHER, words="版权所有")
    (found,) = [
        d
        for d in site_of(home(MENU[0]), column, PAGES[2], file, inner, foot).standing.get()
        if d.url == url("tzgg/")
    ]
    assert {one.name: one.text.get() for one in found.attachments} == {
        "申请表": "表格内容",
        "内嵌页面": "内嵌的话",
    }


def test_what_was_not_read_leaves_it_incomplete() -> None:
    seen = site_of(*PAGES, paths=["tzgg/"]).standing
    assert not seen.complete
    assert url("tzgg/") not in {document.url for document in seen.get()}
    gone = site_of(*PAGES, paths=["ysqgk/"], status=FetchStatus.GONE).standing
    assert gone.complete
    assert isinstance(site_of(*PAGES, paths=[""]).standing, Unseen)
