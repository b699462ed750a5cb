"""A backup restores to the byte, or says what is wrong and leaves nothing."""

import gzip
import io
import shutil
import sqlite3
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidence.backup import BackupError, backup, restore
from evidence.bundle import EvidenceStore
from evidence.digest import document
from evidence.verify import verify
from tests.evidence.sealing import AT, filled, record


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("source")
    filled(data)
    connection = sqlite3.connect(data / "govwatch.db")
    connection.execute("pragma journal_mode=wal")
    connection.execute("create table t (x)")
    connection.execute("insert into t values ('甲')")
    connection.commit()
    connection.close()
    (data / "巡检结果.xlsx").write_bytes(b"workbook")
    return data


@pytest.fixture(scope="module")
def archive(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("out") / "deep" / "backup.tar.gz"
    backup(source, out, AT)
    return out


def contents(data: Path) -> dict[str, bytes]:
    found = {path.relative_to(data).as_posix(): path for path in data.rglob("*") if path.is_file()}
    passing = (".lock", "-wal", "-shm", ".db")
    return {name: path.read_bytes() for name, path in found.items() if not name.endswith(passing)}


def test_everything_comes_back(source: Path, archive: Path, tmp_path: Path) -> None:
    ticks: list[tuple[int, int]] = []
    done = restore(archive, tmp_path / "new" / "data", lambda at, of: ticks.append((at, of)))
    assert contents(tmp_path / "new" / "data") == contents(source)
    connection = sqlite3.connect(tmp_path / "new" / "data" / "govwatch.db")
    assert connection.execute("select x from t").fetchall() == [("甲",)]
    connection.close()
    assert done.verification is not None
    assert done.verification.ok is True
    assert len(ticks) == done.files
    assert (tmp_path / "new" / "data" / "keys" / "evidence.key.pem").stat().st_mode & 0o077 == 0
    assert archive.stat().st_mode & 0o077 == 0


def test_a_restored_folder_can_be_sealed_in(archive: Path, tmp_path: Path) -> None:
    restore(archive, tmp_path / "data")
    EvidenceStore(tmp_path / "data").seal(record("F9"), {})
    assert verify(tmp_path / "data").ok is True


def test_a_database_in_use_is_copied_whole(source: Path, tmp_path: Path) -> None:
    data = tmp_path / "busy"
    shutil.copytree(source, data)
    writer = sqlite3.connect(data / "govwatch.db")
    writer.execute("pragma journal_mode=wal")
    writer.executemany("insert into t values (?)", [(n,) for n in range(1000)])
    writer.commit()
    writer.execute("insert into t values ('not committed')")
    backup(data, tmp_path / "b.tar.gz", AT)
    writer.rollback()
    writer.close()
    restore(tmp_path / "b.tar.gz", tmp_path / "back")
    connection = sqlite3.connect(tmp_path / "back" / "govwatch.db")
    assert connection.execute("select count(*) from t").fetchone() == (1001,)
    connection.close()
    assert not list((tmp_path / "back").glob("*-wal"))


def test_unfinished_work_is_left_out(source: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(source, data)
    (data / "evidence" / ".tmp" / "seal-x").mkdir(parents=True)
    (data / "evidence" / ".tmp" / "seal-x" / "half.png").write_bytes(b"x")
    (data / "bodies" / "ab").mkdir(exist_ok=True)
    (data / "bodies" / "ab" / ".abcd.1.ff").write_bytes(b"x")
    backup(data, tmp_path / "b.tar.gz", AT)
    restore(tmp_path / "b.tar.gz", tmp_path / "back")
    assert contents(tmp_path / "back") == contents(source)


def test_a_place_that_is_not_empty_is_not_overwritten(archive: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").write_bytes(b"precious")
    with pytest.raises(BackupError, match="不是空的"):
        restore(archive, tmp_path)
    empty = tmp_path / "empty"
    empty.mkdir()
    restore(archive, empty)
    assert verify(empty).ok is True


def test_senseless_requests_are_refused(source: Path, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="不存在或是空的"):
        backup(tmp_path / "absent", tmp_path / "b.tar.gz", AT)
    with pytest.raises(BackupError, match="里面"):
        backup(source, source / "b.tar.gz", AT)
    with pytest.raises(BackupError, match="损坏"):
        restore(tmp_path / "absent.tar.gz", tmp_path / "x")
    assert not (tmp_path / "x").exists()


@given(st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_damaged_backup_is_refused_and_leaves_nothing(
    archive: Path, tmp_path_factory: pytest.TempPathFactory, draw: st.DataObject
) -> None:
    original = archive.read_bytes()
    # The last eight bytes are gzip's own sum of what was compared to the byte before them.
    at = draw.draw(st.integers(10, len(original) - 9), label="byte")
    cut = draw.draw(st.booleans(), label="cut")
    place = tmp_path_factory.mktemp("damaged")
    changed = original[:at] if cut else original[:at] + bytes([original[at] ^ 0x10]) + original[at + 1 :]
    (place / "b.tar.gz").write_bytes(changed)
    try:
        restore(place / "b.tar.gz", place / "data")
    except BackupError:
        assert [path.name for path in place.iterdir()] == ["b.tar.gz"]
    else:
        assert verify(place / "data").ok is True


def rewritten(archive: Path, out: Path, change: Callable[[dict[str, bytes]], dict[str, bytes]]) -> Path:
    """The backup with other content and a sound compression, as a forger would write it."""
    with tarfile.open(archive) as old:
        files = {entry.name: old.extractfile(entry) for entry in old}
        content = change({name: file.read() for name, file in files.items() if file is not None})
    with tarfile.open(out, "w:gz") as new:
        for name, value in content.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(value)
            new.addfile(entry, io.BytesIO(value))
    return out


@pytest.mark.parametrize(
    "change",
    [
        lambda files: {**files, "巡检结果.xlsx": b"other"},
        lambda files: {name: value for name, value in files.items() if "xlsx" not in name},
        lambda files: {"extra": b"x", **files},
        lambda files: {name: value for name, value in files.items() if name != "BACKUP.json"},
        lambda files: {**files, "BACKUP.json": b"{}"},
        lambda files: {**files, "BACKUP.json": document({"format": "govwatch-backup/1", "filez": []})},
        lambda files: {**files, "BACKUP.json": document({"format": "govwatch-backup/1", "files": [{}]})},
        lambda files: {"../outside": b"x", **files},
        lambda files: {"/tmp/outside": b"x", **files},
    ],
)
def test_a_forged_backup_is_refused(
    archive: Path, tmp_path: Path, change: Callable[[dict[str, bytes]], dict[str, bytes]]
) -> None:
    forged = rewritten(archive, tmp_path / "forged.tar.gz", change)
    with pytest.raises(BackupError):
        restore(forged, tmp_path / "data")
    assert not (tmp_path / "data").exists()
    assert not (tmp_path / "outside").exists()


def test_altered_evidence_is_not_restored_even_where_the_list_agrees(source: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(source, data)
    next(data.glob("evidence/2026/*/*/page.html")).write_bytes(b"other")
    backup(data, tmp_path / "b.tar.gz", AT)
    with pytest.raises(BackupError, match=r"page\.html"):
        restore(tmp_path / "b.tar.gz", tmp_path / "back")


def test_a_file_that_is_no_backup_is_named(tmp_path: Path) -> None:
    path = tmp_path / "x.tar.gz"
    path.write_bytes(gzip.compress(document({})))
    with pytest.raises(BackupError, match=r"x\.tar\.gz"):
        restore(path, tmp_path / "data")
