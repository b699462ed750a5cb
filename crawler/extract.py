"""Reads one page off its bytes: the only door between what was fetched and what is judged."""

import re
from datetime import date

from crawler.address import looks_like_document, resolve
from crawler.reading.anchors import Anchor, gather
from crawler.reading.article import Body, article_title, date_clues, main_text, meta_line, page_title
from crawler.reading.charset import decode
from crawler.reading.foot import find_marks, foot_text, identifier_in
from crawler.reading.items import choose, entries
from crawler.reading.lists import Dated, find_blocks
from crawler.reading.pager import further_pages
from crawler.reading.regions import Regions, divide
from crawler.reading.tags import published_value, read_tags
from crawler.reading.tree import Tree, plant
from crawler.reading.words import EMPTY_NOTICE, NOT_FOUND
from domain.page import Item, Link, Page, PageKind, Region

MAX_LINKS = 5000


def read_page(body: bytes, url: str, *, content_type: str | None, today: date) -> Page:
    """What the page says. `today` dates entries without a year. Raises nothing, whatever the bytes."""
    text, charset = decode(body, content_type)
    return _read_html(text, url, charset, today)


def _read_html(html: str, url: str, charset: str, today: date) -> Page:
    tree = plant(html)
    dated = Dated(tree, today)
    regions = divide(tree, dated.at)
    base = _base(tree, url)
    anchors = gather(tree, regions, base, charset if charset != "unknown" else "utf-8")
    tags = read_tags(tree)
    crumbs = _crumbs(tree, regions, anchors)
    names = [link.text for link in crumbs]
    content = main_text(tree, regions)
    line = meta_line(tree, regions, content, today)
    raw_title = " ".join(tree.raw(tree.of("title")[0]).split()) if tree.of("title") else ""
    clues = date_clues(tree, tags, published_value(tree), line, content, url, html, today)
    article = _is_article(tags, url, line is not None, content)
    blocks = choose(tree, find_blocks(tree, anchors, dated), own_only=True)
    items = entries(tree, blocks, dated)
    kind = _kind(url, tags, article, items, content)
    if kind is PageKind.ARTICLE:
        items = ()
        title = article_title(tree, regions, tags, raw_title, names, line)
    else:
        title = tags.get("ColumnName") or (
            names[-1] if len(names) > 1 else page_title(raw_title, tags, names)
        )
    foot = foot_text(tree, regions.feet)
    whole = tree.text(0) if len(tree) else ""
    pager, count = further_pages(anchors, html, whole, url)
    return Page(
        url=url,
        adapter="generic",
        charset=charset,
        kind=kind,
        title=title,
        site_title=tags.get("SiteName", "") or raw_title,
        tags=tags,
        crumbs=tuple(crumbs),
        links=_links(anchors, items),
        items=items,
        pager=pager,
        page_count=count,
        text=content.text,
        foot=foot,
        marks=find_marks(tree, anchors, foot, whole),
        identifier=identifier_in(whole, tags.get("SiteIDCode", "")),
        dates=clues,
        attachments=tuple(
            Link(url=a.url, text=a.text, region=Region.BODY)
            for a in anchors
            if a.url and looks_like_document(a.url)
        ),
        scripts=tuple(
            source
            for source in (resolve(base, tree.attribute(s, "src")) for s in tree.of("script"))
            if source
        ),
        frames=tuple(
            source
            for source in (resolve(base, tree.attribute(s, "src")) for s in tree.of("iframe", "frame"))
            if source
        ),
        soft_404=len(whole) < 1500 and bool(NOT_FOUND.search(whole[:1500])),
        empty_notice=not items and bool(EMPTY_NOTICE.search(content.text[:2000])),
    )


def _base(tree: Tree, url: str) -> str:
    for element in tree.of("base"):
        href = tree.attribute(element, "href")
        if href:
            return resolve(url, href) or url
    return url


def _crumbs(tree: Tree, regions: Regions, anchors: list[Anchor]) -> list[Link]:
    found = [a for a in anchors if a.region is Region.CRUMB]
    made = [Link(url=a.url, text=a.text.strip(" >»"), region=Region.CRUMB) for a in found if a.text]
    for crumb in regions.crumbs[:1]:
        last = re.split(r"[>»＞→/]|-->", tree.text(crumb))[-1].strip()
        if last and len(last) <= 30 and made and last != made[-1].text and not last.endswith(("：", ":")):
            made.append(Link(url="", text=last, region=Region.CRUMB))
    return made


def _is_article(tags: dict[str, str], url: str, has_line: bool, content: Body) -> bool:
    return bool(tags.get("ArticleTitle")) or (has_line and content.length > 60)


def _kind(url: str, tags: dict[str, str], article: bool, items: tuple[Item, ...], content: Body) -> PageKind:
    path = "/" + url.split("://", 1)[-1].partition("/")[2]
    if re.fullmatch(r"/(?:index|default)?(?:\.\w+)?", path):
        return PageKind.HOME
    if article and len(items) < 8:
        return PageKind.ARTICLE
    return PageKind.LIST if items else PageKind.OTHER


def _links(anchors: list[Anchor], items: tuple[Item, ...]) -> tuple[Link, ...]:
    listed = {item.url for item in items}
    found: dict[tuple[str, str], Link] = {}
    for anchor in anchors[:MAX_LINKS]:
        if anchor.url and (anchor.url, anchor.text) not in found:
            region = anchor.region or (Region.LIST if anchor.url in listed else Region.OTHER)
            found[(anchor.url, anchor.text)] = Link(url=anchor.url, text=anchor.text, region=region)
    return tuple(found.values())
