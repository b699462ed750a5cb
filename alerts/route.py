"""Where a message goes: read from what the registry says of a person, without ever showing a key."""

from dataclasses import dataclass, field
from urllib.parse import parse_qs, unquote, urlsplit

MAIL, WECOM, DINGTALK, FEISHU, WEBHOOK, OTHER = "mail", "wecom", "dingtalk", "feishu", "webhook", "other"

CHANNEL_TITLES = {
    MAIL: "电子邮件",
    WECOM: "企业微信",
    DINGTALK: "钉钉",
    FEISHU: "飞书",
    WEBHOOK: "网络回调",
    OTHER: "其他渠道",
}

_HOSTS = {
    "qyapi.weixin.qq.com": WECOM,
    "oapi.dingtalk.com": DINGTALK,
    "open.feishu.cn": FEISHU,
    "open.larksuite.com": FEISHU,
}
_SCHEMES = {
    "wecombot": WECOM,
    "wecom": WECOM,
    "dingtalk": DINGTALK,
    "feishu": FEISHU,
    "lark": FEISHU,
    "http": WEBHOOK,
    "https": WEBHOOK,
    "json": WEBHOOK,
    "jsons": WEBHOOK,
}


class RouteError(ValueError):
    """A channel's address that cannot be used; the message says why in Chinese and shows no key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One way to one person. `address` is a mail address, a robot's key or a whole URL; never shown.

    `secret` signs what is sent. `shown` may be put on record.
    """

    channel: str
    address: str = field(repr=False)
    shown: str
    secret: str = field(default="", repr=False)


def mail_route(address: str) -> Route:
    """By e-mail."""
    return Route(channel=MAIL, address=address, shown=address[:200])


def route_of(channel: str) -> Route:
    """The route that a contact's `channel` names: a robot's key or web address, or an address of Apprise's.

    Raises RouteError.
    """
    text = channel.strip()
    try:
        parts = urlsplit(text)
        host = (parts.hostname or "").lower()
    except ValueError:
        raise RouteError("通知渠道的地址写法有误") from None
    kind = _HOSTS.get(host) or _SCHEMES.get(parts.scheme.lower())
    if kind is None:
        if not parts.scheme:
            raise RouteError("通知渠道应写成 wecombot://、dingtalk://、feishu:// 或 https:// 开头的地址")
        return Route(channel=OTHER, address=text, shown=f"{parts.scheme}://…")
    if kind == WEBHOOK:
        return _webhook(text)
    robot = _robot_on_the_web(text) if parts.scheme in {"http", "https"} else _robot_by_key(text)
    key, secret = robot
    if not key:
        raise RouteError(f"{CHANNEL_TITLES[kind]}的通知渠道缺少机器人的密钥")
    return Route(
        channel=kind, address=key, secret=secret, shown=f"{CHANNEL_TITLES[kind]}机器人 {masked(key)}"
    )


def masked(key: str) -> str:
    """What may be shown of a key: its last four characters, if it is long enough."""
    return f"…{key[-4:]}" if len(key) >= 12 else "…"


def _robot_by_key(text: str) -> tuple[str, str]:
    """`kind://KEY`, `kind://SECRET@KEY` (as Apprise writes it), `kind://KEY?secret=SECRET`."""
    rest = text.split("://", 1)[1]
    body, _, query = rest.partition("?")
    secret, at, key = body.strip("/").rpartition("@")
    asked = parse_qs(query)
    return unquote(key.strip("/")), unquote(secret) if at else asked.get("secret", [""])[0]


def _robot_on_the_web(text: str) -> tuple[str, str]:
    """The address as the platform gives it, with `secret=` added where the robot signs."""
    parts = urlsplit(text)
    asked = parse_qs(parts.query)
    key = next((asked[name][0] for name in ("key", "access_token") if name in asked), "")
    return key or parts.path.rstrip("/").rpartition("/")[2], asked.get("secret", [""])[0]


def _webhook(text: str) -> Route:
    """`https://:SECRET@host/path`: what is sent is signed with the secret, which goes nowhere."""
    parts = urlsplit(text)
    scheme = {"json": "http", "jsons": "https"}.get(parts.scheme, parts.scheme)
    if not parts.hostname:
        raise RouteError("网络回调的地址缺少主机名")
    place = parts.netloc.rpartition("@")[2]
    address = parts._replace(scheme=scheme, netloc=place).geturl()
    return Route(
        channel=WEBHOOK, address=address, secret=unquote(parts.password or ""), shown=f"{scheme}://{place}/…"
    )
