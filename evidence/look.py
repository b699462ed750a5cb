"""What a look through the browser asks for and what it brings back."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from domain.outcome import Frame
from domain.snapshot import Snapshot
from evidence.guard import AddressRules

Clock = Callable[[], datetime]
"""Gives the present instant, aware, in UTC."""


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptureOptions:
    """How pages are looked at. Times are seconds, sizes CSS pixels.

    `pages` looks run at once over `browsers` browsers; a browser is replaced after `recycle_after`
    looks. `navigate_s` bounds the way to the document, `settle_s` the wait for lazy and scripted
    content, `total_s` the whole look. A page over `tile_height` is pictured in tiles, at most
    `tiles` of them. `per_host` looks at most run on one host at once, `host_pause_s` apart.
    """

    rules: AddressRules = field(default_factory=AddressRules)
    pages: int = field(default_factory=lambda: max(2, min(8, 2 * _cores())))
    browsers: int = field(default_factory=lambda: max(1, min(2, _cores())))
    recycle_after: int = 120
    navigate_s: float = 30.0
    settle_s: float = 8.0
    total_s: float = 75.0
    width: int = 1366
    height: int = 768
    widest: int = 2732
    tile_height: int = 8000
    tiles: int = 6
    per_host: int = 4
    host_pause_s: float = 0.0
    user_agent: str | None = None
    body_limit: int = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class LookRequest:
    """One address to look at: what to frame, whether to take pictures, what must be covered when shown.

    `frames` are further elements to locate, where several findings rest on the same page. `private`
    says that the page bears numbers of persons: all such are covered on what is shown. `navigate_s`
    shortens the wait for the document, `quiet_s` is how long it must be still to count as settled: longer
    where its scripts write all there is to see.
    """

    url: str
    frame: Frame | None = None
    picture: bool = True
    masks: tuple[str, ...] = ()
    frames: tuple[Frame, ...] = ()
    private: bool = False
    navigate_s: float | None = None
    quiet_s: float | None = None

    def wanted(self) -> tuple[Frame, ...]:
        """Every element to locate, each once."""
        first = (self.frame,) if self.frame is not None else ()
        return tuple(dict.fromkeys((*first, *self.frames)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle on the page, in CSS pixels from its top left corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """Where an asked element stands; None where it is not to be seen, with the reason in Chinese."""

    frame: Frame
    box: Box | None
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One untouched picture: the PNG bytes as the browser gave them, and the part of the page it shows."""

    png: bytes
    top: int
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameDom:
    """The rendered content of an inline frame: its address and its DOM in UTF-8."""

    url: str
    dom: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What one look brought back; it is always there, whatever the world did.

    `snapshot` (via BROWSER; its body is the SHA-256 of `dom`) says how it ended. `html` are the bytes of
    the document's response as sent, `dom` is the page as rendered, in UTF-8. `located` says where the
    asked elements stand, `frame_box` is the first one's place. `mask_boxes` cover the strings asked to be
    masked (`masks`) and, where `private` holds, every number of a person; `unmasked` are strings that
    were not found on the page. `popups`, `trouble` (scripts and requests that failed) and `notes` (of
    ours, Chinese) tell what a reader should know. `page_height` is the full height in CSS pixels.
    """

    snapshot: Snapshot
    title: str = ""
    html: bytes | None = None
    dom: bytes = b""
    frames: tuple[FrameDom, ...] = ()
    request_headers: tuple[tuple[str, str], ...] = ()
    http_version: str = ""
    status_text: str = ""
    pictures: tuple[Picture, ...] = ()
    page_width: int = 0
    page_height: int = 0
    frame_box: Box | None = None
    located: tuple[Located, ...] = ()
    private: bool = False
    masks: tuple[str, ...] = ()
    mask_boxes: tuple[Box, ...] = ()
    unmasked: tuple[str, ...] = ()
    popups: tuple[str, ...] = ()
    trouble: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    browser: str = ""

    def place_of(self, frame: Frame | None) -> Located | None:
        """Where an element stands; None where it was not asked for."""
        return next((found for found in self.located if found.frame == frame), None)
