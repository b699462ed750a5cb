"""`govwatch read`: what the program reads off one page, and why it believes each date."""

from datetime import datetime
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer

from domain.observation import CHINA
from govwatch.commands.common import Layout, UserError, console, emit, moment
from govwatch.commands.readout import lines_of

COULD_NOT_READ = 3


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("read", help="读一个网页或文件，说明读到了什么、日期依据是什么。")(read)


def read(
    what: Annotated[str, typer.Argument(help="网址，或保存在本机的文件")],
    url: Annotated[str | None, typer.Option("--url", help="文件原来的网址")] = None,
    now: Annotated[str | None, typer.Option("--now", help="监测时点，用于推断没有年份的日期")] = None,
    format: Annotated[Layout, typer.Option("--format", help="table 或 json")] = Layout.TABLE,
) -> None:
    """Exit code 0 when it was read, 2 for bad input, 3 when it could not be read."""
    from govwatch import clock

    at = moment(now) or clock.now()
    reading = _of_address(_checked(what), at) if "://" in what else _of_file(what, url, at)
    if format is Layout.JSON:
        emit(reading)
    else:
        for line in lines_of(reading):
            console().print(line, markup=False, highlight=False, soft_wrap=True)
    if reading["fetch_status"] != "ok":
        raise typer.Exit(COULD_NOT_READ)


def _checked(address: str) -> str:
    """The address, if it is one. Raises UserError naming the value otherwise."""
    try:
        parts = urlsplit(address.strip())
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        sound = False
    if not sound or any(
        character.isspace() for character in address.strip().partition("://")[2].partition("/")[0]
    ):
        raise UserError(f"“{address}”不是网址，请写成 http:// 或 https:// 开头、带主机名的完整网址")
    return address.strip()


def _of_file(name: str, url: str | None, at: datetime) -> dict[str, object]:
    from crawler.single import reading_of_bytes

    path = Path(name)
    if not path.is_file():
        raise UserError(f"没有文件“{name}”。要读网页请给出以 http:// 或 https:// 开头的网址")
    address = _checked(url) if url else path.resolve().as_uri()
    return reading_of_bytes(path.read_bytes(), address, content_type=None, today=at.astimezone(CHINA).date())


def _of_address(address: str, at: datetime) -> dict[str, object]:
    from crawler.single import reading_of_address
    from govwatch.settings import settings

    return reading_of_address(address, at=at, networks=settings().networks)
