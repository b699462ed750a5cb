"""`govwatch posts`: the file in which people record what an account that cannot be fetched has posted."""

import csv
import hashlib
import io
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from domain.observation import CHINA
from govwatch.commands.common import UserError

COLUMNS = ("链接", "标题", "发布时间", "内容", "置顶", "截图", "登记人", "核查日期")
WIDTHS = (44, 40, 18, 40, 8, 24, 12, 14)
PICTURES = {b"\x89PNG": ".png", b"\xff\xd8\xff": ".jpg"}
MOST_PICTURE_BYTES = 20 * 1024 * 1024


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    group = typer.Typer(help="人工登记新媒体发布的信息：链接、时间、标题、截图。", no_args_is_help=True)
    group.command("template", help="生成一份空白登记表。")(template)
    group.command("add", help="向登记表（.csv）添一条，没有文件就新建。")(add)
    group.command("check", help="检查登记文件能否读懂，读到几条，算到哪一天。")(check)
    app.add_typer(group, name="posts")


def template(file: Annotated[Path, typer.Argument(help="要生成的文件，例如 a21.xlsx")]) -> None:
    """Writes an empty workbook of posts."""
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    if file.suffix.lower() != ".xlsx":
        raise UserError(f"模板是 Excel 工作簿，文件名应以 .xlsx 结尾，而不是“{file.name}”")
    if file.exists():
        raise UserError(f"文件“{file}”已存在，请换一个文件名")
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "发布登记"
    sheet.append(list(COLUMNS))
    for number, width in enumerate(WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "A2"
    book.save(file)
    typer.echo(f"已生成登记表：{file}")


def add(
    file: Annotated[Path, typer.Argument(help="登记表（.csv），名录的 path 写它的文件名")],
    title: Annotated[str, typer.Option("--title", help="标题")],
    time: Annotated[str, typer.Option("--time", help="发布时间，如 2026-06-28 09:30")],
    url: Annotated[str, typer.Option("--url", help="链接")] = "",
    text: Annotated[str, typer.Option("--text", help="内容或摘要")] = "",
    picture: Annotated[Path | None, typer.Option("--picture", help="截图文件，抄存一份到登记表旁边")] = None,
    by: Annotated[str, typer.Option("--by", help="登记人")] = "",
    checked_on: Annotated[str, typer.Option("--checked-on", help="核查日期，默认今天")] = "",
    pinned: Annotated[bool, typer.Option("--pinned", help="是置顶信息")] = False,
) -> None:
    """Appends one post. Nothing is written when anything is wrong."""
    from govwatch import clock

    now = clock.now()
    if file.suffix.lower() != ".csv":
        raise UserError(f"只能向 .csv 文件添加，而不是“{file.name}”；Excel 登记表请直接填写")
    at = _moment(time, now, "--time 发布时间")
    day = _moment(checked_on, now, "--checked-on 核查日期") if checked_on else now
    if at > now:
        raise UserError(f"--time 发布时间“{time}”晚于现在，请核对")
    if url and not url.startswith(("http://", "https://")):
        raise UserError(f"--url 链接“{url}”应以 http:// 或 https:// 开头")
    row = {
        "链接": url,
        "标题": title.strip(),
        "发布时间": f"{at.astimezone(CHINA):%Y-%m-%d %H:%M}",
        "内容": text,
        "置顶": "是" if pinned else "",
        "截图": _keep(picture, file.parent) if picture else "",
        "登记人": by,
        "核查日期": f"{day.astimezone(CHINA):%Y-%m-%d}",
    }
    _append(file, row)
    typer.echo(f"已登记：{row['发布时间']} {row['标题']}")


def _moment(text: str, now: datetime, what: str) -> datetime:
    from crawler.platforms.times import read_instant

    at = read_instant(text, now)
    if at is None:
        raise UserError(f"{what}“{text}”无法识别，请写成 2026-06-28 09:30 的形式")
    return at


def _keep(picture: Path, folder: Path) -> str:
    """Copies a picture beside the file under a name that its content gives."""
    try:
        body = picture.read_bytes()
    except OSError as error:
        raise UserError(f"截图“{picture}”读不出来：{error.strerror}") from error
    ending = next((end for mark, end in PICTURES.items() if body.startswith(mark)), None)
    if ending is None or len(body) > MOST_PICTURE_BYTES:
        raise UserError(f"截图“{picture}”不是 PNG 或 JPEG 图片，或超过 20 MB")
    name = f"截图-{hashlib.sha256(body).hexdigest()[:16]}{ending}"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(body)
    return name


def _append(file: Path, row: dict[str, str]) -> None:
    try:
        old = file.read_text(encoding="utf-8-sig") if file.exists() else ""
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"登记表“{file}”读不出来，请另存为 UTF-8 编码的 CSV") from error
    heads = next(csv.reader(io.StringIO(old)), list(COLUMNS)) if old.strip() else list(COLUMNS)
    if lacking := [name for name in ("标题", "发布时间") if name not in heads]:
        raise UserError(
            f"登记表“{file}”第一行没有“{'、'.join(lacking)}”一栏，请用 govwatch posts template 的表头"
        )
    out = io.StringIO()
    writer = csv.DictWriter(out, heads, extrasaction="ignore", lineterminator="\r\n")
    if not old.strip():
        writer.writeheader()
    writer.writerow(row)
    file.parent.mkdir(parents=True, exist_ok=True)
    gap = "" if not old.strip() or old.endswith("\n") else "\r\n"
    with file.open("a", encoding="utf-8", newline="") as kept:
        kept.write(("\ufeff" if not old else "") + gap + out.getvalue())


def check(file: Annotated[Path, typer.Argument(help="登记文件（.csv、.xlsx、.yaml、.json）")]) -> None:
    """Exit code 0 when the file can be read, 2 with the row at fault otherwise."""
    from crawler.platforms.answer import SourceTrouble
    from crawler.platforms.record import read
    from govwatch import clock

    try:
        answer = read(file.read_bytes(), now=clock.now())
    except OSError as error:
        raise UserError(f"登记文件“{file}”读不出来：{error.strerror}") from error
    except SourceTrouble as trouble:
        raise UserError(f"{file}：{trouble}") from trouble
    missing = [name for _, name in answer.pictures if not (file.parent / name).is_file()]
    if missing:
        raise UserError(f"{file}：找不到截图“{'、'.join(missing[:5])}”，应放在登记文件旁边")
    newest = max((post.posted_at for post in answer.posts if not post.pinned), default=None)
    latest = f"，最新一条 {newest.astimezone(CHINA):%Y-%m-%d}" if newest else ""
    until = f"，核查到 {answer.known_until.astimezone(CHINA):%Y-%m-%d}" if answer.known_until else ""
    typer.echo(f"登记文件可用：{len(answer.posts)} 条{latest}{until}。")
