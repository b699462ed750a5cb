"""What happens in a page while it is open: its requests, its pop-ups, its troubles."""

import asyncio
import contextlib
import time

from playwright.async_api import Dialog, Error, Page, Request, Response

from domain.snapshot import Hop
from evidence.browser import first_line

NOTED = 40
"""How many failures of a page's scripts and requests are kept."""

WAITED_FOR = frozenset({"document", "script", "xhr", "fetch", "stylesheet"})
"""Kinds of request that can still change what the page says."""


DIALOGS = {"alert": "提示框", "confirm": "确认框", "prompt": "输入框", "beforeunload": "离开确认框"}


class Watch:
    """Listens to one page. `asked` are the documents its main frame asked for, in order."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self.asked: list[Request] = []
        self.flying: set[Request] = set()
        self.popups: list[str] = []
        self.trouble: list[str] = []
        self.notes: list[str] = []
        self.crashed = False
        self.downloading = False
        page.on("request", self._begun)
        page.on("requestfinished", self._ended)
        page.on("requestfailed", self._failed)
        page.on("crash", self._crash)
        page.on("dialog", self._spoken)
        page.on("popup", self._opened)
        page.on("download", self._download)
        page.on("pageerror", self._erred)

    def note(self, text: str) -> None:
        """Keeps a remark of ours, in Chinese."""
        _add(self.notes, text)

    async def quiet(self, until: float) -> bool:
        """Waits for the requests under way, till the monotonic time `until`; True when there were any."""
        waited = False
        while self.flying and time.monotonic() < until:
            waited = True
            await asyncio.sleep(0.02)
        return waited

    def answer(self) -> Response | None:
        """The response of the last document that the main frame was given."""
        for request in reversed(self.asked):
            if request.existing_response is not None and request.redirected_to is None:
                return request.existing_response
        return None

    def hops(self) -> tuple[Hop, ...]:
        """The documents that led on to the last one: redirects, refreshes and scripts alike."""
        last = self.answer()
        answered = [(request, request.existing_response) for request in self.asked]
        return tuple(
            Hop(url=request.url, http_status=response.status)
            for request, response in answered[:20]
            if response is not None and response is not last
        )

    def _begun(self, request: Request) -> None:
        if request.resource_type in WAITED_FOR:
            self.flying.add(request)
        if request.is_navigation_request() and request.frame == self._page.main_frame:
            self.asked.append(request)

    def _ended(self, request: Request) -> None:
        self.flying.discard(request)

    def _failed(self, request: Request) -> None:
        self.flying.discard(request)
        if request.failure and "ERR_ABORTED" not in request.failure:
            _add(self.trouble, f"请求失败 {request.url[:300]}：{request.failure}")

    def _crash(self, _: Page) -> None:
        self.crashed = True

    def _erred(self, error: Error) -> None:
        _add(self.trouble, f"脚本错误：{first_line(error)}")

    def _download(self, _: object) -> None:
        self.downloading = True

    async def _spoken(self, dialog: Dialog) -> None:
        _add(self.popups, f"{DIALOGS.get(dialog.type, dialog.type)}：{dialog.message[:500]}")
        with contextlib.suppress(Error):
            await dialog.dismiss()

    async def _opened(self, popup: Page) -> None:
        _add(self.popups, f"新窗口：{popup.url[:500]}")
        with contextlib.suppress(Error):
            await popup.close()


def _add(lines: list[str], text: str) -> None:
    if len(lines) < NOTED and text not in lines:
        lines.append(text)
