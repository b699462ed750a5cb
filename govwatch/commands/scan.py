"""`govwatch scan` and `govwatch demo`: one scan of a registry, or of the sample municipality."""

import gc
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from domain.target import Registry
from govwatch import __version__
from govwatch.commands.common import NOT_ALL_JUDGED, DataFolder, UserError, console, folder, moment
from govwatch.commands.registry import load

if TYPE_CHECKING:
    from scheduler.request import ScanRequest, ScanResult
    from scheduler.undertaking import Tell


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    app.command("scan", help="按名录巡检一次。")(scan)
    app.command("demo", help="启动自带的样例城市并巡检一次。")(demo)


NowOption = Annotated[str | None, typer.Option("--now", help="监测时点（ISO 8601），默认为此刻，中国时间")]
DelayOption = Annotated[float, typer.Option("--delay", min=0, max=600, help="同一主机两次请求的间隔（秒）")]
IncrementalOption = Annotated[
    bool,
    typer.Option(
        "--incremental/--full",
        help="沿用上次完整巡检所见，只请求可能有变化的页面（到期仍全量巡检一次）；默认全量",
    ),
]
JobsOption = Annotated[int, typer.Option("--jobs", min=1, max=200, help="同时巡检的网站数")]
ShotsOption = Annotated[bool, typer.Option("--no-screenshots", help="不截图")]


def scan(
    registry: Annotated[Path, typer.Option("--registry", "-r", help="名录文件（.yaml 或 .xlsx）")],
    data: DataFolder = None,
    now: NowOption = None,
    site: Annotated[list[str] | None, typer.Option("--site", help="只巡检这个网站，可多次给出")] = None,
    no_screenshots: ShotsOption = False,
    delay: DelayOption = 1.0,
    jobs: JobsOption = 8,
    summary: Annotated[bool, typer.Option("--summary/--no-summary", help="结束时打印汇总")] = True,
    incremental: IncrementalOption = False,
    workers: Annotated[
        bool, typer.Option("--workers", help="交给 govwatch worker 进程巡检并等到完成（需要 PostgreSQL）")
    ] = False,
) -> None:
    """Scans; exit code 0 when all was judged, 3 when some targets could not be, 2 for bad input."""
    place = folder(data, existing=False)
    chosen = load(registry)
    _known_sites(chosen, site or [])
    run(
        chosen,
        place,
        now=now,
        sites=tuple(site or ()),
        screenshots=not no_screenshots,
        delay=delay,
        jobs=jobs,
        summary=summary,
        origin=registry,
        incremental=incremental,
        workers=workers,
    )


def demo(
    data: DataFolder = None,
    no_screenshots: ShotsOption = False,
    jobs: JobsOption = 8,
) -> None:
    """Serves the sample municipality on loopback and scans it as of its own moment."""
    from sample.city import AS_OF, CITY
    from sample.server import serve

    place = folder(data, existing=False)
    place.mkdir(parents=True, exist_ok=True)
    with serve(CITY, folder=place) as running:
        run(
            load(running.registry_path),
            place,
            now=AS_OF.isoformat(),
            sites=(),
            screenshots=not no_screenshots,
            delay=0.0,
            jobs=jobs,
            summary=True,
            origin=running.registry_path,
            networks=("127.0.0.0/8",),
        )


def _known_sites(registry: Registry, sites: list[str]) -> None:
    known = {site.id for site in registry.sites} | {account.id for account in registry.accounts}
    for site in sites:
        if site not in known:
            raise UserError(f"--site {site}：名录中没有这个网站。可用的编号：{'、'.join(sorted(known)[:20])}")


def run(
    registry: Registry,
    data: Path,
    *,
    now: str | None,
    sites: tuple[str, ...],
    screenshots: bool,
    delay: float,
    jobs: int,
    summary: bool,
    origin: Path,
    networks: tuple[str, ...] = (),
    incremental: bool = False,
    workers: bool = False,
) -> None:
    """One scan with its progress and summary; exits with NOT_ALL_JUDGED when something was not judged.

    With `workers` it goes through the queue. Raises StoreError for that unless the database is PostgreSQL.
    """
    from govwatch import clock
    from govwatch.commands.progress import show
    from govwatch.settings import settings
    from scheduler.jobs import scan as scan_now
    from scheduler.request import ScanRequest
    from scheduler.summary import summarise

    chosen = settings()
    request = ScanRequest(
        registry=registry,
        data=data,
        as_of=moment(now) or clock.now(),
        sites=sites,
        screenshots=screenshots,
        delay=delay,
        jobs=jobs,
        database_url=chosen.database_url,
        networks=chosen.networks + networks,
        max_pages=chosen.max_pages,
        clock=clock.now,
        program=f"govwatch {__version__}",
        browser=chosen.browser,
        origin=origin.parent,
        incremental=incremental,
        full_walk_days=chosen.full_walk_days,
    )
    # What is loaded by now stays: no need to look through it for waste each time verdicts come in.
    gc.freeze()
    with show(registry) as tell:
        result = _by_workers(request, tell) if workers else scan_now(request, tell)
    if summary:
        summarise(result, request, console())
    if result.not_judged:
        raise typer.Exit(NOT_ALL_JUDGED)


def _by_workers(request: "ScanRequest", tell: "Tell") -> "ScanResult":
    from scheduler.enqueuing import enqueue, wait_for  # its libraries are large, and not always needed

    return wait_for(request, enqueue(request), tell)
