"""`govwatch read`: what is said of one page, whatever comes back."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from urllib.parse import parse_qs

import pytest

from crawler.single import Reading, reading_of_address, reading_of_bytes
from domain.observation import CHINA
from tests.crawler.loopback import Asked, Given, LoopbackServer
from tests.crawler.spiders.web import article, html, listing

AT = datetime(2026, 6, 30, 2, tzinfo=CHINA)
FIELDS = {
    *("url", "fetch_status", "adapter", "charset", "kind", "title", "column", "column_kind"),
    *("published_on", "date_source", "items", "newest", "undated", "tags"),
}


@pytest.fixture
def server() -> Iterator[LoopbackServer]:
    with LoopbackServer() as running:
        yield running


def read(server: LoopbackServer, path: str) -> Reading:
    reading = reading_of_address(server.home + path, at=AT, networks=())
    assert set(reading) >= FIELDS
    return reading


def test_a_list_and_an_article_are_told_with_all_fields(server: LoopbackServer) -> None:
    entries = listing(("/a/1.html", "关于一的通知", "2026-06-01"), ("/a/2.html", "关于二的通知", ""))
    trail = '<div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="/tzgg/">通知公告</a></div>'
    server.routes |= {"/tzgg/": html("通知公告", trail + entries), "/a/1.html": article("关于一的通知")}
    listed = read(server, "tzgg/")
    assert (listed["kind"], listed["column"], listed["column_kind"]) == ("list", "通知公告", "notices")
    assert (listed["newest"], listed["undated"]) == ("2026-06-01", 1)
    told = read(server, "a/1.html")
    assert (told["kind"], told["published_on"], told["date_source"]) == ("article", "2026-06-01", "label")


@pytest.mark.parametrize(
    ("given", "status"),
    [
        (Given("gone", 404), "gone"),
        (Given("<html><script>$_ts={}</script></html>", 412), "blocked"),
        (Given("<script>document.cookie='__jsl_clearance=1'</script>", 521), "blocked"),
        (Given("busy", 503), "http_error"),
        (Given("", 200), "unrendered"),
        (Given('<div id="app"></div><script src="/js/app.js"></script>'), "unrendered"),
        (Given(b"\x1f\x8b\x08\x00broken", headers={"Content-Encoding": "gzip"}), "unreadable"),
        (Given("", 302, {"Location": "/x"}), "http_error"),
    ],
)  # fmt: skip
def test_what_was_not_read_is_told_with_all_fields_and_why(
    server: LoopbackServer, given: Given, status: str
) -> None:
    server.routes["/x"] = given
    reading = read(server, "x")
    assert reading["fetch_status"] == status
    assert reading["reason"]
    assert (reading["items"], reading["published_on"], reading["newest"]) == ([], None, None)


def test_the_list_that_a_page_fetches_by_script_is_read_too(server: LoopbackServer) -> None:
    script = '<script>$.post("/info/list.do",{cid:"88",pageNo:1,pageSize:20},function(r){show(r)})</script>'

    def answer(asked: Asked) -> Given:
        assert asked.method == "POST"
        assert parse_qs(asked.body.decode())["cid"] == ["88"]
        rows = [{"title": "关于一的通知", "url": "/a/1.html", "publishTime": "2026-06-02 10:00:00"}]
        return Given(
            json.dumps({"data": {"rows": rows, "total": 1}}), headers={"Content-Type": "application/json"}
        )

    server.routes |= {"/tzgg/": html("通知公告", f'<ul id="list"></ul>{script}'), "/info/list.do": answer}
    reading = read(server, "tzgg/")
    assert (reading["fetch_status"], reading["kind"], reading["newest"]) == ("ok", "list", "2026-06-02")


def test_a_file_without_any_text_is_not_read() -> None:
    reading = reading_of_bytes(b"  \n", "http://a.gov.cn/", content_type=None, today=date(2026, 6, 30))
    assert set(reading) >= FIELDS
    assert reading["fetch_status"] == "unrendered"


ENTRIES = (
    ("6-18", "“6-18”没有写年份，取不晚于监测日的最近一次"),
    ("3天前", "“3天前”从读取当日推算"),
    ("2026-06-05", "页面上写的“2026-06-05”"),
    ("2062-06-05", "页面上写的“2062-06-05”；晚于监测日，不算更新"),
    ("0000-00-00", "没有读到日期，要看正文页"),
)


def test_each_entry_says_why_it_has_its_date() -> None:
    rows = "".join(
        f"<li><a href='/t/{number}.html'>关于做好第{number}项工作的通知</a><span>{written}</span></li>"
        for number, (written, _) in enumerate(ENTRIES)
    )
    body = f"<html><head><title>通知公告</title></head><body><ul>{rows}</ul></body></html>".encode()
    told = reading_of_bytes(body, "http://a.test/tzgg/", content_type=None, today=date(2026, 6, 30))
    assert [item["date_why"] for item in told["items"]] == [why for _, why in ENTRIES]  # type: ignore[attr-defined]
    assert told["date_why"] == (
        "列表页以各条信息的日期为准；共5条，最新一条为2062-06-05，另有1条没有读到日期，要看正文页"
    )
