"""A limit of time for work on one page that may never end."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class OutOfPatienceError(Exception):
    """The work took longer than allowed."""


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Ends what runs inside after so many seconds by OutOfPatienceError, matching of patterns included.

    Without effect outside the main thread and on systems without timer signals.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, _interrupt)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise OutOfPatienceError
