"""`govwatch ledger`: why a score is what it is, line by line, from the ledger's rows."""

from typing import Annotated

import typer

from domain.observation import CHINA
from govwatch import __version__
from govwatch.commands.common import DataFolder, Layout, UserError, emit, folder, opened
from govwatch.commands.schemes import weighed
from govwatch.commands.scored import NowOption, PlanOption, YearOption, when


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("ledger", help="计分台账：每个分数逐笔的来由。")(ledger)


def ledger(
    data: DataFolder = None,
    unit: Annotated[str | None, typer.Option("--unit", help="只列这个单位的")] = None,
    scheme: Annotated[str | None, typer.Option("--scheme", help="考核办法编号，默认名录中的全部")] = None,
    year: YearOption = None,
    line: Annotated[str | None, typer.Option("--line", help="只列这一项指标的")] = None,
    format: Annotated[Layout, typer.Option("--format", help="table、json 或 jsonl")] = Layout.TABLE,
    now: NowOption = None,
    plan: PlanOption = None,
) -> None:
    """Brings the ledger up to date with the confirmed findings and records, then explains each score by it.

    A closed year is left as it was; reversals after the closing are listed with the rows they undo.
    """
    from govwatch import clock
    from storage.assessing import bring_up_to_date
    from storage.closing import closed

    place = folder(data)
    with opened(data) as store:
        registry = store.registry()
        names = {one_unit.code: one_unit.name for one_unit in registry.units}
        if unit is not None and unit not in names:
            raise UserError(f"名录中没有编号为“{unit}”的单位")
        books = []
        for name in (scheme,) if scheme else registry.schemes:
            at, period = when(store, year, now, name)
            shut = closed(store, name, period)
            chosen = shut.frozen.scheme if shut else weighed(name, period, place, plan)[0]
            rows = bring_up_to_date(
                store,
                chosen,
                period,
                at.date(),
                at=clock.now(),
                author="系统",
                program=f"govwatch {__version__}",
            )
            books.append((chosen, period, [row for row in rows if unit in (None, row.unit)]))
    if format in (Layout.JSON, Layout.JSONL):
        _emit(books, line)
    else:
        _print(books, names, line)


def _emit(books, line) -> None:  # type: ignore[no-untyped-def]
    from schemes.ledger import to_fields
    from schemes.words import as_number

    for _, _, rows in books:
        for row in rows:
            if line in (None, row.line):
                at = row.at.astimezone(CHINA).isoformat()
                emit(to_fields(row) | {"at": at, "signed": as_number(row.signed)})


def _print(books, names, line) -> None:  # type: ignore[no-untyped-def]
    from schemes.explained import explain

    empty = True
    for scheme, year, rows in books:
        by_unit: dict[str, list] = {}  # type: ignore[type-arg]
        for row in rows:
            by_unit.setdefault(row.unit, []).append(row)
        if by_unit:
            empty = False
            typer.echo(f"{scheme.name}（{scheme.id}）　{year}年度")
        for code, mine in by_unit.items():
            for words in explain(scheme, f"{names.get(code, '')}（{code}）", mine, line=line):
                typer.echo(words)
    if empty:
        typer.echo("台账中还没有记录：尚无已认定的问题或录入的事项。")
