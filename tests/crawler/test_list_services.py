"""Lists whose further pages, or all of them, come from a service that the page's scripts ask."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest

from crawler.extract import read_page
from crawler.observe import observe
from crawler.questions import as_get, ask, taken_apart, turned
from crawler.reading.outer import outer_feeds, outer_scripts
from domain.observation import Column, Listing, Seen
from domain.target import Registry, Site
from domain.unit import Unit, UnitCategory
from tests.crawler.loopback import Asked, Given, LoopbackServer
from tests.crawler.reading.pages import page_of
from tests.crawler.spiders.web import AS_OF, html, menu
from tests.crawler.test_crawl import plan_for, run, walk_of

MENU = menu(("/", "首页"), ("/col/col7/index.html", "政策文件"))
JSON = {"Content-Type": "application/json"}
XML = {"Content-Type": "text/xml;charset=utf-8"}


def day(number: int) -> str:
    return f"2026-{6 - number // 28:02d}-{28 - number % 28:02d}"


def record(number: int) -> str:
    address = f"/art/2026/6/1/art_7_{1000 + number}.html"
    link = f"<a href='{address}' title='关于第{number}件事项的通知'>关于第{number}件事…</a>"
    return f"<record><![CDATA[<li>{link}<span>{day(number)}</span></li>]]></record>"


def store(first: int, last: int, total: int, following: str = "") -> str:
    group = f"<nextgroup><![CDATA[<a href='{following}'></a>]]></nextgroup>" if following else ""
    records = "".join(record(number) for number in range(first, last + 1))
    return f"<datastore>{group}<totalrecord>{total}</totalrecord><recordset>{records}</recordset></datastore>"


def jcms_page(script: str, total: int, following: str = "") -> str:
    island = f"<script type='text/xml'>{store(1, 9, total, following)}</script>"
    return html("政策文件", f"{MENU}<div id='481'></div>{island}<script>{script}</script>")


SCRIPT = """$(function(){$("#481").jpage({proxyUrl:'/module/web/jpage/dataproxy.jsp',perPage:3,groupSize:3,
totalRecord:40,barPosition:'bottom',ajaxParam:{col:1,appid:1,webid:12,path:'/',columnid:7,sourceContentType:1,unitid:'481',
webname:'某县民政局',permissiontype:0}});});"""


@pytest.fixture
def server() -> Iterator[LoopbackServer]:
    with LoopbackServer({"/": html("某局", MENU)}) as running:
        yield running


def listed(place: Path, server: LoopbackServer) -> Seen[Listing]:
    run(place, plan_for(server))
    unit = Unit(code="U", name="某县民政局", category=UnitCategory.DEPARTMENT)
    site = Site(id="s01", unit="U", name="某局", home=server.home)
    registry = Registry(schemes=("national-2019",), units=(unit,), sites=(site,))
    observation = observe(site, registry, walk_of(place), as_of=AS_OF)
    column: Column = next(c for c in observation.columns.get() if c.name == "政策文件")
    assert isinstance(column.listing, Seen)
    return column.listing


def served(server: LoopbackServer, answer: Callable[[Asked], Any], page: str) -> None:
    def route(asked: Asked) -> Any:
        path = asked.target.partition("?")[0]
        return Given("none", 404) if path in ("/robots.txt", "/favicon.ico") else answer(asked)

    server.routes["/col/col7/index.html"] = page
    server.routes["*"] = route


def proxy(asked: Asked) -> Any:
    """What dataproxy.jsp answers: only to a form that names the column, between two numbers of records."""
    query, form = parse_qs(urlsplit(asked.target).query), parse_qs(asked.body.decode())
    if asked.method != "POST" or form.get("columnid") != ["7"] or form.get("unitid") != ["481"]:
        return Given("none", 404)
    first, last = int(query["startrecord"][0]), int(query["endrecord"][0])
    return Given(store(first, last, 40), headers=XML)


def test_records_behind_the_first_group_are_asked_for_with_a_form(
    tmp_path: Path, server: LoopbackServer
) -> None:
    served(server, proxy, jcms_page(SCRIPT, 40))
    listing = listed(tmp_path, server)
    assert listing.complete
    assert len(listing.fact.entries) == 40
    sent = [asked for asked in server.asked if asked.method == "POST"]
    assert [parse_qs(urlsplit(one.target).query)["startrecord"] for one in sent] == [
        ["10"],
        ["19"],
        ["28"],
        ["37"],
    ]
    assert dict(parse_qsl(sent[0].body.decode()))["webname"] == "某县民政局"


def test_the_next_group_is_followed_from_answer_to_answer(tmp_path: Path, server: LoopbackServer) -> None:
    def answer(asked: Asked) -> Any:
        page = int(parse_qs(urlsplit(asked.target).query).get("page", ["0"])[0])
        if asked.method != "POST" or not page:
            return Given("none", 404)
        following = f"/module/jpage/dataproxy.jsp?page={page + 1}&columnid=7" if page < 3 else ""
        return Given(store(page * 9 + 1, page * 9 + 9, 36, following), headers=XML)

    served(server, answer, jcms_page("", 36, "/module/jpage/dataproxy.jsp?page=1&columnid=7"))
    listing = listed(tmp_path, server)
    assert len(listing.fact.entries) == 36
    assert listing.complete


def test_a_service_that_wants_no_form_is_asked_once_more_without(
    tmp_path: Path, server: LoopbackServer
) -> None:
    def answer(asked: Asked) -> Any:
        query = parse_qs(urlsplit(asked.target).query)
        if asked.method == "POST" or query.get("columnid") != ["7"]:
            return Given("no", 405)
        return Given(store(int(query["startrecord"][0]), int(query["endrecord"][0]), 40), headers=XML)

    served(server, answer, jcms_page(SCRIPT, 40))
    assert len(listed(tmp_path, server).fact.entries) == 40


def test_a_service_that_does_not_answer_leaves_the_list_incomplete(
    tmp_path: Path, server: LoopbackServer
) -> None:
    served(server, lambda asked: Given("busy", 503), jcms_page(SCRIPT, 40))
    listing = listed(tmp_path, server)
    assert len(listing.fact.entries) == 9
    assert listing.complete  # newest first: older ones cannot be newer


EPOINT = """<script>var siteGuid="7eb5f7f1-9041-43ad-8e13-8fcb82ea831a";
$.ajax({type:"POST",url:"/EpointWebBuilder/rest/frontAppCustomAction/getPageInfoListNew",dataType:"json",
data:{params:JSON.stringify({"siteGuid":siteGuid,"categoryNum":"003001","kw":"","pageIndex":0,"pageSize":15})},
success:function(r){show(r)}});</script>"""


def test_a_list_that_a_script_asks_for_by_post_is_read_to_its_end(
    tmp_path: Path, server: LoopbackServer
) -> None:
    def answer(asked: Asked) -> Any:
        form = parse_qs(asked.body.decode())
        if asked.method != "POST" or "params" not in form:
            return Given("none", 404)
        wanted = json.loads(form["params"][0])
        assert (wanted["siteGuid"][:4], wanted["categoryNum"]) == ("7eb5", "003001")
        numbers = range(wanted["pageIndex"] * 15, min(40, wanted["pageIndex"] * 15 + 15))
        rows = [
            {
                "title": f"关于第{n}件事项的公告",
                "infourl": f"/zwgk/003001/20260601/{n:08d}-1111-2222-8333-abcdefabcdef.html",
                "infodate": day(n),
            }
            for n in numbers
        ]
        return Given(
            json.dumps({"custom": {"count": 40, "infodata": rows}, "status": {"code": 1}}), headers=JSON
        )

    served(server, answer, html("政策文件", f'{MENU}<div class="ewb-list"><ul id="list"></ul></div>{EPOINT}'))
    listing = listed(tmp_path, server)
    assert len(listing.fact.entries) == 40
    assert listing.complete


OUTER = """var api = {
  getList: function(pageIndex) {
    $.ajax({ url: siteInfo.projectName + "/rest/frontAppCustomAction/getPageInfoListNew", type: "post",
      data: { params: JSON.stringify({ siteGuid: siteInfo.siteGuid, categoryNum: $("#categorynum").val(),
        pageIndex: pageIndex, pageSize: 15 }) }, success: function(r) { show(r); } });
  } };
api.getList(first);"""
SITE_INFO = '<script>var siteInfo = {siteGuid: "7eb5f7f1", projectName: "/EpointWebBuilder"};</script>'


def outer_page(number: str) -> str:
    return html(
        "政策文件",
        f'{MENU}<input type="hidden" id="categorynum" value="{number}"><div class="ewb-list">'
        f'<ul id="list"></ul></div>{SITE_INFO}<script src="/js/jquery.min.js"></script>'
        '<script src="js/moreinfo.js"></script>',
    )


def epoint(first: int) -> Callable[[Asked], Any]:
    """The service of a system that counts its pages from `first`; a page before that is its first."""

    def answer(asked: Asked) -> Any:
        if asked.target.endswith("moreinfo.js"):
            return Given(OUTER, headers={"Content-Type": "application/javascript"})
        form = parse_qs(asked.body.decode())
        if asked.method != "POST" or "params" not in form:
            return Given("none", 404)
        wanted = json.loads(form["params"][0])
        assert (wanted["siteGuid"], wanted["categoryNum"]) == ("7eb5f7f1", "003001")
        start = max(0, wanted["pageIndex"] - first) * 15
        rows = [
            {"title": f"关于第{n}件事项的公告", "infourl": f"/zwgk/20260601/{n:08d}.html", "infodate": day(n)}
            for n in range(start, min(40, start + 15))
        ]
        return Given(json.dumps({"custom": {"count": 40, "infodata": rows}}), headers=JSON)

    return answer


@pytest.mark.parametrize("first", [0, 1])
def test_a_call_in_a_script_file_of_the_site_is_asked_with_the_page_s_values(
    tmp_path: Path, server: LoopbackServer, first: int
) -> None:
    served(server, epoint(first), outer_page("003001"))
    listing = listed(tmp_path, server)
    assert len(listing.fact.entries) == 40
    assert listing.complete
    newest = listing.fact.entries[0].day
    assert isinstance(newest, Seen)
    assert newest.fact is not None
    assert newest.fact.isoformat() == day(0)


def test_a_script_file_of_another_host_or_a_library_is_not_looked_into() -> None:
    waits = page_of(
        '<ul id="list"></ul><script src="http://cdn.example.com/moreinfo.js"></script>'
        '<script src="/js/jquery.min.js"></script><script src="/js/infolist.js?v=2"></script>',
        url="http://www.yunxi.gov.cn/a/",
    )
    assert waits.shell
    assert outer_scripts(waits) == ("http://www.yunxi.gov.cn/js/infolist.js?v=2",)


@pytest.mark.parametrize(
    "call",
    [
        "$.post('/rest/saveComment', {cid: $('#cid').val()})",
        "$.get('/rest/list', {cid: unknown, page: n})",
        "$.get('/rest/list/' + window.top.cid)",
    ],
)
def test_what_a_script_file_does_not_write_out_or_would_write_to_is_not_asked(call: str) -> None:
    waits = page_of('<ul id="list"></ul><i id="cid">7</i><script src="/js/list.js"></script>')
    script = read_page(f"function go(n){{{call}}}".encode(), "http://www.yunxi.gov.cn/js/list.js",
                       content_type="application/javascript", today=date(2026, 6, 30))  # fmt: skip
    assert script.script
    assert outer_feeds(waits, lambda url: script) == ()


def test_a_question_is_an_address_that_no_link_can_be() -> None:
    question = ask("http://a.gov.cn/list.do?x=1", [("名", "值"), ("page", "1")])
    assert taken_apart(question) == ("http://a.gov.cn/list.do?x=1", "%E5%90%8D=%E5%80%BC&page=1")
    assert as_get(question) == "http://a.gov.cn/list.do?x=1&%E5%90%8D=%E5%80%BC&page=1"
    assert taken_apart("http://a.gov.cn/") == ("http://a.gov.cn/", None)


@pytest.mark.parametrize(
    ("question", "second"),
    [
        ("http://a/gkmlpt/api/all/12?page=1&sid=33", "http://a/gkmlpt/api/all/12?page=2&sid=33"),
        ("http://a/s/1?_isAgg=true&_pageSize=20&page=1", "http://a/s/1?_isAgg=true&_pageSize=20&page=2"),
        ("http://a/l.do#post:cid=3&page=1&rows=20", "http://a/l.do#post:cid=3&page=2&rows=20"),
        ("http://a/l.do?page=1#post:cid=3", "http://a/l.do?page=2#post:cid=3"),
    ],
)
def test_further_pages_are_asked_for_by_number(question: str, second: str) -> None:
    assert turned(question, 20, 41)[0] == second
    assert len(turned(question, 20, 41)) == 2
    assert turned(second, 20, 41) == ()
    assert turned(question, 20, None) == ()
