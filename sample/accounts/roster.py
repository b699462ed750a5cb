"""All accounts of the city, and the hosts of their sources."""

from sample.accounts import hard, others, recorded, slips, wechat, weibo
from sample.model import Answer, Host

_ALL = (
    *wechat.entries(),
    *weibo.entries(),
    *recorded.entries(),
    *others.entries(),
    *slips.entries(),
    *hard.entries(),
)

ACCOUNTS = tuple(entry.account for entry in _ALL)

_POST = Answer(
    body="<!DOCTYPE html><html><head><meta charset='utf-8'><title>推文</title></head>"
    "<body><h1>推文</h1><p>正文。</p></body></html>".encode()
)

_ANSWERS = {path: answer for entry in _ALL for path, answer in entry.answers.items()}
_BRIDGE = "@@bridge@@"

MEDIA = Host(
    id="media",
    pages={
        "/robots.txt": Answer(body=b"User-agent: *\nDisallow:\n", content_type="text/plain"),
        **{path: answer for path, answer in _ANSWERS.items() if path.startswith("/")},
    },
    fallback=_POST,
)

BRIDGE = Host(
    id="bridge",
    pages={
        path.removeprefix(_BRIDGE): answer for path, answer in _ANSWERS.items() if path.startswith(_BRIDGE)
    },
)
"""A bridge to other platforms that has died without saying so."""
