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
