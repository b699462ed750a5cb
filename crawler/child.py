"""One process of a crawl, as its parent sees it."""

import os
import queue
import subprocess
import sys
import threading
from collections import deque
from pathlib import Path
from time import monotonic
from typing import IO

import msgspec

from crawler.events import Alive, Event, decode_event

GRACE = 5.0
"""Seconds that a process is given to end by itself when its input closes."""

_WORDS = 40


class Ended:
    """The process has ended: nothing more will be heard of it."""


class Child:
    """A running process. `sites` are the numbers of those it has open; `heard_at` its last sign of life."""

    def __init__(
        self,
        *,
        plan: Path,
        folder: Path,
        bodies: Path,
        since: float,
        jobs: int,
        events: "queue.Queue[tuple[Child, Event | Alive | Ended]]",
        alone: bool,
    ) -> None:
        self.jobs = jobs
        self.alone = alone
        self.fed = False
        self.sites: set[int] = set()
        self.heard_at = monotonic()
        self._events = events
        self._words: deque[str] = deque(maxlen=_WORDS)
        arguments = [plan, folder, bodies, repr(since), jobs, os.getpid()]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "crawler", *map(str, arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,  # an interrupt from the keyboard is the parent's matter
            env={**os.environ, "PYTHONPATH": _search_path(), "PYTHONIOENCODING": "utf-8"},
        )
        self._threads = [
            threading.Thread(target=self._hear, args=(self._process.stdout,), daemon=True),
            threading.Thread(target=self._overhear, args=(self._process.stderr,), daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._process.pid

    def give(self, numbers: list[int]) -> None:
        """Hands over sites to walk."""
        self.fed = True
        self.sites.update(numbers)
        self._say("".join(f"{number}\n" for number in numbers))

    def no_more(self) -> None:
        """Tells that no further sites will come."""
        self._say("end\n")

    def kill(self) -> None:
        """Ends the process at once."""
        self._process.kill()

    def close_input(self) -> None:
        """Closes the line, upon which the process ends by itself."""
        try:
            if self._process.stdin is not None:
                self._process.stdin.close()
        except OSError:
            pass  # it has died already

    def end(self) -> None:
        """Closes the line and sees to it that the process is gone."""
        self.close_input()
        try:
            self._process.wait(GRACE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        for thread in self._threads:
            thread.join(GRACE)
        for pipe in (self._process.stdout, self._process.stderr):
            if pipe is not None:
                pipe.close()

    def last_words(self) -> str:
        """How the process ended and the last line it said, for the people who mend the program."""
        code = self._process.poll()
        said = next((line for line in reversed(self._words) if line.strip()), "")
        return f"退出码 {code}" + (f"：{said[:200]}" if said else "")

    def _say(self, text: str) -> None:
        try:
            if self._process.stdin is not None:
                self._process.stdin.write(text.encode())
                self._process.stdin.flush()
        except OSError:
            pass  # it has died: its end will be heard

    def _hear(self, pipe: IO[bytes]) -> None:
        for line in pipe:
            try:
                self._events.put((self, decode_event(line)))
            except msgspec.MsgspecError:
                self._words.append(line.decode("utf-8", "replace").rstrip())
        self._events.put((self, Ended()))

    def _overhear(self, pipe: IO[bytes]) -> None:
        for line in pipe:
            text = line.decode("utf-8", "replace").rstrip()
            self._words.append(text)
            print(text, file=sys.stderr)


def _search_path() -> str:
    """Where the child finds this very package, wherever it is run from."""
    here = str(Path(__file__).resolve().parent.parent)
    return os.pathsep.join([here, *filter(None, [os.environ.get("PYTHONPATH", "")])])
