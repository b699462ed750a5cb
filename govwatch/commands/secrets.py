"""`govwatch secrets` and `govwatch sources`: credentials of accounts' sources, and how the sources stand."""

import sys
from typing import Annotated

import typer

from domain.observation import CHINA
from domain.target import Account, Registry
from govwatch.commands.common import DataFolder, Layout, UserError, console, emit, folder, opened
from storage.sources import SourceHealth

LONGEST_INPUT = 8192


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    group = typer.Typer(help="信息源的密钥：加密保存，只列名称，不显示内容。", no_args_is_help=True)
    group.command("set", help="存入或更换一项密钥，内容从终端或标准输入读取。")(set_secret)
    group.command("list", help="列出密钥的名称、存入时间和存入人。")(list_secrets)
    group.command("remove", help="删除一项密钥。")(remove_secret)
    app.add_typer(group, name="secrets")
    app.command("sources", help="新媒体信息源的状况：是否正常、从何时起无法判定。")(list_sources)


def set_secret(
    name: Annotated[str, typer.Argument(help="名称，名录中用 secret_name 引用")],
    data: DataFolder = None,
    by: Annotated[str, typer.Option("--by", help="存入人")] = "",
    note: Annotated[str, typer.Option("--note", help="说明，例如哪个账号用")] = "",
) -> None:
    """Seals a secret. It is never taken from the command line, where other users could read it."""
    from govwatch import clock
    from govwatch.settings import settings
    from scheduler.credentials import key_file
    from storage.store import Store

    place = folder(data, existing=False)
    value = _read_secret()
    with Store.open(place, settings().database_url) as store:
        store.seal_secret(key_file(place), name, value, at=clock.now(), by=by, note=note)
    typer.echo(
        f"已存入密钥“{name}”。密钥文件：{key_file(place)}，请妥善备份，不要与数据库放在同一份备份中外传。"
    )


def _read_secret() -> str:
    if sys.stdin.isatty():
        value: str = typer.prompt("密钥内容（不回显）", hide_input=True, confirmation_prompt="再输入一次")
        return value
    value = sys.stdin.read(LONGEST_INPUT).strip()
    if not value:
        raise UserError("标准输入中没有密钥内容")
    return value


def list_secrets(
    data: DataFolder = None,
    format: Annotated[Layout, typer.Option("--format", help="table 或 jsonl")] = Layout.TABLE,
) -> None:
    """Names, when and by whom; never a value."""
    with opened(data) as store:
        entries = store.secrets()
    for entry in entries:
        if format in (Layout.JSON, Layout.JSONL):
            emit(
                {
                    "name": entry.name,
                    "set_at": entry.set_at.isoformat(),
                    "set_by": entry.set_by,
                    "note": entry.note,
                }
            )
        else:
            at = entry.set_at.astimezone(CHINA)
            typer.echo(f"{entry.name}  {at:%Y-%m-%d %H:%M}  {entry.set_by or '—'}  {entry.note}")
    if not entries and format is Layout.TABLE:
        typer.echo("还没有存入密钥。")


def remove_secret(
    name: Annotated[str, typer.Argument(help="名称")],
    data: DataFolder = None,
) -> None:
    """Drops a secret. Exit code 2 when there is none of that name."""
    with opened(data) as store:
        if not store.remove_secret(name):
            known = "、".join(entry.name for entry in store.secrets()) or "没有任何密钥"
            raise UserError(f"没有名为“{name}”的密钥。现有：{known}")
    typer.echo(f"已删除密钥“{name}”。")


def list_sources(
    data: DataFolder = None,
    format: Annotated[Layout, typer.Option("--format", help="table 或 jsonl")] = Layout.TABLE,
    blind: Annotated[bool, typer.Option("--blind", help="只列无法判定的")] = False,
) -> None:
    """How each account's source stands: works, or blind since a day and why; its last good answer."""
    with opened(data) as store:
        registry, found = store.registry(), store.sources()
    accounts = {account.id: account for account in registry.accounts}
    shown = [(accounts[each.account], each) for each in found if each.account in accounts]
    shown = [pair for pair in shown if not (blind and pair[1].works)]
    if format in (Layout.JSON, Layout.JSONL):
        for account, health in shown:
            emit(fields_of(account, health))
        return
    _table(registry, shown)


def fields_of(account: Account, health: SourceHealth) -> dict[str, object]:
    """One source as plain values."""
    return {
        "account": account.id,
        "name": account.name,
        "unit": account.unit,
        "platform": account.platform.value,
        "source": account.source.type.value,
        "state": health.state,
        "since": health.since.astimezone(CHINA).isoformat(),
        "checked": health.checked.astimezone(CHINA).isoformat(),
        "reason": health.reason,
        "failures": health.failures,
        "last_good": health.last_good.astimezone(CHINA).isoformat() if health.last_good else None,
        "newest": health.newest.astimezone(CHINA).isoformat() if health.newest else None,
        "posts": health.posts,
        "control": account.control,
    }


def _table(registry: Registry, shown: list[tuple[Account, SourceHealth]]) -> None:
    if not shown:
        typer.echo("没有可列的信息源。" if registry.accounts else "名录中没有新媒体账号。")
        return
    for account, health in shown:
        since = health.since.astimezone(CHINA).date().isoformat()
        good = health.last_good.astimezone(CHINA).date().isoformat() if health.last_good else "从未"
        state = "正常" if health.works else f"自{since}起无法判定，上次正常 {good}：{health.reason}"
        mark = "（对照）" if account.control else ""
        console().print(
            f"{account.id}  {account.name}{mark}  {account.source.type.value}  {state}", soft_wrap=True
        )
