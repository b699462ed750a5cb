"""What links are worth."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.spiders.leads import descends, leads_of
from crawler.spiders.names import (
    fits_block,
    fits_item_column,
    fits_menu,
    looks_like_article,
    pattern_of,
    runs_in_circles,
    year_named,
)
from crawler.spiders.scope import Scope
from crawler.spiders.visit import Order, Visit
from domain.page import Item, Link, Page, PageKind, Region

HOME = "http://www.a.gov.cn/"


def page(**facts: Any) -> Page:
    base = {"url": HOME, "adapter": "generic", "charset": "utf-8", "kind": PageKind.HOME, "title": ""}
    return Page(**{**base, **facts})


def visit(**facts: Any) -> Visit:
    return Visit(**{"url": HOME, "key": HOME, "role": "home", "order": Order.HOME, "text": "首页", **facts})


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("通知公告", True),
        ("政府信息公开指南", True),
        ("机构职能", True),
        ("首页", False),
        ("网站首页", False),
        ("返回首页", False),
        ("", False),
        ("登录", False),
        ("下一页", False),
        ("12", False),
        ("2026年6月", False),
        ("English", False),
        ("无障碍浏览", False),
        ("设为首页", False),
        ("> >", False),
        ("一" * 31, False),
    ],
)
def test_what_a_menu_may_lead_to(text: str, fits: bool) -> None:
    assert fits_menu(text, HOME + "x/") is fits


@pytest.mark.parametrize(
    ("text", "year"),
    [("2025", 2025), ("2025年", 2025), ("[2024年度]", 2024), ("2025年6月", None), ("年报", None)],
)
def test_columns_of_one_year(text: str, year: int | None) -> None:
    assert year_named(text) == year
    assert year is None or fits_menu(text, HOME + "x/")


def test_of_years_only_the_last_ones_are_needed_and_none_to_come() -> None:
    links = tuple(
        Link(url=f"{HOME}nb/{year}/", text=f"{year}年", region=Region.NAV)
        for year in (2027, 2026, 2025, 2024)
    )
    leads = [
        one
        for one in leads_of(page(links=links), visit(), Scope(HOME), {}, this_year=2026)
        if one.role != "link"
    ]
    assert {lead.text: lead.candidate for lead in leads} == {"2026年": True, "2025年": True, "2024年": False}


def test_on_a_foreign_platform_the_names_of_offices_lead_to_other_units() -> None:
    assert fits_menu("教育局", HOME + "x/")
    assert not fits_menu("教育局", HOME + "x/", foreign=True)


@pytest.mark.parametrize(
    ("text", "url", "fits"),
    [
        ("通知公告", "x/", True),
        ("更多", "x/", True),
        ("更多>>", "x/", True),
        ("MORE", "x/", True),
        ("更多", "art/2026/1/2/art_1_2.html", False),
        ("关于做好防汛工作的通知", "x/", False),
        ("我市召开防汛会议", "t20260101_123.html", False),
        ("2026", "x/", True),
        ("31", "x/", False),
        ("走进某局", "x/", True),
        ("一段很长的不像栏目名称的文字内容", "x/", False),
    ],
)
def test_what_a_block_may_lead_to(text: str, url: str, fits: bool) -> None:
    assert fits_block(Link(url=HOME + url, text=text), HOME + url) is fits


@pytest.mark.parametrize(
    ("title", "fits"),
    [
        ("信息公开指南", True),
        ("通知公告", True),
        ("2025年度报告", False),
        ("《办法》解读", False),
        ("关于做好通知公告工作", False),
    ],
)
def test_undated_entries_that_are_columns(title: str, fits: bool) -> None:
    assert fits_item_column(title, HOME + "x/") is fits


@pytest.mark.parametrize(
    "path",
    [
        "art/2025/12/19/art_76_1558865.html",
        "info/1050/64208.htm",
        "xw/t20240424_4521132.html",
        "c133076/202204/0123456789abcdef.shtml",
        "008/008004/20260203/6d4c2f1a-1111-4222-8333-123456789abc.html",
        "content/show/article.jsp?id=5",
        "zwgk/2026-06/30/content_1234.htm",
        "news_12345.html",
    ],
)
def test_addresses_of_articles(path: str) -> None:
    assert looks_like_article(HOME + path)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "tzgg/",
        "col/col42150/index.html",
        "tzgg/index_1.html",
        "list.jsp?id=5",
        "xxgk/gknb/",
        "node_120.htm",
    ],
)
def test_addresses_of_columns(path: str) -> None:
    assert not looks_like_article(HOME + path)


def test_patterns() -> None:
    assert pattern_of(HOME + "cal?m=1&y=2") == pattern_of(HOME + "cal?y=9&m=8")
    assert pattern_of(HOME + "a1/b2.html") == pattern_of(HOME + "a7/b99.html")
    assert pattern_of(HOME + "a/") != pattern_of(HOME + "b/")


def test_circles() -> None:
    assert runs_in_circles(HOME + "a/b/" * 4)
    assert runs_in_circles(HOME + "x" * 3000)
    assert not runs_in_circles(HOME + "zwgk/gkml/bm/wjj/tzgg/")


def item(day: date | None, *, pinned: bool = False) -> Item:
    return Item(title="x", url=HOME, day=day, pinned=pinned)


def test_a_list_newest_first() -> None:
    new, old = date(2026, 6, 2), date(2026, 6, 1)
    assert descends((item(new), item(new), item(old)))
    assert descends((item(old, pinned=True), item(new), item(old)))
    assert not descends((item(old), item(new)))
    assert not descends((item(new), item(None)))
    assert not descends((item(new),))
    assert not descends(())


def test_an_address_known_is_given_only_when_it_may_move_up() -> None:
    waiting = visit(url=HOME + "tzgg/", key=HOME + "tzgg/", role="link", order=Order.LINK)
    links = (Link(url=HOME + "tzgg/", text="通知公告", region=Region.NAV),)
    [lead] = leads_of(page(links=links), visit(), Scope(HOME), {HOME + "tzgg/": waiting})
    assert (lead.role, lead.candidate) == ("column", True)
    waiting.taken = True
    assert [
        one.role for one in leads_of(page(links=links), visit(), Scope(HOME), {waiting.key: waiting})
    ] == ["column"]
    waiting.role = "article"
    assert not list(leads_of(page(links=links), visit(), Scope(HOME), {HOME + "tzgg/": waiting}))
    assert not list(leads_of(page(links=links), visit(), Scope(HOME), {HOME + "tzgg/": None}))


def test_on_an_article_only_menu_and_crumbs_lead_to_columns() -> None:
    links = (
        Link(url=HOME + "a/", text="通知公告", region=Region.CRUMB),
        Link(url=HOME + "b/", text="政策文件", region=Region.BODY),
    )
    leads = leads_of(page(links=links, kind=PageKind.ARTICLE), visit(role="article"), Scope(HOME), {})
    assert {lead.key: lead.role for lead in leads if lead.role != "link"} == {HOME + "a/": "column"}


def test_a_site_map_leads_to_all_it_names() -> None:
    links = (Link(url=HOME + "a/", text="一个名称比较长但确实存在的栏目名称", region=Region.BODY),)
    found = leads_of(
        page(links=links, kind=PageKind.OTHER), visit(role="column", text="网站地图"), Scope(HOME), {}
    )
    assert [lead.role for lead in found if lead.candidate] == ["column"]


def test_entries_that_are_files_are_attachments() -> None:
    items = (
        Item(title="2025年报", url=HOME + "f/1.pdf", day=date(2026, 1, 20)),
        Item(title="图片", url=HOME + "f/1.jpg", day=date(2026, 1, 20)),
    )
    found = leads_of(page(items=items, kind=PageKind.LIST), visit(role="column"), Scope(HOME), {})
    assert [(lead.key, lead.role) for lead in found] == [(HOME + "f/1.pdf", "attachment")]


@given(
    texts=st.lists(st.text(max_size=20), max_size=5),
    urls=st.lists(st.text(max_size=40), max_size=5),
    role=st.sampled_from(["home", "column", "article", "pager", "frame"]),
)
def test_no_page_makes_it_fail(texts: list[str], urls: list[str], role: Any) -> None:
    links = tuple(Link(url=url, text=text) for url, text in zip(urls, texts, strict=False))
    items = tuple(Item(title=link.text, url=link.url) for link in links)
    strange = page(
        links=links, items=items, pager=tuple(urls), frames=tuple(urls), feeds=tuple(urls), forward="x"
    )
    for lead in leads_of(strange, visit(role=role), Scope(HOME), {}):
        assert lead.order >= 0


def test_a_name_that_begins_like_a_day_of_the_week_may_be_a_column() -> None:
    assert fits_menu("周涛", HOME + "x/")
    assert not fits_menu("周三", HOME + "x/")
    assert not fits_menu("星期日", HOME + "x/")


def test_a_table_in_a_column_of_reports_leads_to_articles_and_files() -> None:
    links = tuple(
        Link(url=f"{HOME}nb/{name}", text="2025年", region=region)
        for name, region in (("a.html", Region.OTHER), ("b.docx", Region.BODY), ("c.html", Region.FOOT))
    )
    reports = page(url=HOME + "nb/", kind=PageKind.OTHER, title="年报", links=links)
    seen = visit(url=HOME + "nb/", key=HOME + "nb/", role="column", text="政府信息公开年报")
    roles = {lead.url: lead.role for lead in leads_of(reports, seen, Scope(HOME), {}, this_year=2026)}
    assert roles == {
        HOME + "nb/a.html": "article",
        HOME + "nb/b.docx": "attachment",
        HOME + "nb/c.html": "link",
    }


def test_the_foot_of_a_site_map_leads_to_no_columns() -> None:
    links = tuple(
        Link(url=f"{HOME}{name}/", text=text, region=region)
        for name, text, region in (
            ("gzdt", "工作动态", Region.BODY),
            ("ba", "闽ICP备06012345号", Region.FOOT),
        )
    )
    seen = visit(url=HOME + "map/", key=HOME + "map/", role="column", text="网站地图")
    found = leads_of(page(url=HOME + "map/", kind=PageKind.OTHER, links=links), seen, Scope(HOME), {})
    assert [lead.url for lead in found if lead.role == "column"] == [HOME + "gzdt/"]


@pytest.mark.parametrize(
    ("words", "role"),
    [("个人简历", "article"), ("领导分工", "article"), ("简历下载", "link"), ("宣传分工", "link")],
)
def test_a_page_for_a_part_of_a_leaders_page_is_read(words: str, role: str) -> None:
    profile = page(
        url=HOME + "ld/1.html",
        kind=PageKind.ARTICLE,
        links=(Link(url=HOME + "ld/part1.html", text=words, region=Region.BODY),),
    )
    from_it = visit(url=HOME + "ld/1.html", key=HOME + "ld/1.html", role="article", order=Order.ARTICLE)
    assert [lead.role for lead in leads_of(profile, from_it, Scope(HOME), {})] == [role]
