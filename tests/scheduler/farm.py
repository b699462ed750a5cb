"""A small city on loopback whose pages are made anew for every day: what a hundred nights are tried on."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from domain.target import ColumnKind, DeclaredColumn, Registry, Site
from domain.unit import Contact, Unit, UnitCategory

COLUMNS = {"tzgg": "通知公告", "gzdt": "工作动态", "zcwj": "政策文件"}
KINDS = {"tzgg": ColumnKind.NOTICES, "gzdt": ColumnKind.NEWS, "zcwj": ColumnKind.POLICY_DOCUMENTS}


@dataclass
class Town:
    """One site: the days of the newest entries by column, and whether it answers."""

    newest: dict[str, date]
    up: bool = True
    empty: frozenset[str] = frozenset()
    address: str = ""
    visits: list[str] = field(default_factory=list)

    def page(self, path: str) -> str | None:
        if path == "/":
            blocks = "".join(self._list(key, 3) for key in COLUMNS)
            menu = "".join(f'<li><a href="/{key}/">{name}</a></li>' for key, name in COLUMNS.items())
            return _html("首页", f"<ul class=nav>{menu}</ul>{blocks}")
        key, _, rest = path.strip("/").partition("/")
        if key in COLUMNS and not rest:
            return _html(COLUMNS[key], self._list(key, 6))
        if key in COLUMNS and rest.endswith(".html"):
            return self._article(key, rest.removesuffix(".html"))
        return None

    def days(self, key: str) -> list[date]:
        if key in self.empty:
            return []
        return [self.newest[key] - timedelta(days=9 * n) for n in range(4)]

    def _list(self, key: str, count: int) -> str:
        items = "".join(
            f'<li><a href="/{key}/{day:%Y%m%d}.html">{_title(key, day)}</a>'
            f"<span>{day.isoformat()}</span></li>"
            for day in self.days(key)[:count]
        )
        return f"<h2><a href='/{key}/'>{COLUMNS[key]}</a></h2><ul class=list>{items}</ul>"

    def _article(self, key: str, name: str) -> str | None:
        for day in self.days(key):
            if f"{day:%Y%m%d}" == name:
                title = _title(key, day)
                words = f"<p>{title}。现将有关事项说明如下，请遵照执行。</p>" * 8
                return _html(
                    title, f"<h1>{title}</h1><div>发布时间：{day.isoformat()}</div><div>{words}</div>"
                )
        return None


def _title(key: str, day: date) -> str:
    return f"关于{COLUMNS[key]}第{day:%Y%m%d}号事项的说明"


def _html(title: str, body: str) -> str:
    head = f"<head><meta charset=utf-8><title>{title}</title></head>"
    return f"<!doctype html><html>{head}<body>{body}</body></html>"


class QuietServer(ThreadingHTTPServer):
    """Says nothing of visitors that hang up: killed scans do."""

    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, request: Any, client_address: Any) -> None:
        pass


@contextmanager
def farm(towns: dict[str, Town]) -> Iterator[None]:
    """Serves every town on a port of its own until the block ends."""
    servers: list[tuple[ThreadingHTTPServer, threading.Thread]] = []
    for town in towns.values():
        server = QuietServer(("127.0.0.1", 0), _handler(town))
        town.address = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        servers.append((server, thread))
    try:
        yield
    finally:
        for server, thread in servers:
            server.shutdown()
            server.server_close()
            thread.join()


def _handler(town: Town) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            town.visits.append(self.path)
            page = town.page(self.path.partition("?")[0]) if town.up else None
            body = (page or "<html><body>404 Not Found</body></html>").encode()
            self.send_response(503 if not town.up else 200 if page else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    return Handler


def registry_of(
    towns: dict[str, Town],
    *,
    scheme: str = "national-2019",
    controls: tuple[str, ...] = (),
    contact: Callable[[str], tuple[Contact, ...]] = lambda unit: (),
) -> Registry:
    """One unit a town, its columns declared."""
    units = tuple(
        Unit(
            code=f"U{name}",
            name=f"云溪市第{name}局",
            category=UnitCategory.DEPARTMENT,
            contacts=contact(f"U{name}"),
        )
        for name in towns
    )
    sites = tuple(
        Site(
            id=name,
            unit=f"U{name}",
            name=f"第{name}局网站",
            home=f"{town.address}/",
            columns=tuple(
                DeclaredColumn(name=title, url=f"{town.address}/{key}/", kind=KINDS[key])
                for key, title in COLUMNS.items()
            ),
        )
        for name, town in towns.items()
    )
    return Registry(schemes=(scheme,), units=units, sites=sites, control_sites=controls)
