"""`govwatch coverage`, `govwatch checks`: what was judged and what was not, and how right the checks are."""

from pathlib import Path
from typing import Annotated

import typer

from govwatch.commands.common import DataFolder, Layout, UserError, console, emit, folder, opened


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    app.command(
        "coverage", help="监测覆盖：各单位每项检查的合格、违规、无法判定及原因，和须人工录入的指标。"
    )(coverage)
    app.command("checks", help="检查项一览：是否试行、经人工核实的准确率、采用它的指标。")(checks)


def coverage(
    data: DataFolder = None,
    unit: Annotated[str | None, typer.Option("--unit", help="只列这个单位的")] = None,
    format: Annotated[Layout, typer.Option("--format", help="table、json 或 xlsx")] = Layout.TABLE,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="写入文件")] = None,
) -> None:
    """What the last scan covers."""
    from schemes.coverage import coverage as reckon
    from schemes.scheme import load_all, questions
    from storage.export.coverage import coverage_object, coverage_table, coverage_xlsx

    with opened(data) as store:
        registry, verdicts, reviewed = store.registry(), store.outcomes(), store.reviewed()
    units = [one for one in registry.units if unit in (None, one.code)]
    if not units:
        known = "、".join(one.code for one in registry.units[:10])
        raise UserError(f"名录里没有单位“{unit}”。请写单位编码，例如 {known}")
    schemes = [load_all()[name] for name in registry.schemes if name in load_all()]
    found = reckon(units, verdicts, questions([scheme.id for scheme in schemes]), schemes)
    match format:
        case Layout.JSON:
            emit(coverage_object(found, reviewed))
        case Layout.XLSX:
            _write_workbook(coverage_xlsx(found, reviewed), out)
        case Layout.TABLE:
            console().print(coverage_table(found, reviewed))
        case _:
            raise UserError("coverage 的格式只有 table、json、xlsx")


def checks(
    data: DataFolder = None,
    format: Annotated[Layout, typer.Option("--format", help="table 或 json")] = Layout.TABLE,
) -> None:
    """Every check, with its accuracy where a data folder holds reviews."""
    from checks.catalogue import all_checks
    from schemes.scheme import load_all
    from storage.export.coverage import checks_object, checks_table

    reviewed = {}
    if data is not None or folder(None, existing=False).is_dir():
        with opened(data) as store:
            reviewed = store.reviewed()
    lines: dict[str, list[str]] = {}
    tried: dict[str, list[str]] = {}
    for scheme in load_all().values():
        for check in scheme.trial.checks:
            tried.setdefault(check, []).append(scheme.id)
        for line in scheme.indicators:
            for check in dict.fromkeys(ask.check for ask in line.asks):
                lines.setdefault(check, []).append(f"{scheme.id}/{line.no}")
    every = all_checks().values()
    if format is Layout.JSON:
        emit(checks_object(every, reviewed, lines, tried))
    elif format is Layout.TABLE:
        console().print(checks_table(every, reviewed, lines, tried))
    else:
        raise UserError("checks 的格式只有 table、json")


def _write_workbook(content: bytes, out: Path | None) -> None:
    import sys

    if out is not None:
        out.write_bytes(content)
    elif sys.stdout.isatty():
        raise UserError("工作簿不能显示在终端上，请用 --out 文件名.xlsx 写入文件")
    else:
        sys.stdout.buffer.write(content)
