"""Backup and restore of a whole data folder in one file, each verified to the byte.

The backup is a gzipped tar with every file's SHA-256 in a list at its end. Databases are copied through
SQLite itself, so that one in use is whole. It holds the signing key: keep it as one keeps keys.
"""

import contextlib
import gzip
import hashlib
import io
import os
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO, Any, Protocol

from evidence.chain import CHAIN, FOLDER, HEAD, LOCK, PENDING, Chain
from evidence.digest import document, parsed
from evidence.disk import SCRATCH, files_under, is_plain_file, sync_folder
from evidence.verify import Verification, verify

FORMAT = "govwatch-backup/1"
LIST = "BACKUP.json"
LIST_LIMIT = 1 << 30
SQLITE_MAGIC = b"SQLite format 3\x00"
PAGES = 4096
"""Pages of a database copied before others get a turn."""

Tick = Callable[[int, int], None]


class BackupError(ValueError):
    """A backup that cannot be made or restored; the message says why in Chinese."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """What a backup holds: how many files, how many bytes, and what verification said of the source."""

    files: int
    size: int
    verification: Verification | None = None


class _Reader(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...


def backup(
    data: Path,
    out: Path,
    at: datetime,
    tick: Tick | None = None,
    beside: Mapping[str, Path] | None = None,
) -> Backup:
    """Writes a data folder into one file; scans may go on meanwhile (what they add later is not in it).

    `beside` are further files by the name they bear in it.
    The file appears under its name only when it is whole. Raises BackupError when there is nothing to
    back up or `out` lies inside the folder, OSError when the disk refuses.
    """
    if not data.is_dir() or not any(data.iterdir()):
        raise BackupError(f"数据文件夹不存在或是空的：{data}")
    if data.resolve() in out.resolve().parents:
        raise BackupError(f"备份文件不能放在数据文件夹里面：{out}")
    out.parent.mkdir(parents=True, exist_ok=True)
    partial = out.with_name(out.name + ".partial")
    try:
        done = _write(data, partial, at, tick, beside or {})
        os.replace(partial, out)
        sync_folder(out.parent)
    finally:
        partial.unlink(missing_ok=True)
    return done


def _write(data: Path, partial: Path, at: datetime, tick: Tick | None, beside: Mapping[str, Path]) -> Backup:
    with contextlib.ExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        raw = stack.enter_context(os.fdopen(descriptor, "wb"))
        # Databases first: whatever their rows name is then already in the folder.
        databases = {name: _copied(data / name, scratch) for name in _databases(data)} | dict(beside)
        frozen, names = _still(data)
        packed = stack.enter_context(gzip.GzipFile(fileobj=raw, mode="wb", compresslevel=3, mtime=0))
        archive = stack.enter_context(tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT))
        rows: list[dict[str, Any]] = []
        every = [*sorted(databases), *sorted(frozen), *names]
        for number, name in enumerate(every, 1):
            if name in frozen:
                rows.append(_add_bytes(archive, name, frozen[name]))
            else:
                rows.append(_add_file(archive, name, databases.get(name, data / name)))
            if tick is not None:
                tick(number, len(every))
        listing = document({"format": FORMAT, "created": at.isoformat(), "files": rows})
        _add_bytes(archive, LIST, listing)
    return Backup(files=len(rows), size=partial.stat().st_size)


def _still(data: Path) -> tuple[dict[str, bytes], list[str]]:
    """The chain and its head as they stand at one moment, and the names of all other files."""
    chain = Chain(data)
    frozen: dict[str, bytes] = {}
    with contextlib.ExitStack() as stack:
        if chain.folder.exists():
            stack.enter_context(chain.locked())
        for name in (CHAIN, HEAD):
            with contextlib.suppress(FileNotFoundError):
                frozen[f"{FOLDER}/{name}"] = (chain.folder / name).read_bytes()
        # Files under evidence are never altered once they are there; later ones are not in this list.
        names = [path.relative_to(data).as_posix() for path in files_under(data) if is_plain_file(path)]
    databases = set(_databases(data))
    return frozen, [n for n in names if n not in frozen and n not in databases and not _passing(n, databases)]


def _passing(name: str, databases: set[str]) -> bool:
    """Whether a file is unfinished work, a lock, or a database's own scratch file."""
    path = PurePosixPath(name)
    inner = path.parts[1:] if path.parts[0] == FOLDER else ()
    if inner and (inner[0] == SCRATCH or inner[0] in (LOCK, PENDING)):
        return True
    if any(name == f"{database}{tail}" for database in databases for tail in ("-wal", "-shm", "-journal")):
        return True
    return path.name.endswith((".partial", ".lock")) or path.name.startswith(".")


def _databases(data: Path) -> list[str]:
    found = []
    for path in sorted(data.iterdir()):
        if is_plain_file(path):
            with path.open("rb") as file:
                if file.read(16) == SQLITE_MAGIC:
                    found.append(path.name)
    return found


def _copied(path: Path, scratch: Path) -> Path:
    """A consistent copy of a database that may be in use."""
    target = scratch / path.name
    source = sqlite3.connect(f"file:{path}?mode=rw", uri=True, timeout=60)
    copy = sqlite3.connect(target)
    try:
        source.backup(copy, pages=PAGES)
    except sqlite3.Error as error:
        raise BackupError(f"数据库不能备份：{path}（{error}）") from error
    finally:
        copy.close()
        source.close()
    return target


def _add_file(archive: tarfile.TarFile, name: str, path: Path) -> dict[str, Any]:
    size = path.stat().st_size
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, 0o600
    with path.open("rb") as file:
        reader = _Hashing(file)
        archive.addfile(entry, reader)
    return {"name": name, "size": size, "sha256": reader.digest.hexdigest()}


def _add_bytes(archive: tarfile.TarFile, name: str, content: bytes) -> dict[str, Any]:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(content), 0o600
    archive.addfile(entry, io.BytesIO(content))
    return {"name": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}


class _Hashing:
    """Reads through to a file and digests what is read."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.digest = hashlib.sha256()

    def read(self, size: int = -1, /) -> bytes:
        chunk = self._file.read(size)
        self.digest.update(chunk)
        return chunk


def restore(
    archive: Path,
    data: Path,
    tick: Tick | None = None,
    settle: Callable[[Path], None] | None = None,
) -> Backup:
    """Puts a backup into a folder that does not exist yet or is empty; verified before it bears its name.

    `settle` is given the folder when it is verified, before it bears its name.
    Raises BackupError when the file is damaged, incomplete, no backup of ours, or when the evidence in it
    is not whole; nothing is left behind then.
    """
    if data.exists() and (not data.is_dir() or any(data.iterdir())):
        raise BackupError(f"要恢复到的文件夹不是空的：{data}，请换一个，或先把它移走")
    data.parent.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix=f".{data.name}.restore-", dir=data.parent))
    try:
        rows = _unpack(archive, scratch, tick)
        result = verify(scratch)
        if result.ok is False:
            first = result.problems[0]
            raise BackupError(
                f"备份中的佐证有 {len(result.problems)} 处问题，没有恢复：{first.file}：{first.words}"
            )
        if settle is not None:
            settle(scratch)
        if data.exists():
            data.rmdir()
        os.replace(scratch, data)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    os.chmod(data, 0o755)
    return Backup(files=len(rows), size=archive.stat().st_size, verification=result)


def _unpack(archive: Path, scratch: Path, tick: Tick | None) -> list[dict[str, Any]]:
    """Writes every file of the backup and compares them with its list."""
    seen: dict[str, tuple[int, str]] = {}
    listing: Any = None
    try:
        with tarfile.open(archive, "r|gz") as packed:
            for entry, content in _entries(packed):
                if entry.name == LIST:
                    listing = parsed(content.read(LIST_LIMIT), document)
                    continue
                seen[entry.name] = _put(scratch, entry, content)
                if tick is not None:
                    tick(len(seen), 0)
    except (OSError, EOFError, tarfile.TarError, gzip.BadGzipFile, ValueError) as error:
        if isinstance(error, BackupError):
            raise
        raise BackupError(f"备份文件已损坏或不完整：{archive}（{error}）") from error
    if not isinstance(listing, dict) or listing.get("format") != FORMAT:
        raise BackupError(f"不是本系统的备份文件，或已不完整：{archive}")
    try:
        rows: list[dict[str, Any]] = listing["files"]
        expected = {row["name"]: (row["size"], row["sha256"]) for row in rows}
    except (KeyError, TypeError) as error:
        raise BackupError(f"备份文件已被改动：其中的清单不完整（{archive}）") from error
    for name in sorted({*expected, *seen}):
        if expected.get(name) != seen.get(name):
            raise BackupError(f"备份文件已被改动：其中的 {name} 与清单不符")
    return rows


def _entries(packed: tarfile.TarFile) -> Iterator[tuple[tarfile.TarInfo, _Reader]]:
    for entry in packed:
        content = packed.extractfile(entry) if entry.isreg() else None
        path = PurePosixPath(entry.name)
        if content is None or path.is_absolute() or ".." in path.parts or "\\" in entry.name:
            raise BackupError(f"备份文件中有不该有的内容：{entry.name}")
        yield entry, content


def _put(scratch: Path, entry: tarfile.TarInfo, content: _Reader) -> tuple[int, str]:
    path = scratch / entry.name
    path.parent.mkdir(parents=True, exist_ok=True)
    private = PurePosixPath(entry.name).parts[0] == "keys"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600 if private else 0o644)
    digest, size = hashlib.sha256(), 0
    with os.fdopen(descriptor, "wb") as file:
        while chunk := content.read(1 << 20):
            file.write(chunk)
            digest.update(chunk)
            size += len(chunk)
        file.flush()
        os.fsync(file.fileno())
    return size, digest.hexdigest()
