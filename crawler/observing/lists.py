"""What a column shows: its entries over all pages of its list, and whether the newest is among them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby, pairwise

from crawler.address import canonical
from crawler.observing.dating import Dates
from crawler.observing.sights import Sights, is_foot, is_foot_frame, links_by_key, sight_of
from crawler.subjects.on_request import functions_named
from domain.observation import Entry, Fact, Listing, Seen
from domain.page import Item, Page, PageKind, Region
from domain.snapshot import FetchStatus

LEAST_TEXT = 15
"""Characters of own text from which a page without entries has content."""

NOTICE_TEXT = 80
"""Characters below which a page's words that there is nothing are believed to be all it says."""

MOST_PAGES = 500

UNDATED_ENTRIES = 5
"""Entries without any date from which a list is taken to bear none on its further pages either."""

_SEARCH = re.compile(r"搜索|检索|关键[字词]|请输入|search", re.I)
_FURNITURE = re.compile(
    r"首\s?页|上一?页|下一?页|尾\s?页|末页|共\s*\d+\s*[条页篇]|第\s*\d+\s*页|当前位置|您(?:现在)?(?:的位置|所在)|打印|关闭|"
    r"转到|跳转|每页|GO|更多|[\W\d_]+",
    re.I,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheaf:
    """All pages of one list: those that were seen, whether all were, and whether the first was."""

    pages: tuple[Page, ...]
    whole: bool


class Lists:
    """Reads the lists of one walk."""

    def __init__(self, sights: Sights, dates: Dates) -> None:
        self._sights = sights
        self._dates = dates

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
        items = [item for page in sheaf.pages for item in page.items if canonical(item.url) not in columns]
        entries = _once(self._dates.entry(item) for item in items)
        static = not entries and first.kind is not PageKind.SECTION
        content = self._content(sheaf, columns | {key}) if not entries else len(first.text)
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
            fed = [
                page for page in map(self._sights.page, map(canonical, shell.feeds)) if page and page.items
            ]
            if not fed:
                return None
            first = replace(
                fed[0], title=shell.title, crumbs=shell.crumbs, links=shell.links, tags=shell.tags
            )
        framed, frames_seen = self._framed(first, columns)
        return self._leaf_through(first, framed, frames_seen)

    def _framed(self, page: Page, columns: frozenset[str]) -> tuple[list[Page], bool]:
        """The pages in the inline frames of a page that has no list of its own, and whether all were seen."""
        if any(canonical(item.url) not in columns for item in page.items):
            return [], True
        frames = dict.fromkeys(canonical(url) for url in page.frames if not is_foot_frame(url))
        shown = [self._sights.page(key) for key in frames]
        return [frame for frame in shown if frame and not is_foot(frame)], all(shown)

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
        leaves = len(pages) - len(framed)
        if leaves < max((page.page_count or 1 for page in pages), default=1):
            whole = False
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
        if falls(first, days):
            oldest = min(day for _, day in _dated(first, days))
            if since is None or oldest < since:
                return True, ""
            return False, "列表没有翻看到足够早的一页"
        undated = [entry for entry in entries if isinstance(entry.day, Seen) and entry.day.fact is None]
        if since is None and len(undated) == len(entries) >= UNDATED_ENTRIES:
            return True, ""
        return False, "列表没有按日期排列，且未能翻看全部页面"

    @staticmethod
    def _content(sheaf: Sheaf, columns: frozenset[str]) -> int:
        """How much a page without entries has to show, in characters; 0 where there is nothing."""
        return max((_content_of(page, columns) for page in sheaf.pages), default=0)


def _content_of(page: Page, columns: frozenset[str]) -> int:
    own = _FURNITURE.sub("", "\n".join(_own_lines(page, columns)))
    for name in {page.title, page.site_title, *(crumb.text for crumb in page.crumbs)}:
        own = own.replace(_FURNITURE.sub("", name), "") if len(name) > 1 else own
    if page.empty_notice and len(own) < NOTICE_TEXT:
        return 0
    if len(own) >= LEAST_TEXT:
        return len(own)
    offers = page.attachments or page.images or page.tables or _asks(page) or functions_named(page.title)
    return max(len(own), 1) if offers or _leads_on(page, columns) else 0


def _own_lines(page: Page, columns: frozenset[str]) -> Iterator[str]:
    """The lines of a page's text but for those that are words of its menus."""
    menu = {
        " ".join(link.text.split())
        for target, link in links_by_key(page)
        if link.region in {Region.NAV, Region.CRUMB, Region.FOOT} or target in columns
    }
    for line in page.text.split("\n"):
        if " ".join(line.split()) not in menu:
            yield line


def _leads_on(page: Page, columns: frozenset[str]) -> bool:
    """Whether the page's matter links to more than columns: pictures, films, a directory."""
    own = canonical(page.url)
    return any(
        link.region in {Region.BODY, Region.LIST} and target != own and target not in columns
        for target, link in links_by_key(page)
    )


def _asks(page: Page) -> bool:
    """Whether the page holds a form that a visitor fills in, more than a search."""
    return any(len(form.fields) >= 2 and not _SEARCH.search(form.text) for form in page.forms)


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
