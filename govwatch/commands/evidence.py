"""`govwatch evidence verify|export`: proves that what is kept is whole, and hands it out."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from domain.finding import CaseState
from govwatch.commands.common import DataFolder, Layout, UserError, emit, folder, opened

if TYPE_CHECKING:
    from evidence.inspection import Verification

ALTERED = 1

ENDED = frozenset({CaseState.DISMISSED, CaseState.EXEMPTED, CaseState.CLOSED})
"""States in which nothing is open any more."""


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    group = typer.Typer(help="佐证：核验与导出。", no_args_is_help=True)
    group.command("verify", help="核验全部佐证是否完整、未被改动。")(verify)
    group.command("export", help="导出一条检查结果的佐证包。")(export)
    group.command("prune", help="清理保存期满的佐证（默认只列出）。")(prune)
    app.add_typer(group, name="evidence")
    app.command("backup", help="备份整个数据文件夹。")(backup)
    app.command("restore", help="从备份恢复，并核验。")(restore)


def verify(
    data: DataFolder = None,
    format: Annotated[Layout, typer.Option("--format", help="table 或 json")] = Layout.TABLE,
) -> None:
    """Exit code 0 when all kept evidence is whole, 1 when something was altered or is missing."""
    place = folder(data)
    result = _verified(place)
    if format is Layout.JSON:
        emit(
            {
                "ok": result.ok,
                "files": result.files,
                "manifests": result.manifests,
                "problems": [{"file": p.file, "problem": p.words} for p in result.problems],
            }
        )
    elif result.ok is None:
        typer.echo("没有可核验的佐证。")
    elif result.ok:
        typer.echo(f"佐证完好：{result.manifests}份清单、{result.files}个文件，哈希与链条全部一致。")
    else:
        typer.echo(f"佐证有问题，共{len(result.problems)}处：")
        for problem in result.problems:
            typer.echo(f"  {problem.file}：{problem.words}")
    if result.ok is False:
        raise typer.Exit(ALTERED)


def _verified(place: Path) -> "Verification":
    """Files and, where there is a database, its rows."""
    from govwatch.settings import settings
    from scheduler.sealing import verify_all

    if settings().database_url is None and not (place / "govwatch.db").exists():
        return verify_all(None, place)
    with opened(place) as store:
        return verify_all(store, place)


def prune(
    before: Annotated[int, typer.Option("--before", min=2000, max=2100, help="清理这一年以前的考核年度")],
    data: DataFolder = None,
    dry_run: Annotated[bool, typer.Option("--dry-run/--really", help="只列出，不删除")] = True,
) -> None:
    """Removes evidence of old years; never what an open case or a ledger row refers to."""
    from evidence.prune import plan_prune
    from evidence.prune import prune as prune_now
    from govwatch import clock
    from storage.lock import DataLock

    place = folder(data)
    with opened(data) as store, DataLock(place, "清理佐证"):
        charged = {
            row.source.partition(":")[2] for row in store.ledger() if row.source.startswith("finding:")
        }
        kept_open = {finding.id for finding in store.findings() if finding.state not in ENDED}
        plan = plan_prune(place, before, charged | kept_open)
        typer.echo(
            f"可清理 {len(plan.removals)} 份佐证，约 {plan.size / 1e6:.1f} MB；"
            f"因仍被引用而保留 {len(plan.kept)} 份。"
        )
        if dry_run:
            typer.echo("以上只是列出，没有删除。确认无误后加 --really 执行。")
            return
        prune_now(place, plan, clock.now())
    typer.echo("已清理，每一份的清理都记入了哈希链。")


def backup(
    out: Annotated[Path, typer.Argument(help="要写的备份文件，例如 backup.tar")],
    data: DataFolder = None,
) -> None:
    """Writes the whole data folder into one file, verified."""
    from evidence.backup import backup as backup_now
    from govwatch import clock

    if out.exists():
        raise UserError(f"文件“{out}”已存在，请换一个文件名")
    done = backup_now(folder(data), out, clock.now())
    typer.echo(f"已备份 {done.files} 个文件、{done.size / 1e6:.1f} MB 到 {out}。")


def restore(
    archive: Annotated[Path, typer.Argument(help="备份文件")],
    data: Annotated[Path, typer.Option("--data", "-d", help="恢复到的文件夹，须不存在或为空")],
) -> None:
    """Restores a backup into an empty folder and verifies it."""
    from evidence.backup import restore as restore_now

    if not archive.is_file():
        raise UserError(f"没有备份文件“{archive}”")
    done = restore_now(archive, data)
    typer.echo(f"已恢复 {done.files} 个文件到 {data}。")


def export(
    finding: Annotated[str, typer.Option("--finding", help="检查结果编号")],
    out: Annotated[Path, typer.Option("--out", "-o", help="要写的 .zip 文件")],
    data: DataFolder = None,
) -> None:
    """Writes one finding's evidence pack."""
    from evidence.pack import export_finding

    place = folder(data)
    with opened(data) as store:
        found = [row for row in store.findings() if row.id == finding]
    if not found:
        raise UserError(f"没有编号为“{finding}”的检查结果，可用 govwatch findings 查看编号")
    export_finding(place, found[0], out)
    typer.echo(f"已导出佐证包：{out}")
