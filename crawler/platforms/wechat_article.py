"""The page of a WeChat article: its title, when it was published, or the notice that stands in its place."""

import html
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from crawler.platforms.markup import plain_text
from crawler.platforms.times import read_instant

MOST_READ = 8 * 1024 * 1024

_SECONDS = re.compile(
    r"""(?:var\s+(?:ct|oriCreateTime|create_time)|ori_create_time|window\.ct)\s*[=:]\s*["']?(\d{10})\b"""
)
_WRITTEN = re.compile(
    r"""(?:createTime|create_time|publish_time)\s*[=:]\s*["'](\d{4}-\d{1,2}-\d{1,2}(?: \d{1,2}:\d{2})?)["']"""
)
_TITLE = re.compile(r"""<meta\s+property=["']og:title["']\s+content=["']([^"']{0,400})["']""")
_HEADING = re.compile(r"""(?s)<h1[^>]{0,300}id=["']activity-name["'][^>]{0,300}>(.{0,2000}?)</h1>""")
_VARIABLE = re.compile(r"""var\s+msg_title\s*=\s*(?:htmlDecode\()?["'](.{0,400}?)["']\s*[.;)]""")
_NICKNAME = re.compile(r"""var\s+nickname\s*=\s*(?:htmlDecode\()?["'](.{0,200}?)["']""")
_PROFILE = re.compile(r"""(?s)<a[^>]{0,400}id=["']js_name["'][^>]{0,400}>(.{0,400}?)</a>""")
_CONTENT = re.compile(r"""id=["'](?:js_content|js_article|img-content)["']""")
_BODY = re.compile(
    r"""(?s)id=["']js_content["'][^>]{0,1000}>(.{0,2000000}?)(?:</div>\s*<script|<script[^>]*>|$)"""
)


class Standing(StrEnum):
    """What became of an article, or of its account."""

    READABLE = "readable"
    DELETED = "deleted"
    VIOLATING = "violating"
    MIGRATED = "migrated"
    CLOSED = "closed"
    BLOCKED = "blocked"
    CHALLENGE = "challenge"
    UNKNOWN = "unknown"


STANDING_TITLES = {
    Standing.READABLE: "可以阅读",
    Standing.DELETED: "内容已被发布者删除",
    Standing.VIOLATING: "内容因违规无法查看",
    Standing.MIGRATED: "公众号已迁移",
    Standing.CLOSED: "公众号已注销",
    Standing.BLOCKED: "公众号已被屏蔽或冻结",
    Standing.CHALLENGE: "平台要求验证，没有看到内容",
    Standing.UNKNOWN: "没有看到文章",
}

_NOTICES = (
    (
        Standing.CHALLENGE,
        re.compile("环境异常|完成验证后即可继续访问|访问过于频繁|secitptpage|wappoc_appmsgcaptcha"),
    ),
    (Standing.CLOSED, re.compile("此?[帐账]号已自主注销|[帐账]号已注销")),
    (Standing.MIGRATED, re.compile("公众号已迁移|[帐账]号已?迁移|[帐账]号迁移流程|原[帐账]号迁移时")),
    (Standing.BLOCKED, re.compile("[帐账]号已被屏蔽|[帐账]号已被冻结|[帐账]号已被封")),
    (Standing.DELETED, re.compile("已被发布者删除|内容已被删除|该内容已删除")),
    (
        Standing.VIOLATING,
        re.compile("违规无法查看|违反相关法律法规|发送失败无法查看|涉嫌侵权|涉嫌不实|过度营销"),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What the page says. `posted_at` None: no instant is stated; `account` is the account's own name."""

    standing: Standing
    title: str = ""
    account: str = ""
    posted_at: datetime | None = None
    text: str = ""


def is_article_address(url: str) -> bool:
    """Whether an address is one of WeChat's article pages."""
    return bool(re.match(r"https?://mp\.weixin\.qq\.com/(s|mp)\b", url))


def read(body: bytes, *, now: datetime) -> Article:
    """Reads an article's page. A notice counts only where no article stands: texts may quote one."""
    text = body[:MOST_READ].decode("utf-8", errors="replace")
    if not _CONTENT.search(text):
        found = (standing for standing, words in _NOTICES if words.search(text))
        return Article(standing=next(found, Standing.UNKNOWN), account=_first(text, _NICKNAME, _PROFILE))
    content = _BODY.search(text)
    return Article(
        standing=Standing.READABLE,
        title=_first(text, _TITLE, _VARIABLE, _HEADING),
        account=_first(text, _NICKNAME, _PROFILE),
        posted_at=_instant(text, now),
        text=plain_text(content[1]) if content else "",
    )


def _instant(text: str, now: datetime) -> datetime | None:
    seconds = [int(found) for found in _SECONDS.findall(text) if int(found) > 0]
    if seconds:
        return datetime.fromtimestamp(min(seconds), UTC)
    written = _WRITTEN.search(text)
    return read_instant(written[1], now) if written else None


def _first(text: str, *patterns: re.Pattern[str]) -> str:
    for pattern in patterns:
        if found := pattern.search(text):
            return plain_text(html.unescape(found[1]))
    return ""
