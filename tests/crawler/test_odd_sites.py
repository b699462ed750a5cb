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


def test_a_home_page_behind_a_chain_of_forwards_and_frames_in_frames_is_reached(
    tmp_path: Path, server: LoopbackServer
) -> None:
    """A redirect, a refresh, a script and two frame sets, as old sites put one before the other."""
    home = html("某局", HOME + '<div class="nav"><a href="/tzgg/" target="main">通知公告</a></div>' + ROWS)
    framed = "<html><head><title>某局</title></head><frameset rows='90,*'>{}</frameset></html>".format
    routes = {
        "/": Given(status=302, headers={"Location": "/start.html"}),
        "/start.html": "<html><head><meta http-equiv='refresh' content='0;url=/go.html'></head></html>",
        "/go.html": "<html><script>top.location.href='/frames.html'</script></html>",
        "/frames.html": framed("<frame src='/top.html'><frame src='/inner.html' name='body'>"),
        "/top.html": html("某局", '<img src="/banner.jpg">'),
        "/inner.html": framed("<frame src='/left.html'><frame src='/main.html' name='main'>"),
        "/left.html": html("", '<ul><li><a href="/xxgk/zn/" target="main">政府信息公开指南</a></li></ul>'),
        "/main.html": home,
        "/xxgk/": html("政府信息公开", ROWS),
        "/xxgk/zn/": GUIDE,
    }
    found = kinds(observed(tmp_path, server, routes))
    assert {"notices", "guide"} <= set(found)
    assert all(isinstance(found[kind].listing, Seen) for kind in ("notices", "guide"))


def test_a_list_in_a_frame_in_a_frame_is_the_column_s(tmp_path: Path, server: LoopbackServer) -> None:
    routes = {
        "/": html("某局", HOME + '<div class="nav"><a href="/gg/">公示公告</a></div>' + ROWS),
        "/xxgk/": html("政府信息公开", ROWS),
        "/gg/": html("公示公告", '<iframe src="/gg/outer.html" width="700" height="600"></iframe>'),
        "/gg/outer.html": "<html><body><iframe src='/gg/inner.html'></iframe></body></html>",
        "/gg/inner.html": html("", ROWS),
    }
    column = next(
        column for column in observed(tmp_path, server, routes).columns.get() if column.name == "公示公告"
    )
    assert isinstance(column.listing, Seen)
    assert len(column.listing.fact.entries) == 2
    assert column.listing.complete


def test_what_stands_in_frames_within_frames_of_home_page_and_guide_is_seen(
    tmp_path: Path, server: LoopbackServer
) -> None:
    nested = "<html><body><iframe src='{}'></iframe></body></html>".format
    shell = html("某局", HOME + '<iframe src="/f1.html"></iframe>')
    guide = html("政府信息公开指南", '<iframe src="/g1.html"></iframe>')
    text = "<p>政府信息的分类：按内容分为机构职能等。联系电话：0791-1234567，传真：0791-7654321。</p>" * 6
    routes = {
        "/": shell,
        "/f1.html": nested("/f2.html"),
        "/f2.html": html("", ROWS),
        "/xxgk/": html("政府信息公开", '<ul><li><a href="/xxgk/zn/">政府信息公开指南</a></li></ul>' + ROWS),
        "/xxgk/zn/": guide,
        "/g1.html": nested("/g2.html"),
        "/g2.html": html("", f'<div class="content">{text}</div>'),
    }
    observation = observed(tmp_path, server, routes)
    entries = observation.home.get().entries
    assert len(entries.get()) == 2
    elements = observation.guides.get()[0].elements
    assert {"phone", "fax"} <= elements.get()


INNER = f"<html><body>{ROWS}</body></html>"


@pytest.mark.parametrize(
    ("matter", "entries"),
    [
        ("<object type='text/html' data='/in/l.html' width='700' height='400'></object>", 2),
        ("<embed src='/in/l.html' width='700' height='400'>", 2),
        ("<video controls src='/v/1.mp4'></video>", 0),
        ("<audio controls><source src='/v/1.mp3'></audio>", 0),
        ("<object classid='clsid:D27'><embed src='/list.swf'></object>", 0),
    ],
)
def test_what_is_shown_as_an_object_is_content(
    matter: str, entries: int, tmp_path: Path, server: LoopbackServer
) -> None:
    routes = {
        "/": html("某局", HOME + '<div class="nav"><a href="/gg/">公示公告</a></div>' + ROWS),
        "/xxgk/": html("政府信息公开", ROWS),
        "/gg/": html("公示公告", matter),
        "/in/l.html": INNER,
    }
    found = observed(tmp_path, server, routes).columns.get()
    listing = next(column for column in found if column.name == "公示公告").listing
    assert isinstance(listing, Seen)
    assert len(listing.fact.entries) == entries
    assert entries or listing.fact.text_length > 0


def test_a_frame_beside_a_list_shows_entries_of_the_column_too(
    tmp_path: Path, server: LoopbackServer
) -> None:
    """Older ones on the page, newer ones in a frame on it: a visitor sees both."""
    old = listing(
        ("/o/1.html", "关于旧事项的通知", "2024-06-01"), ("/o/2.html", "关于更旧事项的通知", "2024-05-01")
    )
    routes = {
        "/": html("某局", HOME + '<div class="nav"><a href="/gg/">公示公告</a></div>' + ROWS),
        "/xxgk/": html("政府信息公开", ROWS),
        "/gg/": html(
            "公示公告", old + '<iframe src="/gg/new.html"></iframe><iframe src="http://b.test/"></iframe>'
        ),
        "/gg/new.html": html("", ROWS),
    }
    found = observed(tmp_path, server, routes).columns.get()
    shown = next(column for column in found if column.name == "公示公告").listing
    assert isinstance(shown, Seen)
    assert {entry.url.rpartition("/")[2] for entry in shown.fact.entries} == {"1.html", "2.html"}
    assert len(shown.fact.entries) == 4
    assert shown.complete
