"""The door: what it lets through, what it refuses, and that it carries bytes faithfully."""

import asyncio
import ipaddress
import struct
from collections.abc import AsyncIterator

import pytest

from evidence.guard import AddressRules, ConnectGuard, Way, is_public

PUBLIC = ["1.2.4.8", "114.114.114.114", "2400:3200::1", "::ffff:114.114.114.114"]
INNER = [
    "127.0.0.1",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "224.0.0.1",
    "255.255.255.255",
    "240.0.0.1",
    "::1",
    "::",
    "fe80::1",
    "fc00::1",
    "ff02::1",
    "::ffff:10.0.0.1",
    "::ffff:127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::a00:1",
    "2002:7f00:1::",
    "2002:a00:1::",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
]


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_pass(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", INNER)
def test_inner_addresses_do_not(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))
    assert not AddressRules().admits("any.example", 80, ipaddress.ip_address(address))


def test_named_hosts_and_allowed_networks_may_be_private() -> None:
    inner = ipaddress.ip_address("10.1.2.3")
    rules = AddressRules(hosts=frozenset({"oa.example", "port.example:81"}))
    assert rules.admits("OA.example.", 8080, inner)
    assert rules.admits("port.example", 81, inner)
    assert not rules.admits("port.example", 80, inner)
    rules = AddressRules(networks=(ipaddress.ip_network("10.1.0.0/16"),))
    assert rules.admits("any.example", 80, inner)
    assert not rules.admits("any.example", 80, ipaddress.ip_address("10.2.0.1"))
    assert not rules.admits("any.example", 80, ipaddress.ip_address("fd00::1"))


def test_a_further_say_over_public_addresses() -> None:
    rules = AddressRules(allowed=lambda url: url == "http://good.example:80/")
    public = ipaddress.ip_address("1.2.4.8")
    assert rules.admits("good.example", 80, public)
    assert not rules.admits("bad.example", 80, public)


async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while chunk := await reader.read(65536):
        writer.write(chunk)
        await writer.drain()
    writer.close()
    await writer.wait_closed()


@pytest.fixture
async def server() -> AsyncIterator[int]:
    server = await asyncio.start_server(echo, "127.0.0.1", 0)
    yield server.sockets[0].getsockname()[1]
    server.close()


async def ask(proxy: str, host: str, port: int) -> tuple[int, asyncio.StreamReader, asyncio.StreamWriter]:
    """A SOCKS5 client: the reply code and the line."""
    reader, writer = await asyncio.open_connection("127.0.0.1", int(proxy.rsplit(":", 1)[1]))
    writer.write(b"\x05\x01\x00")
    assert await reader.readexactly(2) == b"\x05\x00"
    name = host.encode()
    writer.write(b"\x05\x01\x00\x03" + bytes((len(name),)) + name + struct.pack("!H", port))
    reply = await reader.readexactly(10)
    return reply[1], reader, writer


async def test_bytes_come_through_unchanged(server: int) -> None:
    guard = ConnectGuard(AddressRules(hosts=frozenset({"127.0.0.1"})))
    proxy = await guard.start()
    code, reader, writer = await ask(proxy, "127.0.0.1", server)
    assert code == 0
    sent = bytes(range(256)) * 2000
    writer.write(sent)
    assert await reader.readexactly(len(sent)) == sent
    writer.close()
    await writer.wait_closed()
    assert guard.way_to("127.0.0.1", server) == (Way.OPEN, "127.0.0.1")
    await guard.stop()


async def test_refusals_and_failures_are_remembered_by_their_cause(server: int) -> None:
    closed = await asyncio.start_server(echo, "127.0.0.1", 0)
    dead = closed.sockets[0].getsockname()[1]
    closed.close()
    rules = AddressRules(
        hosts=frozenset({f"127.0.0.1:{dead}"}), mapped={"site.example": f"127.0.0.1:{server}"}
    )
    guard = ConnectGuard(rules)
    proxy = await guard.start()
    for host, port, way in (
        ("127.0.0.1", server, Way.REFUSED),
        ("localhost", server, Way.REFUSED),
        ("127.0.0.1", dead, Way.NO_ANSWER),
        ("no-such-name.invalid", 80, Way.NO_NAME),
        ("site.example", 80, Way.REFUSED),
    ):
        code, _, writer = await ask(proxy, host, port)
        writer.close()
        await writer.wait_closed()
        assert code != 0
        assert guard.way_to(host, port)[0] is way
    assert guard.way_to("never.example", 80) == (None, None)
    await guard.stop()


@pytest.mark.parametrize(
    "words",
    [b"GET / HTTP/1.1\r\n\r\n", b"\x04\x01", b"\x05\x01\x00\x05\x02\x00\x01\x7f\x00\x00\x01\x00\x50", b""],
)
async def test_what_is_no_socks_connect_gets_nothing(words: bytes) -> None:
    guard = ConnectGuard(AddressRules())
    proxy = await guard.start()
    reader, writer = await asyncio.open_connection("127.0.0.1", int(proxy.rsplit(":", 1)[1]))
    writer.write(words)
    writer.write_eof()
    answer = await reader.read()
    assert answer in (b"", b"\x05\x00")
    writer.close()
    await writer.wait_closed()
    await guard.stop()
