"""The sightings of a walk by address: what was seen there, where it led to, and why it was not seen."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property

from crawler.address import canonical, same_host
from crawler.questions import taken_apart
from domain.observation import Sight, Unseen
from domain.page import Link, Page
from domain.snapshot import FetchStatus, Via
from domain.target import Site
from domain.walk import Sighting, Walk

MOST_STEPS = 6
"""Redirects, forwards and frames followed from one address before it counts as leading nowhere."""

FRAGMENT_TEXT = 120
"""Characters of text above which a page shows more than the frame inside it."""

FOOT_TEXT = 1000
FOOT_MARKS = 2
"""Footer marks from which a framed page is taken for the foot."""

_FURNITURE = re.compile(r"foot|bottom|copyright|dibu|banquan|yejiao|^(?:head|header|top|nav|banner)\b", re.I)
_LISTING = frozenset({"home", "column", "pager", "frame"})
_ONLY_TRIED = frozenset({"link", "robots"})


class Sights:
    """The walk's pages by canonical address. Addresses given to its methods are canonical keys."""

    def __init__(self, walk: Walk, site: Site) -> None:
        """Indexes the sightings; of several of one address the one that shows most is kept."""
        self.walk = walk
        self.home_key = canonical(site.home)
        self._best: dict[str, Sighting] = {}
        self._tries: dict[str, list[Sighting]] = {}
        for sighting in walk.sightings:
            if sighting.role == "robots":
                continue
            sighting = _asserted(sighting, site, self.home_key)
            key = canonical(sighting.snapshot.url)
            self._tries.setdefault(key, []).append(sighting)
            known = self._best.get(key)
            if known is None or _worth(sighting) >= _worth(known):
                self._best[key] = sighting
        self._arrivals = self._by_arrival()

    def _by_arrival(self) -> dict[str, Sighting]:
        arrivals: dict[str, Sighting] = {}
        for key, sighting in self._best.items():
            final = canonical(sighting.snapshot.final_url)
            if final == key or sighting.snapshot.status is not FetchStatus.OK:
                continue
            known = arrivals.get(final) or self._best.get(final)
            if known is None or _worth(sighting) > 0 == _worth(known):
                arrivals[final] = sighting
        return arrivals

    def __iter__(self) -> Iterator[tuple[str, Sighting]]:
        """Every address asked for with its best sighting, in the order of the walk."""
        return iter(self._best.items())

    def get(self, key: str) -> Sighting | None:
        """The sighting of an address asked for, or that an answer came from.

        What came from an address shows more than its mere try as the target of a link.
        """
        return self._arrivals.get(key) or self._best.get(key)

    def page(self, key: str) -> Page | None:
        """The page at an address, if it was read as the site's own."""
        sighting = self.get(key)
        if sighting is None or sighting.snapshot.status is not FetchStatus.OK:
            return None
        return sighting.page

    def tries(self) -> Iterable[tuple[str, list[Sighting]]]:
        """Every address with all tries of it, in the order of the walk."""
        return self._tries.items()

    def sight(self, key: str) -> Sight:
        """How the page at an address was, or was not, seen."""
        sighting = self.get(key)
        if sighting is None:
            return Sight(url=key, status=FetchStatus.UNVISITED)
        return sight_of(sighting)

    def unseen(self, key: str) -> Unseen:
        """The page at an address as a fact that was not seen."""
        sight = self.sight(key)
        if sight.status is FetchStatus.OK:
            sight = replace(sight, status=FetchStatus.UNREADABLE)
        return Unseen(sight)

    def unseen_list(self) -> Unseen | None:
        """A column or a further page of one that was not seen, so that a date it states is not known."""
        for sighting in self._best.values():
            status = sighting.snapshot.status
            known = status is FetchStatus.GONE or (status is FetchStatus.OK and sighting.page is not None)
            if sighting.role in _LISTING and not known:
                return Unseen(sight_of(sighting))
        if self.walk.complete:
            return None
        return Unseen(Sight(url="", status=FetchStatus.UNVISITED, note="网站没有采集完"))

    def landing(self, key: str, columns: Iterable[str] = ()) -> str:
        """Where an address leads a visitor to: through redirects, forwards, and a frame that shows another
        of the `columns`. The address itself where it leads nowhere else.
        """
        known = set(columns)
        passed = {key}
        for _ in range(MOST_STEPS):
            onward = self._onward(key, known)
            if not onward or onward in passed:
                return key
            passed.add(onward)
            key = onward
        return key

    @cached_property
    def _homes(self) -> tuple[str, str]:
        return self.home_key, self.landing(self.home_key)

    def is_own(self, url: str) -> bool:
        """Whether an address is on the host of the home page, as registered or as the home page moved."""
        return any(same_host(url, home) for home in self._homes)

    def name(self, key: str) -> str:
        """The address under which the page is told of that an address leads to.

        Where an answer came from an address that itself was not read, it is the one that was asked for.
        """
        end = self.landing(key)
        sighting = self._arrivals.get(end)
        return canonical(sighting.snapshot.url) if sighting is not None else end

    def _onward(self, key: str, columns: set[str]) -> str:
        sighting = self.get(key)
        if sighting is None or sighting.snapshot.status is not FetchStatus.OK:
            return ""
        final = canonical(sighting.snapshot.final_url)
        if final != key and key in self._best:
            return final
        page = sighting.page
        if page is None:
            return ""
        if page.forward:
            return canonical(page.forward)
        frames = [canonical(frame) for frame in page.frames]
        shown = [frame for frame in frames if frame in columns]
        bare = not page.items and len(page.text) < FRAGMENT_TEXT
        return shown[0] if len(shown) == 1 and bare else ""


def _asserted(sighting: Sighting, site: Site, home_key: str) -> Sighting:
    """The sighting with its status as its page tells it, should the walk have left that open."""
    snapshot, page = sighting.snapshot, sighting.page
    if snapshot.status is not FetchStatus.OK or page is None or sighting.role == "link":
        return sighting
    if page.soft_404 and canonical(snapshot.url) != home_key:
        return _ruled(sighting, FetchStatus.GONE, "页面显示内容不存在")
    if page.shell and not page.forward:
        return _ruled(sighting, FetchStatus.UNRENDERED, page.shell)
    return sighting


def _ruled(sighting: Sighting, status: FetchStatus, detail: str) -> Sighting:
    return replace(sighting, snapshot=replace(sighting.snapshot, status=status, detail=detail))


def _worth(sighting: Sighting) -> int:
    """Which of several sightings of one address shows most; the later of equal ones is taken."""
    if sighting.role in _ONLY_TRIED:
        return 0
    return 2 if sighting.snapshot.status is FetchStatus.OK and sighting.page is not None else 1


def sight_of(sighting: Sighting) -> Sight:
    """Where and how a sighting saw its page."""
    snapshot = sighting.snapshot
    return Sight(
        url=taken_apart(snapshot.final_url if snapshot.status is FetchStatus.OK else snapshot.url)[0],
        status=snapshot.status,
        at=snapshot.fetched_at,
        note=snapshot.detail if snapshot.status is not FetchStatus.OK else "",
    )


def is_kept(sighting: Sighting | None) -> bool:
    """Whether a page was carried over from an earlier night instead of being fetched."""
    return sighting is not None and sighting.snapshot.via is Via.KEPT


def is_foot(page: Page) -> bool:
    """Whether a page shown in a frame is no more than the foot of others."""
    bare = len(page.text) < FOOT_TEXT and not any(item.day for item in page.items)
    return bare and len(page.marks) >= FOOT_MARKS


def is_foot_frame(url: str) -> bool:
    """Whether a frame's address says that it shows the foot or head of the page and no content."""
    return bool(_FURNITURE.search(url.partition("?")[0].rpartition("/")[2]))


def links_by_key(page: Page) -> Iterator[tuple[str, Link]]:
    """The links of a page with their canonical addresses."""
    for link in page.links:
        if link.url:
            yield canonical(link.url), link
