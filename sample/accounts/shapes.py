"""The shapes in which sources answer: feeds, Weibo's containers, WeChat's publishing API, recorded files."""

import json
from collections.abc import Iterable
from datetime import UTC
from email.utils import format_datetime
from xml.sax.saxutils import escape

from sample.accounts.posts import SamplePost

Posts = Iterable[SamplePost]


def rss(name: str, words: str, posts: Posts, account: str) -> bytes:
    """RSS 2.0 with dates in China's zone."""
    items = "".join(
        f"<item><title>{escape(post.title)}</title><link>@@media@@/{account}/{post.number}.html</link>"
        f'<guid isPermaLink="false">{account}-{post.number}</guid>'
        f"<pubDate>{format_datetime(post.at)}</pubDate><description>{escape(post.text)}</description></item>\n"
        for post in posts
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel>'
        f"<title>{escape(name)}</title><link>@@media@@/{account}/</link>"
        f"<description>{escape(words)}</description>\n{items}</channel></rss>"
    ).encode()


def atom(name: str, words: str, posts: Posts, account: str) -> bytes:
    """Atom with dates in UTC, so that a post of the small hours bears the day before."""
    entries = "".join(
        f"<entry><title>{escape(post.title)}</title><id>urn:{account}:{post.number}</id>"
        f'<link href="@@media@@/{account}/{post.number}.html"/>'
        f"<published>{post.at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}</published>"
        f"<updated>{post.at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}</updated>"
        f"<summary>{escape(post.text)}</summary></entry>\n"
        for post in posts
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">'
        f"<title>{escape(name)}</title><subtitle>{escape(words)}</subtitle><id>urn:{account}</id>\n"
        f"{entries}</feed>"
    ).encode()


def json_feed(name: str, words: str, posts: Posts, account: str) -> bytes:
    """JSON Feed 1.1."""
    items = [
        {
            "id": f"{account}-{post.number}",
            "url": f"@@media@@/{account}/{post.number}.html",
            "title": post.title,
            "content_text": post.text,
            "date_published": post.at.isoformat(),
        }
        for post in posts
    ]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": name,
        "description": words,
        "items": items,
    }
    return json.dumps(feed, ensure_ascii=False).encode()


def bridge(name: str, words: str, posts: Posts, account: str) -> bytes:
    """What bridges to WeChat give: id, title, link and the publishing time in seconds."""
    rows = [
        {
            "id": f"{account}-{post.number}",
            "title": post.title,
            "link": f"@@media@@/{account}/{post.number}.html",
            "publishTime": int(post.at.timestamp()),
        }
        for post in posts
    ]
    return json.dumps({"title": name, "description": words, "list": rows}, ensure_ascii=False).encode()


def weibo_profile(name: str, uid: int) -> bytes:
    """The profile's own container: no posts, but the tabs that lead to them."""
    tabs = [
        {"tabKey": "profile", "tab_type": "profile", "containerid": f"230283{uid}"},
        {"tabKey": "weibo", "tab_type": "weibo", "containerid": f"107603{uid}"},
    ]
    user = {"id": uid, "screen_name": name, "verified_type": 1}
    data = {"isVideoCoverStyle": 1, "userInfo": user, "tabsInfo": {"selectedTab": 1, "tabs": tabs}}
    return json.dumps({"ok": 1, "data": data}, ensure_ascii=False).encode()


def weibo(name: str, words: str, posts: Posts, uid: int, since: int | None = None) -> bytes:
    """The container of an account's posts as the mobile site gets it; `since` leads to the next page."""
    cards = [
        {
            "card_type": 9,
            "profile_type_id": "proweibotop_" if post.pinned else "proweibo_",
            "mblog": {
                "bid": f"N{uid % 1000}{post.number:04d}",
                "id": str(5_100_000_000_000_000 + uid * 10_000 + post.number),
                "created_at": post.at.strftime("%a %b %d %H:%M:%S %z %Y"),
                "text": f"【{post.title}】{post.text}",
                **({"isTop": 1, "title": {"text": "置顶"}} if post.pinned else {}),
            },
        }
        for post in posts
    ]
    user = {
        "id": uid,
        "screen_name": name,
        "verified": True,
        "verified_type": 1,
        "description": words,
        "statuses_count": 812,
    }
    listed = {"containerid": f"107603{uid}", "total": 812} | ({"since_id": since} if since else {})
    data = {"userInfo": user, "cards": cards, "cardlistInfo": listed}
    return json.dumps({"ok": 1, "data": data}, ensure_ascii=False).encode()


def weibo_empty(name: str, uid: int) -> bytes:
    """Success with nothing: what Weibo answers to those whom it does not trust."""
    data = {"userInfo": {"id": uid, "screen_name": name}, "cards": [], "cardlistInfo": {"total": 0}}
    return json.dumps({"ok": 1, "data": data}, ensure_ascii=False).encode()


def weibo_closed() -> bytes:
    """What Weibo says of a closed account."""
    return json.dumps(
        {"ok": 0, "msg": "该用户不存在，帐号已注销", "errno": "20003"}, ensure_ascii=False
    ).encode()


def recorded_yaml(words: str, posts: Posts, account: str) -> bytes:
    """A file that a clerk keeps: link, title and time of each post."""
    lines = [f'description: "{words}"', "posts:"]
    for post in posts:
        lines += [
            f"  - url: https://video.yunxi.example/{account}/{post.number}",
            f'    title: "{post.title}"',
            f'    time: "{post.at:%Y-%m-%d %H:%M}"',
        ]
    return "\n".join([*lines, ""]).encode()


def recorded_csv(posts: Posts, account: str) -> bytes:
    """The same as a table saved from a spreadsheet, with a byte-order mark."""
    lines = ["链接,标题,发布时间"]
    lines += [
        f"https://news.yunxi.example/{account}/{post.number},{post.title},{post.at:%Y/%m/%d %H:%M}"
        for post in posts
    ]
    return b"\xef\xbb\xbf" + "\r\n".join([*lines, ""]).encode()


def wechat_published(posts: Posts, account: str) -> bytes:
    """What WeChat's own publishing API gives for freepublish/batchget."""
    items = [
        {
            "article_id": f"{account}_{post.number}",
            "content": {
                "news_item": [
                    {
                        "title": post.title,
                        "author": "",
                        "digest": post.text,
                        "url": f"@@media@@/{account}/{post.number}.html",
                        "is_deleted": False,
                    }
                ],
                "create_time": int(post.at.timestamp()),
                "update_time": int(post.at.timestamp()),
            },
            "update_time": int(post.at.timestamp()),
        }
        for post in posts
    ]
    answer = {"total_count": len(items), "item_count": len(items), "item": items}
    return json.dumps(answer, ensure_ascii=False).encode()
