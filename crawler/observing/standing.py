"""What the home page and the pages of columns say themselves, beside the lists of articles that they show."""

from collections.abc import Iterator

from crawler.address import canonical
from crawler.observing.columns import Grove
from crawler.observing.matter import attachments_of
from crawler.observing.sights import Sights, is_foot, is_foot_frame, sight_of
from domain.observation import Attachment, Document, Fact, Seen, Sight, Unseen
from domain.page import Page, PageKind
from domain.snapshot import FetchStatus
from domain.target import ColumnKind, Site

FRAME = "内嵌页面"

_ARTICLES = frozenset({PageKind.ARTICLE, PageKind.DOCUMENT})
"""Kinds that are read as documents (`Articles.documents`)."""


def standing_pages(site: Site, sights: Sights, grove: Grove) -> Fact[tuple[Document, ...]]:
    """The home page first, then the page of every column that is no article, each under its own address.

    Complete when all of them were read. What the home page says too (a menu, a slogan, the foot) is said
    once: there. Without the home page nobody knows what stands on all pages: then nothing is seen.
    """
    home = sights.landing(sights.home_key)
    first = sights.page(home)
    if first is None:
        return sights.unseen(home)
    found = [_standing(first, site.home, first.title or site.name, site.unit, sights, frozenset())]
    why = ""
    told = frozenset(first.words.split("\n"))
    passed = {home, sights.home_key}
    for column in grove.columns:
        key = grove.sources[column.url]
        if key in passed:
            continue
        passed.add(key)
        page = sights.page(key)
        if page is None:
            why = why or _why_unread(key, sights)
        elif page.kind not in _ARTICLES:
            made = _standing(page, column.url, column.name, column.unit, sights, told, kind=column.kind)
            found.append(made)
    return Seen(tuple(found), Sight(url=site.home, note=why), not why)


def _standing(
    page: Page,
    url: str,
    title: str,
    unit: str,
    sights: Sights,
    told: frozenset[str],
    kind: ColumnKind = ColumnKind.OTHER,
) -> Document:
    lines = (line for line in page.words.split("\n") if line not in told)
    return Document(
        url=url,
        title=title,
        text="\n".join(lines),
        column=url,
        kind=kind,
        unit=unit,
        day=Unseen(Sight(url=url, status=FetchStatus.UNVISITED)),
        attachments=(*attachments_of(page, sights), *_frames(page, sights)),
    )


def _frames(page: Page, sights: Sights) -> Iterator[Attachment]:
    """What the page shows in inline frames that were read; those of other hosts are not its own."""
    for url in dict.fromkeys(page.frames):
        key = canonical(url)
        shown = sights.page(key)
        sighting = sights.get(key)
        if shown is None or sighting is None or is_foot_frame(url) or is_foot(shown):
            continue
        text = Seen(shown.words or shown.text, sight_of(sighting))
        yield Attachment(url=url, name=FRAME, text=text, tables=Seen(shown.tables, sight_of(sighting)))


def _why_unread(key: str, sights: Sights) -> str:
    sight = sights.sight(key)
    return "" if sight.status is FetchStatus.GONE else sight.reason()
