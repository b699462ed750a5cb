"""`govwatch schemes`: the regimes, as a list, in full, compared, validated, copied for next year."""

from pathlib import Path
from typing import Annotated

import typer

from govwatch.commands.common import Layout, UserError, console, emit


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    group = typer.Typer(help="考核办法。", invoke_without_command=True)
    group.callback()(listing)
    group.command("show", help="一部考核办法的全部指标。")(show)
    group.command("validate", help="检查一个考核办法文件。")(validate)
    group.command("diff", help="比较两部考核办法。")(diff)
    group.command("new", help="以一部考核办法为底本，起草另一年的。")(new)
    app.add_typer(group, name="schemes")


def listing(
    context: typer.Context,
    format: Annotated[Layout, typer.Option("--format", help="table 或 json")] = Layout.TABLE,
) -> None:
    """The regimes: id, name, total points, grades, indicators."""
    if context.invoked_subcommand is not None:
        return
    from schemes.present import scheme_as_json, schemes_table
    from schemes.scheme import load_all

    schemes = list(load_all().values())
    if format is Layout.JSON:
        emit([scheme_as_json(scheme) for scheme in schemes])
    else:
        console().print(schemes_table(schemes))


def show(
    scheme: Annotated[str, typer.Argument(help="考核办法编号")],
    format: Annotated[Layout, typer.Option("--format", help="table 或 json")] = Layout.TABLE,
) -> None:
    """One regime in full."""
    from schemes.present import indicators_table, scheme_as_json

    found = one(scheme)
    if format is Layout.JSON:
        emit(scheme_as_json(found))
    else:
        console().print(indicators_table(found))


def one(name: str):  # type: ignore[no-untyped-def]
    """The scheme with this id. Raises UserError naming those there are."""
    from schemes.scheme import load_all

    schemes = load_all()
    if name not in schemes:
        raise UserError(f"没有考核办法“{name}”。可用的有：{'、'.join(schemes)}")
    return schemes[name]


def validate(file: Annotated[Path, typer.Argument(help="考核办法文件（.toml）")]) -> None:
    """Names every error with line and mend; exit code 2 when there are any."""
    from schemes.scheme import load

    found = load(file)
    typer.echo(f"可用：{found.name}（{found.id}），{len(found.indicators)}项指标。")


def diff(
    first: Annotated[str, typer.Argument(help="考核办法编号或文件")],
    second: Annotated[str, typer.Argument(help="考核办法编号或文件")],
) -> None:
    """What differs between two regimes."""
    from schemes.present import differences
    from schemes.scheme import load

    both = [load(Path(name)) if name.endswith(".toml") else one(name) for name in (first, second)]
    for line in differences(*both) or ["两部考核办法没有差别。"]:
        typer.echo(line)


def new(
    source: Annotated[str, typer.Option("--from", help="作为底本的考核办法编号")],
    year: Annotated[int, typer.Option("--year", min=2000, max=2100, help="新的年度")],
    out: Annotated[Path | None, typer.Option("--out", "-o", help="要写的文件")] = None,
) -> None:
    """Writes a copy for another year, to be edited and validated."""
    from schemes.present import copy_for_year

    text, name = copy_for_year(one(source), year)
    target = out or Path(f"{name}.toml")
    if target.exists():
        raise UserError(f"文件“{target}”已存在，请换一个文件名")
    target.write_text(text, encoding="utf-8")
    typer.echo(f"已生成 {target}。改好后请执行 govwatch schemes validate {target}")
