"""The home page: what it shows, what its foot bears, and where a gateway leads on to."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from crawler.address import canonical
from crawler.nonsense import has_lost_words
from crawler.observing.candidates import HOME_NAME, Candidates
from crawler.observing.dating import Dates
from crawler.observing.lists import falls
from crawler.observing.sights import Sights, is_foot, is_foot_frame, links_by_key, sight_of
from crawler.reading.shells import foot_scripts
from domain.observation import Entry, Fact, Home, Seen, Unseen
from domain.page import Page, Region
from domain.target import Site

MOST_GATEWAY_LINKS = 30
"""Links of a home page that may still be a gateway, which only leads on."""

MOST_GATEWAY_TEXT = 400
MOST_FRAMES = 60
"""Inline frames of a home page, those within them included."""


class Front:
    """Reads the home page of one walk."""

    def __init__(self, site: Site, sights: Sights, dates: Dates, candidates: Candidates) -> None:
        self._site = site
        self._sights = sights
        self._dates = dates
        self._candidates = candidates

    def home(self) -> Fact[Home]:
        """The home page as a fact."""
        key = self._sights.landing(self._sights.home_key)
        page, sighting = self._sights.page(key), self._sights.get(key)
        if page is None or sighting is None:
            return self._sights.unseen(key)
        sight = sight_of(sighting)
        entries, complete = self._entries(page)
        gateway = not entries and complete and self._leads_on_only(page)
        return Seen(
            Home(
                url=self._site.home,
                title=page.title,
                tags=page.tags,
                marks=self._marks(page),
                identifier=page.identifier,
                entries=Seen(
                    entries, replace(sight, note="" if complete else "首页的内嵌页面未能看到"), complete
                ),
                gateway=gateway,
                second_level=self._second_level(page) if gateway else (),
            ),
            sight,
        )

    def _entries(self, page: Page) -> tuple[tuple[Entry, ...], bool]:
        """The pieces of information that the home page and its inline frames show."""
        frames = self._frames(page)
        listed = listed_days(self._sights)
        entries: dict[str, Entry] = {}
        for shown in (page, *(frame for frame in frames if frame and not is_foot(frame))):
            for item in shown.items:
                if self._is_information(item.url, item.day, shown):
                    entry = self._dates.entry(item, listed)
                    entries.setdefault(entry.url or entry.title, entry)
        return tuple(entries.values()), all(frames)

    def _frames(self, page: Page) -> list[Page | None]:
        """The own pages in the inline frames of a page, and in the frames of those; None for one not seen."""
        found: dict[str, Page | None] = {}
        queue = [page]
        while queue and len(found) <= MOST_FRAMES:
            for frame in queue.pop(0).frames:
                key = canonical(frame)
                if key in found or not self._is_own(frame) or is_foot_frame(frame):
                    continue
                shown = found[key] = self._sights.page(key)
                if shown is not None:
                    queue.append(shown)
        return list(found.values())

    def _is_own(self, url: str) -> bool:
        return self._sights.is_own(url)

    def _is_information(self, url: str, day: date | None, page: Page) -> bool:
        """Whether an item is a piece of information: not a column, nor an undated link among foreign ones."""
        if not url:
            return True
        key = canonical(url)
        if key in self._candidates.home_keys:
            return False
        if day is not None or self._is_own(url):
            return day is not None or self._candidates.get(key) is None
        block = next(item.block for item in page.items if item.url == url)
        return any(self._is_own(item.url) for item in page.items if item.block == block and item.url)

    def _marks(self, page: Page) -> Fact[frozenset[str]]:
        """The marks of the foot, with those in inline frames; whole when nothing of it waits for a script."""
        marks = set(page.marks)
        sight = self._sights.sight(canonical(page.url))
        own = [frame for frame in page.frames if page.foot_shell or self._is_own(frame)]
        own += foot_scripts(page)
        frames = [self._sights.page(canonical(frame)) for frame in own]
        for frame in frames:
            marks.update(frame.marks if frame else ())
        if any(frame and has_lost_words(frame.foot or frame.text) for frame in (page, *frames)):
            return Seen(frozenset(marks), replace(sight, note="页脚有乱码，无法辨认"), complete=False)
        if not page.foot_shell:
            note = "" if all(frames) else "首页的内嵌页面未能看到"
            return Seen(frozenset(marks), replace(sight, note=note), all(frames))
        whole = "框架" in page.foot_shell and bool(frames) and all(frames)
        return Seen(frozenset(marks), replace(sight, note=page.foot_shell), whole)

    def _leads_on_only(self, page: Page) -> bool:
        own = {key for key, link in links_by_key(page) if link.region is not Region.FOOT}
        return 0 < len(own) <= MOST_GATEWAY_LINKS and len(page.text) <= MOST_GATEWAY_TEXT

    def _second_level(self, page: Page) -> tuple[Fact[tuple[Entry, ...]], ...]:
        """What the pages show that a gateway leads to, those on the site's own host."""
        found: dict[str, Fact[tuple[Entry, ...]]] = {}
        for key, link in links_by_key(page):
            landing = self._candidates.landing(key)
            if link.region is Region.FOOT or landing in found or landing in self._candidates.home_keys:
                continue
            if self._is_own(link.url) and not HOME_NAME.match(link.text.strip()):
                found[landing] = self._shown_at(landing)
        return tuple(found.values())

    def _shown_at(self, key: str) -> Fact[tuple[Entry, ...]]:
        page, sighting = self._sights.page(key), self._sights.get(key)
        if page is None or sighting is None:
            return Unseen(self._sights.sight(key))
        entries = tuple(self._dates.entry(item) for item in page.items)
        days = {entry.url or entry.title: entry.list_day for entry in entries}
        complete = not page.pager or falls(page.items, days)
        note = "" if complete else "列表没有按日期排列，且未能翻看全部页面"
        return Seen(entries, replace(sight_of(sighting), note=note), complete)


def listed_days(sights: Sights) -> Mapping[str, date]:
    """The dates that the lists of a walk state for the addresses they list."""
    days: dict[str, date] = {}
    for key, sighting in sights:
        page = sights.page(key)
        if page is not None and sighting.role in {"home", "column", "pager", "frame"}:
            for url, day in _dated(page):
                days.setdefault(url, day)
    return days


def _dated(page: Page) -> Iterable[tuple[str, date]]:
    return ((canonical(item.url), item.day) for item in page.items if item.url and item.day)
