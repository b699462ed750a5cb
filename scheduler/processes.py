"""Has an errand done by a process of its own, which dies with the worker and answers in one line."""

import asyncio
import contextlib
import json
import logging
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from domain.target import Registry
from scheduler.errands import PUT_OFF, Errand
from scheduler.workers import Done, ErrandFailedError, ErrandPutOffError

GRACE_S = 10.0
"""Seconds that a process is given to end when its errand is called off."""

MOST_ANSWER = 1 << 20
MOST_WORDS = 300

log = logging.getLogger(__name__)

RegistryOf = Callable[[str], Registry]
"""The registry of a run by its id."""


class Processes:
    """Starts the processes of one worker. `command` is how the program's own command line is called."""

    def __init__(self, data: Path, registry_of: RegistryOf, command: Sequence[str] = ()) -> None:
        self._data = data
        self._registry_of = registry_of
        self._command = tuple(command) or (sys.executable, "-m", "govwatch.cli")

    async def carry(self, errand: Errand, give_up: bool) -> Done:
        """Has one errand done. Raises ErrandPutOffError or ErrandFailedError."""
        process = await asyncio.create_subprocess_exec(
            *self._command,
            "errand", errand.kind, errand.run, *([errand.target] if errand.target else []),
            "--data", str(self._data), "--parent", str(os.getpid()), *(["--give-up"] if give_up else []),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            start_new_session=True,  # an interrupt from the keyboard is the worker's matter
            limit=MOST_ANSWER,
        )  # fmt: skip
        try:
            assert process.stdout is not None
            assert process.stderr is not None
            answer, last = await asyncio.gather(process.stdout.read(), _overhear(process.stderr))
            code = await process.wait()
        finally:
            if process.returncode is None:
                await _end(process)
        if code == PUT_OFF:
            raise ErrandPutOffError(last or errand.lease)
        if code != 0:
            raise ErrandFailedError(f"退出码 {code}" + (f"：{last}" if last else ""))
        return await self._read(answer, errand)

    async def _read(self, answer: bytes, errand: Errand) -> Done:
        value = json.loads(answer)
        then = tuple(Errand(kind=kind, run=errand.run, target=target) for kind, target in value["then"])
        registry = await asyncio.to_thread(self._registry_of, errand.run) if then else None
        return Done(then=then, registry=registry, words=str(value["words"]))


async def _overhear(stream: asyncio.StreamReader) -> str:
    """Passes on what a process says beside its answer, line by line into our log; gives the last line."""
    last = ""
    while True:
        try:
            line = await stream.readline()
        except ValueError:  # a line beyond all measure
            continue
        if not line:
            return last
        text = line.decode("utf-8", "replace").strip()
        if text:
            last = text[:MOST_WORDS]
            log.info("任务进程：%s", text)


async def _end(process: asyncio.subprocess.Process) -> None:
    """Ends a process that is no longer wanted, gently at first."""
    with contextlib.suppress(ProcessLookupError):
        process.terminate()
        try:
            await asyncio.wait_for(process.wait(), GRACE_S)
        except TimeoutError:
            process.kill()
            await process.wait()
