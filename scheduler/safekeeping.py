"""Backup and restore of everything: the data folder, and the database where it lies elsewhere."""

import tempfile
from datetime import datetime
from pathlib import Path

from evidence.backup import Backup, BackupError, backup, restore
from scheduler.sealing import row_problems
from storage.dumping import read_dump, write_dump
from storage.store import Store

DATABASE = "DATABASE.jsonl"
"""In a backup: the database that is no file of the data folder."""


def backup_all(data: Path, out: Path, at: datetime, url: str | None) -> Backup:
    """The data folder and the database at `url` in one file. Raises BackupError, StoreError, OSError."""
    if not url:
        return backup(data, out, at)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / DATABASE
        # The database first: the files that its rows name are there already.
        with Store.open(data, url) as store, copy.open("wb") as lines:
            write_dump(store.engine, lines)
        return backup(data, out, at, beside={DATABASE: copy})


def restore_all(archive: Path, data: Path, url: str | None) -> Backup:
    """Restores a backup into an empty folder and, where it holds a database, into an empty database.

    Both are verified. Raises BackupError, StoreError, OSError.
    """

    def settle(scratch: Path) -> None:
        copy = scratch / DATABASE
        if not copy.exists():
            return
        if not url:
            raise BackupError(
                "这份备份含有 PostgreSQL 数据库：请先新建一个空库，"
                "把 GOVWATCH_DATABASE_URL 设为它的地址，再恢复"
            )
        with copy.open("rb") as lines:
            read_dump(url, lines)
        copy.unlink()
        with Store.open(scratch, url) as store:
            problems = row_problems(store, scratch)
        if problems:
            first = problems[0]
            raise BackupError(f"恢复后的数据库有 {len(problems)} 处与封存的不符：{first.file}：{first.words}")

    return restore(archive, data, settle=settle)
