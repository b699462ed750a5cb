"""The disclosure guides and the on-request columns of a site."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from crawler.address import canonical, ending_of
from crawler.observing.columns import Grove
from crawler.observing.matter import Matter, matter_of, why_unread
from crawler.observing.owners import Owners
from crawler.observing.sights import Sights
from crawler.subjects.guide import guide_elements, mentions_fees
from crawler.subjects.on_request import offered_functions
from domain.observation import Column, Entry, Fact, Guide, OnRequest, Seen, Sight, UnseenError
from domain.page import Page, PageKind
from domain.snapshot import FetchStatus
from domain.target import ColumnKind

LEAST_GUIDE = 60
"""Characters below which a guide's page holds no guide: the column is empty, which is another matter."""

PICTURES = frozenset({"jpg", "jpeg", "png", "gif", "bmp", "webp"})
"""Endings of files that hold no entry, form or download: what they are for, their names in the list tell."""


class Disclosure:
    """Reads guides and on-request columns out of the columns of one walk."""

    def __init__(self, sights: Sights, grove: Grove, owners: Owners) -> None:
        self._sights = sights
        self._grove = grove
        self._owners = owners

    # -- guides ----------------------------------------------------------------------------------

    def guides(self, home: str) -> Fact[tuple[Guide, ...]]:
        """Every guide found in a column for guides; complete when no such column was left unseen."""
        found: dict[tuple[str, str], Guide] = {}
        why = self._grove.why
        for column in self._of_kind(ColumnKind.GUIDE):
            if column.archived:
                continue
            if not isinstance(column.listing, Seen):
                why = why or column.listing.sight.reason()
                continue
            for guide in self._guides_in(column):
                found.setdefault((guide.url, guide.unit), guide)
        return Seen(tuple(found.values()), Sight(url=home, note=why), not why)

    def _guides_in(self, column: Column) -> Iterator[Guide]:
        listed = _entries(column)
        entries = [entry for entry in listed if "指南" in entry.title]
        if not entries and len(listed) == 1:
            entries = list(listed)
        if listed:
            by_unit: dict[str, list[Entry]] = {}
            for entry in entries:
                by_unit.setdefault(self._owners.named(entry.title) or column.unit, []).append(entry)
            for unit, group in by_unit.items():
                yield self._newest_guide(unit, group, column)
            return
        key = self._grove.sources[column.url]
        page = self._sights.page(key)
        if page is not None:
            matter = matter_of(page, key, self._sights, beside=True)
            if matter.why or len(matter.text) >= LEAST_GUIDE:
                yield _guide(column.url, column.unit, column.name, matter)

    def _newest_guide(self, unit: str, entries: Sequence[Entry], column: Column) -> Guide:
        """The guide in force: the newest of those listed for one unit, if their dates are all known."""
        try:
            column.listing.whole()
            newest = (
                max(entries, key=lambda entry: entry.day.get() or date.min) if entries[1:] else entries[0]
            )
        except UnseenError as error:
            unseen = self._sights.unseen(entries[0].url)
            unseen = replace(unseen, sight=replace(unseen.sight, note=str(error)))
            title = entries[0].title
            return Guide(url=entries[0].url, unit=unit, title=title, elements=unseen, fees=unseen)
        page = self._sights.page(newest.url)
        if page is None:
            unseen = self._sights.unseen(newest.url)
            return Guide(url=newest.url, unit=unit, title=newest.title, elements=unseen, fees=unseen)
        return _guide(newest.url, unit, newest.title, matter_of(page, newest.url, self._sights, beside=True))

    # -- on request ------------------------------------------------------------------------------

    def on_request(self, home: str) -> Fact[tuple[OnRequest, ...]]:
        """One on-request column a unit: all its pages together."""
        by_unit: dict[str, list[Column]] = {}
        why = self._grove.why
        for column in self._of_kind(ColumnKind.ON_REQUEST):
            by_unit.setdefault(column.unit, []).append(column)
        found = []
        for unit, columns in by_unit.items():
            seen = [column for column in columns if isinstance(column.listing, Seen)]
            if seen:
                found.append(self._on_request(unit, columns))
            elif any(column.listing.sight.status is not FetchStatus.GONE for column in columns):
                why = why or columns[0].listing.sight.reason()
        return Seen(tuple(found), Sight(url=home, note=why), not why)

    def _on_request(self, unit: str, columns: Sequence[Column]) -> OnRequest:
        seen = [column for column in columns if isinstance(column.listing, Seen)]
        root = min(seen, key=lambda column: (not column.declared, column.level))
        keys: dict[str, None] = {}
        for column in columns:
            keys.update(dict.fromkeys(self._pages_of(column)))
        pages: list[Page] = []
        why = ""
        for key in keys:
            page, sighting = self._sights.page(key), self._sights.get(key)
            if page is not None:
                pages.append(page)
            elif sighting is None or not (
                ending_of(key) in PICTURES or sighting.snapshot.status is FetchStatus.GONE
            ):
                why = why or why_unread("栏目内的页面", self._sights, key)
        sight = replace(self._sights.sight(self._grove.sources[root.url]), note=why)
        return OnRequest(url=root.url, unit=unit, functions=Seen(offered_functions(pages), sight, not why))

    def _pages_of(self, column: Column) -> Iterator[str]:
        """The pages of a column: its own, those in its frames, of its entries and of the columns below it."""
        by_url = {one.url: one for one in self._grove.columns}
        waiting, passed = [column], {column.url}
        while waiting:
            one = waiting.pop()
            key = self._grove.sources[one.url]
            yield key
            page = self._sights.page(key)
            if page is not None:
                yield from map(canonical, page.frames)
            yield from (entry.url for entry in _entries(one) if entry.url)
            for child in one.listing.fact.children if isinstance(one.listing, Seen) else ():
                if child in by_url and child not in passed:
                    passed.add(child)
                    waiting.append(by_url[child])

    def _of_kind(self, kind: ColumnKind) -> Iterable[Column]:
        return (column for column in self._grove.columns if column.kind is kind)


def _entries(column: Column) -> tuple[Entry, ...]:
    return column.listing.fact.entries if isinstance(column.listing, Seen) else ()


def _guide(url: str, unit: str, title: str, matter: Matter) -> Guide:
    text = matter.fact()
    if not isinstance(text, Seen):
        return Guide(url=url, unit=unit, title=title, elements=text, fees=text)
    elements = guide_elements(matter.text, matter.links, matter.tables)
    return Guide(
        url=url,
        unit=unit,
        title=title,
        elements=Seen(elements, text.sight, text.complete),
        fees=Seen(mentions_fees(matter.text), text.sight, text.complete),
    )


def is_static(page: Page) -> bool:
    """Whether a page is one text rather than a list."""
    return page.kind in {PageKind.ARTICLE, PageKind.DOCUMENT} or not page.items
