"""The reading that needs to know no system: what nearly every page has in common."""

import re
from collections.abc import Sequence
from dataclasses import replace

from crawler.address import resolve
from crawler.reading.anchors import Anchor
from crawler.reading.article import article_title, page_title
from crawler.reading.concealed import find_concealed, find_hidden, find_unscripted
from crawler.reading.crumbs import column_in, read_crumbs
from crawler.reading.foot import find_marks, foot_text, identifier_in
from crawler.reading.forwarding import find_forward
from crawler.reading.inline import inline_items
from crawler.reading.items import choose, entries
from crawler.reading.kinds import Signs, is_of_a_row, is_root, kind_of
from crawler.reading.lists import find_blocks, linkless_blocks
from crawler.reading.mainlist import own_lists
from crawler.reading.menus import loaded_fragments, script_menu
from crawler.reading.outer import settings_of
from crawler.reading.pager import further_pages
from crawler.reading.particulars import (
    document_number,
    find_attachments,
    find_channels,
    find_forms,
    find_images,
    find_inner_pages,
    find_shown,
    index_number,
    source_of,
    viewed,
)
from crawler.reading.plain import own_words
from crawler.reading.published import date_clues
from crawler.reading.rowdates import Block
from crawler.reading.sheet import Sheet
from crawler.reading.shells import find_feeds, find_foot_shell, find_shell
from crawler.reading.tables import find_tables
from crawler.reading.tags import published_value
from crawler.reading.tree import Tree
from crawler.reading.words import EMPTY_NOTICE, NOT_FOUND
from domain.page import DateClue, Item, Link, Page, PageKind, Region

NAME = "generic"
MAX_LINKS = 5000
MAX_BUTTONS = 200
LONGEST_BUTTON = 40
SHORT_BODY = 2000
"""Characters of a main text beside which further blocks may belong to the matter too."""

MAX_SOFT_404 = 1500
"""Characters of a page that may still be one that says "not found"."""


def read(sheet: Sheet, charset: str, adapter: str) -> Page:
    """The page that a sheet amounts to."""
    tree, tags = sheet.tree, sheet.tags
    whole = tree.text(0) if len(tree) else ""
    frames = tuple(
        one for one in _sources(tree, sheet.base, "iframe", "frame") if not viewed(sheet.base, one)
    )
    frames = tuple(dict.fromkeys((*frames, *find_inner_pages(tree, sheet.base))))
    frames = (*frames, *(one for one in loaded_fragments(sheet.source, sheet.base) if one not in frames))
    in_scripts, unaddressed = script_menu("\n".join(tree.raw(one) for one in tree.of("script")), sheet.base)
    forms = find_forms(tree, sheet.base)
    pager, count = further_pages(sheet.anchors, sheet.source, whole, sheet.url)
    found = find_blocks(tree, sheet.anchors, sheet.dated)
    root = is_root(sheet.url)
    blocks = choose(tree, found, sheet.url, own_only=not root)
    if not root:
        blocks = own_lists(tree, blocks, sheet.anchors, sheet.url)
    linkless = linkless_blocks(tree, sheet.dated, sheet.regions.of) if not blocks else []
    if sheet.line and is_of_a_row(tree, sheet.line, [*blocks, *linkless]):
        sheet = replace(sheet, line=None)
    if not sheet.line:
        blocks = blocks or linkless
    kind = kind_of(sheet, Signs(blocks, bool(pager) or bool(count), forms))
    if kind is PageKind.LIST and any(block.dated for block in blocks):
        blocks = [block for block in blocks if block.dated]
    hidden = find_hidden(tree, sheet.source)
    items = () if kind is PageKind.ARTICLE else entries(tree, blocks, sheet.dated, hidden.shut)
    if not items and kind is not PageKind.ARTICLE:
        items = inline_items(tree, sheet.base, sheet.today)
        kind = PageKind.LIST if items and kind is PageKind.OTHER else kind
    crumbs = read_crumbs(tree, sheet.regions, sheet.anchors)
    foot = foot_text(tree, sheet.regions.feet)
    marks = find_marks(tree, sheet.anchors, foot, whole)
    words = sheet.body.length
    forward = find_forward(tree, sheet.url, sheet.base, words, frames)
    article = kind is PageKind.ARTICLE
    shell = find_shell(
        sheet, bool(items or forward) or (article and words > 40), tree_read=len(in_scripts) > 1
    )
    head = _head(sheet) if article else ""
    return Page(
        url=sheet.url,
        adapter=adapter,
        charset=charset,
        kind=kind,
        title=_title(sheet, kind, crumbs, blocks),
        head_title=sheet.title,
        site_title=tags.get("SiteName", "") or sheet.title,
        tags=dict(tags),
        crumbs=crumbs,
        links=_with_menu(_links(sheet.anchors, items, sheet), in_scripts),
        unaddressed=unaddressed,
        items=items,
        pager=pager,
        page_count=count,
        text=sheet.body.text,
        beside=head if article and SHORT_BODY > len(sheet.body.text) < len(head) - 20 else "",
        words="" if article else _own_words(sheet, kind),
        foot=foot,
        marks=marks,
        identifier=identifier_in(foot or whole, tags.get("SiteIDCode", "")),
        forms=forms,
        buttons=_buttons(tree, sheet.anchors),
        frames=frames,
        forward=forward,
        shell=shell,
        settings=settings_of(tree) if shell else "",
        foot_shell=find_foot_shell(tree, sheet.regions, marks, sheet.rendered),
        dates=_clues(sheet) if kind is not PageKind.HOME else (),
        attachments=_attached(sheet),
        tables=find_tables(tree, sheet.regions),
        concealed=(*find_concealed(sheet.anchors, sheet.source, hidden), *find_unscripted(tree)),
        scripts=_sources(tree, sheet.base, "script"),
        images=find_images(tree, sheet.regions, sheet.base, sheet.body.element),
        channels=find_channels(sheet.anchors, frames),
        source=source_of(tags, sheet.line, head) if article else "",
        document_no=document_number(head, sheet.body.text) if article else "",
        index_no=index_number(head) if article else "",
        feeds=find_feeds(sheet.source, sheet.base) if not items and not article else (),
        soft_404=_says_not_found(sheet, whole, items),
        empty_notice=not items and bool(EMPTY_NOTICE.search(sheet.body.text[:2000])),
    )


def _attached(sheet: Sheet) -> tuple[Link, ...]:
    """The documents that the page links and those that it shows in itself, each once."""
    found = (*find_attachments(sheet.anchors, sheet.regions), *find_shown(sheet.tree, sheet.base))
    return tuple({link.url: link for link in reversed(found)}.values())[::-1]


def _buttons(tree: Tree, anchors: Sequence[Anchor]) -> tuple[str, ...]:
    """Words of script links and buttons, which name functions though they have no address."""
    words = [anchor.text for anchor in anchors if not anchor.url and anchor.region is not Region.FOOT]
    words += [tree.text(element) for element in tree.of("button")]
    return tuple(dict.fromkeys(word for word in words if 0 < len(word) <= LONGEST_BUTTON))[:MAX_BUTTONS]


def _own_words(sheet: Sheet, kind: PageKind) -> str:
    """What the page says itself; of the home page with its menu and foot, which all pages share."""
    home = kind is PageKind.HOME
    return own_words(sheet.tree, sheet.regions, sheet.anchors, sheet.url, frame_too=home)


def _clues(sheet: Sheet) -> tuple[DateClue, ...]:
    value = published_value(sheet.tree)
    return date_clues(sheet.tags, value, sheet.line, sheet.body.text, sheet.url, sheet.source, sheet.today)


def _head(sheet: Sheet) -> str:
    """The opening of the page's own matter, where catalogue records state their numbers."""
    tree, regions = sheet.tree, sheet.regions
    words: list[str] = []
    length = 0
    for piece, owner in zip(tree.pieces, tree.owners, strict=True):
        if (owner >= 0 and regions.of[owner] is None) or piece == "\n":
            words.append(piece)
            length += len(piece.strip())
            if length > 3000:
                break
    lines = (" ".join(part.split()) for part in "".join(words).split("\n"))
    return "\n".join(line for line in lines if line)


def _title(sheet: Sheet, kind: PageKind, crumbs: Sequence[Link], blocks: Sequence[Block]) -> str:
    names = [crumb.text for crumb in crumbs]
    if kind is PageKind.ARTICLE:
        return article_title(sheet.tree, sheet.regions, sheet.tags, sheet.title, names, sheet.line)
    if kind is PageKind.HOME:
        return sheet.title
    return (
        sheet.tags.get("ColumnName")
        or column_in(crumbs)
        or page_title(sheet.title, sheet.tags, names)
        or sheet.title
    )


def _sources(tree: Tree, base: str, *tags: str) -> tuple[str, ...]:
    found = (resolve(base, tree.attribute(element, "src").strip()) for element in tree.of(*tags))
    return tuple(dict.fromkeys(source for source in found if source))[:200]


def _links(anchors: Sequence[Anchor], items: Sequence[Item], sheet: Sheet) -> tuple[Link, ...]:
    """Every link with its part of the page; short undated ones beside each other count as navigation."""
    listed = {item.url for item in items}
    body = sheet.body.element
    found: dict[tuple[str, str], Link] = {}
    for anchor in anchors[:MAX_LINKS]:
        key = (anchor.url, anchor.text)
        if not anchor.url or key in found:
            continue
        region = anchor.region
        if region is None:
            if anchor.url in listed:
                region = Region.LIST
            elif body and sheet.tree.holds(body, anchor.element):
                region = Region.BODY
            else:
                region = Region.OTHER
        found[key] = Link(url=anchor.url, text=anchor.text, region=region)
    return tuple(found.values())


def _with_menu(links: tuple[Link, ...], in_scripts: tuple[Link, ...]) -> tuple[Link, ...]:
    known = {link.url for link in links}
    return (*links, *(link for link in in_scripts if link.url not in known))


_ERROR_TITLE = re.compile(r"404|not found|出错|错误提示|页面不存在|找不到", re.IGNORECASE)
_TITLE_PARTS = re.compile(r"[-_|–—,，:：]|\s{2,}")
_HAN = re.compile(r"[\u4e00-\u9fff]")
LONGEST_ERROR = 8
"""Chinese characters of a title's part that says an error and nothing else; news on dead links say more."""


def _says_not_found(sheet: Sheet, whole: str, items: Sequence[Item]) -> bool:
    if len(items) > 3 or sheet.line is not None:
        return False
    own = sheet.body.text
    told = (part.strip() for part in _TITLE_PARTS.split(sheet.title))
    short = any(_ERROR_TITLE.search(part) and len(_HAN.findall(part)) <= LONGEST_ERROR for part in told)
    if short or (_ERROR_TITLE.search(sheet.title) and len(own) < 300):
        return len(whole) < 3000
    return len(own) < MAX_SOFT_404 and bool(NOT_FOUND.search(own[:300])) and len(own) < 300
