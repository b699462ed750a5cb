"""`govwatch registry check|template`: the list of who and what is watched."""

from pathlib import Path
from typing import Annotated

import typer

from govwatch.commands.common import UserError


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    group = typer.Typer(help="名录：考核对象、网站、栏目、新媒体账号。", no_args_is_help=True)
    group.command("check", help="检查名录文件，有错逐条指出位置、内容和改法。")(check)
    group.command("template", help="生成一份空白名录工作簿。")(template)
    app.add_typer(group, name="registry")


def check(file: Annotated[Path, typer.Argument(help="名录文件（.yaml 或 .xlsx）")]) -> None:
    """Validates a registry; exit code 0 when it can be used, 2 otherwise."""
    registry = load(file)
    columns = sum(len(site.columns) for site in registry.sites)
    typer.echo(
        f"名录可用：{len(registry.units)}个单位、{len(registry.sites)}个网站、{columns}个登记栏目、"
        f"{len(registry.accounts)}个新媒体账号；适用考核办法：{'、'.join(registry.schemes)}。"
    )


def template(
    file: Annotated[Path, typer.Argument(help="要生成的文件，例如 registry.xlsx")],
    force: Annotated[bool, typer.Option("--force", help="文件已存在时覆盖")] = False,
) -> None:
    """Writes an empty workbook with headings, hints and lists of choices."""
    from storage.registry import write_template

    if file.suffix.lower() != ".xlsx":
        raise UserError(f"模板是 Excel 工作簿，文件名应以 .xlsx 结尾，而不是“{file.name}”")
    if file.exists() and not force:
        raise UserError(f"文件“{file}”已存在。要覆盖请加 --force")
    write_template(file)
    typer.echo(f"已生成名录模板：{file}")


def load(file: Path):  # type: ignore[no-untyped-def]
    """The registry of a file, against the schemes that exist. Raises RegistryError."""
    from govwatch.commands.common import own_schemes
    from schemes.scheme import load_all
    from storage.registry import load as read_registry

    own_schemes()
    return read_registry(file, known_schemes=tuple(load_all()))
