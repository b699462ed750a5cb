"""A web server on loopback whose answers a test writes down, well-behaved or hostile."""

import asyncio
import threading
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

Writer = asyncio.StreamWriter


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request as it came in."""

    target: str
    headers: Mapping[str, str]
    method: str = "GET"
    body: bytes = b""


@dataclass(slots=True)
class Given:
    """An answer: status, body, headers. `length` false leaves Content-Length out."""

    body: bytes | str = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    length: bool = True


Raw = Callable[[Asked, Writer], Awaitable[None]]
Route = Given | str | bytes | Callable[[Asked], "Given | str | bytes"] | Raw


class LoopbackServer:
    """Serves `routes` by request target (path and query); "*" serves all others. Counts requests."""

    def __init__(self, routes: Mapping[str, Any] | None = None) -> None:
        self.routes: dict[str, Any] = dict(routes or {})
        self.asked: list[Asked] = []
        self._loop = asyncio.new_event_loop()
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.WriteTransport] = set()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._ready = threading.Event()
        self.port = 0

    @property
    def home(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    @property
    def counts(self) -> Counter[str]:
        return Counter(asked.target for asked in self.asked)

    def __enter__(self) -> "LoopbackServer":
        self._thread.start()
        self._ready.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._server = self._loop.run_until_complete(asyncio.start_server(self._serve, "127.0.0.1", 0))
        self.port = self._server.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()
        self._server.close()
        self._loop.run_until_complete(asyncio.sleep(0))  # what was just let in gets its task
        tasks = asyncio.all_tasks(self._loop)
        for task in tasks:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
        for transport in self._open:
            transport.abort()
        self._loop.run_until_complete(asyncio.sleep(0))  # transports close their sockets a turn later
        self._loop.run_until_complete(self._loop.shutdown_asyncgens())
        self._loop.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: Writer) -> None:
        self._open.add(writer.transport)
        try:
            while await self._serve_one(reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # the other side went away, or the test is over
        finally:
            writer.close()

    async def _serve_one(self, reader: asyncio.StreamReader, writer: Writer) -> bool:
        try:
            first = await reader.readexactly(1)
            if first == b"\x16":  # a TLS hello: this server speaks plain HTTP
                writer.write(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")
                return False
            head = (first + await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        except asyncio.IncompleteReadError:
            return False
        pairs = (line.partition(":") for line in head[1:] if line)
        headers = {name.lower(): value.strip() for name, _, value in pairs}
        method, target = head[0].split(" ")[:2]
        sent = await reader.readexactly(int(headers.get("content-length", 0)))
        asked = Asked(target=target, headers=headers, method=method, body=sent)
        self.asked.append(asked)
        route = self.routes.get(asked.target, self.routes.get("*", Given(b"not here", 404)))
        given: Any = route
        if asyncio.iscoroutinefunction(route):
            await route(asked, writer)
            return False
        if callable(route):
            given = route(asked)
        if not isinstance(given, Given):
            given = Given(given)
        body = given.body.encode() if isinstance(given.body, str) else given.body
        shown = {"Content-Type": "text/html; charset=utf-8", **given.headers}
        if given.length:
            shown.setdefault("Content-Length", str(len(body)))
        lines = [f"HTTP/1.1 {given.status} X", *(f"{name}: {value}" for name, value in shown.items())]
        writer.write("\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body)
        await writer.drain()
        return given.length
