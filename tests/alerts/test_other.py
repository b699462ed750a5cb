"""Channels that Apprise serves, against a real receiver on loopback: taken, refused, out of reach."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import pytest

from alerts.channels import send
from alerts.letter import Letter, Outlets
from alerts.route import OTHER, route_of

pytest.importorskip("apprise", reason="apprise 未安装")

# One of Apprise's plugins imports a module that a later Python does without.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")

AT = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
LETTER = Letter(
    subject="整改提醒", text="“通知公告”栏目已超期，请于3月9日前整改。", fingerprint="f" * 16, urgent=False
)


@dataclass
class Desk:
    """A receiver of forms: what came in, and with which status it answers."""

    port: int = 0
    status: int = 200
    got: list[tuple[str, dict[str, list[str]]]] = field(default_factory=list)


@contextmanager
def desk() -> Iterator[Desk]:
    made = Desk()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            text = self.rfile.read(int(self.headers["Content-Length"])).decode()
            made.got.append((self.path, parse_qs(text)))
            self.send_response(made.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def sent(port: int) -> Any:
    route = route_of(f"form://user:geheim99@127.0.0.1:{port}/inbox/key12345")
    assert route.channel == OTHER
    assert route.shown == "form://…"
    return send(route, LETTER, Outlets(), AT)


def test_a_letter_arrives_with_its_title_and_text() -> None:
    with desk() as receiver:
        answer = sent(receiver.port)
    assert (answer.ok, answer.words) == (True, "已提交")
    [(path, form)] = receiver.got
    assert path == "/inbox/key12345"
    assert form["title"] == ["整改提醒"]
    assert form["message"] == [LETTER.text]


@pytest.mark.parametrize(("status", "again"), [(403, False), (404, False), (429, True), (503, True)])
def test_a_refusal_is_a_refusal_and_says_why_without_the_secrets(status: int, again: bool) -> None:
    with desk() as receiver:
        receiver.status = status
        answer = sent(receiver.port)
    assert (answer.ok, answer.again) == (False, again)
    assert str(status) in answer.words
    assert "geheim99" not in answer.words
    assert "key12345" not in answer.words
    assert len(receiver.got) == 1


def test_nobody_there_is_tried_again() -> None:
    with desk() as receiver:
        port = receiver.port
    answer = sent(port)
    assert (answer.ok, answer.again) == (False, True)
    assert answer.words.startswith("对方没有接收")


def test_an_address_that_apprise_does_not_know_is_not_tried_again() -> None:
    answer = send(route_of("nosuchservice://token1234"), LETTER, Outlets(), AT)
    assert (answer.ok, answer.again, answer.words) == (False, False, "通知渠道的地址不能识别")
