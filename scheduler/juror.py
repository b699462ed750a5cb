"""One process that judges: `python -m scheduler.juror PARENT`. Tasks come in, results go out.

Frames are a length and a pickle, between processes of ours alone. It ends when the input closes, and on
Linux when its parent dies.
"""

import gc
import os
import resource
import sys
import traceback
from pathlib import Path

from crawler.parentage import die_with_parent
from crawler.runfolder import RunFolder, WalkError
from scheduler.deliberation import Chamber
from scheduler.frames import receive, send
from scheduler.tasks import Brief, Failed, Result, Task

LARGEST = 350 * 1024 * 1024
"""Bytes of memory after which a process leaves its place to a fresh one."""


def main() -> None:
    """Answers tasks until the input closes or the process has grown too large."""
    die_with_parent(int(sys.argv[1]))
    tasks, results = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what anything prints must not get between the frames
    brief: Brief = receive(tasks)
    chamber = Chamber(brief, RunFolder(Path(brief.folder), Path(brief.bodies)))
    gc.freeze()
    gc.disable()
    while True:
        try:
            task: Task = receive(tasks)
        except EOFError:
            return
        send(results, _answer(chamber, task))
        send(results, _is_large())
        gc.collect()


def _answer(chamber: Chamber, task: Task) -> Result:
    try:
        return chamber.answer(task)
    except WalkError as error:
        return Failed(words=str(error))
    except Exception as error:
        return Failed(
            words=f"程序在判定时出错（{type(error).__name__}），已记录", trace=traceback.format_exc()
        )


def _is_large() -> bool:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak * (1 if sys.platform == "darwin" else 1024) > LARGEST


if __name__ == "__main__":
    main()
