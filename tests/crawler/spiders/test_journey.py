"""The walk of one site over a pretended web."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from crawler import pipeline
from crawler.classify import Failure, Reply
from crawler.robots import RobotsBook
from crawler.spiders.journey import Journey
from crawler.spiders.memory import TargetBook
from domain.page import PageKind
from domain.snapshot import FetchStatus
from domain.target import ColumnKind, DeclaredColumn
from tests.crawler.spiders.web import HOME, article, html, listing, menu, redirect, set_out

MENU = menu(("/", "首页"), ("/tzgg/", "通知公告"), ("/xxgk/", "信息公开"))


def small_site() -> dict[str, Any]:
    new = [(f"/art/2026/{n}.html", f"关于第{n}项工作的通知", f"2026-06-{n:02d}") for n in range(20, 10, -1)]
    old = [(f"/art/2026/{n}.html", f"关于第{n}项工作的通知", f"2026-06-{n:02d}") for n in range(10, 0, -1)]
    pager = '<div class="pager"><a href="/tzgg/index_1.html">下一页</a></div>'
    pages: dict[str, Any] = {
        "/": html("某局", MENU + listing(*new[:4])),
        "/tzgg/": html("通知公告", MENU + listing(*new) + pager),
        "/tzgg/index_1.html": html("通知公告", MENU + listing(*old)),
        "/xxgk/": html("信息公开", MENU + menu(("/xxgk/zn/", "信息公开指南"), ("/xxgk/zd/", "信息公开制度"))),
        "/xxgk/zn/": article("信息公开指南"),
        "/xxgk/zd/": html("信息公开制度", MENU + listing(("/xxgk/zd/1.html", "保密审查制度", "2026-01-05"))),
        "/xxgk/zd/1.html": article("保密审查制度", "2026-01-05"),
    }
    for url, title, day in new + old:
        pages[url] = article(title, day)
    return pages


def test_a_small_site_is_seen_whole(tmp_path: Path) -> None:
    trip = set_out(tmp_path, small_site())
    assert trip.walk.complete
    assert trip.walk.stopped == ""
    assert trip.walk.pending == ()
    assert trip.of("home") == ["/"]
    assert sorted(trip.of("column")) == ["/tzgg/", "/xxgk/", "/xxgk/zd/", "/xxgk/zn/"]
    assert trip.of("pager") == ["/tzgg/index_1.html"]
    assert sorted(trip.of("article")) == sorted(
        [*(f"/art/2026/{n}.html" for n in range(1, 21)), "/xxgk/zd/1.html"]
    )
    assert max(trip.web.counts.values()) == 1
    assert {one.snapshot.status for one in trip.walk.sightings} == {FetchStatus.OK}


def test_what_led_to_a_page_is_told(tmp_path: Path) -> None:
    trip = set_out(tmp_path, small_site())
    guide = trip.sighting("/xxgk/zn/")
    assert (guide.asked_as, guide.found_on, guide.depth) == ("信息公开指南", HOME + "xxgk/", 2)
    assert guide.page is not None
    assert guide.page.kind is PageKind.ARTICLE
    assert guide.snapshot.body is not None


def test_columns_come_before_articles_and_new_articles_before_old(tmp_path: Path) -> None:
    asked = [url.removeprefix(HOME) for url in set_out(tmp_path, small_site()).web.asked]
    columns = [asked.index(path) for path in ("tzgg/", "xxgk/", "xxgk/zn/", "xxgk/zd/")]
    articles = [asked.index(f"art/2026/{n}.html") for n in range(1, 21)]
    assert max(columns) < min(articles)
    assert asked.index("art/2026/14.html") < asked.index("art/2026/11.html")


def test_one_page_under_several_spellings_is_asked_once(tmp_path: Path) -> None:
    pages = {
        "/": html(
            "某局", menu(("/tzgg/", "通知公告"), ("/tzgg/index.html", "公告"), ("/tzgg/#top", "公告栏"))
        ),
        "/tzgg/": html("通知公告", menu(("http://WWW.A.gov.cn:80/tzgg/", "通知公告"))),
    }
    assert set_out(tmp_path, pages).web.counts[HOME + "tzgg/"] == 1


def test_a_column_that_does_not_answer_leaves_the_walk_incomplete(tmp_path: Path) -> None:
    trip = set_out(tmp_path, {**small_site(), "/xxgk/": Failure.TIMEOUT})
    assert not trip.walk.complete
    assert trip.walk.stopped == ""
    [pending] = trip.walk.pending
    assert (pending.url, pending.text, pending.found_on) == (HOME + "xxgk/", "信息公开", HOME)
    assert "时限" in pending.why
    assert [one.role for one in trip.tries("/xxgk/")] == ["link", "column"]


@pytest.mark.parametrize("failure", [404, 410])
def test_a_column_that_is_gone_twice_is_settled(tmp_path: Path, failure: int) -> None:
    trip = set_out(tmp_path, {**small_site(), "/xxgk/": failure})
    assert trip.walk.complete
    assert [one.snapshot.status for one in trip.tries("/xxgk/")] == [FetchStatus.GONE] * 2


@pytest.mark.parametrize("first", [503, 404, 500, 412, Failure.TIMEOUT, Failure.CONNECTION_LOST, Failure.TLS])
def test_what_works_at_the_second_try_is_walked_on(tmp_path: Path, first: Any) -> None:
    pages = small_site()
    trip = set_out(tmp_path, {**pages, "/xxgk/": [first, pages["/xxgk/"]]})
    assert trip.walk.complete
    assert "/xxgk/zn/" in trip.of("column")
    roles = [(one.role, one.snapshot.status is FetchStatus.OK) for one in trip.tries("/xxgk/")]
    assert roles == [("link", False), ("column", True)]


@pytest.mark.parametrize(
    "answer",
    [
        403,
        401,
        412,
        521,
        500,
        503,
        b"",
        Failure.DNS,
        Failure.CONNECTION_REFUSED,
        Failure.TLS,
        Failure.TOO_LARGE,
    ],
)
def test_a_column_that_was_not_seen_is_pending_whatever_the_reason(tmp_path: Path, answer: Any) -> None:
    trip = set_out(tmp_path, {**small_site(), "/xxgk/": answer})
    assert not trip.walk.complete
    assert [pending.url for pending in trip.walk.pending] == [HOME + "xxgk/"]
    assert trip.walk.pending[0].why


def test_an_article_that_was_not_seen_leaves_the_columns_complete(tmp_path: Path) -> None:
    trip = set_out(tmp_path, {**small_site(), "/art/2026/20.html": 500})
    assert trip.walk.complete
    assert trip.sighting("/art/2026/20.html", "article").snapshot.status is FetchStatus.HTTP_ERROR


def test_a_dead_home_page_is_tried_three_times(tmp_path: Path) -> None:
    trip = set_out(tmp_path, {"/": Failure.CONNECTION_REFUSED}, delay=1.0)
    assert not trip.walk.complete
    assert trip.web.counts[HOME] == 3
    assert [one.role for one in trip.tries("/")] == ["link", "link", "home"]


def test_the_second_try_comes_after_a_pause_and_after_all_else(tmp_path: Path) -> None:
    trip = set_out(tmp_path, {**small_site(), "/tzgg/": [503, 503]}, second_try_after=90.0)
    first, second = trip.tries("/tzgg/")
    assert trip.web.asked[-1] == HOME + "tzgg/"
    assert (second.snapshot.fetched_at - first.snapshot.fetched_at).total_seconds() > 2


def test_robots_txt_is_obeyed_and_what_it_forbids_is_pending(tmp_path: Path) -> None:
    rules = b"User-agent: *\nDisallow: /xxgk/\n"
    robots = Reply(url="", final_url="", http_status=200, headers={"content-type": "text/plain"}, body=rules)
    trip = set_out(tmp_path, {**small_site(), "/robots.txt": robots})
    assert trip.web.asked[0] == HOME + "robots.txt"
    assert trip.web.counts[HOME + "xxgk/"] == 0
    assert trip.sighting("/xxgk/").snapshot.status is FetchStatus.DISALLOWED
    assert [pending.why for pending in trip.walk.pending] == ["robots.txt 不允许访问"]
    lifted = set_out(tmp_path, {**small_site(), "/robots.txt": robots}, site={"obey_robots": False}, name="2")
    assert lifted.walk.complete
    assert lifted.web.counts[HOME + "robots.txt"] == 0


def test_robots_txt_may_lie_behind_a_redirect(tmp_path: Path) -> None:
    robots = Reply(url="", final_url="", http_status=200, body=b"User-agent: *\nDisallow: /\n")
    pages = {**small_site(), "/robots.txt": redirect("/r.txt"), "/r.txt": robots}
    trip = set_out(tmp_path, pages)
    assert trip.sighting("/").snapshot.status is FetchStatus.DISALLOWED
    assert not trip.walk.complete


def test_redirects_are_followed_and_told(tmp_path: Path) -> None:
    pages = {**small_site(), "/xxgk/": redirect("/a"), "/a": redirect("/xxgk/main.html", 301)}
    pages["/xxgk/main.html"] = html("信息公开", menu(("/xxgk/zn/", "信息公开指南")))
    trip = set_out(tmp_path, pages)
    seen = trip.sighting("/xxgk/").snapshot
    assert seen.final_url == HOME + "xxgk/main.html"
    assert [(hop.url, hop.http_status) for hop in seen.redirects] == [
        (HOME + "xxgk/", 302),
        (HOME + "a", 301),
    ]
    assert "/xxgk/zn/" in trip.of("column")


def test_a_redirect_loop_is_broken_off_and_confirmed(tmp_path: Path) -> None:
    trip = set_out(tmp_path, {**small_site(), "/xxgk/": redirect("/a"), "/a": redirect("/xxgk/")})
    first, second = trip.tries("/xxgk/")
    assert first.snapshot.status is second.snapshot.status is FetchStatus.HTTP_ERROR
    assert second.snapshot.detail.startswith("重定向循环")
    assert len(second.snapshot.redirects) == 2


def test_an_endless_chain_of_redirects_ends(tmp_path: Path) -> None:
    pages: dict[str, Any] = {**small_site(), "/xxgk/": redirect("/r/0")}
    pages |= {f"/r/{n}": redirect(f"/r/{n + 1}") for n in range(100)}
    trip = set_out(tmp_path, pages)
    assert trip.sighting("/xxgk/").snapshot.status is FetchStatus.HTTP_ERROR
    assert trip.web.counts[HOME + "r/20"] == 0


def test_a_site_that_wants_its_cookie_first(tmp_path: Path) -> None:
    page = small_site()["/"]
    trip = set_out(tmp_path, {**small_site(), "/": [redirect("/", set_cookie="a=1"), page]})
    assert trip.walk.complete
    assert trip.sighting("/").snapshot.status is FetchStatus.OK


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1/",
        "http://169.254.169.254/latest/",
        "http://10.0.0.1:8080/",
        "http://www.a.gov.cn:6379/",
    ],
)
def test_no_redirect_leads_into_an_inner_network(tmp_path: Path, target: str) -> None:
    trip = set_out(tmp_path, {**small_site(), "/xxgk/": redirect(target)})
    assert trip.sighting("/xxgk/").snapshot.status is FetchStatus.REFUSED
    assert all(url.startswith(HOME) and ":6379" not in url for url in trip.web.asked)
    assert not trip.walk.complete


@pytest.mark.parametrize("target", ["", "javascript:alert(1)", "mailto:a@b", "file:///etc/passwd"])
def test_a_redirect_to_nowhere(tmp_path: Path, target: str) -> None:
    trip = set_out(tmp_path, {**small_site(), "/xxgk/": redirect(target)})
    assert trip.sighting("/xxgk/").snapshot.status is FetchStatus.HTTP_ERROR


def test_a_home_page_that_moved_takes_the_site_along(tmp_path: Path) -> None:
    new = "http://new.a.gov.cn/"
    pages = {new + path.lstrip("/"): page for path, page in small_site().items()}
    trip = set_out(tmp_path, {"/": redirect(new), **pages})
    assert trip.walk.complete
    assert sorted(trip.of("column")) == [new + path for path in ("tzgg/", "xxgk/", "xxgk/zd/", "xxgk/zn/")]


def test_a_column_that_leads_out_of_the_site_is_a_link(tmp_path: Path) -> None:
    out = html("省网", menu(("/x/", "通知公告")))
    trip = set_out(
        tmp_path, {**small_site(), "/xxgk/": redirect("http://b.gov.cn/"), "http://b.gov.cn/": out}
    )
    assert trip.walk.complete
    assert trip.sighting("/xxgk/").role == "link"
    assert trip.web.counts["http://b.gov.cn/x/"] == 0


def test_forwards_are_followed_from_the_home_page_and_from_columns(tmp_path: Path) -> None:
    def refresh(target: str) -> str:
        return f'<meta http-equiv="refresh" content="0;url={target}">'

    pages = {**small_site(), "/": html("", "", refresh("/main/")), "/main/": small_site()["/"]}
    pages["/xxgk/"] = html("", "", refresh("/xxgk/zn/"))
    trip = set_out(tmp_path, pages)
    assert trip.of("home") == ["/", "/main/"]
    assert trip.sighting("/xxgk/zn/").role == "column"
    assert trip.walk.complete


def test_frames_are_seen_as_part_of_their_page(tmp_path: Path) -> None:
    pages = {**small_site(), "/xxgk/": html("信息公开", '<iframe src="/frame/list.html"></iframe>')}
    pages["/frame/list.html"] = html("", listing(("/art/2026/30.html", "关于框架内的通知", "2026-05-01")))
    pages["/art/2026/30.html"] = article("关于框架内的通知", "2026-05-01")
    trip = set_out(tmp_path, pages)
    frame = trip.sighting("/frame/list.html")
    assert (frame.role, frame.found_on) == ("frame", HOME + "xxgk/")
    assert trip.sighting("/art/2026/30.html").role == "article"


def test_declared_columns_are_walked_even_when_nothing_links_them(tmp_path: Path) -> None:
    hidden = DeclaredColumn(name="年报", url=HOME + "hidden/", kind=ColumnKind.ANNUAL_REPORT)
    pages = {
        **small_site(),
        "/hidden/": html("年报", listing(("/hidden/1.html", "2025年报告", "2026-01-20"))),
    }
    pages["/hidden/1.html"] = article("2025年报告", "2026-01-20")
    trip = set_out(tmp_path, pages, columns=[hidden])
    seen = trip.sighting("/hidden/")
    assert (seen.role, seen.asked_as, seen.found_on) == ("column", "年报", None)
    assert trip.sighting("/hidden/1.html").role == "article"
    gone = set_out(tmp_path, {**small_site(), "/hidden/": 500}, columns=[hidden], name="2")
    assert [pending.url for pending in gone.walk.pending] == [HOME + "hidden/"]


def test_of_a_declared_column_on_another_host_only_the_column_is_walked(tmp_path: Path) -> None:
    portal = "http://portal.gov.cn"
    column = DeclaredColumn(name="通知公告", url=f"{portal}/wjj/tzgg/", kind=ColumnKind.NOTICES)
    entry = listing((f"{portal}/content/2026/0601/1.html", "关于做好防疫工作的通知", "2026-06-01"))
    others = menu(
        (f"{portal}/jyj/", "教育局"), (f"{portal}/zwgk/", "政务公开"), (f"{portal}/wjj/tzgg/sub/", "子栏目")
    )
    pages = {**small_site(), f"{portal}/wjj/tzgg/": html("通知公告", others + entry)}
    pages[f"{portal}/wjj/tzgg/sub/"] = html("子栏目")
    pages[f"{portal}/content/2026/0601/1.html"] = article("关于做好防疫工作的通知")
    trip = set_out(tmp_path, pages, columns=[column])
    assert trip.sighting(f"{portal}/wjj/tzgg/").role == "column"
    assert trip.sighting(f"{portal}/wjj/tzgg/sub/").role == "column"
    assert trip.sighting(f"{portal}/content/2026/0601/1.html").role == "article"
    assert not [one for one in trip.of("column") if "/jyj/" in one or "/zwgk/" in one]


PLATFORM = "http://127.0.0.1:8102/"


def with_platform(code: str = "") -> dict[str, Any]:
    pages = small_site()
    tag = f'<meta name="SiteIDCode" content="{code}">' if code else ""
    nav = menu(("/zn/", "信息公开指南"), ("/nb/", "信息公开年报"), ("/jyj/", "某某市教育局"))
    pages["/"] = html("某局", menu(("/tzgg/", "通知公告"), (PLATFORM, "政府信息公开")))
    pages[PLATFORM] = html("政府信息公开平台", nav, tag)
    pages[PLATFORM + "zn/"] = article("信息公开指南")
    pages[PLATFORM + "nb/"] = html(
        "信息公开年报", listing((PLATFORM + "nb/1.html", "2025年度报告", "2026-01-20"))
    )
    pages[PLATFORM + "nb/1.html"] = article("2025年度报告", "2026-01-20")
    return pages


def test_a_disclosure_platform_on_another_port_belongs_to_the_site(tmp_path: Path) -> None:
    trip = set_out(tmp_path, with_platform(), allow_hosts=("127.0.0.1",))
    assert trip.walk.complete
    assert trip.sighting(PLATFORM).role == "column"
    assert trip.sighting(PLATFORM + "nb/").role == "column"
    assert trip.sighting(PLATFORM + "nb/1.html").role == "article"
    assert PLATFORM + "jyj/" not in trip.of("column")


def test_a_platform_that_bears_another_sites_code_is_not_taken_for_this_sites(tmp_path: Path) -> None:
    own = {"identifier": "3205810007"}
    trip = set_out(tmp_path, with_platform("3205810099"), site=own, allow_hosts=("127.0.0.1",))
    assert PLATFORM + "zn/" not in trip.of("column")
    assert not trip.walk.complete
    assert "3205810099" in trip.walk.pending[0].why


def test_a_platform_that_is_another_registered_site_is_that_sites(tmp_path: Path) -> None:
    trip = set_out(tmp_path, with_platform(), neighbours=(PLATFORM,), allow_hosts=("127.0.0.1",))
    assert trip.sighting(PLATFORM).role == "link"
    assert PLATFORM + "zn/" not in trip.of("column")


def test_what_lies_below_another_registered_site_is_not_walked(tmp_path: Path) -> None:
    pages = {**small_site(), "/": html("县政府", menu(("/tzgg/", "通知公告"), ("/wjj/tzgg/", "通知公告")))}
    trip = set_out(tmp_path, pages, neighbours=(HOME + "wjj/",))
    assert "/wjj/tzgg/" not in trip.of("column")
    assert trip.walk.complete


def test_a_site_in_a_folder_of_a_portal_stays_in_its_folder(tmp_path: Path) -> None:
    nav = menu(("/wjj/tzgg/", "通知公告"), ("/wjj/jgzn/", "机构职能"), ("/zwgk/", "政务公开"))
    pages = {"/wjj/": html("卫健局", nav), "/wjj/tzgg/": html("通知公告"), "/wjj/jgzn/": html("机构职能")}
    trip = set_out(tmp_path, {**pages, "/zwgk/": html("政务公开")}, site={"home": HOME + "wjj/"})
    assert sorted(trip.of("column")) == ["/wjj/jgzn/", "/wjj/tzgg/"]
    assert [(pending.url, pending.text) for pending in trip.walk.pending] == [(HOME + "zwgk/", "政务公开")]


def test_a_disclosure_section_of_its_own_elsewhere_on_the_portal_belongs_to_the_site(tmp_path: Path) -> None:
    nav = menu(("/wjj/tzgg/", "通知公告"), ("/wjj/jgzn/", "机构职能"), ("/zwgk/wjj/", "政务公开"))
    pages = {"/wjj/": html("卫健局", nav), "/wjj/tzgg/": html("通知公告"), "/wjj/jgzn/": html("机构职能")}
    pages["/zwgk/wjj/"] = html("政务公开", menu(("/zwgk/wjj/zn/", "信息公开指南"), ("/zwgk/jyj/", "教育局")))
    pages["/zwgk/wjj/zn/"] = article("信息公开指南")
    trip = set_out(tmp_path, pages, site={"home": HOME + "wjj/"})
    assert sorted(trip.of("column")) == ["/wjj/jgzn/", "/wjj/tzgg/", "/zwgk/wjj/", "/zwgk/wjj/zn/"]
    assert trip.walk.complete


def test_a_home_page_in_a_folder_whose_columns_lie_beside_it(tmp_path: Path) -> None:
    nav = menu(("/col/col1/", "通知公告"), ("/col/col2/", "机构职能"), ("/col/col3/", "政策文件"))
    pages: dict[str, Any] = {"/web/index.html": html("某局", nav)}
    pages |= {f"/col/col{n}/": html("栏目") for n in (1, 2, 3)}
    trip = set_out(tmp_path, pages, site={"home": HOME + "web/index.html"})
    assert sorted(trip.of("column")) == ["/col/col1/", "/col/col2/", "/col/col3/"]


def test_an_endless_calendar_is_bounded_and_hides_no_column(tmp_path: Path) -> None:
    def month(number: int) -> str:
        links = "".join(f'<a href="/cal?m={number}&d={day}">{day}</a>' for day in range(1, 29))
        return html("日历", f'<a href="/cal?m={number + 1}">下一月</a>{links}')

    pages: dict[str, Any] = {**small_site(), "/xxgk/": html("信息公开", '<a href="/cal?m=1">2026年1月</a>')}
    pages |= {f"/cal?m={n}": month(n) for n in range(1, 2000)}
    trip = set_out(tmp_path, pages)
    assert sum("/cal" in url for url in trip.web.asked) < 200
    assert trip.walk.complete


@pytest.mark.parametrize("words", ["下个月", "后一天", "下一期", "往后翻"])
def test_a_calendar_in_the_menu_is_no_column_and_hides_none(tmp_path: Path, words: str) -> None:
    def month(number: int) -> str:
        return html(f"{number}月", menu(("/", "首页"), (f"/rili?m={number + 1}", words)) + "<table></table>")

    pages: dict[str, Any] = {**small_site(), "/xxgk/": html("信息公开", menu(("/rili?m=1", "办事日历")))}
    pages |= {f"/rili?m={n}": month(n) for n in range(1, 2000)}
    trip = set_out(tmp_path, pages)
    assert trip.walk.complete
    assert len([url for url in trip.of("column") if "/rili" in url]) <= 2


def test_a_tree_without_end_is_bounded_and_said_to_be_incomplete(tmp_path: Path) -> None:
    def branch(depth: int) -> str:
        path = "/".join(f"n{level}" for level in range(depth + 1))
        return html("目录", menu((f"/{path}/", "下级目录"), (f"/x{depth}/", "其他目录")))

    pages: dict[str, Any] = {**small_site(), "/xxgk/": branch(0)}
    pages |= {"/" + "/".join(f"n{level}" for level in range(d)) + "/": branch(d) for d in range(1, 60)}
    trip = set_out(tmp_path, pages, max_depth=6)
    assert len(trip.web.asked) < 100
    assert not trip.walk.complete
    assert any("深度上限" in pending.why for pending in trip.walk.pending)


def test_an_address_that_repeats_itself_is_not_followed(tmp_path: Path) -> None:
    def page(number: int) -> str:
        return html("目录", menu((f"/{'lm/' * (number + 1)}", "目录")))

    pages: dict[str, Any] = {**small_site(), "/xxgk/": page(0)}
    pages |= {f"/{'lm/' * n}": page(n) for n in range(1, 60)}
    trip = set_out(tmp_path, pages, max_depth=50)
    assert len(trip.web.asked) < 60
    assert not trip.walk.complete


def test_the_page_budget_ends_the_walk_and_says_so(tmp_path: Path) -> None:
    pages: dict[str, Any] = {
        "/": html("某局", menu(*((f"/c{n}/", f"栏目{'甲乙丙丁戊己庚辛壬癸'[n]}") for n in range(10))))
    }
    pages |= {f"/c{n}/": html("栏目") for n in range(10)}
    trip = set_out(tmp_path, pages, max_pages=5)
    assert sum(one.role in {"home", "column"} for one in trip.walk.sightings) == 5
    assert not trip.walk.complete
    assert len(trip.walk.pending) == 6
    assert "页数上限（5 页）" in trip.walk.pending[0].why


def test_a_list_out_of_order_is_paged_before_articles_are_read(tmp_path: Path) -> None:
    pages = small_site()
    mixed = [
        ("/art/2026/2.html", "关于第2项工作的通知", "2026-01-02"),
        ("/art/2026/9.html", "关于第9项工作的通知", "2026-06-09"),
    ]
    pager = '<div class="pager"><a href="/tzgg/index_1.html">下一页</a></div>'
    pages["/tzgg/"] = html("通知公告", MENU + listing(*mixed) + pager)
    asked = set_out(tmp_path, pages).web.asked
    assert asked.index(HOME + "tzgg/index_1.html") < min(i for i, url in enumerate(asked) if "/art/" in url)


def test_a_list_is_paged_up_to_the_bound(tmp_path: Path) -> None:
    pages: dict[str, Any] = {"/": html("某局", menu(("/tzgg/", "通知公告")))}
    for page in range(60):
        name = "/tzgg/" if page == 0 else f"/tzgg/index_{page}.html"
        rows = listing(
            *(
                (f"/art/2026/{page}{n}.html", f"关于{page}{n}的通知", f"20{25 - page // 4}-0{6 - n}-01")
                for n in range(5)
            )
        )
        pages[name] = html(
            "通知公告", rows + f'<div class="pager"><a href="/tzgg/index_{page + 1}.html">下一页</a></div>'
        )
    trip = set_out(tmp_path, pages, max_list_pages=5)
    assert trip.of("pager") == [f"/tzgg/index_{page}.html" for page in range(1, 5)]
    assert trip.walk.complete


def test_links_are_tried_twice_before_they_count_as_broken(tmp_path: Path) -> None:
    out = "http://b.gov.cn/"
    links = (
        f'<p><a href="{out}dead">外部甲</a><a href="{out}shy">外部乙</a><a href="{out}good">外部丙</a></p>'
    )
    pages = {
        **small_site(),
        "/xxgk/": html("信息公开", links),
        f"{out}shy": [500, html("好")],
        f"{out}good": html("好"),
    }
    trip = set_out(tmp_path, pages)
    assert [one.snapshot.status for one in trip.tries(f"{out}dead")] == [FetchStatus.GONE] * 2
    assert [one.snapshot.http_status for one in trip.tries(f"{out}shy")] == [500, 200]
    assert [one.snapshot.status for one in trip.tries(f"{out}good")] == [FetchStatus.OK]
    assert {one.role for one in trip.walk.sightings if one.snapshot.url.startswith(out)} == {"link"}
    assert trip.sighting(f"{out}good").page is None
    assert trip.sighting(f"{out}good").snapshot.body is None
    assert trip.walk.complete


def test_a_dead_foreign_host_is_asked_once_a_round(tmp_path: Path) -> None:
    out = "http://b.gov.cn/"
    links = "".join(f'<a href="{out}{n}">外部链接</a>' for n in range(20))
    pages: dict[str, Any] = {**small_site(), "/xxgk/": html("信息公开", f"<p>{links}</p>")}
    pages |= {f"{out}{name}": Failure.DNS for name in ("robots.txt", *range(20))}
    trip = set_out(tmp_path, pages)
    assert sum(url.startswith(out) for url in trip.web.asked) == 2
    for number in range(20):
        assert [one.snapshot.status for one in trip.tries(f"{out}{number}")] == [FetchStatus.UNREACHABLE] * 2


def test_a_soft_404_behind_a_link_is_told(tmp_path: Path) -> None:
    out = "http://b.gov.cn/x.html"
    soft = html("提示", "<p>对不起，您访问的页面不存在或已删除！</p>")
    pages = {**small_site(), "/xxgk/": html("信息公开", f'<p><a href="{out}">外部</a></p>'), out: soft}
    trip = set_out(tmp_path, pages)
    assert [one.snapshot.status for one in trip.tries(out)] == [FetchStatus.GONE] * 2
    assert trip.tries(out)[0].snapshot.detail.startswith("软404")
    assert trip.tries(out)[0].snapshot.body is not None


def test_links_are_bounded_by_host_and_can_be_left_out(tmp_path: Path) -> None:
    from crawler.plan import LinkBudget

    links = "".join(f'<a href="http://b.gov.cn/{n}">外部链接</a>' for n in range(30))
    links += "".join(f'<a href="http://c{n}.gov.cn/">外部链接</a>' for n in range(30))
    pages = {**small_site(), "/xxgk/": html("信息公开", f"<p>{links}</p>")}
    few = set_out(tmp_path, pages, links=LinkBudget(per_site=20, per_host=5))
    assert (
        len({url for url in few.web.asked if url.startswith("http://b.")} - {"http://b.gov.cn/robots.txt"})
        == 5
    )
    none = set_out(tmp_path, pages, check_links=False, name="2")
    assert all(url.startswith(HOME) for url in none.web.asked)


def test_a_link_that_two_sites_share_is_tried_once(tmp_path: Path) -> None:
    book, robots, out = TargetBook(), RobotsBook(), "http://b.gov.cn/dead"
    pages = {**small_site(), "/xxgk/": html("信息公开", f'<p><a href="{out}">外部</a></p>')}
    first = set_out(tmp_path, pages, targets=book, robots=robots)
    second = set_out(tmp_path, pages, targets=book, robots=robots, site={"id": "s02"}, name="2")
    assert first.web.counts[out] == 2
    assert second.web.counts[out] == 0
    assert len(second.tries(out)) == 2


def test_a_failing_link_that_another_site_tried_once_so_far_is_tried_here_too(tmp_path: Path) -> None:
    book, robots, out = TargetBook(), RobotsBook(), "http://b.gov.cn/dead"
    pages = {**small_site(), "/xxgk/": html("信息公开", f'<p><a href="{out}">外部</a></p>')}
    first = set_out(tmp_path, pages, targets=book, robots=robots)
    half = TargetBook()
    half.learn(out, first.tries(out)[0])
    second = set_out(tmp_path, pages, targets=half, robots=robots, site={"id": "s02"}, name="2")
    assert second.web.counts[out] == 2
    assert len(second.tries(out)) == 2
    alive = TargetBook()
    alive.learn(out, replace(first.tries(out)[0], snapshot=first.sighting("/").snapshot))
    third = set_out(tmp_path, pages, targets=alive, robots=robots, site={"id": "s03"}, name="3")
    assert third.web.counts[out] == 0


def test_a_page_that_was_tried_as_a_link_is_read_when_its_list_comes_late(tmp_path: Path) -> None:
    late = "/zcwj/method.html"
    pages = small_site()
    pages["/"] = html("某局", MENU + menu(("/zcwj/", "政策文件")))
    pages["/art/2026/20.html"] = article("关于第20项工作的通知", body=f'<a href="{late}">附上文件</a>')
    pages["/zcwj/"] = (502, html("政策文件", MENU + listing((late, "关于印发某办法的通知", "2026-06-01"))))
    pages[late] = article("关于印发某办法的通知", "2026-06-01")
    trip = set_out(tmp_path, pages)
    assert [one.role for one in trip.tries(late)] == ["link", "article"]
    assert trip.sighting(late).page is not None
    assert trip.walk.complete


def test_attachments_are_fetched_up_to_the_bound(tmp_path: Path) -> None:
    links = "".join(f'<a href="/files/{n}.txt">附件{n}</a>' for n in range(8))
    pages: dict[str, Any] = {**small_site(), "/art/2026/20.html": article("有附件", body=links)}
    pages |= {f"/files/{n}.txt": f"附件{n}的内容" for n in range(8)}
    trip = set_out(tmp_path, pages, max_attachments=5)
    assert len(trip.of("attachment")) == 5
    assert trip.sighting("/files/0.txt").found_on == HOME + "art/2026/20.html"


def test_a_host_that_falls_silent_is_left_alone(tmp_path: Path) -> None:
    entries = [(f"/art/2026/{n}.html", f"关于{n}的通知", "2026-06-01") for n in range(200, 300)]
    pages: dict[str, Any] = {"/": html("某局", MENU), "/tzgg/": html("通知公告", listing(*entries))}
    pages |= {url: Failure.TIMEOUT for url, _, _ in entries}
    trip = set_out(tmp_path, pages)
    assert "没有响应" in trip.walk.stopped
    assert not trip.walk.complete
    assert len(trip.web.asked) < 50


def test_a_site_that_blocks_us_is_left_alone(tmp_path: Path) -> None:
    entries = [(f"/art/2026/{n}.html", f"关于{n}的通知", "2026-06-01") for n in range(200, 300)]
    pages: dict[str, Any] = {"/": html("某局", MENU), "/tzgg/": html("通知公告", listing(*entries))}
    pages |= {"/xxgk/": html("信息公开"), **{url: 412 for url, _, _ in entries}}
    trip = set_out(tmp_path, pages)
    assert "白名单" in trip.walk.stopped
    assert len(trip.web.asked) < 30
    assert all(one.snapshot.status is not FetchStatus.GONE for one in trip.walk.sightings)


def test_a_walk_that_is_stopped_says_what_was_left(tmp_path: Path) -> None:
    def stop(journey: Journey, asked: int) -> None:
        if asked == 3:
            journey.stop("已到时间")

    pages = {**small_site(), "/tzgg/": 503}
    trip = set_out(tmp_path, pages, stop=stop)
    assert trip.walk.stopped == "已到时间"
    assert not trip.walk.complete
    assert {pending.url for pending in trip.walk.pending} == {HOME + "tzgg/", HOME + "xxgk/"}
    assert trip.sighting("/tzgg/").role == "column"


def test_a_page_that_breaks_the_reader_costs_one_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: Any = vars(pipeline)["read_page"]

    def broken(body: bytes, url: str, **facts: Any) -> Any:
        if "/xxgk/zd/" in url:
            raise RuntimeError("cannot")
        return read(body, url, **facts)

    monkeypatch.setattr(pipeline, "read_page", broken)
    trip = set_out(tmp_path, small_site())
    assert trip.sighting("/xxgk/zd/").snapshot.status is FetchStatus.UNREADABLE
    assert [pending.url for pending in trip.walk.pending] == [HOME + "xxgk/zd/"]
    assert len(trip.of("article")) == 20


def test_a_page_that_breaks_the_walk_costs_one_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from crawler.spiders import pursuit

    leads: Any = vars(pursuit)["leads_of"]

    def broken(page: Any, visit: Any, *rest: Any, **facts: Any) -> Any:
        if visit.url.endswith("/xxgk/"):
            raise RuntimeError("cannot")
        return leads(page, visit, *rest, **facts)

    monkeypatch.setattr(pursuit, "leads_of", broken)
    trip = set_out(tmp_path, small_site())
    assert trip.sighting("/xxgk/").snapshot.status is FetchStatus.OK
    assert not trip.walk.complete
    assert "/tzgg/" in trip.of("column")


def test_the_home_page_given_for_every_address_proves_nothing(tmp_path: Path) -> None:
    pages = small_site()
    trip = set_out(tmp_path, {**pages, "/xxgk/": pages["/"], "/tzgg/": redirect("/")})
    for path in ("/xxgk/", "/tzgg/"):
        seen = trip.sighting(path)
        assert seen.snapshot.status is FetchStatus.MISDIRECTED
        assert seen.page is None
    assert not trip.walk.complete


def test_the_home_page_with_a_query_that_changes_nothing_hides_no_column(tmp_path: Path) -> None:
    nav = menu(("/index.html?link=xwzx", "新闻中心"), ("/tzgg/", "通知公告"))
    page = html("某局", nav + listing(("/art/2026/1.html", "关于一的通知", "2026-06-01")))
    pages = {**small_site(), "/": page, "/index.html?link=xwzx": page}
    trip = set_out(tmp_path, pages)
    assert trip.walk.complete
    assert trip.sighting("/index.html?link=xwzx").role == "link"


def test_chinese_and_blanks_in_addresses(tmp_path: Path) -> None:
    pages = {
        "/": html("某局", menu(("/通知 公告/", "通知公告"))),
        "/%E9%80%9A%E7%9F%A5%20%E5%85%AC%E5%91%8A/": html("通知公告"),
    }
    trip = set_out(tmp_path, pages)
    assert trip.walk.complete
    assert trip.sighting("/%E9%80%9A%E7%9F%A5%20%E5%85%AC%E5%91%8A/").role == "column"
