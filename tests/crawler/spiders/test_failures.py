"""Exceptions of the downloader by kind."""

import pytest
from OpenSSL import SSL
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
)
from twisted.internet import error
from twisted.python.failure import Failure as TwistedFailure
from twisted.web._newclient import ParseError, ResponseFailed, ResponseNeverReceived

from crawler.classify import Failure
from crawler.spiders.failures import failure_of


def wrapped(reason: BaseException) -> DownloadFailedError:
    outer = DownloadFailedError("failed")
    outer.__cause__ = ResponseNeverReceived([TwistedFailure(reason)])
    return outer


@pytest.mark.parametrize(
    ("exception", "expected"),
    [
        (CannotResolveHostError(), Failure.DNS),
        (DownloadConnectionRefusedError(), Failure.CONNECTION_REFUSED),
        (DownloadTimeoutError(), Failure.TIMEOUT),
        (DownloadCancelledError(), Failure.TOO_LARGE),
        (wrapped(SSL.Error([("SSL routines", "", "wrong version number")])), Failure.TLS),
        (wrapped(error.ConnectionLost()), Failure.CONNECTION_LOST),
        (wrapped(error.ConnectionDone()), Failure.CONNECTION_LOST),
        (wrapped(ParseError("bad", b"")), Failure.BAD_RESPONSE),
        (ResponseFailed([TwistedFailure(error.ConnectionLost())]), Failure.CONNECTION_LOST),
        (error.TCPTimedOutError(), Failure.TIMEOUT),
        (error.NoRouteError(), Failure.NO_ROUTE),
        (error.ConnectError(), Failure.NO_ROUTE),
        (OSError(), Failure.NO_ROUTE),
        (RuntimeError("odd"), Failure.CONNECTION_LOST),
    ],
)
def test_each_kind(exception: BaseException, expected: Failure) -> None:
    assert failure_of(exception)[0] is expected


def test_an_unknown_exception_is_named() -> None:
    assert failure_of(RuntimeError("odd"))[1] == "RuntimeError"
