"""The marked copy (加注件): a caption outside the picture and a red frame around the place at fault.

The untouched picture stays as the browser gave it; this is drawn on a copy of it.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

from evidence.fonts import FontFound, find_cjk_font
from evidence.look import Box

PIXELS = 60_000_000
"""Pictures over this many pixels are refused before they are decoded."""

PREVIEW_WIDTH, PREVIEW_HEIGHT = 480, 640

MARGIN, PAD, LINE = 24, 4, 3
LABEL_WIDTH = 132
SIZE, LEAD_SIZE = 19, 24
INK, FAINT, RED, PAPER, RULE = (34, 34, 34), (110, 110, 110), (200, 16, 16), (250, 249, 246), (200, 16, 16)
COVER = (40, 40, 40)

OPENING = "“‘（《〈【「"
"""What never ends a line."""

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


class StampError(ValueError):
    """A picture that cannot be marked; the message says why in Chinese."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Caption:
    """What stands above the picture: the finding in one sentence, then labelled facts in order."""

    lead: str
    facts: tuple[tuple[str, str], ...]


def stamp(png: bytes, caption: Caption, frame: Box | None = None) -> bytes:
    """The marked copy as PNG. `frame` is in the picture's own pixels.

    Raises StampError for what is no picture or is too large.
    """
    return _png(_marked(png, caption, frame))


def stamp_and_preview(png: bytes, caption: Caption, frame: Box | None = None) -> tuple[bytes, bytes]:
    """The marked copy and a small JPEG of it that shows the frame. Raises as `stamp`."""
    marked = _marked(png, caption, frame)
    around = band_height(caption, marked.width) + frame.y if frame is not None else None
    return _png(marked), _small(marked, around)


def _marked(png: bytes, caption: Caption, frame: Box | None) -> Image.Image:
    picture = opened(png)
    band = _band(caption, picture.width)
    out = Image.new("RGB", (picture.width, picture.height + band.height), PAPER)
    out.paste(band, (0, 0))
    out.paste(picture, (0, band.height))
    draw = ImageDraw.Draw(out)
    if frame is not None and (place := _within(frame, picture.width, picture.height, PAD)) is not None:
        draw.rectangle(_lowered(place, band.height), outline=RED, width=LINE)
    return out


def covered(png: bytes, boxes: Sequence[Box]) -> bytes:
    """A copy with these boxes blacked out. Raises StampError."""
    picture = opened(png)
    draw = ImageDraw.Draw(picture)
    for box in boxes:
        if (place := _within(box, picture.width, picture.height, 2)) is not None:
            draw.rectangle(place, fill=COVER)
    return _png(picture)


def preview(png: bytes, around: float | None = None) -> bytes:
    """A small JPEG of a picture, cut to a handy shape; `around` is the height it should show."""
    return _small(opened(png), around)


def _small(picture: Image.Image, around: float | None) -> bytes:
    scale = PREVIEW_WIDTH / picture.width
    tall = min(picture.height, round(PREVIEW_HEIGHT / scale))
    top = 0
    if around is not None and picture.height > tall:
        top = int(min(max(around - tall / 2, 0), picture.height - tall))
    part = picture.crop((0, top, picture.width, top + tall))
    size = (PREVIEW_WIDTH, max(1, round(tall * scale)))
    out = io.BytesIO()
    part.resize(size, Image.Resampling.BICUBIC, reducing_gap=2).save(out, "JPEG", quality=82)
    return out.getvalue()


def blurred(png: bytes) -> bytes:
    """A copy on which no character can be read, for pictures whose secrets could not be located."""
    picture = opened(png)
    coarse = picture.resize((max(1, picture.width // 32), max(1, picture.height // 32)), Image.Resampling.BOX)
    return _png(coarse.resize(picture.size, Image.Resampling.NEAREST))


def opened(png: bytes) -> Image.Image:
    """The picture, decoded. Raises StampError for what is no picture, is cut short or is too large."""
    try:
        with Image.open(io.BytesIO(png), formats=("PNG", "WEBP", "JPEG")) as picture:
            if picture.width * picture.height > PIXELS:
                raise StampError(f"图片过大：{picture.width}×{picture.height} 像素")
            picture.load()
            return picture if picture.mode == "RGB" else picture.convert("RGB")
    except (OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise StampError(f"不是完好的图片：{error}") from error


def band_height(caption: Caption, width: int) -> int:
    """How tall the caption above a picture of this width is, in pixels."""
    return sum(height for _, _, height in _rows(caption, width)) + 2 * MARGIN


def _band(caption: Caption, width: int) -> Image.Image:
    rows = _rows(caption, width)
    band = Image.new("RGB", (width, sum(height for _, _, height in rows) + 2 * MARGIN), PAPER)
    draw = ImageDraw.Draw(band)
    draw.rectangle((0, 0, width, 5), fill=RULE)
    draw.rectangle((0, band.height - 3, width, band.height), fill=RULE)
    top = MARGIN
    for label, text, height in rows:
        if not label and text:
            size = LEAD_SIZE if height == _leading(LEAD_SIZE) else SIZE
            left = MARGIN if size == LEAD_SIZE else MARGIN + LABEL_WIDTH
            draw.text((left, top), text, font=font(size), fill=RED if size == LEAD_SIZE else INK)
        elif label:
            draw.text((MARGIN, top), label, font=font(SIZE), fill=FAINT)
            draw.text((MARGIN + LABEL_WIDTH, top), text, font=font(SIZE), fill=INK)
        top += height
    return band


def _rows(caption: Caption, width: int) -> list[tuple[str, str, int]]:
    """Label, text and height of each line; further lines of a fact and those of the lead have no label."""
    room = max(width - 2 * MARGIN, 80)
    rows = [("", line, _leading(LEAD_SIZE)) for line in wrap(caption.lead, LEAD_SIZE, room)]
    rows.append(("", "", 8))
    for label, text in caption.facts:
        lines = wrap(text, SIZE, max(room - LABEL_WIDTH, 80)) or [""]
        rows += [(label if n == 0 else "", line, _leading(SIZE)) for n, line in enumerate(lines)]
    return rows


def wrap(text: str, size: int, room: int) -> list[str]:
    """The text in lines no wider than `room` pixels, broken between any two characters."""
    face, lines, line, used = font(size), [], "", 0.0
    for character in text.replace("\r", "").replace("\t", " "):
        if character == "\n":
            lines.append(line)
            line, used = "", 0.0
            continue
        wide = _advance(face, character)
        if line and used + wide > room and character not in "，。；：、！？）》”":
            carried = line[-1] if line[-1] in OPENING and len(line) > 1 else ""
            lines.append(line.removesuffix(carried))
            line, used = carried, _advance(face, carried) if carried else 0.0
        line += character if character.isprintable() or character.isspace() else "?"
        used += wide
    return [*lines, line] if line else lines


@lru_cache(maxsize=8192)
def _advance(face: Font, character: str) -> float:
    return face.getlength(character)


@lru_cache(maxsize=8)
def font(size: int) -> Font:
    """The Chinese font at this size in pixels; Pillow's own where the machine has none."""
    found = find_cjk_font()
    if isinstance(found, FontFound):
        return ImageFont.truetype(found.path, size, index=found.index)
    return ImageFont.load_default(size)


def _leading(size: int) -> int:
    return round(size * 1.55)


def shifted(box: Box, top: float) -> Box:
    """A box of the page as it lies on a picture that begins `top` pixels down the page."""
    return replace(box, y=box.y - top)


def _within(box: Box, width: int, height: int, pad: int) -> tuple[float, float, float, float] | None:
    """The box widened by `pad` and cut to the picture; None where they do not meet."""
    left, top = max(box.x - pad, 0), max(box.y - pad, 0)
    right, bottom = min(box.x + box.width + pad, width - 1), min(box.y + box.height + pad, height - 1)
    if right - left < 1 or bottom - top < 1:
        return None
    return (left, top, right, bottom)


def _lowered(place: tuple[float, float, float, float], by: int) -> tuple[float, float, float, float]:
    return (place[0], place[1] + by, place[2], place[3] + by)


def _png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG", compress_level=1)
    return out.getvalue()
