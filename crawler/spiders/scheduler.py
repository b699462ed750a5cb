"""Scrapy's scheduler seat, taken by the walks: a request is made only when there is room to send it."""

from collections import deque
from typing import Any

from scrapy import Request
from scrapy.core.scheduler import BaseScheduler


class WalkScheduler(BaseScheduler):  # type: ignore[misc,unused-ignore]
    """Asks the spider's desk for the next request."""

    def __init__(self) -> None:
        self._spider: Any = None
        self._extra: deque[Request] = deque()

    def open(self, spider: Any) -> None:
        """Takes the spider whose desk gives the requests."""
        self._spider = spider

    def has_pending_requests(self) -> bool:
        """Whether there is more to do, now or later."""
        return bool(self._extra) or self._spider.has_work()

    def enqueue_request(self, request: Request) -> bool:
        """Takes a request that the engine itself brings."""
        self._extra.append(request)
        return True

    def next_request(self) -> Request | None:
        """The next request; None when all hosts are busy or nothing is due."""
        return self._extra.popleft() if self._extra else self._spider.next_request()
