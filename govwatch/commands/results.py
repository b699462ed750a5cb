"""`govwatch findings`, `govwatch outcomes` and `govwatch review`."""

from pathlib import Path
from typing import Annotated

import typer

from domain.finding import CASE_TITLES, CaseState
from govwatch.commands.common import DataFolder, Layout, UserError, console, folder, moment, opened


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    app.command("findings", help="检查结果：每条问题一行。")(findings)
    app.command("outcomes", help="最近一轮的全部判定，含合格与无法判定的。")(outcomes)
    app.command("review", help="核实一条检查结果：认定、不予认定或免责。")(review)


OutOption = Annotated[Path | None, typer.Option("--out", "-o", help="写入文件（xlsx 必须给出）")]


def findings(
    data: DataFolder = None,
    format: Annotated[Layout, typer.Option("--format", help="table、jsonl、csv 或 xlsx")] = Layout.TABLE,
    state: Annotated[CaseState | None, typer.Option("--state", help="只列这种状态的")] = None,
    unit: Annotated[str | None, typer.Option("--unit", help="只列这个单位的")] = None,
    check: Annotated[str | None, typer.Option("--check", help="只列这项检查的")] = None,
    out: OutOption = None,
) -> None:
    """Lists the findings, mended ones with their state."""
    from storage import export

    with opened(data) as store:
        rows = store.findings(state=state, unit=unit, check=check)
        names = export.Names.of(store.registry())
    place = folder(data)
    match format:
        case Layout.JSONL | Layout.JSON:
            _write(export.findings_jsonl(rows), out)
        case Layout.CSV:
            _write(export.findings_csv(rows, names), out)
        case Layout.XLSX:
            if out is None:
                _write_bytes(export.findings_xlsx_bytes(rows, names))
            else:
                export.findings_xlsx(rows, out, names, place)
        case Layout.TABLE:
            console().print(export.findings_table(rows, names))
        case _:
            raise UserError("findings 的格式只有 table、jsonl、csv、xlsx")


def outcomes(
    data: DataFolder = None,
    format: Annotated[Layout, typer.Option("--format", help="table、jsonl 或 csv")] = Layout.TABLE,
    out: OutOption = None,
) -> None:
    """Every judgement of the last scan, one line per check and subject."""
    from storage import export

    with opened(data) as store:
        rows = store.outcomes()
        names = export.Names.of(store.registry())
    match format:
        case Layout.JSONL | Layout.JSON:
            _write(export.outcomes_jsonl(rows), out)
        case Layout.CSV:
            _write(export.outcomes_csv(rows, names), out)
        case Layout.TABLE:
            console().print(export.outcomes_table(rows, names))
        case _:
            raise UserError("outcomes 的格式只有 table、jsonl、csv")


def review(
    finding: Annotated[str, typer.Argument(help="检查结果编号")],
    to: Annotated[CaseState, typer.Option("--to", help="改为什么状态")],
    by: Annotated[str, typer.Option("--by", help="核实人")],
    reason: Annotated[str, typer.Option("--reason", help="理由")] = "",
    until: Annotated[str | None, typer.Option("--until", help="免责截止日期")] = None,
    data: DataFolder = None,
) -> None:
    """Moves a case to another state; who, when and why are kept for good."""
    from govwatch import clock

    if not by.strip():
        raise UserError("--by 不能为空：每次核实都要记下核实人")
    if to in (CaseState.DISMISSED, CaseState.EXEMPTED) and not reason.strip():
        raise UserError(f"改为“{CASE_TITLES[to]}”必须用 --reason 写明理由")
    with opened(data) as store:
        store.review(finding, to, by=by, reason=reason, at=clock.now(), until=moment(until))
    typer.echo(f"{finding} 已改为“{CASE_TITLES[to]}”。")


def _write(text: str, out: Path | None) -> None:
    if out is None:
        typer.echo(text, nl=False)
    else:
        out.write_text(text, encoding="utf-8")


def _write_bytes(content: bytes) -> None:
    import sys

    if sys.stdout.isatty():
        raise UserError("工作簿不能显示在终端上，请用 --out 文件名.xlsx 写入文件")
    sys.stdout.buffer.write(content)
