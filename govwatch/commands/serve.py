"""`govwatch serve`: the portal over a data folder."""

from collections.abc import Sequence
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from govwatch import __version__
from govwatch.commands.common import DataFolder, UserError, folder

if TYPE_CHECKING:
    from domain.finding import Finding
    from domain.observation import AccountObservation, SiteObservation
    from domain.target import Registry
    from govwatch.settings import Settings
    from portal.office import Office
    from portal.oidc import Provider
    from portal.outside import Effective, Outside, Pace


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
    import threading

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
        listening.listen()  # whoever opens the address as soon as it is told waits, and is not refused
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
            effective=effective(chosen),
            provider=provider_of(chosen),
            announce=_announce,
        ),
        clock.now,
        outside_of(place),
    )
    shown = f"[{host}]" if ":" in host else host
    typer.echo(f"网页界面：http://{shown}:{port}/　按 Ctrl+C 结束", err=True)
    threading.Thread(target=_warm, args=(app.state.office,), daemon=True).start()
    config = uvicorn.Config(
        app, log_config=None, log_level="warning", proxy_headers=False, server_header=False
    )
    with listening:
        uvicorn.Server(config).run(sockets=[listening])


def _warm(office: "Office") -> None:
    """Reckons the scores beforehand; what goes wrong here is told on the page that wants them."""
    from storage.faults import StoreError

    with suppress(StoreError):
        office.warm()


TITLES = {
    "data": "默认数据文件夹",
    "allow_networks": "允许访问的内部网段",
    "browser": "取证用的浏览器",
    "contact": "访问时留的联系方式",
    "max_pages": "每个网站每轮最多页数",
    "schemes": "本单位考核办法的文件夹",
    "objection_days": "申诉期限（工作日）",
    "lease_seconds": "多机巡检：多久无应答算掉线（秒）",
    "retry_seconds": "多机巡检：失败后隔多久重试（秒）",
    "metrics_token": "监控指标的访问令牌",
    "public_url": "网页界面的对外地址",
    "oidc_issuer": "统一身份认证服务",
    "oidc_client_id": "统一身份认证的应用编号",
    "oidc_client_secret": "统一身份认证的密钥",
    "oidc_claim": "统一身份认证中作登录名的字段",
    "oidc_title": "统一身份认证的名称",
    "full_walk_days": "每隔几天全面巡检一次",
    "tsa_url": "时间戳服务地址",
    "tsa_roots": "时间戳服务的证书文件",
    "s3_bucket": "对象存储的桶",
    "s3_endpoint": "对象存储的地址",
    "s3_region": "对象存储的区域",
    "s3_prefix": "对象存储中的前缀",
    "s3_access_key": "对象存储的访问编号",
    "s3_secret_key": "对象存储的密钥",
    "log_format": "日志格式",
    "log_level": "日志级别",
}


def provider_of(chosen: "Settings") -> "Provider | None":
    """The identity service, if one is set. Raises UserError for half a setting or a missing package."""
    from portal.oidc import Provider

    if not chosen.oidc_issuer:
        return None
    lacking = [
        f"GOVWATCH_{name.upper()}" for name in ("oidc_client_id", "public_url") if not getattr(chosen, name)
    ]
    if lacking:
        raise UserError(f"设置了 GOVWATCH_OIDC_ISSUER，还须设置 {'、'.join(lacking)}")
    if find_spec("authlib") is None:
        raise UserError("统一身份认证需要 authlib，请安装：pip install 'govwatch[oidc]'")
    return Provider(
        issuer=chosen.oidc_issuer,
        client_id=chosen.oidc_client_id,
        client_secret=chosen.oidc_client_secret.get_secret_value(),
        public_url=chosen.public_url,
        claim=chosen.oidc_claim,
        title=chosen.oidc_title,
    )


def effective(chosen: "Settings") -> "list[Effective]":
    """The settings as they stand: value, and whether it was set or is the default. Secrets are not shown."""
    import os

    from pydantic import SecretStr

    from portal.outside import Effective

    found = []
    for name in type(chosen).model_fields:
        if name == "database_url":
            continue
        value, variable = getattr(chosen, name), f"GOVWATCH_{name.upper()}"
        if isinstance(value, SecretStr):
            words = "已设置" if value.get_secret_value() else "未设置"
        else:
            words = "未设置" if value in (None, "") else str(value)
        source = (
            "默认"
            if name not in chosen.model_fields_set
            else "环境变量"
            if variable in os.environ
            else ".env 文件"
        )
        found.append(Effective(name=variable, title=TITLES.get(name, name), value=words, source=source))
    return found


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
        scan=lambda registry, targets, pace: _scan(data, registry, targets, pace),
        recheck=(lambda case: _recheck(data, case)) if find_spec("govwatch.commands.recheck") else None,
        observe_site=lambda run, site: _observe_site(data, run, site),
        observe_account=lambda run, account: _observe_account(data, run, account),
        pack=lambda finding, out: _pack(data, finding, out),
    )


def _verify(data: Path) -> object:
    from govwatch.settings import settings
    from scheduler.sealing import verify_all
    from storage.store import Store

    with Store.open(data, settings().database_url) as store:
        return verify_all(store, data)


def _pack(data: Path, finding: "Finding", out: Path) -> None:
    from evidence.pack import export_finding

    export_finding(data, finding, out)


def _scan(data: Path, registry: "Registry", targets: Sequence[str], pace: "Pace") -> None:
    """Starts `govwatch scan` as a process of its own, which outlives the portal; with workers, queues it."""
    from storage.lock import DataLock
    from storage.registry import dump_yaml

    queued = _workers(data) > 0
    if not queued:
        with DataLock(data):
            pass  # raises StoreError, naming the holder, while another scan is under way
    place = data / "registry-in-force.yaml"
    place.write_text(dump_yaml(registry), encoding="utf-8")
    options = ["--registry", str(place), "--delay", str(pace.delay)]
    options += [] if pace.pictures else ["--no-screenshots"]
    for target in targets:
        options += ["--site", target]
    if queued:
        _start(data, "enqueue", [*options, "--no-wait", "--priority", "10"])
    else:
        _start(data, "scan", [*options, "--jobs", str(pace.jobs), "--no-summary"])


def _workers(data: Path) -> int:
    """How many workers of the queue are alive; none without PostgreSQL."""
    from govwatch.settings import settings
    from storage.store import Store

    url = settings().database_url
    if not url:
        return 0
    with Store.open(data, url) as store:
        return store.measure().workers


def _recheck(data: Path, case: str) -> None:
    """Starts `govwatch recheck` of one finding as a process of its own."""
    _start(data, "recheck", ["--finding", case])


def _start(data: Path, command: str, options: Sequence[str]) -> None:
    import subprocess
    import sys

    from storage.faults import StoreError

    line = [sys.executable, "-m", "govwatch.cli", command, "--data", str(data), *options]
    try:
        with (data / f"{command}.log").open("ab") as log:
            subprocess.Popen(line, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
    except OSError as error:
        raise StoreError(f"没有启动起来：{error}") from error


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
