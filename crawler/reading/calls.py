"""The list services that a page's scripts ask as soon as it is shown, with what they send.

Only calls are taken whose address and form are written out, and only such as read: counters, logins and
whatever writes are left alone.
"""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urlencode

from crawler.address import resolve
from crawler.questions import ask
from crawler.reading.literals import (
    Reader,
    UnknownValue,
    argument_text,
    without_comments,
)

_CALL = re.compile(r"(?:\$|jQuery|\$http|axios)\s*\.\s*(ajax|post|get|getJSON|load)\s*(\()|\baxios\s*(\()")
_WRITES = re.compile(
    r"count|hits?\b|click|visit|login|logout|submit|save|add|insert|update|delete|remove|vote|like|praise|comment|"
    r"upload|captcha|verify|token|oauth|log\.|/log/|session|track|stat(?:istic)?s?\b|weather|tianqi|pv\b|share|sms",
    re.IGNORECASE,
)
_STATIC = re.compile(r"\.(?:js|css|png|jpe?g|gif|html?|shtml)(?:\?|$)", re.IGNORECASE)
_PAGE_KEY = re.compile(
    r"^(?:page|page_?no|page_?index|page_?num(?:ber)?|curr?_?page|current(?:page)?|p|pn)$", re.I
)
_SIZE_KEY = re.compile(r"^(?:page_?size|rows|limit|per_?page|size|num|count)$", re.IGNORECASE)
MAX_SCRIPT = 200_000
MAX_CALLS = 10


def list_calls(scripts: Sequence[str], base: str) -> tuple[str, ...]:
    """The questions of the inline scripts, in the order of the page."""
    found: list[str] = []
    whole = "\n".join(scripts)[:MAX_SCRIPT]
    if not _CALL.search(whole):
        return ()
    plain = without_comments(whole)
    for match in _CALL.finditer(plain):
        at = match.start(2) if match.group(2) else match.start(3)
        text = argument_text(plain, at)
        found += [q for q in _questions(match.group(1) or "ajax", text, plain, base) if q]
    return tuple(dict.fromkeys(found))[:MAX_CALLS]


def may_read(address: str) -> bool:
    """Whether an address is that of a service that only reads, going by its words."""
    return not _WRITES.search(address.split("://", 1)[-1].partition("/")[2])


def _questions(verb: str, text: str, script: str, base: str) -> Iterator[str]:
    reader = Reader(text, script)
    first = reader.expression()
    if verb == "ajax":
        if not isinstance(first, dict):
            return
        url, form = first.get("url"), first.get("data", first.get("params"))
        posts = str(first.get("type") or first.get("method") or "get").lower() == "post"
    else:
        url, posts, form = first, verb == "post", None
        if reader.peek() == ",":
            reader.take()
            if reader.peek() in ("{", "JSON.stringify") or reader.peek()[:1] in "\"'":
                form = reader.expression()
    address = resolve(base, url) if isinstance(url, str) else None
    if not address or not may_read(address) or _STATIC.search(address):
        return
    pairs = _pairs(form)
    if pairs is None:
        return
    if posts:
        yield ask(address, pairs) if pairs else ask(address, ())
    else:
        yield f"{address}{'&' if '?' in address else '?'}{urlencode(pairs)}" if pairs else address


def _pairs(form: object) -> list[tuple[str, str]] | None:
    """The fields of a form; None where one is not known. A page that is not known is the first."""
    if form is None:
        return []
    if isinstance(form, str):
        parts = (part.partition("=") for part in form.split("&") if part)
        return [(key, value) for key, _, value in parts]
    if not isinstance(form, dict):
        return None
    pairs: list[tuple[str, str]] = []
    for key, value in form.items():
        if isinstance(value, UnknownValue):
            if _SIZE_KEY.match(key):
                continue
            if not _PAGE_KEY.match(key):
                return None
            value = 1
        if isinstance(value, dict | list):
            return None
        pairs.append(
            (key, "" if value is None else str(value).lower() if isinstance(value, bool) else str(value))
        )
    return pairs
