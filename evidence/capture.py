"""The pool: many looks at once over a few browsers, for callers that know nothing of event loops."""

import asyncio
import contextlib
import logging
import threading
from collections import deque
from collections.abc import Collection, Coroutine, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import replace
from types import TracebackType
from typing import Any, TypeVar

from playwright.async_api import Error

from domain.outcome import Frame
from domain.snapshot import FetchStatus, Snapshot, Via
from evidence.browser import BrowserFound, first_line
from evidence.fleet import Fleet
from evidence.look import CaptureOptions, Clock, Look, LookRequest
from evidence.report import place_of
from evidence.session import BrowserLost

T = TypeVar("T")

log = logging.getLogger(__name__)

TRIES = 2
"""A look whose browser died under it is tried once more in a new one."""

SILENCES, HASTE_S = 3, 8.0
"""After so many looks in a row that a host did not answer, the next ones wait only so long."""

SPARE_S = 90.0
"""How much longer than a look's own limits a caller waits, while none at all ends, before giving up."""


class BrowserPool:
    """Looks at pages through browsers. Used as a context manager; one bad page never ends the work.

    `clock` gives the present instant. All public methods may be called from any thread.
    """

    def __init__(self, found: BrowserFound, clock: Clock, options: CaptureOptions | None = None) -> None:
        self._found = found
        self._clock = clock
        self._options = options or CaptureOptions()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._serve, name="govwatch-browsers", daemon=True)
        self._hosts: dict[str, asyncio.Semaphore] = {}
        self._next_start: dict[str, float] = {}
        self._silent: dict[str, int] = {}
        self._ended = 0

    def __enter__(self) -> "BrowserPool":
        self._thread.start()
        self._call(self._open()).result(30)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with contextlib.suppress(TimeoutError):
            self._call(self._shut()).result(60)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(30)
        if not self._thread.is_alive():
            self._loop.close()

    def look(
        self, url: str, frame: Frame | None = None, *, picture: bool = True, masks: tuple[str, ...] = ()
    ) -> Look:
        """Looks at one address. Never raises for the world: the look's snapshot says how it ended."""
        request = LookRequest(url=url, frame=frame, picture=picture, masks=masks)
        future = self.submit(request)
        self._some_of([future])
        return self._outcome(request, future)

    def submit(self, request: LookRequest) -> "Future[Look]":
        """Begins a look; the future gives it."""
        return self._call(self._look(request))

    def look_many(self, requests: Iterable[LookRequest]) -> Iterator[tuple[LookRequest, Look]]:
        """Looks at many addresses, as they are done; never more under way than memory allows."""
        queue = deque(requests)
        under_way: dict[Future[Look], LookRequest] = {}
        while queue or under_way:
            while queue and len(under_way) < self._options.pages * 2:
                request = queue.popleft()
                under_way[self.submit(request)] = request
            done = self._some_of(under_way)
            for future in done or list(under_way):
                request = under_way.pop(future)
                yield request, self._outcome(request, future)

    def pdf(self, html: str, *, seconds: float = 30.0) -> bytes:
        """Prints a document of ours to PDF (A4). Raises BrowserLost when no browser does it."""
        return self._call(self._pdf(html, seconds)).result(seconds * TRIES + SPARE_S)

    def pids(self) -> list[int]:
        """Process ids of the browsers that run now."""

        async def ask() -> list[int]:
            return self._fleet.pids()

        return self._call(ask()).result(30)

    def launched(self) -> int:
        """How many browsers were launched so far."""
        return self._fleet.launched

    def _serve(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.set_exception_handler(_quietly)
        self._loop.run_forever()

    def _call(self, work: Coroutine[Any, Any, T]) -> "Future[T]":
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    def _patience(self) -> float:
        return self._options.total_s * TRIES * 2 + SPARE_S

    def _some_of(self, futures: "Collection[Future[Look]]") -> "set[Future[Look]]":
        """Those that ended, at least one; none where the pool stands still.

        Looks that others asked for may be before these in the queue: while any end, these are waited for.
        """
        while True:
            ended = self._ended
            done, _ = wait(futures, timeout=self._patience(), return_when=FIRST_COMPLETED)
            if done or ended == self._ended:
                return done

    def _outcome(self, request: LookRequest, future: "Future[Look]") -> Look:
        try:
            return future.result(0)
        except Exception as error:
            future.cancel()
            log.error("look at %s failed: %s", request.url, first_line(error), exc_info=error)
            return self._nothing(request, FetchStatus.UNRENDERED, f"取证程序出错：{first_line(error)}")

    async def _open(self) -> None:
        self._fleet = Fleet(self._found, self._options, self._clock)
        self._places = asyncio.Semaphore(self._options.pages)
        await self._fleet.start()

    async def _shut(self) -> None:
        await self._fleet.stop()
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await self._loop.shutdown_asyncgens()

    async def _look(self, request: LookRequest) -> Look:
        if not request.url.startswith(("http://", "https://")):
            return self._nothing(request, FetchStatus.REFUSED, "只访问 http 和 https 地址")
        host = place_of(request.url)[0]
        turn = self._hosts.setdefault(host, asyncio.Semaphore(self._options.per_host))
        async with turn:
            await self._wait_for_turn(host)
            async with self._places:
                if self._silent.get(host, 0) >= SILENCES:
                    request = replace(request, navigate_s=HASTE_S)
                look = await self._look_with_retry(request)
                if _unanswered(look) and not self._silent.get(host):
                    look = await self._look_with_retry(request)
                silent = look.snapshot.status in (FetchStatus.TIMEOUT, FetchStatus.UNREACHABLE)
                self._silent[host] = self._silent.get(host, 0) + 1 if silent else 0
                self._ended += 1
                return look

    async def _wait_for_turn(self, host: str) -> None:
        """Keeps looks at one host `host_pause_s` apart."""
        pause = self._options.host_pause_s
        if pause <= 0:
            return
        now = self._loop.time()
        start = max(now, self._next_start.get(host, now))
        self._next_start[host] = start + pause
        await asyncio.sleep(start - now)

    async def _look_with_retry(self, request: LookRequest) -> Look:
        why = ""
        for _ in range(TRIES):
            try:
                return await self._fleet.look(request)
            except BrowserLost as lost:
                why = str(lost)
        return self._nothing(request, FetchStatus.UNRENDERED, f"浏览器未能呈现页面：{why}")

    async def _pdf(self, html: str, seconds: float) -> bytes:
        why = ""
        for _ in range(TRIES):
            try:
                browser = await self._fleet.browser()
                context = await browser.new_context(java_script_enabled=False, offline=True)
                try:
                    page = await context.new_page()
                    await page.set_content(html, timeout=seconds * 1000)
                    work = page.pdf(format="A4", print_background=True, prefer_css_page_size=True)
                    return await asyncio.wait_for(work, seconds)
                finally:
                    await context.close()
            except (Error, TimeoutError) as error:
                why = first_line(error)
        raise BrowserLost(f"浏览器未能生成 PDF：{why}")

    def _nothing(self, request: LookRequest, status: FetchStatus, detail: str) -> Look:
        snapshot = Snapshot(
            url=request.url,
            final_url=request.url,
            status=status,
            fetched_at=self._clock(),
            via=Via.BROWSER,
            detail=detail,
        )
        return Look(snapshot=snapshot)


def _unanswered(look: Look) -> bool:
    """Whether the server did not answer in time, which a busy machine or line may be the cause of."""
    return look.snapshot.status is FetchStatus.TIMEOUT and look.snapshot.http_status is None


def _quietly(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """What nobody awaited after a browser died is a line in the log, no more."""
    log.debug("browser loop: %s", context.get("message"), exc_info=context.get("exception"))
