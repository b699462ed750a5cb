"""Time stamps of trusted third parties (RFC 3161): what they are over, and whether they hold."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from cryptography import x509
from rfc3161_client import TimeStampResponse, VerificationError, VerifierBuilder, decode_timestamp_response

from evidence.keys import FOLDER

ROOTS = "tsa-roots.pem"
"""The certificates by which time stamps are judged, beside the signing key."""

SHA256 = "2.16.840.1.101.3.4.2.1"
GRANTED = frozenset({0, 1})


def decoded(token: bytes) -> TimeStampResponse | None:
    """A time stamp response, None when it is none."""
    for form in (token, _sorted(token)):
        try:
            return decode_timestamp_response(form)
        except (ValueError, TypeError):
            continue
    return None


def _sorted(token: bytes) -> bytes:
    """The response with its set of certificates in the order that DER asks for.

    OpenSSL and some authorities write them in another, which strict readers refuse; the signature
    does not cover that set, and a set's length does not depend on its order.
    """
    try:
        response = _children(token, 0, len(token))[0]
        content = _children(token, *_children(token, *response[1:])[1][1:])
        signed = _children(token, *_children(token, *content[1][1:])[0][1:])
        certificates = next(part for part in signed if part[0] == 0xA0)
        parts = sorted(token[head:end] for _, head, end in _elements(token, *certificates[1:]))
    except (IndexError, StopIteration, ValueError):
        return token
    _, start, end = certificates
    return token[:start] + b"".join(parts) + token[end:]


def _children(data: bytes, start: int, end: int) -> list[tuple[int, int, int]]:
    """Tag, start and end of the content of each DER element in a range. Raises ValueError, IndexError."""
    found = []
    while start < end:
        tag, at = data[start], start + 2
        size = data[start + 1]
        if size & 0x80:
            at += size & 0x7F
            size = int.from_bytes(data[start + 2 : at], "big")
        if at + size > end:
            raise ValueError("element exceeds its container")
        found.append((tag, at, at + size))
        start = at + size
    return found


def _elements(data: bytes, start: int, end: int) -> list[tuple[int, int, int]]:
    """As `_children`, but from the beginning of each element, its head included."""
    heads = [start, *(stop for _, _, stop in _children(data, start, end))]
    return [
        (tag, head, stop) for head, (tag, _, stop) in zip(heads, _children(data, start, end), strict=False)
    ]


def trouble_of(token: bytes, stamped: bytes, roots: Sequence[x509.Certificate]) -> str:
    """What is wrong with a time stamp over some bytes, in Chinese; empty when nothing is.

    Without `roots` only its content is compared, not the signature of the authority.
    """
    answer = decoded(token)
    if answer is None:
        return "时间戳读不出，已损坏"
    try:
        if answer.status not in GRANTED:
            return "时间戳机构没有签发"
        imprint = answer.tst_info.message_imprint
        if imprint.hash_algorithm.dotted_string != SHA256:
            return "时间戳没有使用 SHA-256"
        if imprint.message != hashlib.sha256(stamped).digest():
            return "时间戳不是盖在这一条记录上的"
        if roots:
            return _signature_trouble(answer, stamped, roots)
    except ValueError as error:
        return f"时间戳的内容不完整：{error}"
    return ""


def _signature_trouble(answer: TimeStampResponse, stamped: bytes, roots: Sequence[x509.Certificate]) -> str:
    builder = VerifierBuilder(roots=list(roots))
    try:
        builder.build().verify_message(answer, stamped)
    except (VerificationError, ValueError) as error:
        return f"时间戳的签名不成立：{error}"
    return ""


def time_of(token: bytes) -> datetime | None:
    """The instant that the authority attests; None when the token cannot be read."""
    answer = decoded(token)
    try:
        return answer.tst_info.gen_time if answer is not None else None
    except ValueError:
        return None


def roots_of(data: Path) -> list[x509.Certificate]:
    """The authority's certificates kept in a data folder; none where they are not there or unreadable."""
    try:
        return x509.load_pem_x509_certificates((data / FOLDER / ROOTS).read_bytes())
    except (OSError, ValueError):
        return []
