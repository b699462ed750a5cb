"""What stands between a visitor and a page: protections, logins, packed bombs, calendars without end."""

from collections.abc import Mapping

from sample.healthy import bare_page
from sample.model import HTML, Answer, Behaviour, Service
from sample.units import Profile

JIASULE = Answer(
    status=521,
    body=b"<script>document.cookie='__jsl_clearance_s=1|-1|x;max-age=3600';location.href=location.pathname</script>",
    headers=(("Set-Cookie", "__jsluid_s=1f; path=/; HttpOnly"),),
)
"""A protection that answers 521 and wants its script run."""

RUISHU_202 = Answer(
    status=202,
    body=b"<html><head><script>$_ts=window['$_ts'];if(!$_ts)$_ts={};$_ts.cd='q';</script></head><body></body></html>",
)
"""A protection that answers 202 with nothing but its script."""

FIREWALL = Answer(
    status=403,
    body=(
        "<html><head><meta charset='utf-8'><title>访问被拦截</title></head><body><h1>您的访问被拦截</h1>"
        "<p>当前请求存在安全威胁，已被网站防护系统拦截。事件编号：20260630-7</p></body></html>"
    ).encode(),
)
"""A firewall's page of its own."""

LOGIN = Answer(
    body=(
        "<html><head><meta charset='utf-8'><title>统一身份认证平台</title></head><body><h2>用户登录</h2>"
        "<form action='/sso/login' method='post'>用户名<input name='username'>密码"
        "<input type='password' name='password'><button>登录</button></form></body></html>"
    ).encode()
)
"""A column that is only for those who log in."""

BOMB = Answer(behaviour=Behaviour.BOMB)
"""A few kilobytes that unpack to more than anybody reads."""


def led_on(pages: Mapping[str, Answer], home: str, first: str, second: str) -> dict[str, Answer]:
    """The home page by way of two others: the first refreshes, the next one's script leads to the page."""
    refresh = (
        '<html><head><meta charset="utf-8"><title>正在进入</title>'
        f'<meta http-equiv="refresh" content="0; url={first}"></head><body></body></html>'
    )
    script = (
        '<html><head><meta charset="utf-8"><title>正在进入</title></head>'
        f"<body><script>window.location.href='{second}';</script></body></html>"
    )
    return {
        home: Answer(body=refresh.encode()),
        first: Answer(body=script.encode()),
        second: pages[home],
    }


def calendar(unit: Profile, path: str) -> Service:
    """A calendar at `path`, whose every month leads on to the next."""

    def answer(query: Mapping[str, str], form: Mapping[str, str]) -> Answer:
        month = int(query.get("m", "0"))
        year, at = 2026 + month // 12, month % 12 + 1
        days = "".join(f"<td>{day}</td>" for day in range(1, 29))
        body = (
            f'<table><tr>{days}</tr></table><p><a href="{path}?m={month - 1}">上个月</a> '
            f'<a href="{path}?m={month + 1}">下个月</a></p>'
        )
        return Answer(
            body=bare_page(unit, f"{year}年{at}月办事日历", body, "其他").encode(), content_type=HTML
        )

    return answer
