"""Folders of unfinished work: locked as long as their maker lives, cleared away by the next start."""

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from evidence.disk import SCRATCH

LOCKED = ".lock"
"""Beside a scratch folder while its maker works in it."""


@contextlib.contextmanager
def scratch_folder(beside: Path) -> Iterator[Path]:
    """A folder for unfinished work on the same disk as `beside`, gone afterwards unless it was renamed."""
    place = beside / SCRATCH
    place.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="seal-", dir=place))
    with FileLock(folder.with_suffix(LOCKED), thread_local=False):
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
            folder.with_suffix(LOCKED).unlink(missing_ok=True)


def clear_scratch(beside: Path) -> tuple[str, ...]:
    """Removes the scratch folders whose makers no longer live; gives their names."""
    return tuple(scratch.name for scratch in sorted(beside.glob(f"{SCRATCH}/*")) if _cleared(scratch))


def _cleared(scratch: Path) -> bool:
    if scratch.suffix == LOCKED:
        if not scratch.with_suffix("").exists():
            scratch.unlink(missing_ok=True)
        return False
    try:
        with FileLock(scratch.with_suffix(LOCKED), timeout=0, thread_local=False):
            shutil.rmtree(scratch, ignore_errors=True)
    except Timeout:
        return False
    scratch.with_suffix(LOCKED).unlink(missing_ok=True)
    return True
