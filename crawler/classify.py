"""How a fetch ended: response or failure → FetchStatus with a Chinese detail. One pure table.

What a protection system, a login or another page answers is not what the site says: nothing of the
page asked for may be concluded from it. Only a clear "not there" (404, 410, a page that says so) is GONE.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from crawler.challenge import block_words, decode_roughly, header_mark, outage, script_mark
from crawler.nonsense import is_garbled
from domain.page import Page, PageKind
from domain.snapshot import FetchStatus, Hop

THIN_TEXT = 200
"""Characters below which a page with hardly a link shows nothing of its own."""

BLOCK_PAGE_TEXT = 300
"""Characters below which words of blocking are believed to be all that a page says."""

SAME_LINKS = 0.95
"""Share of links in common from which a page with the home page's title and text is the home page."""

REDIRECT_LOOP = "重定向循环"
SOFT_404 = "软404"

_SITE_CODE = re.compile(r"(?:\d{10}|bm\d{8})")
_DIGITS = re.compile(r"\d+")
_LOGIN_WORDS = re.compile(r"登录|登陆|统一身份认证|单点登录|log ?in|sign ?in", re.I)
_PASSWORD_FIELD = re.compile(r"passw|pwd|mima|密码", re.I)


class Flaw(StrEnum):
    """What is wrong with a body that arrived."""

    TRUNCATED = "truncated"
    OVERSIZE = "oversize"
    UNDECODABLE = "undecodable"


class Failure(StrEnum):
    """How a fetch can fail without an answer."""

    DNS = "dns"
    CONNECTION_REFUSED = "connection_refused"
    CONNECTION_LOST = "connection_lost"
    NO_ROUTE = "no_route"
    TIMEOUT = "timeout"
    TLS = "tls"
    TOO_LARGE = "too_large"
    BAD_RESPONSE = "bad_response"
    ROBOTS = "robots"
    GUARD = "guard"
    REDIRECT_LOOP = "redirect_loop"
    BAD_REDIRECT = "bad_redirect"
    CRASH = "crash"


@dataclass(frozen=True, slots=True)
class Ruling:
    """What is concluded of a fetch, and why in Chinese (empty for OK)."""

    status: FetchStatus
    detail: str = ""


OK = Ruling(FetchStatus.OK)

_FAILURES: Mapping[Failure, Ruling] = {
    Failure.DNS: Ruling(FetchStatus.UNREACHABLE, "域名无法解析"),
    Failure.CONNECTION_REFUSED: Ruling(FetchStatus.UNREACHABLE, "服务器拒绝连接"),
    Failure.CONNECTION_LOST: Ruling(FetchStatus.UNREACHABLE, "连接中断，没有收到响应"),
    Failure.NO_ROUTE: Ruling(FetchStatus.UNREACHABLE, "网络不通，无法连接服务器"),
    Failure.TIMEOUT: Ruling(FetchStatus.TIMEOUT, "在时限内没有收到完整响应"),
    Failure.TLS: Ruling(FetchStatus.TLS_ERROR, "加密连接无法建立"),
    Failure.TOO_LARGE: Ruling(FetchStatus.UNREADABLE, "内容超过大小上限"),
    Failure.BAD_RESPONSE: Ruling(FetchStatus.UNREADABLE, "响应不符合 HTTP 协议"),
    Failure.ROBOTS: Ruling(FetchStatus.DISALLOWED, "robots.txt 不允许访问"),
    Failure.GUARD: Ruling(FetchStatus.REFUSED, "地址指向内部网络，拒绝访问"),
    Failure.REDIRECT_LOOP: Ruling(FetchStatus.HTTP_ERROR, REDIRECT_LOOP),
    Failure.BAD_REDIRECT: Ruling(FetchStatus.HTTP_ERROR, "重定向没有给出可用的地址"),
    Failure.CRASH: Ruling(FetchStatus.UNREADABLE, "程序在读取页面时出错，已记录"),
}


def classify_failure(failure: Failure, words: str = "") -> Ruling:
    """The ruling on a fetch that brought no answer; `words` are added to the detail."""
    ruling = _FAILURES[failure]
    return Ruling(ruling.status, f"{ruling.detail}（{words}）") if words else ruling


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer after redirects. `headers` have lower-case names; `body` is decompressed.

    `unloaded` says that the body was left out on purpose: that the address answers was all that was asked.
    """

    url: str
    final_url: str
    http_status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    redirects: tuple[Hop, ...] = ()
    flaw: Flaw | None = None
    unloaded: bool = False


_FLAWS: Mapping[Flaw, str] = {
    Flaw.TRUNCATED: "内容没有传完就中断了",
    Flaw.OVERSIZE: "内容超过大小上限",
    Flaw.UNDECODABLE: "压缩的内容无法解开",
}

_STATUS_RULINGS: Mapping[int, Ruling] = {
    401: Ruling(FetchStatus.BLOCKED, "要求登录后访问"),
    403: Ruling(FetchStatus.BLOCKED, "服务器禁止访问"),
    404: Ruling(FetchStatus.GONE, "页面不存在"),
    407: Ruling(FetchStatus.BLOCKED, "网络代理要求认证"),
    410: Ruling(FetchStatus.GONE, "页面已删除"),
    412: Ruling(FetchStatus.BLOCKED, "被防护系统拦截"),
    429: Ruling(FetchStatus.BLOCKED, "请求被限制频率"),
    511: Ruling(FetchStatus.BLOCKED, "网络要求认证"),
    521: Ruling(FetchStatus.BLOCKED, "被防护系统拦截"),
}

_MAY_CHALLENGE = frozenset({202, 400, 403, 404, 405, 406, 412, 418, 429, 468, 493, 501, 503, 521, 567})
"""Statuses under which protection systems are known to answer."""


def classify_reply(reply: Reply) -> Ruling:
    """The ruling on an answer by status, headers and bytes, before its page is read."""
    status = reply.http_status
    if status in _MAY_CHALLENGE:
        blocked = _challenge(reply)
        if blocked:
            return Ruling(FetchStatus.BLOCKED, f"被防护系统拦截（HTTP {status}，{blocked}）")
    if status in _STATUS_RULINGS:
        ruling = _STATUS_RULINGS[status]
        return Ruling(ruling.status, f"{ruling.detail}（HTTP {status}）")
    if status == 304:
        return OK
    if not 200 <= status < 300:
        return Ruling(FetchStatus.HTTP_ERROR, f"{_words_of(status)}（HTTP {status}）")
    if reply.flaw is not None:
        return Ruling(FetchStatus.UNREADABLE, _FLAWS[reply.flaw])
    if not reply.unloaded and not reply.body.strip():
        return Ruling(FetchStatus.UNRENDERED, f"返回内容为空（HTTP {status}）")
    return OK


def _words_of(status: int) -> str:
    if status >= 500:
        return "服务器出错"
    return "服务器拒绝了请求" if status >= 400 else "服务器没有给出页面"


def _challenge(reply: Reply) -> str:
    mark = script_mark(reply.body) or header_mark(reply.headers)
    if mark:
        return mark
    if len(reply.body) > 64 * BLOCK_PAGE_TEXT:
        return ""
    return block_words(re.sub(r"<[^>]*>", "", decode_roughly(reply.body))) if reply.body else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeMark:
    """What tells the home page from others: its canonical address, body digest, title, text and links.

    `code` is the site identifier that it states, `host` the host it answered at.
    """

    key: str
    host: str
    digest: str
    title: str
    text: str
    links: frozenset[str]
    code: str | None


def mark_home(page: Page, *, key: str, host: str, digest: str) -> HomeMark:
    """The marks of a home page that was read."""
    return HomeMark(
        key=key,
        host=host,
        digest=digest,
        title=page.title,
        text=_DIGITS.sub("", page.text),
        links=frozenset(link.url for link in page.links),
        code=site_code(page),
    )


def site_code(page: Page) -> str | None:
    """The site identifier (网站标识码) that a page's SiteIDCode tag states; None when it states none."""
    code = page.tags.get("SiteIDCode", "").strip().lower()
    return code if _SITE_CODE.fullmatch(code) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What is known of the site whose page was asked for. `home` is None while the home page is asked.

    `codes` are the identifiers that its pages may state (empty: not known). `key` and `host` are the
    canonical address and the host that answered, `digest` the body's SHA-256.
    """

    key: str
    host: str
    digest: str
    home: HomeMark | None
    codes: frozenset[str] = frozenset()
    asked_as: str = ""
    asked_key: str = ""


def classify_page(page: Page, body: bytes, identity: Identity) -> Ruling:
    """The ruling on an answer whose bytes were fine, by what its page says."""
    if page.kind is PageKind.DOCUMENT:
        return Ruling(FetchStatus.UNREADABLE, page.shell) if page.shell else OK
    if is_garbled(f"{page.title}{page.text or page.words}"):
        return Ruling(FetchStatus.UNREADABLE, "页面内容是乱码，无法辨认")
    if _is_thin(page):
        mark = script_mark(body)
        if mark:
            return Ruling(FetchStatus.BLOCKED, f"被防护系统拦截（{mark}）")
    if len(page.text) < BLOCK_PAGE_TEXT and len(page.links) < 10 and not (page.items or page.tags):
        words = block_words(f"{page.title}\n{page.text}")
        if words:
            return Ruling(FetchStatus.BLOCKED, f"被防护系统拦截（页面显示“{words}”）")
        out = outage(f"{page.title}\n{page.text or page.words}")
        if out:
            return Ruling(FetchStatus.HTTP_ERROR, out)
    if page.soft_404:
        return Ruling(FetchStatus.GONE, f"{SOFT_404}：页面显示内容不存在")
    wrong = _misdirected(page, identity)
    if wrong:
        return Ruling(FetchStatus.MISDIRECTED, wrong)
    if page.shell and not page.forward:
        return Ruling(FetchStatus.UNRENDERED, page.shell)
    if _shows_nothing(page):
        return Ruling(FetchStatus.UNRENDERED, "页面一片空白，连菜单也没有")
    return OK


def _shows_nothing(page: Page) -> bool:
    """Whether there is nothing at all on a page, as when a protection answers with an empty body: an empty
    column still bears its site's menu.
    """
    shown = page.text or page.words or page.foot or page.items or page.links or page.forms or page.buttons
    return not (
        shown or page.images or page.frames or page.forward or page.attachments or page.feeds or page.script
    )


def _is_thin(page: Page) -> bool:
    return len(page.text) < THIN_TEXT and len(page.links) < 5 and not page.items


def _misdirected(page: Page, identity: Identity) -> str:
    home = identity.home
    code = site_code(page)
    foreign = code and identity.codes and code not in identity.codes
    if foreign and (home is None or identity.host == home.host):
        return f"返回的是其他网站的页面（网站标识码 {code}）"
    if _is_login(page) and not _LOGIN_WORDS.search(identity.asked_as):
        return "返回的是登录页面"
    if home is None or identity.asked_key == home.key:
        return ""
    if identity.key == home.key:
        return "转到了网站首页"
    if identity.digest == home.digest or _looks_like(page, home):
        return "返回的是网站首页"
    return ""


def _looks_like(page: Page, home: HomeMark) -> bool:
    """Whether a page is the home page but for counters and clocks."""
    if not page.title or page.title != home.title or not home.links:
        return False
    links = {link.url for link in page.links}
    common = len(links & home.links)
    if common < SAME_LINKS * max(len(links), len(home.links)):
        return False
    return _DIGITS.sub("", page.text) == home.text


def _is_login(page: Page) -> bool:
    """Whether all that a page offers is to log in."""
    if page.items or page.kind in {PageKind.HOME, PageKind.LIST} or len(page.text) >= BLOCK_PAGE_TEXT:
        return False
    if not any(_PASSWORD_FIELD.search(name) for form in page.forms for name in form.fields):
        return False
    return bool(_LOGIN_WORDS.search(page.title) or any(_LOGIN_WORDS.search(form.text) for form in page.forms))
