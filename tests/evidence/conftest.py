"""A loopback farm of difficult pages, and a browser pool to look at them with."""

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from evidence.browser import BrowserFound, find_browser
from evidence.capture import BrowserPool
from evidence.guard import AddressRules
from evidence.look import CaptureOptions
from govwatch import clock

Page = tuple[int, dict[str, str], bytes]
HTML = {"Content-Type": "text/html; charset=utf-8"}


class Farm:
    """Pages by path; `hang` lists paths that are never answered until the farm closes."""

    def __init__(self) -> None:
        self.pages: dict[str, Page | Callable[[BaseHTTPRequestHandler], Page]] = {}
        self.hang: set[str] = set()
        self.asked: list[str] = []
        self.closing = threading.Event()
        farm = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                path = self.path.split("?")[0]
                farm.asked.append(self.path)
                if path in farm.hang:
                    farm.closing.wait(120)
                    self.close_connection = True
                    return
                page = farm.pages.get(path, (404, HTML, b"<title>404</title>not here"))
                status, headers, body = page(self) if callable(page) else page
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, request: object, client_address: object) -> None:
                pass

        self.server = Server(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True)
        self.thread.start()

    @property
    def port(self) -> int:
        return int(self.server.server_address[1])

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def html(self, path: str, body: str, *, status: int = 200, head: str = "") -> str:
        """Puts a page there; gives its address."""
        text = f"<!DOCTYPE html><html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>"
        self.pages[path] = (status, HTML, text.encode())
        return self.url(path)

    def close(self) -> None:
        self.closing.set()
        self.server.shutdown()
        self.server.server_close()
        self.thread.join(5)


@pytest.fixture(scope="session")
def found() -> BrowserFound:
    browser = find_browser()
    if not isinstance(browser, BrowserFound):
        pytest.skip(f"没有可用的浏览器：{browser.reason}")
    return browser


@pytest.fixture
def farm() -> Iterator[Farm]:
    farm = Farm()
    yield farm
    farm.close()


def options(**changes: object) -> CaptureOptions:
    rules = changes.pop("rules", AddressRules(hosts=frozenset({"127.0.0.1"})))
    return CaptureOptions(**{"rules": rules, "pages": 2, "browsers": 1, **changes})  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def pool(found: BrowserFound) -> Iterator[BrowserPool]:
    with BrowserPool(found, clock.now, options(navigate_s=4, settle_s=4, total_s=20)) as pool:
        yield pool
