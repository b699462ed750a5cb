"""`govwatch lexicon check`: validates a lexicon that an office has edited."""

from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    group = typer.Typer(help="表述错误词库。", no_args_is_help=True)
    group.callback()(_root)
    group.command("check", help="检查词库文件，有错逐条指出行、内容和改法。")(check)
    app.add_typer(group, name="lexicon")


def _root() -> None:
    """A group of its own, so that more commands may follow."""


def check(file: Annotated[Path, typer.Argument(help="词库文件（.toml）")]) -> None:
    """Exit code 0 when the lexicon can be used, 2 otherwise."""
    from schemes.lexicon import load

    lexicon = load(file)
    typer.echo(f"词库可用：{len(lexicon.terms)} 条。")
