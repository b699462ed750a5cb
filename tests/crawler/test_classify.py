"""How a fetch ended: each row of the table, and what must not be mistaken for another."""

import gzip
from datetime import date
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.classify import (
    Failure,
    Flaw,
    HomeMark,
    Identity,
    Reply,
    classify_failure,
    classify_page,
    classify_reply,
    mark_home,
    site_code,
)
from crawler.extract import read_page
from domain.page import Form, Item, Link, Page, PageKind
from domain.snapshot import FetchStatus

URL = "http://www.a.gov.cn/tzgg/"
ARTICLE = "市政府召开会议，研究部署下一阶段重点工作。" * 20
RUISHU = b"<html><head><script>$_ts=window['$_ts'];if(!$_ts)$_ts={};</script></head><body></body></html>"
JSL = b"<script>document.cookie='__jsl_clearance_s=1|-1|x';location.href=location.pathname</script>"
BLOCK = "<html><body><h1>您的访问被拦截</h1><p>请求存在威胁，事件编号 1</p></body></html>".encode()
HTML = f"<html><title>通知公告</title><body>{ARTICLE}</body></html>".encode()


def reply(status: int = 200, body: bytes = HTML, flaw: Flaw | None = None, **headers: str) -> Reply:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(url=URL, final_url=URL, http_status=status, headers=named, body=body, flaw=flaw)


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (200, HTML, FetchStatus.OK),
        (203, HTML, FetchStatus.OK),
        (206, HTML, FetchStatus.OK),
        (304, b"", FetchStatus.OK),
        (200, b"", FetchStatus.UNRENDERED),
        (200, b" \r\n\t", FetchStatus.UNRENDERED),
        (204, b"", FetchStatus.UNRENDERED),
        (202, HTML, FetchStatus.OK),
        (202, RUISHU, FetchStatus.BLOCKED),
        (202, b"", FetchStatus.UNRENDERED),
        (300, HTML, FetchStatus.HTTP_ERROR),
        (400, HTML, FetchStatus.HTTP_ERROR),
        (400, RUISHU, FetchStatus.BLOCKED),
        (401, HTML, FetchStatus.BLOCKED),
        (403, b"", FetchStatus.BLOCKED),
        (403, BLOCK, FetchStatus.BLOCKED),
        (404, b"", FetchStatus.GONE),
        (404, HTML, FetchStatus.GONE),
        (404, RUISHU, FetchStatus.BLOCKED),
        (405, b"", FetchStatus.HTTP_ERROR),
        (405, BLOCK, FetchStatus.BLOCKED),
        (406, HTML, FetchStatus.HTTP_ERROR),
        (407, b"", FetchStatus.BLOCKED),
        (408, b"", FetchStatus.HTTP_ERROR),
        (410, HTML, FetchStatus.GONE),
        (412, RUISHU, FetchStatus.BLOCKED),
        (412, b"", FetchStatus.BLOCKED),
        (418, BLOCK, FetchStatus.BLOCKED),
        (429, b"", FetchStatus.BLOCKED),
        (451, HTML, FetchStatus.HTTP_ERROR),
        (500, HTML, FetchStatus.HTTP_ERROR),
        (502, b"", FetchStatus.HTTP_ERROR),
        (503, b"", FetchStatus.HTTP_ERROR),
        (503, BLOCK, FetchStatus.BLOCKED),
        (504, b"", FetchStatus.HTTP_ERROR),
        (511, b"", FetchStatus.BLOCKED),
        (521, JSL, FetchStatus.BLOCKED),
        (521, b"", FetchStatus.BLOCKED),
        (599, b"", FetchStatus.HTTP_ERROR),
        (999, b"", FetchStatus.HTTP_ERROR),
    ],
)
def test_by_status_and_bytes(status: int, body: bytes, expected: FetchStatus) -> None:
    assert classify_reply(reply(status, body)).status is expected


def test_the_detail_names_status_and_protection() -> None:
    assert classify_reply(reply(412, RUISHU)).detail == "被防护系统拦截（HTTP 412，瑞数动态防护）"
    assert classify_reply(reply(521, JSL)).detail == "被防护系统拦截（HTTP 521，加速乐防护）"
    assert classify_reply(reply(503)).detail == "服务器出错（HTTP 503）"
    assert classify_reply(reply(404)).detail == "页面不存在（HTTP 404）"
    assert classify_reply(reply()).detail == ""


def test_a_body_left_out_on_purpose_is_no_empty_page() -> None:
    asked = Reply(url=URL, final_url=URL, http_status=200, unloaded=True)
    assert classify_reply(asked).status is FetchStatus.OK
    gone = Reply(url=URL, final_url=URL, http_status=404, unloaded=True)
    assert classify_reply(gone).status is FetchStatus.GONE


def test_headers_betray_a_protection_too() -> None:
    assert classify_reply(reply(403, b"", cf_mitigated="challenge")).detail.endswith("Cloudflare 防护）")
    assert classify_reply(reply(503, b"", set_cookie="__jsl_clearance=1")).status is FetchStatus.BLOCKED


@pytest.mark.parametrize("flaw", list(Flaw))
def test_a_flawed_body_is_unreadable_but_a_status_speaks_first(flaw: Flaw) -> None:
    ruling = classify_reply(reply(flaw=flaw))
    assert ruling.status is FetchStatus.UNREADABLE
    assert ruling.detail
    assert classify_reply(reply(404, flaw=flaw)).status is FetchStatus.GONE
    assert classify_reply(reply(500, flaw=flaw)).status is FetchStatus.HTTP_ERROR


def test_an_error_page_that_reports_on_protection_is_an_error_page() -> None:
    long = ("<html><body>" + "本站介绍网站防火墙的知识。" * 5000 + "</body></html>").encode()
    assert classify_reply(reply(503, long)).status is FetchStatus.HTTP_ERROR


@pytest.mark.parametrize(
    ("failure", "expected"),
    [
        (Failure.DNS, FetchStatus.UNREACHABLE),
        (Failure.CONNECTION_REFUSED, FetchStatus.UNREACHABLE),
        (Failure.CONNECTION_LOST, FetchStatus.UNREACHABLE),
        (Failure.NO_ROUTE, FetchStatus.UNREACHABLE),
        (Failure.TIMEOUT, FetchStatus.TIMEOUT),
        (Failure.TLS, FetchStatus.TLS_ERROR),
        (Failure.TOO_LARGE, FetchStatus.UNREADABLE),
        (Failure.BAD_RESPONSE, FetchStatus.UNREADABLE),
        (Failure.ROBOTS, FetchStatus.DISALLOWED),
        (Failure.GUARD, FetchStatus.REFUSED),
        (Failure.REDIRECT_LOOP, FetchStatus.HTTP_ERROR),
        (Failure.BAD_REDIRECT, FetchStatus.HTTP_ERROR),
        (Failure.CRASH, FetchStatus.UNREADABLE),
    ],
)
def test_failures(failure: Failure, expected: FetchStatus) -> None:
    ruling = classify_failure(failure)
    assert ruling.status is expected
    assert ruling.detail
    assert classify_failure(failure, "附注").detail == f"{ruling.detail}（附注）"


def test_every_failure_has_its_row() -> None:
    assert all(classify_failure(failure).status is not FetchStatus.OK for failure in Failure)


@given(status=st.integers(100, 999), body=st.binary(max_size=400))
def test_no_status_but_success_and_unchanged_lets_a_body_be_read(status: int, body: bytes) -> None:
    ruling = classify_reply(reply(status, body))
    if ruling.status is FetchStatus.OK:
        assert status == 304 or 200 <= status < 300
    if ruling.status is FetchStatus.GONE:
        assert status in {404, 410}


def page(text: str = ARTICLE, **facts: Any) -> Page:
    links = facts.pop("links", tuple(Link(url=f"{URL}{n}", text=f"链接{n}") for n in range(20)))
    kind = facts.pop("kind", PageKind.LIST)
    title = facts.pop("title", "通知公告")
    return Page(
        url=URL, adapter="generic", charset="utf-8", kind=kind, title=title, text=text, links=links, **facts
    )


def identity(**facts: Any) -> Identity:
    base: dict[str, Any] = {"key": URL, "host": "a.gov.cn", "digest": "d", "home": None, "asked_key": URL}
    return Identity(**{**base, **facts})


def home_mark(**facts: Any) -> HomeMark:
    base = page(title="某某局", text="首页文字", **facts)
    return mark_home(base, key="http://www.a.gov.cn/", host="a.gov.cn", digest="home")


def test_a_page_that_is_as_it_should_be() -> None:
    assert classify_page(page(), HTML, identity()).status is FetchStatus.OK
    assert classify_page(page(), HTML, identity(home=home_mark())).status is FetchStatus.OK


@pytest.mark.parametrize("body", [RUISHU, JSL])
def test_a_challenge_answered_with_200_is_never_a_blank_page(body: bytes) -> None:
    ruling = classify_page(page(text="", links=()), body, identity())
    assert ruling.status is FetchStatus.BLOCKED


def test_content_on_a_page_that_also_bears_a_protection_script_is_content() -> None:
    assert classify_page(page(), RUISHU + HTML, identity()).status is FetchStatus.OK


@pytest.mark.parametrize(
    "text",
    ["您的访问被拦截，事件编号 1", "请完成安全验证后继续访问", "Request Rejected. Your support ID is: 1"],
)
def test_a_block_page_answered_with_200(text: str) -> None:
    ruling = classify_page(page(text=text, links=()), b"<html>", identity())
    assert ruling.status is FetchStatus.BLOCKED


def test_an_article_about_protection_is_an_article() -> None:
    text = "本市网站防火墙建设情况：" + ARTICLE
    assert classify_page(page(text=text, links=()), HTML, identity()).status is FetchStatus.OK


def test_a_page_that_says_it_is_not_there_is_gone_and_marked() -> None:
    ruling = classify_page(page(text="您访问的页面不存在", soft_404=True), b"<html>", identity())
    assert ruling.status is FetchStatus.GONE
    assert ruling.detail.startswith("软404")


def test_a_script_shell_is_unrendered_unless_it_sends_on() -> None:
    ruling = classify_page(page(text="", shell="列表由脚本载入"), b"<html>", identity())
    assert (ruling.status, ruling.detail) == (FetchStatus.UNRENDERED, "列表由脚本载入")
    sent_on = page(text="", shell="整页由脚本生成", forward="http://www.a.gov.cn/main.html")
    assert classify_page(sent_on, b"<html>", identity()).status is FetchStatus.OK


@pytest.mark.parametrize("title", ["", "通知公告"])
def test_a_page_with_nothing_on_it_is_no_empty_column(title: str) -> None:
    blank = page(text="", links=(), title=title, kind=PageKind.OTHER)
    assert classify_page(blank, b"", identity()).status is FetchStatus.UNRENDERED
    empty = page(text="", links=(Link(url="http://www.a.gov.cn/", text="首页"),), kind=PageKind.OTHER)
    assert classify_page(empty, b"", identity()).status is FetchStatus.OK


def test_another_sites_code_means_another_site() -> None:
    other = page(tags={"SiteIDCode": "3205810099"})
    codes = frozenset({"3205810007"})
    ruling = classify_page(other, HTML, identity(codes=codes))
    assert ruling.status is FetchStatus.MISDIRECTED
    assert "3205810099" in ruling.detail
    own = page(tags={"SiteIDCode": "3205810007"})
    assert classify_page(own, HTML, identity(codes=codes)).status is FetchStatus.OK


@pytest.mark.parametrize("code", ["", "无", "32058", "32058100070", "bm1"])
def test_what_is_no_site_code_says_nothing(code: str) -> None:
    codes = frozenset({"3205810007"})
    assert site_code(page(tags={"SiteIDCode": code})) is None
    assert (
        classify_page(page(tags={"SiteIDCode": code}), HTML, identity(codes=codes)).status is FetchStatus.OK
    )


def test_a_platform_on_another_host_may_bear_its_own_code() -> None:
    facts = identity(codes=frozenset({"3205810007"}), home=home_mark(), host="xxgk.gov.cn")
    assert classify_page(page(tags={"SiteIDCode": "3205810000"}), HTML, facts).status is FetchStatus.OK


def login(**facts: Any) -> Page:
    form = Form(action="/login", text="用户登录", fields=("username", "password"))
    return page(text="用户登录", title="统一身份认证", kind=PageKind.FORM, forms=(form,), **facts)


def test_a_login_page_is_not_the_page_asked_for() -> None:
    assert classify_page(login(), HTML, identity()).status is FetchStatus.MISDIRECTED
    assert classify_page(login(), HTML, identity(asked_as="用户登录")).status is FetchStatus.OK


def test_a_page_with_a_login_box_beside_its_content_is_content() -> None:
    items = (Item(title="通知", url=URL, day=date(2026, 6, 1)),)
    assert classify_page(login(items=items), HTML, identity()).status is FetchStatus.OK
    form = Form(action="/login", text="用户登录", fields=("password",))
    assert classify_page(page(forms=(form,)), HTML, identity()).status is FetchStatus.OK


def test_the_home_page_given_for_another_address() -> None:
    home = home_mark()
    assert classify_page(page(), HTML, identity(home=home, digest="home")).detail == "返回的是网站首页"
    same = page(title="某某局", text="首页文字")
    assert classify_page(same, HTML, identity(home=home)).status is FetchStatus.MISDIRECTED
    counted = page(title="某某局", text="首页文字12345")
    assert classify_page(counted, HTML, identity(home=home)).status is FetchStatus.MISDIRECTED
    sent = identity(home=home, key=home.key)
    assert classify_page(page(), HTML, sent).detail == "转到了网站首页"


def test_the_home_page_asked_for_again_is_itself() -> None:
    home = home_mark()
    facts = identity(home=home, key=home.key, asked_key=home.key, digest="home")
    assert classify_page(page(title="某某局", text="首页文字"), HTML, facts).status is FetchStatus.OK


def test_pages_that_only_share_title_and_menu_with_the_home_page_are_not_it() -> None:
    home = home_mark()
    assert classify_page(page(title="某某局"), HTML, identity(home=home)).status is FetchStatus.OK
    fewer = page(title="某某局", text="首页文字", links=(Link(url=f"{URL}x", text="x"),))
    assert classify_page(fewer, HTML, identity(home=home)).status is FetchStatus.OK


@pytest.mark.parametrize("seed", range(4))
def test_bytes_that_are_no_writing_are_no_page(seed: int) -> None:
    """A body that is packed though its header does not say so shows nothing of the page asked for."""
    noise = Random(seed).randbytes(30_000)
    packed = gzip.compress(noise)
    for body in (noise, packed, HTML[:60] + noise):
        page = read_page(body, URL, content_type="text/html; charset=utf-8", today=date(2026, 6, 30))
        status = classify_page(
            page, body, Identity(key=URL, host="www.a.gov.cn", digest="", home=None)
        ).status
        assert status is FetchStatus.UNREADABLE


@pytest.mark.parametrize("charset", ["utf-8", "gb18030", "big5"])
def test_writing_with_rare_characters_is_a_page(charset: str) -> None:
    rare = "㐀丂𠮷①★※℃　、。" if charset != "big5" else "縣政府公告"
    body = f"<html><title>通知公告</title><body>{rare}{ARTICLE}</body></html>".encode(charset, "ignore")
    page = read_page(body, URL, content_type=f"text/html; charset={charset}", today=date(2026, 6, 30))
    assert classify_page(page, body, Identity(key=URL, host="www.a.gov.cn", digest="", home=None)).status is (
        FetchStatus.OK
    )
