"""The one spider for all sites: fetches what the walks ask for and hands in what came back."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from time import monotonic
from typing import Any, NoReturn
from urllib.parse import urlsplit

from scrapy import Request, Spider, signals
from scrapy.exceptions import StopDownload
from scrapy.http import Response
from scrapy.utils.asyncio import create_looping_call

from crawler.classify import Failure, Flaw, Reply, classify_failure
from crawler.middlewares.compression import FLAW
from crawler.middlewares.handler import SENT_AT
from crawler.middlewares.resolver import Refusals
from crawler.pipeline import Answer
from crawler.plan import CrawlPlan
from crawler.questions import as_get, taken_apart
from crawler.spiders.clock import RunClock
from crawler.spiders.desk import Desk, Turn
from crawler.spiders.failures import failure_of
from crawler.spiders.visit import Visit
from crawler.unpacking import is_whole_page

LONGEST_DOCUMENT = 60.0
"""Seconds that reading one attachment may take."""

TICK = 0.5
"""Seconds between two looks at what is due, at the clock and at the parent."""

_ACCEPT = b"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
_FORM_HEADERS = {
    b"Content-Type": b"application/x-www-form-urlencoded; charset=UTF-8",
    b"X-Requested-With": b"XMLHttpRequest",
}
_LANGUAGE = b"zh-CN,zh;q=0.9,en;q=0.3"


class SiteSpider(Spider):  # type: ignore[misc,unused-ignore]
    """Walks the sites that its desk is given. `begin` is called once requests can be taken."""

    name = "site"

    def __init__(
        self,
        *,
        plan: CrawlPlan,
        desk: Desk,
        clock: RunClock,
        refusals: Refusals,
        is_over: Callable[[], bool],
        beat: Callable[[], None],
        begin: Callable[["SiteSpider"], None],
    ) -> None:
        super().__init__()
        self._plan = plan
        self._desk = desk
        self._clock = clock
        self._refusals = refusals
        self._is_over = is_over
        self._beat = beat
        self._begin = begin
        self._readers = ThreadPoolExecutor(2, thread_name_prefix="documents")
        self._ticks = create_looping_call(self._tick)
        self._headers = {
            b"User-Agent": plan.user_agent.encode("latin-1", "replace"),
            b"Accept": _ACCEPT,
            b"Accept-Language": _LANGUAGE,
        }

    @classmethod
    def from_crawler(cls, crawler: Any, *args: Any, **kwargs: Any) -> "SiteSpider":
        """Connects the signals it needs."""
        spider: SiteSpider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider._opened, signals.spider_opened)
        crawler.signals.connect(spider._closed, signals.spider_closed)
        crawler.signals.connect(spider._headers_received, signals.headers_received)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """Nothing of its own: the desk gives all requests."""
        return
        yield

    def has_work(self) -> bool:
        """Whether the process has something to do or may still be given some."""
        return self._desk.has_work() or not self._is_over()

    def next_request(self) -> Request | None:
        """The next request of any walk."""
        try:
            turn = self._desk.next()
        except OSError:
            self._give_up()
        return None if turn is None else self._request(turn)

    def _request(self, turn: Turn) -> Request:
        visit, plan = turn.visit, self._plan
        headers = dict(self._headers)
        headers.update(
            (name.encode(), value.encode("latin-1", "replace"))
            for name, value in turn.journey.conditions(visit).items()
        )
        url = visit.at or visit.url
        sent = _form_of(visit)
        if sent is not None:
            headers |= _FORM_HEADERS
        url = taken_apart(url)[0] if sent is not None or visit.role != "pager" else as_get(url)
        return Request(
            url,
            method="GET" if sent is None else "POST",
            body=b"" if sent is None else sent,
            callback=self._replied,
            errback=self._failed,
            headers=headers,
            dont_filter=True,
            meta={
                "turn": turn,
                "download_slot": turn.slot,
                "cookiejar": turn.journey.site.id,
                "download_timeout": plan.timeouts.of(visit.role, turn.journey.site),
                "download_maxsize": _maxsize(visit, plan),
                "verbatim_url": url.isascii(),
            },
        )

    def _replied(self, response: Response) -> Coroutine[Any, Any, None] | None:
        request: Any = response.request
        turn: Turn = request.meta["turn"]
        raw = _rows(response.headers)
        named: dict[str, str] = {}
        for key, value in raw:
            key = key.lower()
            named[key] = f"{named[key]}, {value}" if key in named else value
        reply = Reply(
            url=turn.visit.url,
            final_url=turn.visit.at or turn.visit.url,
            http_status=response.status,
            headers=named,
            body=response.body,
            redirects=tuple(turn.visit.hops),
            flaw=_flaw(response),
            unloaded="download_stopped" in response.flags,
        )
        ip = str(response.ip_address) if response.ip_address is not None else None
        facts: dict[str, Any] = {
            "reply": reply,
            "headers": raw,
            "method": request.method,
            "request_headers": _rows(request.headers),
            "server_ip": ip,
        }
        if turn.visit.role == "attachment":
            return self._hand_in_read(turn, request, facts)
        self._hand_in(turn, request, **facts)
        return None

    async def _hand_in_read(self, turn: Turn, request: Request, facts: dict[str, Any]) -> None:
        """Reads a document in a thread: big ones take long, and the pages under way must not wait."""
        answer = Answer(at=self._clock.now(), **facts)
        if turn.journey.reads(turn.visit, answer):
            reading = asyncio.get_running_loop().run_in_executor(self._readers, turn.journey.read, answer)
            try:
                facts["reading"] = await asyncio.wait_for(reading, LONGEST_DOCUMENT)
            except TimeoutError:
                words = f"超过 {LONGEST_DOCUMENT:g} 秒没有读完"
                facts["reading"] = classify_failure(Failure.CRASH, words)
        self._hand_in(turn, request, **facts)

    def _failed(self, failure: Any) -> None:
        request = failure.request
        found, words = failure_of(failure.value)
        if found is Failure.DNS:
            inner = self._refusals.of(_host_of(request))
            if inner:
                found, words = Failure.GUARD, f"解析到 {inner}"
        self._hand_in(request.meta["turn"], request, failure=found, words=words)

    def _hand_in(self, turn: Turn, request: Request, **facts: Any) -> None:
        elapsed = monotonic() - request.meta.get(SENT_AT, turn.visit.asked_at)
        at = self._clock.now() - timedelta(seconds=elapsed)
        try:
            turn.journey.answer(turn.visit, Answer(at=at, elapsed_ms=round(elapsed * 1000), **facts))
            self._desk.landed(turn)
        except OSError:
            self._give_up()

    def _give_up(self) -> NoReturn:
        """Ends the process: what cannot be written down must not be gone on with. The parent tells."""
        self.logger.exception("the run folder cannot be written")
        sys.stderr.flush()
        os._exit(3)

    def _headers_received(self, headers: Any, body_length: int, request: Request, spider: Any) -> None:
        """Of a link that is only tried, files are not loaded: that they are there is enough."""
        turn = request.meta["turn"]
        if turn.visit.role != "link":
            return
        kind = (headers.get(b"Content-Type") or b"").lower()
        if (kind and b"html" not in kind) or body_length > request.meta["download_maxsize"]:
            raise StopDownload(fail=False)

    def _opened(self, spider: Any) -> None:
        self._ticks.start(TICK, now=False)
        self._begin(self)

    def _closed(self, spider: Any) -> None:
        if self._ticks.running:
            self._ticks.stop()

    def _tick(self) -> None:
        self._beat()
        self._desk.check_hours()
        self.wake()

    def wake(self) -> None:
        """Lets the engine ask for requests again: something is due, or a new site has come."""
        slot = self.crawler.engine._slot  # the engine offers no public way to be woken
        if slot is not None:
            slot.nextcall.schedule()


def _form_of(visit: Visit) -> bytes | None:
    """The form that a question sends; None for what is only asked for.

    A question that was not answered is asked once more with its form in the address, for services that want
    it there.
    """
    url, form = taken_apart(visit.at or visit.url)
    if form is None or visit.role != "pager" or visit.tries:
        return None
    return (form or urlsplit(url).query).encode("ascii", "replace")


def _maxsize(visit: Visit, plan: CrawlPlan) -> int:
    if visit.role == "attachment":
        return plan.max_attachment
    return plan.links.max_bytes if visit.role in {"link", "robots"} else plan.max_body


def _flaw(response: Response) -> Flaw | None:
    for flag in response.flags:
        if flag.startswith(FLAW):
            return Flaw(flag.removeprefix(FLAW))
        if flag == "dataloss" and not is_whole_page(response.body):
            return Flaw.TRUNCATED
    return None


def _rows(headers: Any) -> tuple[tuple[str, str], ...]:
    """Header lines as text, a line for each value."""
    return tuple((key.decode("latin-1"), _text(value)) for key, values in headers.items() for value in values)


def _text(value: bytes) -> str:
    """A header's value: ASCII by the standard, UTF-8 or GB18030 in the wild."""
    try:
        return value.decode("ascii")
    except UnicodeDecodeError:
        pass
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("gb18030", "replace")


def _host_of(request: Request) -> str:
    return (urlsplit(request.url).hostname or "").lower()
