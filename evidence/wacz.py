"""WACZ 1.1.1: a web archive in one ZIP that ReplayWeb.page opens, made of kept WARC files."""

import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from warcio.archiveiterator import ArchiveIterator

from evidence.digest import document, sha256
from evidence.warc import stamp

VERSION = "1.1.1"
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of every entry: a ZIP of the same content is the same ZIP."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One page of the archive: where it is, when it was seen, its title."""

    url: str
    at: datetime
    title: str = ""


def write_wacz(warc: bytes, visits: Iterable[Visit], *, title: str, program: str) -> bytes:
    """The archive's bytes. The first visit is the page that is shown on opening."""
    pages = list(visits)
    files = {
        "archive/data.warc.gz": warc,
        "indexes/index.cdx": _index(warc),
        "pages/pages.jsonl": _pages(pages),
    }
    package: dict[str, Any] = {
        "profile": "data-package",
        "wacz_version": VERSION,
        "title": title,
        "software": program,
        "resources": [
            {
                "name": name.rsplit("/", 1)[1],
                "path": name,
                "hash": f"sha256:{sha256(content)}",
                "bytes": len(content),
            }
            for name, content in files.items()
        ],
    }
    if pages:
        package |= {
            "created": stamp(pages[0].at),
            "mainPageUrl": pages[0].url,
            "mainPageDate": stamp(pages[0].at),
        }
    listing = document(package)
    digest = document({"path": "datapackage.json", "hash": f"sha256:{sha256(listing)}"})
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in {
            **files,
            "datapackage.json": listing,
            "datapackage-digest.json": digest,
        }.items():
            archive.writestr(zipfile.ZipInfo(name, EPOCH), content)
    return out.getvalue()


def _pages(visits: Iterable[Visit]) -> bytes:
    rows: list[dict[str, str]] = [{"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}]
    for visit in visits:
        rows.append(
            {
                "id": sha256(f"{visit.url} {stamp(visit.at)}".encode())[:22],
                "url": visit.url,
                "ts": stamp(visit.at),
                "title": visit.title or visit.url,
            }
        )
    return b"".join(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows)


def _index(warc: bytes) -> bytes:
    return "".join(sorted(f"{row}\n" for row in _index_rows(warc))).encode()


def _index_rows(warc: bytes) -> Iterator[str]:
    """A CDXJ line for each response or page: sort key, moment, and where in the WARC it lies."""
    records = ArchiveIterator(io.BytesIO(warc))
    for record in records:
        if record.rec_type not in ("response", "resource"):
            record.content_stream().read()
            continue
        url = record.rec_headers.get_header("WARC-Target-URI")
        moment = record.rec_headers.get_header("WARC-Date")
        http = record.http_headers
        kind = http.get_header("Content-Type") if http else record.rec_headers.get_header("Content-Type")
        entry = {
            "url": url,
            "digest": record.rec_headers.get_header("WARC-Payload-Digest"),
            "mime": (kind or "unk").partition(";")[0].strip(),
            "status": (http.get_statuscode() if http else "200") or "-",
            "filename": "data.warc.gz",
        }
        record.content_stream().read()
        # The iterator knows a record's length only after the whole of it was read.
        entry |= {"offset": str(records.get_record_offset()), "length": str(records.get_record_length())}
        digits = "".join(character for character in moment if character.isdigit())[:14]
        yield f"{sort_key(url)} {digits} {json.dumps(entry, ensure_ascii=False)}"


def sort_key(url: str) -> str:
    """The address in the order that archives sort by: host reversed, then path and query."""
    parts = urlsplit(url)
    host = ",".join(reversed((parts.hostname or "").split(".")))
    port = f":{parts.port}" if parts.port and parts.port not in (80, 443) else ""
    query = urlencode(sorted(parse_qsl(parts.query, keep_blank_values=True)))
    return f"{host}{port}){parts.path or '/'}{'?' + query if query else ''}".lower().replace(" ", "%20")
