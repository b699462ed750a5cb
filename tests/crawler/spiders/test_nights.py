"""What need not be asked again: an earlier night's facts, a browser's pages, another pass of a night."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from crawler.plan import RenderedPage
from crawler.runfolder import RunFolder
from crawler.spiders.earlier import carried_on
from domain.snapshot import FetchStatus, Via
from tests.crawler.spiders.test_journey import MENU, small_site
from tests.crawler.spiders.web import AS_OF, HOME, article, html, listing, menu, set_out

TAGGED = {
    path: {"ETag": f'"{path}"', "Last-Modified": "Mon, 01 Jun 2026 00:00:00 GMT"} for path in small_site()
}


def test_a_night_without_change_asks_only_for_home_page_and_columns(tmp_path: Path) -> None:
    first = set_out(tmp_path, small_site(), name="first", headers=TAGGED)
    before = {"previous": str(tmp_path / "first")}
    columns = {"/", "/tzgg/", "/xxgk/", "/xxgk/zn/", "/xxgk/zd/"}
    unchanged: dict[str, Any] = {**small_site(), **dict.fromkeys(columns, 304)}
    second = set_out(tmp_path, unchanged, name="second", site_plan=before)
    asked = {url.removeprefix(HOME) for url in second.web.asked}
    assert asked == {"robots.txt", *(path.removeprefix("/") for path in columns)}
    assert second.walk.complete
    assert {one.snapshot.url for one in second.walk.sightings} == {
        one.snapshot.url for one in first.walk.sightings
    }
    by_url = {one.snapshot.url: one for one in first.walk.sightings}
    for one in second.walk.sightings:
        assert one.page == by_url[one.snapshot.url].page
        assert one.role == by_url[one.snapshot.url].role
        assert one.snapshot.body == by_url[one.snapshot.url].snapshot.body
        assert one.snapshot.status is FetchStatus.OK


def test_what_is_carried_on_says_when_it_was_seen(tmp_path: Path) -> None:
    first = set_out(tmp_path, small_site(), name="first")
    second = set_out(tmp_path, small_site(), name="second", site_plan={"previous": str(tmp_path / "first")})
    kept = second.sighting("/art/2026/20.html")
    assert kept.snapshot.via is Via.KEPT
    assert kept.snapshot.fetched_at == first.sighting("/art/2026/20.html").snapshot.fetched_at
    assert second.sighting("/tzgg/").snapshot.via is Via.HTTP


def test_columns_are_asked_for_only_if_they_changed(tmp_path: Path) -> None:
    set_out(tmp_path, small_site(), name="first", headers=TAGGED)
    second = set_out(tmp_path, small_site(), name="second", site_plan={"previous": str(tmp_path / "first")})
    assert second.web.conditions[HOME + "tzgg/"] == {
        "If-None-Match": '"/tzgg/"',
        "If-Modified-Since": "Mon, 01 Jun 2026 00:00:00 GMT",
    }
    bare = set_out(tmp_path, small_site(), name="bare")
    assert bare.web.conditions[HOME + "tzgg/"] == {}


def test_new_entries_are_read_and_further_pages_of_a_changed_list_asked_for(tmp_path: Path) -> None:
    set_out(tmp_path, small_site(), name="first")
    pages = small_site()
    fresh = listing(("/art/2026/99.html", "关于第99项工作的通知", "2026-06-29"))
    pages["/tzgg/"] = pages["/tzgg/"].replace("</body>", fresh + "</body>")
    pages["/art/2026/99.html"] = article("关于第99项工作的通知", "2026-06-29")
    second = set_out(tmp_path, pages, name="second", site_plan={"previous": str(tmp_path / "first")})
    asked = {url.removeprefix(HOME) for url in second.web.asked}
    assert {"art/2026/99.html", "tzgg/index_1.html"} <= asked
    assert not {f"art/2026/{n}.html" for n in range(1, 21)} & asked


def test_an_article_with_another_title_is_read_again(tmp_path: Path) -> None:
    set_out(tmp_path, small_site(), name="first")
    pages = small_site()
    for path in ("/", "/tzgg/"):
        pages[path] = pages[path].replace("关于第20项工作的通知", "关于第20项工作的更正通知")
    second = set_out(tmp_path, pages, name="second", site_plan={"previous": str(tmp_path / "first")})
    assert HOME + "art/2026/20.html" in second.web.asked
    assert HOME + "art/2026/19.html" not in second.web.asked


def test_what_failed_the_night_before_is_asked_again(tmp_path: Path) -> None:
    set_out(tmp_path, {**small_site(), "/art/2026/20.html": 500}, name="first")
    second = set_out(tmp_path, small_site(), name="second", site_plan={"previous": str(tmp_path / "first")})
    assert second.sighting("/art/2026/20.html").snapshot.via is Via.HTTP
    assert second.sighting("/art/2026/20.html").snapshot.status is FetchStatus.OK


def test_an_unfinished_or_missing_night_is_no_ground(tmp_path: Path) -> None:
    first = set_out(tmp_path, small_site(), name="first")
    path = RunFolder(tmp_path / "first", tmp_path / "bodies").site_path("s01")
    path.write_bytes(path.read_bytes()[:-20])
    for name in ("first", "nowhere"):
        again = set_out(tmp_path, small_site(), name="x" + name, site_plan={"previous": str(tmp_path / name)})
        assert len(again.web.asked) == len(first.web.asked)


def test_a_body_that_was_lost_is_asked_for_whole(tmp_path: Path) -> None:
    first = set_out(tmp_path, small_site(), name="first", headers=TAGGED)
    folder = RunFolder(tmp_path / "first", tmp_path / "bodies")
    folder.body_path(first.sighting("/tzgg/").snapshot.body or "").unlink()
    second = set_out(tmp_path, small_site(), name="second", site_plan={"previous": str(tmp_path / "first")})
    assert second.web.conditions[HOME + "tzgg/"] == {}
    assert second.sighting("/tzgg/").page is not None


def test_dates_without_a_year_are_read_anew(tmp_path: Path) -> None:
    rows = (("/a1.html", "关于一的通知", "06-29"), ("/a2.html", "关于二的通知", "06-28"))
    row = listing(*rows)
    pages: dict[str, Any] = {"/": html("某局", menu(("/tzgg/", "通知公告"))), "/tzgg/": html("通知公告", row)}
    pages |= {"/a1.html": article("一"), "/a2.html": article("二")}
    set_out(tmp_path, pages, name="first", headers={"/tzgg/": {"ETag": '"1"'}})
    before = {"previous": str(tmp_path / "first")}
    later = AS_OF + timedelta(days=365)
    second = set_out(tmp_path, {**pages, "/tzgg/": 304}, name="second", site_plan=before, as_of=later)
    page = second.sighting("/tzgg/").page
    assert page is not None
    assert {item.day.year for item in page.items if item.day} == {2027}


SHELL = html("信息公开", '<div id="app"></div><script src="/app.js"></script>')


def test_a_page_that_a_browser_has_shown_is_walked_on_from(tmp_path: Path) -> None:
    first = set_out(tmp_path, {**small_site(), "/xxgk/": SHELL}, name="first")
    assert first.sighting("/xxgk/").snapshot.status is FetchStatus.UNRENDERED
    assert [pending.url for pending in first.walk.pending] == [HOME + "xxgk/"]
    folder = RunFolder(tmp_path / "first", tmp_path / "bodies")
    dom = html("信息公开", MENU + menu(("/xxgk/zn/", "信息公开指南"))).encode()
    shown = RenderedPage(url=HOME + "xxgk/", final_url=HOME + "xxgk/", sha256=folder.keep(dom), seen_at=AS_OF)
    plan = {"previous": str(tmp_path / "first"), "same_night": True, "rendered": (shown,)}
    second = set_out(tmp_path, {**small_site(), "/xxgk/": SHELL}, name="second", site_plan=plan)
    assert second.walk.complete
    seen = second.sighting("/xxgk/")
    assert (seen.snapshot.via, seen.snapshot.status) == (Via.BROWSER, FetchStatus.OK)
    assert set(second.web.asked) == {HOME + "robots.txt", HOME + "xxgk/zn/"}
    assert second.sighting("/tzgg/").snapshot.via is Via.HTTP


def test_a_second_pass_of_a_night_carries_on_what_the_night_before_saw(tmp_path: Path) -> None:
    site = {**small_site(), "/xxgk/": SHELL, "/xxgk/zn/": html("信息公开指南", MENU)}
    dom = html("信息公开", MENU + menu(("/xxgk/zn/", "信息公开指南"))).encode()
    folder = RunFolder(tmp_path / "night", tmp_path / "bodies")
    shown = RenderedPage(url=HOME + "xxgk/", final_url=HOME + "xxgk/", sha256=folder.keep(dom), seen_at=AS_OF)
    night = set_out(tmp_path, site, name="night", site_plan={"rendered": (shown,)})
    articles = [one for one in night.walk.sightings if one.role == "article"]
    tonight = {"previous": str(tmp_path / "empty"), "same_night": True, "night": str(tmp_path / "night")}
    second = set_out(tmp_path, site, name="second", site_plan={**tonight, "rendered": (shown,)})
    assert articles
    assert not {one.snapshot.url for one in articles} & set(second.web.asked)


def test_what_is_to_be_seen_afresh_is_asked_for(tmp_path: Path) -> None:
    first = set_out(tmp_path, small_site(), name="first")
    article_url = next(one.snapshot.url for one in first.walk.sightings if one.role == "article")
    plan = {"previous": str(tmp_path / "first"), "fresh": (article_url,)}
    second = set_out(tmp_path, small_site(), name="second", site_plan=plan)
    assert article_url in second.web.asked
    again = {"previous": str(tmp_path / "second"), "same_night": True, "fresh": (article_url,)}
    third = set_out(tmp_path, small_site(), name="third", site_plan=again)
    assert article_url not in third.web.asked
    set_out(tmp_path, small_site(), name="kept", site_plan={"previous": str(tmp_path / "first")})
    again = {"previous": str(tmp_path / "kept"), "same_night": True, "fresh": (article_url,)}
    fourth = set_out(tmp_path, small_site(), name="fourth", site_plan=again)
    assert [url for url in fourth.web.asked if not url.endswith("robots.txt")] == [article_url]


def test_articles_that_are_sought_are_asked_for_though_nothing_leads_to_them(tmp_path: Path) -> None:
    loose = HOME + "art/2019/77.html"
    site = {**small_site(), "/art/2019/77.html": article("七十七")}
    listed = next(
        one.snapshot.url
        for one in set_out(tmp_path, site, name="first").walk.sightings
        if one.role == "article"
    )
    wanted = {"sought": (loose, listed, HOME + "tzgg/")}
    walk = set_out(tmp_path, site, name="second", site_plan=wanted).walk
    by_url = {one.snapshot.url: one for one in walk.sightings}
    assert by_url[loose].role == "article"
    assert by_url[loose].found_on is None
    assert by_url[listed].found_on is not None
    assert by_url[HOME + "tzgg/"].role == "column"
    assert walk.complete


def test_facts_that_are_too_old_are_not_carried_on(tmp_path: Path) -> None:
    first = set_out(tmp_path, small_site(), name="first")
    seen = next(one for one in first.walk.sightings if one.role == "article")
    week = timedelta(days=7)
    for age, stands in ((week, True), (week + timedelta(seconds=1), False)):
        now = seen.snapshot.fetched_at + age
        carried = carried_on(seen, role="article", text=seen.asked_as, now=now, oldest=week)
        assert (carried is not None) is stands


def test_the_data_behind_a_script_list_is_fetched_as_its_further_page(tmp_path: Path) -> None:
    script = (
        "<div id='list'></div><script>$.ajax({url:'/api/list.json?page=1',success:fill('list')})</script>"
    )
    data = '{"rows":[{"title":"关于一的通知","url":"/a1.html","date":"2026-06-01"}]}'.encode()
    pages = {**small_site(), "/xxgk/": html("信息公开", script), "/api/list.json?page=1": data}
    headers = {"/api/list.json?page=1": {"Content-Type": "application/json"}}
    trip = set_out(tmp_path, pages, headers=headers)
    feed = trip.sighting("/api/list.json?page=1")
    assert (feed.role, feed.found_on) == ("pager", HOME + "xxgk/")
