"""The store of sealed evidence: a folder, a manifest and a line of the chain for each seal.

evidence/<year>/<finding>/<UTC stamp>/   a finding's files with manifest.json
evidence/runs/<run>/<UTC stamp>/         manifest.json over a run's files, bodies.txt naming its bodies
evidence/tokens/                         time stamps of trusted third parties
"""

import contextlib
import os
import re
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from domain.finding import EvidenceFile
from evidence.chain import Chain, Link
from evidence.digest import digests_of_file, document, sha256, sha256_of_file
from evidence.disk import copy_new, files_under, sync_folder, write_new
from evidence.keys import SigningKey, obtain_key
from evidence.record import EvidenceRecord, facts_of
from evidence.scratch import clear_scratch, scratch_folder
from evidence.twins import Twins

FORMAT = "govwatch-evidence/1"
MANIFEST, RECORD, BODIES = "manifest.json", "record.json", "bodies.txt"
RUNS, TOKENS = "runs", "tokens"
BODY_FOLDER = "bodies"
DIGEST = re.compile(rb"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")
_NAMED = re.compile(rb"[\"/]([0-9a-f]{64})(?![0-9a-f])")
"""A digest as files of a run name it: as a string, or at the end of a path."""

WALKS = "sites"
"""The folder of a run with what was walked, a file a site."""

_NAMED_IN_WALK = re.compile(rb'":"([0-9a-f]{64})"')
"""The same in a walk, whose lines are many and name bodies as values of keys only."""

NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,119}")

KINDS = (
    ("sealed-", "sealed"),
    ("screenshot", "screenshot"),
    ("marked", "marked"),
    ("preview", "preview"),
    ("headers", "headers"),
    ("record", "record"),
    ("manifest", "manifest"),
    ("page.warc", "warc"),
    ("page.", "html"),
    ("http.", "html"),
    ("dom.", "dom"),
    ("frame-", "dom"),
)
"""A file's kind by the beginning of its name; everything else is a "file"."""


class EvidenceError(ValueError):
    """Evidence that cannot be sealed as asked; the message says why in Chinese."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovery:
    """What a start found of an interrupted seal: folders cleared away, and what it left for a person."""

    cleared: tuple[str, ...] = ()
    rolled_back: bool = False


def kind_of(name: str) -> str:
    """The kind of a file of evidence by its name."""
    return next((kind for start, kind in KINDS if name.startswith(start)), "file")


class EvidenceStore:
    """Seals evidence in a data folder. Several processes may seal at once."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.chain = Chain(data)
        self._twins = Twins()

    def seal(self, record: EvidenceRecord, files: Mapping[str, bytes | Path]) -> tuple[EvidenceFile, ...]:
        """Keeps a finding's files for good; gives them with paths relative to the data folder.

        Nothing is there before all of it is: a kill at any moment leaves no folder that counts.
        Raises EvidenceError for names that make no file, ChainError or KeyTroubleError when the chain
        cannot be continued, OSError when the disk refuses.
        """
        facts = facts_of(record)
        content = {**files, RECORD: document(facts)}
        brief = {
            name: facts[name]
            for name in ("check", "unit", "unit_name", "target", "subject", "url", "summary", "outcome")
        }
        brief |= {"captured_at": facts["captured_at_local"], "program": record.versions.program}
        parent = f"{record.assessment_year}/{_safe(record.finding)}"
        return self._keep("finding", record.finding, parent, record.captured_at, content, brief)

    def seal_run(
        self,
        run: str,
        folder: Path,
        at: datetime,
        *,
        bodies: Iterable[str] | None = None,
        facts: Mapping[str, Any] | None = None,
    ) -> tuple[EvidenceFile, ...]:
        """Seals every file of a run's folder where it lies, and names the bodies that it rests on.

        `folder` must lie in the data folder; `bodies` are SHA-256 digests, by default every kept body
        that a file of the run names. A run sealed again (it was resumed) is judged by its last seal.
        Raises as `seal` does.
        """
        files = [path for path in files_under(folder) if path.is_file()]
        sealed = [self._outside(path) for path in files]
        named = self._bodies_named_in(files) if bodies is None else set(bodies)
        names = "".join(f"{name}\n" for name in sorted(named))
        brief = dict(facts or {}) | {"folder": folder.relative_to(self.data).as_posix()}
        content: dict[str, bytes | Path] = {BODIES: names.encode()}
        return self._keep("run", run, f"{RUNS}/{_safe(run)}", at, content, brief, sealed)

    def note_access(self, finding: str, path: str, who: str, why: str, at: datetime) -> None:
        """Writes into the chain who looked at a sealed raw file of a leak, and why."""
        file = self.data / path
        with self.chain.locked():
            key = self._ready()
            link = self.chain.next_link(at, "access", finding, path, sha256_of_file(file), f"{who}：{why}")
            self.chain.append(link, key)

    def note_removal(self, link: Link, at: datetime, reason: str) -> None:
        """Writes into the chain that a seal is removed by rule; its folder may go afterwards."""
        folder = link.path.removesuffix(f"/{MANIFEST}")
        with self.chain.locked():
            key = self._ready()
            removed = self.chain.next_link(at, "pruned", str(link.seq), folder, link.sha256, reason)
            self.chain.append(removed, key)

    def add_token(self, of: int, token: bytes, at: datetime) -> str:
        """Keeps a third party's time stamp over a line of the chain; gives its path."""
        name = f"{of:08d}-{sha256(token)[:12]}.tsr"
        path = self.chain.folder / TOKENS / name
        relative = path.relative_to(self.data).as_posix()
        with self.chain.locked():
            key = self._ready()
            link = self.chain.next_link(at, "timestamp", str(of), relative, sha256(token))
            self.chain.announce(relative, link)
            path.parent.mkdir(parents=True, exist_ok=True)
            write_new(path, token)
            sync_folder(path.parent)
            self.chain.append(link, key)
            self.chain.done()
        return relative

    def recover(self) -> Recovery:
        """Clears away what killed processes left unfinished; sealed evidence is never touched."""
        cleared = clear_scratch(self.chain.folder) + self._finish_removals()
        if self.chain.pending() is None:
            return Recovery(cleared=cleared)
        with self.chain.locked():
            return Recovery(cleared=cleared, rolled_back=self._roll_back())

    def _finish_removals(self) -> tuple[str, ...]:
        """Removes folders whose removal is on record and was interrupted."""
        left = [link.path for link in self.chain.links() if link is not None and link.kind == "pruned"]
        found = tuple(path for path in left if self._is_seal(path) and (self.data / path).is_dir())
        for path in found:
            shutil.rmtree(self.data / path, ignore_errors=True)
            _drop_empty((self.data / path).parent, self.chain.folder)
        return found

    def _is_seal(self, path: str) -> bool:
        return self.chain.folder in (self.data / path).resolve().parents

    def _keep(
        self,
        kind: str,
        of: str,
        parent: str,
        at: datetime,
        content: Mapping[str, bytes | Path],
        facts: Mapping[str, Any],
        sealed: Iterable[Mapping[str, Any]] = (),
    ) -> tuple[EvidenceFile, ...]:
        with scratch_folder(self.chain.folder) as scratch:
            rows = [_put(scratch, name, content[name], self._twins) for name in sorted(content)]
            manifest = document(
                {
                    "format": FORMAT,
                    "kind": kind,
                    "id": of,
                    "created": at.isoformat(),
                    "facts": dict(facts),
                    "files": rows,
                    "sealed": list(sealed),
                }
            )
            write_new(scratch / MANIFEST, manifest)
            sync_folder(scratch)
            folder = self._publish(scratch, kind, of, parent, at, sha256(manifest))
        self._twins.note(folder, rows)
        place = folder.relative_to(self.data).as_posix()
        rows.append({"name": MANIFEST, "sha256": sha256(manifest), "size": len(manifest)})
        return tuple(
            EvidenceFile(
                kind=kind_of(row["name"]),
                path=f"{place}/{row['name']}",
                sha256=row["sha256"],
                captured_at=at,
                size=row["size"],
            )
            for row in rows
        )

    def _publish(self, scratch: Path, kind: str, of: str, parent: str, at: datetime, digest: str) -> Path:
        with self.chain.locked():
            key = self._ready()
            folder = self._free(self.chain.folder / parent, at)
            relative = folder.relative_to(self.data).as_posix()
            link = self.chain.next_link(at, kind, of, f"{relative}/{MANIFEST}", digest)
            self.chain.announce(relative, link)
            folder.parent.mkdir(parents=True, exist_ok=True)
            os.rename(scratch, folder)
            sync_folder(folder.parent)
            self.chain.append(link, key)
            self.chain.done()
        return folder

    def _ready(self) -> SigningKey:
        """The key, after undoing what an interrupted seal left. The chain must be locked."""
        if self.chain.pending() is not None:
            self._roll_back()
        return obtain_key(self.data, may_create=self.chain.head() is None and self.chain.length() == 0)

    def _roll_back(self) -> bool:
        """Undoes an interrupted seal, or finishes it where only the note was left."""
        pending = self.chain.pending()
        if pending is None:
            return False
        head = self.chain.head()
        named = str(pending.get("folder", ""))
        folder = self.data / named
        sealed = {link.path for link in self.chain.links() if link and link.seq <= (head.seq if head else 0)}
        inside = self.chain.folder in folder.resolve().parents
        if named and inside and not any(path == named or path.startswith(f"{named}/") for path in sealed):
            shutil.rmtree(folder, ignore_errors=True)
            with contextlib.suppress(OSError):
                folder.unlink()
            _drop_empty(folder.parent, self.chain.folder)
        self.chain.cut_to(head.length if head else 0)
        self.chain.done()
        return True

    def _free(self, parent: Path, at: datetime) -> Path:
        stamp = at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
        folder, number = parent / stamp, 1
        while folder.exists():
            number += 1
            folder = parent / f"{stamp}-{number}"
        return folder

    def _bodies_named_in(self, files: Iterable[Path]) -> set[str]:
        """The digests written in some files that are names of kept bodies."""
        named: set[bytes] = set()
        for path in files:
            pattern = _NAMED_IN_WALK if path.parent.name == WALKS else _NAMED
            with path.open("rb") as file:
                for row in file:
                    named.update(pattern.findall(row))
        bodies = str(self.data / BODY_FOLDER)
        return {
            name
            for name in map(bytes.decode, named)
            if os.path.exists(f"{bodies}/{name[:2]}/{name}") or os.path.exists(f"{bodies}/{name}")
        }

    def _outside(self, path: Path) -> dict[str, Any]:
        name = path.relative_to(self.data).as_posix()
        return {"name": name, "sha256": sha256_of_file(path), "size": path.stat().st_size}


def _put(folder: Path, name: str, content: bytes | Path, twins: Twins) -> dict[str, Any]:
    path = folder / _safe(name)
    if name == MANIFEST:
        raise EvidenceError(f"佐证文件不能叫 {MANIFEST}")
    if isinstance(content, Path):
        copy_new(content, path)
    elif not twins.link(content, path):
        write_new(path, content)
    return {"name": name, "kind": kind_of(name), "size": path.stat().st_size} | digests_of_file(path)


def _safe(name: str) -> str:
    if not NAME.fullmatch(name):
        raise EvidenceError(f"不能用作佐证文件夹或文件的名称：{name!r}")
    return name


def _drop_empty(folder: Path, root: Path) -> None:
    """Removes folders that an undone seal left empty, up to the evidence folder."""
    while folder != root and root in folder.parents:
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent
