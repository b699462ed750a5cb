"""Lists: rows that repeat, each with a titled link and perhaps a date beside it.

A row is the largest element that holds one titled link and no other record's; rows under one parent are
a block. Which date belongs to a row is the matter of rowdates.
"""

from bisect import bisect_left
from collections.abc import Sequence

from crawler.reading.anchors import Anchor
from crawler.reading.datepieces import Dated
from crawler.reading.rowdates import Block, Row, date_rows
from crawler.reading.tree import Tree
from domain.page import Region

_STOP = frozenset(["body", "html", "ul", "ol", "table", "tbody", "thead", "tfoot"])
_ROW_TAGS = frozenset(["li", "tr", "dl"])
_RECORD_TAGS = frozenset(["li", "tr", "div", "p", "dl", "dd", "section", "article"])
_LIST_TAGS = frozenset(["li", "tr", "ul", "ol", "table"])
_INLINE = frozenset(["a", "span", "b", "strong", "font", "em", "i", "u", "label", "h3", "h4", "h5"])
MAX_ROW_TEXT = 800
"""Characters of a row: a title, a date and a teaser; more is not a row but a page."""
MAX_ROWS = 3000


def find_blocks(tree: Tree, anchors: Sequence[Anchor], dated: Dated) -> list[Block]:
    """Every block of rows on the page, dated or not; what is a list and what a menu is judged later."""
    rows = _rows(tree, [anchor for anchor in anchors if anchor.titled][:MAX_ROWS], dated)
    blocks: dict[int, Block] = {}
    for row in rows:
        container = tree.parents[row.element]
        blocks.setdefault(container, Block(container)).rows.append(row)
    for block in blocks.values():
        date_rows(tree, block, dated)
    return _merged(tree, list(blocks.values()))


def linkless_blocks(tree: Tree, dated: Dated, regions: Sequence[Region | None]) -> list[Block]:
    """Rows of a title and a date that only a script can open: at least three of one make under one parent."""
    found: dict[int, Block] = {}
    for piece in dated.at[:MAX_ROWS]:
        row = next((above for above in tree.up(tree.owners[piece]) if tree.tags[above] in _ROW_TAGS), -1)
        if row < 0 or regions[row] is not None or dated.count(tree.starts[row], tree.stops[row]) != 1:
            continue
        words = [(n, tree.pieces[n].strip()) for n in range(tree.starts[row], tree.stops[row]) if n != piece]
        number, title = max(words, key=lambda pair: len(pair[1]), default=(0, ""))
        if 8 <= len(title) <= 120 and tree.length(row) <= 200:
            block = found.setdefault(tree.parents[row], Block(tree.parents[row]))
            block.rows.append(Row(row, Anchor(tree.owners[number], "", title, None, True)))
    whole = [block for block in found.values() if len(block.rows) >= 3]
    for block in whole:
        date_rows(tree, block, dated)
    return whole


def _rows(tree: Tree, anchors: Sequence[Anchor], dated: Dated) -> list[Row]:
    places = [anchor.element for anchor in anchors]
    rows: list[Row] = []
    taken = -1
    for number, anchor in enumerate(anchors):
        if anchor.element < taken:
            continue
        element, low, high = _climb(tree, anchors, places, number, dated)
        principal = anchor if high - low == 1 else max(anchors[low:high], key=_words)
        rows.append(Row(element, principal))
        taken = tree.ends[element]
    return rows


def _words(anchor: Anchor) -> int:
    """How much a link says: the one of a record that says most names it."""
    return len(anchor.text)


def _climb(
    tree: Tree, anchors: Sequence[Anchor], places: Sequence[int], number: int, dated: Dated
) -> tuple[int, int, int]:
    """The row of a link, the largest element about it that holds no other record, and the range of the
    links in it.
    """
    url, row = anchors[number].url, anchors[number].element
    low, high, count = number, number + 1, len(places)
    above = tree.parents[row]
    while above >= 0:
        tag, end = tree.tags[above], tree.ends[above]
        if tag in _STOP or tree.length(above) > MAX_ROW_TEXT:
            break
        first, last = low, high
        while first > 0 and places[first - 1] >= above:
            first -= 1
        while last < count and places[last] < end:
            last += 1
        inside = anchors[first:last]
        if last - first > 1 and not (url and all(one.url == url for one in inside)):
            if not _companions(tree, above, inside, dated):
                break
        elif tag not in _ROW_TAGS and _alone(tree, above, row):
            break
        row, low, high = above, first, last
        if tag in _ROW_TAGS:
            row = _spread(tree, row, anchors[low:high], places)
            break
        above = tree.parents[above]
    return row, low, high


def _spread(tree: Tree, row: int, inside: Sequence[Anchor], places: Sequence[int]) -> int:
    """The list about a row where each record is a list of its own: number, title and date are its rows."""
    frame = tree.parents[row]
    if frame < 0 or tree.tags[frame] not in ("ul", "ol", "dl") or tree.length(frame) > MAX_ROW_TEXT:
        return row
    first, last = bisect_left(places, frame), bisect_left(places, tree.ends[frame])
    rows = sum(tree.tags[child] in _ROW_TAGS for child in tree.children(frame))
    if rows < 2 or last - first != len(inside):
        return row
    return frame if any(_is_like(tree, other, frame, places) for other in _beside(tree, frame)) else row


def _beside(tree: Tree, frame: int) -> list[int]:
    """The lists beside one: its brothers, or those in the brothers of the box about it."""
    box = tree.parents[frame]
    if box < 0:
        return []
    brothers = [
        child for child in tree.children(box) if child != frame and tree.tags[child] == tree.tags[frame]
    ]
    if brothers or tree.parents[box] < 0:
        return brothers
    boxes = [child for child in tree.children(tree.parents[box]) if tree.names(child) == tree.names(box)]
    return [child for other in boxes if other != box for child in tree.children(other)]


def _is_like(tree: Tree, other: int, frame: int, places: Sequence[int]) -> bool:
    """Whether another list is a record of the same make: as many rows, the same names, one titled link."""
    if tree.tags[other] != tree.tags[frame] or tree.names(other) != tree.names(frame):
        return False
    links = bisect_left(places, tree.ends[other]) - bisect_left(places, other)
    shape = [(tree.tags[child], tree.names(child)) for child in tree.children(frame)]
    return links >= 1 and [(tree.tags[child], tree.names(child)) for child in tree.children(other)] == shape


def _alone(tree: Tree, above: int, row: int) -> bool:
    """Whether an element is no longer a row of its own but the frame of a list with a single row."""
    return tree.tags[row] not in _INLINE and tree.length(above) > tree.length(row) + 80


def _companions(tree: Tree, above: int, inside: Sequence[Anchor], dated: Dated) -> bool:
    """Whether several links make one record: a title with its category, office or attachment."""
    if len(inside) > 5 or tree.tags[above] not in _RECORD_TAGS:
        return False
    if any(tag in _LIST_TAGS for tag in tree.tags[above + 1 : tree.ends[above]]):
        return False
    lengths = sorted((len(anchor.text) for anchor in inside), reverse=True)
    dominated = lengths[0] >= 8 and lengths[1] <= max(8, lengths[0] * 0.5) and lengths[1] <= 14
    dates = dated.count(tree.starts[above], tree.stops[above])
    if dates > 1 and tree.tags[above] != "tr":
        return False
    if tree.tags[above] in _ROW_TAGS:
        return dominated
    return dominated and dates == 1


def _merged(tree: Tree, blocks: list[Block]) -> list[Block]:
    """Blocks whose parents are neighbours of one kind become one: a list cut into groups of five."""
    blocks.sort(key=lambda block: block.rows[0].element)
    merged: list[Block] = []
    for block in blocks:
        last = merged[-1] if merged else None
        if last is not None and _neighbours(tree, last, block):
            last.rows.extend(block.rows)
            last.container = block.container
        else:
            merged.append(block)
    return merged


def _neighbours(tree: Tree, one: Block, other: Block) -> bool:
    """Whether two blocks are one list: their parents stand side by side and are alike, or, where every
    record has a frame of its own, the frames do and are.
    """
    a, b = one.container, other.container
    if a < 0 or b < 0 or tree.tags[a] != tree.tags[b] or (one.dated > 0) != (other.dated > 0):
        return False
    alike = tree.names(a) == tree.names(b)
    if tree.parents[a] == tree.parents[b]:
        alike = alike or tree.tags[a] in ("ul", "ol", "tbody", "table")
    else:
        a, b = tree.parents[a], tree.parents[b]
        framed = min(a, b) >= 0 and tree.parents[a] == tree.parents[b] and tree.tags[a] == tree.tags[b]
        alike = alike and framed and tree.names(a) == tree.names(b) and len(other.rows) == 1
    return alike and not _heading_between(tree, one.container, other.container)


def _heading_between(tree: Tree, one: int, other: int) -> bool:
    return any(
        tree.ends[one] <= head < other
        for tag in ("h1", "h2", "h3", "h4")
        for head in tree.by_tag.get(tag, ())
    )
