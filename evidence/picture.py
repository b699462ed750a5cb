"""Takes the pictures of a page that is open: the whole page, in tiles where it is too tall."""

import base64
from dataclasses import dataclass

from playwright.async_api import CDPSession

from evidence.look import Box, CaptureOptions, Picture


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


def tiles_of(extent: Extent, options: CaptureOptions, frame: Box | None) -> list[tuple[int, int]]:
    """Top and height of each picture: one where the page fits, else tiles; the last the framed element's."""
    tall = options.tile_height
    tops = range(0, extent.height, tall)
    tiles = [(top, min(tall, extent.height - top)) for top in tops][: options.tiles]
    if len(tiles) > 1 and tiles[-1][1] < options.height // 4 and tiles[-1][0] + tiles[-1][1] == extent.height:
        top, _ = tiles.pop(-2)
        tiles[-1] = (top, extent.height - top)
    seen_to = tiles[-1][0] + tiles[-1][1]
    if frame is not None and seen_to <= frame.y < extent.height:
        top = max(seen_to, int(frame.y) - options.height)
        tiles.append((top, min(tall, extent.height - top)))
    return tiles


async def take(session: CDPSession, extent: Extent, tiles: list[tuple[int, int]]) -> tuple[Picture, ...]:
    """The pictures, in order. Raises playwright's Error when the browser gives none."""
    pictures = []
    for top, height in tiles:
        answer = await session.send(
            "Page.captureScreenshot",
            {
                "format": "png",
                "captureBeyondViewport": True,
                "optimizeForSpeed": True,
                "clip": {"x": 0, "y": top, "width": extent.width, "height": height, "scale": 1},
            },
        )
        png = base64.b64decode(answer["data"])
        pictures.append(Picture(png=png, top=top, width=extent.width, height=height))
    return tuple(pictures)
