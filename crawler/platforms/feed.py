"""RSS, Atom and JSON Feed, from any bridge."""

import json
import re
from datetime import datetime
from typing import Any

from crawler.platforms.answer import (
    PINNED_TITLE,
    Answer,
    SourceTrouble,
    interactive_by,
    is_whole,
    says_gone,
)
from crawler.platforms.markup import plain_text
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
    "create_time",
    "createTime",
    "time",
    "date_modified",
)
_LINKS = ("url", "link", "external_url", "id")
_TEXTS = ("content_text", "content_html", "content", "summary", "digest", "description")
_LISTS = ("items", "list", "data", "articles", "posts")
_SAYINGS = ("msg", "message", "error", "errmsg", "description", "title")
_PINNED = ("pinned", "isTop", "is_top", "_pinned", "sticky", "top")
_END = re.compile(rb"</\s*(\w+:)?(rss|feed|RDF)\s*>\s*(<!--.{0,2000}-->\s*)?$", re.DOTALL)
_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_DECLARED = re.compile(rb"^\s*<\?xml[^>]{0,200}encoding", re.IGNORECASE)


def read(body: bytes, *, now: datetime) -> Answer:
    """What a feed says. Raises SourceTrouble when it is no feed, is empty or has no readable dates."""
    body = _in_bytes(body).strip().removeprefix(b"\xef\xbb\xbf").lstrip()
    if not body:
        raise SourceTrouble("信息源返回的内容为空")
    answer = _json_feed(body, now) if body[:1] in (b"{", b"[") else _xml_feed(body, now)
    if answer.gone:
        return answer
    if not answer.posts:
        raise SourceTrouble("信息源返回成功但没有任何内容，不能据此认定账号未更新")
    return answer


def _in_bytes(body: bytes) -> bytes:
    """The body in UTF-8 where it is in UTF-16, which no other look at its bytes would stand."""
    if not body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return body
    text = body.decode("utf-16", errors="replace")
    return re.sub(r"^<\?xml[^>]{0,200}\?>", "", text.lstrip("\ufeff \r\n")).encode()


def _xml_feed(body: bytes, now: datetime) -> Answer:
    if _ENTITY.search(body):
        raise SourceTrouble("信息源内容带有实体定义，出于安全没有解读")
    import feedparser  # large, and only accounts need it

    parsed: Any = feedparser.parse(_decodable(body))
    if not parsed.get("version"):
        raise SourceTrouble("信息源返回的内容不是 RSS、Atom 或 JSON Feed")
    cut = bool(parsed.bozo) and not _END.search(body[-4000:])
    if parsed.bozo and not parsed.entries and cut:
        raise SourceTrouble("信息源内容残缺，无法解读")
    channel = parsed.feed
    words = "\n".join(filter(None, (channel.get("title", ""), channel.get("subtitle", ""))))
    rows = parsed.entries[: -1 if cut else None]
    entries = [_of_entry(entry, now) for entry in rows[:MOST_POSTS]]
    more = next((link.get("href") for link in channel.get("links", ()) if link.get("rel") == "next"), None)
    return _answer(entries, plain_text(words), more, cut=cut)


def _decodable(body: bytes) -> bytes:
    """The feed in a charset that the parser will find: one that declares none and is no UTF-8 is GB18030."""
    if _DECLARED.match(body):
        return body
    try:
        body.decode("utf-8")
        return body
    except UnicodeDecodeError:
        return body.decode("gb18030", errors="replace").encode()


def _of_entry(entry: Any, now: datetime) -> Post | None:
    # feedparser's own get() answers "updated" with "published", and warns of it.
    stated = (dict.get(entry, key) for key in ("published", "updated", "created", "date"))
    instants = (read_instant(raw, now) for raw in stated if raw)
    terms = [str(tag.get("term", "")) for tag in entry.get("tags", ())]
    texts = [str(part.get("value", "")) for part in entry.get("content", ())]
    return _post(
        title=str(entry.get("title", "")),
        url=str(entry.get("link", "") or entry.get("id", "")),
        at=next((at for at in instants if at is not None), None),
        text=max((*texts, str(entry.get("summary", ""))), key=len),
        pinned=any("置顶" in term or term.lower() in {"pinned", "sticky", "top"} for term in terms),
    )


def _json_feed(body: bytes, now: datetime) -> Answer:
    try:
        value = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise SourceTrouble("信息源内容残缺，无法解读") from error
    feed = value if isinstance(value, dict) else {"items": value}
    rows = _rows(feed)
    if rows is None:
        said = "\n".join(str(feed[key])[:500] for key in _SAYINGS if isinstance(feed.get(key), str))
        if says_gone(said):
            return Answer(posts=(), words=said, gone=True)
        raise SourceTrouble("信息源返回的内容不是 RSS、Atom 或 JSON Feed")
    entries = [_of_row(row, now) for row in rows[:MOST_POSTS] if isinstance(row, dict)]
    words = "\n".join(str(feed[key]) for key in ("title", "description", "user_comment") if feed.get(key))
    more = feed.get("next_url")
    return _answer(entries, words, more if isinstance(more, str) else None, cut=False)


def _rows(feed: dict[str, Any]) -> list[Any] | None:
    """The list of posts, at the top or one step below (`data.list`)."""
    for place in (feed, feed.get("data")):
        if isinstance(place, dict):
            for key in _LISTS:
                if isinstance(place.get(key), list):
                    return list(place[key])
    return None


def _of_row(row: dict[str, Any], now: datetime) -> Post | None:
    tags = row.get("tags")
    marked = isinstance(tags, list) and any(
        "置顶" in str(tag) or str(tag).lower() == "pinned" for tag in tags
    )
    instants = (read_instant(row[key], now) for key in _TIMES if row.get(key))
    return _post(
        title=str(row.get("title") or ""),
        url=str(next((row[key] for key in _LINKS if row.get(key)), "")),
        at=next((at for at in instants if at is not None), None),
        text=str(next((row[key] for key in _TEXTS if row.get(key)), "")),
        pinned=marked or any(row.get(key) in (True, 1, "1") for key in _PINNED),
    )


def _post(*, title: str, url: str, at: datetime | None, text: str, pinned: bool) -> Post | None:
    if at is None:
        return None
    return Post(
        url=url,
        title=plain_text(title),
        posted_at=at,
        text=plain_text(text),
        pinned=pinned or bool(PINNED_TITLE.match(title)),
    )


def _answer(entries: list[Post | None], words: str, more: str | None, *, cut: bool) -> Answer:
    """One entry without a readable instant could be the newest: then no silence is concluded."""
    posts = tuple(post for post in entries if post is not None)
    gone = says_gone(words) or (len(entries) == 1 and bool(posts) and says_gone(posts[0].title))
    undated = (
        "信息源中有的内容没有可读的发布时间，不能据此认定账号未更新" if len(posts) < len(entries) else ""
    )
    if not posts and not gone and (undated or cut):
        raise SourceTrouble(undated or "信息源内容残缺，无法解读")
    return Answer(
        posts=posts,
        words=words,
        interactive=interactive_by(words),
        gone=gone,
        whole=is_whole(len(entries), more=more is not None) and not cut and not undated,
        more=more,
        lacking="信息源内容残缺，后面的内容没有收到" if cut else undated,
    )
