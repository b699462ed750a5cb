"""Digests of what is kept, and the one way in which our own JSON files are written."""

import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes

CHUNK = 1 << 20

_FRACTION = re.compile(rb'(?m)(?:^ *|": )-?\d+[.e]')
"""A number that is no whole one, in its line: the two writers of JSON spell some of these differently."""


def sha256(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def sha256_of_file(path: Path) -> str:
    """SHA-256 of a file in hexadecimal. Raises OSError."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def digests_of_file(path: Path) -> dict[str, str]:
    """SHA-256 and, where the library offers it, SM3 (GB/T 32905) of a file, in hexadecimal, by name."""
    first, second = hashlib.sha256(), _sm3()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            first.update(chunk)
            if second is not None:
                second.update(chunk)
    found = {"sha256": first.hexdigest()}
    return found | {"sm3": second.finalize().hex()} if second is not None else found


def _sm3() -> hashes.Hash | None:
    try:
        return hashes.Hash(hashes.SM3())
    except UnsupportedAlgorithm:
        return None


def document(value: Any) -> bytes:
    """JSON for people: sorted, indented, Chinese as it is, one line break at the end."""
    try:
        quick = msgspec.json.format(msgspec.json.encode(value, order="sorted"), indent=1)
    except (TypeError, ValueError, OverflowError, RecursionError):
        quick = b""
    if quick and not _FRACTION.search(quick):
        return quick + b"\n"
    return (json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def line(value: Any) -> bytes:
    """JSON for one line of a log: sorted, without spaces, without a line break."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def parsed(content: bytes, write: Callable[[Any], bytes]) -> Any:
    """The value in one of our own JSON files; None unless `write` would give exactly these bytes."""
    try:
        value = json.loads(content)
        same = write(value) == content
    except (ValueError, RecursionError):
        return None
    return value if same else None
