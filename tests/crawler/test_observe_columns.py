"""Which columns are found, under which name, kind and place."""

from dataclasses import replace

import pytest

from crawler.observe import observe
from domain.observation import Column, Seen, SiteObservation, Unseen
from domain.page import PageKind, Region
from domain.snapshot import FetchStatus, Via
from domain.target import ColumnKind, Site
from domain.walk import Pending, Walk
from tests.observations import AS_OF, SITE, declared, url, with_declared
from tests.walks import article, home, item, links, nav, page, registry, sighting, unseen_at, walk, walked

ENTRY = item("tzgg/a1.html", "2026-06-20")


def seen_on(one: Walk, site: Site = SITE, **more) -> SiteObservation:
    return observe(site, registry(site=site, **more), one, as_of=AS_OF)


def columns_of(*pages, site: Site = SITE, **more) -> dict[str, Column]:
    observation = seen_on(walked(*pages, declared=[c.url for c in site.columns]), site, **more)
    return {column.url: column for column in observation.columns.get()}


def test_column_of_the_menu_is_named_and_classified_by_its_link() -> None:
    found = columns_of(home(("tzgg/", "通知公告")), page("tzgg/", title="通知公告", items=(ENTRY,)))
    column = found[url("tzgg/")]
    assert (column.name, column.kind, column.unit, column.level) == ("通知公告", ColumnKind.NOTICES, "U01", 1)
    assert not column.declared


def test_home_page_and_its_aliases_are_no_columns() -> None:
    front = home(("index.html", "网站首页"), ("?from=nav", "主页"), ("tzgg/", "通知公告"))
    one = walked(front, page("tzgg/", items=(ENTRY,)))
    copy = sighting(None, "?from=nav", status=FetchStatus.MISDIRECTED, asked_as="主页")
    one = replace(one, sightings=(*(s for s in one.sightings if "?from" not in s.snapshot.url), copy))
    assert [column.url for column in seen_on(one).columns.get()] == [url("tzgg/")]


def test_declared_column_is_trusted_over_what_is_found() -> None:
    site = with_declared(
        replace(declared("xx/", ColumnKind.NEWS, "U02", "要闻"), update_within_days=30, exempt=True)
    )
    column = columns_of(home(("xx/", "通知公告")), page("xx/", items=(ENTRY,)), site=site)[url("xx/")]
    assert (column.name, column.kind, column.unit) == ("要闻", ColumnKind.NEWS, "U02")
    assert (column.limit_days, column.exempt, column.declared) == (30, True, True)


def test_declared_column_that_no_menu_shows_is_there() -> None:
    site = with_declared(declared("hidden/", ColumnKind.NEWS))
    assert url("hidden/") in columns_of(home(), page("hidden/", items=(ENTRY,)), site=site)


def test_page_tags_name_a_column_that_its_link_does_not() -> None:
    found = columns_of(
        home(("c1/", "更多"), ("c2/", "基层之窗")),
        page("c1/", tags={"ColumnName": "通知公告"}, title="通知公告", items=(ENTRY,)),
        page("c2/", tags={"ColumnType": "政策解读"}, title="基层之窗", items=(ENTRY,)),
    )
    assert found[url("c1/")].kind is ColumnKind.NOTICES
    assert found[url("c2/")].kind is ColumnKind.POLICY_INTERPRETATION


def test_bread_crumbs_place_a_column_and_tell_the_disclosure_platform() -> None:
    found = columns_of(
        home(("c1", "政府信息公开")),
        page("c1", PageKind.SECTION, title="政府信息公开", links=nav(("c2", "财政信息"), ("c3", "其他"))),
        page("c2", title="财政信息", crumbs=[("c1", "政府信息公开"), ("", "财政信息")], items=(ENTRY,)),
    )
    column = found[url("c2")]
    assert (column.parent, column.level, column.disclosure) == (url("c1"), 2, True)
    listing = found[url("c1")].listing
    assert isinstance(listing, Seen)
    assert url("c2") in listing.fact.children


def test_unknown_column_of_the_disclosure_platform_says_what_it_may_be() -> None:
    menu = nav(("c2", "申请事宜"), ("c3", "乡村风貌"))
    crumbs = [("c1", "政府信息公开")]
    found = columns_of(
        home(("c1", "政府信息公开"), ("c4", "低保申请")),
        page("c1", PageKind.SECTION, title="政府信息公开", links=menu),
        page("c2", title="申请事宜", crumbs=[*crumbs, ("", "申请事宜")], items=(ENTRY,)),
        page("c3", title="乡村风貌", crumbs=[*crumbs, ("", "乡村风貌")], items=(ENTRY,)),
        page("c4", title="低保申请", items=(ENTRY,)),
    )
    told = {column.name: (column.kind, set(column.may_be)) for column in found.values()}
    assert told["申请事宜"] == (ColumnKind.OTHER, {ColumnKind.ON_REQUEST})
    assert told["乡村风貌"] == (ColumnKind.OTHER, set())
    assert told["低保申请"] == (ColumnKind.OTHER, set())


def test_column_whose_name_is_garbled_may_be_any() -> None:
    garbled = "依申请公开指引".encode().decode("gb18030", "replace")
    walk = walked(home(("c1", garbled)), page("c1", items=(ENTRY,)))
    columns = seen_on(walk).columns
    assert isinstance(columns, Seen)
    assert not columns.complete
    assert "乱码" in columns.sight.note


def test_addresses_place_a_column_without_crumbs() -> None:
    found = columns_of(
        home(("xxgk/", "信息公开"), ("xxgk/zn/", "公开指南")),
        page("xxgk/", PageKind.SECTION),
        article("xxgk/zn/", "公开指南"),
    )
    assert found[url("xxgk/zn/")].parent == url("xxgk/")


def test_section_page_that_alone_led_to_a_column_is_its_parent() -> None:
    found = columns_of(
        home(("s?id=1", "信息公开")),
        page("s?id=1", PageKind.SECTION, links=links(Region.OTHER, ("s?id=2", "公开制度"))),
        page("s?id=2", items=(ENTRY,)),
    )
    assert found[url("s?id=2")].parent == url("s?id=1")


def test_section_that_forwards_to_its_first_child_is_that_child() -> None:
    found = columns_of(
        home(("xxgk/", "信息公开"), ("xxgk/zn.html", "信息公开指南")),
        page("xxgk/", PageKind.OTHER, forward=url("xxgk/zn.html")),
        article("xxgk/zn.html", "信息公开指南", crumbs=[("xxgk/", "信息公开")]),
        page("xxgk/zd.html", crumbs=[("xxgk/", "信息公开"), ("", "公开制度")], items=(ENTRY,)),
    )
    assert set(found) == {url("xxgk/zn.html")}
    assert found[url("xxgk/zn.html")].kind is ColumnKind.GUIDE
    assert found[url("xxgk/zn.html")].disclosure


def test_redirect_leads_to_the_same_column() -> None:
    front = home(("old/", "通知公告"), ("tzgg/", "通知公告"))
    target = page("tzgg/", items=(ENTRY,))
    one = walk(
        sighting(front, role="home"),
        sighting(target, "old/", asked_as="通知公告"),
        sighting(target, asked_as="通知公告"),
    )
    assert [column.url for column in seen_on(one).columns.get()] == [url("tzgg/")]


def test_section_that_shows_a_column_in_a_frame_is_that_column() -> None:
    found = columns_of(
        home(("xxgk/", "信息公开"), ("zn/", "公开指南")),
        page("xxgk/", PageKind.OTHER, frames=["zn/"]),
        article("zn/", "公开指南"),
    )
    assert set(found) == {url("zn/")}


def test_list_in_a_frame_that_is_no_column_is_the_content_of_its_page() -> None:
    found = columns_of(
        home(("tzgg/", "通知公告")),
        page("tzgg/", PageKind.OTHER, frames=["tzgg/list.html", "foot.html"]),
        page("tzgg/list.html", items=(ENTRY,)),
        page("foot.html", PageKind.OTHER, marks=("icp", "sponsor"), text="主办单位"),
    )
    listing = found[url("tzgg/")].listing
    assert isinstance(listing, Seen)
    assert [entry.url for entry in listing.fact.entries] == [ENTRY.url]


def test_addresses_that_differ_in_session_and_index_file_are_one_column() -> None:
    found = columns_of(
        home(("tzgg/", "通知公告"), ("tzgg/index.html;jsessionid=AB12CD34", "公告")),
        page("tzgg/", items=(ENTRY,)),
    )
    assert list(found) == [url("tzgg/")]


def test_archives_are_known_by_name_and_place() -> None:
    found = columns_of(
        home(("ls/", "历史专题"), ("ls/tz/", "通知公告"), ("y/", "2019年通知公告")),
        page("ls/", PageKind.SECTION),
        page("ls/tz/", crumbs=[("ls/", "历史专题"), ("", "通知公告")], items=(ENTRY,)),
        page("y/", items=(ENTRY,)),
    )
    assert {path for path, column in found.items() if column.archived} == {
        url("ls/"),
        url("ls/tz/"),
        url("y/"),
    }


def test_section_keeps_no_entries_that_its_children_list() -> None:
    own = item("xw/old.html", "2020-01-01")
    found = columns_of(
        home(("xw/", "新闻中心"), ("xw/yw/", "要闻")),
        page("xw/", PageKind.SECTION, items=(item("xw/yw/1.html", "2026-06-01"), own)),
        page("xw/yw/", items=(item("xw/yw/1.html", "2026-06-01"),)),
        article("xw/yw/1.html"),
        article("xw/old.html"),
    )
    listing = found[url("xw/")].listing
    assert isinstance(listing, Seen)
    assert [entry.url for entry in listing.fact.entries] == [own.url]


def test_article_of_a_short_title_is_no_column() -> None:
    found = columns_of(
        home(
            ("tzgg/", "通知公告"),
            links=nav(("tzgg/", "通知公告")) + links(Region.OTHER, ("t1.html", "防汛提示")),
        ),
        page("tzgg/", items=(ENTRY,)),
        article("t1.html", "防汛提示", "2026-06-01"),
    )
    assert list(found) == [url("tzgg/")]


@pytest.mark.parametrize(
    "status", [FetchStatus.BLOCKED, FetchStatus.TIMEOUT, FetchStatus.HTTP_ERROR, FetchStatus.MISDIRECTED]
)
def test_column_that_was_not_seen_keeps_its_name_and_hides_what_is_below(status: FetchStatus) -> None:
    one = walked(home(("xxgk/", "政府信息公开")), page("xxgk/", PageKind.SECTION))
    observation = seen_on(unseen_at(one, ["xxgk/"], status))
    column = observation.columns.get()[0]
    assert isinstance(column.listing, Unseen)
    assert column.listing.sight.status is status
    assert not observation.columns.complete
    assert "政府信息公开" in observation.columns.sight.note


def test_leaf_that_was_not_seen_hides_no_other_column() -> None:
    pages = (home(("tzgg/", "通知公告"), ("zn/", "公开指南")), page("tzgg/", items=(ENTRY,)), article("zn/"))
    observation = seen_on(unseen_at(walked(*pages), ["tzgg/"]))
    assert observation.columns.complete


def test_column_never_asked_for_is_known_by_its_link() -> None:
    pages = (home(("tzgg/", "通知公告")), page("tzgg/", items=(ENTRY,)))
    observation = seen_on(unseen_at(walked(*pages), {"tzgg/": None}))
    column = observation.columns.get()[0]
    assert column.name == "通知公告"
    assert isinstance(column.listing, Unseen)
    assert column.listing.sight.status is FetchStatus.UNVISITED


def test_column_that_is_gone_is_there_as_gone() -> None:
    observation = seen_on(walked(home(("zn/", "公开指南"))))
    column = observation.columns.get()[0]
    assert column.listing.sight.status is FetchStatus.GONE
    assert observation.columns.complete


def test_soft_404_and_script_shell_are_not_the_column() -> None:
    pages = (
        home(("a/", "公开指南"), ("b/", "公开制度")),
        page("a/", PageKind.OTHER, soft_404=True),
        page("b/", PageKind.OTHER, shell="列表由脚本加载"),
    )
    found = {column.url: column.listing.sight.status for column in seen_on(walked(*pages)).columns.get()}
    assert found == {url("a/"): FetchStatus.GONE, url("b/"): FetchStatus.UNRENDERED}


def test_list_that_a_script_fetches_is_seen_through_its_feed() -> None:
    shell = page("b/", PageKind.OTHER, shell="列表由脚本加载", feeds=(url("b/api.json"),), title="公开制度")
    feed = page("b/api.json", items=(ENTRY,))
    one = walk(
        sighting(home(("b/", "公开制度")), role="home"),
        sighting(shell, status=FetchStatus.UNRENDERED, asked_as="公开制度"),
        sighting(feed, role="pager", found_on=url("b/")),
    )
    listing = seen_on(one).columns.get()[0].listing
    assert isinstance(listing, Seen)
    assert [entry.url for entry in listing.fact.entries] == [ENTRY.url]


def test_walk_that_stopped_or_never_saw_the_home_page_proves_no_absence() -> None:
    one = walked(home(("tzgg/", "通知公告")), page("tzgg/", items=(ENTRY,)))
    assert seen_on(one).columns.complete
    assert not seen_on(replace(one, stopped="到了时限", complete=False)).columns.complete
    assert not seen_on(replace(one, complete=False)).columns.complete
    assert not seen_on(unseen_at(one, [""])).columns.complete


def test_foot_that_was_not_rendered_may_hide_a_site_map() -> None:
    one = walked(home(("tzgg/", "通知公告"), foot_shell="页脚由脚本写入"), page("tzgg/", items=(ENTRY,)))
    assert not seen_on(one).columns.complete


def test_unknown_link_that_was_not_followed_may_hide_columns() -> None:
    one = walked(home(("tzgg/", "通知公告")), page("tzgg/", items=(ENTRY,)))
    pending = Pending(url=url("x/"), text="魅力示例", found_on=url(""), why="超出层级")
    assert not seen_on(replace(one, complete=False, pending=(pending,))).columns.complete


def test_disclosure_column_on_another_host_is_known_though_not_walked() -> None:
    front = home(("http://ysq.test/apply", "依申请公开"), ("http://gov.test/zn", "国务院信息公开指南"))
    tried = sighting(None, "http://ysq.test/apply", role="link")
    observation = seen_on(walk(sighting(front, role="home"), tried))
    assert [(c.kind, type(c.listing)) for c in observation.columns.get()] == [(ColumnKind.ON_REQUEST, Unseen)]


def test_page_carried_over_says_when_it_was_seen() -> None:
    one = walk(
        sighting(home(("tzgg/", "通知公告")), role="home"),
        sighting(page("tzgg/", items=(ENTRY,)), asked_as="通知公告", via=Via.KEPT),
    )
    column = seen_on(one).columns.get()[0]
    assert column.as_last_seen is not None
    assert column.as_last_seen.isoformat() == "2026-06-30"


def test_site_map_is_no_column_and_may_hide_some_when_it_was_not_seen() -> None:
    front = home(("tzgg/", "通知公告"))
    front = replace(front, links=(*front.links, *links(Region.FOOT, ("map.html", "网站地图"))))
    lists = page("tzgg/", items=(ENTRY,))
    without = walked(front, lists)
    kept = tuple(s for s in without.sightings if "map" not in s.snapshot.url)
    assert not seen_on(replace(without, sightings=kept)).columns.complete
    found = seen_on(walked(front, lists, page("map.html", title="网站地图", links=nav(("zn/", "公开指南")))))
    assert url("map.html") not in {column.url for column in found.columns.get()}
