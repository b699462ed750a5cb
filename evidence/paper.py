"""Pictures of a report or list that was published as a PDF file, which a browser only offers to download.

The file is attacker text: it is drawn in a process of its own with limits on time and memory.
"""

import io
import subprocess
import sys

from PIL import Image

from domain.snapshot import Snapshot
from evidence.look import Look, Picture

MAGIC = b"%PDF-"
MOST_PAGES = 6
WIDTH = 1000
"""Pixels a page is wide."""
TALLEST = 2400
"""Pixels a page may be high; one that is taller is drawn smaller."""
GAP = 16
SECONDS = 30
MEMORY = 2 << 30
"""Bytes of address space that the drawing process may have."""


def is_paper(body: bytes | None) -> bool:
    """Whether bytes are a PDF file by their first kilobyte."""
    return body is not None and MAGIC in body[:1024]


def look_at_paper(snapshot: Snapshot, body: bytes) -> Look | None:
    """The first pages of a PDF file one below the other; None where they cannot be drawn."""
    command = [sys.executable, "-m", "evidence.paper"]
    try:
        drawn = subprocess.run(command, input=body, capture_output=True, timeout=SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    count, _, png = drawn.stdout.partition(b"\n")
    if drawn.returncode != 0 or not count.isdigit() or not png:
        return None
    with Image.open(io.BytesIO(png)) as picture:
        width, height = picture.size
    pages = int(count)
    shown = f"图中为前 {MOST_PAGES} 页" if pages > MOST_PAGES else "全部在图中"
    return Look(
        snapshot=snapshot,
        pictures=(Picture(png=png, top=0, width=width, height=height),),
        page_width=width,
        page_height=height,
        notes=(f"所判定的是一份 PDF 文件，由本程序按原文件画出，共 {pages} 页，{shown}",),
        browser="pdfium",
    )


def draw(body: bytes) -> tuple[int, bytes]:
    """The number of pages and a PNG of the first ones. Raises PdfiumError for what is no PDF file."""
    import pypdfium2  # type: ignore[import-untyped]

    document = pypdfium2.PdfDocument(body)
    pages = []
    for number in range(min(len(document), MOST_PAGES)):
        page = document[number]
        scale = min(WIDTH / max(page.get_width(), 1), TALLEST / max(page.get_height(), 1))
        pages.append(page.render(scale=scale).to_pil().convert("RGB"))
    height = sum(page.height for page in pages) + GAP * (len(pages) - 1)
    sheet = Image.new("RGB", (max(page.width for page in pages), height), (120, 120, 120))
    top = 0
    for page in pages:
        sheet.paste(page, (0, top))
        top += page.height + GAP
    out = io.BytesIO()
    sheet.save(out, "PNG", compress_level=1)
    return len(document), out.getvalue()


def _limit() -> None:
    """Holds this process to its limits where the system can."""
    try:
        import resource
    except ImportError:  # not on this system: the caller's time limit remains
        return
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def main() -> int:
    """Reads a PDF file from standard input; writes the number of pages, a line feed and the PNG."""
    _limit()
    count, png = draw(sys.stdin.buffer.read())
    sys.stdout.buffer.write(b"%d\n" % count + png)
    return 0


if __name__ == "__main__":
    sys.exit(main())
