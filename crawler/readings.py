"""Keeps the answers of accounts' sources in a run folder, so that they can be judged again."""

import os
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

import msgspec

from crawler.accounts import SourceReading
from crawler.fetching import Fetched
from crawler.runfolder import RunFolder
from domain.snapshot import Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    account: str
    pages: tuple[Snapshot, ...]
    profile: Snapshot | None = None
    trouble: str = ""
    held: str = ""
    blind_since: datetime | None = None
    newest: Snapshot | None = None
    known_newest: datetime | None = None


_DECODER = msgspec.json.Decoder(_Kept)


def keep_reading(folder: RunFolder, reading: SourceReading) -> None:
    """Writes a reading whole: bodies by their digest, then the snapshots in one file."""
    kept = _Kept(
        account=reading.account,
        pages=tuple(_keep(folder, page) for page in reading.pages),
        profile=_keep(folder, reading.profile) if reading.profile else None,
        trouble=reading.trouble,
        held=reading.held,
        blind_since=reading.blind_since,
        newest=_keep(folder, reading.newest) if reading.newest else None,
        known_newest=reading.known_newest,
    )
    path = _path(folder, reading.account)
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    partial.write_bytes(msgspec.json.encode(kept))
    os.replace(partial, path)


def read_reading(folder: RunFolder, account: str) -> SourceReading | None:
    """The reading of an account in a kept run; None when that run has none.

    Raises BodyError when a kept body is missing or altered.
    """
    path = _path(folder, account)
    if not path.exists():
        return None
    kept = _DECODER.decode(path.read_bytes())
    return SourceReading(
        account=kept.account,
        pages=tuple(_fetched(folder, snapshot) for snapshot in kept.pages),
        profile=_fetched(folder, kept.profile) if kept.profile else None,
        trouble=kept.trouble,
        held=kept.held,
        blind_since=kept.blind_since,
        newest=_fetched(folder, kept.newest) if kept.newest else None,
        known_newest=kept.known_newest,
    )


def _path(folder: RunFolder, account: str) -> Path:
    name = quote(account, safe="").replace(".", "%2E")[:200]
    return folder.path / "accounts" / f"{name}.json"


def _keep(folder: RunFolder, page: Fetched) -> Snapshot:
    return replace(page.snapshot, body=folder.keep(page.body)) if page.body else page.snapshot


def _fetched(folder: RunFolder, snapshot: Snapshot) -> Fetched:
    return Fetched(snapshot=snapshot, body=folder.body(snapshot.body) if snapshot.body else b"")
