"""Whether sources that answer are to be believed: control accounts, accounts silent together. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from crawler.platforms import wechat, weibo
from domain.observation import CHINA
from domain.target import Account, SourceType

CONTROL_PATIENCE = timedelta(days=3)
"""How old the newest post of a control account may be: it was chosen because it posts every day."""

TOGETHER = 5
"""From how many accounts of one source on their falling silent at one time is the source's doing."""

QUIET = timedelta(days=7)
SPREAD = timedelta(days=3)
GONE_TOGETHER = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """What one look at an account's source came to, as far as it tells of the source.

    `newest` is None where nothing was seen; `gone` when the source says that the account is not there.
    """

    account: Account
    newest: datetime | None = None
    gone: bool = False


Group = tuple[str, str]
"""Accounts behind one source: its type and host."""


def group_of(account: Account) -> Group | None:
    """The source behind which an account is seen; None for files, which stand for themselves."""
    source = account.source
    if source.type is SourceType.FILE:
        return None
    base = source.url or dict(source.options).get("base_url")
    if base is None:
        base = {SourceType.WEIBO: weibo.BASE, SourceType.WECHAT_API: wechat.BASE}.get(source.type)
    return None if base is None else (source.type.value, urlsplit(base).netloc.lower())


def held_groups(glances: Iterable[Glance], as_of: datetime) -> Mapping[Group, str]:
    """The sources that are not to be believed this time, each with the reason in Chinese."""
    groups: dict[Group, list[Glance]] = {}
    for glance in glances:
        group = group_of(glance.account)
        if group is not None:
            groups.setdefault(group, []).append(glance)
    found = {group: _reason(members, as_of) for group, members in groups.items()}
    return {group: reason for group, reason in found.items() if reason}


def _reason(members: list[Glance], as_of: datetime) -> str:
    controls = [glance for glance in members if glance.account.control]
    others = [glance for glance in members if not glance.account.control]
    if controls:
        return "" if any(_lively(glance, as_of) for glance in controls) else _of_controls(controls)
    return _all_gone(others) or _silent_together(others, as_of)


def _lively(glance: Glance, as_of: datetime) -> bool:
    return glance.newest is not None and glance.newest >= as_of - CONTROL_PATIENCE


def _of_controls(controls: list[Glance]) -> str:
    names = "、".join(f"“{glance.account.name}”" for glance in controls[:3])
    latest = max((glance.newest for glance in controls if glance.newest is not None), default=None)
    words = f"最新一条也只到{latest.astimezone(CHINA).date().isoformat()}" if latest else "也看不到内容"
    return f"对照账号{names}{words}，信息源可能失灵，不能据此认定"


def _all_gone(members: list[Glance]) -> str:
    if len(members) >= GONE_TOGETHER and all(glance.gone for glance in members):
        return f"同一信息源上的{len(members)}个账号都答复不存在，信息源可能已停用，不能据此认定"
    return ""


def _silent_together(members: list[Glance], as_of: datetime) -> str:
    """The mark of a bridge that died: every account's newest post is of the same few days, long ago."""
    instants = [glance.newest for glance in members if glance.newest is not None]
    if len(instants) < TOGETHER or len(instants) < len(members):
        return ""
    first, last = min(instants), max(instants)
    if last >= as_of - QUIET or last - first > SPREAD:
        return ""
    day = last.astimezone(CHINA).date().isoformat()
    return f"同一信息源上的{len(instants)}个账号都停在{day}前后，信息源可能失灵，不能据此认定"
