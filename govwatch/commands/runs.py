"""`govwatch runs` and `govwatch status`: what was done, what could not be seen and why, and how we are."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from govwatch.commands.common import DataFolder, Layout, UserError, console, emit, folder, opened

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scheduler.unseen import Unseen
    from storage.runs import Run
    from storage.staging import Headway

AMISS = 1
RUNNING = "running"

STATES = {"done": "完成", "running": "巡检中", "abandoned": "中断"}


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    app.command("runs", help="各轮巡检；用 --run 查看一轮没能看到什么、为什么。")(runs)
    app.command("status", help="程序自身是否正常：磁盘、数据库、最近一轮、任务队列。")(status)


def runs(
    data: DataFolder = None,
    run: Annotated[str | None, typer.Option("--run", help="轮次编号，last 为最近完成的一轮")] = None,
    format: Annotated[Layout, typer.Option("--format", help="table、json 或 jsonl")] = Layout.TABLE,
    limit: Annotated[int, typer.Option("--limit", min=1, max=10_000, help="列出最近几轮")] = 20,
) -> None:
    """The runs, newest first; or one run's report of what was not seen, target by target."""
    if format not in (Layout.TABLE, Layout.JSON, Layout.JSONL):
        raise UserError("runs 的格式只有 table、json、jsonl")
    if run is None:
        _list(data, format, limit)
    else:
        _report(data, run, format)


def _list(data: DataFolder, format: Layout, limit: int) -> None:
    from rich.table import Table

    from storage.staging import headway

    with opened(data) as store:
        found = store.runs(limit)
        under_way = {one.id: headway(store, folder(data), one.id) for one in found if one.state == RUNNING}
    if format is not Layout.TABLE:
        _emit([_run(one) | _done(under_way.get(one.id)) for one in found], format)
        return
    table = Table("轮次", "监测时点", "状态", "开始", "结束", "页面", "判定", "程序")
    for one in found:
        counts = [str(one.counts.get(name, "")) for name in ("pages", "verdicts")]
        times = (
            _moment(one.as_of),
            _state(one, under_way.get(one.id)),
            _moment(one.started),
            _moment(one.ended),
        )
        table.add_row(one.id, *times, *counts, one.program)
    console().print(table)


def _state(run: "Run", done: "Headway | None") -> str:
    state = STATES.get(run.state, run.state)
    return state if done is None else f"{state} {done.done}/{done.whole}"


def _done(done: "Headway | None") -> dict[str, Any]:
    return {} if done is None else {"done": done.done, "taken_in": done.taken, "targets": done.whole}


def _report(data: DataFolder, run: str, format: Layout) -> None:
    from scheduler.unseen import unseen_of
    from storage.staging import headway

    with opened(data) as store:
        found = store.run(run)
        done = headway(store, folder(data), found.id)
        missed = unseen_of(store.registry(found.id), store.targets(found.id), store.outcomes(found.id))
    if format is Layout.TABLE:
        _show(found, missed, done)
    elif format is Layout.JSON:
        emit(_run(found) | {"done": done.done, "targets": [_unseen(one) for one in missed]})
    else:
        _emit([_unseen(one) for one in missed], format)


def _show(run: "Run", missed: list["Unseen"], done: "Headway") -> None:
    from rich.markup import escape

    from scheduler.slots import SLOTS, timetable_of

    screen = console()
    whole = [one for one in missed if one.whole]
    blind = [one for one in missed if one.trouble]
    screen.print(
        f"轮次 {run.id}  监测时点 {_moment(run.as_of)}  {STATES.get(run.state, run.state)}："
        f"对象 {len(missed)} 个，全部看到的 {len(whole)} 个，完全无法判定的 {len(blind)} 个",
        highlight=False,
    )
    slots = timetable_of(run.options.get(SLOTS))
    if slots is not None:
        screen.print(slots.words, highlight=False, soft_wrap=True)
    if run.state == RUNNING:
        screen.print(f"已完成 {done.done}/{done.whole}", highlight=False)
        if slots is not None:
            _show_slots(slots.starts, missed)
        return
    for one in missed:
        if one.whole:
            continue
        head = one.trouble or one.note or ("" if one.complete else "栏目没有走完")
        screen.print(f"[bold]{escape(one.name)}[/bold]（{one.target}）{escape(head)}", highlight=False)
        for title, counts in (("没有取到的页面", one.gaps), ("无法判定的事项", one.reasons)):
            for reason, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
                words = escape(reason or "原因不详")
                screen.print(f"    {title} {count} 个：{words}", highlight=False, soft_wrap=True)


def _show_slots(starts: "Mapping[str, datetime]", missed: list["Unseen"]) -> None:
    """When each site that is not taken in begins."""
    from rich.markup import escape

    from scheduler.unseen import NOT_TAKEN_IN

    waiting = [one for one in missed if one.trouble == NOT_TAKEN_IN and one.target in starts]
    for one in sorted(waiting, key=lambda one: starts[one.target]):
        at = _moment(starts[one.target])
        console().print(f"    {at}  {escape(one.name)}（{one.target}）", highlight=False)


def status(
    data: DataFolder = None,
    format: Annotated[Layout, typer.Option("--format", help="table 或 json")] = Layout.TABLE,
) -> None:
    """Says how the program itself is; exit code 1 when something is amiss."""
    from govwatch import clock
    from storage.vitals import vitals

    place = folder(data)
    with opened(data) as store:
        found = vitals(place, store.measure(), clock.now())
    if format is Layout.TABLE:
        for one in found:
            typer.echo(f"{'正常' if one.ok else '异常'}  {one.words}")
    else:
        _emit([{"name": one.name, "ok": one.ok, "words": one.words} for one in found], format)
    if not all(one.ok for one in found):
        raise typer.Exit(AMISS)


def _run(run: "Run") -> dict[str, Any]:
    return {
        "run": run.id,
        "state": run.state,
        "as_of": run.as_of.isoformat(),
        "started": run.started.isoformat(),
        "ended": run.ended.isoformat() if run.ended else None,
        "program": run.program,
        "slots": run.options.get("slots"),
        "schemes": dict(run.schemes),
        "counts": dict(run.counts),
        "problems": list(run.problems),
    }


def _unseen(one: "Unseen") -> dict[str, Any]:
    return {
        one.kind: one.target,
        "name": one.name,
        "unit": one.unit,
        "whole": one.whole,
        "complete": one.complete,
        "not_judged": one.trouble or None,
        "note": one.note or None,
        "pages_not_seen": dict(one.gaps),
        "inconclusive": dict(one.reasons),
    }


def _emit(rows: list[dict[str, Any]], format: Layout) -> None:
    if format is Layout.JSON:
        emit(rows)
    else:
        for row in rows:
            emit(row)


def _moment(at: datetime | None) -> str:
    from domain.observation import CHINA

    return "" if at is None else at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")
