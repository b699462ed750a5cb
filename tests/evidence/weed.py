"""A real S3 server on loopback for tests: SeaweedFS from its wheel."""

import json
import os
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

KEYS = {"accessKey": "tester", "secretKey": "secret-of-tests"}
BUCKET = "evidence"
LOOKS, PAUSE = 150, 0.2


def free_port(after: int = 20_100) -> int:
    """A port whose number plus ten thousand is a port too: the server adds that for its other door."""
    for candidate in range(after, 45_000, 7):
        with socket.socket() as first, socket.socket() as second:
            try:
                first.bind(("127.0.0.1", candidate))
                second.bind(("127.0.0.1", candidate + 10_000))
            except OSError:
                continue
            return candidate
    raise RuntimeError("no free port")


@contextmanager
def s3_server(folder: Path) -> Iterator[str]:
    """The endpoint of a server with one bucket; gone afterwards. Skips where it is not installed."""
    pytest.importorskip("obstore", reason="没有 obstore")
    beside = str(Path(sys.executable).parent)
    program = shutil.which("weed", path=os.pathsep.join([beside, os.environ.get("PATH", "")]))
    if program is None:
        pytest.skip("没有 seaweedfs 的 weed 程序")
    identity = {"name": "t", "credentials": [KEYS], "actions": ["Admin", "Read", "Write", "List"]}
    (folder / "s3.json").write_text(json.dumps({"identities": [identity]}))
    ports: dict[str, int] = {}
    for part in ("master", "volume", "filer", "s3"):
        ports[part] = free_port(max(ports.values(), default=20_100) + 11)
    command = [
        program, "server", f"-dir={folder}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-filer", "-s3",
        f"-s3.config={folder}/s3.json", "-master.volumeSizeLimitMB=64",
        *(f"-{part}.port={port}" for part, port in ports.items()),
    ]  # fmt: skip
    with (folder / "log").open("wb") as log, subprocess.Popen(command, stdout=log, stderr=log) as process:
        try:
            endpoint = f"http://127.0.0.1:{ports['s3']}"
            _until_it_answers(endpoint, process)
            _make_bucket(program, ports)
            yield endpoint
        finally:
            process.kill()


def _until_it_answers(endpoint: str, process: "subprocess.Popen[bytes]") -> None:
    pause = threading.Event()
    with httpx2.Client(trust_env=False, timeout=30) as client:
        for _ in range(LOOKS):
            try:
                if client.get(endpoint).status_code < 500:
                    return
            except httpx2.HTTPError:
                pass
            if process.poll() is not None:
                pytest.skip(f"weed 不能启动：{process.returncode}")
            pause.wait(PAUSE)
    pytest.fail("weed 没有应答")


def _make_bucket(program: str, ports: dict[str, int]) -> None:
    doors = [f"-master=127.0.0.1:{ports['master']}", f"-filer=127.0.0.1:{ports['filer']}"]
    subprocess.run(
        [program, "shell", *doors], input=f"s3.bucket.create -name {BUCKET}\n", text=True, timeout=60,
        check=True, capture_output=True,
    )  # fmt: skip
