"""Archives for replay: the page that a finding rests on, and the pages that were searched in vain."""

import io
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator

from evidence.bundle import BODY_FOLDER, DIGEST
from evidence.digest import sha256
from evidence.wacz import Visit, write_wacz
from evidence.warc import Exchange, Page, write_warc

SEARCHED = 200
"""Searched pages that go into one archive."""

Facts = Mapping[str, Any]


def archive_of(facts: Facts, warc: bytes | None) -> bytes | None:
    """A WACZ of the page that a capture took; None where no exchange was kept."""
    if warc is None:
        return None
    kept = _addresses(warc)
    shown = next((s for s in reversed(facts["snapshots"]) if s.get("final_url") in kept), None)
    visit = Visit(
        url=shown["final_url"] if shown else facts["url"],
        at=datetime.fromisoformat(shown["fetched_at"] if shown else facts["captured_at"]),
        title=_title(facts),
    )
    return write_wacz(warc, [visit], title=f"{facts['finding']} {_title(facts)}", program=_program(facts))


def _addresses(warc: bytes) -> set[str]:
    """The addresses whose answers are in an archive."""
    return {
        record.rec_headers.get_header("WARC-Target-URI")
        for record in ArchiveIterator(io.BytesIO(warc))
        if record.rec_type == "response"
    }


def archive_of_searched(data: Path, facts: Facts) -> bytes | None:
    """A WACZ of the pages that were searched for what is missing, as far as their bytes are still kept."""
    pages = list(_searched(data, facts))
    if not pages:
        return None
    at = datetime.fromisoformat(facts["captured_at"])
    visits = [Visit(url=page.url, at=page.at, title=page.url) for page in pages]
    title = f"{facts['finding']} 查找过的页面"
    return write_wacz(write_warc(pages, at, _program(facts)), visits, title=title, program=_program(facts))


def _searched(data: Path, facts: Facts) -> Iterator[Exchange | Page]:
    for row in facts.get("searched", ())[:SEARCHED]:
        name, at = row.get("body") or "", row.get("at")
        if not DIGEST.fullmatch(name.encode()) or not at:
            continue
        path = data / BODY_FOLDER / name[:2] / name
        body = path.read_bytes() if path.is_file() else b""
        if sha256(body) == name:
            yield _exchange_of(row.get("snapshot") or {}, body) or Page(
                url=row["url"],
                at=datetime.fromisoformat(at),
                body=body,
                type=row.get("type") or "text/html",
            )


def _exchange_of(seen: Facts, body: bytes) -> Exchange | None:
    """The request and the answer that brought these bytes; None where they were not put on record."""
    if not seen.get("http_status"):
        return None
    return Exchange(
        url=seen["final_url"],
        at=datetime.fromisoformat(seen["fetched_at"]),
        status=seen["http_status"],
        headers=tuple((name, value) for name, value in seen["headers"]),
        method=seen["method"],
        request_headers=tuple((name, value) for name, value in seen["request_headers"]),
        body=body,
        server_ip=seen["server_ip"],
    )


def _title(facts: Facts) -> str:
    return f"{facts['check_title']} {facts['subject_name']}"


def _program(facts: Facts) -> str:
    return str(facts["versions"]["program"])
