"""Weibo's mobile JSON: containers of cards, pinned posts ignored."""

import html
import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from crawler.platforms.answer import Answer, SourceTrouble, interactive_by, says_gone
from crawler.platforms.times import read_instant
from domain.observation import Post

_TAG = re.compile(r"<[^>]{0,2000}>")
MOST_CARDS = 2000


def read(body: bytes, *, now: datetime) -> Answer:
    """What a container says. Raises SourceTrouble for errors, log-in demands and "success with nothing"."""
    try:
        value = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise SourceTrouble("微博接口返回的内容无法解读") from error
    if not isinstance(value, dict):
        raise SourceTrouble("微博接口返回的内容无法解读")
    message = str(value.get("msg", "") or value.get("message", ""))
    if says_gone(message) or value.get("errno") in ("20003", 20003):
        return Answer(posts=(), words=message, gone=True)
    data = value.get("data")
    if value.get("ok") not in (1, True) or not isinstance(data, dict):
        raise SourceTrouble(f"微博接口没有给出内容：{message or '未说明原因'}")
    posts = tuple(_posts(data, now))
    if not posts:
        raise SourceTrouble("微博接口返回成功但没有任何内容，不能据此认定账号未更新")
    words = _description(data)
    return Answer(posts=posts, words=words, interactive=interactive_by(words))


def _posts(data: dict[str, Any], now: datetime) -> Iterator[Post]:
    cards = data.get("cards")
    for card in list(_flat(cards if isinstance(cards, list) else []))[:MOST_CARDS]:
        blog = card.get("mblog")
        if not isinstance(blog, dict) or blog.get("deleted") in (1, "1", True):
            continue
        at = read_instant(blog.get("created_at"), now)
        if at is None:
            raise SourceTrouble("微博内容没有可读的发布时间，不能据此认定账号未更新")
        text = html.unescape(_TAG.sub("", str(blog.get("text", ""))))
        yield Post(
            url=f"https://m.weibo.cn/status/{blog.get('bid') or blog.get('id', '')}",
            title=text[:60],
            posted_at=at,
            text=text,
            pinned=_is_pinned(card, blog),
        )


def _flat(cards: list[Any]) -> Iterator[dict[str, Any]]:
    for card in cards:
        if isinstance(card, dict):
            yield card
            group = card.get("card_group")
            if isinstance(group, list):
                yield from (inner for inner in group if isinstance(inner, dict))


def _is_pinned(card: dict[str, Any], blog: dict[str, Any]) -> bool:
    title = blog.get("title")
    words = str(title.get("text", "")) if isinstance(title, dict) else ""
    return (
        blog.get("isTop") in (1, "1", True)
        or blog.get("mblogtype") in (2, "2")
        or "置顶" in words
        or str(card.get("profile_type_id", "")).startswith("proweibotop")
    )


def _description(data: dict[str, Any]) -> str:
    user = data.get("userInfo")
    return str(user.get("description", "")) if isinstance(user, dict) else ""
