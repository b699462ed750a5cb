"""The chain: one line for each seal, each holding the digest of the line before; its head is signed.

evidence/chain.jsonl   {"at", "id", "kind", "note", "path", "prev", "seq", "sha256"}, one a line
evidence/head.json     {"head": TEXT, "signature": HEX}: which line is the last, signed with keys/

A line's digest is the SHA-256 of its bytes without the line break, so that `sha256sum` can follow the
chain. Altering, removing, adding or reordering lines breaks the links; cutting lines off the end
contradicts the signed head.
"""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from evidence.digest import document, line, parsed, sha256
from evidence.disk import write_whole
from evidence.keys import SigningKey, fingerprint

FOLDER = "evidence"
CHAIN, HEAD, LOCK, PENDING = "chain.jsonl", "head.json", ".lock", ".pending.json"

START = "0" * 64
"""What the first line holds in the place of a digest."""

LOCK_S = 120.0
KINDS = frozenset({"finding", "run", "timestamp", "pruned", "access"})


class ChainError(Exception):
    """The chain cannot be continued as it stands; the message says why in Chinese."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One line. `kind` finding or run: `path` is the manifest, `sha256` its digest; timestamp: the token's
    file; pruned: the folder that was removed by rule, its manifest's digest and in `id` the line that
    had sealed it; access: who looked at a sealed raw file, in `note`."""

    seq: int
    prev: str
    at: str
    kind: str
    id: str
    path: str
    sha256: str
    note: str = ""

    def encoded(self) -> bytes:
        """The line's bytes, without the line break."""
        return line({name: getattr(self, name) for name in self.__slots__})

    @property
    def digest(self) -> str:
        """What the next line holds as `prev`."""
        return sha256(self.encoded())


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The last line of the chain: its number, its digest, the chain's length in bytes, the signing key."""

    seq: int
    line: str
    length: int
    at: str
    key: str

    def text(self) -> str:
        """What is signed, and can be printed or published."""
        return (
            "govwatch evidence head\n"
            f"seq {self.seq}\nline {self.line}\nlength {self.length}\nat {self.at}\nkey {self.key}\n"
        )


def read_link(content: bytes) -> Link | None:
    """A link from a line's bytes; None unless they are exactly what we write."""
    value = parsed(content, line)
    if not isinstance(value, dict) or set(value) != set(Link.__slots__):
        return None
    kinds = {"seq": int}
    if any(type(value[name]) is not kinds.get(name, str) for name in value):
        return None
    return Link(**value) if value["kind"] in KINDS else None


def read_head(content: bytes) -> tuple[Head, bytes] | None:
    """The head and its signature; None unless the file is exactly what we write."""
    value = parsed(content, document)
    if not isinstance(value, dict) or set(value) != {"head", "signature"}:
        return None
    try:
        rows = dict(row.split(" ", 1) for row in value["head"].splitlines()[1:])
        head = Head(
            seq=int(rows["seq"]),
            line=rows["line"],
            length=int(rows["length"]),
            at=rows["at"],
            key=rows["key"],
        )
        signature = bytes.fromhex(value["signature"])
    except (AttributeError, KeyError, TypeError, ValueError):
        return None
    if head.text() != value["head"] or signature.hex() != value["signature"]:
        return None
    return head, signature


class Chain:
    """The chain of one data folder. Everything that writes happens under `locked`."""

    def __init__(self, data: Path) -> None:
        self.folder = data / FOLDER
        self.path = self.folder / CHAIN
        self.head_path = self.folder / HEAD
        self.pending_path = self.folder / PENDING

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Holds the chain against every other process and thread. Raises ChainError after two minutes."""
        self.folder.mkdir(parents=True, exist_ok=True)
        try:
            with FileLock(self.folder / LOCK, timeout=LOCK_S, thread_local=False):
                yield
        except Timeout as error:
            raise ChainError(f"证据链被另一个程序占用超过 {LOCK_S:.0f} 秒：{self.folder / LOCK}") from error

    def head(self) -> Head | None:
        """The head as it stands, None before the first seal. Raises ChainError when it is damaged."""
        if not self.head_path.exists():
            return None
        found = read_head(self.head_path.read_bytes())
        if found is None:
            raise ChainError(f"证据链的签名文件已损坏：{self.head_path}，请先运行 govwatch evidence verify")
        return found[0]

    def length(self) -> int:
        """The chain's length in bytes."""
        return self.path.stat().st_size if self.path.exists() else 0

    def next_link(self, at: datetime, kind: str, of: str, path: str, digest: str, note: str = "") -> Link:
        """The line that would come next. Raises ChainError when the chain is not what its head says."""
        head = self.head()
        if self.length() != (head.length if head else 0):
            raise ChainError(f"证据链与其签名不符：{self.path}，请先运行 govwatch evidence verify")
        return Link(
            seq=head.seq + 1 if head else 1,
            prev=head.line if head else START,
            at=at.isoformat(),
            kind=kind,
            id=of,
            path=path,
            sha256=digest,
            note=note,
        )

    def append(self, link: Link, key: SigningKey) -> None:
        """Writes the line, then the signed head; a kill between leaves a line that the head denies."""
        content = link.encoded() + b"\n"
        with self.path.open("ab") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        head = Head(
            seq=link.seq,
            line=link.digest,
            length=self.length(),
            at=link.at,
            key=fingerprint(key.public_pem),
        )
        self.write_head(head, key)

    def write_head(self, head: Head, key: SigningKey) -> None:
        """Signs a head and puts it in the place of the former."""
        signature = key.sign(head.text().encode()).hex()
        write_whole(self.head_path, document({"head": head.text(), "signature": signature}))

    def cut_to(self, length: int) -> None:
        """Takes off what an interrupted seal left behind the signed end."""
        if self.length() > length:
            with self.path.open("rb+") as file:
                file.truncate(length)
                os.fsync(file.fileno())

    def links(self) -> Iterator[Link | None]:
        """Every line in order; None for one that cannot be read."""
        if self.path.exists():
            with self.path.open("rb") as file:
                for content in file:
                    yield read_link(content.removesuffix(b"\n")) if content.endswith(b"\n") else None

    def announce(self, folder: str, link: Link) -> None:
        """Notes what is about to be done, so that the next start can undo it."""
        write_whole(self.pending_path, document({"folder": folder, "link": asdict(link)}))

    def done(self) -> None:
        """Takes the note away."""
        self.pending_path.unlink(missing_ok=True)

    def pending(self) -> Mapping[str, Any] | None:
        """The note of an interrupted seal, None when there is none; empty when it cannot be read."""
        try:
            value = json.loads(self.pending_path.read_bytes())
        except FileNotFoundError:
            return None
        except ValueError:
            return {}
        return value if isinstance(value, dict) else {}
