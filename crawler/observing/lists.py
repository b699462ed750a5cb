"""What a column shows: its entries over all pages of its list, and whether the newest is among them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby, pairwise

from crawler.address import canonical, same_host
from crawler.observing.contents import Contents
from crawler.observing.dating import Dates
from crawler.observing.sidebars import Sidebars
from crawler.observing.sights import Sights, is_foot, is_foot_frame, sight_of
from crawler.questions import page_number, unpaged
from crawler.reading.outer import outer_feeds
from domain.observation import Entry, Fact, Listing, Seen
from domain.page import Item, Page, PageKind
from domain.snapshot import FetchStatus

MOST_PAGES = 500
MOST_FRAMES = 30
"""Inline frames of one column, those within them included."""

UNDATED_ENTRIES = 5
"""Entries without any date from which a list is taken to bear none on its further pages either."""

OUT_OF_ORDER = timedelta(days=31)
"""By how much an entry of a later page may be newer than the last of the first page: entered late."""

FIRST_SITES = date(1990, 1, 1)
"""Before this day no list of such a site can have begun, those that were entered afterwards included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheaf:
    """All pages of one list: those that were seen, whether all were, and whether the first was."""

    pages: tuple[Page, ...]
    whole: bool


class Lists:
    """Reads the lists of one walk."""

    def __init__(self, sights: Sights, dates: Dates, sidebars: Sidebars) -> None:
        self._sights = sights
        self._dates = dates
        self._sidebars = sidebars
        self._contents = Contents(sights)

    def listing(
        self, key: str, children: Sequence[str], columns: frozenset[str], since: date | None = None
    ) -> Fact[Listing]:
        """What the column at an address shows. The addresses of all `columns` are no entries.

        With `since` it is complete only when every entry from that day on is sure to be among those seen.
        """
        sheaf = self.sheaf(key, columns)
        if sheaf is None:
            return self._sights.unseen(key)
        first = sheaf.pages[0]
        listed = [item for page in sheaf.pages for item in self._sidebars.without(key, page.items, children)]
        items = [item for item in listed if canonical(item.url) not in columns]
        entries = _once(self._dates.entry(item) for item in items)
        static = not entries and first.kind is not PageKind.SECTION
        content = self._contents.of(sheaf.pages, columns | {key}) if not entries else len(first.text)
        sighting = self._sights.get(key)
        complete, why = self._is_complete(sheaf, entries, since)
        sight = replace(sight_of(sighting), note=why) if sighting else self._sights.sight(key)
        return Seen(
            Listing(
                entries=entries,
                children=tuple(children),
                static=static and content > 0,
                text_length=content,
            ),
            sight,
            complete,
        )

    def sheaf(self, key: str, columns: frozenset[str]) -> Sheaf | None:
        """The pages of the list at an address; None when its first page was not seen.

        A script's list counts as seen when the data that the script fetches was.
        """
        first = self._sights.page(key)
        if first is None:
            sighting = self._sights.get(key)
            shell = sighting.page if sighting else None
            if shell is None or sighting is None or sighting.snapshot.status is not FetchStatus.UNRENDERED:
                return None
            fed = self._fed(shell)
            if not fed:
                return None
            first = replace(
                fed[0],
                feeds=tuple(page.url for page in fed[1:]),
                title=shell.title,
                crumbs=shell.crumbs,
                links=shell.links,
                tags=shell.tags,
            )
        framed, frames_seen = self._framed(first, columns)
        return self._leaf_through(first, framed, frames_seen)

    def _fed(self, shell: Page) -> list[Page]:
        """The pages of data that a page's scripts fetch as its list: the answers to the first question with
        any; none when one of them was not seen: it may be the first.
        """
        feeds = (*shell.feeds, *outer_feeds(shell, lambda url: self._sights.page(canonical(url))))
        answers = [(feed, self._sights.page(canonical(feed))) for feed in feeds]
        filled = next((feed for feed, page in answers if page and page.items), None)
        if filled is None:
            return []
        alike = [(feed, page) for feed, page in answers if unpaged(feed) == unpaged(filled)]
        if not all(page or self._is_gone(canonical(feed)) for feed, page in alike):
            return []
        alike.sort(key=lambda pair: page_number(pair[0]))
        return [page for _, page in alike if page and page.items]

    def _framed(self, page: Page, columns: frozenset[str]) -> tuple[list[Page], bool]:
        """The pages in the inline frames of a page, frames in frames as well, and whether all were seen that
        may hold its list: beside a list of its own a frame of another host is no gap.
        """
        own = any(canonical(item.url) not in columns for item in page.items)
        found: list[Page] = []
        passed: set[str] = set()
        queue, whole = [page], True
        while queue:
            outer = queue.pop(0)
            frames = dict.fromkeys(canonical(url) for url in outer.frames if not is_foot_frame(url))
            for key in [key for key in frames if key not in passed]:
                passed.add(key)
                shown = self._sights.page(key)
                within = len(passed) <= MOST_FRAMES
                aside = own and not same_host(key, page.url)
                whole = whole and (aside or (shown is not None and within))
                if shown and within and not is_foot(shown):
                    found.append(shown)
                    queue.append(shown)
        return found, whole

    def _leaf_through(self, first: Page, framed: Sequence[Page], frames_seen: bool) -> Sheaf:
        pages = [first, *framed]
        passed = {canonical(page.url) for page in pages}
        queue = [canonical(url) for page in pages for url in (*page.pager, *page.feeds)]
        whole = frames_seen
        while queue and len(pages) < MOST_PAGES:
            key = queue.pop(0)
            if key in passed:
                continue
            passed.add(key)
            page = self._sights.page(key)
            if page is None:
                whole = whole and self._is_gone(key)
                continue
            pages.append(page)
            queue.extend(canonical(url) for url in page.pager)
        leaves = len(pages) - len(framed) - _repeated(pages)
        if leaves < max((page.page_count or 1 for page in pages), default=1):
            total = max((page.total or 0 for page in pages), default=0)
            whole = whole and 0 < total <= len({item.url or item.title for p in pages for item in p.items})
        return Sheaf(pages=tuple(pages), whole=whole and not queue)

    def _is_gone(self, key: str) -> bool:
        sighting = self._sights.get(key)
        return sighting is not None and sighting.snapshot.status is FetchStatus.GONE

    @staticmethod
    def _is_complete(sheaf: Sheaf, entries: Sequence[Entry], since: date | None) -> tuple[bool, str]:
        """Whether the newest entry is sure to be among those seen, and if not, why."""
        if sheaf.whole:
            return True, ""
        if not entries:
            return False, "栏目的内嵌页面或后续页未能看到"
        days = {entry.url or entry.title: _known_day(entry) for entry in entries}
        first = sheaf.pages[0].items
        if falls(first, days) and not _only_pinned(sheaf.pages, days):
            oldest = min(day for _, day in _dated(first, days))
            if since is None or oldest < since:
                return True, ""
            return False, "列表没有翻看到足够早的一页"
        undated = [entry for entry in entries if isinstance(entry.day, Seen) and entry.day.fact is None]
        if since is None and len(undated) == len(entries) >= UNDATED_ENTRIES:
            return True, ""
        return False, "列表没有按日期排列，且未能翻看全部页面"


def _repeated(pages: Sequence[Page]) -> int:
    """How many pages show nothing but what those before them showed: their number did nothing."""
    shown: set[str] = set()
    repeated = 0
    for page in pages:
        own = {item.url or item.title for item in page.items}
        repeated += bool(own) and own <= shown
        shown |= own
    return repeated


def _only_pinned(pages: Sequence[Page], days: dict[str, date | None]) -> bool:
    """Whether a first page whose dates fall may hold nothing but entries pinned there without a mark.

    So it may be where a later page, of entries of its own, begins with newer ones; and, while no later page
    was seen, where the pages that there are would at this pace begin before there were such sites.
    """
    first = pages[0]
    shown = {item.url or item.title for item in first.items}
    dated = [day for _, day in _dated(first.items, days)]
    later = [item for page in pages[1:] for item in page.items if (item.url or item.title) not in shown]
    if later:
        newest = max((day for _, day in _dated(later, days)), default=min(dated))
        return newest > min(dated) + OUT_OF_ORDER
    number = max(first.page_count or 1, len(first.pager) + 1)
    pace = (max(dated) - min(dated)).days
    return number > 1 and min(dated).toordinal() - pace * (number - 1) < FIRST_SITES.toordinal()


def _known_day(entry: Entry) -> date | None:
    return entry.day.fact if isinstance(entry.day, Seen) else None


def _once(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Each entry once, by address (by title where a script opens it); the first with a date is kept."""
    found: dict[str, Entry] = {}
    for entry in entries:
        key = entry.url or entry.title
        known = found.get(key)
        if known is None or (known.list_day is None and entry.list_day is not None):
            found[key] = entry
    return tuple(found.values())


def falls(items: Sequence[Item], days: dict[str, date | None]) -> bool:
    """Whether a page's dates fall from the first entry on, pinned ones apart: as a whole or in each block."""
    dated = list(_dated(items, days))
    if len(dated) < 2:
        return False
    if _falling([day for _, day in dated]):
        return True
    blocks = [[day for _, day in group] for _, group in groupby(dated, key=lambda pair: pair[0])]
    return len(blocks) > 1 and all(len(block) >= 3 and _falling(block) for block in blocks)


def _dated(items: Sequence[Item], days: dict[str, date | None]) -> Iterator[tuple[int, date]]:
    for item in items:
        day = days.get(canonical(item.url) if item.url else item.title) or item.day
        if day is not None and not item.pinned:
            yield item.block, day


def _falling(days: Sequence[date]) -> bool:
    return all(earlier >= later for earlier, later in pairwise(days))
