"""One process of a crawl: `python -m crawler PLAN FOLDER BODIES SINCE JOBS`.

Numbers of sites in the plan come line by line on standard input, events go out on standard output.
It ends when the input closes, and on Linux when its parent dies: no crawl is ever left alone.
"""

import gc
import logging
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

from scrapy.crawler import AsyncCrawlerProcess

from crawler.events import Alive, Event, encode_event
from crawler.middlewares.resolver import Refusals
from crawler.parentage import die_with_parent
from crawler.plan import CrawlPlan, decode_plan
from crawler.runfolder import RunFolder
from crawler.settings import settings_for
from crawler.spiders.clock import RunClock
from crawler.spiders.desk import Desk
from crawler.spiders.site import SiteSpider

END = "end"
"""The line that says no further sites will come."""

BEAT_EVERY = 5.0
_GC = (20_000, 20, 20)
"""Pages leave many short-lived objects and hardly a cycle: looking for these seldom saves much time."""


class Line:
    """The line to the parent: sites come in, events go out."""

    def __init__(self, plan: CrawlPlan) -> None:
        self._plan = plan
        self._beaten = monotonic()
        self.over = False

    def tell(self, event: Event | Alive) -> None:
        """Sends one event."""
        sys.stdout.buffer.write(encode_event(event) + b"\n")
        sys.stdout.buffer.flush()

    def beat(self) -> None:
        """Says now and then that the process still works."""
        if monotonic() - self._beaten >= BEAT_EVERY:
            self._beaten = monotonic()
            self.tell(Alive(pid=os.getpid()))

    def listen(self, desk: Desk, spider: SiteSpider) -> None:
        """Reads standard input to its end; runs in a thread of its own."""
        from twisted.internet import reactor  # the reactor is installed by then

        for word in _lines(0):
            if word == END:
                reactor.callFromThread(self._end, spider)
            elif word:
                reactor.callFromThread(self._enrol, desk, spider, int(word))
        os._exit(0)

    def _enrol(self, desk: Desk, spider: SiteSpider, number: int) -> None:
        desk.enrol(self._plan.sites[number])
        spider.wake()

    def _end(self, spider: SiteSpider) -> None:
        self.over = True
        spider.wake()


def _lines(handle: int) -> Iterator[str]:
    """The lines of a file handle. Not sys.stdin: its lock, held by a thread, would hinder the end."""
    rest = b""
    while chunk := os.read(handle, 65536):
        *whole, rest = (rest + chunk).split(b"\n")
        yield from (line.decode().strip() for line in whole)


def main(arguments: list[str]) -> None:
    """Runs one process of a crawl."""
    plan_path, folder_path, bodies, since, jobs, parent = arguments
    die_with_parent(int(parent))
    handler = logging.StreamHandler()
    handler.setLevel(logging.WARNING)
    logging.basicConfig(handlers=[handler], format="%(name)s: %(message)s")
    plan = decode_plan(Path(plan_path).read_bytes())
    folder = RunFolder(Path(folder_path), Path(bodies))
    folder.start_writing()
    clock = RunClock(plan.clock or plan.as_of, float(since))
    line = Line(plan)
    refusals = Refusals()
    desk = Desk(plan, folder, clock, line.tell, int(jobs))
    process = AsyncCrawlerProcess(settings_for(plan, refusals))
    # That a body was too large or cut short stands in the run folder, in words of ours. Set up anew by Scrapy
    # just now, its loggers heed this only from here on.
    logging.getLogger("scrapy.core.downloader.handlers").setLevel(logging.ERROR)
    crawler = process.create_crawler(SiteSpider)
    process.crawl(
        crawler,
        plan=plan,
        desk=desk,
        clock=clock,
        refusals=refusals,
        is_over=lambda: line.over,
        beat=line.beat,
        begin=lambda spider: threading.Thread(target=line.listen, args=(desk, spider), daemon=True).start(),
    )
    gc.freeze()
    gc.set_threshold(*_GC)
    process.start()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)  # not waiting for a thread that may read a document without end


if __name__ == "__main__":
    main(sys.argv[1:])
