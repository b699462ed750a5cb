"""The articles of a site as documents, and the pages whose tags are judged."""

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from crawler.address import canonical, same_host
from crawler.observing.candidates import Candidates
from crawler.observing.columns import Grove
from crawler.observing.dating import Dates
from crawler.observing.matter import SHORT_TEXT, attachments_of
from crawler.observing.sights import Sights, is_foot, is_foot_frame, links_by_key, sight_of
from crawler.observing.standing import FRAME
from domain.observation import CHINA, Attachment, Column, Document, Entry, Fact, Seen, Sight, TaggedPage
from domain.page import Page, PageKind, Region
from domain.snapshot import FetchStatus
from domain.target import ColumnKind, Site
from domain.walk import Sighting

_FIRST = (ColumnKind.POLICY_DOCUMENTS, ColumnKind.CONSULTATION, ColumnKind.POLICY_INTERPRETATION)
"""Of several columns that list an article, one of these kinds says what it is."""

_MINUTE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})\s+(\d{1,2}):(\d{1,2})")


class Articles:
    """Reads the articles of one walk."""

    def __init__(self, sights: Sights, dates: Dates, grove: Grove, candidates: Candidates) -> None:
        self._sights = sights
        self._dates = dates
        self._grove = grove
        self._candidates = candidates
        self._listed = self._by_entry()

    def _by_entry(self) -> dict[str, tuple[Column, Entry]]:
        listed: dict[str, tuple[Column, Entry]] = {}
        for column in self._grove.columns:
            for entry in _entries(column):
                known = listed.get(entry.url)
                if known is None or (_rank(column.kind) < _rank(known[0].kind)):
                    listed[entry.url] = (column, entry)
        return listed

    def documents(self, home: str, owner: str) -> Fact[tuple[Document, ...]]:
        """Every article that was read. Those left unread make it incomplete unless a column lists them:
        then the column's entries tell of them.
        """
        found: dict[str, Document] = {}
        why = ""
        for key, sighting in self._sights:
            if sighting.role not in {"article", "column"}:
                continue
            if self._sights.get(self._candidates.landing(key)) is not sighting:
                continue  # it leads to another page, which is read for itself
            page = self._sights.page(key)
            if page is None:
                if sighting.role == "article" and key not in self._listed and not _is_gone(sighting):
                    why = why or sight_of(sighting).reason()
                continue
            if sighting.role == "column" and page.kind is not PageKind.ARTICLE:
                continue
            document = self._document(self._told_as(key), page, sighting.asked_as, owner)
            found.setdefault(document.url, document)
        for url, others in self._other_names(found).items():
            found[url] = replace(found[url], also=tuple(others))
        front = self._sights.landing(self._sights.home_key)
        if not found and self._sights.page(front) is None:
            return self._sights.unseen(front)
        return Seen(tuple(found.values()), Sight(url=home, note=why), not why)

    def _other_names(self, found: Container[str]) -> Mapping[str, list[str]]:
        """By the address of an article the others by which lists lead to it."""
        names: dict[str, list[str]] = {}
        for listed in self._listed:
            url = self._told_as(self._sights.name(listed)) if listed and listed not in found else ""
            if url in found:
                names.setdefault(url, []).append(listed)
        return names

    def _told_as(self, key: str) -> str:
        """The address of an article by which the lists name it: that asked for, or that it came from."""
        return next((one for one in (key, self._sights.landing(key)) if one in self._listed), key)

    def _document(self, key: str, page: Page, asked_as: str, owner: str) -> Document:
        column, entry = self._listed.get(key) or (self._column_of(page), None)
        frames = list(self._frames(page))
        shown = [page, *(frame for _, frame in frames if frame is not None)]
        hidden = [canonical(url) for url, frame in frames if frame is None]
        return Document(
            url=key,
            title=page.title or asked_as,
            text="\n".join(one.text for one in shown if one.text),
            column=column.url if column else None,
            kind=column.kind if column else ColumnKind.OTHER,
            unit=column.unit if column else owner,
            day=entry.day if entry else self._dates.of_article(page),
            links=tuple(
                replace(link, url=self._told_as(self._sights.name(target)))
                for one in shown
                for target, link in links_by_key(one)
                if link.region in {Region.BODY, Region.LIST, Region.OTHER}
            ),
            attachments=(
                *(file for one in shown for file in attachments_of(one, self._sights)),
                *(_unread_frame(url, self._sights) for url in hidden),
            ),
            images=page.images,
            document_no=page.document_no,
            index_no=page.index_no,
            source=page.source,
            at=_instant(page.tags.get("PubDate", "")),
        )

    def _frames(self, page: Page) -> Iterator[tuple[str, Page | None]]:
        """The site's own frames in which an article shows its text, and what they show if it was read."""
        if len(page.text) >= SHORT_TEXT:
            return
        for url in page.frames:
            key = canonical(url)
            frame, sighting = self._sights.page(key), self._sights.get(key)
            gone = sighting is not None and _is_gone(sighting)
            if gone or not same_host(key, page.url) or is_foot_frame(url) or (frame and is_foot(frame)):
                continue
            yield url, frame

    def _column_of(self, page: Page) -> Column | None:
        """The column that an article's bread crumbs place it in."""
        by_key = {key: url for url, key in self._grove.sources.items()}
        by_url = {column.url: column for column in self._grove.columns}
        for crumb in reversed(page.crumbs):
            key = self._candidates.landing(canonical(crumb.url)) if crumb.url else ""
            if key in by_key:
                return by_url[by_key[key]]
        return None

    def tagged(self, site: Site) -> Fact[tuple[TaggedPage, ...]]:
        """The pages whose tags are judged: the home page, each list, and the first article of each."""
        home = self._sights.page(self._sights.landing(self._sights.home_key))
        if home is None:
            return self._sights.unseen(self._sights.home_key)
        pages = [TaggedPage(kind="home", url=site.home, tags=home.tags)]
        pages.extend(self._sample())
        return Seen(tuple(pages), Sight(url=site.home))

    def _sample(self) -> Iterator[TaggedPage]:
        articles: dict[str, TaggedPage] = {}
        # A column of one static text (a guide, a charter) looks like an article, and owes a column's tags.
        own_pages = frozenset(self._grove.sources.values())
        for column in self._grove.columns:
            key = self._grove.sources[column.url]
            page = self._sights.page(key)
            if page is None or page.kind is not PageKind.LIST or not self._sights.is_own(key):
                continue
            yield TaggedPage(kind="column", url=column.url, tags=page.tags)
            first = next((canonical(item.url) for item in page.items if item.url), column.url)
            if self._sights.landing(first) in own_pages or not self._sights.is_own(first):
                continue
            article = self._sights.page(first)
            if article is not None and article.kind is PageKind.ARTICLE:
                articles.setdefault(first, TaggedPage(kind="article", url=first, tags=article.tags))
        yield from articles.values()


def _rank(kind: ColumnKind) -> int:
    return _FIRST.index(kind) if kind in _FIRST else len(_FIRST)


def _entries(column: Column) -> tuple[Entry, ...]:
    return column.listing.fact.entries if isinstance(column.listing, Seen) else ()


def _unread_frame(url: str, sights: Sights) -> Attachment:
    unseen = sights.unseen(url)
    return Attachment(url=url, name=FRAME, text=unseen, tables=unseen)


def _is_gone(sighting: Sighting) -> bool:
    return sighting.snapshot.status is FetchStatus.GONE


def _instant(text: str) -> datetime | None:
    """The moment that a PubDate tag states, in China; None where it states no time of day."""
    said = _MINUTE.fullmatch(text.strip()[:16])
    try:
        year, month, day, hour, minute = map(int, said.groups()) if said else (0, 0, 0, 0, 0)
        return datetime(year, month, day, hour, minute, tzinfo=CHINA)
    except ValueError:
        return None
