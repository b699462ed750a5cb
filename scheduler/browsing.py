"""Opens the browser for a scan, when there is one, and reads what it shows."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import date
from ipaddress import ip_network
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.address import canonical
from crawler.classify import Identity, classify_page
from crawler.plan import USER_AGENT
from domain.snapshot import FetchStatus, Snapshot
from domain.walk import Sighting
from evidence.guard import AddressRules
from evidence.look import CaptureOptions, Clock, Look, LookRequest

if TYPE_CHECKING:
    from evidence.capture import BrowserPool

RENDERED = "text/html; charset=utf-8"

STILL_A_SHELL = "内容由脚本生成，浏览器打开后仍没有呈现出来"


class Browsing:
    """The browser of one scan, opened when it is first asked for; none where there is a reason for that."""

    def __init__(self, open_pool: Callable[[], "BrowserPool | str"]) -> None:
        self._open_pool = open_pool
        self._opened: BrowserPool | str | None = None

    @property
    def pool(self) -> "BrowserPool | None":
        """The browsers, opened now if they are not yet; None where there are none."""
        if self._opened is None:
            self._opened = self._open_pool()
        return None if isinstance(self._opened, str) else self._opened

    @property
    def lacking(self) -> str:
        """Why there is no browser, with the mend; empty where there is one."""
        return "" if self.pool is not None else str(self._opened)

    @property
    def promises(self) -> bool:
        """Whether there may be a browser: it is there, or was not asked for yet."""
        return not isinstance(self._opened, str)

    def look(self, requests: Sequence[LookRequest]) -> Iterator[tuple[LookRequest, Look]]:
        """Looks at every address; nothing where there is no browser."""
        if requests and self.pool is not None:
            yield from self.pool.look_many(requests)


@contextmanager
def open_browsing(
    *, configured: str | None, clock: Clock, hosts: frozenset[str], networks: Sequence[str], pause: float
) -> Iterator[Browsing]:
    """The browser for one scan. `hosts` and `networks` may be visited though they are private."""
    with ExitStack() as stack:

        def open_pool() -> "BrowserPool | str":
            from evidence.browser import BrowserMissing, find_browser  # large, and not always needed
            from evidence.capture import BrowserPool

            found = find_browser(configured)
            if isinstance(found, BrowserMissing):
                return f"{found.reason}。{found.mend}"
            rules = AddressRules(
                hosts=hosts, networks=tuple(ip_network(network, strict=False) for network in networks)
            )
            options = CaptureOptions(rules=rules, host_pause_s=min(pause, 5.0), user_agent=USER_AGENT)
            return stack.enter_context(BrowserPool(found, clock, options))

        yield Browsing(open_pool)


def sightings_of(look: Look, today: date) -> Mapping[str, Sighting]:
    """What a look shows, by address: the page as rendered, and each of its inline frames.

    What is rendered is complete: no script is left to run; but a shell that stays empty in the browser too
    (its interface refused, say) shows nothing. A challenge or log-in page that the
    browser met is told by its words, as it would be over plain HTTP.
    """
    if look.snapshot.status is not FetchStatus.OK:
        return {look.snapshot.url: Sighting(snapshot=look.snapshot, page=None)}
    found = {look.snapshot.url: _read(look.dom, look.snapshot, today)}
    for frame in look.frames:
        snapshot = replace(look.snapshot, url=frame.url, final_url=frame.url, redirects=())
        found.setdefault(frame.url, _read(frame.dom, snapshot, today))
    return found


def _read(dom: bytes, snapshot: Snapshot, today: date) -> Sighting:
    from crawler.extract import read_page  # large, and only needed where a browser is

    page = read_page(dom, snapshot.final_url, content_type=RENDERED, today=today)
    if page.shell and not page.items and not page.empty_notice:
        unrendered = replace(snapshot, status=FetchStatus.UNRENDERED, detail=STILL_A_SHELL)
        return Sighting(snapshot=unrendered, page=page)
    page = replace(page, shell="", foot_shell="")
    identity = Identity(
        key=canonical(snapshot.final_url),
        host=urlsplit(snapshot.final_url).netloc,
        digest=hashlib.sha256(dom).hexdigest(),
        home=None,
    )
    ruling = classify_page(page, dom, identity)
    if ruling.status is not FetchStatus.OK:
        snapshot = replace(snapshot, status=ruling.status, detail=ruling.detail)
    return Sighting(snapshot=snapshot, page=page)
