"""A single guarded fetch outside the spider: feeds of accounts, `govwatch read`, rechecks."""

import logging
import socket
import ssl
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import httpcore2
import httpx2

from crawler.guard import GuardPolicy, allowed, refusal
from crawler.plan import USER_AGENT
from crawler.unpacking import ACCEPTED, unpack_stated
from domain.snapshot import FetchStatus, Hop, Snapshot

MOST_BYTES = 10 * 1024 * 1024
MOST_REDIRECTS = 8
TIMEOUT_SECONDS = 30.0
LONGEST_SECONDS = 120.0
"""How long one answer may take in all: a host that sends a byte now and then holds nobody up."""

for _name in ("httpx2", "httpcore2"):
    # Their lines name whole addresses, and those of accounts' interfaces bear credentials.
    logging.getLogger(_name).setLevel(logging.WARNING)


class RefusedAddressError(OSError):
    """A name resolved to an address that may not be visited."""


class _GuardedBackend(httpcore2.SyncBackend):
    """Connects only to addresses that the guard allows, and to exactly the one it judged."""

    def __init__(self, policy: GuardPolicy) -> None:
        super().__init__()
        self._policy = policy

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        """Resolves, judges, connects. Raises RefusedAddressError, or httpcore2.ConnectError."""
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except OSError as error:
            raise httpcore2.ConnectError(f"域名无法解析：{host}") from error
        addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        good = [address for address in addresses if allowed(f"{host}:{port}", address, self._policy)]
        if not good:
            raise RefusedAddressError(f"{host} 指向内部网络地址 {', '.join(addresses)}")
        return super().connect_tcp(good[0], port, timeout, local_address, socket_options)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A snapshot (status OK for any whole 2xx answer) with the bytes of its body."""

    snapshot: Snapshot
    body: bytes = b""


def fetch(
    url: str,
    policy: GuardPolicy,
    *,
    at: datetime,
    headers: dict[str, str] | None = None,
    json: Any = None,
    form: str | None = None,
) -> Fetched:
    """One GET (or POST, when `json` or a `form` is given) with redirects followed by hand, every hop guarded.

    Never raises for what the world does; `at` is the instant that the snapshot bears. `headers` go to the
    host that was asked, never to another one that it sends on to.
    """
    hops: list[Hop] = []
    address = url
    with _client(policy) as client:
        for _ in range(MOST_REDIRECTS + 1):
            if words := refusal(address, policy):
                return _failed(url, address, FetchStatus.REFUSED, words, at, hops)
            try:
                answer, body, whole = _ask(client, address, headers or {}, json, form)
            except (httpx2.HTTPError, httpx2.InvalidURL, OSError, ssl.SSLError) as error:
                status, words = _ruling(error)
                return _failed(url, address, status, words, at, hops)
            if answer.next_request is None:
                return _fetched(url, address, answer, body, whole, at, hops)
            hops.append(Hop(url=address, http_status=answer.status_code))
            further = str(answer.next_request.url)
            if urlsplit(further)[:2] != urlsplit(address)[:2]:
                headers = None
            address, json, form = further, None, None
    return _failed(url, address, FetchStatus.HTTP_ERROR, "重定向次数过多", at, hops)


def _client(policy: GuardPolicy) -> httpx2.Client:
    transport = httpx2.HTTPTransport()
    transport._pool = httpcore2.ConnectionPool(
        ssl_context=ssl.create_default_context(), network_backend=_GuardedBackend(policy)
    )
    return httpx2.Client(
        transport=transport,
        timeout=TIMEOUT_SECONDS,
        follow_redirects=False,
        trust_env=False,
        headers={"User-Agent": USER_AGENT, "Accept-Encoding": ACCEPTED.decode()},
    )


def _ask(
    client: httpx2.Client, url: str, headers: dict[str, str], json: Any, form: str | None
) -> tuple[httpx2.Response, bytes, bool]:
    method = "GET" if json is None and form is None else "POST"
    sent = {"Content-Type": "application/x-www-form-urlencoded"} if form is not None else {}
    with client.stream(method, url, headers={**sent, **headers}, json=json, content=form) as answer:
        parts: list[bytes] = []
        size = 0
        until = time.monotonic() + LONGEST_SECONDS
        for part in answer.iter_raw():
            size += len(part)
            if size > MOST_BYTES or time.monotonic() > until:
                return answer, b"".join(parts), False
            parts.append(part)
        stated = answer.headers.get("content-encoding", "")
        body, flaw = unpack_stated(b"".join(parts), stated, MOST_BYTES)
        return answer, body, flaw is None


def _ruling(error: Exception) -> tuple[FetchStatus, str]:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, RefusedAddressError):
            return FetchStatus.REFUSED, str(cause)
        if isinstance(cause, ssl.SSLError):
            return FetchStatus.TLS_ERROR, "安全证书或加密连接错误"
        cause = cause.__cause__ or cause.__context__
    if isinstance(error, httpx2.TimeoutException):
        return FetchStatus.TIMEOUT, "响应超时"
    if isinstance(error, httpx2.InvalidURL):
        return FetchStatus.UNREACHABLE, "网址不能识别"
    words = str(error)
    if "refused" in words:
        return FetchStatus.UNREACHABLE, "服务器拒绝连接"
    chinese = any(character > "\u3000" for character in words)
    return FetchStatus.UNREACHABLE, words if chinese else f"无法连接（{words}）" if words else "无法连接"


_TOLD = frozenset({"host", "user-agent", "accept", "accept-encoding", "accept-language", "content-type"})
"""Request headers that go on record; others may bear credentials."""


def _fetched(
    url: str, address: str, answer: httpx2.Response, body: bytes, whole: bool, at: datetime, hops: list[Hop]
) -> Fetched:
    status = _status_of(answer.status_code) if whole else FetchStatus.UNREADABLE
    snapshot = Snapshot(
        url=url,
        final_url=address,
        status=status,
        fetched_at=at,
        http_status=answer.status_code,
        headers=tuple(answer.headers.items()),
        size=len(body),
        redirects=tuple(hops),
        detail="" if whole else "内容过大、传送过慢或残缺，没有读全",
        method=answer.request.method,
        request_headers=tuple(row for row in answer.request.headers.items() if row[0].lower() in _TOLD),
    )
    return Fetched(snapshot=snapshot, body=body)


def _status_of(code: int) -> FetchStatus:
    if 200 <= code < 300:
        return FetchStatus.OK
    if code in (404, 410):
        return FetchStatus.GONE
    return FetchStatus.BLOCKED if code in (401, 403, 412, 429, 521) else FetchStatus.HTTP_ERROR


def _failed(
    url: str, address: str, status: FetchStatus, words: str, at: datetime, hops: list[Hop]
) -> Fetched:
    return Fetched(
        snapshot=Snapshot(
            url=url,
            final_url=address,
            status=status,
            fetched_at=at,
            redirects=tuple(hops),
            detail=words,
        )
    )
