"""`govwatch judge`: judges a kept run again, offline, under another scheme or date."""

from pathlib import Path
from typing import Annotated

import typer

from govwatch.commands.common import DataFolder, Layout, UserError, console, folder, moment, opened


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("judge", help="对保存下来的一轮巡检重新判定（不联网），可换考核办法或时点。")(judge)


def judge(
    run: Annotated[str, typer.Option("--run", help="轮次编号，last 表示最近一轮")] = "last",
    data: DataFolder = None,
    scheme: Annotated[list[str] | None, typer.Option("--scheme", help="改用这个考核办法，可多次给出")] = None,
    now: Annotated[str | None, typer.Option("--now", help="改用这个监测时点")] = None,
    format: Annotated[Layout, typer.Option("--format", help="table 或 jsonl")] = Layout.TABLE,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="写入文件")] = None,
) -> None:
    """Judges again what was kept; nothing is stored. Says which units would change."""
    from scheduler.rejudge import judge_again
    from schemes.scheme import load_all
    from storage import export

    for name in scheme or []:
        if name not in load_all():
            raise UserError(f"没有考核办法“{name}”。可用的有：{'、'.join(load_all())}")
    with opened(data) as store:
        again = judge_again(store, folder(data), run, schemes=tuple(scheme or ()), as_of=moment(now))
    if format in (Layout.JSONL, Layout.JSON):
        text = export.outcomes_jsonl(again.outcomes)
        if out is None:
            typer.echo(text, nl=False)
        else:
            out.write_text(text, encoding="utf-8")
    elif format is Layout.TABLE:
        console().print(export.outcomes_table(again.outcomes))
    else:
        raise UserError("judge 的格式只有 table、jsonl")
    typer.echo(again.summary, err=True)
