"""WARC (ISO 28500): requests and responses in the container that archives accept."""

import io
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from urllib.parse import urlsplit

from warcio.statusandheaders import StatusAndHeaders
from warcio.utils import Digester
from warcio.warcwriter import WARCWriter

ORIGINAL = "X-Archive-Orig-"
"""Before the names of headers that described an encoding which the kept body no longer has."""

UNDONE = frozenset({"content-encoding", "transfer-encoding", "content-length"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One request and its response. `body` is the payload after transfer and content decoding.

    Without `request_headers` no request record is written: what is not known is not invented.
    """

    url: str
    at: datetime
    status: int
    body: bytes
    headers: tuple[tuple[str, str], ...] = ()
    reason: str = ""
    version: str = ""
    request_headers: tuple[tuple[str, str], ...] = ()
    method: str = "GET"
    server_ip: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page's bytes as they are kept, without the exchange that brought them."""

    url: str
    at: datetime
    body: bytes
    type: str = "text/html"


class Sha256Writer(WARCWriter):  # type: ignore[misc]
    """Writes the digests that ISO 28500 leaves open as SHA-256 rather than SHA-1."""

    @staticmethod
    def _create_digester() -> Digester:
        return Digester("sha256")


def write_warc(exchanges: Iterable[Exchange | Page], at: datetime, program: str) -> bytes:
    """A gzipped WARC file of exchanges and pages; the same input gives the same records and ids."""
    out = io.BytesIO()
    writer = Sha256Writer(out, gzip=True, warc_version="1.1")
    info = {"software": program, "format": "WARC File Format 1.1"}
    record = writer.create_warcinfo_record("page.warc.gz", info)
    record.rec_headers.replace_header("WARC-Date", stamp(at))
    record.rec_headers.replace_header("WARC-Record-ID", _name("info", stamp(at)))
    writer.write_record(record)
    for number, exchange in enumerate(exchanges):
        if isinstance(exchange, Page):
            _write_page(writer, exchange, number)
        else:
            _write(writer, exchange, number)
    return out.getvalue()


def stamp(at: datetime) -> str:
    """An instant as WARC writes it, to the microsecond."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _write(writer: WARCWriter, exchange: Exchange, number: int) -> None:
    answer_id = _name(exchange.url, stamp(exchange.at), "response", str(number))
    request_id = _name(exchange.url, stamp(exchange.at), "request", str(number))
    common = {"WARC-Date": stamp(exchange.at)}
    if exchange.server_ip:
        common["WARC-IP-Address"] = exchange.server_ip
    if exchange.version and exchange.version.lower() not in ("http/1.1", "http/1.0"):
        common["WARC-Protocol"] = exchange.version.lower()
    answer_headers = common | {"WARC-Record-ID": answer_id}
    if exchange.request_headers:
        answer_headers["WARC-Concurrent-To"] = request_id
    writer.write_record(
        writer.create_warc_record(
            exchange.url,
            "response",
            payload=io.BytesIO(exchange.body),
            length=len(exchange.body),
            http_headers=_answer(exchange),
            warc_headers_dict=answer_headers,
        )
    )
    if exchange.request_headers:
        writer.write_record(
            writer.create_warc_record(
                exchange.url,
                "request",
                payload=io.BytesIO(b""),
                length=0,
                http_headers=_request(exchange),
                warc_headers_dict=common | {"WARC-Record-ID": request_id, "WARC-Concurrent-To": answer_id},
            )
        )


def _write_page(writer: WARCWriter, page: Page, number: int) -> None:
    name = _name(page.url, stamp(page.at), "resource", str(number))
    writer.write_record(
        writer.create_warc_record(
            page.url,
            "resource",
            payload=io.BytesIO(page.body),
            length=len(page.body),
            warc_content_type=page.type,
            warc_headers_dict={"WARC-Date": stamp(page.at), "WARC-Record-ID": name},
        )
    )


def _answer(exchange: Exchange) -> StatusAndHeaders:
    reason = exchange.reason
    if not reason:
        try:
            reason = HTTPStatus(exchange.status).phrase
        except ValueError:
            reason = ""
    headers = []
    for name, value in _plain(exchange.headers):
        headers.append((ORIGINAL + name if name.lower() in UNDONE else name, value))
    headers.append(("Content-Length", str(len(exchange.body))))
    return StatusAndHeaders(f"{exchange.status} {reason}".strip(), headers, protocol="HTTP/1.1")


def _request(exchange: Exchange) -> StatusAndHeaders:
    parts = urlsplit(exchange.url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = list(_plain(exchange.request_headers))
    if not any(name.lower() == "host" for name, _ in headers):
        headers.insert(0, ("Host", parts.netloc))
    return StatusAndHeaders(f"{exchange.method} {target} HTTP/1.1", headers, is_http_request=True)


def _plain(headers: tuple[tuple[str, str], ...]) -> Iterable[tuple[str, str]]:
    """Header lines that HTTP/1.1 can bear: no pseudo headers, no line breaks within a value."""
    for name, value in headers:
        if name and not name.startswith(":"):
            yield name, " ".join(value.splitlines())


def _name(*parts: str) -> str:
    return f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, chr(31).join(parts))}>"
