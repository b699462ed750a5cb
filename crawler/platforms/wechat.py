"""WeChat's own publishing API, called with the unit's credentials: tokens, pages of publications, errors.

The API lists what was published through it; what was sent to subscribers or published by hand in the
console is not among it. Silence of the API is therefore no silence of the account.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from crawler.platforms.answer import Answer, SourceTrouble
from crawler.platforms.markup import plain_text
from crawler.platforms.times import read_instant
from domain.observation import Post

BASE = "https://api.weixin.qq.com"
PAGE = 20
"""The most publications that one call may ask for."""

BUSY = -1
STALE_TOKEN = frozenset({40001, 40014, 41001, 42001, 42007})
"""Codes after which a fresh token may help."""

NOT_ALL = (
    "微信发布接口只列出经接口发布的内容，群发和在后台手动发表的不在其中，"
    "不能据此认定没有发布；请另附人工登记文件，或改用订阅源"
)

_CODES = {
    -1: "微信系统繁忙，请稍后再试",
    40001: "接口凭据无效，请核对 AppSecret 是否填错或已重置",
    40002: "凭据类型有误",
    40013: "AppID 无效，请核对名录中的 app_id",
    40014: "接口凭据无效",
    40125: "AppSecret 无效，请向单位索取新的密钥后用 govwatch secrets set 更新",
    40164: "本机的出口地址不在公众号后台的 IP 白名单中，请单位添加",
    40243: "AppSecret 已被冻结，请单位在公众号后台解冻",
    41001: "缺少接口凭据",
    41002: "缺少 AppID",
    41004: "缺少 AppSecret",
    42001: "接口凭据已过期",
    42007: "接口凭据已失效，需要重新授权",
    43002: "接口要求用 POST 方式调用",
    45009: "当日调用次数已达上限，次日恢复",
    45011: "调用过于频繁，请稍后再试",
    45035: "接口调用受限",
    48001: "这个公众号没有发布接口的权限（未认证的账号没有）",
    48004: "公众号的接口已被封禁，请单位登录公众号后台查看",
    48006: "接口权限已被收回",
    50002: "公众号的接口受限，可能已被冻结",
    50004: "公众号被禁止使用接口",
    50005: "公众号未关注或已不可用",
    61024: "第三方平台才能调用",
    89503: "调用需要公众号管理员确认",
    89506: "24小时内管理员已拒绝本机调用",
    89507: "1小时内管理员已拒绝本机调用",
}


class Refusal(SourceTrouble):
    """The API answered with an error code; nothing can be concluded about the account."""

    def __init__(self, code: int, message: str) -> None:
        """The message is WeChat's own and is shown only where the code is unknown to us."""
        self.code = code
        words = _CODES.get(code) or message[:200] or "没有说明原因"
        super().__init__(f"微信接口拒绝了请求（错误码 {code}）：{words}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """A unit's credentials for its account. Never shown, kept or logged."""

    app_id: str
    secret: str

    def __repr__(self) -> str:
        """Without the secret, so that no traceback bears it."""
        return f"Keys(app_id={self.app_id!r})"


def token_of(body: bytes) -> str:
    """The token in the answer of `stable_token` or `token`. Raises SourceTrouble."""
    value = _object(body)
    token = value.get("access_token")
    if not isinstance(token, str) or not token:
        raise SourceTrouble("微信接口没有给出凭据")
    return token


def read(body: bytes, *, now: datetime) -> Answer:
    """One page of publications. Raises Refusal for error codes, SourceTrouble for what is no page."""
    value = _object(body)
    total, items = value.get("total_count"), value.get("item")
    if not isinstance(total, int) or not isinstance(items, list):
        raise SourceTrouble("微信接口返回的内容不是发布列表")
    posts = tuple(post for item in items if isinstance(item, dict) for post in _posts(item, now))
    return Answer(posts=posts, total=total, listed=len(items))


def _object(body: bytes) -> dict[str, Any]:
    try:
        value = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise SourceTrouble("微信接口返回的内容无法解读") from error
    if not isinstance(value, dict):
        raise SourceTrouble("微信接口返回的内容无法解读")
    code = value.get("errcode")
    if isinstance(code, int) and code != 0:
        raise Refusal(code, str(value.get("errmsg", "")))
    return value


def _posts(item: dict[str, Any], now: datetime) -> Iterator[Post]:
    """The articles of one publication that still stand; all bear the publication's instant."""
    content = item.get("content")
    content = content if isinstance(content, dict) else {}
    stated = (item.get("update_time"), content.get("update_time"), content.get("create_time"))
    at = next((read for raw in stated if raw and (read := read_instant(raw, now)) is not None), None)
    articles = content.get("news_item")
    for article in articles if isinstance(articles, list) else ():
        if not isinstance(article, dict) or article.get("is_deleted") in (True, 1, "1"):
            continue
        if at is None:
            raise SourceTrouble("微信接口给出的内容没有可读的发布时间，不能据此认定账号未更新")
        text = str(article.get("content") or article.get("digest") or "")
        yield Post(
            url=str(article.get("url") or ""),
            title=plain_text(str(article.get("title") or "")),
            posted_at=at,
            text=plain_text(text),
        )
