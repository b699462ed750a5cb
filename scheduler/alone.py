"""One scheduler for a data folder: a lock on the folder, and a lease in the database for other machines."""

import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from scheduler.desk import NightStore, Place
from storage.faults import StoreError
from storage.leases import Lease
from storage.lock import DataLock

LOCK_NAME = "schedule.lock"
LEASE = "schedule"
PATIENCE = timedelta(seconds=90)
"""A scheduler that gave no sign of life for so long is taken to be dead, also on another machine."""


@contextmanager
def only_one(place: Place) -> Iterator[None]:
    """Holds the data folder against another scheduler. Raises StoreError naming the process that has it."""
    lock = DataLock(place.data, "夜间调度")
    lock.path = place.data / LOCK_NAME
    with lock:
        yield


@contextmanager
def leased(store: NightStore) -> Iterator[Lease]:
    """Holds the database against one on another machine. Raises StoreError naming who has it."""
    node = platform.node()
    standing = next((one.holder for one in store.held_leases() if one.name == LEASE), "")
    # The file lock is ours: whoever held the lease on this machine is dead.
    patience = timedelta(0) if standing.startswith(f"{node}/") else PATIENCE
    lease = store.grant_lease(LEASE, f"{node}/{os.getpid()}", patience)
    if lease is None:
        others = [one for one in store.held_leases() if one.name == LEASE]
        who = others[0].holder if others else "另一进程"
        raise StoreError(f"已有一个夜间调度在运行（{who}）。刚异常退出的，请等{PATIENCE.seconds}秒再启动")
    try:
        yield lease
    finally:
        store.release_lease(lease)
