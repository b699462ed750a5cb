"""From a request's head to the bytes that answer it: pure but for what a host remembers of its visitors."""

import gzip
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from http import HTTPStatus
from itertools import chain, cycle
from urllib.parse import parse_qsl, unquote, urlsplit

from sample.model import Answer, Behaviour, Host

BOMB_SIZE = 64 * 1024 * 1024
FLOOD_SIZE = 100 * 1024 * 1024
FLOOD_PIECE = 256 * 1024
DRIP_PAUSE = 0.1
"""Seconds between two bytes of a page that comes byte by byte."""
LAST_MODIFIED = "Sun, 28 Jun 2026 10:00:00 GMT"
_TOKEN = re.compile(rb"@@([a-z0-9]+)@@")
_SESSION = re.compile(r";jsessionid=[^?/]*")


@dataclass(frozen=True, slots=True)
class Request:
    """What a visitor asks: method, target as sent (path and query), headers by lower-case name, a form."""

    method: str
    target: str
    headers: Mapping[str, str]
    form: bytes = b""

    @property
    def keep_alive(self) -> bool:
        """Whether the line stays open after the answer."""
        return self.headers.get("connection", "").lower() != "close"


@dataclass(frozen=True, slots=True)
class Reply:
    """The bytes to send, how long to wait before, and whether to hang up after.

    `rest` is what follows them piece by piece: the seconds to wait and the bytes.
    """

    payload: bytes
    delay: float = 0.0
    hang_up: bool = False
    rest: Iterable[tuple[float, bytes]] = ()


def parse_request(head: bytes) -> Request:
    """The request that a head says. Raises ValueError when it is none."""
    lines = head.decode("latin-1").split("\r\n")
    method, target, _ = lines[0].split(" ", 2)
    headers = {}
    for line in lines[1:]:
        name, colon, value = line.partition(":")
        if colon:
            headers[name.strip().lower()] = value.strip()
    return Request(method.upper(), target, headers)


@dataclass(slots=True)
class Desk:
    """One host at work: its answers with real addresses, and what it remembers."""

    host: Host
    addresses: Mapping[str, str]
    hits: Counter[str] = field(default_factory=Counter)
    changed: dict[str, Answer] = field(default_factory=dict)
    everything: Answer | None = None
    _ready: dict[Answer, bytes] = field(default_factory=dict)

    def reply(self, request: Request) -> Reply:
        """The reply to a request, counting the hit."""
        self.hits[request.target] += 1
        answer = self._served(request) or self._find(request.target)
        if answer.behaviour is Behaviour.DROP:
            return Reply(b"", answer.delay, True)
        if answer.behaviour is Behaviour.COOKIE and f"{self.host.id}=1" not in request.headers.get(
            "cookie", ""
        ):
            headers = (("Set-Cookie", f"{self.host.id}=1; Path=/"), ("Location", request.target))
            answer = Answer(status=302, headers=headers)
        if answer.behaviour is Behaviour.FAIL_FIRST and self.hits[request.target] == 1:
            answer = Answer(status=503, body=b"<html><body>Service Unavailable</body></html>")
        return self._compose(request, answer)

    def _served(self, request: Request) -> Answer | None:
        parts = urlsplit(request.target)
        service = self.host.services.get(parts.path)
        if service is None or self.everything is not None or parts.path in self.changed:
            return None
        return service(dict(parse_qsl(parts.query)), dict(parse_qsl(request.form.decode())))

    def _find(self, target: str) -> Answer:
        if self.everything is not None:
            return self.everything
        if self.host.moved:
            return Answer(status=301, headers=(("Location", f"@@{self.host.moved}@@{target}"),))
        target = _SESSION.sub("", target)
        path = urlsplit(target).path
        for key in (target, path, unquote(path), unquote(target)):
            for book in (self.changed, self.host.pages):
                if key in book:
                    return book[key]
        return self.host.fallback

    def _compose(self, request: Request, answer: Answer) -> Reply:
        body = self._body(answer)
        etag = '"' + hashlib.sha256(body).hexdigest()[:16] + '"'
        headers = [(name, self._text(value)) for name, value in answer.headers]
        if answer.status == 200:
            headers += [("ETag", etag), ("Last-Modified", LAST_MODIFIED)]
            if _not_modified(request, etag):
                return _written(304, headers, b"", request, answer.delay)
        headers.append(("Content-Type", answer.content_type))
        if answer.behaviour is Behaviour.CUT:
            packed = gzip.compress(body, mtime=0)
            headers += [("Content-Encoding", "gzip"), ("Content-Length", str(len(packed)))]
            return _written(
                answer.status, headers, packed[: len(packed) // 2], request, answer.delay, cut=True
            )
        if answer.behaviour is Behaviour.BOMB:
            headers += [("Content-Encoding", "gzip"), ("Content-Length", str(len(_bomb())))]
            return _written(answer.status, headers, _bomb(), request, answer.delay)
        if answer.behaviour in _LONG:
            begun = _written(answer.status, headers, b"", request, answer.delay, cut=True, length=False)
            return begun if request.method == "HEAD" else replace(begun, rest=_LONG[answer.behaviour](body))
        if len(body) > 1024 and "gzip" in request.headers.get("accept-encoding", ""):
            body = gzip.compress(body, compresslevel=1, mtime=0)
            headers.append(("Content-Encoding", "gzip"))
        headers.append(("Content-Length", str(len(body))))
        return _written(answer.status, headers, body, request, answer.delay)

    def _body(self, answer: Answer) -> bytes:
        if b"@@" not in answer.body:
            return answer.body
        ready = self._ready.get(answer)
        if ready is None:
            ready = _TOKEN.sub(lambda found: self.addresses[found[1].decode()].encode(), answer.body)
            self._ready[answer] = ready
        return ready

    def _text(self, text: str) -> str:
        return _TOKEN.sub(
            lambda found: self.addresses[found[1].decode()].encode(), text.encode("latin-1")
        ).decode("latin-1")


def _dripping(body: bytes) -> Iterator[tuple[float, bytes]]:
    for byte in chain(body, cycle(b" ")):
        yield DRIP_PAUSE, bytes([byte])


def _flooding(body: bytes) -> Iterator[tuple[float, bytes]]:
    yield 0.0, body
    piece = b"<p>x</p>\n" * (FLOOD_PIECE // 9)
    for _ in range(FLOOD_SIZE // FLOOD_PIECE):
        yield 0.0, piece


_LONG = {Behaviour.DRIP: _dripping, Behaviour.FLOOD: _flooding}
"""What sends a body that is not handed over whole."""


@cache
def _bomb() -> bytes:
    return gzip.compress(b" " * BOMB_SIZE, compresslevel=1, mtime=0)


def _not_modified(request: Request, etag: str) -> bool:
    asked = request.headers.get("if-none-match")
    if asked is not None:
        return etag in asked
    return request.headers.get("if-modified-since") == LAST_MODIFIED


def _written(
    status: int,
    headers: list[tuple[str, str]],
    body: bytes,
    request: Request,
    delay: float,
    cut: bool = False,
    length: bool = True,
) -> Reply:
    if length and not any(name == "Content-Length" for name, _ in headers):
        headers = [*headers, ("Content-Length", str(len(body)))]
    phrase = HTTPStatus(status).phrase if status in HTTPStatus._value2member_map_ else "Unknown"
    lines = [f"HTTP/1.1 {status} {phrase}", *(f"{name}: {value}" for name, value in headers)]
    lines.append("Connection: keep-alive" if request.keep_alive and not cut else "Connection: close")
    head = "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n"
    payload = head if request.method == "HEAD" else head + body
    return Reply(payload, delay, cut or not request.keep_alive)
