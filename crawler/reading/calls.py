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
    SIZE_KEY,
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
MAX_SCRIPT = 200_000
MAX_CALLS = 10


def list_calls(scripts: Sequence[str], base: str) -> tuple[str, ...]:
    """The questions of the inline scripts, in the order of the page."""
    whole = "\n".join(scripts)[:MAX_SCRIPT]
    return calls_in(whole, whole, base)


def has_call(script: str) -> bool:
    """Whether a script asks a service at all."""
    return _CALL.search(script) is not None


def calls_in(script: str, given: str, base: str) -> tuple[str, ...]:
    """The questions of a script; `given` is all that gives its names values."""
    if not _CALL.search(script):
        return ()
    found: list[str] = []
    plain = without_comments(script[:MAX_SCRIPT])
    known = plain if given is script else without_comments(given[: 2 * MAX_SCRIPT])
    for match in _CALL.finditer(plain):
        at = match.start(2) if match.group(2) else match.start(3)
        text = argument_text(plain, at)
        for page in (1, 0):  # a list whose first page is not told begins with one or with nought
            reader = Reader(text, known, page)
            found += _questions(match.group(1) or "ajax", reader, base)
            if not reader.guessed:
                break
    return tuple(dict.fromkeys(found))[:MAX_CALLS]


def may_read(address: str) -> bool:
    """Whether an address is that of a service that only reads, going by its words."""
    return not _WRITES.search(address.split("://", 1)[-1].partition("/")[2])


def _questions(verb: str, reader: Reader, base: str) -> Iterator[str]:
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
    """The fields of a form; None where one is not known. A size that is not known is left out."""
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
            if SIZE_KEY.match(key):
                continue
            return None
        if isinstance(value, dict | list):
            return None
        pairs.append(
            (key, "" if value is None else str(value).lower() if isinstance(value, bool) else str(value))
        )
    return pairs
