"""Which blocks of rows are lists of information, and what entry each row makes."""

import itertools
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from crawler.address import looks_like_article, looks_like_document, looks_like_folder
from crawler.reading.anchors import title_of
from crawler.reading.datepieces import Dated
from crawler.reading.dates import Written, day_of, find_full
from crawler.reading.rowdates import Block, Row
from crawler.reading.tree import Tree
from crawler.reading.words import PINNED, PINNED_NAME, SIDE_HEADING, SIDE_NAME
from domain.page import Item

MAX_ITEMS = 2000
MAX_HEADING = 40
_MONTH_HEADING = re.compile(r"^\D{0,4}((?:19|20)\d\d)\s*[年./-]\s*(\d{1,2})\s*月?(?:份)?\D{0,4}$")
_DAY_ONLY = re.compile(r"^[\[(（【]?(\d{1,2})日[\])）】]?$")
_YEAR_HEADING = re.compile(r"^\D{0,4}((?:19|20)\d\d)\s*(?:年度|年)?\D{0,4}$")
_WRITTEN_IN_TITLE = re.compile(
    r"^[\[【(（]?\s*((?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?)\s*[\]】)）]?\s+|\s*[\[【(（\s]((?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2})\s*[\]】)）]?$"
)


def choose(tree: Tree, blocks: Sequence[Block], url: str, *, own_only: bool) -> list[Block]:
    """The blocks that are lists of information. With `own_only` lists beside the matter (related, hot,
    recommended) are left out. `url` is the page's address: what lies in its folder is its own.
    """
    folder = url.split("?", 1)[0].rpartition("/")[0] + "/"
    beside = [block for block in blocks if own_only and is_beside(tree, block)]
    chosen = []
    for block in blocks:
        if block in beside and not (block.dated and len(beside) == len(blocks)):
            continue
        _date_from_titles(tree, block)
        block.rows = _informative(tree, block, folder)
        if block.rows:
            chosen.append(block)
    return chosen


def _informative(tree: Tree, block: Block, folder: str) -> list[Row]:
    """The rows of a block that are entries: the dated ones, and undated ones that lead to an article."""
    if block.dated:
        return [
            row for row in block.rows if row.date or (_to_article(row, folder) and _words(tree, row) >= 4)
        ]
    rows = [row for row in block.rows if _to_article(row, folder) and _words(tree, row) >= 4]
    if not rows or len(rows) < len(block.rows) * 0.6:
        return []
    if len(rows) == 1 and tree.tags[rows[0].element] not in ("li", "tr", "dl"):
        return []
    own = sum(row.anchor.url.startswith(folder) for row in rows)
    average = sum(_words(tree, row) for row in rows) / len(rows)
    return rows if average >= (5 if own > len(rows) * 0.8 else 8) else []


def _to_article(row: Row, folder: str) -> bool:
    """Whether a row's link leads to a piece of information; one that only a script can follow does if it
    is long.
    """
    url = row.anchor.url
    if not url:
        return len(row.anchor.text) >= 12
    own = url.startswith(folder) and not looks_like_folder(url)
    return own or looks_like_article(url) or looks_like_document(url)


def _words(tree: Tree, row: Row) -> int:
    """The length of a row's title."""
    full = tree.attribute(row.anchor.element, "title")
    return len(full or row.anchor.text or _beside_picture(tree, row))


def is_beside(tree: Tree, block: Block) -> bool:
    """Whether a block stands beside the page's own matter, going by its names and the heading before it."""
    if SIDE_NAME.search(tree.names(block.container)):
        return True
    for above in list(tree.up(block.container))[:3]:
        if SIDE_NAME.search(tree.names(above)):
            return True
    return bool(SIDE_HEADING.search(heading_before(tree, block)))


def heading_before(tree: Tree, block: Block) -> str:
    """The last words before a block: the heading it stands under, if it has one."""
    start = tree.starts[block.rows[0].element] if block.rows else tree.starts[block.container]
    words: list[str] = []
    for number in range(start - 1, max(-1, start - 40), -1):
        piece = tree.pieces[number].strip()
        if piece:
            words.append(piece)
            if len(words) == 2 or len(piece) > 3:
                break
    return " ".join(reversed(words))[:60]


def _date_from_titles(tree: Tree, block: Block) -> None:
    """Dates written into the links themselves, believed only when nearly every row has one in that place."""
    rows = block.rows
    if block.dated or len(rows) < 3:
        return
    found = [_WRITTEN_IN_TITLE.search(row.anchor.text) for row in rows]
    if sum(match is not None for match in found) < len(rows) * 0.8:
        return
    for row, match in zip(rows, found, strict=True):
        dates = find_full(match.group()) if match else []
        if match and dates:
            row.date = Written(dates[0].day, dates[0].raw, 0, 0)
            row.title = (row.anchor.text[: match.start()] + row.anchor.text[match.end() :]).strip()


def entries(
    tree: Tree, blocks: Sequence[Block], dated: Dated, shut: Callable[[int], bool] | None = None
) -> tuple[Item, ...]:
    """One item a row, in document order, with pinned ones marked. `shut` tells what is not shown at once."""
    items: list[Item] = []
    seen: set[tuple[str, date | None]] = set()
    shown: set[str] = set()
    for number, block in enumerate(blocks):
        made = []
        under = heading_before(tree, block)
        _date_under_month(tree, block, under, dated.today)
        for row in block.rows:
            item = _entry(tree, row, number, dated, hidden=shut is not None and shut(row.element))
            item = replace(item, under=under[:MAX_HEADING])
            if not item.hidden:
                shown.add(item.url or item.title)
            key = (item.url or item.title, item.day)
            if key not in seen:  # pages repeat a list for small screens
                seen.add(key)
                made.append(item)
        items.extend(_pinned_by_order(_in_order_of_years(_under_year(made, under))))
    return tuple(_hidden_beside(items[:MAX_ITEMS], shown))


def _hidden_beside(items: list[Item], shown: set[str]) -> list[Item]:
    """Entries count as hidden only beside others: a list that is hidden whole waits for its script, and one
    that is shown elsewhere on the page is shown.
    """
    return [
        replace(item, hidden=False)
        if item.hidden and (not shown or (item.url or item.title) in shown)
        else item
        for item in items
    ]


def _entry(tree: Tree, row: Row, block: int, dated: Dated, *, hidden: bool) -> Item:
    link = row.anchor.element
    skipped = [number for number, _ in dated.within(tree.starts[link], tree.stops[link])]
    skipped += row.date_pieces
    title = row.title or title_of(tree, link, skipped) or row.anchor.text or _beside_picture(tree, row)
    pinned = bool(PINNED.match(tree.text(row.element)[:12])) or _has_pin(tree, row.element)
    return Item(
        title=PINNED.sub("", title).strip() or title,
        url=row.anchor.url,
        day=row.date.day if row.date else None,
        raw=row.date.raw if row.date else "",
        yearless=row.date.yearless if row.date else False,
        pinned=pinned,
        block=block,
        hidden=hidden,
        written=row.written,
        event=row.event,
    )


def _beside_picture(tree: Tree, row: Row) -> str:
    """The words of a row whose link is a picture."""
    numbers = range(tree.starts[row.element], tree.stops[row.element])
    words = "".join(tree.pieces[number] for number in numbers if number not in row.date_pieces)
    return " ".join(words.split())[:100]


def _has_pin(tree: Tree, row: int) -> bool:
    for element in range(row, tree.ends[row]):
        tag = tree.tags[element]
        if tag == "img" and PINNED_NAME.search(
            tree.attribute(element, "src") + " " + tree.attribute(element, "alt")
        ):
            return True
        if tag in ("li", "tr", "span", "i", "em", "b", "font") and "置顶" in tree.names(element):
            return True
        small = tag in ("i", "em", "span", "b", "font") and tree.length(element) <= 8
        if small and PINNED_NAME.search(tree.attribute(element, "class")):
            return True
    return False


def _under_year(items: list[Item], heading: str) -> list[Item]:
    """Year-less dates below a heading that is a year are of that year."""
    stated = _YEAR_HEADING.match(heading.strip())
    if not stated:
        return items
    year = int(stated.group(1))
    return [
        replace(item, day=day_of(year, item.day.month, item.day.day)) if item.yearless and item.day else item
        for item in items
    ]


def _date_under_month(tree: Tree, block: Block, heading: str, today: date) -> None:
    """Days (18日) of rows below a heading that is a month of a year."""
    month = _MONTH_HEADING.match(heading.strip())
    for row in block.rows if month and not block.dated else ():
        for number in range(tree.starts[row.element], tree.stops[row.element]):
            stated = _DAY_ONLY.match(tree.pieces[number].strip())
            day = day_of(int(month[1]), int(month[2]), int(stated[1])) if month and stated else None
            if day and day <= today:
                row.date, row.date_pieces = Written(day, tree.pieces[number].strip(), 0, 0), (number,)


def _in_order_of_years(items: list[Item]) -> list[Item]:
    """Year-less dates of a falling list that seem to jump up by months are a year older than first read."""
    if not any(item.yearless for item in items):
        return items
    made: list[Item] = []
    falling = 0
    for item in items:
        before = made[-1].day if made else None
        if item.day and before:
            if item.yearless and falling >= 3 and (item.day - before).days > 60:
                item = replace(item, day=_year_earlier(item.day, before))
            falling = falling + 1 if item.day is not None and item.day <= before else 0
        made.append(item)
    return made


def _year_earlier(day: date, limit: date) -> date:
    while day > limit:
        day = day.replace(year=day.year - 1, day=min(day.day, 28) if day.month == 2 else day.day)
    return day


def _pinned_by_order(items: list[Item]) -> list[Item]:
    """Marks as pinned the older first items of a list that otherwise falls in time."""
    days = [item.day for item in items]
    if any(item.pinned for item in items) or len(items) < 5:
        return items
    for first in range(1, min(6, len(items) - 3)):
        rest = [day for day in days[first:] if day is not None]
        head = [day for day in days[:first] if day is not None]
        if len(rest) < 3 or len(head) < first or max(head) >= rest[0]:
            continue
        falling = sum(a >= b for a, b in itertools.pairwise(rest))
        if falling >= (len(rest) - 1) * 0.9:
            return [replace(item, pinned=True) if n < first else item for n, item in enumerate(items)]
    return items
