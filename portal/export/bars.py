"""Bar charts for documents: a table whose middle column holds drawn bars, so that no typeface is needed."""

import io
from collections.abc import Sequence
from typing import NamedTuple

from PIL import Image, ImageDraw

from portal.export.papers import Column, Paper, Shown

LONGEST = 640
"""Length of the longest bar in pixels; it is shown 7 cm long."""
THICK = 26
CENTIMETRES = 7.0
COLOURS = {"": "#2E75B6", "good": "#548235", "bad": "#C00000"}
MOST_BARS = 12


class Bar(NamedTuple):
    """One bar: what it counts, how many, and how the number is written; `tone` good or bad colours it."""

    label: str
    number: float
    words: str
    tone: str = ""


def bars(paper: Paper, heading: str, shown: Sequence[Bar]) -> None:
    """A chart of at most twelve bars under the headings 项目, its own, and 数量; none for nothing."""
    drawn = list(shown[:MOST_BARS])
    most = max((bar.number for bar in drawn), default=0)
    if most <= 0:
        return
    columns = (Column("项目", 4.6), Column(heading, 7.6), Column("数量", 2.4, True))
    rows = []
    for bar in drawn:
        length = round(LONGEST * bar.number / most)
        picture = bar_png(length, COLOURS[bar.tone]) if length else None
        cell = Shown("", (picture,), CENTIMETRES * length / LONGEST) if picture else ""
        rows.append([bar.label, cell, bar.words])
    paper.table(columns, rows)


def bar_png(length: int, colour: str) -> bytes:
    """A bar so many pixels long, as PNG."""
    image = Image.new("RGB", (max(1, length), THICK), "white")
    ImageDraw.Draw(image).rectangle((0, 2, max(1, length) - 1, THICK - 3), fill=colour)
    out = io.BytesIO()
    image.save(out, format="PNG")
    return out.getvalue()
