"""Small sites whose columns stand in scripts, trees, frames, pictures and script files: all must be found."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from crawler.observe import observe
from domain.observation import Column, Seen, SiteObservation
from domain.target import Registry, Site
from domain.unit import Unit, UnitCategory
from tests.crawler.loopback import Given, LoopbackServer
from tests.crawler.spiders.web import AS_OF, article, html, listing
from tests.crawler.test_crawl import plan_for, run, walk_of

HOME = '<div class="nav"><a href="/">首页</a><a href="/xxgk/">政府信息公开</a></div>'
ROWS = listing(("/t/1.html", "关于一的通知", "2026-06-01"), ("/t/2.html", "关于二的通知", "2026-05-01"))
GUIDE = html("指南", f'<div class="content">{"<p>本机关信息公开指南的内容。</p>" * 20}</div>')
ARTICLES = {"/t/1.html": article("关于一的通知"), "/t/2.html": article("关于二的通知", "2026-05-01")}
LISTS = {
    "/zcwj/": html("政策文件", ROWS),
    "/yjs/": html("财政预决算", ROWS),
    "/tzgg/": html("通知公告", ROWS),
}


@pytest.fixture
def server() -> Iterator[LoopbackServer]:
    with LoopbackServer() as running:
        yield running


def observed(place: Path, server: LoopbackServer, routes: Mapping[str, Any]) -> SiteObservation:
    server.routes |= {**ARTICLES, **LISTS, **routes}
    run(place, plan_for(server))
    unit = Unit(code="U", name="某局", category=UnitCategory.DEPARTMENT)
    site = Site(id="s01", unit="U", name="某局", home=server.home)
    registry = Registry(schemes=("national-2019",), units=(unit,), sites=(site,))
    return observe(site, registry, walk_of(place), as_of=AS_OF)


def kinds(observation: SiteObservation) -> dict[str, Column]:
    return {column.kind.value: column for column in observation.columns.get()}


def test_the_nodes_of_a_tree_are_columns_and_a_framed_one_is_its_section(
    tmp_path: Path, server: LoopbackServer
) -> None:
    nodes = (
        'var zNodes=[{id:1,pId:0,name:"政府信息公开指南",url:"/xxgk/zn/"},'
        '{id:2,pId:0,name:"法定主动公开",url:""},'
        "{ id:21, pId:2, name:'政策文件', url:'/zcwj/' },"
        '{id:22,pId:2,name:"财政预决算",url:"\\/yjs\\/"}];'
    )
    script = f"<script>{nodes}$.fn.zTree.init()</script>"
    tree = f'<ul id="t" class="ztree"></ul><iframe src="/xxgk/zn/"></iframe>{script}'
    routes = {"/": html("某局", HOME + ROWS), "/xxgk/": html("政府信息公开", tree), "/xxgk/zn/": GUIDE}
    observation = observed(tmp_path, server, routes)
    found = kinds(observation)
    assert {"guide", "policy_documents", "budget"} <= set(found)
    assert isinstance(found["budget"].listing, Seen)
    assert not observation.columns.complete  # type: ignore[union-attr]  # 法定主动公开 has no address
    assert "法定主动公开" in observation.columns.sight.note


def test_the_entries_of_a_dtree_are_columns(tmp_path: Path, server: LoopbackServer) -> None:
    tree = (
        "<script>d = new dTree('d');d.add(0,-1,'信息公开目录');d.add(1,0,'政策文件','/zcwj/','','main');"
        "d.add(2,0,'财政预决算','/yjs/');document.write(d);</script><iframe name=main src='/zcwj/'></iframe>"
    )
    observation = observed(
        tmp_path, server, {"/": html("某局", HOME + ROWS), "/xxgk/": html("信息公开", tree)}
    )
    assert {"policy_documents", "budget"} <= set(kinds(observation))


def test_links_of_pictures_maps_and_scripts_are_followed(tmp_path: Path, server: LoopbackServer) -> None:
    menu = (
        '<map name="m"><area href="/zcwj/" alt="政策文件"></map><div class="menu"><a href="/">首页</a>'
        "<a href=\"javascript:goUrl('/yjs/')\">财政预决算</a><a href='/tzgg/'><img src='/i/x.png'></a></div>"
    )
    observation = observed(tmp_path, server, {"/": html("某局", menu + ROWS)})
    assert {"policy_documents", "budget", "notices"} <= set(kinds(observation))


def test_a_menu_in_a_script_file_is_read(tmp_path: Path, server: LoopbackServer) -> None:
    script = (
        'document.write(\'<div class="nav"><ul><li><a href="/">首页</a></li>'
        '<li><a href="/zcwj/">政策文件</a></li><li><a href="/tzgg/">通知公告</a></li></ul></div>\');'
    )
    file = Given(script, headers={"Content-Type": "application/javascript"})
    page = html("某局", f'<script src="/js/nav.js"></script>{ROWS}')
    observation = observed(tmp_path, server, {"/": page, "/js/nav.js": file})
    assert {"policy_documents", "notices"} <= set(kinds(observation))


def test_a_head_that_a_script_loads_is_read(tmp_path: Path, server: LoopbackServer) -> None:
    head = '<div class="nav"><a href="/">首页</a><a href="/zcwj/">政策文件</a></div>'
    page = html("某局", f'<div id="h"></div>{ROWS}<script>$("#h").load("/inc/head.html");</script>')
    observation = observed(tmp_path, server, {"/": page, "/inc/head.html": head})
    assert "policy_documents" in kinds(observation)


def test_the_choices_of_a_list_lead_to_columns_and_short_names_to_their_units(
    tmp_path: Path, server: LoopbackServer
) -> None:
    choices = '<select><option value="">请选择</option><option value="/bm/wjw/">县卫健委</option></select>'
    pages = {
        "/": html("某县人民政府", HOME + ROWS),
        "/xxgk/": html("政府信息公开", f"{HOME}{choices}"),
        "/bm/wjw/": html("县卫健委", '<div class="side"><a href="/bm/wjw/yjs/">财政预决算</a></div>'),
        "/bm/wjw/yjs/": html("财政预决算", ROWS),
    }
    server.routes |= {**ARTICLES, **pages}
    run(tmp_path, plan_for(server))
    county = Unit(code="U0", name="云溪县人民政府", category=UnitCategory.COUNTY)
    health = Unit(code="U1", name="云溪县卫生健康委员会", category=UnitCategory.DEPARTMENT)
    site = Site(id="s01", unit="U0", name="某县", home=server.home)
    registry = Registry(schemes=("national-2019",), units=(county, health), sites=(site,))
    observation = observe(site, registry, walk_of(tmp_path), as_of=AS_OF)
    assert kinds(observation)["budget"].unit == "U1"
