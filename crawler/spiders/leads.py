"""What a page's links are worth to a walk: columns, articles, further pages, attachments, links. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from crawler.address import canonical, looks_like_document, looks_like_file
from crawler.reading.outer import outer_scripts
from crawler.reading.shells import foot_scripts, menu_scripts
from crawler.spiders.names import (
    SITEMAP,
    fits_block,
    fits_item_column,
    fits_menu,
    looks_like_article,
    turns,
    year_named,
)
from crawler.spiders.scope import Scope
from crawler.spiders.visit import Order, Role, Visit
from crawler.subjects.parts import names_a_part
from domain.page import Item, Page, PageKind, Region
from domain.target import ColumnKind
from schemes.columns import classify

MOST_FRAMES = 8
MOST_FEEDS = 6
MOST_ATTACHMENTS = 12
MOST_FORWARDS = 5

PAGED_KINDS = frozenset(
    {
        ColumnKind.ANNUAL_REPORT,
        ColumnKind.GUIDE,
        ColumnKind.POLICY_DOCUMENTS,
        ColumnKind.POLICY_INTERPRETATION,
        ColumnKind.CONSULTATION,
        ColumnKind.REGULATIONS,
        ColumnKind.INTERACTION,
    }
)
"""Kinds of column whose older entries matter too: every page of the list is needed, within the bound."""

_MATTER = frozenset({Region.BODY, Region.LIST, Region.OTHER})
"""Where a page says what it has to say: a column of reports may be a table of units and years there."""

SHARED = "指向所在门户共用的信息公开栏目，不能确定哪些属于本网站，未采集"

Known = Mapping[str, Visit | None]
"""The addresses of a walk by canonical key; None for those that were turned down."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """One address that a page leads to and what it is worth asking for.

    `doubt` says why the walk stays incomplete although the address is only tried.
    """

    url: str
    key: str
    role: Role
    order: float
    text: str = ""
    candidate: bool = False
    deeper: bool = True
    list_key: str = ""
    page_no: int = 1
    forward: bool = False
    platform: bool = False
    doubt: str = ""


def kind_of(visit: Visit, page: Page | None = None) -> ColumnKind | None:
    """The kind of column that a visit's names, or its page's tag, tell."""
    tag = page.tags.get("ColumnType", "") if page is not None else ""
    return classify(visit.text, path=visit.names[:-1], column_type=tag)


def descends(items: tuple[Item, ...]) -> bool:
    """Whether the newest item is sure to be among these: all that is not pinned is dated, newest first."""
    days = [item.day for item in items if not item.pinned]
    if len(days) < 2 or None in days:
        return False
    dated = [day for day in days if day is not None]
    return all(one >= other for one, other in pairwise(dated))


def leads_of(page: Page, visit: Visit, scope: Scope, known: Known, *, this_year: int = 0) -> Iterator[Lead]:
    """What a page leads to that is not `known` yet, or waits there for a lesser reason, by worth.

    Entries of a year before the last are walked too, but no column is proven by them: without them the
    walk is complete. `this_year` is the year that counts as the present.
    """
    if page.forward and visit.forwards < MOST_FORWARDS:
        yield Lead(
            url=page.forward,
            key=canonical(page.forward),
            role=visit.role,
            order=visit.order,
            text=visit.text,
            candidate=visit.candidate,
            deeper=False,
            forward=True,
            list_key=visit.list_key,
            page_no=visit.page_no,
        )
    menus = menu_scripts(page) if visit.role == "home" else ()
    asking = outer_scripts(page) if visit.role in {"column", "pager", "frame"} else ()
    for url in (*menus, *asking, *page.frames, *foot_scripts(page))[:MOST_FRAMES]:
        key = canonical(url)
        if scope.on_own_host(key):
            yield Lead(url=url, key=key, role="frame", order=visit.order, text=visit.text, deeper=False)
    if visit.role in {"column", "pager", "frame", "home"}:
        yield from _further_pages(page, visit, scope)
    if visit.role != "pager":
        yield from _menu(page, visit, scope, known, this_year)
    yield from _items(page, visit, scope, known)
    for number, link in enumerate(page.attachments[:MOST_ATTACHMENTS]):
        near = _is_near(link.url, page, scope)
        yield Lead(
            url=link.url,
            key=canonical(link.url),
            role="attachment",
            order=max(visit.order, Order.NEEDED_PAGE) + 3 + number / 100 if near else Order.ASIDE,
            text=link.text,
        )
    yield from _rest(page, visit, scope, known)


def _waits(key: str, known: Known) -> bool:
    """Whether an address is still worth looking at: unknown, waiting for a lesser reason, or merely tried."""
    if key not in known:
        return True
    visit = known[key]
    return visit is not None and (visit.only_tried or (not visit.taken and not visit.candidate))


def feed_leads(feeds: Sequence[str], page: Page, visit: Visit, scope: Scope) -> Iterator[Lead]:
    """The questions to the services that fill a page's list."""
    for url in feeds[:MOST_FEEDS]:
        if _is_near(url, page, scope):
            yield Lead(
                url=url,
                key=canonical(url),
                role="pager",
                order=Order.NEEDED_PAGE,
                text=visit.text,
                deeper=False,
                list_key=visit.list_key or visit.key,
                page_no=visit.page_no,
            )


def _further_pages(page: Page, visit: Visit, scope: Scope) -> Iterator[Lead]:
    list_key = visit.list_key or visit.key
    yield from feed_leads(page.feeds, page, visit, scope)
    needed = not descends(page.items) if visit.page_no == 1 else visit.order < Order.ARTICLE
    needed = needed or kind_of(visit, page) in PAGED_KINDS
    start, step = (Order.NEEDED_PAGE, 0.1) if needed else (Order.FURTHER_PAGE, 10.0)
    for number, url in enumerate(page.pager, start=visit.page_no + 1):
        if not _is_near(url, page, scope):
            continue
        yield Lead(
            url=url,
            key=canonical(url),
            role="pager",
            order=start + number * step,
            text=visit.text,
            deeper=False,
            list_key=list_key,
            page_no=number,
        )


def _menu(page: Page, visit: Visit, scope: Scope, known: Known, this_year: int) -> Iterator[Lead]:
    """Links that may lead to columns."""
    whole = visit.role != "article" and page.kind is not PageKind.ARTICLE
    leads_out = visit.role == "home"
    sitemap = bool(SITEMAP.search(visit.text))
    dated = {item.url for item in page.items if item.day is not None}
    for link in page.links:
        in_menu = link.region in {Region.NAV, Region.CRUMB}
        if not (in_menu or whole) or not link.url or link.url in dated:
            continue
        key = canonical(link.url)
        if not _waits(key, known) or looks_like_file(key) or turns(link, key, visit.text, visit.key):
            continue
        outward = leads_out and link.region is not Region.FOOT
        platform = outward and scope.is_platform(link.text, key)
        if outward and scope.is_shared_platform(link.text, key):
            yield Lead(url=link.url, key=key, role="link", order=Order.LINK, text=link.text, doubt=SHARED)
        if not (platform or scope.owns(key)):
            continue
        if not link.text.strip():
            fits = leads_out and link.region is not Region.FOOT and not looks_like_article(key)
        elif in_menu or (sitemap and link.region is not Region.FOOT):
            fits = fits_menu(link.text, key, foreign=not scope.on_home_host(key))
        elif link.region is Region.FOOT:
            fits = bool(SITEMAP.search(link.text.strip()))
        else:
            fits = fits_block(link, key)
        year = year_named(link.text)
        if year is not None and year > this_year:
            continue
        if fits or platform:
            kind = classify(link.text.strip(), path=visit.names)
            yield Lead(
                url=link.url,
                key=key,
                role="column",
                order=Order.COLUMN + visit.depth + (0.5 if kind is None else 0.0),
                text=link.text.strip(),
                candidate=year is None or year >= this_year - 1,
                platform=platform,
            )


def _items(page: Page, visit: Visit, scope: Scope, known: Known) -> Iterator[Lead]:
    """Entries of lists, newest first."""
    ranked = sorted(page.items, key=lambda item: item.day.toordinal() if item.day else 0, reverse=True)
    first = Order.ARTICLE + (visit.page_no - 1) * 10
    for rank, item in enumerate(ranked):
        key = canonical(item.url)
        if not _is_near(item.url, page, scope) or not _waits(key, known):
            continue
        column = item.day is None and visit.role != "article" and fits_item_column(item.title, key)
        if looks_like_file(key):
            if not looks_like_document(key):
                continue
            role: Role = "attachment"
        else:
            role = "column" if column and scope.owns(key) else "article"
        yield Lead(
            url=item.url,
            key=key,
            role=role,
            order=Order.COLUMN + visit.depth + 0.7 if role == "column" else first + rank,
            text=item.title,
            candidate=role == "column",
        )


def _is_near(url: str, page: Page, scope: Scope) -> bool:
    """Whether an address lies on a host of the site, or on that of the page."""
    return scope.on_own_host(canonical(url)) or url.split("/", 3)[:3] == page.url.split("/", 3)[:3]


def _rest(page: Page, visit: Visit, scope: Scope, known: Known) -> Iterator[Lead]:
    """Loose articles of the site, and links to be tried only."""
    orphan = Order.ARTICLE + 60 if visit.role == "home" else Order.LOOSE_ARTICLE + visit.depth
    reports = visit.role == "column" and kind_of(visit, page) is ColumnKind.ANNUAL_REPORT
    for link in page.links:
        key = canonical(link.url) if link.url else ""
        if not key or key in known:
            continue
        own = reports and link.region in _MATTER and _is_near(link.url, page, scope)
        file = own and looks_like_document(key)
        part = link.region in _MATTER and names_a_part(link.text)
        article = (own or (scope.owns(key) and (part or looks_like_article(key)))) and not looks_like_file(
            key
        )
        role: Role = "attachment" if file else "article" if article else "link"
        first = Order.ARTICLE if own else orphan
        yield Lead(
            url=link.url,
            key=key,
            role=role,
            order=first if role != "link" else Order.LINK,
            text=link.text.strip(),
        )
