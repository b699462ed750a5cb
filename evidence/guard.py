"""The one door out of the browser: a SOCKS5 listener on loopback that decides at connect time.

Every connection of every page goes through it (redirects, frames, scripts, web sockets), the name is
resolved here, and the address that was checked is the address that is connected to. A page can
therefore reach no private, loopback, link-local or metadata address, whatever its DNS says, but for
hosts that the registry names and networks that the settings allow.
"""

import asyncio
import contextlib
import ipaddress
import socket
import struct
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

CHUNK = 1 << 16
REMEMBERED = 4096
VERSION, CONNECT = 5, 1
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


class Way(StrEnum):
    """How a connection asked for through the guard ended."""

    OPEN = "open"
    REFUSED = "refused"
    NO_NAME = "no_name"
    NO_ANSWER = "no_answer"
    TIMEOUT = "timeout"


REPLIES = {Way.OPEN: 0, Way.REFUSED: 2, Way.NO_NAME: 4, Way.NO_ANSWER: 5, Way.TIMEOUT: 4}
"""SOCKS5 reply codes (RFC 1928 §6)."""

WAY_TITLES = {
    Way.REFUSED: "地址指向内部网络，拒绝访问",
    Way.NO_NAME: "域名不能解析",
    Way.NO_ANSWER: "服务器拒绝连接或网络不通",
    Way.TIMEOUT: "连接服务器超时",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressRules:
    """Which addresses the browser may connect to.

    `hosts` are hosts (or host:port) that may be private, `networks` private networks that are meant.
    `allowed` is a further say over public ones, asked with "http://host:port/". `mapped` sends a
    host (or host:port) to a fixed "address:port", for farms that play a site on loopback.
    `connect_s` bounds resolving and connecting, in seconds each.
    """

    hosts: frozenset[str] = frozenset()
    networks: tuple[Network, ...] = ()
    allowed: Callable[[str], bool] | None = None
    mapped: Mapping[str, str] = field(default_factory=dict)
    connect_s: float = 15.0

    def admits(self, host: str, port: int, address: Address) -> bool:
        """Whether `host` may be reached at `address`."""
        named = _bare(host) in self.hosts or f"{_bare(host)}:{port}" in self.hosts
        if not named and not any(_within(address, network) for network in self.networks):
            if not is_public(address):
                return False
            if self.allowed is not None and not self.allowed(f"http://{host}:{port}/"):
                return False
        return True


def _within(address: Address, network: Network) -> bool:
    return address.version == network.version and address in network


def is_public(address: Address) -> bool:
    """Whether an address is of the open internet; addresses that embed an IPv4 one are judged by it."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address.teredo is not None:
            return False
        if inner is None and address in NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
    return address.is_global and not address.is_multicast and not address.is_reserved


def _bare(host: str) -> str:
    return host.strip("[]").rstrip(".").lower()


class ConnectGuard:
    """The listener. Remembers, for the looks, what became of each host and at which address."""

    def __init__(self, rules: AddressRules) -> None:
        self._rules = rules
        self._server: asyncio.Server | None = None
        self._lines: set[asyncio.Task[None]] = set()
        self._ways: OrderedDict[str, tuple[Way, str | None]] = OrderedDict()

    async def start(self) -> str:
        """Listens; gives the proxy address for the browser."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, limit=CHUNK)
        port = self._server.sockets[0].getsockname()[1]
        return f"socks5://127.0.0.1:{port}"

    async def stop(self) -> None:
        """Closes the listener and every open connection."""
        if self._server is not None:
            self._server.close()
        for line in tuple(self._lines):
            line.cancel()
        await asyncio.gather(*self._lines, return_exceptions=True)

    def way_to(self, host: str, port: int) -> tuple[Way | None, str | None]:
        """How the last connection to a host ended, and the address it went to."""
        return self._ways.get(f"{_bare(host)}:{port}", (None, None))

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._lines.add(task)
        try:
            await self._line(reader, writer)
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError, ValueError):
            pass
        finally:
            self._lines.discard(task)
            await _shut(writer)

    async def _line(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        host, port = await asyncio.wait_for(_greet(reader, writer), self._rules.connect_s)
        way, address, far = await self._connect(host, port)
        self._remember(host, port, way, address)
        writer.write(struct.pack("!BBBBIH", VERSION, REPLIES[way], 0, 1, 0, 0))
        await writer.drain()
        if far is None:
            return
        try:
            await _join(reader, writer, *far)
        finally:
            await _shut(far[1])

    async def _connect(
        self, host: str, port: int
    ) -> tuple[Way, str | None, tuple[asyncio.StreamReader, asyncio.StreamWriter] | None]:
        target, at = self._mapped(host, port)
        try:
            addresses = await asyncio.wait_for(_resolve(target, at), self._rules.connect_s)
        except (OSError, UnicodeError):
            return Way.NO_NAME, None, None
        except TimeoutError:
            return Way.TIMEOUT, None, None
        admitted = [a for a in addresses if self._rules.admits(host, port, a)]
        if not admitted:
            return Way.REFUSED, str(addresses[0]) if addresses else None, None
        way = Way.NO_ANSWER
        for address in admitted[:4]:
            try:
                line = asyncio.open_connection(str(address), at, limit=CHUNK)
                return Way.OPEN, str(address), await asyncio.wait_for(line, self._rules.connect_s)
            except TimeoutError:
                way = Way.TIMEOUT
            except OSError:
                way = Way.NO_ANSWER
        return way, str(admitted[0]), None

    def _mapped(self, host: str, port: int) -> tuple[str, int]:
        bare = _bare(host)
        place = self._rules.mapped.get(f"{bare}:{port}") or self._rules.mapped.get(bare)
        if not place:
            return bare, port
        name, _, at = place.rpartition(":")
        return (_bare(name), int(at)) if name and at.isdigit() else (_bare(place), port)

    def _remember(self, host: str, port: int, way: Way, address: str | None) -> None:
        key = f"{_bare(host)}:{port}"
        self._ways[key] = (way, address)
        self._ways.move_to_end(key)
        while len(self._ways) > REMEMBERED:
            self._ways.popitem(last=False)


async def _greet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> tuple[str, int]:
    """Reads the greeting and the request (RFC 1928); raises ValueError for anything but CONNECT."""
    version, methods = struct.unpack("!BB", await reader.readexactly(2))
    if version != VERSION:
        raise ValueError("not SOCKS5")
    await reader.readexactly(methods)
    writer.write(bytes((VERSION, 0)))
    await writer.drain()
    version, command, _, kind = struct.unpack("!BBBB", await reader.readexactly(4))
    if version != VERSION or command != CONNECT:
        raise ValueError("only CONNECT is served")
    if kind == 3:
        size = (await reader.readexactly(1))[0]
        host = (await reader.readexactly(size)).decode("ascii")
    elif kind in (1, 4):
        host = str(ipaddress.ip_address(await reader.readexactly(4 if kind == 1 else 16)))
    else:
        raise ValueError("unknown kind of address")
    (port,) = struct.unpack("!H", await reader.readexactly(2))
    return host, port


async def _resolve(host: str, port: int) -> list[Address]:
    loop = asyncio.get_running_loop()
    rows = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    found: list[Address] = []
    for row in rows:
        address = ipaddress.ip_address(str(row[4][0]).partition("%")[0])
        if address not in found:
            found.append(address)
    return sorted(found, key=lambda a: a.version)


async def _join(
    near_in: asyncio.StreamReader,
    near_out: asyncio.StreamWriter,
    far_in: asyncio.StreamReader,
    far_out: asyncio.StreamWriter,
) -> None:
    """Carries bytes both ways until either side ends (a browser never closes one direction alone)."""
    up = asyncio.create_task(_pump(near_in, far_out))
    down = asyncio.create_task(_pump(far_in, near_out))
    try:
        await asyncio.wait((up, down), return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in (up, down):
            task.cancel()
        await asyncio.gather(up, down, return_exceptions=True)


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while chunk := await reader.read(CHUNK):
            writer.write(chunk)
            await writer.drain()
    with contextlib.suppress(OSError, RuntimeError):
        if writer.can_write_eof():
            writer.write_eof()


async def _shut(writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError, RuntimeError):
        writer.close()
        await writer.wait_closed()
