"""Unpacks compressed bodies within a limit, and says what is wrong with those that cannot be."""

import zlib

import brotli  # type: ignore[import-untyped]

from crawler.classify import Flaw

ACCEPTED = b"gzip, deflate, br"
"""What a request may name as Accept-Encoding."""

_CHUNK = 64 * 1024


class TooLargeError(Exception):
    """A body grows beyond the limit when it is unpacked."""


class CutOffError(Exception):
    """A compressed body ends too early; `part` is what could be unpacked."""

    def __init__(self, part: bytes) -> None:
        super().__init__("compressed body ends too early")
        self.part = part


def unpack(body: bytes, encoding: str, limit: int) -> bytes:
    """The unpacked body. Raises TooLargeError, CutOffError, or ValueError for what is not packed so."""
    if encoding in {"gzip", "x-gzip"}:
        return _inflate(body, 31, limit)
    if encoding == "deflate":
        try:
            return _inflate(body, 15, limit)
        except ValueError:
            return _inflate(body, -15, limit)
    if encoding == "br":
        return _unbrotli(body, limit)
    raise ValueError(f"unknown encoding {encoding}")


def _inflate(body: bytes, window: int, limit: int) -> bytes:
    found = bytearray()
    rest = body
    while rest:
        engine = zlib.decompressobj(window)
        try:
            found += engine.decompress(rest, limit + 1 - len(found))
        except zlib.error as error:
            if found and not _is_member(rest, window):
                return bytes(found)
            raise ValueError(str(error)) from error
        if len(found) > limit:
            raise TooLargeError
        if not engine.eof:
            if engine.unconsumed_tail:
                raise TooLargeError
            raise CutOffError(bytes(found))
        rest = engine.unused_data if window == 31 and _is_member(engine.unused_data, window) else b""
    return bytes(found)


def _is_member(rest: bytes, window: int) -> bool:
    """Whether another gzip member follows; anything else after the end is padding."""
    return window == 31 and rest.startswith(b"\x1f\x8b")


def _unbrotli(body: bytes, limit: int) -> bytes:
    engine = brotli.Decompressor()
    found = bytearray()
    chunk = body
    while True:
        try:
            part = engine.process(chunk, output_buffer_limit=_CHUNK)
        except brotli.error as error:
            raise ValueError(str(error)) from error
        found += part
        if len(found) > limit:
            raise TooLargeError
        if engine.is_finished():
            return bytes(found)
        if not part and not chunk:
            raise CutOffError(bytes(found))
        chunk = b""


def unpack_stated(body: bytes, stated: str, limit: int) -> tuple[bytes, Flaw | None]:
    """A body unpacked as its Content-Encoding header states, and what is wrong with it."""
    flaw = None
    names = [name.strip() for name in stated.lower().split(",")]
    for name in reversed([name for name in names if name not in {"", "identity"}]):
        body, flaw = _unpack_or_flaw(body, name, limit)
        if flaw is not None:
            break
    return body, flaw


_PLAIN_STARTS = (b"<", b"\xef\xbb\xbf<", b"{", b"[")


def is_whole_page(body: bytes) -> bool:
    """Whether a body ends as a page does: then nothing that matters was cut off."""
    return body[-64:].rstrip().lower().endswith(b"</html>")


def _unpack_or_flaw(body: bytes, name: str, limit: int) -> tuple[bytes, Flaw | None]:
    try:
        return unpack(body, name, limit), None
    except TooLargeError:
        return b"", Flaw.OVERSIZE
    except CutOffError as error:
        return error.part, None if is_whole_page(error.part) else Flaw.TRUNCATED
    except ValueError:
        plain = body.lstrip().startswith(_PLAIN_STARTS)
        return body, None if plain else Flaw.UNDECODABLE
