"""Evidence in exports: links that hold from where the file lies, small pictures where they may be shown."""

import io
import os
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from PIL import Image, UnidentifiedImageError

from domain.finding import LEAKS
from portal.export.sheets import Link
from schemes.charge import Charge, Exhibit

PICTURES = ("marked", "screenshot", "picture")
"""Kinds of evidence that are pictures, best first."""

SENSITIVE = LEAKS
"""Checks whose pictures show what must not spread: they are named, not shown."""

MOST_PIXELS = 80_000_000
"""A larger picture is linked and not shown."""


class Evidence:
    """The kept evidence of a data folder, as seen from an export.

    `data` is the folder (None: pictures cannot be shown), `out` the file being written (None: it will lie in
    the data folder). `most_pictures` bounds how many are embedded; the rest are linked.
    """

    def __init__(self, data: Path | None = None, out: Path | None = None, most_pictures: int = 200) -> None:
        """Nothing is read yet."""
        self.data = data.resolve() if data else None
        self.left = most_pictures if data else 0
        self.prefix = ""
        if self.data is not None and out is not None:
            way = Path(os.path.relpath(self.data, out.resolve().parent)).as_posix()
            self.prefix = "" if way == "." else f"{way}/"

    def link(self, exhibit: Exhibit) -> Link | None:
        """A link to an exhibit; None for a document known by name alone."""
        if exhibit.url:
            return Link(exhibit.url)
        path = PurePosixPath(exhibit.path)
        if exhibit.kind == "document" or not exhibit.path or path.is_absolute() or ".." in path.parts:
            return None
        return Link(f"{self.prefix}{exhibit.path}", path.name, local=True)

    def picture_of(self, charge: Charge) -> Exhibit | None:
        """The best picture behind a charge; none where it must not be shown about."""
        if charge.check in SENSITIVE:
            return None
        return best(charge.exhibits)

    def thumbnail(self, exhibit: Exhibit, width: int, height: int) -> bytes | None:
        """A small copy of a picture, its top if it is tall; None where there is none or enough were shown."""
        if self.left <= 0 or self.data is None or self.link(exhibit) is None:
            return None
        path = (self.data / exhibit.path).resolve()
        if not path.is_relative_to(self.data):
            return None
        small = shrunk(path, width, height)
        if small is not None:
            self.left -= 1
        return small


def best(exhibits: Iterable[Exhibit]) -> Exhibit | None:
    """The picture to show of several: the marked copy before the plain one."""
    pictures = [exhibit for exhibit in exhibits if exhibit.kind in PICTURES and exhibit.path]
    return min(pictures, key=lambda exhibit: PICTURES.index(exhibit.kind), default=None)


def shrunk(path: Path, width: int, height: int) -> bytes | None:
    """A picture scaled to a width and cut to a height, as PNG; None when the file is not a usable picture."""
    try:
        with Image.open(path) as image:
            if image.width * image.height > MOST_PIXELS or not image.width:
                return None
            scale = min(1.0, width / image.width)
            top = image.crop((0, 0, image.width, min(image.height, int(height / scale))))
            small = top.convert("RGB").resize(
                (max(1, int(top.width * scale)), max(1, int(top.height * scale)))
            )
    except (OSError, UnidentifiedImageError, ValueError, Image.DecompressionBombError):
        return None
    out = io.BytesIO()
    small.save(out, format="PNG")
    return out.getvalue()
