"""Serves the sample city on loopback: one port a host, every answer from memory.

`with serve(CITY) as running:` gives a running city; `python -m sample.server --port-base 8100`
runs one that stands until it is interrupted.
"""

import argparse
import asyncio
import contextlib
import json
import socket
import tempfile
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from sample.answering import Desk, parse_request
from sample.certificate import server_context
from sample.model import Answer, City
from sample.registry import DEFAULT_SCHEMES, registry_yaml
from sample.truth import Truth, addressed

Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]

_HEAD_LIMIT = 64 * 1024
_BODY_LIMIT = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Running:
    """A city that answers: where its registry lies, its addresses, and ways to change it under way."""

    city: City
    addresses: dict[str, str]
    folder: Path
    desks: dict[str, Desk]
    schemes: tuple[str, ...]

    @property
    def registry_path(self) -> Path:
        """The registry file with the real addresses."""
        return self.folder / "registry.yaml"

    @property
    def truth_path(self) -> Path:
        """The truth with the real addresses, one JSON object a line."""
        return self.folder / "truth.jsonl"

    def truth(self, check: str | None = None, target: str | None = None) -> tuple[Truth, ...]:
        """What is planted, with real addresses, as far as the schemes in force ask for it."""
        return tuple(
            addressed(truth, self.addresses)
            for truth in self.city.truths()
            if (check is None or truth.check == check)
            and (target is None or truth.target == target)
            and (not truth.schemes or set(truth.schemes) & set(self.schemes))
        )

    def change(self, host: str, path: str, answer: Answer) -> None:
        """From now on `path` of that host answers so."""
        self.desks[host].changed[path] = answer

    def overtake(self, host: str, answer: Answer | None) -> None:
        """From now on every address of that host answers so; None ends it."""
        self.desks[host].everything = answer

    def requests(self) -> int:
        """How many requests were answered so far."""
        return sum(desk.hits.total() for desk in self.desks.values())


@contextmanager
def serve(
    city: City,
    folder: Path | None = None,
    port_base: int = 0,
    schemes: tuple[str, ...] = DEFAULT_SCHEMES,
) -> Iterator[Running]:
    """Serves the city until the block ends; registry and truth are written into `folder`.

    `port_base` 0 takes free ports, otherwise hosts get consecutive ports from it on.
    Raises OSError when a port is taken.
    """
    with contextlib.ExitStack() as stack:
        if folder is None:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="yunxi-")))
        loop = asyncio.new_event_loop()
        stack.callback(loop.close)
        desks: dict[str, Desk] = {}
        servers, addresses = loop.run_until_complete(_open(city, desks, port_base))
        closed = stack.enter_context(contextlib.closing(_closed_port()))
        addresses["closed"] = f"http://127.0.0.1:{closed.getsockname()[1]}"
        thread = threading.Thread(target=loop.run_forever, name="sample-city", daemon=True)
        thread.start()
        stack.callback(_shut, loop, thread, servers)
        running = Running(city, addresses, folder, desks, schemes)
        _write(running)
        yield running


async def _open(
    city: City, desks: dict[str, Desk], port_base: int
) -> tuple[list[asyncio.Server], dict[str, str]]:
    servers: list[asyncio.Server] = []
    addresses: dict[str, str] = {}
    secure = server_context() if any(host.secure for host in city.hosts()) else None
    for index, host in enumerate(city.hosts()):
        desk = desks.setdefault(host.id, Desk(host, addresses))
        port = port_base + index if port_base else 0
        try:
            server = await asyncio.start_server(
                _talker(desk), "127.0.0.1", port, limit=_HEAD_LIMIT, ssl=secure if host.secure else None
            )
        except OSError:
            for opened in servers:
                opened.close()
            raise
        servers.append(server)
        scheme = "https" if host.secure else "http"
        addresses[host.id] = f"{scheme}://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    return servers, addresses


def _closed_port() -> socket.socket:
    """A port that is taken but that nobody answers at: connections to it are refused."""
    line = socket.socket()
    line.bind(("127.0.0.1", 0))
    return line


def _shut(loop: asyncio.AbstractEventLoop, thread: threading.Thread, servers: list[asyncio.Server]) -> None:
    async def close() -> None:
        for server in servers:
            server.close()
        talks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for talk in talks:
            talk.cancel()
        await asyncio.gather(*talks, return_exceptions=True)

    asyncio.run_coroutine_threadsafe(close(), loop).result()
    loop.call_soon_threadsafe(loop.stop)
    thread.join()


def _talker(desk: Desk) -> Talk:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while await _answer_one(desk, reader, writer):
                pass
        except (OSError, ValueError, KeyError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass
        finally:
            writer.close()

    return talk


async def _answer_one(desk: Desk, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
    request = parse_request((await reader.readuntil(b"\r\n\r\n"))[:-4])
    length = int(request.headers.get("content-length", "0"))
    if length:
        request = replace(request, form=await reader.readexactly(min(length, _BODY_LIMIT)))
    reply = desk.reply(request)
    if reply.delay:
        await asyncio.sleep(reply.delay)
    writer.write(reply.payload)
    await writer.drain()
    for pause, piece in reply.rest:
        await asyncio.sleep(pause)
        writer.write(piece)
        await writer.drain()
    return not reply.hang_up


def _write(running: Running) -> None:
    folder = running.folder
    folder.mkdir(parents=True, exist_ok=True)
    text = registry_yaml(running.city, running.addresses, running.schemes)
    running.registry_path.write_text(text, encoding="utf-8")
    for account in running.city.accounts:
        for name, content in account.files.items():
            (folder / name).write_bytes(content)
    lines = (json.dumps(asdict(truth), ensure_ascii=False) for truth in running.truth())
    running.truth_path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")


def main() -> None:
    """Runs the city until interrupted and says where everything is."""
    from sample.city import CITY

    parser = argparse.ArgumentParser(description="在本机运行样例市（云溪市）的网站与账号")
    parser.add_argument("--port-base", type=int, default=8100, help="第一个端口；0 为任选空闲端口")
    parser.add_argument(
        "--folder", type=Path, default=Path("data/sample-city"), help="名录和标准答案写到哪里"
    )
    chosen = parser.parse_args()
    with serve(CITY, chosen.folder, chosen.port_base) as running:
        for site in CITY.sites:
            print(f"{site.id}  {running.addresses[site.hosts[0].id]}{site.home}  {site.name}")
        print(f"名录：{running.registry_path}\n答案：{running.truth_path}\n按 Ctrl+C 结束。", flush=True)
        with contextlib.suppress(KeyboardInterrupt):
            threading.Event().wait()


if __name__ == "__main__":
    main()
