"""One process writes a data folder. The lock is the system's: it falls with the process, come what may."""

import os
from pathlib import Path
from types import TracebackType
from typing import IO

from storage.faults import StoreError

LOCK_NAME = "govwatch.lock"


class DataLock:
    """Holds a data folder for this process, as a context manager or between `hold` and `release`."""

    def __init__(self, data: Path, what: str = "巡检", *, shared: bool = False) -> None:
        """`what` says in Chinese what the holder does. Any number may hold it `shared`, or one alone."""
        self.path = data / LOCK_NAME
        self.what = what
        self.shared = shared
        self._file: IO[str] | None = None

    def hold(self) -> None:
        """Takes the lock. Raises StoreError naming the process that has it."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            file = self.path.open("a+", encoding="utf-8")
        except OSError as error:
            folder = self.path.parent
            raise StoreError(f"数据文件夹“{folder}”不能写入（{error.strerror}），请检查路径和权限") from error
        if not _try_lock(file, self.shared):
            holder = _read(self.path)
            file.close()
            raise StoreError(
                f"数据文件夹“{self.path.parent}”正被另一个进程使用（{holder}），请等它结束，或换一个数据文件夹"
            )
        file.truncate(0)
        file.write(f"进程号 {os.getpid()}，{self.what}\n")
        file.flush()
        self._file = file

    def release(self) -> None:
        """Gives the lock back; the file stays, so that no two processes lock different ones."""
        if self._file is not None:
            if not self.shared:
                self._file.truncate(0)
            self._file.close()
            self._file = None

    def __enter__(self) -> "DataLock":
        """Holds it."""
        self.hold()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Releases it."""
        self.release()


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip() or "进程号未知"
    except OSError:
        return "进程号未知"


def _try_lock(file: IO[str], shared: bool) -> bool:
    try:
        import fcntl
    except ImportError:  # Windows, which is no place for many workers: each holds it alone
        return _try_lock_windows(file)
    try:
        fcntl.flock(file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _try_lock_windows(file: IO[str]) -> bool:
    import importlib

    msvcrt = importlib.import_module("msvcrt")
    file.seek(2**30)  # a byte beyond the text, so that others can read who holds it
    try:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    except OSError:
        return False
    finally:
        file.seek(0)
    return True
