"""Digests of what is kept, and the one way in which our own JSON files are written."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes

CHUNK = 1 << 20


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


def sm3(content: bytes) -> str:
    """SM3 (GB/T 32905) in hexadecimal; empty where the library does not offer it."""
    try:
        digest = hashes.Hash(hashes.SM3())
    except UnsupportedAlgorithm:
        return ""
    digest.update(content)
    return digest.finalize().hex()


def document(value: Any) -> bytes:
    """JSON for people: sorted, indented, Chinese as it is, one line break at the end."""
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
