"""One page, from navigation to picture, within limits of time."""

import asyncio
import contextlib
import time
from enum import Enum
from typing import Any

from playwright.async_api import BrowserContext, CDPSession, Error, Page

from domain.snapshot import FetchStatus
from evidence.browser import first_line
from evidence.guard import ConnectGuard
from evidence.locate import cover, locate
from evidence.look import CaptureOptions, Clock, FrameDom, Located, Look, LookRequest
from evidence.picture import extent_of, shown_of, take, tiles_of
from evidence.reception import status_of_error
from evidence.report import Sight, Trouble, compose, place_of, receive
from evidence.scripts import READ, SETTLE
from evidence.tap import DocumentTap
from evidence.watch import Watch

QUIET_S = 0.15
"""How long the document must be still to count as settled, in seconds."""

READ_S = 15.0

PICTURE_S = 30.0
"""How long one tile may take, in seconds."""

REPORT_S = 12.0

MOST_FRAMES = 30
"""Elements that are located on one page."""


class Ending(Enum):
    """How a visit ended: whole, while a document's bytes still came, or cut off by our limits."""

    WHOLE = "whole"
    HELD = "held"
    CUT = "cut"


class Visit:
    """One page, from navigation to picture."""

    def __init__(
        self,
        page: Page,
        context: BrowserContext,
        guard: ConnectGuard,
        options: CaptureOptions,
        clock: Clock,
        *,
        copies: bool = True,
    ) -> None:
        self._page = page
        self._context = context
        self._guard = guard
        self._options = options
        self._clock = clock
        self._sight = Sight()
        self._navigate_s = options.navigate_s
        self._copies = copies
        self._cut = False
        self.tap: DocumentTap | None = None
        self.watch = Watch(page)

    def ending(self) -> Ending:
        """How the visit ended, once it has."""
        if self.tap is not None and self.tap.holding:
            return Ending.HELD
        return Ending.CUT if self._cut else Ending.WHOLE

    async def run(self, request: LookRequest) -> Look:
        """The whole visit within `total_s`; what was seen before the time ran out is kept."""
        started, at = time.monotonic(), self._clock()
        if request.navigate_s is not None:
            self._navigate_s = min(self._navigate_s, request.navigate_s)
        try:
            trouble = await asyncio.wait_for(self._visit(request), self._options.total_s)
        except TimeoutError:
            self._cut = True
            trouble = FetchStatus.TIMEOUT, f"{self._options.total_s:.0f} 秒内未能完成取证"
        except Error as error:
            self._cut = True
            trouble = self._judge(request.url, first_line(error))
        elapsed = round((time.monotonic() - started) * 1000)
        got = await asyncio.wait_for(receive(self.watch.answer(), self.tap), REPORT_S)
        return compose(request, self._page, got, self._sight, self.watch, self._guard, trouble, at, elapsed)

    async def _visit(self, request: LookRequest) -> Trouble | None:
        session = await self._context.new_cdp_session(self._page)
        self.tap = DocumentTap(session, self._options.body_limit, copies=self._copies)
        await self.tap.start()
        trouble = await self._navigate(request.url)
        answer = self.watch.answer()
        if trouble is not None and (trouble[0] is not FetchStatus.TIMEOUT or answer is None):
            if answer is not None and answer.status in (204, 205):
                return FetchStatus.UNREADABLE, "服务器应答成功但没有返回内容"
            return trouble
        with contextlib.suppress(TimeoutError, Error):
            await asyncio.wait_for(self._settle(request.quiet_s or QUIET_S), self._options.settle_s + 4)
        # A document that came but never ended is read and pictured, yet it is no full witness.
        halted = trouble
        try:
            await asyncio.wait_for(self._read(request), READ_S)
        except TimeoutError:
            self._cut = True
            halted = halted or (FetchStatus.TIMEOUT, "页面脚本一直占用浏览器，未能读出内容")
        if request.picture:
            await self._picture(session)
        return halted

    async def _navigate(self, url: str) -> Trouble | None:
        """Goes there; the trouble, if it did not get as far as a whole document."""
        limit = self._navigate_s * 1000
        try:
            await self._page.goto(url, wait_until="domcontentloaded", timeout=limit)
        except Error as error:
            message = first_line(error)
            if "interrupted by another navigation" in message:
                return await self._follow()
            if "ERR_HTTP_RESPONSE_CODE_FAILURE" in message:
                # An error answer without a body: the browser shows its own words, as a visitor sees them.
                return None
            return self._judge(url, message)
        return None

    async def _follow(self) -> Trouble | None:
        limit = self._navigate_s * 1000
        try:
            await self._page.wait_for_load_state("domcontentloaded", timeout=limit)
        except Error as error:
            return self._judge(self._page.url, first_line(error))
        return None

    def _judge(self, url: str, message: str) -> Trouble:
        if self.watch.downloading:
            message = "Download is starting"
        asked = self.watch.asked[-1].url if self.watch.asked else url
        way, _ = self._guard.way_to(*place_of(asked))
        return status_of_error(message, way)

    async def _settle(self, quiet_s: float) -> None:
        """Waits for lazy and scripted content: bounded, and at once where nothing is under way."""
        until = time.monotonic() + self._options.settle_s
        with contextlib.suppress(Error):
            await self._page.wait_for_load_state("load", timeout=self._options.settle_s * 1000)
        for _ in range(4):
            left = until - time.monotonic()
            if left <= 0.1:
                break
            try:
                await self._page.evaluate(SETTLE, [left * 1000, quiet_s * 1000])
            except Error as error:
                if not _sent_on(error):
                    raise
                await self._follow()
                continue
            if not await self.watch.quiet(until):
                break

    async def _read(self, request: LookRequest) -> None:
        sight, limit = self._sight, self._options.body_limit
        answer = await self._read_document()
        sight.title = str(answer.get("title", ""))[:500]
        html = str(answer.get("html", ""))
        if len(html) > limit:
            self.watch.note("呈现后的页面过大，只保留了前一部分")
        sight.dom = html[:limit].encode("utf-8", "replace")
        sight.frames = await self._read_frames()
        for frame in request.wanted()[:MOST_FRAMES]:
            box, why = await locate(self._page, frame)
            sight.located = (*sight.located, Located(frame=frame, box=box, why=why))
        if request.masks or request.private:
            sight.mask_boxes, sight.unmasked = await cover(self._page, request.masks, numbers=request.private)
            sight.covered = request.private

    async def _read_document(self) -> dict[str, Any]:
        for _ in range(3):
            try:
                answer = await self._page.evaluate(READ)
                return answer if isinstance(answer, dict) else {}
            except Error as error:
                if not _sent_on(error):
                    raise
                await self._follow()
        return {}

    async def _read_frames(self) -> tuple[FrameDom, ...]:
        found = []
        for part in self._page.frames[1:12]:
            if not part.url.startswith(("http://", "https://")):
                continue
            with contextlib.suppress(Error, TimeoutError):
                text = await asyncio.wait_for(part.content(), 3)
                dom = text[: self._options.body_limit].encode("utf-8", "replace")
                found.append(FrameDom(url=part.url, dom=dom))
        return tuple(found)

    async def _picture(self, session: CDPSession) -> None:
        """The tiles, one after the other: one that fails takes none of those before it along."""
        sight, options = self._sight, self._options
        tiles: list[tuple[int, int]] = []
        try:
            extent = await asyncio.wait_for(extent_of(session, options), PICTURE_S)
            sight.width, sight.height = extent.width, extent.height
            for top, height in tiles_of(extent, options, [found.box for found in sight.located if found.box]):
                picture = await asyncio.wait_for(take(session, extent, top, height), PICTURE_S)
                sight.pictures = (*sight.pictures, picture)
                tiles.append((top, height))
        except TimeoutError:
            self._cut = True
            self.watch.note(f"浏览器 {PICTURE_S:.0f} 秒内没有画完页面")
        except Error as error:
            self._cut = True
            self.watch.note(f"页面已打开但未能截图：{first_line(error)}")
        shown = shown_of(tiles)
        if 0 < shown < sight.height:
            self.watch.note(f"页面高 {sight.height} 像素，图片只包括其中 {shown} 像素")


def _sent_on(error: Error) -> bool:
    """Whether a script failed only because the page sent the visitor on (a refresh, a script)."""
    text = str(error).lower()
    return "navigat" in text or "context was destroyed" in text or "frame was detached" in text
