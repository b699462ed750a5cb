"""Pictures a minute: govwatch's pool beside bare Playwright, on the same pages, in one run.

Usage: python -m benchmarks.capture [PAGES]
Each page is about 2,300 pixels tall with a banner, a menu, a list and pictures, served on loopback.
"""

import argparse
import asyncio
import http.server
import io
import threading
import time
from collections.abc import Callable, Coroutine
from typing import Any

import psutil
from PIL import Image, ImageDraw
from playwright.async_api import Browser, async_playwright

from domain.outcome import Frame
from evidence.browser import BrowserFound, find_browser, launch
from evidence.capture import BrowserPool
from evidence.guard import AddressRules
from evidence.look import CaptureOptions, LookRequest
from govwatch import clock

WIDTH, HEIGHT = 1366, 768
ROWS = 60


def page(number: int) -> bytes:
    """One list page, like those of a county portal."""
    rows = "".join(
        f"<li><a href='/p/{number}-{row}'>关于做好第{number}号事项第{row}项工作的通知</a>"
        f"<span>2025-{row % 12 + 1:02}-{row % 28 + 1:02}</span></li>"
        for row in range(ROWS)
    )
    cards = "".join(f"<img src='/image/{n}.jpg' width=300 height=180>" for n in range(4))
    menu = "".join(f"<a href='/c/{n}/'>栏目{n}</a>" for n in range(12))
    return (
        "<!DOCTYPE html><html><head><meta charset=utf-8><title>某某市人民政府</title>"
        "<link rel=stylesheet href=/style.css><script src=/site.js></script></head><body>"
        f"<div id=banner>某某市人民政府</div><nav>{menu}</nav><div id=cards>{cards}</div>"
        f"<ul>{rows}</ul><footer>主办：某某市人民政府办公室</footer></body></html>"
    ).encode()


def image(number: int) -> bytes:
    """A photograph-like picture: noise compresses as badly as a photograph does."""
    picture = Image.effect_noise((600, 360), 40).convert("RGB")
    ImageDraw.Draw(picture).rectangle((20, 20, 200, 120), fill=(number * 50, 90, 140))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80)
    return out.getvalue()


STYLE = b"""body{margin:0;font:16px sans-serif}#banner{height:200px;background:linear-gradient(#c00,#f84);
color:#fff;font-size:48px;padding:40px}nav a{padding:8px}li{line-height:28px}li span{float:right}"""


class Handler(http.server.BaseHTTPRequestHandler):
    """Serves the farm from memory."""

    protocol_version = "HTTP/1.1"
    images = tuple(image(n) for n in range(4))

    def do_GET(self) -> None:
        """Answers by path."""
        if self.path.startswith("/p/"):
            self._send("text/html; charset=utf-8", page(int(self.path.split("/")[2])))
        elif self.path.startswith("/image/"):
            self._send("image/jpeg", self.images[int(self.path[7:].split(".")[0])])
        elif self.path == "/style.css":
            self._send("text/css", STYLE)
        elif self.path == "/site.js":
            self._send("text/javascript", b"document.addEventListener('DOMContentLoaded',()=>{})")
        else:
            self.send_error(404)

    def _send(self, kind: str, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


async def bare_visit(browser: Browser, url: str) -> None:
    """What the least script would do: a page, its load event, one picture."""
    context = await browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, locale="zh-CN")
    tab = await context.new_page()
    await tab.goto(url)
    await tab.screenshot(full_page=True)
    await context.close()


async def bare(found: BrowserFound, urls: list[str], browsers: int, pages: int) -> None:
    """Bare Playwright over the same addresses, `pages` at once over `browsers` browsers."""
    async with async_playwright() as playwright:
        running = [await launch(playwright, found.path, found.sandbox) for _ in range(browsers)]
        places = asyncio.Semaphore(pages)

        async def one(number: int, url: str) -> None:
            async with places:
                await bare_visit(running[number % browsers], url)

        await asyncio.gather(*(one(number, url) for number, url in enumerate(urls)))
        for browser in running:
            await browser.close()


def pooled(found: BrowserFound, urls: list[str], options: CaptureOptions) -> int:
    """Our pool: DOM, headers, body, frame and picture of each address. Gives the bytes of the pictures."""
    frame = Frame(text="2025-12-12")
    with BrowserPool(found, clock.now, options) as pool:
        looks = pool.look_many(LookRequest(url=url, frame=frame) for url in urls)
        size = 0
        for _, look in looks:
            if not look.pictures or look.frame_box is None:
                raise SystemExit(f"no picture of {look.snapshot.url}: {look.snapshot.detail}")
            size += sum(len(picture.png) for picture in look.pictures)
    return size


class Peak:
    """The most memory that this process's browsers and driver held at once (proportional share)."""

    def __init__(self) -> None:
        self.bytes = 0
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> "Peak":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._end.wait(0.3):
            total = 0
            for child in psutil.Process().children(recursive=True):
                try:
                    total += child.memory_full_info().pss
                except (psutil.Error, AttributeError):
                    continue
            self.bytes = max(self.bytes, total)


def measure(title: str, pages: int, work: Callable[[], object]) -> float:
    """Runs `work`, prints its line, gives pictures a minute."""
    with Peak() as peak:
        begun = time.perf_counter()
        work()
        seconds = time.perf_counter() - begun
    rate = pages / seconds * 60
    print(f"{title:<58}{rate:>8.0f}/min{peak.bytes / 1e6:>8.0f} MB")
    return rate


def run(work: Coroutine[Any, Any, None]) -> None:
    """Runs a coroutine to its end."""
    asyncio.run(work)


def main() -> None:
    """Measures each way over the same addresses and prints them side by side."""
    parser = argparse.ArgumentParser()
    parser.add_argument("pages", nargs="?", type=int, default=60)
    count = parser.parse_args().pages
    found = find_browser()
    if not isinstance(found, BrowserFound):
        raise SystemExit(f"no browser: {found.reason}")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    urls = [f"http://127.0.0.1:{server.server_port}/p/{number}" for number in range(count)]
    options = CaptureOptions(rules=AddressRules(hosts=frozenset({"127.0.0.1"})))
    print(f"{found.version}, {count} pages of about 2,300 pixels")
    alone = measure("bare Playwright, one page at a time", count, lambda: run(bare(found, urls, 1, 1)))
    best = measure("bare Playwright, 2 browsers, 4 pages", count, lambda: run(bare(found, urls, 2, 4)))
    title = f"govwatch pool, {options.browsers} browsers, {options.pages} pages (DOM, body, frame too)"
    sizes: list[int] = []
    ours = measure(title, count, lambda: sizes.append(pooled(found, urls, options)))
    print(f"ratio to one at a time {ours / alone:.2f}, to the best bare {ours / best:.2f}")
    print(f"mean picture {sizes[0] / count / 1e3:.0f} kB")
    server.shutdown()


if __name__ == "__main__":
    main()
