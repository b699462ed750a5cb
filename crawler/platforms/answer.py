"""What a source answered, whatever its kind."""

import itertools
import re
from dataclasses import dataclass, field
from datetime import datetime

from domain.observation import Post

NO_INTERACTION = re.compile(
    r"(未开通|未开放|没有开通|没有开放|暂未开通|暂不提供|不提供|暂无|没有|未设置|关闭|停止)"
    r"[^。；，,;]{0,8}(互动|留言|评论|私信|咨询|投诉|回复)"
    r"|(互动|留言|评论|私信|咨询)[^。；，,;]{0,6}(未开通|未开放|暂未开通|已关闭|已停用|暂停)"
)
"""Words by which an account says of itself that nobody can be asked there."""

INTERACTION = re.compile(
    r"在线咨询|我要咨询|我要留言|留言板|领导信箱|互动交流|私信|留言互动|意见建议|咨询投诉|评论区"
)
"""Words of an entry by which a visitor can ask."""

_CLOSED = r"(注销|迁移|关闭|关停|停用|停更|停止(使用|更新|运营|服务)|销户)"
_GONE = re.compile(
    r"(账号|帐号|公众号|订阅号|服务号|微博号?|抖音号|头条号|快手号|账户|帐户|用户|客户端|小程序|本号|该号|此号)"
    rf"[^。！；\n]{{0,14}}?(已(于[^。；\n]{{2,14}})?(自主|自行|正式|被|经|完成)?{_CLOSED}|不存在|被封(禁|停)?|被冻结|已冻结)"
    rf"|(此|该|本)(账号|帐号|公众号|号)已{_CLOSED}"
    rf"|^\s*[（(【\[]?\s*已(自主|正式)?{_CLOSED}\s*[)）】\]]?\s*$"
    rf"|[（(【\[]\s*已(自主|正式)?{_CLOSED}\s*[)）】\]]\s*$",
    re.MULTILINE,
)
_OTHERS = re.compile(
    r"(原|旧|老|前|其他|另一|假冒|仿冒|冒充|山寨|以前的?|之前的?|此前的?|多个|个别|僵尸)[^。，；,;]{0,12}$"
)
"""What stands before the words when another account is meant."""

PINNED_TITLE = re.compile(r"^\s*[\[【(（]?\s*置顶\s*[\]】)）:：]?")

PAGE_SIZES = frozenset({12, 16, 18, 24, 32, 48, 64})
"""Lengths at which sources cut their lists off, besides the multiples of five."""


class SourceTrouble(Exception):
    """The source's answer proves nothing of the account; the message says why, in Chinese."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a source says of an account.

    `posts` newest first or as given. `words` is the account's description. `interactive` is False
    only when the account shows no entry and says so, None when it says nothing. `gone` when the
    platform says that the account is closed. `whole` when nothing older was left out. `more` is the
    address of a further page. `lacking` says in Chinese why newer posts may be missing (empty: none are).
    `known_until` is the moment up to which somebody looked, where that is not now. `pictures` are the
    files named with posts, by the post's address. `total` is how many publications there are in all where
    the source counts them, `listed` how many of them this page holds.
    """

    posts: tuple[Post, ...]
    words: str = ""
    interactive: bool | None = None
    gone: bool = False
    whole: bool = False
    more: str | None = None
    lacking: str = ""
    known_until: datetime | None = None
    pictures: tuple[tuple[str, str], ...] = field(default=())
    total: int | None = None
    listed: int = 0


def says_gone(words: str) -> bool:
    """Whether the words say that this very account is closed; those about another account do not."""
    return any(not _OTHERS.search(words[: found.start()][-16:]) for found in _GONE.finditer(words))


def interactive_by(words: str, *, entry: bool = False) -> bool | None:
    """Whether an account can be asked, by what it says: False needs its own words, True an entry."""
    denied = NO_INTERACTION.search(words)
    rest = NO_INTERACTION.sub("", words)
    if entry or INTERACTION.search(rest):
        return True
    return False if denied else None


def is_whole(count: int, *, more: bool) -> bool:
    """Whether a list of so many posts was surely not cut off at a page's length.

    Sources cut at round lengths; a list of another length, without a further page, is all there is.
    """
    return not more and count > 0 and count % 5 != 0 and count not in PAGE_SIZES


def newest_first(posts: tuple[Post, ...]) -> bool:
    """Whether the posts that are not pinned stand newest first, as far as they show."""
    instants = [post.posted_at for post in posts if not post.pinned]
    return all(later >= earlier for later, earlier in itertools.pairwise(instants))


def oldest_of(posts: tuple[Post, ...]) -> datetime | None:
    """The instant of the oldest post that is not pinned: the list is contiguous back to it."""
    return min((post.posted_at for post in posts if not post.pinned), default=None)
