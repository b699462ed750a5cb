"""Lists: rows that repeat, each with a titled link and perhaps a date beside it.

A row is the largest element that holds one titled link and no other record's; rows under one parent are
a block. A date belongs to a row when a text that is nothing but a date stands in it, or, in flat markup,
between its link and the next.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from crawler.reading.anchors import Anchor
from crawler.reading.dates import Written, sole_date
from crawler.reading.tree import Tree

_STOP = frozenset(["body", "html", "ul", "ol", "table", "tbody", "thead", "tfoot"])
_ROW_TAGS = frozenset(["li", "tr", "dl"])
_INLINE = frozenset(["a", "span", "b", "strong", "font", "em", "i", "u", "label", "h3", "h4", "h5"])
MAX_ROW_TEXT = 800
"""Characters of a row: a title, a date and a teaser; more is not a row but a page."""
MAX_ROWS = 3000
_MAYBE = re.compile(
    r"[0-9０-９]\s*[-/.年月\u2010-\u2015－／．]|[0-9]{8}|[〇零○一二三四五六七八九]年|:[0-9]{2} "
)


@dataclass(slots=True)
class Row:
    """One record: its element, its titled link, the date beside it and the pieces that state the date."""

    element: int
    anchor: Anchor
    date: Written | None = None
    date_pieces: tuple[int, ...] = ()


@dataclass(slots=True)
class Block:
    """Rows under one parent, in document order."""

    container: int
    rows: list[Row] = field(default_factory=list)

    @property
    def dated(self) -> int:
        """How many rows bear a date."""
        return sum(row.date is not None for row in self.rows)


class Dated:
    """The pieces of a page that are nothing but a date, found once and looked up by range."""

    def __init__(self, tree: Tree, today: date) -> None:
        """Reads every short piece with a digit."""
        self.today = today
        self.at: list[int] = []
        self.dates: list[Written] = []
        seen: dict[str, Written | None] = {}
        for number, piece in enumerate(tree.pieces):
            if not 4 <= len(piece) <= 120 or not _MAYBE.search(piece):
                continue
            if piece not in seen:
                seen[piece] = sole_date(piece, today)
            written = seen[piece]
            if written is not None:
                self.at.append(number)
                self.dates.append(written)

    def within(self, start: int, stop: int) -> list[tuple[int, Written]]:
        """The dates among the pieces of a range, with the numbers of their pieces."""
        low, high = bisect_left(self.at, start), bisect_left(self.at, stop)
        return list(zip(self.at[low:high], self.dates[low:high], strict=True))

    def count(self, start: int, stop: int) -> int:
        """How many there are in a range."""
        return bisect_left(self.at, stop) - bisect_left(self.at, start)


def find_blocks(tree: Tree, anchors: Sequence[Anchor], dated: Dated) -> list[Block]:
    """Every block of rows on the page, dated or not; what is a list and what a menu is judged later."""
    rows = _rows(tree, [anchor for anchor in anchors if anchor.titled][:MAX_ROWS], dated)
    blocks: dict[int, Block] = {}
    for row in rows:
        container = tree.parents[row.element]
        blocks.setdefault(container, Block(container)).rows.append(row)
    for block in blocks.values():
        _date_rows(tree, block, dated)
    return _merged(tree, list(blocks.values()))


def _rows(tree: Tree, anchors: Sequence[Anchor], dated: Dated) -> list[Row]:
    places = [anchor.element for anchor in anchors]
    rows: list[Row] = []
    taken = -1
    for number, anchor in enumerate(anchors):
        if anchor.element < taken:
            continue
        element = _climb(tree, anchors, places, number, dated)
        low, high = bisect_left(places, element), bisect_left(places, tree.ends[element])
        rows.append(Row(element, _principal(anchors[low:high])))
        taken = tree.ends[element]
    return rows


def _principal(anchors: Sequence[Anchor]) -> Anchor:
    """The link that names the record: the one with the most words."""
    return max(anchors, key=lambda anchor: len(anchor.text))


def _climb(tree: Tree, anchors: Sequence[Anchor], places: Sequence[int], number: int, dated: Dated) -> int:
    """The row of a link: the largest element about it that holds no other record."""
    anchor = anchors[number]
    row = anchor.element
    for above in tree.up(row):
        tag = tree.tags[above]
        if tag in _STOP or tree.length(above) > MAX_ROW_TEXT:
            break
        low, high = bisect_left(places, above), bisect_left(places, tree.ends[above])
        others = [
            a for a in anchors[low:high] if a.element != anchor.element and (not a.url or a.url != anchor.url)
        ]
        if others and not _companions(tree, above, anchors[low:high], dated):
            break
        if not others and tag not in _ROW_TAGS and _alone(tree, above, row):
            break
        row = above
        if tag in _ROW_TAGS:
            break
    return row


def _alone(tree: Tree, above: int, row: int) -> bool:
    """Whether an element is no longer a row of its own but the frame of a list with a single row."""
    return tree.tags[row] not in _INLINE and tree.length(above) > tree.length(row) + 80


def _companions(tree: Tree, above: int, inside: Sequence[Anchor], dated: Dated) -> bool:
    """Whether several links make one record: a title with its category, office or attachment."""
    if len(inside) > 5 or tree.tags[above] not in ("li", "tr", "div", "p", "dl", "dd", "section", "article"):
        return False
    if any(
        tree.tags[child] in ("li", "tr", "ul", "ol", "table") for child in range(above + 1, tree.ends[above])
    ):
        return False
    lengths = sorted((len(anchor.text) for anchor in inside), reverse=True)
    dominated = lengths[0] >= 8 and lengths[1] <= max(8, lengths[0] * 0.5) and lengths[1] <= 14
    dates = dated.count(tree.starts[above], tree.stops[above])
    if dates > 1 and tree.tags[above] != "tr":
        return False
    if tree.tags[above] in _ROW_TAGS:
        return dominated
    return dominated and dates == 1


def _date_rows(tree: Tree, block: Block, dated: Dated) -> None:
    for row in block.rows:
        found = dated.within(tree.starts[row.element], tree.stops[row.element])
        if found:
            piece, written = found[0] if len(found) == 1 else _preferred(tree, found)
            row.date, row.date_pieces = written, (piece,)
        else:
            row.date, row.date_pieces = _residual(tree, row, dated.today)
    if block.rows and not block.dated:
        _date_by_gaps(tree, block, dated)


_NOT_PUBLISHED = ("截止", "结束", "终止", "止", "至", "失效", "废止", "到期")
_PUBLISHED = ("发布", "公布", "公开", "发文", "发表", "更新", "日期", "时间")
_WRITTEN = ("成文", "生成", "印发", "签发")


def _preferred(tree: Tree, found: list[tuple[int, Written]]) -> tuple[int, Written]:
    """Of several dates in a row the publication's, going by the words before each."""

    def rank(number: int) -> int:
        words = tree.pieces[number] + "".join(tree.pieces[max(0, number - 4) : number])[-12:]
        if any(word in words for word in _NOT_PUBLISHED):
            return 3
        if any(word in words for word in _WRITTEN):
            return 2
        return 0 if any(word in words for word in _PUBLISHED) else 1

    return min(found, key=lambda pair: rank(pair[0]))


def _residual(tree: Tree, row: Row, today: date) -> tuple[Written | None, tuple[int, ...]]:
    """A date cut into several pieces (a large day over a small month), read from the row without its link."""
    link = row.anchor.element
    inside = range(tree.starts[link], tree.stops[link])
    numbers = [n for n in range(tree.starts[row.element], tree.stops[row.element]) if n not in inside]
    words = " ".join("".join(tree.pieces[n] for n in numbers).split())
    if 4 <= len(words) <= 60:
        written = sole_date(words, today)
        if written:
            return written, tuple(numbers)
    return _inside_link(tree, row, today)


def _inside_link(tree: Tree, row: Row, today: date) -> tuple[Written | None, tuple[int, ...]]:
    """A date cut into pieces within the link itself, in an element of its own."""
    for child in range(row.anchor.element + 1, tree.ends[row.anchor.element]):
        if tree.ends[child] - child > 1 and tree.length(child) <= 40:
            written = sole_date(tree.text(child), today)
            if written:
                return written, tuple(range(tree.starts[child], tree.stops[child]))
    return None, ()


def _date_by_gaps(tree: Tree, block: Block, dated: Dated) -> None:
    """Dates that stand between the rows of flat markup: all after their titles or all before."""
    end = tree.stops[block.container] if block.container >= 0 else len(tree.pieces)
    begin = tree.starts[block.container] if block.container >= 0 else 0
    rows = block.rows
    after = [
        dated.within(tree.stops[row.element], tree.starts[rows[n + 1].element] if n + 1 < len(rows) else end)
        for n, row in enumerate(rows)
    ]
    first = dated.within(begin, tree.starts[rows[0].element])
    gaps = [first, *after[:-1]] if len(first) == 1 and not after[-1] else after
    for row, gap in zip(rows, gaps, strict=True):
        if len(gap) == 1:
            row.date, row.date_pieces = gap[0][1], (gap[0][0],)


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
    return alike and not _heading_between(tree, a, b)


def _heading_between(tree: Tree, one: int, other: int) -> bool:
    return any(
        tree.ends[one] <= head < other
        for tag in ("h1", "h2", "h3", "h4")
        for head in tree.by_tag.get(tag, ())
    )
