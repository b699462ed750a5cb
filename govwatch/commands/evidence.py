"""`govwatch evidence verify|export`: proves that what is kept is whole, and hands it out."""

from pathlib import Path
from typing import Annotated

import typer

from govwatch.commands.common import DataFolder, Layout, UserError, emit, folder, opened

ALTERED = 1


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    group = typer.Typer(help="佐证：核验与导出。", no_args_is_help=True)
    group.command("verify", help="核验全部佐证是否完整、未被改动。")(verify)
    group.command("export", help="导出一条检查结果的佐证包。")(export)
    app.add_typer(group, name="evidence")


def verify(
    data: DataFolder = None,
    format: Annotated[Layout, typer.Option("--format", help="table 或 json")] = Layout.TABLE,
) -> None:
    """Exit code 0 when all kept evidence is whole, 1 when something was altered or is missing."""
    from evidence.verify import verify as verify_all

    result = verify_all(folder(data))
    if format is Layout.JSON:
        emit(
            {
                "ok": result.ok,
                "files": result.files,
                "manifests": result.manifests,
                "problems": [{"file": p.file, "problem": p.words} for p in result.problems],
            }
        )
    elif result.ok is None:
        typer.echo("没有可核验的佐证。")
    elif result.ok:
        typer.echo(f"佐证完好：{result.manifests}份清单、{result.files}个文件，哈希与链条全部一致。")
    else:
        typer.echo(f"佐证有问题，共{len(result.problems)}处：")
        for problem in result.problems:
            typer.echo(f"  {problem.file}：{problem.words}")
    if result.ok is False:
        raise typer.Exit(ALTERED)


def export(
    finding: Annotated[str, typer.Option("--finding", help="检查结果编号")],
    out: Annotated[Path, typer.Option("--out", "-o", help="要写的 .zip 文件")],
    data: DataFolder = None,
) -> None:
    """Writes one finding's evidence pack."""
    from evidence.pack import export_finding

    place = folder(data)
    with opened(data) as store:
        found = [row for row in store.findings() if row.id == finding]
    if not found:
        raise UserError(f"没有编号为“{finding}”的检查结果，可用 govwatch findings 查看编号")
    export_finding(place, found[0], out)
    typer.echo(f"已导出佐证包：{out}")
