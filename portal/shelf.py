"""What is reckoned once and kept: a shelf holds so many things and lets go of what was not used longest."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

T = TypeVar("T")


class Shelf:
    """Things by name. Threads may share it; two that want the same at once both reckon, and that is fine."""

    def __init__(self, most: int) -> None:
        """For at most so many things."""
        self._most = most
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = Lock()

    def get(self, name: Hashable) -> Any:
        """What is kept under the name; None where nothing is."""
        with self._lock:
            if name in self._kept:
                self._kept.move_to_end(name)
            return self._kept.get(name)

    def fetch(self, name: Hashable, reckon: Callable[[], T]) -> T:
        """What is kept under the name, else what `reckon` gives, which is kept."""
        with self._lock:
            if name in self._kept:
                self._kept.move_to_end(name)
                found: T = self._kept[name]
                return found
        fresh = reckon()
        with self._lock:
            self._kept[name] = fresh
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return fresh
