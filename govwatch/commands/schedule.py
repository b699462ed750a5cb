"""`govwatch schedule`: the nights: scans, probes, rechecks, reminders, messages, upkeep."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from govwatch.commands.common import DataFolder, Layout, UserError, console, emit, folder, moment

if TYPE_CHECKING:
    from scheduler.desk import NightStore, Place
    from scheduler.office import Means

FAILED = 1


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("schedule", help="夜间运行：定时巡检、探测、复查、提醒、通知与维护。")(schedule)


def schedule(
    data: DataFolder = None,
    registry: Annotated[
        Path | None, typer.Option("--registry", "-r", help="名录文件；给出即记为现行名录")
    ] = None,
    once: Annotated[str | None, typer.Option("--once", help="只做这一项任务，做完退出")] = None,
    listing: Annotated[bool, typer.Option("--list", help="列出各项任务及上次、下次时间")] = False,
    pause: Annotated[list[str] | None, typer.Option("--pause", help="暂停这项任务")] = None,
    resume: Annotated[list[str] | None, typer.Option("--resume", help="恢复这项任务")] = None,
    ask: Annotated[list[str] | None, typer.Option("--ask", help="请运行中的调度立即做这项任务")] = None,
    change: Annotated[
        list[str] | None, typer.Option("--set", help="改一项设置：名称=值，见 docs/nights.md")
    ] = None,
    settings: Annotated[bool, typer.Option("--settings", help="列出各项设置的现值")] = False,
    now: Annotated[str | None, typer.Option("--now", help="配合 --once：以此为当前时刻")] = None,
    due: Annotated[str | None, typer.Option("--due", hidden=True)] = None,
    parent: Annotated[int | None, typer.Option("--parent", hidden=True)] = None,
    delay: Annotated[
        float | None, typer.Option("--delay", min=0, max=600, help="两次请求的间隔（秒）")
    ] = None,
    no_screenshots: Annotated[bool, typer.Option("--no-screenshots", help="不截图")] = False,
    format: Annotated[Layout, typer.Option("--format", help="table 或 json，用于 --list")] = Layout.TABLE,
) -> None:
    """Runs until it is interrupted. With --once: exit code 0 done, 1 not done, 2 bad input."""
    from dataclasses import replace

    if parent is not None:
        from crawler.parentage import die_with_parent

        die_with_parent(parent)
    place = _place(folder(data, existing=False), now, delay, screenshots=not no_screenshots)
    place = replace(place, spread=due is not None and now is None)
    place.data.mkdir(parents=True, exist_ok=True)
    with place.opened() as store:
        if registry is not None:
            _keep_registry(store, registry, place)
        _set(store, place, change or [])
        changed = _change(store, place, pause or [], resume or [], ask or []) or bool(change)
    if settings:
        _show_settings(place)
    elif listing:
        _list(place, format)
    elif once is not None:
        _once(place, once, due)
    elif not changed:
        _run(place, delay, screenshots=not no_screenshots)


def _place(data: Path, now: str | None, delay: float | None, *, screenshots: bool) -> "Place":
    from dataclasses import replace

    from govwatch.commands.recheck import place_of
    from scheduler.nights import terms_in_force

    place = place_of(data, screenshots=screenshots, delay=1.0)
    at = moment(now)
    if at is not None:
        place = replace(place, clock=lambda: at)
    data.mkdir(parents=True, exist_ok=True)
    with place.opened() as store:
        terms = terms_in_force(store)
    pause = terms.pause_seconds if delay is None else delay
    return replace(place, pause=pause, screenshots=screenshots and terms.screenshots)


def means() -> "Means":
    """What this machine gives the nights."""
    from govwatch.nights import night_settings
    from govwatch.settings import settings
    from scheduler.office import Means

    chosen, common = night_settings(), settings()
    return Means(
        outlets=chosen.outlets,
        operators=chosen.operator_list,
        backup_to=chosen.backup_to,
        tsa=chosen.tsa or common.tsa_url,
        tsa_roots=chosen.tsa_roots or common.tsa_roots,
    )


def _keep_registry(store: "NightStore", path: Path, place: "Place") -> None:
    from govwatch.commands.registry import load
    from storage.people import Act

    found = load(path)
    if store.kept_registry() == found:
        return
    at = place.clock()
    act = Act(at=at, who="命令行", act="registry", object=path.name[:200], detail={"units": len(found.units)})
    store.keep_registry(found, f"govwatch schedule --registry {path.name}", "命令行", at, act)


def _change(store: "NightStore", place: "Place", pause: list[str], resume: list[str], ask: list[str]) -> bool:
    from scheduler.nights import WORK

    for name in (*pause, *resume, *ask):
        if name not in WORK:
            raise UserError(f"没有名为“{name}”的任务，可用的有：{'、'.join(WORK)}")
    for name in pause:
        store.pause_job(name, paused=True)
    for name in resume:
        store.pause_job(name, paused=False)
    for name in ask:
        store.ask_job(name, "命令行", place.clock())
    return bool(pause or resume or ask)


def _set(store: "NightStore", place: "Place", changes: list[str]) -> None:
    """Keeps settings anew, each checked first; a change is on record."""
    import json

    from scheduler.terms import SETTING, terms_of
    from storage.people import Act

    for change in changes:
        name, equals, text = change.partition("=")
        if not equals:
            raise UserError(f"--set {change}：应写成 名称=值，例如 --set scan_at=02:30")
        try:
            value = json.loads(text)
        except ValueError:
            value = text
        kept = dict(store.settings().get(SETTING) or {}) | {name.strip(): value}
        terms_of(kept)  # raises StoreError in words
        at = place.clock()
        act = Act(at=at, who="命令行", act="settings", object=name[:200], detail={"value": value})
        store.keep_setting(SETTING, kept, "命令行", at, act)


def _show_settings(place: "Place") -> None:
    from dataclasses import asdict

    from scheduler.nights import terms_in_force

    with place.opened() as store:
        terms = asdict(terms_in_force(store))
    if terms["operators"]:
        terms["operators"] = f"{len(terms['operators'])}个（不显示）"
    console().print_json(data=terms)


def _once(place: "Place", name: str, due: str | None) -> None:
    from scheduler.nights import perform
    from storage.nights import DONE

    line = perform(place, name, means(), due=moment(due), even_paused=due is None)
    typer.echo(f"{name}：{line.words}", err=line.outcome != DONE)
    if line.outcome != DONE and due is None:
        raise typer.Exit(FAILED)


def _list(place: "Place", format: Layout) -> None:
    from rich.table import Table

    from domain.observation import CHINA
    from scheduler.nights import terms_in_force
    from scheduler.plan import jobs_of, next_time

    def shown(at: datetime | None) -> str:
        return "" if at is None else f"{at.astimezone(CHINA):%Y-%m-%d %H:%M}"

    with place.opened() as store:
        planned, states = jobs_of(terms_in_force(store)), store.jobs()
    rows = []
    for name, job in planned.items():
        state = states.get(name)
        rows.append(
            {
                "job": name,
                "title": job.title,
                "when": job.when,
                "next": shown((state.next_at if state else None) or next_time(job, place.clock())),
                "last": shown(state.began_at if state else None),
                "outcome": state.outcome if state else "",
                "paused": bool(state and state.paused),
                "words": state.words if state else "",
            }
        )
    if format is Layout.JSON:
        emit(rows)
        return
    table = Table()
    for title in ("任务", "名称", "安排", "下次", "上次", "结果"):
        table.add_column(title)
    for row in rows:
        outcome = "已暂停" if row["paused"] else f"{OUTCOMES.get(str(row['outcome']), '')} {row['words']}"
        table.add_row(*(str(row[key]) for key in ("job", "title", "when", "next", "last")), outcome.strip())
    console().print(table)


OUTCOMES = {
    "done": "完成",
    "failed": "没有完成",
    "running": "进行中",
    "skipped": "略过",
    "broken_off": "中断",
}


def _run(place: "Place", delay: float | None, *, screenshots: bool) -> None:
    import signal
    import threading

    from govwatch import logs
    from govwatch.settings import settings
    from scheduler.clockwork import Clockwork, command_of

    logs.configure(form=settings().log_format, level=settings().log_level)
    stop = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())
    command = command_of(str(place.data), {} if delay is None else {"--delay": str(delay)})
    if not screenshots:
        command.append("--no-screenshots")
    with place.opened() as store:
        typer.echo(f"夜间调度已启动，数据文件夹 {place.data}，按 Ctrl+C 结束。", err=True)
        Clockwork(place=place, command=command, store=store, stop=stop).run()
    typer.echo("夜间调度已结束。", err=True)
