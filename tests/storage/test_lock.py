"""One process at a time; a killed one leaves no lock behind."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from storage.faults import StoreError
from storage.lock import DataLock

HOLDER = """
import sys
from pathlib import Path
from storage.lock import DataLock
lock = DataLock(Path(sys.argv[1]))
lock.hold()
print("held", flush=True)
sys.stdin.read()
"""


def holder(folder: Path) -> "subprocess.Popen[str]":
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_second_process_is_refused_and_told_who_has_it(tmp_path: Path) -> None:
    process = holder(tmp_path)
    try:
        with pytest.raises(StoreError, match=f"进程号 {process.pid}，巡检"):
            DataLock(tmp_path).hold()
    finally:
        process.communicate()
    with DataLock(tmp_path):
        pass


def test_a_killed_process_leaves_no_lock(tmp_path: Path) -> None:
    process = holder(tmp_path)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    with DataLock(tmp_path):
        assert str(os.getpid()) in (tmp_path / "govwatch.lock").read_text(encoding="utf-8")
    with DataLock(tmp_path):
        pass


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="不能写入"):
        DataLock(tmp_path / "file").hold()


def test_many_share_it_and_nobody_has_it_alone_meanwhile(tmp_path: Path) -> None:
    with DataLock(tmp_path, "工作进程", shared=True):
        with DataLock(tmp_path, "工作进程", shared=True):
            pass
        with pytest.raises(StoreError, match="工作进程"):
            DataLock(tmp_path).hold()
    with DataLock(tmp_path), pytest.raises(StoreError, match="巡检"):
        DataLock(tmp_path, "工作进程", shared=True).hold()
