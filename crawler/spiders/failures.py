"""Which kind of failure an exception of the downloader is."""

from collections.abc import Iterator

from OpenSSL import SSL
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    UnsupportedURLSchemeError,
)
from twisted.internet import error
from twisted.internet.ssl import VerificationError
from twisted.web._newclient import ParseError

from crawler.classify import Failure

_KINDS: tuple[tuple[type[BaseException] | tuple[type[BaseException], ...], Failure], ...] = (
    ((SSL.Error, VerificationError), Failure.TLS),
    (DownloadTimeoutError, Failure.TIMEOUT),
    (CannotResolveHostError, Failure.DNS),
    (error.DNSLookupError, Failure.DNS),
    (DownloadConnectionRefusedError, Failure.CONNECTION_REFUSED),
    (error.ConnectionRefusedError, Failure.CONNECTION_REFUSED),
    (DownloadCancelledError, Failure.TOO_LARGE),
    ((error.TCPTimedOutError, error.TimeoutError), Failure.TIMEOUT),
    ((error.NoRouteError, error.ConnectBindError, error.UnknownHostError), Failure.NO_ROUTE),
    (ParseError, Failure.BAD_RESPONSE),
    ((error.ConnectionLost, error.ConnectionDone, error.ConnectionAborted), Failure.CONNECTION_LOST),
    (error.ConnectError, Failure.NO_ROUTE),
    (UnsupportedURLSchemeError, Failure.BAD_REDIRECT),
    (OSError, Failure.NO_ROUTE),
)


def failure_of(exception: BaseException) -> tuple[Failure, str]:
    """The kind of failure and, where it adds something, the exception's own words."""
    chain = list(_causes(exception))
    for kinds, failure in _KINDS:
        if any(isinstance(one, kinds) for one in chain):
            return failure, ""
    return Failure.CONNECTION_LOST, type(exception).__name__


def _causes(exception: BaseException | None, depth: int = 0) -> Iterator[BaseException]:
    """An exception, what it was raised from, and the reasons that Twisted wraps."""
    if exception is None or depth > 8:
        return
    yield exception
    for reason in getattr(exception, "reasons", None) or ():
        yield from _causes(getattr(reason, "value", None), depth + 1)
    yield from _causes(exception.__cause__, depth + 1)
