"""The folder that a crawl leaves: a file of sightings a site, bodies by their SHA-256."""

import hashlib
import os
import queue
import re
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from types import TracebackType
from urllib.parse import quote

import msgspec

from domain.walk import Sighting, Walk

LONGEST_NAME = 120
"""Characters of a site's file name before it is cut and a digest is put in its place."""

MOST_UNWRITTEN = 64
"""Bodies that may wait for the disk before the crawl waits too."""

_TAIL_STEP = 64 * 1024
_SUMMARY_MARK = b'{"site":'
_SHA256 = re.compile(r"[0-9a-f]{64}")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

_numbers = count()
_encode = msgspec.json.Encoder().encode
_sighting = msgspec.json.Decoder(Sighting)
_summary = msgspec.json.Decoder(Walk)


class BodyError(Exception):
    """A kept body is missing or altered; the message names it."""


class WalkError(Exception):
    """The folder holds nothing readable of the site asked for; the message names it."""


class SiteFile:
    """The open file of one site's walk. Used as a context manager; `finish` writes the summary."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb", buffering=256 * 1024)

    def write(self, sighting: Sighting) -> None:
        """Appends one sighting."""
        self._file.write(_encode(sighting) + b"\n")

    def finish(self, walk: Walk) -> None:
        """Writes the summary line, without which the site counts as unfinished, and closes the file."""
        self._file.write(_encode(replace(walk, sightings=())) + b"\n")
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()

    def close(self) -> None:
        """Closes the file without a summary."""
        self._file.close()

    def __enter__(self) -> "SiteFile":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


class RunFolder:
    """What a crawl leaves under `path`; bodies lie under `bodies`, shared by all runs.

    Several processes may write different sites at once; one site has one writer.
    """

    def __init__(self, path: Path, bodies: Path) -> None:
        self.path = path
        self.bodies = bodies
        self._sites = path / "sites"
        self._kept: set[str] = set()
        self._writer: BodyWriter | None = None

    @classmethod
    def at(cls, path: str, bodies: Path) -> "RunFolder":
        """The folder at a path given as text."""
        return cls(Path(path), bodies)

    def create(self) -> None:
        """Makes the folders."""
        self._sites.mkdir(parents=True, exist_ok=True)
        self.bodies.mkdir(parents=True, exist_ok=True)

    def site_path(self, site_id: str) -> Path:
        """The file of a site; any id makes a safe name."""
        name = quote(site_id, safe="").replace(".", "%2E").replace("~", "%7E")
        if len(name) > LONGEST_NAME:
            name = name[: LONGEST_NAME - 33] + "~" + hashlib.sha256(site_id.encode()).hexdigest()[:32]
        return self._sites / f"{name}.jsonl"

    def open_site(self, site_id: str) -> SiteFile:
        """Begins the file of a site anew."""
        return SiteFile(self.site_path(site_id))

    def write_walk(self, walk: Walk) -> None:
        """Writes a whole walk at once."""
        with self.open_site(walk.site) as file:
            for sighting in walk.sightings:
                file.write(sighting)
            file.finish(walk)

    def finished_sites(self) -> frozenset[str]:
        """Ids of the sites whose files end with a whole summary."""
        found = (_summary_of(path) for path in sorted(self._sites.glob("*.jsonl")))
        return frozenset(walk.site for walk in found if walk is not None)

    def sightings(self, site_id: str) -> Iterator[Sighting]:
        """The sightings of a site, one by one; an unreadable line ends them.

        Raises WalkError when there is no file of that site.
        """
        try:
            file = self.site_path(site_id).open("rb")
        except FileNotFoundError as error:
            raise WalkError(f"采集结果中没有网站 {site_id}（{self.site_path(site_id)}）") from error
        with file:
            for line in file:
                if line.startswith(_SUMMARY_MARK):
                    return
                try:
                    yield _sighting.decode(line)
                except msgspec.MsgspecError:
                    return

    def read_summary(self, site_id: str) -> Walk | None:
        """The summary of a finished site, without its sightings; None when it is not finished."""
        path = self.site_path(site_id)
        return _summary_of(path) if path.exists() else None

    def read_walk(self, site_id: str) -> Walk:
        """The walk of a site; of an unfinished one what was written, marked as broken off.

        Raises WalkError when there is no file of that site.
        """
        sightings = tuple(self.sightings(site_id))
        walk = self.read_summary(site_id)
        if walk is not None:
            return replace(walk, sightings=sightings)
        moments = [sighting.snapshot.fetched_at for sighting in sightings] or [_EPOCH]
        return Walk(
            site=site_id,
            started_at=min(moments),
            ended_at=max(moments),
            complete=False,
            stopped="采集中途中断，未能完成",
            sightings=sightings,
        )

    def body_path(self, sha256: str) -> Path:
        """Where the body with this digest lies. Raises BodyError when it is no digest."""
        if not _SHA256.fullmatch(sha256):
            raise BodyError(f"不是 SHA-256 摘要：{sha256!r}")
        return self.bodies / sha256[:2] / sha256

    def keep(self, body: bytes) -> str:
        """Stores a body under its SHA-256 and returns that; the same content is stored once.

        With `start_writing` in effect it is stored a little later, by a thread. Raises OSError.
        """
        name = hashlib.sha256(body).hexdigest()
        short = name[:32]
        if short not in self._kept:
            self._kept.add(short)
            if self._writer is None:
                _keep(self.body_path(name), body)
            else:
                self._writer.put(self.body_path(name), body)
        return name

    def start_writing(self) -> None:
        """From now on a thread writes bodies, so that a crawl need not wait for the disk."""
        self._writer = BodyWriter()

    def settle(self) -> None:
        """Waits until all bodies are on disk. Raises the OSError that writing one met."""
        if self._writer is not None:
            self._writer.settle()

    def body(self, sha256: str) -> bytes:
        """A kept body. Raises BodyError when it is missing or not what its name says."""
        path = self.body_path(sha256)
        try:
            body = path.read_bytes()
        except FileNotFoundError as error:
            raise BodyError(f"找不到留存的内容：{sha256}（{path}）") from error
        if hashlib.sha256(body).hexdigest() != sha256:
            raise BodyError(f"留存的内容与摘要不符，可能已被改动：{sha256}（{path}）")
        return body


class BodyWriter:
    """A thread that writes bodies. What is under way is bounded: a slow disk slows the crawl down."""

    def __init__(self) -> None:
        self._queue: queue.Queue[tuple[Path, bytes]] = queue.Queue(maxsize=MOST_UNWRITTEN)
        self._error: OSError | None = None
        threading.Thread(target=self._work, daemon=True).start()

    def put(self, path: Path, body: bytes) -> None:
        """Takes a body to be written. Raises the OSError that an earlier one met."""
        self._complain()
        self._queue.put((path, body))

    def settle(self) -> None:
        """Waits for all that was put. Raises the OSError that one of them met."""
        self._queue.join()
        self._complain()

    def _complain(self) -> None:
        if self._error is not None:
            raise self._error

    def _work(self) -> None:
        while True:
            path, body = self._queue.get()
            try:
                _keep(path, body)
            except OSError as error:
                self._error = error
            finally:
                self._queue.task_done()


def _keep(path: Path, body: bytes) -> None:
    try:
        if path.stat().st_size == len(body):
            return
    except FileNotFoundError:
        pass
    _write_whole(path, body)


def _write_whole(path: Path, body: bytes) -> None:
    """Writes to a name of its own and renames, so that no half body ever bears the right name."""
    partial = path.with_name(f".{path.name}.{os.getpid()}.{next(_numbers)}")
    try:
        partial.write_bytes(body)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial.write_bytes(body)
    os.replace(partial, path)


def _summary_of(path: Path) -> Walk | None:
    """The summary at the end of a site's file, if it is there and whole."""
    line = _last_line(path)
    if not line.startswith(_SUMMARY_MARK):
        return None
    try:
        return _summary.decode(line)
    except msgspec.MsgspecError:
        return None


def _last_line(path: Path) -> bytes:
    """The last line of a file that ends with a line break; empty when it does not."""
    with path.open("rb") as file:
        end = file.seek(0, os.SEEK_END)
        tail = b""
        while end > 0:
            step = min(_TAIL_STEP, end)
            end = file.seek(end - step)
            tail = file.read(step) + tail
            if not tail.endswith(b"\n"):
                return b""
            cut = tail.rfind(b"\n", 0, len(tail) - 1)
            if cut >= 0:
                return tail[cut + 1 :]
    return tail if tail.endswith(b"\n") else b""
