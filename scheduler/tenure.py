"""Holding a target while one works at it: signs of life, and an end at once when it was given to another."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

from storage.faults import StoreError
from storage.leases import FenceError, Lease
from storage.lock import DataLock
from storage.store import Store

BEATS = 5
"""Signs of life within the time after which a silent holder loses its target."""

LOOK_S = 1.0
"""Seconds between two looks whether somebody still has the data folder for himself."""

StillOurs = Callable[[], None]
"""Raises FenceError when the target was given to another."""


@contextmanager
def holding(
    store: Store, lease: Lease, lease_s: float, on_loss: Callable[[], None] | None = None
) -> Iterator[StillOurs]:
    """Gives signs of life in a thread as long as the work goes on, and the target back afterwards.

    A holder that cannot reach the database for `lease_s` seconds counts as having lost the target: another
    may have it by then. `on_loss` is called at once, in the thread.
    """
    over, lost = threading.Event(), threading.Event()

    def give_signs() -> None:
        heard = monotonic()
        while not over.wait(lease_s / BEATS):
            try:
                ours = store.beat_lease(lease)
                heard = monotonic() if ours else heard
            except StoreError:
                ours = monotonic() - heard < lease_s
            if not ours:
                lost.set()
                if on_loss is not None:
                    on_loss()
                return

    def still_ours() -> None:
        if lost.is_set():
            raise FenceError(f"“{lease.name}”已交由另一工作进程办理，本次作废")

    thread = threading.Thread(target=give_signs, name="signs of life", daemon=True)
    thread.start()
    try:
        yield still_ours
    finally:
        over.set()
        thread.join(lease_s)
        store.release_lease(lease)


@contextmanager
def sharing(data: Path, still_ours: StillOurs) -> Iterator[None]:
    """The data folder together with others at work, once nobody has it for himself (a scan, a prune)."""
    lock = DataLock(data, "工作进程", shared=True)
    pause = threading.Event()
    while True:
        still_ours()
        try:
            lock.hold()
            break
        except StoreError:
            pause.wait(LOOK_S)
    try:
        yield
    finally:
        lock.release()
