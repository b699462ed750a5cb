"""Whole crawls in processes of their own, over servers on loopback that behave well or badly."""

import asyncio
import gzip
import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, time
from pathlib import Path
from typing import Any

import pytest

from crawler.crawl import crawl
from crawler.events import Event, PageSeen, SiteDone, SiteFailed, SiteStarted
from crawler.plan import CrawlPlan, LinkBudget, SitePlan, Timeouts, encode_plan
from crawler.runfolder import RunFolder
from crawler.spiders.scope import place_of
from domain.snapshot import FetchStatus, Via
from domain.target import Site
from domain.walk import Sighting, Walk
from tests.crawler.loopback import Asked, Given, LoopbackServer, Writer
from tests.crawler.spiders.web import AS_OF, article, html, listing, menu

MENU = menu(("/", "首页"), ("/tzgg/", "通知公告"))
ENTRY = listing(
    ("/art/2026/1.html", "关于一的通知", "2026-06-01"), ("/art/2026/2.html", "关于二的通知", "2026-05-01")
)
GOOD: dict[str, Any] = {
    "/": html("某局", MENU + ENTRY),
    "/tzgg/": html("通知公告", MENU + ENTRY),
    "/art/2026/1.html": article("关于一的通知"),
    "/art/2026/2.html": article("关于二的通知", "2026-05-01"),
}


QUICK = Timeouts(page=3.0, attachment=3.0, link=3.0)
"""Short enough for what never ends, long enough for what does on a busy machine."""


@pytest.fixture
def server() -> Iterator[LoopbackServer]:
    with LoopbackServer(GOOD) as running:
        yield running


def plan_for(*servers: LoopbackServer, **facts: Any) -> CrawlPlan:
    sites = tuple(
        SitePlan(site=Site(id=f"s{number:02d}", unit="U", name=f"第{number}局", home=one.home))
        for number, one in enumerate(servers, start=1)
    )
    base = {"sites": sites, "as_of": AS_OF, "clock": AS_OF, "delay": 0}
    return CrawlPlan(**{**base, **facts})


def run(place: Path, plan: CrawlPlan, processes: int | None = 1) -> list[Event]:
    return list(crawl(plan, place / "run", place / "bodies", processes=processes))


def walk_of(place: Path, site_id: str = "s01") -> Walk:
    return RunFolder(place / "run", place / "bodies").read_walk(site_id)


def sighting(walk: Walk, path: str) -> Sighting:
    found = [one for one in walk.sightings if one.snapshot.url.endswith(path) and one.role != "link"]
    assert found, f"{path}: {[(one.role, one.snapshot.url) for one in walk.sightings]}"
    return found[-1]


def children() -> list[int]:
    """The crawl processes that this one has started (others' browsers are not its business)."""
    found: list[int] = []
    for task in Path("/proc/self/task").iterdir():
        with suppress(OSError):
            found += [int(pid) for pid in (task / "children").read_text().split()]
    return [pid for pid in found if is_crawl(pid)]


def is_crawl(pid: int) -> bool:
    try:
        return b"\0-m\0crawler\0" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


def test_a_crawl_tells_what_happens_and_leaves_a_folder(tmp_path: Path, server: LoopbackServer) -> None:
    events = run(tmp_path, plan_for(server))
    assert events[0] == SiteStarted(site="s01", name="第1局")
    assert events[-1] == SiteDone(site="s01", pages=4, complete=True)
    assert all(isinstance(event, PageSeen) for event in events[1:-1])
    walk = walk_of(tmp_path)
    assert walk.complete
    assert [one.role for one in walk.sightings] == ["home", "column", "article", "article"]
    first = walk.sightings[0].snapshot
    assert (first.status, first.http_status, first.server_ip, first.via) == (
        FetchStatus.OK,
        200,
        "127.0.0.1",
        Via.HTTP,
    )
    assert first.elapsed_ms is not None
    assert first.header("content-type") == "text/html; charset=utf-8"
    body = RunFolder(tmp_path / "run", tmp_path / "bodies").body(first.body or "")
    assert body.decode() == GOOD["/"]
    assert AS_OF <= walk.started_at <= first.fetched_at <= walk.ended_at
    assert (tmp_path / "run" / "plan.json").read_bytes() == encode_plan(plan_for(server))
    assert children() == []


def test_the_monitor_names_itself_and_asks_for_robots_txt_first(
    tmp_path: Path, server: LoopbackServer
) -> None:
    run(tmp_path, plan_for(server))
    assert server.asked[0].target == "/robots.txt"
    assert all("govwatch" in asked.headers["user-agent"] for asked in server.asked)
    assert server.asked[1].headers["accept-language"].startswith("zh-CN")


def test_what_was_sent_is_noted_as_it_was_sent(tmp_path: Path, server: LoopbackServer) -> None:
    run(tmp_path, plan_for(server))
    home = walk_of(tmp_path).sightings[0].snapshot
    noted = {name.lower(): value for name, value in home.request_headers}
    arrived = server.asked[1].headers
    assert home.method == "GET"
    assert {"user-agent", "accept-language", "accept-encoding"} <= set(noted)
    assert all(arrived[name] == value for name, value in noted.items())


def test_sites_are_shared_out_over_processes(tmp_path: Path) -> None:
    with LoopbackServer(GOOD) as one, LoopbackServer(GOOD) as two, LoopbackServer(GOOD) as three:
        events = run(tmp_path, plan_for(one, two, three), processes=2)
    assert {event.site for event in events if isinstance(event, SiteDone)} == {"s01", "s02", "s03"}
    assert RunFolder(tmp_path / "run", tmp_path / "bodies").finished_sites() == {"s01", "s02", "s03"}


def test_what_is_finished_is_not_walked_again(tmp_path: Path) -> None:
    with LoopbackServer(GOOD) as one, LoopbackServer(GOOD) as two:
        plan = plan_for(one, two)
        run(tmp_path, plan)
        path = RunFolder(tmp_path / "run", tmp_path / "bodies").site_path("s02")
        path.write_bytes(path.read_bytes()[:-10])
        asked = len(one.asked), len(two.asked)
        events = run(tmp_path, plan)
        assert (len(one.asked), len(two.asked)) == (asked[0], asked[1] * 2)
    assert events[0] == SiteDone(site="s01", pages=4, complete=True, kept=True)
    assert [event.site for event in events if isinstance(event, SiteStarted)] == ["s02"]
    assert walk_of(tmp_path, "s02").complete


def test_a_process_that_dies_costs_only_the_site_that_kills_it(tmp_path: Path) -> None:
    def kill(asked: Asked) -> str:
        for pid in children():
            os.kill(pid, signal.SIGKILL)
        return "never read"

    bad = {**GOOD, "/tzgg/": kill}
    with LoopbackServer(bad) as deadly, LoopbackServer(GOOD) as one, LoopbackServer(GOOD) as two:
        events = run(tmp_path, plan_for(one, deadly, two, jobs=3))
        assert deadly.counts["/tzgg/"] == 2
    [failed] = [event for event in events if isinstance(event, SiteFailed)]
    assert failed.site == "s02"
    assert "采集进程异常退出" in failed.reason
    assert {event.site for event in events if isinstance(event, SiteDone)} == {"s01", "s03"}
    assert walk_of(tmp_path, "s01").complete
    assert walk_of(tmp_path, "s03").complete
    lost = walk_of(tmp_path, "s02")
    assert not lost.complete
    assert lost.stopped == failed.reason
    assert children() == []


async def never(asked: Asked, writer: Writer) -> None:
    await asyncio.Event().wait()


def ends(pid: int) -> bool:
    """Whether a process is gone within ten seconds."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([handle], [], [], 10)[0])
    finally:
        os.close(handle)


def test_a_caller_that_stops_listening_leaves_no_process_behind(tmp_path: Path) -> None:
    with LoopbackServer({**GOOD, "/tzgg/": never}) as stuck:
        events = crawl(plan_for(stuck), tmp_path / "run", tmp_path / "bodies", processes=1)
        assert next(events) == SiteStarted(site="s01", name="第1局")
        [pid] = children()
        events.close()  # type: ignore[attr-defined]
        assert ends(pid)
    assert children() == []
    assert RunFolder(tmp_path / "run", tmp_path / "bodies").finished_sites() == frozenset()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="只有 Linux 能在父进程死去时结束子进程")
def test_a_caller_that_is_killed_takes_its_processes_along(tmp_path: Path) -> None:
    with LoopbackServer({**GOOD, "/tzgg/": never}) as stuck:
        (tmp_path / "plan").write_bytes(encode_plan(plan_for(stuck, timeouts=Timeouts(page=600, link=600))))
        code = (
            "import sys; from pathlib import Path; from crawler.crawl import crawl;"
            "from crawler.plan import decode_plan; place = Path(sys.argv[1]);"
            "plan = decode_plan((place / 'plan').read_bytes());"
            "[print(one, flush=True) for one in crawl(plan, place / 'run', place / 'bodies', processes=1)]"
        )
        parent = subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE)
        assert parent.stdout is not None
        assert b"SiteStarted" in parent.stdout.readline()
        grandchildren = [
            int(pid)
            for task in Path(f"/proc/{parent.pid}/task").iterdir()
            for pid in (task / "children").read_text().split()
        ]
        assert len(grandchildren) == 1
        parent.kill()
        parent.wait()
        parent.stdout.close()
        assert all(ends(pid) for pid in grandchildren)


async def drip(asked: Asked, writer: Writer) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    while True:
        writer.write(b"<p>x</p>")
        await writer.drain()
        await asyncio.sleep(0.05)


async def hundred_megabytes(asked: Asked, writer: Writer) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>")
    for _ in range(100):
        writer.write(b"x" * 1024 * 1024)
        await writer.drain()


async def announced_giant(asked: Asked, writer: Writer) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9999999999\r\n\r\n<html>")
    await writer.drain()
    await asyncio.Event().wait()


async def closes(asked: Asked, writer: Writer) -> None:
    writer.close()


async def nonsense(asked: Asked, writer: Writer) -> None:
    writer.write(b"\x00\x01 this is no HTTP at all \r\n\r\n")
    await writer.drain()


async def half(asked: Asked, writer: Writer) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5000\r\n\r\n<html><p>half")
    await writer.drain()


def wants_cookie(asked: Asked) -> Given:
    if "visit=1" in asked.headers.get("cookie", ""):
        return Given(html("要 cookie 的栏目", MENU + ENTRY))
    return Given(status=302, headers={"Location": asked.target, "Set-Cookie": "visit=1; path=/"})


PICTURE = {"Content-Type": "image/png"}
PACKED = {"Content-Encoding": "gzip"}
LONG = ("<html><body>" + "<p>正文</p>" * 2000).encode()
HOSTILE: dict[str, tuple[Any, FetchStatus]] = {
    "/drip/": (drip, FetchStatus.TIMEOUT),
    "/never/": (never, FetchStatus.TIMEOUT),
    "/giant/": (hundred_megabytes, FetchStatus.UNREADABLE),
    "/announced/": (announced_giant, FetchStatus.UNREADABLE),
    "/closes/": (closes, FetchStatus.UNREACHABLE),
    "/nonsense/": (nonsense, FetchStatus.UNREADABLE),
    "/half/": (half, FetchStatus.UNREADABLE),
    "/cutgzip/": (Given(gzip.compress(os.urandom(9000))[:4000], headers=PACKED), FetchStatus.UNREADABLE),
    "/bomb/": (Given(gzip.compress(b"<p>" + b"\0" * 60_000_000), headers=PACKED), FetchStatus.UNREADABLE),
    "/nogzip/": (Given(LONG, headers=PACKED), FetchStatus.OK),
    "/binary/": (Given(b"\x89PNG" + bytes(range(256)), headers=PICTURE), FetchStatus.UNREADABLE),
    "/loop/": (Given(status=302, headers={"Location": "/loop/"}), FetchStatus.HTTP_ERROR),
    "/noplace/": (Given(status=302), FetchStatus.HTTP_ERROR),
    "/empty/": (Given(b""), FetchStatus.UNRENDERED),
    "/gbk/": (Given(html("通知公告", MENU + ENTRY).encode("gb18030")), FetchStatus.OK),
    "/cookie/": (wants_cookie, FetchStatus.OK),
    "/%E4%B8%AD%20%E6%96%87/?q=%E4%B8%AD": (html("中文地址", MENU + ENTRY), FetchStatus.OK),
    "/nolength/": (Given(html("没有长度", MENU + ENTRY), length=False), FetchStatus.OK),
    "/deep/": ("<div>" * 20_000 + html("很深", MENU), FetchStatus.OK),
}  # fmt: skip
NAMES = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申"


def test_one_bad_page_costs_one_page(tmp_path: Path) -> None:
    links = menu(*((path, f"{NAMES[number]}栏目") for number, path in enumerate(HOSTILE)))
    links = links.replace("/%E4%B8%AD%20%E6%96%87/?q=%E4%B8%AD", "/中 文/?q=中")
    pages = {
        **GOOD,
        "/": html("某局", MENU + links + ENTRY),
        **{path: given for path, (given, _) in HOSTILE.items()},
    }
    with LoopbackServer(pages) as hostile:
        events = run(tmp_path, plan_for(hostile, max_body=5_000_000, timeouts=QUICK))
    assert isinstance(events[-1], SiteDone)
    walk = walk_of(tmp_path)
    found = {path: sighting(walk, path).snapshot.status for path in HOSTILE}
    assert found == {path: status for path, (_, status) in HOSTILE.items()}
    assert walk.sightings[0].snapshot.status is FetchStatus.OK
    for path in ("/tzgg/", "/art/2026/1.html", "/art/2026/2.html"):
        assert sighting(walk, path).snapshot.status is FetchStatus.OK
    unseen = {path for path, (_, status) in HOSTILE.items() if status is not FetchStatus.OK}
    assert len(walk.pending) == len(unseen)
    assert not walk.complete
    assert all(one.snapshot.detail for one in walk.sightings if one.snapshot.status is not FetchStatus.OK)
    gbk = sighting(walk, "/gbk/").page
    assert gbk is not None
    assert [item.title for item in gbk.items] == ["关于一的通知", "关于二的通知"]


def test_nothing_leads_into_inner_networks(tmp_path: Path) -> None:
    with LoopbackServer({"*": Given("secret")}) as secret:
        hops = {
            "/a/": f"http://localhost:{secret.port}/",
            "/b/": f"http://127.1:{secret.port}/",
            "/c/": f"http://[::1]:{secret.port}/",
            "/d/": f"http://0.0.0.0:{secret.port}/",
        }
        links = menu(*((path, f"{NAMES[n]}栏目") for n, path in enumerate(hops)))
        direct = "".join(f'<a href="{url}">外部链接</a>' for url in hops.values())
        frame = f'<iframe src="http://localhost:{secret.port}/frame"></iframe>'
        pages = {**GOOD, "/": html("某局", MENU + links + direct + frame)}
        pages |= {path: Given(status=302, headers={"Location": url}) for path, url in hops.items()}
        with LoopbackServer(pages) as server:
            run(tmp_path, plan_for(server))
        assert secret.asked == []
    walk = walk_of(tmp_path)
    for path in hops:
        assert sighting(walk, path).snapshot.status is FetchStatus.REFUSED
    tried = [one for one in walk.sightings if one.snapshot.url in hops.values()]
    assert {one.snapshot.status for one in tried} == {FetchStatus.REFUSED}


def test_networks_that_are_allowed_may_be_visited(tmp_path: Path) -> None:
    with LoopbackServer({"*": Given(html("内网页面"))}) as inner:
        out = f"http://localhost:{inner.port}/x.html"
        with LoopbackServer(
            {**GOOD, "/tzgg/": html("通知公告", f'<p><a href="{out}">外部</a></p>')}
        ) as server:
            run(tmp_path, plan_for(server, allow_networks=("127.0.0.0/8", "::1/128")))
        assert inner.counts["/x.html"] == 1
    [seen] = [one for one in walk_of(tmp_path).sightings if one.snapshot.url == out]
    assert seen.snapshot.status is FetchStatus.OK


def test_a_host_that_does_not_answer_or_exist(tmp_path: Path) -> None:
    with LoopbackServer() as gone:
        dead = f"http://127.0.0.1:{gone.port}/"
    links = f'<p><a href="{dead}">外部甲</a><a href="http://no-such-host.invalid/">外部乙</a></p>'
    with LoopbackServer({**GOOD, "/tzgg/": html("通知公告", links)}) as server:
        run(tmp_path, plan_for(server))
    walk = walk_of(tmp_path)
    for url, words in ((dead, "拒绝连接"), ("http://no-such-host.invalid/", "无法解析")):
        tries = [one.snapshot for one in walk.sightings if one.snapshot.url == url]
        assert [one.status for one in tries] == [FetchStatus.UNREACHABLE] * 2
        assert words in tries[-1].detail
    assert walk.complete


def test_an_encrypted_address_that_speaks_no_tls(tmp_path: Path, server: LoopbackServer) -> None:
    address = f"https://127.0.0.1:{server.port}/x"
    server.routes["/tzgg/"] = html("通知公告", f'<p><a href="{address}">加密地址</a></p>')
    run(tmp_path, plan_for(server))
    tries = [one.snapshot for one in walk_of(tmp_path).sightings if one.snapshot.url == address]
    assert [one.status for one in tries] == [FetchStatus.TLS_ERROR] * 2


def test_a_host_with_a_chinese_name(tmp_path: Path, server: LoopbackServer) -> None:
    address = "http://没有这个.invalid/x"
    server.routes["/tzgg/"] = html("通知公告", f'<p><a href="{address}">中文域名</a></p>')
    run(tmp_path, plan_for(server))
    tries = [one.snapshot for one in walk_of(tmp_path).sightings if ".invalid" in one.snapshot.url]
    assert [one.status for one in tries] == [FetchStatus.UNREACHABLE] * 2
    assert "无法解析" in tries[-1].detail


def test_with_pauses_the_same_is_seen(tmp_path: Path, server: LoopbackServer) -> None:
    run(tmp_path, plan_for(server, delay=0.01))
    walk = walk_of(tmp_path)
    assert walk.complete
    assert len(walk.sightings) == 4


def test_files_behind_links_are_not_loaded(tmp_path: Path) -> None:
    video = Given(b"\0" * 3_000_000, headers={"Content-Type": "video/mp4"})
    pages = {**GOOD, "/tzgg/": html("通知公告", '<p><a href="/film.mp4">宣传片</a></p>'), "/film.mp4": video}
    with LoopbackServer(pages) as server:
        run(tmp_path, plan_for(server, links=LinkBudget(max_bytes=1000)))
    [film] = [one for one in walk_of(tmp_path).sightings if one.snapshot.url.endswith("/film.mp4")]
    assert (film.role, film.snapshot.status, film.snapshot.body) == ("link", FetchStatus.OK, None)


def test_attachments_are_read_aside(tmp_path: Path) -> None:
    pages = {**GOOD, "/art/2026/1.html": article("关于一的通知", body='<a href="/f/1.txt">附件</a>')}
    pages["/f/1.txt"] = Given("附件的文字内容", headers={"Content-Type": "text/plain; charset=utf-8"})
    with LoopbackServer(pages) as server:
        run(tmp_path, plan_for(server))
    attached = sighting(walk_of(tmp_path), "/f/1.txt")
    assert attached.role == "attachment"
    assert attached.page is not None
    assert "附件的文字内容" in attached.page.text


def test_a_document_behind_an_article_link_is_read_or_said_to_be_unreadable(tmp_path: Path) -> None:
    pages = {
        **GOOD,
        "/art/2026/1.html": Given(b"%PDF-1.4 broken", headers={"Content-Type": "application/pdf"}),
    }
    with LoopbackServer(pages) as server:
        run(tmp_path, plan_for(server))
    seen = sighting(walk_of(tmp_path), "/art/2026/1.html")
    assert seen.snapshot.status is FetchStatus.UNREADABLE
    assert seen.snapshot.body is not None


def test_outside_its_hours_the_crawl_stops_and_says_so(tmp_path: Path, server: LoopbackServer) -> None:
    events = run(tmp_path, plan_for(server, night_window=(time(22), time(6)), delay=0.2))
    assert isinstance(events[-1], SiteDone)
    walk = walk_of(tmp_path)
    assert "夜间采集时段" in walk.stopped
    assert not walk.complete


def test_a_night_after_asks_little(tmp_path: Path, server: LoopbackServer) -> None:
    run(tmp_path / "first", plan_for(server))
    before = len(server.asked)
    again = SitePlan(site=plan_for(server).sites[0].site, previous=str(tmp_path / "first" / "run"))
    plan = plan_for(server, sites=(again,))
    list(crawl(plan, tmp_path / "second" / "run", tmp_path / "first" / "bodies", processes=1))
    assert [asked.target for asked in server.asked[before:]] == ["/robots.txt", "/", "/tzgg/"]
    walk = RunFolder(tmp_path / "second" / "run", tmp_path / "first" / "bodies").read_walk("s01")
    assert walk.complete
    assert sum(one.snapshot.via is Via.KEPT for one in walk.sightings) == 2


def test_no_sites_no_processes(tmp_path: Path) -> None:
    assert run(tmp_path, plan_for()) == []


def test_a_folder_that_cannot_be_written_is_a_failure_that_is_told(
    tmp_path: Path, server: LoopbackServer
) -> None:
    run_folder = RunFolder(tmp_path / "run", tmp_path / "bodies")
    run_folder.create()
    run_folder.site_path("s01").mkdir()
    with pytest.raises(OSError):
        run(tmp_path, plan_for(server))
    assert children() == []


def test_the_moment_of_the_crawl_runs_on_from_the_plans_clock(tmp_path: Path, server: LoopbackServer) -> None:
    clock = datetime.fromisoformat("2031-01-01T00:00:00+00:00")
    run(tmp_path, plan_for(server, clock=clock))
    walk = walk_of(tmp_path)
    assert all(one.snapshot.fetched_at.year == 2031 for one in walk.sightings)
    assert place_of(walk.sightings[0].snapshot.url)[0].startswith("127.0.0.1:")
