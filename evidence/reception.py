"""How a browser's navigation ended, as a FetchStatus: one table for answers, one for network errors."""

import re

from domain.snapshot import FetchStatus
from evidence.guard import WAY_TITLES, Way

GONE = frozenset({404, 410})
BLOCKING = frozenset({401, 403, 405, 406, 412, 418, 429, 451, 503, 521})
"""Answers of protection systems and of sites that ask for a log-in: nothing of the content was seen."""

CHALLENGE = re.compile(rb"__jsl_clearance|\$_ts\s*=|window\._cf_chl_opt|acw_sc__v2|_waf_bd8ce2ce37")
"""Traces of challenge scripts that answer in the place of the page."""

ERRORS: tuple[tuple[re.Pattern[str], FetchStatus, str], ...] = (
    (re.compile(r"ERR_CERT|ERR_SSL|ERR_BAD_SSL"), FetchStatus.TLS_ERROR, "安全证书或加密连接错误"),
    (re.compile(r"ERR_TOO_MANY_REDIRECTS"), FetchStatus.HTTP_ERROR, "重定向循环"),
    (re.compile(r"ERR_(CONNECTION_)?TIMED_OUT|Timeout \d+ms"), FetchStatus.TIMEOUT, "页面响应超时"),
    (re.compile(r"ERR_(EMPTY_RESPONSE|INVALID_HTTP|INVALID_RESPONSE|RESPONSE_|CONTENT_|HTTP2_|QUIC)"),
     FetchStatus.HTTP_ERROR, "服务器返回的内容不合协议"),
    (re.compile(r"ERR_BLOCKED|ERR_UNSAFE|ERR_DISALLOWED"), FetchStatus.REFUSED, "浏览器拒绝访问该地址"),
    (re.compile(r"Download is starting|ERR_ABORTED"), FetchStatus.UNREADABLE, "是下载文件，浏览器不能呈现"),
    (re.compile(r"ERR_(INVALID_URL|UNKNOWN_URL)"), FetchStatus.UNREADABLE, "网址不合规范"),
    (re.compile(r"net::ERR"), FetchStatus.UNREACHABLE, "无法连接服务器"),
)  # fmt: skip

WAYS = {
    Way.REFUSED: FetchStatus.REFUSED,
    Way.NO_NAME: FetchStatus.UNREACHABLE,
    Way.NO_ANSWER: FetchStatus.UNREACHABLE,
    Way.TIMEOUT: FetchStatus.TIMEOUT,
}


def status_of_answer(http_status: int, html: bytes | None) -> FetchStatus:
    """What an answer that was rendered lets us conclude. `html` are the document's bytes."""
    if http_status in GONE:
        return FetchStatus.GONE
    if http_status in BLOCKING:
        return FetchStatus.BLOCKED
    if http_status >= 400:
        return FetchStatus.HTTP_ERROR
    if html is not None and len(html) < 65_536 and CHALLENGE.search(html):
        return FetchStatus.BLOCKED
    return FetchStatus.OK


def status_of_error(message: str, way: Way | None) -> tuple[FetchStatus, str]:
    """The status and its Chinese detail for a navigation that failed; `way` is what the guard saw."""
    tunnel = "ERR_SOCKS" in message or "ERR_PROXY" in message or "ERR_TUNNEL" in message
    if tunnel and way is not None and way in WAYS:
        return WAYS[way], WAY_TITLES[way]
    for pattern, status, detail in ERRORS:
        if found := pattern.search(message):
            return status, f"{detail}（{found.group()}）" if found.group().startswith("ERR") else detail
    return FetchStatus.UNRENDERED, f"浏览器未能呈现页面：{message[:200]}"
