"""Weibo's mobile JSON: containers of cards, pinned posts ignored."""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from crawler.platforms.answer import Answer, SourceTrouble, interactive_by, says_gone
from crawler.platforms.markup import plain_text
from crawler.platforms.times import read_instant
from domain.observation import Post

BASE = "https://m.weibo.cn"
MOST_CARDS = 2000
_CONTAINER = re.compile(r"\d{10,40}")
_UNKNOWN_USER = ("20003", 20003)


def address_of(uid: str, base: str = BASE) -> str:
    """The address of an account's profile, by its number; the answer leads on to its posts."""
    return f"{base.rstrip('/')}/api/container/getIndex?type=uid&value={uid}"


def read(body: bytes, *, now: datetime) -> Answer:
    """What a container says. Raises SourceTrouble for errors, log-in demands and "success with nothing".

    The profile's own container holds no posts: it leads on to the container that does (`more`).
    """
    value = _object(body)
    message = str(value.get("msg", "") or value.get("message", ""))
    if says_gone(message) or value.get("errno") in _UNKNOWN_USER:
        return Answer(posts=(), words=message, gone=True)
    data = value.get("data")
    if value.get("ok") not in (1, True) or not isinstance(data, dict):
        raise SourceTrouble(f"微博接口没有给出内容：{message or '未说明原因，可能要求登录'}")
    posts = tuple(_posts(data, now))
    words, more = _description(data), _further(data, bool(posts))
    if not posts and more is None:
        raise SourceTrouble("微博接口返回成功但没有任何内容，不能据此认定账号未更新")
    return Answer(posts=posts, words=words, interactive=interactive_by(words), more=more)


def _object(body: bytes) -> dict[str, Any]:
    try:
        value = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise SourceTrouble("微博接口返回的内容无法解读") from error
    if not isinstance(value, dict):
        raise SourceTrouble("微博接口返回的内容无法解读")
    return value


def _posts(data: dict[str, Any], now: datetime) -> Iterator[Post]:
    cards = data.get("cards")
    user = _number(data.get("userInfo"))
    for card in list(_flat(cards if isinstance(cards, list) else []))[:MOST_CARDS]:
        blog = card.get("mblog")
        if not isinstance(blog, dict) or blog.get("deleted") in (1, "1", True):
            continue
        author = _number(blog.get("user"))
        if user and author and author != user:
            continue
        at = read_instant(blog.get("created_at"), now)
        if at is None:
            raise SourceTrouble("微博内容没有可读的发布时间，不能据此认定账号未更新")
        text = plain_text(str(blog.get("text", "")))
        yield Post(
            url=f"{BASE}/status/{blog.get('bid') or blog.get('id', '')}",
            title=text[:60],
            posted_at=at,
            text=text,
            pinned=_is_pinned(card, blog),
        )


def _number(user: Any) -> str:
    return str(user.get("id") or "") if isinstance(user, dict) else ""


def _flat(cards: list[Any]) -> Iterator[dict[str, Any]]:
    for card in cards:
        if isinstance(card, dict):
            yield card
            group = card.get("card_group")
            if isinstance(group, list):
                yield from (inner for inner in group if isinstance(inner, dict))


def _is_pinned(card: dict[str, Any], blog: dict[str, Any]) -> bool:
    title = blog.get("title")
    words = str(title.get("text", "")) if isinstance(title, dict) else str(title or "")
    return (
        blog.get("isTop") in (1, "1", True)
        or blog.get("mblogtype") in (2, "2")
        or "置顶" in words
        or str(card.get("profile_type_id", "")).startswith("proweibotop")
    )


def _further(data: dict[str, Any], posts: bool) -> str | None:
    """The query that leads on: of a profile to its posts, of a page of posts to the next."""
    listed = data.get("cardlistInfo")
    if posts:
        since = listed.get("since_id") if isinstance(listed, dict) else None
        page = listed.get("page") if isinstance(listed, dict) else None
        if since not in (None, "", 0):
            return f"&since_id={since}" if str(since).isdigit() else None
        return f"&page={page}" if isinstance(page, int) and page > 1 else None
    tabs = data.get("tabsInfo")
    tabs = tabs.get("tabs") if isinstance(tabs, dict) else None
    for tab in tabs.values() if isinstance(tabs, dict) else tabs if isinstance(tabs, list) else ():
        if isinstance(tab, dict) and (tab.get("tabKey") == "weibo" or tab.get("tab_type") == "weibo"):
            container = str(tab.get("containerid", ""))
            return f"&containerid={container}" if _CONTAINER.fullmatch(container) else None
    return None


def _description(data: dict[str, Any]) -> str:
    user = data.get("userInfo")
    if not isinstance(user, dict):
        return ""
    return "\n".join(str(user[key]) for key in ("verified_reason", "description") if user.get(key))
