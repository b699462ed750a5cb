"""Asks a time stamp authority (RFC 3161) to attest the chain's last line; later again where it is away."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import httpx2
from cryptography import x509
from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

from evidence.bundle import EvidenceStore
from evidence.chain import Link
from evidence.disk import write_whole
from evidence.keys import FOLDER
from evidence.tokens import ROOTS, decoded, trouble_of

QUERY, REPLY = "application/timestamp-query", "application/timestamp-reply"
LARGEST = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """A time stamp authority: its address, and a PEM file with the certificates to judge it by."""

    url: str
    roots: Path | None = None
    timeout_s: float = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamping:
    """What became of it: the token's path when one was kept, else why not (empty: nothing new to stamp)."""

    path: str = ""
    reason: str = ""


class AuthorityError(Exception):
    """The settings of the authority make no sense; the message says why in Chinese."""


def unstamped(store: EvidenceStore) -> Link | None:
    """The last line that no time stamp covers yet; None when there is nothing new."""
    last = stamped = None
    for link in store.chain.links():
        if link is not None and link.kind == "timestamp":
            stamped = link
        elif link is not None:
            last = link
    if last is None or (stamped is not None and int(stamped.id) >= last.seq):
        return None
    return last


def stamp_chain(
    store: EvidenceStore,
    authority: Authority,
    clock: Callable[[], datetime],
    transport: httpx2.BaseTransport | None = None,
) -> Stamping:
    """Has the last line stamped: it covers every line before it, so that one stamp a night is enough.

    An authority that is away or answers wrongly is no error: the same call later tries again.
    Raises AuthorityError for certificates that cannot be read.
    """
    roots = _roots(store.data, authority)
    link = unstamped(store)
    if link is None:
        return Stamping()
    stamped = link.encoded()
    request = TimestampRequestBuilder(data=stamped, hash_algorithm=HashAlgorithm.SHA256).build()
    try:
        token = _ask(authority, request.as_bytes(), transport)
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        return Stamping(reason=f"时间戳机构暂时联系不上，下次再试：{error or type(error).__name__}")
    except ValueError as error:
        return Stamping(reason=f"时间戳机构的答复不能用，下次再试：{error}")
    words = trouble_of(token, stamped, roots)
    answer = decoded(token)
    if not words and answer is not None and answer.tst_info.nonce != request.nonce:
        words = "时间戳答复的不是这一次请求"
    if words:
        return Stamping(reason=f"时间戳机构的答复不能用，下次再试：{words}")
    return Stamping(path=store.add_token(link.seq, token, clock()))


def _ask(authority: Authority, query: bytes, transport: httpx2.BaseTransport | None) -> bytes:
    with (
        httpx2.Client(timeout=authority.timeout_s, transport=transport, trust_env=False) as client,
        client.stream(
            "POST", authority.url, content=query, headers={"Content-Type": QUERY, "Accept": REPLY}
        ) as answer,
    ):
        if answer.status_code != 200:
            raise ValueError(f"HTTP {answer.status_code}")
        content = b""
        for chunk in answer.iter_bytes():
            content += chunk
            if len(content) > LARGEST:
                raise ValueError("答复过长")
        return content


def _roots(data: Path, authority: Authority) -> list[x509.Certificate]:
    """The certificates to judge by, kept beside the key for later verification."""
    if authority.roots is None:
        return []
    try:
        pem = authority.roots.read_bytes()
        roots = x509.load_pem_x509_certificates(pem)
    except (OSError, ValueError) as error:
        raise AuthorityError(f"时间戳机构的证书读不出：{authority.roots}") from error
    kept = data / FOLDER / ROOTS
    if not kept.exists() or kept.read_bytes() != pem:
        kept.parent.mkdir(parents=True, exist_ok=True)
        write_whole(kept, pem)
    return roots
