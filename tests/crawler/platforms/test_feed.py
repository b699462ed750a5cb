"""RSS, Atom and JSON Feed."""

import json
from datetime import datetime

import pytest

from crawler.platforms.answer import SourceTrouble
from crawler.platforms.feed import read
from domain.observation import CHINA

NOW = datetime(2026, 6, 30, 2, 0, tzinfo=CHINA)


def rss(items: str, about: str = "健康云溪官方账号") -> bytes:
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
        f"<title>健康云溪</title><description>{about}</description>{items}</channel></rss>"
    ).encode()


def item(title: str, when: str, extra: str = "") -> str:
    return f"<item><title>{title}</title><link>http://a.test/{title}</link><pubDate>{when}</pubDate>{extra}</item>"


def test_rss_posts_with_instants_and_pins() -> None:
    body = rss(
        item("【置顶】办事指引", "Tue, 30 Jun 2026 00:00:00 +0800")
        + item("义诊下乡", "Fri, 12 Jun 2026 09:00:00 +0800")
        + item("通知", "Fri, 12 Jun 2026 09:00:00 +0800", "<category>置顶</category>")
    )
    answer = read(body, now=NOW)
    assert [post.pinned for post in answer.posts] == [True, False, True]
    assert answer.posts[1].posted_at == datetime(2026, 6, 12, 9, 0, tzinfo=CHINA)
    assert answer.whole


def test_atom() -> None:
    body = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>云溪发布</title><entry><title>早安</title>'
        '<link href="http://a.test/1"/><updated>2026-06-20T08:00:00+08:00</updated></entry></feed>'
    ).encode()
    assert read(body, now=NOW).posts[0].posted_at == datetime(2026, 6, 20, 8, 0, tzinfo=CHINA)


def test_json_feed_and_bridge_shape() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [
            {
                "id": "1",
                "url": "http://a.test/1",
                "title": "一",
                "date_published": "2026-06-20T08:00:00+08:00",
            }
        ],
        "next_url": "http://a.test/2",
    }
    answer = read(json.dumps(feed).encode(), now=NOW)
    assert answer.more == "http://a.test/2"
    assert not answer.whole
    bridge = [{"id": "1", "title": "一", "link": "http://a.test/1", "publishTime": 1782354600, "isTop": True}]
    assert read(json.dumps(bridge).encode(), now=NOW).posts[0].pinned


@pytest.mark.parametrize(
    "body",
    [
        rss(""),
        b'{"version": "https://jsonfeed.org/version/1", "items": []}',
        b"<html><body>502</body></html>",
        b"{broken",
        b'{"ok": 1}',
        rss(item("没有时间", "")),
        b"\xff\xfe\x00",
    ],
)
def test_what_proves_nothing_is_trouble(body: bytes) -> None:
    with pytest.raises(SourceTrouble):
        read(body, now=NOW)


def test_closed_account_says_so() -> None:
    assert read(rss("", "该公众号已注销"), now=NOW).gone


def test_a_list_of_a_page_length_may_be_cut_off() -> None:
    twenty = rss("".join(item(f"第{n}条", "Fri, 12 Jun 2026 09:00:00 +0800") for n in range(20)))
    assert not read(twenty, now=NOW).whole


@pytest.mark.parametrize(
    ("about", "expected"),
    [
        ("本账号未开通留言功能", False),
        ("欢迎私信咨询", True),
        ("云溪市卫健委官方账号", None),
        ("评论功能已关闭，请到领导信箱留言", True),
    ],
)
def test_interaction_by_description(about: str, expected: bool | None) -> None:
    body = rss(item("义诊", "Fri, 12 Jun 2026 09:00:00 +0800"), about)
    assert read(body, now=NOW).interactive is expected


@pytest.mark.parametrize(
    "about",
    [
        "已注销",
        "健康云溪（已注销）",
        "该账号已注销",
        "本公众号已于2026年5月1日正式停止更新，感谢关注",
        "此帐号已自主注销，内容无法查看",
        "账号已迁移",
        "云溪卫健微博已停用。",
    ],
)
def test_words_of_a_closed_account(about: str) -> None:
    body = rss(item("义诊", "Fri, 12 Jun 2026 09:00:00 +0800"), about)
    assert read(body, now=NOW).gone


@pytest.mark.parametrize(
    "about",
    [
        "原“云溪卫生”账号已注销，请认准本号",
        "旧公众号已停用，欢迎关注新号",
        "假冒账号已被封停，谨防上当",
        "本账号将于2026年8月1日注销",
        "发布注销登记公告等权威信息",
        "账号注销流程见官网",
    ],
)
def test_words_about_another_account_or_another_day(about: str) -> None:
    body = rss(item("义诊", "Fri, 12 Jun 2026 09:00:00 +0800"), about)
    assert not read(body, now=NOW).gone


def test_closed_account_in_json() -> None:
    assert read('{"code": 404, "msg": "该用户不存在"}'.encode(), now=NOW).gone


def test_entities_are_refused() -> None:
    laughs = (
        '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
        "<rss version='2.0'><channel><title>&b;</title></channel></rss>"
    )
    outside = '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + rss("").decode()
    for body in (laughs, outside):
        with pytest.raises(SourceTrouble, match="实体"):
            read(body.encode(), now=NOW)


def test_truncated_feed_shows_its_posts_but_says_that_some_are_lacking() -> None:
    whole = rss("".join(item(f"第{n}条", "Fri, 12 Jun 2026 09:00:00 +0800") for n in range(4)))
    answer = read(whole[: whole.index("第3条".encode()) + 4], now=NOW)
    assert len(answer.posts) >= 2
    assert answer.lacking
    assert not answer.whole
    untidy = whole.replace("健康云溪官方账号".encode(), "卫健 & 疾控".encode())
    assert not read(untidy, now=NOW).lacking
    with pytest.raises(SourceTrouble):
        read(whole[:120], now=NOW)


def test_gbk_declared_or_not() -> None:
    text = rss(item("义诊下乡", "Fri, 12 Jun 2026 09:00:00 +0800")).decode()
    declared = text.replace('encoding="utf-8"', 'encoding="gbk"').encode("gb18030")
    silent = text.replace(' encoding="utf-8"', "").encode("gb18030")
    bare = text.partition("?>")[2].encode("gb18030")
    marked = b"\xef\xbb\xbf" + text.encode()
    for body in (declared, silent, bare, marked):
        assert [post.title for post in read(body, now=NOW).posts] == ["义诊下乡"]


def test_atom_publication_counts_before_a_later_edit() -> None:
    body = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>云溪发布</title><entry><title>旧文</title>'
        "<published>2026-05-01T08:00:00Z</published><updated>2026-06-29T08:00:00Z</updated></entry></feed>"
    ).encode()
    assert read(body, now=NOW).posts[0].posted_at.month == 5
    odd = body.replace(b"2026-05-01T08:00:00Z", "不详".encode())
    assert read(odd, now=NOW).posts[0].posted_at.month == 6


def test_texts_are_plain_and_the_longest_is_taken() -> None:
    markup = "<p>第一段&nbsp;文字</p><script>x()</script><p>第二段 1 < 2</p>"
    long = f"<description><![CDATA[{markup}]]></description>"
    (post,) = read(rss(item("义诊", "Fri, 12 Jun 2026 09:00:00 +0800", long)), now=NOW).posts
    assert "第一段" in post.text
    assert "<p>" not in post.text
    assert "x()" not in post.text


def test_bridge_with_its_list_a_step_below() -> None:
    body = json.dumps(
        {"data": {"list": [{"title": "一", "link": "http://a.test/1", "createTime": 1782354600}]}}
    )
    assert len(read(body.encode(), now=NOW).posts) == 1


def test_undated_posts_hide_nothing_fresh_and_prove_no_silence() -> None:
    body = rss(item("义诊", "Fri, 12 Jun 2026 09:00:00 +0800") + item("没有时间", "近日"))
    answer = read(body, now=NOW)
    assert [post.title for post in answer.posts] == ["义诊"]
    assert "没有可读的发布时间" in answer.lacking
    assert not answer.whole


def test_utf_16() -> None:
    text = rss(item("义诊下乡", "Fri, 12 Jun 2026 09:00:00 +0800")).decode().replace("utf-8", "utf-16")
    assert [post.title for post in read(text.encode("utf-16"), now=NOW).posts] == ["义诊下乡"]
    assert not read(text.encode("utf-16-be", "strict").join((b"\xfe\xff", b"")), now=NOW).lacking


@pytest.mark.parametrize("body", [b"", b"  \n ", b"\xef\xbb\xbf", b"\xff\xfe", b"\x00\x01"])
def test_an_answer_without_anything_in_it_proves_nothing(body: bytes) -> None:
    with pytest.raises(SourceTrouble):
        read(body, now=NOW)
