"""Where on the page a finding's element stands, and what must be covered before the picture is shown."""

import math
import re
from dataclasses import replace
from typing import Any

from playwright.async_api import Error, Page
from playwright.async_api import Frame as PageFrame

from domain.outcome import Frame
from evidence.look import Box
from evidence.scripts import COVER, LOCATE

FRAMES = 12
"""Inline frames that are searched, the main one included."""

ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


def wordings(text: str) -> list[str]:
    """The ways a page may write `text`: an ISO date is also looked for in the forms that lists use."""
    found = ISO_DAY.fullmatch(text.strip())
    if found is None:
        return [text] if text.strip() else []
    year, month, day = found.groups()
    m, d = str(int(month)), str(int(day))
    full = [f"{year}{sep}{month}{sep}{day}" for sep in "-/."]
    full += [f"{year}年{month}月{day}日", f"{year}年{m}月{d}日"]
    full += [f"{year}{sep}{m}{sep}{d}" for sep in "-/."]
    # Lists that stack the parts of a date: the day above or below the rest, the year beside the day's date.
    for sep in "-/.":
        full += [f"{day}{year}{sep}{month}", f"{year}{sep}{month}{day}"]
        full += [f"{month}{sep}{day}{year}", f"{year}{month}{sep}{day}"]
    full += [
        f"{day}{year}年{month}月",
        f"{d}{year}年{m}月",
        f"{day}日{year}年{month}月",
        f"{d}日{year}年{m}月",
    ]
    full += [f"{year}{month}{day}", *(f"{year[2:]}{sep}{month}{sep}{day}" for sep in "-/.")]
    return [*full, f"{month}-{day}", f"{month}/{day}", f"{month}月{day}日", f"{m}月{d}日", f"{m}-{d}"]


async def locate(page: Page, frame: Frame) -> tuple[Box | None, str]:
    """The element's box on the full page, or None with the reason in Chinese."""
    question = [wordings(frame.text), frame.href, frame.selector]
    hidden = False
    for part in page.frames[:FRAMES]:
        answer = await _ask(part, LOCATE, question)
        if not isinstance(answer, dict) or answer.get("found") is not True:
            continue
        box = box_of(answer)
        offset = await _offset(page, part)
        if answer.get("shown") is True and box is not None and offset is not None:
            return replace(box, x=box.x + offset[0], y=box.y + offset[1]), ""
        hidden = True
    return (
        None,
        "问题所在的元素在页面上不可见，图上无法框出" if hidden else "页面上没有找到要框出的文字或链接",
    )


async def cover(
    page: Page, secrets: tuple[str, ...], *, numbers: bool
) -> tuple[tuple[Box, ...], tuple[str, ...]]:
    """Boxes over every occurrence of the secrets in any frame, and the secrets seen in no frame.

    With `numbers` every number as long as those of persons, cards and telephones is covered too.
    """
    boxes: list[Box] = []
    missing = set(secrets)
    for part in page.frames[:FRAMES]:
        answer = await _ask(part, COVER, [list(secrets), numbers])
        offset = await _offset(page, part)
        if not isinstance(answer, dict) or offset is None:
            continue
        missing &= {str(word) for word in answer.get("missing", secrets)}
        for row in answer.get("boxes", []):
            box = box_of(row)
            if box is not None:
                boxes.append(replace(box, x=box.x + offset[0], y=box.y + offset[1]))
    return tuple(boxes), tuple(word for word in secrets if word in missing)


def box_of(answer: Any) -> Box | None:
    """A box from a page's answer, None when it is not four sane numbers."""
    if not isinstance(answer, dict):
        return None
    values = [answer.get(name) for name in ("x", "y", "width", "height")]
    numbers = [float(v) for v in values if isinstance(v, int | float) and math.isfinite(v) and abs(v) < 1e7]
    if len(numbers) != 4 or numbers[2] < 1 or numbers[3] < 1:
        return None
    return Box(x=numbers[0], y=numbers[1], width=numbers[2], height=numbers[3])


async def _ask(part: PageFrame, script: str, question: object) -> Any:
    try:
        return await part.evaluate(script, question)
    except Error:
        return None


async def _offset(page: Page, part: PageFrame) -> tuple[float, float] | None:
    """Where a frame's content begins on the page (the page stands scrolled to its top)."""
    if part == page.main_frame:
        return 0.0, 0.0
    try:
        element = await part.frame_element()
        box = await element.bounding_box()
        inset = await element.evaluate("e => [e.clientLeft, e.clientTop]")
        scroll = await part.evaluate("() => [scrollX, scrollY]")
    except Error:
        return None
    if box is None:
        return None
    return box["x"] + float(inset[0]) - float(scroll[0]), box["y"] + float(inset[1]) - float(scroll[1])
