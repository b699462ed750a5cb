"""The processes that judge: tasks go out, results come in as they are done. A crash costs one task."""

import os
import pickle
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from scheduler.frames import receive, receive_closed, send
from scheduler.tasks import Brief, Failed, Result, Task

PATIENCE_S = 900.0
"""Seconds after which a process that has not answered is ended as stuck."""

TRIES = 2
"""A task whose process died under it is given once more, to a fresh one."""

DIED = "判定进程异常退出，重试后仍未能完成"
GRACE_S = 5.0

WORTH_A_SEAT = 4
"""Tasks that wait for each process before a further one is begun: that takes as long as some of them."""


@dataclass(frozen=True, slots=True)
class Closed:
    """A result as it came: many may wait, and opened they would fill the memory."""

    body: bytes

    def open(self) -> Result:
        """The result."""
        result: Result = pickle.loads(self.body)
        return result


Deliver = Callable[[Task, Closed], None]


class _GetReady:
    """Tells a process to start, though there is no task yet."""


_READY = _GetReady()
_Word = Task | _GetReady | None
"""What goes out: a task, to get ready, or (None) that there are no more."""


class Jury:
    """Some processes and the tasks that wait for them. Used as a context manager.

    A process starts with its first task, or when it is told to get ready. Who listens is told each task and
    its result, by a thread of the jury's own: see `heard_by`.
    """

    def __init__(self, brief: Brief, *, most: int | None = None) -> None:
        self._brief = brief
        self._deliver: Deliver = _to_nobody
        self._most = most or os.cpu_count() or 1
        self._tasks: queue.SimpleQueue[_Word] = queue.SimpleQueue()
        self._seats: list[_Seat] = []

    def __enter__(self) -> "Jury":
        self._seat()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for _ in self._seats:
            self._tasks.put(None)
        for seat in self._seats:
            seat.end(at_once=error is not None)

    @contextmanager
    def heard_by(self, deliver: Deliver) -> Iterator["Jury"]:
        """Lets `deliver` hear the results while the context lasts."""
        self._deliver = deliver
        try:
            yield self
        finally:
            self._deliver = _to_nobody

    def ask(self, task: Task) -> None:
        """Gives out a task."""
        self._tasks.put(task)

    def get_ready(self) -> None:
        """Lets a process start before there is a task for it."""
        self._tasks.put(_READY)

    def widen(self) -> None:
        """Lets as many processes judge as there are cores, if enough waits: nothing else needs them now."""
        while len(self._seats) < self._most and self._tasks.qsize() >= WORTH_A_SEAT * len(self._seats):
            self._seat()

    def _seat(self) -> None:
        seat = _Seat(self._brief, self._tasks, lambda task, result: self._deliver(task, result))
        self._seats.append(seat)
        seat.start()


def _to_nobody(task: Task, result: Closed) -> None:
    """What comes after everybody has gone concerns nobody."""


class _Seat(threading.Thread):
    """A thread that keeps one process at work, and replaces it when it died or has grown large."""

    def __init__(self, brief: Brief, tasks: "queue.SimpleQueue[_Word]", deliver: Deliver) -> None:
        super().__init__(daemon=True, name="govwatch-jury")
        self._brief = brief
        self._tasks = tasks
        self._deliver = deliver
        self._process: subprocess.Popen[bytes] | None = None
        self._briefed = False
        self._over = False

    def run(self) -> None:
        """Answers tasks until there are no more."""
        while not self._over:
            task = self._tasks.get()
            if task is None:
                break
            if isinstance(task, _GetReady):
                self._prepare()
                continue
            result = self._answer(task)
            if not self._over:
                self._deliver(task, result)
        self._close()

    def end(self, *, at_once: bool) -> None:
        """Waits until the process is gone; `at_once` does not let it finish what it is at."""
        if at_once:
            self._over = True
            process = self._process
            if process is not None:
                process.kill()
        self.join()

    def _prepare(self) -> None:
        try:
            self._brief_it(self._process or self._start())
        except OSError:
            self._close()  # the first task finds out what is the matter

    def _answer(self, task: Task) -> Closed:
        words = ""
        for _ in range(TRIES):
            if self._over:
                break
            process = self._process or self._start()
            timer = threading.Timer(PATIENCE_S, process.kill)
            timer.start()
            try:
                result, is_large = self._put(process, task)
            except (OSError, EOFError):
                self._close()
                words = f"{DIED}（退出码 {process.returncode}）"
            else:
                if is_large:
                    self._close()
                return result
            finally:
                timer.cancel()
        return Closed(pickle.dumps(Failed(words=words or DIED)))

    def _put(self, process: "subprocess.Popen[bytes]", task: Task) -> tuple[Closed, bool]:
        assert process.stdin is not None
        assert process.stdout is not None
        self._brief_it(process)
        send(process.stdin, task)
        return Closed(receive_closed(process.stdout)), receive(process.stdout)

    def _brief_it(self, process: "subprocess.Popen[bytes]") -> None:
        assert process.stdin is not None
        if not self._briefed:
            send(process.stdin, self._brief)
            self._briefed = True

    def _start(self) -> "subprocess.Popen[bytes]":
        self._briefed = False
        self._process = subprocess.Popen(
            [sys.executable, "-m", "scheduler.juror", str(os.getpid())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,  # an interrupt from the keyboard is the parent's matter
            env={**os.environ, "PYTHONPATH": _search_path(), "PYTHONIOENCODING": "utf-8"},
        )
        return self._process

    def _close(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        for pipe in (process.stdin, process.stdout):
            try:
                if pipe is not None:
                    pipe.close()
            except OSError:
                pass  # it has died already
        try:
            process.wait(GRACE_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _search_path() -> str:
    """Where the child finds this very package, wherever it is run from."""
    here = str(Path(__file__).resolve().parent.parent)
    return os.pathsep.join([here, *filter(None, [os.environ.get("PYTHONPATH", "")])])


class Bench:
    """A jury that is waited for after each task. Used as a context manager."""

    def __init__(self, jury: Jury) -> None:
        self._jury = jury
        self._results: queue.SimpleQueue[Closed] = queue.SimpleQueue()
        self._hearing = ExitStack()

    def __enter__(self) -> "Bench":
        self._hearing.enter_context(self._jury.heard_by(lambda _, result: self._results.put(result)))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._hearing.close()

    def ask(self, task: Task) -> Result:
        """Gives out a task and waits for its result."""
        self._jury.ask(task)
        return self._results.get().open()
