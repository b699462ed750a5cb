"""Which addresses may be connected to: page text must not lead the crawler into inner networks.

Private, loopback, link-local, metadata, multicast and reserved addresses are refused, whatever name
or redirect leads there; but for hosts that the registry itself names and networks that are allowed.
"""

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_NAT64_LOCAL = ipaddress.ip_network("64:ff9b:1::/48")
_COMPATIBLE = ipaddress.ip_network("::/96")

DANGEROUS_PORTS = frozenset(
    {1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102}
    | {103, 104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 445}
    | {465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990}
    | {993, 995, 1433, 1521, 1719, 1720, 1723, 2049, 2375, 2376, 2379, 3306, 3389, 3659, 4045, 4190}
    | {5060, 5061, 5432, 5984, 6000, 6379, 6566, 6665, 6666, 6667, 6668, 6669, 6697, 9042, 10080}
    | {11211, 27017}
)
"""Ports of services that are not web servers and that a crafted request could harm."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardPolicy:
    """Hosts (`host` or `host:port`, lower case) and networks (CIDR) that may be visited though private."""

    hosts: frozenset[str] = frozenset()
    networks: tuple[str, ...] = ()

    def names(self, host: str) -> bool:
        """Whether the registry names this host (given as `host` or `host:port`)."""
        host = host.lower().rstrip(".")
        if host in self.hosts:
            return True
        name, _, port = host.rpartition(":")
        if not (name and port.isdigit() and (":" not in name or name.startswith("["))):
            return False
        return name in self.hosts or name.strip("[]") in self.hosts


def allowed(host: str, ip: str, policy: GuardPolicy) -> bool:
    """Whether a connection for `host` (with or without port) may be made to the address `ip`.

    Anything that is not an address is refused.
    """
    try:
        address = ipaddress.ip_address(ip.partition("%")[0])
    except ValueError:
        return False
    if policy.names(host):
        return True
    faces = [address, *_embedded(address)]
    if any(_listed(face, policy.networks) for face in faces):
        return True
    return all(_is_public(face) for face in faces)


def refusal(url: str, policy: GuardPolicy) -> str:
    """Why this address may not even be asked for, in Chinese; empty when it may.

    Looks at scheme, port and literal addresses; names are judged when they are resolved.
    """
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return "网址写法有误"
    if parts.scheme not in {"http", "https"}:
        return f"不是网页地址（{parts.scheme or '无协议'}）"
    if not host:
        return "网址没有主机名"
    if port in DANGEROUS_PORTS and f"{host}:{port}" not in policy.hosts:
        return f"端口 {port} 不是网页服务的端口"
    literal = _literal(host)
    if literal is not None and not allowed(host, str(literal), policy):
        return f"地址 {literal} 属于内部网络"
    return ""


def _literal(host: str) -> Address | None:
    """The address that a host text is, in any spelling that resolvers accept (127.1, 0x7f000001)."""
    try:
        return ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        pass
    parts = host.rstrip(".").split(".")
    if not 1 <= len(parts) <= 4 or not all(part[:1].isdigit() for part in parts):
        return None
    try:
        numbers = [int(part, 16 if part.startswith("0x") else 8 if _octal(part) else 10) for part in parts]
        value = numbers[-1]
        for place, number in enumerate(numbers[:-1]):
            if number > 255:
                return None
            value += number << (24 - 8 * place)
        return ipaddress.IPv4Address(value)
    except ValueError:
        return None


def _octal(part: str) -> bool:
    return len(part) > 1 and part.startswith("0")


def _embedded(address: Address) -> list[Address]:
    """The IPv4 addresses that an IPv6 address carries inside."""
    if not isinstance(address, ipaddress.IPv6Address):
        return []
    found: list[Address] = []
    if address.ipv4_mapped is not None:
        found.append(address.ipv4_mapped)
    if address.sixtofour is not None:
        found.append(address.sixtofour)
    if address.teredo is not None:
        found.extend(address.teredo)
    if address in _NAT64 or address in _NAT64_LOCAL or address in _COMPATIBLE:
        found.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return found


def _listed(address: Address, networks: Iterable[str]) -> bool:
    for text in networks:
        network = ipaddress.ip_network(text, strict=False)
        if network.version == address.version and address in network:
            return True
    return False


def _is_public(address: Address) -> bool:
    if isinstance(address, ipaddress.IPv6Address) and (_embedded(address) and address not in _COMPATIBLE):
        return not address.is_multicast
    return address.is_global and not (
        address.is_multicast or address.is_reserved or address.is_unspecified or address.is_loopback
    )
