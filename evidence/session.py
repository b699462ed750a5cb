"""One look at one address in a fresh, forgetful browser context."""

import asyncio

from playwright.async_api import Browser, BrowserContext, Error

from domain.snapshot import FetchStatus
from evidence.browser import first_line
from evidence.guard import ConnectGuard
from evidence.look import CaptureOptions, Clock, Look, LookRequest
from evidence.visit import Ending, Visit

CLOSE_S = 5.0


class BrowserLost(Exception):
    """The browser or the page's process died during a look: to be tried once more in a new one."""


class LookSession:
    """Looks at addresses with one browser. `stuck` says that a page of it would not close."""

    def __init__(self, browser: Browser, guard: ConnectGuard, options: CaptureOptions, clock: Clock) -> None:
        self._browser = browser
        self._guard = guard
        self._options = options
        self._clock = clock
        self.stuck = False

    async def look(self, request: LookRequest) -> Look:
        """Opens the address; once more where that may show what the first time could not.

        A certificate that does not hold is not minded the second time, and the look says so. A document
        that began and never ended is then shown as far as it came. What our own limits cut short (a busy
        machine reads and draws slowly) is tried afresh. Raises BrowserLost when the browser died under
        it; nothing else, whatever the world does.
        """
        look, ending = await self._open(request)
        status = look.snapshot.status
        if status is FetchStatus.TLS_ERROR and "ERR_CERT" in look.snapshot.detail:
            second, _ = await self._open(request, strict=False)
            return look if second.snapshot.status is FetchStatus.TLS_ERROR else second
        if status is FetchStatus.TIMEOUT and ending is Ending.HELD:
            second, _ = await self._open(request, copies=False)
            return second
        if ending is Ending.CUT:
            second, _ = await self._open(request)
            return max(second, look, key=_fullness)
        return look

    async def _open(
        self, request: LookRequest, *, strict: bool = True, copies: bool = True
    ) -> tuple[Look, Ending]:
        """The look, and how it ended."""
        try:
            context = await asyncio.wait_for(self._context(strict), 30)
        except (Error, TimeoutError) as error:
            raise BrowserLost(first_line(error)) from error
        try:
            page = await asyncio.wait_for(context.new_page(), 30)
            visit = Visit(page, context, self._guard, self._options, self._clock, copies=copies)
            if not strict:
                visit.watch.note("网站的安全证书未通过校验，取证时忽略了证书错误")
            look = await visit.run(request)
            ending = visit.ending()
        except (Error, TimeoutError) as error:
            raise BrowserLost(first_line(error)) from error
        finally:
            await self._close(context)
        if visit.watch.crashed or not self._browser.is_connected():
            raise BrowserLost("页面所在的浏览器进程意外退出")
        return look, ending

    async def _context(self, strict: bool) -> BrowserContext:
        return await self._browser.new_context(
            viewport={"width": self._options.width, "height": self._options.height},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            service_workers="block",
            accept_downloads=False,
            ignore_https_errors=not strict,
            user_agent=self._options.user_agent,
        )

    async def _close(self, context: BrowserContext) -> None:
        try:
            await asyncio.wait_for(context.close(), CLOSE_S)
        except TimeoutError:
            self.stuck = True
        except Error:
            self.stuck = self._browser.is_connected()


def _fullness(look: Look) -> tuple[bool, bool, int]:
    """What makes one of two looks at a page the better one."""
    return look.snapshot.status is not FetchStatus.TIMEOUT, bool(look.dom), len(look.pictures)
