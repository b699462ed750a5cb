"""What stands before every request: who may post from where, how much, and the headers of each answer."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
"""No script, style, picture or answer from anywhere but ourselves; nothing inline."""

HEADERS: Mapping[str, str] = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}

FOREIGN = "请求不是从本系统的页面发出的，已拒绝。请回到本系统页面重新操作。"
TOO_LARGE = "提交的内容超过了大小限制，请减少或压缩附件后重试。"


class Guard:
    """Wraps the application. `most_bytes` bounds what a request may bring."""

    def __init__(self, app: ASGIApp, most_bytes: int) -> None:
        """Over an application."""
        self.app = app
        self.most_bytes = most_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request, or refuses it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                _stamp(MutableHeaders(scope=message), scope["path"])
            await send(message)

        fault = _fault_of(scope, headers, self.most_bytes)
        if fault is not None:
            await _answer(scope, *fault)(scope, receive, sent)
            return
        await _Bounded(self.app, self.most_bytes)(scope, receive, sent)


class _Bounded:
    """Counts a request's bytes as they come, whatever its headers promised."""

    def __init__(self, app: ASGIApp, most_bytes: int) -> None:
        self.app = app
        self.most_bytes = most_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > self.most_bytes:
                return {"type": "http.disconnect"}
            return message

        await self.app(scope, counted, send)


def _fault_of(scope: Scope, headers: Headers, most_bytes: int) -> tuple[int, str] | None:
    length = headers.get("content-length", "0")
    if not length.isdigit() or int(length) > most_bytes:
        return 413, TOO_LARGE
    if "\x00" in scope["path"] or b"%00" in scope.get("query_string", b""):
        return 400, "地址中有不能使用的字符。"
    if scope["method"] in SAFE or _by_token(headers) or same_origin(headers):
        return None
    return 403, FOREIGN


def _by_token(headers: Headers) -> bool:
    """Whether a script signs for itself: no browser sends such a header unasked."""
    return headers.get("authorization", "").lower().startswith("bearer ") and "cookie" not in headers


def same_origin(headers: Headers) -> bool:
    """Whether a browser says that the request came from a page of ours.

    Newer browsers say so in Sec-Fetch-Site; older ones send Origin, at least Referer. Silence is a refusal.
    """
    site = headers.get("sec-fetch-site")
    if site is not None and site not in {"same-origin", "none"}:
        return False
    host = headers.get("host", "")
    origin = headers.get("origin") or headers.get("referer")
    if origin is None:
        return site == "same-origin"
    return bool(host) and urlsplit(origin).netloc == host


def _answer(scope: Scope, status: int, words: str) -> ASGIApp:
    if scope["path"].startswith("/api/"):
        return JSONResponse({"error": words}, status_code=status)
    return PlainTextResponse(words, status_code=status)


def _stamp(headers: MutableHeaders, path: str) -> None:
    for name, value in HEADERS.items():
        headers.setdefault(name, value)
    if "cache-control" not in headers:
        headers["cache-control"] = "public, max-age=3600" if path.startswith("/static/") else "no-store"
