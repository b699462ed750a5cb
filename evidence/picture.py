"""Takes the pictures of a page that is open: the whole page, in tiles where it is too tall."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass

from playwright.async_api import CDPSession

from evidence.look import Box, CaptureOptions, Picture

FURTHER = 3
"""Tiles beyond the usual number, for elements that stand below them."""

OVERLAP = 80
"""How much two neighbouring tiles share, in CSS pixels: more than a line of text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """The size of a page's content, in CSS pixels, as far as it is pictured."""

    width: int
    height: int


async def extent_of(session: CDPSession, options: CaptureOptions) -> Extent:
    """How large the page's content is; at least the window, at most what the options allow in width."""
    metrics = await session.send("Page.getLayoutMetrics")
    size = metrics["cssContentSize"]
    width = min(max(round(size["width"]), options.width), options.widest)
    return Extent(width=width, height=max(round(size["height"]), options.height))


def tiles_of(extent: Extent, options: CaptureOptions, boxes: Sequence[Box]) -> list[tuple[int, int]]:
    """Top and height of each picture: one where the page fits, else tiles.

    Neighbours overlap, so that a line of text that one cuts is whole on the other. Of a page that is too
    tall even so, a few more tiles show the elements of `boxes` further down.
    """
    tall, end = options.tile_height, extent.height
    tiles: list[tuple[int, int]] = []
    top = 0
    while len(tiles) < options.tiles:
        # A short rest goes with the tile before it rather than into a picture of its own.
        height = end - top if end - top <= tall + options.height // 4 else tall
        tiles.append((top, height))
        if top + height >= end:
            return tiles
        top += height - OVERLAP
    for box in sorted(boxes, key=lambda box: box.y):
        seen_to = tiles[-1][0] + tiles[-1][1]
        if seen_to <= box.y < end and len(tiles) < options.tiles + FURTHER:
            top = max(seen_to, int(box.y) - options.height)
            tiles.append((top, min(tall, end - top)))
    return tiles


def shown_of(tiles: list[tuple[int, int]]) -> int:
    """How many pixels of the page's height the tiles show, overlaps counted once."""
    shown = reach = 0
    for top, height in tiles:
        shown += max(0, top + height - max(top, reach))
        reach = max(reach, top + height)
    return shown


async def take(session: CDPSession, extent: Extent, top: int, height: int) -> Picture:
    """The picture of one tile. Raises playwright's Error when the browser gives none."""
    answer = await session.send(
        "Page.captureScreenshot",
        {
            "format": "png",
            "captureBeyondViewport": True,
            "optimizeForSpeed": True,
            "clip": {"x": 0, "y": top, "width": extent.width, "height": height, "scale": 1},
        },
    )
    return Picture(png=base64.b64decode(answer["data"]), top=top, width=extent.width, height=height)
