"""RSS, Atom and JSON Feed, from any bridge."""

import json
from datetime import datetime
from typing import Any

import feedparser

from crawler.platforms.answer import (
    GONE,
    PINNED_TITLE,
    Answer,
    SourceTrouble,
    interactive_by,
    is_whole,
)
from crawler.platforms.times import read_instant
from domain.observation import Post

MOST_POSTS = 5000
_TIMES = (
    "date_published",
    "publishTime",
    "publish_time",
    "published",
    "pubDate",
    "date",
    "created_at",
    "time",
)
_LINKS = ("url", "link", "external_url", "id")
_TEXTS = ("content_text", "summary", "digest", "description", "content_html", "content")


def read(body: bytes, *, now: datetime) -> Answer:
    """What a feed says. Raises SourceTrouble when it is no feed, is empty or has no readable dates."""
    answer = _json_feed(body, now) if body.lstrip()[:1] in (b"{", b"[") else _xml_feed(body, now)
    if answer.gone:
        return answer
    if not answer.posts:
        raise SourceTrouble("信息源返回成功但没有任何内容，不能据此认定账号未更新")
    return answer


def _xml_feed(body: bytes, now: datetime) -> Answer:
    parsed: Any = feedparser.parse(body)
    if not parsed.version:
        raise SourceTrouble("信息源返回的内容不是 RSS、Atom 或 JSON Feed")
    if parsed.bozo and not parsed.entries:
        raise SourceTrouble("信息源内容残缺，无法解读")
    channel = parsed.feed
    words = "\n".join(filter(None, (channel.get("title", ""), channel.get("subtitle", ""))))
    entries = [_of_entry(entry, now) for entry in parsed.entries[:MOST_POSTS]]
    more = next((link.get("href") for link in channel.get("links", ()) if link.get("rel") == "next"), None)
    return _answer(entries, words, more, cut=bool(parsed.bozo))


def _of_entry(entry: Any, now: datetime) -> Post | None:
    # feedparser's own get() answers "updated" with "published", and warns of it.
    stated = (dict.get(entry, key) for key in ("published", "updated", "created", "date"))
    raw = next(filter(None, stated), None)
    terms = [str(tag.get("term", "")) for tag in entry.get("tags", ())]
    return _post(
        title=str(entry.get("title", "")),
        url=str(entry.get("link", "") or entry.get("id", "")),
        at=read_instant(raw, now),
        text=str(entry.get("summary", "")),
        pinned=any("置顶" in term or term.lower() in {"pinned", "sticky", "top"} for term in terms),
    )


def _json_feed(body: bytes, now: datetime) -> Answer:
    try:
        value = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise SourceTrouble("信息源内容残缺，无法解读") from error
    feed = value if isinstance(value, dict) else {"items": value}
    rows = next(
        (feed[key] for key in ("items", "list", "data", "articles") if isinstance(feed.get(key), list)), None
    )
    if rows is None:
        raise SourceTrouble("信息源返回的内容不是 RSS、Atom 或 JSON Feed")
    entries = [_of_row(row, now) for row in rows[:MOST_POSTS] if isinstance(row, dict)]
    words = "\n".join(str(feed[key]) for key in ("title", "description", "user_comment") if feed.get(key))
    more = feed.get("next_url")
    return _answer(entries, words, more if isinstance(more, str) else None, cut=False)


def _of_row(row: dict[str, Any], now: datetime) -> Post | None:
    tags = row.get("tags")
    marked = isinstance(tags, list) and any(
        "置顶" in str(tag) or str(tag).lower() == "pinned" for tag in tags
    )
    flagged = any(
        row.get(key) is True or row.get(key) == 1 for key in ("pinned", "isTop", "is_top", "_pinned")
    )
    return _post(
        title=str(row.get("title", "")),
        url=str(next((row[key] for key in _LINKS if row.get(key)), "")),
        at=next((read_instant(row[key], now) for key in _TIMES if row.get(key)), None),
        text=str(next((row[key] for key in _TEXTS if row.get(key)), "")),
        pinned=marked or flagged,
    )


def _post(*, title: str, url: str, at: datetime | None, text: str, pinned: bool) -> Post | None:
    if at is None:
        return None
    return Post(
        url=url,
        title=title.strip(),
        posted_at=at,
        text=text,
        pinned=pinned or bool(PINNED_TITLE.match(title)),
    )


def _answer(entries: list[Post | None], words: str, more: str | None, *, cut: bool) -> Answer:
    """One entry without a readable instant could be the newest: then nothing is concluded."""
    posts = tuple(post for post in entries if post is not None)
    gone = bool(GONE.search(words)) or (
        len(entries) == 1 and bool(posts) and bool(GONE.search(posts[0].title))
    )
    if len(posts) < len(entries) and not gone:
        raise SourceTrouble("信息源中有的内容没有可读的发布时间，不能据此认定账号未更新")
    return Answer(
        posts=posts,
        words=words,
        interactive=interactive_by(words),
        gone=gone,
        whole=is_whole(len(posts), more=more is not None) and not cut,
        more=more,
    )
