"""`govwatch assess`: each unit's score, its lines and its grade."""

from pathlib import Path
from typing import Annotated

import typer

from govwatch.commands.common import DataFolder, Layout, UserError, console, emit
from govwatch.commands.scored import NowOption, PlanOption, SchemeOption, YearOption, scored


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("assess", help="按考核办法计分：得分、等次、逐项说明。")(assess)


def assess(
    scheme: SchemeOption,
    year: YearOption = None,
    data: DataFolder = None,
    format: Annotated[Layout, typer.Option("--format", help="table、json、xlsx 或 docx")] = Layout.TABLE,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="xlsx、docx 要写的文件")] = None,
    now: NowOption = None,
    plan: PlanOption = None,
) -> None:
    """Scores what is stored. Only confirmed findings cost points; what is open is the range below.

    A closed year keeps the scores it was closed with; what appeals made of them since stands beside.
    """
    from schemes.present import assessment_json, assessment_table

    result = scored(data, scheme, year, now=now, plan=plan)
    match format:
        case Layout.JSON | Layout.JSONL:
            emit(assessment_json(result.scheme, result.year, result.cards) | result.closing_json())
        case Layout.TABLE:
            console().print(assessment_table(result.scheme, result.year, result.cards))
            for words in result.closing_words():
                typer.echo(words)
        case Layout.XLSX | Layout.DOCX:
            from portal.export.assessment import write_document, write_workbook

            target = out or Path(f"{scheme}-{result.year}.{format.value}")
            write = write_workbook if format is Layout.XLSX else write_document
            write(
                target, result.scheme, result.year, result.cards, result.findings, result.data, result.names
            )
            typer.echo(f"已写入 {target}")
        case _:
            raise UserError("assess 的格式只有 table、json、xlsx、docx")
