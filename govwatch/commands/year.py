"""`govwatch year`: closes a year, shows a closed one, proves it whole, reverses a row after an appeal."""

from typing import Annotated

import typer

from domain.observation import CHINA
from govwatch import __version__
from govwatch.commands.common import DataFolder, Layout, UserError, emit, folder, opened
from govwatch.commands.schemes import weighed
from govwatch.commands.scored import NowOption, PlanOption, SchemeOption, when

ALTERED = 1
PROGRAM = f"govwatch {__version__}"
NeededYear = Annotated[int, typer.Option("--year", min=2000, max=2100, help="考核年度")]
ByOption = Annotated[str, typer.Option("--by", help="经办人")]


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    group = typer.Typer(help="年度封账：固定办法、台账和分数。", no_args_is_help=True)
    group.command("close", help="封账：此后只能公开冲销。")(close)
    group.command("show", help="已封账的年度：封账号、分数、封账后的冲销。")(show)
    group.command("verify", help="核对封账后台账、分数和办法是否被改动。")(verify)
    group.command("reverse", help="申诉成立：冲销已封账年度的一笔台账。")(reverse)
    app.add_typer(group, name="year")


def close(
    scheme: SchemeOption,
    year: NeededYear,
    by: ByOption,
    data: DataFolder = None,
    plan: PlanOption = None,
    now: NowOption = None,
    yes: Annotated[bool, typer.Option("--yes", help="确认封账；不写只列出封账前的情况")] = False,
) -> None:
    """Fixes schemes, ledger and scores of a year under a hash; without --yes only says what is open."""
    from govwatch import clock
    from storage.assessing import scorecards
    from storage.closing import close as close_year

    place = folder(data)
    with opened(data) as store:
        at, _ = when(store, year, now, scheme)
        chosen, used = weighed(scheme, year, place, plan)
        waiting = _waiting(scorecards(store, chosen, year, at.date()))
        for words in waiting:
            typer.echo(words, err=True)
        if not yes:
            typer.echo(
                "尚未封账。封账后只能公开冲销，不能再记账和填报；核对无误后请加 --yes 再执行一次", err=True
            )
            return
        done = close_year(
            store, chosen, year, at.date(), plan=used, at=clock.now(), author=by.strip(), program=PROGRAM
        )
    typer.echo(f"{chosen.name}{year}年度已封账：{len(done.frozen.cards)}个单位，封账号 {done.closing.seal}")


def _waiting(cards) -> list[str]:  # type: ignore[no-untyped-def]
    """What is still open before a closing, in Chinese."""
    found = []
    pending = sum(card.open for card in cards)
    if pending:
        found.append(f"还有{pending}项问题待核实，封账后不再计入分数")
    lines = sum(1 for card in cards for line in card.lines if line.open)
    if lines:
        found.append(f"还有{lines}处指标未录入或待核定，封账后按现有成绩固定")
    return found


def show(
    scheme: SchemeOption,
    year: NeededYear,
    data: DataFolder = None,
    format: Annotated[Layout, typer.Option("--format", help="table 或 json")] = Layout.TABLE,
) -> None:
    """How a year was closed: seal, author, moment, scores, and what was reversed since."""
    from storage.closing import closed

    with opened(data) as store:
        closing = store.closing(scheme, year)
        if closing is None:
            raise UserError(f"{scheme} {year}年度还没有封账")
        shut = closed(store, scheme, year)
    found = shut.appeals if shut else {}
    if format in (Layout.JSON, Layout.JSONL):
        emit(
            {
                "scheme": scheme,
                "year": year,
                "seal": closing.seal,
                "author": closing.author,
                "at": closing.at.astimezone(CHINA).isoformat(),
                "versions": list(closing.versions),
                "scores": dict(closing.scores),
                "appeals": {unit: appeal.words for unit, appeal in found.items()},
            }
        )
        return
    typer.echo(f"{scheme} {year}年度　封账号 {closing.seal}")
    typer.echo(f"{closing.at.astimezone(CHINA):%Y-%m-%d %H:%M}　由{closing.author}封账")
    names = {card.unit: card.unit_name for card in shut.frozen.cards} if shut else {}
    for unit, score in closing.scores.items():
        appealed = f"　（{found[unit].words}）" if unit in found else ""
        typer.echo(f"{unit}　{names.get(unit, '')}　{score or '不计分'}{appealed}")


def verify(
    scheme: SchemeOption,
    year: NeededYear,
    data: DataFolder = None,
    format: Annotated[Layout, typer.Option("--format", help="table 或 json")] = Layout.TABLE,
) -> None:
    """Exit code 0: as it was closed; 1: altered, each difference named; 2: not closed."""
    from storage.closing import prove

    with opened(data) as store:
        proven = prove(store, scheme, year)
    if proven is None:
        raise UserError(f"{scheme} {year}年度还没有封账")
    if format in (Layout.JSON, Layout.JSONL):
        emit({"seal": proven.seal, "whole": not proven.problems, "problems": list(proven.problems)})
    elif proven.problems:
        for problem in proven.problems:
            typer.echo(problem)
    else:
        typer.echo(
            f"完好：封账号 {proven.seal}，台账、分数、成绩单和办法与封账时一致，按台账重算的分数相同。"
        )
    if proven.problems:
        raise typer.Exit(ALTERED)


def reverse(
    row: Annotated[str, typer.Argument(help="台账编号，见 govwatch ledger")],
    by: ByOption,
    reason: Annotated[str, typer.Option("--reason", help="理由，如申诉成立的决定文号")],
    data: DataFolder = None,
) -> None:
    """Undoes a row of a closed year by another row, in the open. The frozen score stands; both are shown."""
    from govwatch import clock
    from storage.closing import closed

    with opened(data) as store:
        found = next((each for each in store.ledger() if each.id == row), None)
        if found is None:
            raise UserError(f"台账中没有编号为“{row}”的记录")
        if store.closing(found.scheme, found.year) is None:
            raise UserError(
                f"{found.scheme} {found.year}年度尚未封账。未封账时请在问题或录入上更正"
                "（撤销认定、更正录入），台账随之自动冲销"
            )
        undone = store.reverse_row(row, clock.now(), by, reason, PROGRAM)
        shut = closed(store, found.scheme, found.year)
    appeal = shut.appeals.get(undone.unit) if shut else None
    typer.echo(
        f"已冲销 {row}（冲销编号 {undone.id}）。" + (f"{undone.unit}：{appeal.words}" if appeal else "")
    )
