"""`govwatch doctor`: what is missing on this machine, and how to get it."""

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from govwatch.commands.common import DataFolder, console


class Part(StrEnum):
    """What can be examined by itself."""

    BROWSER = "browser"
    FONTS = "fonts"
    DATABASE = "database"


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("doctor", help="检查本机还缺什么（浏览器、字体、数据库）以及如何补上。")(doctor)


def doctor(
    data: DataFolder = None,
    only: Annotated[Part | None, typer.Option("--only", help="只检查一项")] = None,
) -> None:
    """Examines the machine; exit code 0 when all is there, 1 otherwise."""
    examinations: dict[Part, Callable[[Path | None], str]] = {
        Part.BROWSER: _browser,
        Part.FONTS: _fonts,
        Part.DATABASE: _database,
    }
    titles = {Part.BROWSER: "浏览器（取证截图）", Part.FONTS: "中文字体", Part.DATABASE: "数据库"}
    lacking = 0
    for part, examine in examinations.items():
        if only not in (None, part):
            continue
        trouble = examine(data)
        lacking += bool(trouble)
        mark = "[red]缺[/red]" if trouble else "[green]好[/green]"
        console().print(f"{mark}  {titles[part]}" + (f"：{trouble}" if trouble else ""), highlight=False)
    if lacking:
        console().print("缺浏览器或字体时仍可巡检，只是没有截图或截图中的汉字不清楚。", highlight=False)
        raise typer.Exit(1)


def _browser(_: Path | None) -> str:
    from evidence.browser import BrowserMissing, find_browser

    found = find_browser()
    return f"{found.reason}。{found.mend}" if isinstance(found, BrowserMissing) else ""


def _fonts(_: Path | None) -> str:
    from evidence.browser import find_cjk_font

    return "" if find_cjk_font() else "没有中文字体。请执行：apt-get install fonts-noto-cjk"


def _database(data: Path | None) -> str:
    from govwatch.settings import settings
    from storage.store import Store

    chosen = settings()
    folder = data or chosen.data
    if chosen.database_url is None and not folder.exists():
        return ""
    try:
        with Store.open(folder, chosen.database_url):
            return ""
    except Exception as error:
        return f"打不开数据库：{error}"
