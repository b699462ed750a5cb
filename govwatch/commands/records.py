"""`govwatch records` and `govwatch ledger`: what people enter, and why a score is what it is."""

from pathlib import Path
from typing import Annotated

import typer

from domain.observation import CHINA
from govwatch import __version__
from govwatch.commands.common import DataFolder, Layout, UserError, emit, folder, opened
from govwatch.commands.schemes import one


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    group = typer.Typer(help="人工录入：自评、评审、通报、加分等。", no_args_is_help=True)
    group.command("import", help="导入录入文件；有错整份不导入。")(import_records)
    group.command("template", help="生成一份空白录入工作簿。")(template)
    app.add_typer(group, name="records")
    app.command("ledger", help="计分台账：每个分数逐笔的来由。")(ledger)


def import_records(
    file: Annotated[Path, typer.Argument(help="录入文件（.xlsx 或 .yaml）")],
    data: DataFolder = None,
    by: Annotated[str | None, typer.Option("--by", help="文件中没有写明填报人时的填报人")] = None,
) -> None:
    """Validates the file like the registry, then appends; the same file again adds nothing."""
    from govwatch import clock
    from schemes.scheme import load_all
    from storage.records import import_file

    with opened(data) as store:
        done = import_file(store, folder(data), file, at=clock.now(), schemes=load_all(), author=by)
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


def ledger(
    data: DataFolder = None,
    unit: Annotated[str | None, typer.Option("--unit", help="只列这个单位的")] = None,
    scheme: Annotated[str | None, typer.Option("--scheme", help="考核办法编号，默认名录中的全部")] = None,
    year: Annotated[int | None, typer.Option("--year", min=2000, max=2100, help="考核年度")] = None,
    format: Annotated[Layout, typer.Option("--format", help="table 或 jsonl")] = Layout.TABLE,
) -> None:
    """Brings the ledger up to date with the confirmed findings and records, then lists it, oldest first."""
    from govwatch import clock
    from scheduler.assessing import bring_up_to_date
    from schemes.ledger import ENTRY_TITLES, to_fields

    with opened(data) as store:
        registry, run = store.registry(), store.run()
        if unit is not None and unit not in {one_unit.code for one_unit in registry.units}:
            raise UserError(f"名录中没有编号为“{unit}”的单位")
        at = run.as_of
        period = year or at.astimezone(CHINA).year
        rows = [
            row
            for name in ((scheme,) if scheme else registry.schemes)
            for row in bring_up_to_date(
                store,
                one(name),
                period,
                at.astimezone(CHINA).date(),
                at=clock.now(),
                author="系统",
                program=f"govwatch {__version__}",
            )
            if unit in (None, row.unit)
        ]
    for row in rows:
        if format in (Layout.JSON, Layout.JSONL):
            emit(to_fields(row))
        else:
            points = f"{row.points:+f}" if row.points else ""
            words = f"{row.scheme}/{row.line}" if row.line else row.scheme
            typer.echo(
                f"{ENTRY_TITLES[row.entry]}  {row.unit}  {words}  {points}  {row.arithmetic} {row.summary}"
            )
    if not rows and format is Layout.TABLE:
        typer.echo("台账中还没有记录：尚无已认定的问题或录入的事项。")
