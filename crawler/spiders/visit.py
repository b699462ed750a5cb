"""An address to be asked for, and the order in which a site's addresses are asked."""

import heapq
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Literal

from domain.snapshot import Hop
from domain.walk import Sighting

Role = Literal["home", "column", "pager", "frame", "article", "attachment", "link", "robots"]

Orders = float
"""Smaller is sooner. The scale is in Order."""


class Order:
    """Where the sorts of address stand in the order of a walk. From ASIDE on it is foreign hosts' turn."""

    HOME = 0.0
    DECLARED = 1.0
    COLUMN = 10.0
    NEEDED_PAGE = 40.0
    ARTICLE = 100.0
    FURTHER_PAGE = 110.0
    LOOSE_ARTICLE = 1000.0
    ASIDE = 2000.0
    LINK = 2001.0


@dataclass(slots=True, eq=False, kw_only=True)
class Visit:
    """One address of a walk and what has become of it.

    `key` is the canonical address. `names` are the link texts from the home page down to this one.
    `list_key` is the first page of the list a further page belongs to, `page_no` its number.
    `candidate` says that the address may be a column: unless it was seen, the walk is not complete.
    `platform` marks the entrance of a disclosure platform on another host. `elsewhere` says that the
    answer came from outside the site. `last` is the sighting of the last try. `due` is the moment
    (seconds of the loop's clock) before which it is not asked. `at`, `hops` and `asked_at` belong to
    the try under way; `counted` says that the budget has it, `taken` that it waits no more.
    """

    url: str
    key: str
    role: Role
    order: Orders
    depth: int = 0
    text: str = ""
    found_on: str | None = None
    names: tuple[str, ...] = ()
    list_key: str = ""
    page_no: int = 1
    candidate: bool = False
    declared: bool = False
    platform: bool = False
    forwards: int = 0
    tries: int = 0
    due: float = 0.0
    taken: bool = False
    counted: bool = False
    elsewhere: bool = False
    last: Sighting | None = None
    at: str = ""
    hops: list[Hop] = field(default_factory=list)
    asked_at: float = 0.0

    @property
    def only_tried(self) -> bool:
        """Whether the address was asked for as a link's target, of which nothing is read."""
        return self.role == "link" and self.taken


def slot_of(url: str) -> str:
    """The `host:port` part of an absolute address: what delays and budgets are counted by."""
    start = url.find("://") + 3
    end = len(url)
    for mark in "/?#":
        at = url.find(mark, start)
        if 0 <= at < end:
            end = at
    return url[start:end].rpartition("@")[2].lower()


class Frontier:
    """The addresses of one site still to be asked, by host and order."""

    def __init__(self) -> None:
        self._heaps: dict[str, list[tuple[float, int, Visit]]] = {}
        self._count = count()
        self._waiting = 0

    def __len__(self) -> int:
        return self._waiting

    def push(self, visit: Visit) -> None:
        """Adds a visit; one that is pushed again with a smaller order comes sooner."""
        heap = self._heaps.setdefault(slot_of(visit.at or visit.url), [])
        heapq.heappush(heap, (visit.order, next(self._count), visit))
        self._waiting += 1

    def pop(self, free: Callable[[str], bool], now: float, before: float = math.inf) -> Visit | None:
        """The first visit in order among the hosts that are free and whose visits are due.

        Only visits of an order smaller than `before` are given.
        """
        best: list[tuple[float, int, Visit]] | None = None
        for slot in list(self._heaps):
            heap = self._heaps[slot]
            while heap and self._is_stale(heap[0]):
                heapq.heappop(heap)
                self._waiting -= 1
            if not heap:
                del self._heaps[slot]
            elif _ready(heap[0], now, before) and (best is None or heap[0] < best[0]) and free(slot):
                best = heap
        if best is None:
            return None
        visit = heapq.heappop(best)[2]
        self._waiting -= 1
        visit.taken = True
        return visit

    def clear(self, slot: str | None = None) -> Iterator[Visit]:
        """Takes out all visits, or those of one host."""
        for name in [slot] if slot is not None else list(self._heaps):
            for entry in self._heaps.pop(name, []):
                self._waiting -= 1
                if not self._is_stale(entry):
                    entry[2].taken = True
                    yield entry[2]

    def next_due(self) -> float | None:
        """The earliest moment at which a waiting visit is due; None when none waits."""
        return min((heap[0][2].due for heap in self._heaps.values() if heap), default=None)

    @staticmethod
    def _is_stale(entry: tuple[float, int, Visit]) -> bool:
        order, _, visit = entry
        return visit.taken or order != visit.order


def _ready(entry: tuple[float, int, Visit], now: float, before: float) -> bool:
    return entry[0] < before and entry[2].due <= now
