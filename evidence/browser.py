"""Finds a browser that Playwright can drive: by launching it and taking a picture, not by its path."""

import asyncio
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Coroutine, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright._impl._driver import compute_driver_executable
from playwright.async_api import Browser, Error, Playwright, async_playwright

from evidence.fonts import FontFound, FontMissing, find_cjk_font

__all__ = [
    "BrowserFound",
    "BrowserMissing",
    "FontFound",
    "FontMissing",
    "find_browser",
    "find_cjk_font",
    "launch",
]

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
"""Programs looked for on PATH, the smallest and fastest first."""

ARGUMENTS = (
    "--hide-scrollbars",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--dns-prefetch-disable",
    "--disable-background-networking",
    "--disable-component-update",
)
"""Nothing may leave the browser but through the guard: no UDP of its own, no errands of its own."""

LAUNCH_MS = 30_000
PROBE_PAGE = "<meta charset='utf-8'><body style='background:#fff'>政务公开</body>"
PNG_MAGIC = b"\x89PNG\r\n\x1a\n"

MEND_BROWSER = (
    "请安装浏览器，例如：apt-get install chromium-headless-shell（或 chromium），"
    "或运行 .venv/bin/playwright install --with-deps --only-shell chromium；"
    "已有浏览器的，可用环境变量 GOVWATCH_BROWSER 指明其程序路径"
)
MEND_NODE = (
    "请运行 apt-get install libatomic1；仍不行的，安装 Node.js 20 以上版本，"
    "并用环境变量 PLAYWRIGHT_NODEJS_PATH 指明 node 程序路径"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BrowserFound:
    """A browser that was launched and took a picture. `path` None: Playwright's own."""

    path: str | None
    version: str
    sandbox: bool

    def title(self) -> str:
        """The browser in words, for a person."""
        return f"Chromium {self.version}（{self.path or 'Playwright 自带'}）"


@dataclass(frozen=True, slots=True, kw_only=True)
class BrowserMissing:
    """No browser can be driven: why, and what to do, in Chinese."""

    reason: str
    mend: str

    def __bool__(self) -> bool:
        """Nothing was found."""
        return False


_tried: dict[str, BrowserFound] = {}


def find_browser(configured: str | None = None) -> BrowserFound | BrowserMissing:
    """A browser that works: the configured one, else one on PATH, else Playwright's own.

    A configured one that fails is reported, not replaced. What was found is remembered for the
    life of the process; failures are tried anew.
    """
    key = configured or ""
    if key not in _tried:
        trouble = driver_trouble()
        answer = trouble if trouble is not None else run_apart(_search(configured))
        if isinstance(answer, BrowserMissing):
            return answer
        _tried[key] = answer
    return _tried[key]


def driver_trouble() -> BrowserMissing | None:
    """What keeps Playwright's driver from running (its Node.js, a missing libatomic1), or None."""
    try:
        node, _ = compute_driver_executable()
        answer = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=20, check=False)
    except (OSError, Error, subprocess.TimeoutExpired) as error:
        return BrowserMissing(reason=f"浏览器驱动所需的 Node.js 不能运行：{error}", mend=MEND_NODE)
    if answer.returncode == 0:
        return None
    said = (answer.stderr or answer.stdout).strip().splitlines()
    library = re.search(r"lib[\w.+-]+\.so[.\d]*", answer.stderr)
    missing = f"缺少系统库 {library.group()}；" if library else ""
    return BrowserMissing(
        reason=f"浏览器驱动所需的 Node.js 不能运行：{missing}{said[0] if said else '无说明'}", mend=MEND_NODE
    )


def run_apart(work: Coroutine[Any, Any, "BrowserFound | BrowserMissing"]) -> "BrowserFound | BrowserMissing":
    """Runs a coroutine in a thread and loop of its own, so that callers may have a loop or none."""
    answers: list[BrowserFound | BrowserMissing] = []
    thread = threading.Thread(target=lambda: answers.append(asyncio.run(work)), daemon=True)
    thread.start()
    thread.join(180)
    if answers:
        return answers[0]
    return BrowserMissing(reason="查找浏览器时未得到答复", mend=MEND_BROWSER)


async def _search(configured: str | None) -> BrowserFound | BrowserMissing:
    try:
        async with async_playwright() as playwright:
            return await _first_working(playwright, configured)
    except Exception as error:
        return BrowserMissing(reason=f"浏览器驱动不能启动：{first_line(error)}", mend=MEND_NODE)


async def _first_working(playwright: Playwright, configured: str | None) -> BrowserFound | BrowserMissing:
    if configured:
        path = shutil.which(configured)
        found = await _try(playwright, path) if path else "没有这个程序或它不可执行"
        if isinstance(found, BrowserFound):
            return found
        mend = "请改正或删去设置 GOVWATCH_BROWSER"
        return BrowserMissing(reason=f"GOVWATCH_BROWSER 指定的 {configured} 不能使用：{found}", mend=mend)
    failed = []
    for path in _candidates(playwright):
        found = await _try(playwright, path)
        if isinstance(found, BrowserFound):
            return found
        failed.append(f"{path or 'Playwright 自带的浏览器'}：{found}")
    reason = "；".join(failed) if failed else "本机没有安装 Chromium 浏览器"
    return BrowserMissing(reason=reason, mend=MEND_BROWSER)


def _candidates(playwright: Playwright) -> Iterator[str | None]:
    seen = set()
    for name in NAMES:
        path = shutil.which(name)
        if path and os.path.realpath(path) not in seen:
            seen.add(os.path.realpath(path))
            yield path
    if Path(playwright.chromium.executable_path).exists() or _own_shell(playwright):
        yield None


def _own_shell(playwright: Playwright) -> bool:
    folder = Path(playwright.chromium.executable_path)
    for parent in folder.parents:
        if parent.name.startswith("chromium-"):
            return any(parent.parent.glob("chromium_headless_shell-*"))
    return False


async def _try(playwright: Playwright, path: str | None) -> BrowserFound | str:
    """The browser at `path` if it takes a picture, else why not."""
    why = ""
    for sandbox in sandboxes():
        try:
            browser = await launch(playwright, path, sandbox)
        except Exception as error:
            why = first_line(error)
            continue
        try:
            return await asyncio.wait_for(_probe(browser, path, sandbox), 40)
        except Exception as error:
            why = f"能启动但不能截图：{first_line(error)}"
        finally:
            await browser.close()
    return why


async def _probe(browser: Browser, path: str | None, sandbox: bool) -> BrowserFound | str:
    page = await browser.new_page()
    await page.set_content(PROBE_PAGE)
    picture = await page.screenshot(timeout=20_000)
    if not picture.startswith(PNG_MAGIC):
        return "截图内容不是图片"
    return BrowserFound(path=path, version=browser.version, sandbox=sandbox)


def sandboxes() -> tuple[bool, ...]:
    """Whether to try Chromium's own sandbox first; it refuses to run as root."""
    if sys.platform != "win32" and os.geteuid() == 0:
        return (False,)
    return (True, False)


async def launch(
    playwright: Playwright, path: str | None, sandbox: bool, proxy: str | None = None
) -> Browser:
    """Launches a browser; raises playwright's Error. `proxy` is the guard every connection goes through."""
    return await playwright.chromium.launch(
        executable_path=path,
        headless=True,
        chromium_sandbox=sandbox,
        args=list(ARGUMENTS),
        handle_sigint=False,
        handle_sigterm=False,
        handle_sighup=False,
        timeout=LAUNCH_MS,
        proxy={"server": proxy} if proxy else None,
    )


def first_line(error: BaseException) -> str:
    """The first line of an error's message, cut to a readable length; its type where it has none."""
    text = str(error).strip().splitlines()
    return text[0][:300] if text else type(error).__name__
