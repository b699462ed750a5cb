"""The city without a network: every host at an address of its own name, asked at its desk."""

from collections.abc import Callable, Iterator

import pytest

from sample.answering import Desk, Request
from sample.city import CITY

ADDRESSES = {host.id: f"http://{host.id}.test" for host in CITY.hosts()} | {"closed": "http://closed.test"}


@pytest.fixture(scope="session")
def desks() -> dict[str, Desk]:
    """A desk a host, by the host's address."""
    return {ADDRESSES[host.id]: Desk(host, ADDRESSES) for host in CITY.hosts()}


@pytest.fixture(scope="session")
def fetch(desks: dict[str, Desk]) -> Callable[[str], tuple[int, bytes]]:
    """Status and body of an address of the city; 0 where the line is dropped without a word."""

    def ask(url: str) -> tuple[int, bytes]:
        scheme, _, rest = url.partition("://")
        name, _, path = rest.partition("/")
        desk = desks[f"{scheme}://{name}"]
        reply = desk.reply(Request("GET", "/" + path, {"cookie": f"{desk.host.id}=1"}))
        if not reply.payload:
            return 0, b""  # the line was dropped
        head, _, body = reply.payload.partition(b"\r\n\r\n")
        return int(head.split(b" ", 2)[1]), body

    return ask


def html_pages() -> Iterator[tuple[str, str, str]]:
    """Every HTML page of the sites: site id, address, text."""
    for site in CITY.sites:
        for host in site.hosts:
            for path, answer in host.pages.items():
                if "html" not in answer.content_type or answer.status != 200:
                    continue
                charset = "gb18030" if "charset=utf-8" not in answer.content_type else "utf-8"
                yield site.id, ADDRESSES[host.id] + path, answer.body.decode(charset)
