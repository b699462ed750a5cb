"""Files that are there whole or not at all, whatever moment the power goes."""

import contextlib
import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

SCRATCH = ".tmp"
"""Folder of unfinished work beside what is kept; nothing in it is evidence."""


def write_whole(path: Path, content: bytes, *, mode: int = 0o644) -> None:
    """Writes a file under another name, forces it to the disk and renames it into place."""
    partial = path.with_name(f".{path.name}.partial")
    with contextlib.suppress(FileNotFoundError):
        partial.unlink()
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(partial, path)
    sync_folder(path.parent)


def write_new(path: Path, content: bytes) -> None:
    """Writes a file that must not exist yet and forces it to the disk."""
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def copy_new(source: Path, path: Path) -> None:
    """Copies a file's content to a file that must not exist yet and forces it to the disk."""
    with source.open("rb") as original, path.open("xb") as file:
        shutil.copyfileobj(original, file, 1 << 20)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Forces a folder's list of names to the disk, where the system can."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def files_under(folder: Path) -> Iterator[Path]:
    """Every name under a folder that is not a folder itself, links and devices too, in order.

    Folders without anything in them are given as well: they are not ours either.
    """
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except (FileNotFoundError, NotADirectoryError):
        return
    for entry in entries:
        path = Path(entry.path)
        if entry.is_dir(follow_symlinks=False):
            inner = list(files_under(path))
            yield from inner or [path]
        else:
            yield path


def is_plain_file(path: Path) -> bool:
    """Whether it is a regular file, not a link or a device."""
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False
