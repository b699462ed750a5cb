"""Keeps the raw bytes of the documents that a page's main frame is given, before any decoding to text.

Playwright itself hands a document's body over only as text in UTF-8, which is no evidence of the bytes
and the charset that the server sent. The same door stops sound and moving pictures from being fetched.
"""

import asyncio
import base64
import contextlib
from typing import Any

from playwright.async_api import CDPSession, Error

DOCUMENTS = 20
"""How many documents (redirects by script among them) are kept of one look."""

PATTERNS = [
    {"resourceType": "Media", "requestStage": "Request"},
    {"resourceType": "Document", "requestStage": "Response"},
]


class DocumentTap:
    """Holds each document for the moment it takes to copy its bytes. `holding` says that one is held now."""

    def __init__(self, session: CDPSession, limit: int, *, copies: bool = True) -> None:
        self._session = session
        self._limit = limit
        self._copies = copies
        self._frame = ""
        self._bodies: list[tuple[str, bytes]] = []
        self.holding = False

    async def start(self) -> None:
        """Begins to listen. Raises playwright's Error."""
        tree = await self._session.send("Page.getFrameTree")
        self._frame = str(tree["frameTree"]["frame"]["id"])
        self._session.on("Fetch.requestPaused", lambda event: asyncio.ensure_future(self._paused(event)))
        patterns = PATTERNS if self._copies else PATTERNS[:1]
        await self._session.send("Fetch.enable", {"patterns": patterns})

    def body(self, url: str) -> bytes | None:
        """The bytes of the last document that came from this address; None when they were not kept."""
        wanted = url.partition("#")[0]
        return next((body for came, body in reversed(self._bodies) if came == wanted), None)

    async def _paused(self, event: dict[str, Any]) -> None:
        name = {"requestId": event["requestId"]}
        with contextlib.suppress(Error):
            if event.get("resourceType") == "Media":
                await self._session.send("Fetch.failRequest", {**name, "errorReason": "BlockedByClient"})
                return
            if self._wanted(event):
                await self._copy(event)
            await self._session.send("Fetch.continueRequest", name)

    def _wanted(self, event: dict[str, Any]) -> bool:
        """Whether the document's bytes are to be kept: the main frame's own, not a redirect, not a file."""
        status = event.get("responseStatusCode", 0)
        if event.get("frameId") != self._frame or 300 <= status < 400 or len(self._bodies) >= DOCUMENTS:
            return False
        headers = {row["name"].lower(): row["value"].lower() for row in event.get("responseHeaders", ())}
        length = headers.get("content-length", "")
        small = not length.isdigit() or int(length) <= self._limit
        return small and not headers.get("content-disposition", "").startswith("attachment")

    async def _copy(self, event: dict[str, Any]) -> None:
        self.holding = True
        with contextlib.suppress(Error, ValueError):
            answer = await self._session.send("Fetch.getResponseBody", {"requestId": event["requestId"]})
            text = str(answer["body"])
            body = base64.b64decode(text) if answer.get("base64Encoded") else text.encode("utf-8")
            if len(body) <= self._limit:
                self._bodies.append((str(event["request"]["url"]).partition("#")[0], body))
        self.holding = False
