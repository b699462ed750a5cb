"""Files handed in: checked by their first bytes, bounded, kept by their SHA-256, served as downloads."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from fastapi import UploadFile

from portal import passwords
from portal.visitor import Refused
from storage.correspondence import Attachment

MOST_FILES = 5
MOST_BYTES = 10 * 1024 * 1024
ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

STARTS: Mapping[str, tuple[bytes, ...]] = {
    ".pdf": (b"%PDF-",),
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".docx": (ZIP,),
    ".xlsx": (ZIP,),
    ".ofd": (ZIP,),
    ".doc": (OLE,),
    ".xls": (OLE,),
    ".wps": (OLE, ZIP),
    ".et": (OLE, ZIP),
}
"""What a file must begin with, by its ending; other endings are refused."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file that passed: its entry and its bytes."""

    attachment: Attachment
    body: bytes


def read_uploads(files: Sequence[UploadFile]) -> list[Upload]:
    """The files of a form. Raises Refused naming the file that will not do."""
    given = [file for file in files if file.filename]
    if len(given) > MOST_FILES:
        raise Refused(f"一次最多上传 {MOST_FILES} 个附件，现有 {len(given)} 个", 422)
    return [_read(file) for file in given]


def _read(file: UploadFile) -> Upload:
    name = plain_name(file.filename or "")
    ending = PurePosixPath(name).suffix.lower()
    if ending not in STARTS:
        allowed = "、".join(each.lstrip(".") for each in STARTS)
        raise Refused(f"附件“{name}”的类型不能上传。可以上传：{allowed}", 422)
    body = file.file.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        raise Refused(f"附件“{name}”超过 {MOST_BYTES // 1024 // 1024} MB，请压缩后再传", 422)
    if not body.startswith(STARTS[ending]):
        raise Refused(f"附件“{name}”的内容与扩展名 {ending} 不符，请检查文件", 422)
    digest = hashlib.sha256(body).hexdigest()
    entry = Attachment(id=passwords.name(), name=name, sha256=digest, size=len(body))
    return Upload(attachment=entry, body=body)


def plain_name(name: str) -> str:
    """A file's own name without any folder or control character, at most 120 characters."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    text = "".join(c for c in last if c.isprintable() and c not in '<>:"|?*').strip(". ")
    if len(text) <= 120:
        return text or "附件"
    stem, dot, ending = text.rpartition(".")
    return f"{stem[:100]}{dot}{ending[:10]}"


def keep(data: Path, uploads: Sequence[Upload]) -> None:
    """Keeps the bytes under the data folder. Raises OSError."""
    for upload in uploads:
        path = path_of(data, upload.attachment.sha256)
        if path.exists():
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        scratch = path.with_suffix(f".{passwords.name()}.partial")
        scratch.write_bytes(upload.body)
        scratch.replace(path)


def path_of(data: Path, sha256: str) -> Path:
    """Where a kept file lies."""
    return data / "uploads" / sha256[:2] / sha256
