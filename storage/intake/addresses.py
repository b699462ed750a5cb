"""Web addresses as people write them into a file: taken as they stand, or refused with the mend."""

import ipaddress
import re
from urllib.parse import urlsplit

from storage.intake.fields import Unfit
from storage.intake.node import Scalar

LONGEST_URL = 2048
_FULL_WIDTH = re.compile(r"[\uff01-\uff5e\u3002\u3001\u200b-\u200f\ufeff]")
_MEND = "应写成 http:// 或 https:// 开头的完整网址"
_LABEL = re.compile(r"(?!-)[a-z0-9\-_]{1,63}(?<!-)", re.IGNORECASE)


def web_address(scalar: Scalar) -> str:
    """A full http or https address. Raises Unfit with what is wrong with it."""
    written = scalar.raw
    if len(written) > LONGEST_URL:
        raise Unfit(f"网址超过{LONGEST_URL}个字符", "请核对")
    if re.search(r"\s", written) or any(ord(c) < 32 or ord(c) == 127 for c in written):
        raise Unfit("网址中有空格", "请删去空格；一格只写一个网址")
    head = written.split("/", 3)
    if any(_FULL_WIDTH.search(part) for part in head[:3]):
        raise Unfit("网址中有全角符号", "请改成半角，例如 ： 改为 :")
    if re.search(r"[\"'<>\\^`{|}]", written):
        raise Unfit("网址中有不能出现的符号", "请核对，必要时从浏览器地址栏复制")
    try:
        parts = urlsplit(written)
        port = parts.port
    except ValueError:
        raise Unfit("网址格式不对（主机或端口有误）", _MEND) from None
    if parts.scheme.lower() not in {"http", "https"}:
        raise Unfit("网址格式不对（缺少 http:// 或 https://）", _MEND)
    if parts.username is not None or parts.password is not None:
        raise Unfit("网址中不能带用户名和密码", "请删去 @ 及其前面的部分")
    if port == 0:
        raise Unfit("网址格式不对（端口有误）", "端口应在1到65535之间")
    _check_host(parts.hostname or "", parts.netloc)
    return written


def _check_host(host: str, netloc: str) -> None:
    if not host:
        raise Unfit("网址格式不对（没有主机名）", _MEND)
    if netloc.endswith(":"):
        raise Unfit("网址格式不对（冒号后没有端口）", "请写明端口或删去冒号")
    if netloc.startswith("["):
        return
    if re.fullmatch(r"[\d.]+", host):
        try:
            ipaddress.IPv4Address(host)
        except ValueError:
            raise Unfit("网址格式不对（IP 地址有误）", "应为四段0到255的数字") from None
        return
    try:
        plain = host.rstrip(".").encode("idna").decode("ascii")
    except UnicodeError:
        raise Unfit("网址格式不对（主机名有误）", _MEND) from None
    if len(plain) > 253 or not all(_LABEL.fullmatch(label) for label in plain.split(".")):
        raise Unfit("网址格式不对（主机名有误）", _MEND)
