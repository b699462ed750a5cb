"""How navigations end, by the answer and by the browser's error."""

import pytest

from domain.snapshot import FetchStatus
from evidence.guard import Way
from evidence.reception import status_of_answer, status_of_error


@pytest.mark.parametrize(
    ("code", "html", "status"),
    [
        (200, b"<p>", FetchStatus.OK),
        (200, None, FetchStatus.OK),
        (404, b"<p>", FetchStatus.GONE),
        (410, b"", FetchStatus.GONE),
        (412, b"<p>", FetchStatus.BLOCKED),
        (503, b"<p>", FetchStatus.BLOCKED),
        (500, b"<p>", FetchStatus.HTTP_ERROR),
        (200, b"<script>$_ts = {};</script>", FetchStatus.BLOCKED),
        (200, b"x" * 70_000 + b"$_ts=1", FetchStatus.OK),
    ],
)
def test_answers(code: int, html: bytes | None, status: FetchStatus) -> None:
    assert status_of_answer(code, html) is status


@pytest.mark.parametrize(
    ("message", "way", "status"),
    [
        ("net::ERR_CERT_DATE_INVALID at https://x", None, FetchStatus.TLS_ERROR),
        ("net::ERR_SSL_VERSION_OR_CIPHER_MISMATCH", None, FetchStatus.TLS_ERROR),
        ("net::ERR_TOO_MANY_REDIRECTS", None, FetchStatus.HTTP_ERROR),
        ("net::ERR_EMPTY_RESPONSE", None, FetchStatus.HTTP_ERROR),
        ("Page.goto: Timeout 4000ms exceeded.", None, FetchStatus.TIMEOUT),
        ("net::ERR_CONNECTION_TIMED_OUT", None, FetchStatus.TIMEOUT),
        ("net::ERR_CONNECTION_RESET", None, FetchStatus.UNREACHABLE),
        ("net::ERR_SOCKS_CONNECTION_FAILED", Way.REFUSED, FetchStatus.REFUSED),
        ("net::ERR_SOCKS_CONNECTION_FAILED", Way.NO_NAME, FetchStatus.UNREACHABLE),
        ("net::ERR_SOCKS_CONNECTION_FAILED", Way.TIMEOUT, FetchStatus.TIMEOUT),
        ("net::ERR_SOCKS_CONNECTION_FAILED", None, FetchStatus.UNREACHABLE),
        ("Download is starting", None, FetchStatus.UNREADABLE),
        ("something new", None, FetchStatus.UNRENDERED),
    ],
)
def test_errors(message: str, way: Way | None, status: FetchStatus) -> None:
    found, detail = status_of_error(message, way)
    assert found is status
    assert detail
