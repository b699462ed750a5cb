"""Which addresses belong to a site."""

import pytest

from crawler.spiders.scope import Scope, folder_of, names_unit, place_of
from crawler.spiders.surroundings import places_of
from domain.page import Link, Page, PageKind

HOME = "http://www.a.gov.cn/"


def page(url: str, *links: str) -> Page:
    return Page(
        url=url,
        adapter="generic",
        charset="utf-8",
        kind=PageKind.HOME,
        title="",
        links=tuple(Link(url=link, text="x") for link in links),
    )


def test_the_parts_of_an_address() -> None:
    assert place_of("http://www.a.gov.cn:81/x/y.html?z") == ("a.gov.cn:81", "/x/y.html")
    assert place_of("nonsense") == ("", "")
    assert folder_of("/a/b.html") == "/a/"
    assert folder_of("/a/b") == "/a/b/"
    assert folder_of("/") == "/"


@pytest.mark.parametrize(
    ("key", "owned"),
    [
        ("http://www.a.gov.cn/x/", True),
        ("http://a.gov.cn/x/", True),
        ("https://www.a.gov.cn/x/", True),
        ("http://www.a.gov.cn:8080/x/", False),
        ("http://b.a.gov.cn/x/", False),
        ("http://www.a.gov.cn.evil.com/", False),
        ("nonsense", False),
    ],
)
def test_a_site_is_its_host(key: str, owned: bool) -> None:
    assert Scope(HOME).owns(key) is owned


def test_a_folder_is_settled_by_the_links_of_its_home_page() -> None:
    inside = Scope(HOME + "wjj/")
    inside.settle(page(HOME + "wjj/", HOME + "wjj/a/", HOME + "wjj/b/", HOME))
    assert inside.owns(HOME + "wjj/c/")
    assert not inside.owns(HOME + "jyj/")
    beside = Scope(HOME + "web/index.html")
    beside.settle(page(HOME + "web/", HOME + "col/1/", HOME + "col/2/", HOME + "web/a/"))
    assert beside.owns(HOME + "col/3/")


def test_a_folder_on_a_neighbours_host_stays_a_folder() -> None:
    scope = Scope(HOME + "wjj/", places_of([HOME, HOME + "wjj/", HOME + "jyj/"]))
    scope.settle(page(HOME + "wjj/", HOME + "a/", HOME + "b/"))
    assert scope.owns(HOME + "wjj/a/")
    assert not scope.owns(HOME + "a/")
    assert scope.is_neighbours(HOME + "a/")


def test_the_folder_of_a_neighbour_is_the_neighbours() -> None:
    scope = Scope(HOME, places_of([HOME, HOME + "wjj/"]))
    assert scope.owns(HOME + "tzgg/")
    assert not scope.owns(HOME + "wjj/tzgg/")
    assert not scope.owns(HOME + "wjj")


def test_the_same_home_registered_twice_is_no_neighbour() -> None:
    assert Scope(HOME, places_of([HOME, HOME + "index.html"])).owns(HOME + "x/")


def test_a_declared_column_elsewhere_takes_only_its_folder_along() -> None:
    scope = Scope(HOME)
    scope.add_list("http://p.gov.cn/wjj/tzgg/index.html")
    scope.add_list("http://q.gov.cn/list.jsp?id=5")
    assert scope.owns("http://p.gov.cn/wjj/tzgg/index_1.html")
    assert not scope.owns("http://p.gov.cn/wjj/")
    assert not scope.owns("http://q.gov.cn/list.jsp?id=6")


@pytest.mark.parametrize(
    ("text", "url", "platform"),
    [
        ("政府信息公开", "http://xxgk.gov.cn/wjj/", True),
        ("政务公开", "http://127.0.0.1:8102/", True),
        ("依申请公开", "http://xxgk.gov.cn/ysq/", True),
        ("通知公告", "http://xxgk.gov.cn/wjj/", False),
        ("江苏省政府信息公开", "http://www.jiangsu.gov.cn/", False),
        ("国务院信息公开", "http://www.gov.cn/", False),
        ("政府信息公开", HOME + "xxgk/", False),
        ("政府信息公开", "http://n.gov.cn/", False),
        ("关于印发政府信息公开工作要点的通知各单位", "http://x.gov.cn/", False),
    ],
)
def test_platforms_by_the_name_of_the_link(text: str, url: str, platform: bool) -> None:
    assert Scope(HOME, places_of(["http://n.gov.cn/"])).is_platform(text, url) is platform


def test_a_departments_section_of_its_portal_and_the_portals_own() -> None:
    scope = Scope(HOME + "wjj/")
    assert scope.is_platform("信息公开", HOME + "zwgk/wjj/")
    assert not scope.is_platform("信息公开", HOME + "zwgk/")
    assert scope.is_shared_platform("信息公开", HOME + "zwgk/")


@pytest.mark.parametrize(
    ("text", "unit"), [("教育局", True), ("某某镇", True), ("通知公告", False), ("乡", False)]
)
def test_names_of_offices(text: str, unit: bool) -> None:
    assert names_unit(text) is unit
