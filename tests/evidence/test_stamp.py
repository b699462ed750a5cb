"""Marked copies: caption outside, picture untouched below it, frame where the element is."""

import io
import struct
import zlib

import pytest
from PIL import Image, ImageChops

from evidence.fonts import FontFound, find_cjk_font, writes_chinese
from evidence.look import Box
from evidence.stamp import (
    PREVIEW_HEIGHT,
    PREVIEW_WIDTH,
    Caption,
    StampError,
    band_height,
    blurred,
    covered,
    font,
    opened,
    preview,
    stamp,
    wrap,
)

CAPTION = Caption(
    lead="“通知公告”栏目最新一条信息为2026-01-05，距今320天，超过6个月的更新期限。" * 3,
    facts=(
        ("责任单位", "某某市卫生健康局"),
        ("网　　址", "http://www.example.gov.cn/" + "a/" * 200),
        ("空", ""),
    ),
)


def png(width: int = 1366, height: int = 900, colour: tuple[int, int, int] = (240, 240, 240)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, "PNG")
    return out.getvalue()


def noise(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.effect_noise((width, height), 60).convert("RGB").save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize("width", [1366, 2732, 400, 60])
def test_the_picture_stands_unchanged_below_the_caption(width: int) -> None:
    original = noise(width, 300)
    marked = opened(stamp(original, CAPTION))
    band = band_height(CAPTION, width)
    assert marked.size == (width, 300 + band)
    below = marked.crop((0, band, width, band + 300))
    assert ImageChops.difference(below, opened(original)).getbbox() is None


def test_the_frame_is_drawn_around_the_element_only() -> None:
    band = band_height(CAPTION, 1366)
    plain, framed = (
        opened(stamp(png(), CAPTION, box)) for box in (None, Box(x=100, y=200, width=300, height=24))
    )
    changed = ImageChops.difference(plain, framed).getbbox()
    assert changed is not None
    left, top, right, bottom = changed
    assert (90 < left < 100, right > 400, top > band + 190, bottom < band + 240) == (True,) * 4
    assert framed.getpixel((250, band + 212)) == (240, 240, 240)


@pytest.mark.parametrize(
    "box", [Box(x=5000, y=5000, width=10, height=10), Box(x=-50, y=-50, width=20, height=20)]
)
def test_a_frame_outside_the_picture_is_not_drawn(box: Box) -> None:
    assert stamp(png(), CAPTION, box) == stamp(png(), CAPTION)


def test_long_text_is_wrapped_and_nothing_lost() -> None:
    text = "http://www.example.gov.cn/" + "0123456789" * 60
    lines = wrap(text, 19, 500)
    assert "".join(lines) == text
    assert len(lines) > 5
    assert all(font(19).getlength(line) <= 520 for line in lines)
    assert wrap("第一行\n第二行", 19, 500) == ["第一行", "第二行"]
    assert wrap("", 19, 500) == []


def test_secrets_are_blacked_out_and_blurring_leaves_nothing_readable() -> None:
    original = noise(600, 400)
    shown = opened(covered(original, [Box(x=100, y=100, width=50, height=20)]))
    assert shown.getpixel((120, 110)) == (40, 40, 40)
    assert shown.getpixel((300, 300)) == opened(original).getpixel((300, 300))
    flat = opened(blurred(original))
    assert len(set(flat.crop((0, 0, 30, 12)).get_flattened_data())) == 1


@pytest.mark.parametrize("size", [(1366, 900), (1366, 8000), (300, 100)])
def test_previews_are_small(size: tuple[int, int]) -> None:
    with Image.open(io.BytesIO(preview(png(*size), around=float(size[1] - 10)))) as small:
        assert small.width == PREVIEW_WIDTH
        assert small.height <= PREVIEW_HEIGHT + 1


def test_a_preview_shows_the_place_asked_for() -> None:
    tall = Image.new("RGB", (1366, 8000), (255, 255, 255))
    tall.paste((0, 0, 255), (0, 6000, 1366, 6100))
    out = io.BytesIO()
    tall.save(out, "PNG")
    with Image.open(io.BytesIO(preview(out.getvalue(), around=6050))) as small:
        middle = small.convert("RGB").getpixel((240, small.height // 2))
    assert isinstance(middle, tuple)
    assert middle[2] > 200
    assert middle[0] < 80


def bomb() -> bytes:
    """A PNG of a few bytes that claims 60,000 × 60,000 pixels."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        check = struct.pack("!I", zlib.crc32(kind + content))
        return struct.pack("!I", len(content)) + kind + content + check

    head = struct.pack("!IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("bad", [b"", b"not a picture", bomb(), png()[:200]])
def test_what_is_no_whole_picture_of_sane_size_is_refused(bad: bytes) -> None:
    with pytest.raises(StampError, match="图片"):
        stamp(bad, CAPTION)


def test_the_font_found_writes_chinese() -> None:
    found = find_cjk_font()
    if not isinstance(found, FontFound):
        pytest.skip(f"没有中文字体：{found.reason}")
    assert writes_chinese(found)
    assert "|" not in found.family


def test_a_file_that_is_no_font_writes_nothing(tmp_path: object) -> None:
    assert not writes_chinese(FontFound(path=__file__, index=0, family="none"))


def test_an_opening_mark_never_ends_a_line() -> None:
    lines = wrap("甲乙丙“丁戊》己（庚辛", 20, 82)
    assert "".join(lines) == "甲乙丙“丁戊》己（庚辛"
    assert not any(line.endswith(("“", "（")) for line in lines)
    assert wrap("““““““", 20, 45)
