"""Runs a command and measures it with all its descendants: seconds, CPU seconds, peak memory."""

import os
import subprocess
import threading
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

SAMPLE_EVERY = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What a command took. `peak` is bytes of resident memory, shared pages counted once per process."""

    seconds: float
    cpu: float
    peak: int
    output: str


def measure(command: list[str], *, cwd: Path, fine: tuple[int, ...] = (0,)) -> Measured:
    """Runs a command to its end. Raises RuntimeError when its exit code is not one of `fine`."""
    before = os.times()
    start = monotonic()
    process = subprocess.Popen(command, cwd=cwd, stdout=subprocess.PIPE, text=True, env=_as_installed())
    watch = _Watch(process.pid)
    output, _ = process.communicate()
    seconds = monotonic() - start
    watch.end()
    if process.returncode not in fine:
        raise RuntimeError(f"{command} ended with {process.returncode}")
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Measured(seconds=seconds, cpu=cpu, peak=watch.peak, output=output)


def _as_installed() -> dict[str, str]:
    """The environment, with modules compiled once and kept, as Python does unless it is told not to."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


class _Watch(threading.Thread):
    """Samples the memory of a process and its descendants (where /proc tells it)."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.peak = 0
        self._pid = pid
        self._over = threading.Event()
        self.start()

    def run(self) -> None:
        while not self._over.wait(SAMPLE_EVERY):
            self.peak = max(self.peak, sum(map(_resident, _family(self._pid))))

    def end(self) -> None:
        """Stops sampling."""
        self._over.set()
        self.join()


def _family(pid: int) -> list[int]:
    found = [pid]
    for parent in found:
        try:
            for task in Path(f"/proc/{parent}/task").iterdir():
                found += [int(child) for child in (task / "children").read_text().split()]
        except OSError:
            continue
    return found


def _resident(pid: int) -> int:
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0
