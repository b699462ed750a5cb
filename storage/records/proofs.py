"""Pictures and documents that are handed in beside a file of records: checked, hashed, kept by their hash."""

import hashlib
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from storage.intake.fields import Unfit

FOLDER = "records"
LARGEST = 50 * 1024 * 1024
PICTURES = {
    ".png": b"\x89PNG",
    ".jpg": b"\xff\xd8\xff",
    ".jpeg": b"\xff\xd8\xff",
    ".webp": b"RIFF",
    ".pdf": b"%PDF",
}
"""Endings that a picture may have, and how such a file begins (a scanned page often comes as PDF)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFile:
    """A file to be kept: where it is now, where it goes (relative to the data folder), its SHA-256."""

    source: Path
    path: str
    sha256: str


def find_picture(written: str, beside: Path) -> KeptFile:
    """The picture of this name beside the file. Raises Unfit when it is not there or is no picture."""
    path = _beside(written, beside)
    if path is None:
        raise Unfit("找不到这个图片文件", "请把图片与本文件放在同一文件夹，并核对文件名")
    begins = PICTURES.get(path.suffix.lower())
    if begins is None:
        raise Unfit("不是图片", f"请用 {'、'.join(PICTURES)} 文件")
    with path.open("rb") as file:
        if not file.read(8).startswith(begins):
            raise Unfit("文件内容与扩展名不符", "请重新导出图片")
    return _kept(path)


def find_document(written: str, beside: Path) -> KeptFile | None:
    """The document of this name beside the file; None where the words are a document's number or title."""
    path = _beside(written, beside)
    return None if path is None else _kept(path)


def keep(file: KeptFile, data: Path) -> None:
    """Copies the file into the data folder; never a half copy under the final name. Raises OSError."""
    place = data / file.path
    if place.exists():
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    half = place.with_name(f"{place.name}.{os.getpid()}.part")
    shutil.copyfile(file.source, half)
    half.replace(place)


def _beside(written: str, beside: Path) -> Path | None:
    root = beside.resolve()
    try:
        path = (root / written).resolve()
        inside = path.is_relative_to(root) and path.is_file()
    except (OSError, ValueError):
        return None
    return path if inside else None


def _kept(path: Path) -> KeptFile:
    if path.stat().st_size > LARGEST:
        raise Unfit(f"文件超过{LARGEST // 2**20}兆字节", "请压缩后再填")
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    ending = path.suffix.lower() if path.suffix.isascii() and len(path.suffix) <= 6 else ""
    return KeptFile(source=path, path=f"{FOLDER}/{digest[:2]}/{digest}{ending}", sha256=digest)
