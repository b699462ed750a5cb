"""What a fetch left behind: a snapshot says how it ended and where its bytes are."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class FetchStatus(StrEnum):
    """How a fetch ended, and therefore what may be concluded from it."""

    OK = "ok"
    GONE = "gone"
    HTTP_ERROR = "http_error"
    UNREACHABLE = "unreachable"
    TIMEOUT = "timeout"
    TLS_ERROR = "tls_error"
    BLOCKED = "blocked"
    UNRENDERED = "unrendered"
    MISDIRECTED = "misdirected"
    DISALLOWED = "disallowed"
    REFUSED = "refused"
    UNREADABLE = "unreadable"
    UNVISITED = "unvisited"


STATUS_TITLES: dict[FetchStatus, str] = {
    FetchStatus.OK: "正常",
    FetchStatus.GONE: "页面不存在",
    FetchStatus.HTTP_ERROR: "服务器返回错误",
    FetchStatus.UNREACHABLE: "无法连接",
    FetchStatus.TIMEOUT: "响应超时",
    FetchStatus.TLS_ERROR: "安全证书或加密连接错误",
    FetchStatus.BLOCKED: "被防护系统拦截",
    FetchStatus.UNRENDERED: "内容由脚本生成，未能呈现",
    FetchStatus.MISDIRECTED: "返回的不是所请求的页面",
    FetchStatus.DISALLOWED: "robots.txt 不允许访问",
    FetchStatus.REFUSED: "地址指向内部网络，拒绝访问",
    FetchStatus.UNREADABLE: "内容无法解读",
    FetchStatus.UNVISITED: "超出本次扫描范围，未访问",
}


class Via(StrEnum):
    """By which means a page was seen."""

    HTTP = "http"
    BROWSER = "browser"
    KEPT = "kept"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One redirect on the way: the address that answered, and with which status."""

    url: str
    http_status: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """One address as it was seen at one moment.

    `url` is the address asked for, `final_url` the one that answered. `body` is the
    SHA-256 of the stored bytes, None where nothing was received. `fetched_at` is
    an aware UTC instant. `elapsed_ms` runs from the request to the last byte.
    `method` and `request_headers` are the request's as sent, the headers empty where nobody noted them.
    """

    url: str
    final_url: str
    status: FetchStatus
    fetched_at: datetime
    http_status: int | None = None
    via: Via = Via.HTTP
    headers: tuple[tuple[str, str], ...] = ()
    body: str | None = None
    size: int = 0
    redirects: tuple[Hop, ...] = ()
    server_ip: str | None = None
    elapsed_ms: int | None = None
    detail: str = ""
    method: str = "GET"
    request_headers: tuple[tuple[str, str], ...] = ()

    def header(self, name: str) -> str | None:
        """The first value of a response header, whatever its case; None when absent."""
        wanted = name.lower()
        for key, value in self.headers:
            if key.lower() == wanted:
                return value
        return None
