"""A single guarded fetch, against real servers on loopback."""

import gzip
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from crawler.fetching import MOST_BYTES, fetch
from crawler.guard import GuardPolicy
from domain.snapshot import FetchStatus

AT = datetime(2026, 6, 30, tzinfo=UTC)


class Handler(BaseHTTPRequestHandler):
    """Answers that a fetch must survive."""

    def do_GET(self) -> None:
        answers = {
            "/ok": (200, {}, b"hello"),
            "/moved": (302, {"Location": "/ok"}, b""),
            "/loop": (302, {"Location": "/loop"}, b""),
            "/inward": (302, {"Location": "http://127.0.0.2:9/"}, b""),
            "/gone": (410, {}, b""),
            "/blocked": (412, {}, b""),
            "/error": (503, {}, b""),
            "/big": (200, {}, b"x" * (MOST_BYTES + 1)),
            "/bomb": (200, {"Content-Encoding": "gzip"}, gzip.compress(b"\0" * (MOST_BYTES * 3))),
            "/garbled": (200, {"Content-Encoding": "gzip"}, b"no gzip"),
        }
        status, headers, body = answers[self.path]
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Keeps quiet."""


@pytest.fixture
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/ok", FetchStatus.OK),
        ("/moved", FetchStatus.OK),
        ("/loop", FetchStatus.HTTP_ERROR),
        ("/inward", FetchStatus.REFUSED),
        ("/gone", FetchStatus.GONE),
        ("/blocked", FetchStatus.BLOCKED),
        ("/error", FetchStatus.HTTP_ERROR),
        ("/big", FetchStatus.UNREADABLE),
        ("/bomb", FetchStatus.UNREADABLE),
        ("/garbled", FetchStatus.UNREADABLE),
    ],
)
def test_how_a_fetch_ends(site: str, path: str, status: FetchStatus) -> None:
    policy = GuardPolicy(hosts=frozenset({site, "127.0.0.1"}))
    fetched = fetch(f"http://{site}{path}", policy, at=AT)
    assert fetched.snapshot.status is status
    assert fetched.snapshot.fetched_at == AT
    assert len(fetched.body) <= MOST_BYTES
    if path == "/moved":
        assert fetched.body == b"hello"
        assert [hop.http_status for hop in fetched.snapshot.redirects] == [302]


def test_private_addresses_are_refused_unless_named(site: str) -> None:
    assert fetch(f"http://{site}/ok", GuardPolicy(), at=AT).snapshot.status is FetchStatus.REFUSED
    port = site.rpartition(":")[2]
    by_name = fetch(f"http://localhost:{port}/ok", GuardPolicy(), at=AT)
    assert by_name.snapshot.status is FetchStatus.REFUSED


def test_nothing_listening_is_unreachable() -> None:
    policy = GuardPolicy(networks=("127.0.0.0/8",))
    assert fetch("http://127.0.0.1:9999/", policy, at=AT).snapshot.status is FetchStatus.UNREACHABLE
