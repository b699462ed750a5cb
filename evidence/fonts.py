"""Finds a font that can write Chinese, by asking fontconfig and then by trying it."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

PREFERRED = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Noto Sans SC",
    "Microsoft YaHei",
    "PingFang SC",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Droid Sans Fallback",
    "SimHei",
    "Noto Serif CJK SC",
    "SimSun",
)
"""Families that read well on a screen and in print, best first."""

FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts", "/Library/Fonts")
"""Where fonts lie when fontconfig is not installed."""

TELLTALE = ("cjk", "wqy", "hansans", "yahei", "simhei", "simsun")
"""Parts of file names that promise Chinese characters."""

SAMPLE = "政务公开取证"
"""Characters that a usable font must draw, each differently from a missing one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FontFound:
    """A font file that writes Chinese: `index` is the face within a collection."""

    path: str
    index: int
    family: str
    style: str = "Regular"


@dataclass(frozen=True, slots=True, kw_only=True)
class FontMissing:
    """No such font: why, and what to do, in Chinese."""

    reason: str
    mend: str

    def __bool__(self) -> bool:
        """Nothing was found."""
        return False


MEND = "请安装中文字体，例如：apt-get install fonts-noto-cjk（约 57 MB）或 fonts-wqy-zenhei（约 7 MB）"


@lru_cache(maxsize=1)
def find_cjk_font() -> FontFound | FontMissing:
    """A font for captions: fontconfig's list by preference, else known folders; tried before it is named."""
    for font in sorted(_listed() or _lying_about(), key=_rank):
        if writes_chinese(font):
            return font
    return FontMissing(reason="本机没有可用的中文字体，网页截图中的汉字会显示为方框", mend=MEND)


def writes_chinese(font: FontFound) -> bool:
    """Whether every character of SAMPLE is drawn, and not as the box of a missing one."""
    try:
        face = ImageFont.truetype(font.path, 24, index=font.index)
        missing = bytes(face.getmask("\U0010fffd"))
        drawn = [bytes(face.getmask(character)) for character in SAMPLE]
    except OSError:
        return False
    return all(any(mask) and mask != missing for mask in drawn) and len(set(drawn)) == len(drawn)


def _listed() -> list[FontFound]:
    program = shutil.which("fc-list")
    if program is None:
        return []
    try:
        answer = subprocess.run(
            [program, "--format", "%{file}\t%{index}\t%{family}\t%{style}\n", ":lang=zh-cn"],
            capture_output=True,
            text=True,
            timeout=20,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return []
    return [font for line in answer.stdout.splitlines() if (font := _font_of(line)) is not None]


def _font_of(line: str) -> FontFound | None:
    parts = line.split("\t")
    if len(parts) != 4 or not parts[1].isdigit():
        return None
    path, index, family, style = parts
    if not path.lower().endswith((".ttc", ".otf", ".ttf", ".otc")):
        return None
    # The upper half of a face number names an instance of a variable font, which Pillow does not take.
    return FontFound(path=path, index=int(index) & 0xFFFF, family=family, style=style.split(",")[0])


def _lying_about() -> list[FontFound]:
    found = []
    for folder in FOLDERS:
        for root, _, names in os.walk(Path(folder).expanduser()):
            for name in sorted(names):
                if any(
                    word in name.lower() for word in ("cjk", "wqy", "hansans", "yahei", "simhei", "simsun")
                ):
                    found.append(FontFound(path=str(Path(root) / name), index=0, family=name))
    return found


def _rank(font: FontFound) -> tuple[int, int, str]:
    families = font.family.split(",")
    place = next((n for n, name in enumerate(PREFERRED) if name in families), len(PREFERRED))
    plain = 0 if font.style in ("Regular", "Book", "Normal", "") else 1
    return (place, plain, font.path)
