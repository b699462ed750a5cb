"""What every channel is given, what it gives back, and the bases and mail server that a channel may use."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

TIMEOUT_S = 15.0

MOST_ANSWER = 500
"""Characters of an answer that are put on record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A message ready to go: `fingerprint` names it for receivers that want to know repeats."""

    subject: str
    text: str
    fingerprint: str
    urgent: bool = False
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """How a channel answered. `again` says whether another try may help. `words` bear no key."""

    ok: bool
    words: str
    again: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """The office's mail server. `security` is none, starttls or tls."""

    host: str = ""
    port: int = 25
    user: str = ""
    password: str = field(default="", repr=False)
    security: str = "none"
    sender: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlets:
    """Where the channels' servers are: set otherwise for a private deployment or a test."""

    wecom: str = "https://qyapi.weixin.qq.com"
    dingtalk: str = "https://oapi.dingtalk.com"
    feishu: str = "https://open.feishu.cn"
    mail: MailServer = field(default_factory=MailServer)


def without(words: str, *secrets: str) -> str:
    """The words with every secret struck out, and cut to a length fit for the record."""
    for secret in secrets:
        if secret:
            words = words.replace(secret, "＊＊＊")
    return words[:MOST_ANSWER]


def cut_to_bytes(text: str, most: int, note: str = "\n……（内容较长，其余请登录系统查看）") -> str:
    """The text, shortened at a line's end so that it fits into so many bytes of UTF-8."""
    if len(text.encode("utf-8")) <= most:
        return text
    room = most - len(note.encode("utf-8"))
    kept = text.encode("utf-8")[:room].decode("utf-8", "ignore")
    return kept.rpartition("\n")[0] + note if "\n" in kept else kept + note
