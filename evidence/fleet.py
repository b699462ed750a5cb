"""The browsers: launched when needed, replaced after so many looks, killed when they hang."""

import asyncio
import contextlib
import os
import signal
from dataclasses import dataclass, field, replace

from playwright.async_api import Browser, Error, Playwright, async_playwright

from evidence.browser import BrowserFound, first_line, launch
from evidence.guard import ConnectGuard
from evidence.look import CaptureOptions, Clock, Look, LookRequest
from evidence.session import BrowserLost, LookSession

CLOSE_S = 5.0
LAUNCH_S = 45.0


@dataclass(slots=True, eq=False)
class Berth:
    """One running browser: how many looks it has served and how many are under way."""

    browser: Browser
    session: LookSession
    pid: int | None
    served: int = 0
    under_way: int = 0
    retired: bool = False


@dataclass(slots=True)
class _Seat:
    """A place in the fleet that holds at most one browser that takes new looks."""

    berth: Berth | None = None
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: int = 0


class Fleet:
    """Some browsers behind one guard. All methods belong to one event loop."""

    def __init__(self, found: BrowserFound, options: CaptureOptions, clock: Clock) -> None:
        self._found = found
        self._options = options
        self._clock = clock
        self._guard = ConnectGuard(options.rules)
        self._playwright: Playwright | None = None
        self._driver = asyncio.Lock()
        self._seats = [_Seat() for _ in range(options.browsers)]
        self._all: set[Berth] = set()
        self.launched = 0

    async def start(self) -> None:
        """Opens the guard; the driver and the browsers start with the first look."""
        self._proxy = await self._guard.start()

    async def stop(self) -> None:
        """Closes every browser (kills those that will not), then the driver and the guard."""
        await asyncio.gather(*(self._end(berth) for berth in tuple(self._all)))
        await self._stop_driver()
        await self._guard.stop()

    async def look(self, request: LookRequest) -> Look:
        """One look. Raises BrowserLost when the browser died under it or none could be launched."""
        seat = min(self._seats, key=lambda s: s.waiting + (s.berth.under_way if s.berth else 0))
        berth = await self._board(seat)
        try:
            look = await berth.session.look(request)
            return replace(look, browser=self._found.title())
        except BrowserLost:
            self._retire(seat, berth)
            raise
        finally:
            berth.under_way -= 1
            if berth.session.stuck or not berth.browser.is_connected():
                self._retire(seat, berth)
            if berth.retired and (berth.under_way == 0 or berth.session.stuck):
                await self._end(berth)

    async def browser(self) -> Browser:
        """A live browser, for work other than looks. Raises BrowserLost."""
        seat = self._seats[0]
        berth = await self._board(seat)
        berth.under_way -= 1
        return berth.browser

    def pids(self) -> list[int]:
        """Process ids of the browsers that run."""
        return [berth.pid for berth in self._all if berth.pid is not None]

    async def _board(self, seat: _Seat) -> Berth:
        """A browser with a place taken in it; launches or replaces the seat's where that is due."""
        seat.waiting += 1
        try:
            async with seat.lock:
                berth = seat.berth
                worn = berth is not None and berth.served >= self._options.recycle_after
                if berth is None or worn or not berth.browser.is_connected():
                    if berth is not None:
                        self._retire(seat, berth)
                        if berth.under_way == 0:
                            await self._end(berth)
                    berth = seat.berth = await self._launch()
                berth.served += 1
                berth.under_way += 1
                return berth
        finally:
            seat.waiting -= 1

    def _retire(self, seat: _Seat, berth: Berth) -> None:
        berth.retired = True
        if seat.berth is berth:
            seat.berth = None

    async def _launch(self) -> Berth:
        for attempt in (1, 2):
            try:
                playwright = await self._running_driver()
                browser = await asyncio.wait_for(
                    launch(playwright, self._found.path, self._found.sandbox, self._proxy), LAUNCH_S
                )
                pid = await _pid_of(browser)
            except Exception as error:
                if attempt == 2:
                    raise BrowserLost(f"浏览器不能启动：{first_line(error)}") from error
                await self._stop_driver()
                continue
            break
        self.launched += 1
        session = LookSession(browser, self._guard, self._options, self._clock)
        berth = Berth(browser=browser, session=session, pid=pid)
        self._all.add(berth)
        return berth

    async def _running_driver(self) -> Playwright:
        async with self._driver:
            if self._playwright is None:
                self._playwright = await asyncio.wait_for(async_playwright().start(), LAUNCH_S)
            return self._playwright

    async def _stop_driver(self) -> None:
        async with self._driver:
            playwright, self._playwright = self._playwright, None
            if playwright is not None:
                with contextlib.suppress(Exception):
                    await asyncio.wait_for(playwright.stop(), CLOSE_S)

    async def _end(self, berth: Berth) -> None:
        if berth not in self._all:
            return
        self._all.discard(berth)
        berth.retired = True
        if not berth.browser.is_connected():
            return
        if berth.session.stuck:
            _kill(berth.pid)
        try:
            await asyncio.wait_for(berth.browser.close(), CLOSE_S)
        except (Error, TimeoutError):
            _kill(berth.pid)


async def _pid_of(browser: Browser) -> int | None:
    """The browser's process id, by asking the browser itself, so that a hung one can be killed."""
    try:
        session = await browser.new_browser_cdp_session()
        answer = await session.send("SystemInfo.getProcessInfo")
        await session.detach()
    except Error:
        return None
    for process in answer.get("processInfo", ()):
        if process.get("type") == "browser":
            return int(process["id"])
    return None


def _kill(pid: int | None) -> None:
    """Ends a browser that we launched and that no longer answers."""
    if pid is not None and pid > 1:
        with contextlib.suppress(OSError):
            os.kill(pid, getattr(signal, "SIGKILL", signal.SIGTERM))
