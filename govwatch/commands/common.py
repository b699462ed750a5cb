"""What subcommands share: options, output, exit codes, and errors explained in Chinese."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from domain.observation import CHINA

if TYPE_CHECKING:
    from storage.store import Store

BAD_INPUT = 2
NOT_ALL_JUDGED = 3

DataFolder = Annotated[
    Path | None, typer.Option("--data", "-d", help="数据文件夹（数据库、佐证都在其中）", show_default="data")
]


class Layout(StrEnum):
    """How a result is written out."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    XLSX = "xlsx"
    DOCX = "docx"


USER_ERRORS = frozenset(
    {
        "WordFileError", "PackError", "NothingSealedError", "BackupError", "ChainError", "MirrorError",
        "AuthorityError", "KeyTroubleError",
    }
)  # fmt: skip
"""Errors of the pure packages whose Chinese message is meant for the user."""


class UserError(Exception):
    """What the user gave cannot be used; the message says what and how to mend it."""


def console(*, stderr: bool = False) -> Console:
    """Where people read: wide enough for tables when it is not a terminal."""
    plain = Console(stderr=stderr)
    return plain if plain.is_terminal else Console(stderr=stderr, width=160)


def moment(text: str | None) -> datetime | None:
    """An instant from ISO 8601; without a zone it is China Standard Time. Raises UserError."""
    if text is None:
        return None
    try:
        read = datetime.fromisoformat(text)
    except ValueError as error:
        raise UserError(f"时间“{text}”无法识别，请写成 2026-06-30T02:00:00+08:00 的形式") from error
    return read if read.tzinfo else read.replace(tzinfo=CHINA)


def folder(data: Path | None, *, existing: bool = True) -> Path:
    """The data folder that was meant. Raises UserError when it must exist and does not, or cannot be one."""
    from govwatch.settings import settings

    chosen = data or settings().data
    nearest = next((place for place in (chosen, *chosen.parents) if place.exists()), chosen)
    if nearest.exists() and not nearest.is_dir():
        raise UserError(f"“{nearest}”是文件，不能作数据文件夹。请用 --data 另指一个文件夹")
    own_schemes(chosen / "schemes")
    if existing and not chosen.is_dir():
        raise UserError(f"没有数据文件夹“{chosen}”。请先用 govwatch scan 巡检，或用 --data 指出所在位置")
    return chosen


def own_schemes(*folders: Path) -> None:
    """Makes the office's own schemes known: those of GOVWATCH_SCHEMES and of the folders named.

    Raises UserError when the folder that GOVWATCH_SCHEMES names does not exist.
    """
    from govwatch.settings import settings

    named = settings().schemes
    if named is not None and not named.is_dir():
        raise UserError(f"环境变量 GOVWATCH_SCHEMES 所指的文件夹“{named}”不存在")
    wanted = [place for place in (named, *folders) if place is not None and place.is_dir()]
    if wanted:
        from schemes.scheme import add_shelf

        for place in wanted:
            add_shelf(place)


@contextmanager
def opened(data: Path | None) -> Iterator["Store"]:
    """The store over an existing data folder. Raises UserError when nothing was ever scanned there."""
    from govwatch.settings import settings
    from storage.store import Store

    chosen = folder(data)
    url = settings().database_url
    if url is None and not (chosen / "govwatch.db").exists():
        raise UserError(f"文件夹“{chosen}”中没有巡检数据。请先用 govwatch scan --data {chosen} 巡检")
    with Store.open(chosen, url) as store:
        yield store


def emit(value: Mapping[str, Any] | list[Any]) -> None:
    """Writes one JSON value to standard output, as a line."""
    typer.echo(json.dumps(value, ensure_ascii=False, default=str))


def explain(error: Exception) -> str | None:
    """The Chinese explanation of an error that is the user's to mend; None when it is ours."""
    if isinstance(error, UserError):
        return str(error)
    if getattr(error, "for_user", False) or type(error).__name__ in USER_ERRORS:
        return str(error)
    return None
