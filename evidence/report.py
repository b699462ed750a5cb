"""Puts together what a visit saw: the snapshot, its headers and bodies, and what was read of the page."""

import asyncio
import hashlib
from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from urllib.parse import urlsplit

from playwright.async_api import Error, Page, Request, Response

from domain.snapshot import FetchStatus, Snapshot, Via
from evidence.guard import ConnectGuard
from evidence.look import Box, FrameDom, Located, Look, LookRequest, Picture
from evidence.reception import status_of_answer
from evidence.tap import DocumentTap
from evidence.watch import Watch

T = TypeVar("T")

PART_S = 5.0
"""How long each part of a response may take to be handed over, in seconds."""

Trouble = tuple[FetchStatus, str]


@dataclass(slots=True)
class Sight:
    """What was read of the page, step by step, so that a late failure loses nothing seen before."""

    title: str = ""
    dom: bytes = b""
    frames: tuple[FrameDom, ...] = ()
    pictures: tuple[Picture, ...] = ()
    width: int = 0
    height: int = 0
    located: tuple[Located, ...] = ()
    mask_boxes: tuple[Box, ...] = ()
    unmasked: tuple[str, ...] = ()
    covered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reception:
    """The document's response as far as the browser hands it over."""

    status: int | None = None
    status_text: str = ""
    html: bytes | None = None
    headers: tuple[tuple[str, str], ...] = ()
    request_headers: tuple[tuple[str, str], ...] = ()
    version: str = ""


async def receive(answer: Response | None, tap: DocumentTap | None) -> Reception:
    """Fetches the parts of a response from the browser; what it does not give in time is left out."""
    if answer is None:
        return Reception()
    headers, asked, version = await asyncio.gather(
        _headers(answer),
        _headers(answer.request),
        _given(answer.http_version(), ""),
    )
    return Reception(
        status=answer.status,
        status_text=answer.status_text,
        html=tap.body(answer.url) if tap is not None else None,
        headers=headers,
        request_headers=asked,
        version=version,
    )


async def _given(work: Awaitable[T], otherwise: T) -> T:
    try:
        return await asyncio.wait_for(work, PART_S)
    except (Error, TimeoutError):
        return otherwise


async def _headers(message: Request | Response) -> tuple[tuple[str, str], ...]:
    rows = await _given(message.headers_array(), [])
    return tuple((row["name"], row["value"]) for row in rows)


def compose(
    request: LookRequest,
    page: Page,
    got: Reception,
    sight: Sight,
    watch: Watch,
    guard: ConnectGuard,
    trouble: Trouble | None,
    at: datetime,
    elapsed_ms: int,
) -> Look:
    """The look. `trouble` is what kept the page from being a full witness, None when nothing did."""
    status, detail = trouble or _concluded(got)
    final = page.url if got.status is not None else request.url
    snapshot = Snapshot(
        url=request.url,
        final_url=final,
        status=status,
        fetched_at=at,
        http_status=got.status,
        via=Via.BROWSER,
        headers=got.headers,
        body=hashlib.sha256(sight.dom).hexdigest() if sight.dom else None,
        size=len(sight.dom),
        redirects=watch.hops(),
        server_ip=guard.way_to(*place_of(final))[1],
        elapsed_ms=elapsed_ms,
        detail=detail,
        request_headers=got.request_headers,
    )
    return Look(
        snapshot=snapshot,
        title=sight.title,
        html=got.html,
        dom=sight.dom,
        frames=sight.frames,
        request_headers=got.request_headers,
        http_version=got.version,
        status_text=got.status_text,
        pictures=sight.pictures,
        page_width=sight.width,
        page_height=sight.height,
        frame_box=sight.located[0].box if sight.located else None,
        located=sight.located,
        masks=request.masks,
        private=sight.covered,
        mask_boxes=sight.mask_boxes,
        unmasked=sight.unmasked,
        popups=tuple(watch.popups),
        trouble=tuple(watch.trouble),
        notes=tuple(watch.notes),
    )


def _concluded(got: Reception) -> Trouble:
    if got.status is None:
        return FetchStatus.UNRENDERED, "浏览器没有收到服务器的应答"
    return status_of_answer(got.status, got.html), ""


def place_of(url: str) -> tuple[str, int]:
    """Host and port of an address; an empty host where it has none."""
    try:
        parts = urlsplit(url)
        return parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        return "", 0
