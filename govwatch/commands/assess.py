"""`govwatch assess`: each unit's score, its lines and its grade."""

from pathlib import Path
from typing import Annotated

import typer

from domain.observation import CHINA
from govwatch.commands.common import DataFolder, Layout, UserError, console, emit, folder, moment, opened
from govwatch.commands.schemes import one


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("assess", help="按考核办法计分：得分、等次、逐项说明。")(assess)


def assess(
    scheme: Annotated[str, typer.Option("--scheme", help="考核办法编号")],
    year: Annotated[int | None, typer.Option("--year", min=2000, max=2100, help="考核年度")] = None,
    data: DataFolder = None,
    format: Annotated[Layout, typer.Option("--format", help="table、json、xlsx 或 docx")] = Layout.TABLE,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="xlsx、docx 要写的文件")] = None,
    now: Annotated[
        str | None, typer.Option("--now", help="计算到哪一天为止，默认为最近一轮的监测时点")
    ] = None,
    plan: Annotated[Path | None, typer.Option("--plan", help="年度方案（分值）文件")] = None,
) -> None:
    """Scores what is stored. Only confirmed findings cost points; what is open is the range below."""
    from scheduler.assessing import scorecards
    from schemes.plan import load_plan, with_plan
    from schemes.present import assessment_json, assessment_table

    chosen = one(scheme)
    if plan is not None:
        chosen = with_plan(chosen, load_plan(plan, chosen))
    with opened(data) as store:
        run = store.run()
        at = (moment(now) or run.as_of).astimezone(CHINA)
        period = year or at.year
        cards = scorecards(store, chosen, period, at.date())
        findings = store.findings()
        registry = store.registry()
    names = {site.id: site.name for site in registry.sites}
    names |= {account.id: account.name for account in registry.accounts}
    match format:
        case Layout.JSON | Layout.JSONL:
            emit(assessment_json(chosen, period, cards))
        case Layout.TABLE:
            console().print(assessment_table(chosen, period, cards))
        case Layout.XLSX | Layout.DOCX:
            from portal.export.assessment import write_document, write_workbook

            target = out or Path(f"{scheme}-{period}.{format.value}")
            write = write_workbook if format is Layout.XLSX else write_document
            write(target, chosen, period, cards, findings, folder(data), names)
            typer.echo(f"已写入 {target}")
        case _:
            raise UserError("assess 的格式只有 table、json、xlsx、docx")
