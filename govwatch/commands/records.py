"""`govwatch records`: what people enter."""

from pathlib import Path
from typing import Annotated

import typer

from govwatch.commands.common import DataFolder, UserError, folder, opened
from govwatch.commands.schemes import one


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    group = typer.Typer(help="人工录入：自评、评审、通报、加分等。", no_args_is_help=True)
    group.command("import", help="导入录入文件；有错整份不导入。")(import_records)
    group.command("template", help="生成一份空白录入工作簿。")(template)
    app.add_typer(group, name="records")


def import_records(
    file: Annotated[Path, typer.Argument(help="录入文件（.xlsx 或 .yaml）")],
    data: DataFolder = None,
    by: Annotated[str | None, typer.Option("--by", help="文件中没有写明填报人时的填报人")] = None,
) -> None:
    """Validates the file like the registry, then appends; the same file again adds nothing."""
    from govwatch import clock
    from schemes.scheme import load_all
    from storage.records import import_file

    place = folder(data)
    with opened(data) as store:
        done = import_file(store, place, file, at=clock.now(), schemes=load_all(), author=by)
    typer.echo(f"已录入 {len(done.added)} 条；另有 {done.already} 条此前已录入，没有重复。")


def template(
    file: Annotated[Path, typer.Argument(help="要生成的文件，例如 records.xlsx")],
    scheme: Annotated[str | None, typer.Option("--scheme", help="考核办法编号")] = None,
    year: Annotated[int | None, typer.Option("--year", min=2000, max=2100, help="考核年度")] = None,
) -> None:
    """Writes an empty workbook of records."""
    from storage.records import write_template

    if file.suffix.lower() != ".xlsx":
        raise UserError(f"模板是 Excel 工作簿，文件名应以 .xlsx 结尾，而不是“{file.name}”")
    if file.exists():
        raise UserError(f"文件“{file}”已存在，请换一个文件名")
    write_template(file, one(scheme) if scheme else None, year)
    typer.echo(f"已生成录入模板：{file}")
