"""`govwatch serve`: the portal over a data folder."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from govwatch import __version__
from govwatch.commands.common import DataFolder, UserError, folder

if TYPE_CHECKING:
    from domain.finding import Finding
    from domain.observation import AccountObservation, SiteObservation
    from domain.target import Registry
    from portal.outside import Outside


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("serve", help="启动网页界面。")(serve)


def serve(
    data: DataFolder = None,
    host: Annotated[str, typer.Option("--host", help="监听地址；0.0.0.0 表示所有网卡")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="监听端口")] = 8080,
) -> None:
    """Serves until it is interrupted. The first administrator's password is printed here, once."""
    import socket

    import uvicorn

    from govwatch import clock, logs
    from govwatch.settings import settings
    from portal.app import PortalSettings, create_app

    place = folder(data, existing=False)
    chosen = settings()
    logs.configure(form=chosen.log_format, level=chosen.log_level)
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except (OSError, OverflowError) as error:
        listening.close()
        raise UserError(f"不能在 {host}:{port} 上监听（{error}）。请用 --port 换一个端口") from error
    app = create_app(
        place,
        chosen.database_url,
        PortalSettings(
            program=f"govwatch {__version__}",
            objection_days=chosen.objection_days,
            metrics_token=chosen.metrics_token.get_secret_value(),
            announce=_announce,
        ),
        clock.now,
        outside_of(place),
    )
    shown = f"[{host}]" if ":" in host else host
    typer.echo(f"网页界面：http://{shown}:{port}/　按 Ctrl+C 结束", err=True)
    config = uvicorn.Config(
        app, log_config=None, log_level="warning", proxy_headers=False, server_header=False
    )
    with listening:
        uvicorn.Server(config).run(sockets=[listening])


def _announce(word: str) -> None:
    typer.echo("第一次启动，已建立系统管理员：", err=True)
    typer.echo("  登录名：admin", err=True)
    typer.echo(f"  一次性密码：{word}", err=True)
    typer.echo("此密码只显示这一次，登录后须立即修改。", err=True)


def outside_of(data: Path) -> "Outside":
    """What the portal asks of the other packages, over a data folder."""
    from portal.outside import Outside

    return Outside(
        verify=_verify,
        scan=lambda registry, targets: _scan(data, registry, targets),
        observe_site=lambda run, site: _observe_site(data, run, site),
        observe_account=lambda run, account: _observe_account(data, run, account),
        pack=lambda finding, out: _pack(data, finding, out),
    )


def _verify(data: Path) -> object:
    from evidence.verify import verify

    return verify(data)


def _pack(data: Path, finding: "Finding", out: Path) -> None:
    from evidence.pack import export_finding

    export_finding(data, finding, out)


def _scan(data: Path, registry: "Registry", targets: Sequence[str]) -> None:
    """Starts `govwatch scan` as a process of its own, which outlives the portal."""
    import subprocess
    import sys

    from storage.faults import StoreError
    from storage.lock import DataLock
    from storage.registry import dump_yaml

    with DataLock(data):
        pass  # raises StoreError, naming the holder, while another scan is under way
    place = data / "registry-in-force.yaml"
    place.write_text(dump_yaml(registry), encoding="utf-8")
    command = [sys.executable, "-m", "govwatch.cli", "scan", "--registry", str(place), "--data", str(data)]
    for target in targets:
        command += ["--site", target]
    try:
        with (data / "scan.log").open("ab") as log:
            subprocess.Popen(
                [*command, "--no-summary"],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
    except OSError as error:
        raise StoreError(f"巡检没有启动起来：{error}") from error


def _observe_site(data: Path, run: str, site_id: str) -> "SiteObservation | None":
    from crawler.observe import observe
    from crawler.runfolder import RunFolder, WalkError
    from govwatch.settings import settings
    from scheduler.looking import with_looks
    from scheduler.looks import read_looks
    from storage.store import Store

    with Store.open(data, settings().database_url) as store:
        kept, registry, seen = store.run(run), store.registry(run), store.first_seen(site_id)
    place = RunFolder(data / "runs" / run, data / "bodies")
    try:
        walk = with_looks(place.read_walk(site_id), read_looks(place, site_id).rendered)
        site = registry.site(site_id)
    except (WalkError, OSError, KeyError):
        return None
    return observe(site, registry, walk, as_of=kept.as_of, first_seen=seen)


def _observe_account(data: Path, run: str, account_id: str) -> "AccountObservation | None":
    from crawler.accounts import observe_account
    from crawler.readings import read_reading
    from crawler.runfolder import RunFolder
    from govwatch.settings import settings
    from storage.store import Store

    with Store.open(data, settings().database_url) as store:
        kept, registry = store.run(run), store.registry(run)
    reading = read_reading(RunFolder(data / "runs" / run, data / "bodies"), account_id)
    account = next((each for each in registry.accounts if each.id == account_id), None)
    if reading is None or account is None:
        return None
    return observe_account(account, registry, reading, as_of=kept.as_of)
