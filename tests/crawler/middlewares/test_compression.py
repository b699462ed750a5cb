"""Unpacking within limits, and noticing what was cut off."""

import gzip
import zlib
from contextlib import suppress

import brotli  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy import Request
from scrapy.http import Response

from crawler.middlewares.compression import CompressionMiddleware
from crawler.unpacking import CutOffError, TooLargeError, unpack

LIMIT = 1_000_000
TEXT = ("<html>" + "通知公告 " * 500 + "</body>").encode()


def deflate(body: bytes, window: int = 15) -> bytes:
    engine = zlib.compressobj(wbits=window)
    return engine.compress(body) + engine.flush()


PACKED = [
    ("gzip", gzip.compress(TEXT, mtime=0)),
    ("x-gzip", gzip.compress(TEXT, mtime=0)),
    ("deflate", deflate(TEXT)),
    ("deflate", deflate(TEXT, -15)),
    ("br", brotli.compress(TEXT)),
]


@pytest.mark.parametrize(("encoding", "body"), PACKED)
def test_each_encoding(encoding: str, body: bytes) -> None:
    assert unpack(body, encoding, LIMIT) == TEXT


@pytest.mark.parametrize(("encoding", "body"), PACKED)
def test_what_ends_too_early_is_told(encoding: str, body: bytes) -> None:
    with pytest.raises(CutOffError) as caught:
        unpack(body[: len(body) // 2], encoding, LIMIT)
    assert TEXT.startswith(caught.value.part)


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", gzip.compress(b"\0" * 50_000_000, mtime=0)),
        ("deflate", deflate(b"\0" * 50_000_000)),
        ("br", brotli.compress(b"\0" * 50_000_000)),
    ],
)
def test_a_bomb_is_not_unpacked(encoding: str, body: bytes) -> None:
    assert len(body) < 100_000
    with pytest.raises(TooLargeError):
        unpack(body, encoding, LIMIT)


def test_members_one_after_another_and_padding() -> None:
    assert unpack(gzip.compress(b"one", mtime=0) + gzip.compress(b"two", mtime=0), "gzip", LIMIT) == b"onetwo"
    assert unpack(gzip.compress(b"one", mtime=0) + b"\0" * 20, "gzip", LIMIT) == b"one"


@given(body=st.binary(max_size=300), encoding=st.sampled_from(["gzip", "deflate", "br"]))
def test_no_bytes_make_it_fail_otherwise(body: bytes, encoding: str) -> None:
    with suppress(CutOffError, TooLargeError, ValueError):
        assert isinstance(unpack(body, encoding, LIMIT), bytes)


def answered(body: bytes, encoding: str, limit: int = LIMIT) -> Response:
    request = Request("http://a.gov.cn/", meta={"download_maxsize": limit})
    headers = {"Content-Encoding": encoding} if encoding else {}
    response = Response("http://a.gov.cn/", body=body, headers=headers, request=request)
    return CompressionMiddleware().process_response(request, response)


@pytest.mark.parametrize(
    ("body", "encoding", "flag"),
    [
        (gzip.compress(TEXT, mtime=0), "gzip", None),
        (gzip.compress(TEXT, mtime=0), " GZIP ", None),
        (gzip.compress(gzip.compress(TEXT, mtime=0), mtime=0), "gzip, gzip", None),
        (TEXT, "identity", None),
        (TEXT, "", None),
        (TEXT, "gzip", None),
        (gzip.compress(TEXT, mtime=0)[:60], "gzip", "flaw:truncated"),
        (b"\x00\x01\x02 nonsense", "gzip", "flaw:undecodable"),
        (gzip.compress(b"\0" * 9_000_000, mtime=0), "gzip", "flaw:oversize"),
        (TEXT, "unheard-of", None),
        (b"\x00\x01", "unheard-of", "flaw:undecodable"),
    ],
)
def test_a_flaw_is_flagged_and_never_raised(body: bytes, encoding: str, flag: str | None) -> None:
    response = answered(body, encoding)
    assert response.flags == ([flag] if flag else [])
    if flag is None:
        assert response.body == TEXT


def test_a_whole_page_whose_last_bytes_are_lost_is_whole() -> None:
    page = b"<html>" + bytes(range(32, 127)) * 300 + b"</html>"
    packed = gzip.compress(page, mtime=0)
    assert answered(packed[:-8], "gzip").flags == []


def test_encodings_are_asked_for() -> None:
    request = Request("http://a.gov.cn/")
    CompressionMiddleware().process_request(request)
    assert request.headers[b"Accept-Encoding"] == b"gzip, deflate, br"
