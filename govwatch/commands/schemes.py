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
    group.command("validate", help="检查一个考核办法或年度方案文件。")(validate)
    group.command("diff", help="比较两部考核办法。")(diff)
    group.command("new", help="以一部考核办法为底本，起草另一年的。")(new)
    group.command("plan", help="生成年度方案（各项分值）的空白文件。")(plan)
    app.add_typer(group, name="schemes")


def listing(
    context: typer.Context,
    format: Annotated[Layout, typer.Option("--format", help="table 或 json")] = Layout.TABLE,
) -> None:
    """The regimes: id, name, total points, grades, indicators."""
    if context.invoked_subcommand is not None:
        return
    from govwatch.commands.common import own_schemes
    from schemes.present import scheme_as_json, schemes_table
    from schemes.scheme import load_all

    own_schemes()
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
    from govwatch.commands.common import own_schemes
    from schemes.scheme import load_all

    own_schemes()
    schemes = load_all()
    if name not in schemes:
        raise UserError(f"没有考核办法“{name}”。可用的有：{'、'.join(schemes)}")
    return schemes[name]


def weighed(name: str, year: int, data: Path, given: Path | None = None):  # type: ignore[no-untyped-def]
    """The scheme with the weights of its yearly plan, and the plan's file (None: there is none).

    See `schemes.plan.planned`. Raises UserError for an unknown scheme, SchemeError for an unfit plan.
    """
    from schemes.plan import planned

    return planned(one(name), year, data, readable(given) if given else None)


def readable(file: Path) -> Path:
    """The file if it can be read. Raises UserError naming what is wrong with it."""
    try:
        with file.open("rb"):
            return file
    except OSError as error:
        why = {FileNotFoundError: "没有这个文件", IsADirectoryError: "是文件夹，不是文件"}
        raise UserError(f"“{file}”{why.get(type(error), '不能读取')}，请核对文件名") from error


def validate(file: Annotated[Path, typer.Argument(help="考核办法文件或年度方案文件（.toml）")]) -> None:
    """Names every error with line and mend; exit code 2 when there are any."""
    from schemes.plan import load_plan, with_plan
    from schemes.scheme import load, read_toml

    read = read_toml(readable(file).read_bytes(), file.name)
    head = read[0].get("plan") if isinstance(read, tuple) else None
    if not isinstance(head, dict):
        found = load(file)
        typer.echo(f"可用：{found.name}（{found.id}），{len(found.indicators)}项指标。")
        return
    if not isinstance(head.get("scheme"), str):
        raise UserError(f'{file.name} [plan]：请写明 scheme（考核办法编号），如 scheme = "nanchang"')
    scheme = one(head["scheme"])
    loaded = load_plan(file, scheme)
    whole = with_plan(scheme, loaded)
    lacking = [line.no for line in whole.indicators if _lacks(whole, line)]
    words = f"，尚缺第{'、'.join(lacking)}项的分值" if lacking else "，各项分值齐全"
    typer.echo(f"可用：{scheme.name}{loaded.head.year}年度方案，{len(loaded.lines)}行{words}。")


def _lacks(scheme, line) -> bool:  # type: ignore[no-untyped-def]
    worth = scheme.pool(line.pool).points if line.pool else line.points
    return worth is None and line.effect.value != "veto"


def plan(
    scheme: Annotated[str, typer.Argument(help="考核办法编号")],
    year: Annotated[int, typer.Option("--year", min=2000, max=2100, help="年度")],
    out: Annotated[Path | None, typer.Option("--out", "-o", help="要写的文件")] = None,
) -> None:
    """Writes an empty yearly plan, to be filled in, kept in the data folder's `plans` and validated."""
    from schemes.plan import plan_template

    found = one(scheme)
    if not found.total.weights_from_plan:
        raise UserError(f"“{found.name}”的分值写在办法中，不需要年度方案")
    target = out or Path(f"{scheme}-{year}.toml")
    _write_new(target, plan_template(found, year))
    typer.echo(
        f"已生成 {target}。填好后请执行 govwatch schemes validate {target}，"
        f"放入数据文件夹的 plans 文件夹、名为 {scheme}-{year}.toml 即自动采用"
    )


def _write_new(target: Path, text: str) -> None:
    if target.exists():
        raise UserError(f"文件“{target}”已存在，请换一个文件名")
    target.write_text(text, encoding="utf-8")


def diff(
    first: Annotated[str, typer.Argument(help="考核办法编号或文件")],
    second: Annotated[str, typer.Argument(help="考核办法编号或文件")],
) -> None:
    """What differs between two regimes."""
    from schemes.present import differences
    from schemes.scheme import load

    both = [load(readable(Path(name))) if name.endswith(".toml") else one(name) for name in (first, second)]
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
    _write_new(target, text)
    typer.echo(
        f"已生成 {target}。改好后请执行 govwatch schemes validate {target}，放入数据文件夹的 schemes 文件夹"
        "（或环境变量 GOVWATCH_SCHEMES 所指的文件夹）即可使用"
    )
