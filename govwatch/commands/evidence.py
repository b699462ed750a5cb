"""`govwatch evidence verify|export`: proves that what is kept is whole, and hands it out."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from domain.finding import CaseState
from govwatch.commands.common import DataFolder, Layout, UserError, emit, folder, opened

if TYPE_CHECKING:
    from evidence.inspection import Verification
    from evidence.mirror import Objects
    from evidence.prune import PrunePlan

ALTERED = 1
NOT_YET = 1

KEPT_YEARS = 1
"""Years before the present one whose evidence is kept in any case: for appeals, and one more cycle."""

LISTED = 200
"""Seals that a plan of pruning names one by one."""

ENDED = frozenset({CaseState.DISMISSED, CaseState.EXEMPTED, CaseState.CLOSED})
"""States in which nothing is open any more."""


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    group = typer.Typer(help="佐证：核验与导出。", no_args_is_help=True)
    group.command("verify", help="核验全部佐证是否完整、未被改动。")(verify)
    group.command("export", help="导出佐证包：一条检查结果、一个单位或一个年度的。")(export)
    group.command("stamp", help="请时间戳机构为哈希链签时间戳（RFC 3161）。")(stamp)
    group.command("mirror", help="把佐证另存到 S3 兼容存储，核对或补回。")(mirror)
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
    before: Annotated[
        int | None,
        typer.Option("--before", min=2000, max=2100, help="清理这一年以前的考核年度（默认：保存期已满的）"),
    ] = None,
    data: DataFolder = None,
    dry_run: Annotated[bool, typer.Option("--dry-run/--really", help="只列出，不删除")] = True,
) -> None:
    """Removes evidence of old years; never what an open case or a ledger row refers to."""
    from domain.observation import CHINA
    from evidence.prune import plan_prune
    from evidence.prune import prune as prune_now
    from govwatch import clock
    from storage.lock import DataLock

    place = folder(data)
    latest = clock.now().astimezone(CHINA).year - KEPT_YEARS
    before = latest if before is None else before
    if before > latest and not dry_run:
        raise UserError(
            f"{latest} 年及以后的佐证还在保存期内（考核年度、申诉和其后一个周期），不能清理；"
            f"--before 最晚为 {latest}"
        )
    with opened(data) as store, DataLock(place, "清理佐证"):
        charged = {
            row.source.partition(":")[2] for row in store.ledger() if row.source.startswith("finding:")
        }
        kept_open = {finding.id for finding in store.findings() if finding.state not in ENDED}
        plan = plan_prune(place, before, charged | kept_open)
        _tell(plan, place)
        if dry_run:
            typer.echo("以上只是列出，没有删除。确认无误后加 --really 执行。")
            return
        prune_now(place, plan, clock.now())
    typer.echo("已清理，每一份的清理都记入了哈希链。")


def _tell(plan: "PrunePlan", place: Path) -> None:
    """What a plan removes and what it keeps, each by its place, as far as a person reads."""
    typer.echo(
        f"{plan.before_year} 年以前：可清理 {len(plan.removals)} 份佐证，约 {plan.size / 1e6:.1f} MB；"
        f"因仍被引用而保留 {len(plan.kept)} 份。"
    )
    lines = []
    for one in plan.removals:
        folders = "、".join(path.relative_to(place).as_posix() for path in one.folders)
        lines.append(f"  清理 {folders}（{one.size / 1e6:.1f} MB）")
    lines += [f"  保留 {path.rpartition('/')[0]}：{why}" for path, why in plan.kept]
    for line in lines[:LISTED]:
        typer.echo(line)
    if len(lines) > LISTED:
        typer.echo(f"  另有 {len(lines) - LISTED} 份")


def backup(
    out: Annotated[Path, typer.Argument(help="要写的备份文件，例如 backup.tar")],
    data: DataFolder = None,
) -> None:
    """Writes the whole data folder, and the database where it lies elsewhere, into one file."""
    from govwatch import clock
    from govwatch.settings import settings
    from scheduler.safekeeping import backup_all

    if out.exists():
        raise UserError(f"文件“{out}”已存在，请换一个文件名")
    done = backup_all(folder(data), out, clock.now(), settings().database_url)
    typer.echo(f"已备份 {done.files} 个文件、{done.size / 1e6:.1f} MB 到 {out}。")


def restore(
    archive: Annotated[Path, typer.Argument(help="备份文件")],
    data: Annotated[Path, typer.Option("--data", "-d", help="恢复到的文件夹，须不存在或为空")],
) -> None:
    """Restores a backup into an empty folder and verifies it."""
    from govwatch.settings import settings
    from scheduler.safekeeping import restore_all

    if not archive.is_file():
        raise UserError(f"没有备份文件“{archive}”")
    done = restore_all(archive, data, settings().database_url)
    typer.echo(f"已恢复 {done.files} 个文件到 {data}。")


def export(
    out: Annotated[Path, typer.Option("--out", "-o", help="要写的 .zip 文件")],
    finding: Annotated[str | None, typer.Option("--finding", help="检查结果编号")] = None,
    unit: Annotated[str | None, typer.Option("--unit", help="单位编号：导出该单位的全部佐证包")] = None,
    year: Annotated[int | None, typer.Option("--year", min=2000, max=2100, help="年度（中国时间）")] = None,
    raw: Annotated[bool, typer.Option("--raw", help="含泄露内容的未遮盖原件，查看会记入哈希链")] = False,
    by: Annotated[str, typer.Option("--by", help="查看未遮盖原件的人")] = "",
    reason: Annotated[str, typer.Option("--reason", help="查看未遮盖原件的理由")] = "",
    data: DataFolder = None,
) -> None:
    """Writes one finding's evidence pack, or those of a unit or a year in one file."""
    place = folder(data)
    if finding is None:
        if unit is None and year is None:
            raise UserError("请用 --finding 指明一条检查结果，或用 --unit、--year 指明范围")
        if raw:
            raise UserError(
                "未遮盖的原件只能一条一条导出：请用 --finding，并用 --by、--reason 写明谁、为什么查看"
            )
        _export_many(place, out, unit, year)
    elif unit is not None or year is not None:
        raise UserError("--finding 不能与 --unit、--year 同用")
    else:
        _export_one(place, out, finding, raw, by.strip(), reason.strip())


def _export_one(place: Path, out: Path, finding: str, raw: bool, by: str, reason: str) -> None:
    from evidence.pack import export_finding
    from govwatch import clock
    from scheduler.access import note_raw_access

    with opened(place) as store:
        found = [row for row in store.findings() if row.id == finding]
    if not found:
        raise UserError(f"没有编号为“{finding}”的检查结果，可用 govwatch findings 查看编号")
    if raw:
        if not by or not reason:
            raise UserError("查看未遮盖的原件须用 --by 写明查看人、用 --reason 写明理由，二者都会记入哈希链")
        noted = note_raw_access(place, found[0], by, reason, clock.now())
        typer.echo(f"已将 {by} 查看 {noted} 个未遮盖原件一事记入哈希链。", err=True)
    export_finding(place, found[0], out, at=clock.now(), raw=raw)
    typer.echo(f"已导出佐证包：{out}")


def _export_many(place: Path, out: Path, unit: str | None, year: int | None) -> None:
    from evidence.pack import export_findings
    from govwatch import clock
    from scheduler.access import of_year

    with opened(place) as store:
        if unit is not None and unit not in {one.code for one in store.registry().units}:
            raise UserError(f"--unit {unit}：名录中没有这个单位")
        found = [row for row in store.findings(unit=unit) if year is None or of_year(row, year)]
    if not found:
        raise UserError("这个范围内没有检查结果，没有可导出的佐证")
    without = export_findings(place, found, out, at=clock.now())
    typer.echo(f"已导出 {len(found) - len(without)} 条检查结果的佐证包：{out}")
    if without:
        typer.echo(f"另有 {len(without)} 条没有封存的佐证，清单中已注明：{'、'.join(without[:20])}", err=True)


def stamp(
    data: DataFolder = None,
    url: Annotated[str | None, typer.Option("--url", help="时间戳机构地址，默认取 GOVWATCH_TSA_URL")] = None,
    roots: Annotated[
        Path | None, typer.Option("--roots", help="机构证书（PEM），默认取 GOVWATCH_TSA_ROOTS")
    ] = None,
) -> None:
    """Exit code 0 when the chain is stamped to its end, 1 when the authority must be asked again later."""
    from evidence.bundle import EvidenceStore
    from evidence.timestamps import Authority, stamp_chain
    from govwatch import clock
    from govwatch.settings import settings

    chosen = settings()
    address = url or chosen.tsa_url
    if not address:
        raise UserError("没有设置时间戳机构：请设 GOVWATCH_TSA_URL（和 GOVWATCH_TSA_ROOTS），或用 --url 给出")
    authority = Authority(url=address, roots=roots or chosen.tsa_roots)
    done = stamp_chain(EvidenceStore(folder(data)), authority, clock.now)
    if done.reason:
        typer.echo(done.reason, err=True)
        raise typer.Exit(NOT_YET)
    typer.echo(f"已签时间戳：{done.path}" if done.path else "哈希链没有新的记录，不需要再签时间戳。")


def mirror(
    data: DataFolder = None,
    check: Annotated[bool, typer.Option("--check", help="只核对存储里的是否齐全、未被改动")] = False,
    restore: Annotated[bool, typer.Option("--put-back", help="用存储里的补回本机丢失或被改动的")] = False,
) -> None:
    """Exit code 0 when both places agree, 1 when something is missing or altered (each named)."""
    from evidence.mirror import mirror as copy_all
    from evidence.mirror import put_back, verify_mirror

    place, objects = folder(data), _objects()
    if check and restore:
        raise UserError("--check 与 --put-back 不能同用")
    if restore:
        mended = put_back(place, objects)
        for name in mended:
            typer.echo(f"已补回：{name}")
        typer.echo(f"共补回 {len(mended)} 个文件。")
        return
    if check:
        problems = verify_mirror(place, objects)
        words = "存储中的佐证齐全，内容全部一致。"
    else:
        done = copy_all(place, objects)
        problems = done.problems
        words = f"已另存 {done.copied} 个文件，原已有 {done.present} 个。"
    for problem in problems:
        typer.echo(f"  {problem.file}：{problem.words}")
    if problems:
        raise typer.Exit(ALTERED)
    typer.echo(words)


def _objects() -> "Objects":
    from evidence.mirror import s3_from_environment
    from govwatch.settings import settings

    chosen = settings()
    found = s3_from_environment(
        {
            "GOVWATCH_S3_BUCKET": chosen.s3_bucket,
            "GOVWATCH_S3_ENDPOINT": chosen.s3_endpoint,
            "GOVWATCH_S3_REGION": chosen.s3_region,
            "GOVWATCH_S3_PREFIX": chosen.s3_prefix,
            "GOVWATCH_S3_ACCESS_KEY": chosen.s3_access_key.get_secret_value(),
            "GOVWATCH_S3_SECRET_KEY": chosen.s3_secret_key.get_secret_value(),
        }
    )
    if found is None:
        raise UserError("没有设置佐证的第二存放处：请设 GOVWATCH_S3_BUCKET 等，见 docs/deploy.md")
    return found
