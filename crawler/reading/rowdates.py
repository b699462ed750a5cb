"""Which date belongs to a row of a list.

A date belongs to a row when a text that is nothing but a date, or a labelled one, stands in it; or, in flat
markup, between its link and the next. Deadlines and dates within titles and teasers do not count.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from crawler.reading.anchors import Anchor
from crawler.reading.datepieces import Dated, labelled
from crawler.reading.dates import Written, day_of, find_full, in_url, read_value, sole_date
from crawler.reading.tree import Tree
from crawler.reading.words import NOT_PUBLISHED

_PUBLISHED = ("发布", "公布", "公开", "发表", "公示", "公告", "刊登", "挂网", "开始", "起始")
_CHANGED = ("更新", "发文")
_WRITTEN = re.compile(r"成文|生成|印发|签发|发文|制发")
_EVENT = re.compile(
    r"(?:更新|修改|来信|写信|留言|提交|受理|咨询|提问|征集|开始|起始|办结|回复|答复|办理|申请|生效|成立|签订)(?:日期|时间|于|日)?\s*[:：]?\s*$"
)
_TOLD = re.compile(r"发布|公布|公开|发表|公示|公告|刊登|挂网")
_DIGIT = re.compile(r"[0-9０-９〇]")
_PARTS = re.compile(r"((?:19|20)\d\d)\s*[年./-]? (0?[1-9]|1[0-2])\s*[月./-]? (0?[1-9]|[12]\d|3[01])\s*日?")
_HEADED = re.compile(r"日期|时间")


@dataclass(slots=True)
class Row:
    """One record: its element, its titled link, the date beside it and the pieces that state the date.

    `title` is its title where that is not what the link says (a date was written into it). `written` says
    that the date is that of writing, `event` that it is that of something else than publication.
    """

    element: int
    anchor: Anchor
    date: Written | None = None
    date_pieces: tuple[int, ...] = ()
    title: str = ""
    written: bool = False
    event: bool = False


@dataclass(slots=True)
class Block:
    """Rows under one parent, in document order."""

    container: int
    rows: list[Row] = field(default_factory=list)

    @property
    def dated(self) -> int:
        """How many rows bear a date."""
        return sum(row.date is not None for row in self.rows)


def date_rows(tree: Tree, block: Block, dated: Dated) -> None:
    """Gives every row of a block the date that belongs to it."""
    for row in block.rows:
        found = dated.within(tree.starts[row.element], tree.stops[row.element])
        if found:
            chosen = _preferred(tree, row, found)
            if chosen:
                row.date, row.date_pieces = _with_year(tree, row, chosen[1], dated.today), (chosen[0],)
                row.written = bool(_WRITTEN.search(chosen[2]) and not _TOLD.search(chosen[2]))
                row.event = bool(_EVENT.search(chosen[2]) and not _TOLD.search(chosen[2]))
        else:
            row.date, row.date_pieces = _cut_up(tree, row, dated.today)
    if block.rows and not block.dated:
        _date_by_gaps(tree, block, dated)
    if block.rows and not block.dated:
        _date_by_likeness(tree, block)


def _with_year(tree: Tree, row: Row, written: Written, today: date) -> Written:
    """A date without a year, or the same day with the year that an attribute or the address states."""
    for stated in (_for_machines(tree, row, today), in_url(row.anchor.url)) if written.yearless else ():
        same = stated and (stated.day.month, stated.day.day) == (written.day.month, written.day.day)
        if stated and same and stated.day <= today:
            return Written(stated.day, stated.raw, 0, 0)
    return written


def _preferred(tree: Tree, row: Row, found: list[tuple[int, Written]]) -> tuple[int, Written, str] | None:
    """Of the dates in a row the publication's, going by the words before each or the head of its column, and
    these words; None where all are known to be something else.
    """

    link = row.anchor.element
    title = range(tree.starts[link], tree.stops[link])

    def words_of(number: int, written: Written) -> str:
        start = max(tree.starts[row.element], number - 3)
        before = (tree.pieces[n] for n in range(start, number) if n not in title)
        piece = tree.pieces[number]
        words = "".join(before)[-10:] + piece[: written.start] + piece[written.end :][:3]
        if tree.tags[row.element] == "tr":
            words = _column_head(tree, row.element, number) or words
        return words

    def rank(number: int, written: Written) -> int:
        words = words_of(number, written)
        for place, group in enumerate((_PUBLISHED, NOT_PUBLISHED)):
            if any(word in words for word in group):
                return place * 9
        if any(word in words for word in _CHANGED):
            return 2
        return 3 if _WRITTEN.search(words) else 1

    best = min(found, key=lambda pair: rank(*pair))
    return (*best, words_of(*best)) if rank(*best) < 9 else None


def _column_head(tree: Tree, row: int, piece: int) -> str:
    """The words at the head of the table column that a piece stands in; "" where there are none."""
    cells = list(tree.children(row))
    place = next((n for n, cell in enumerate(cells) if tree.starts[cell] <= piece < tree.stops[cell]), None)
    table = next((above for above in tree.up(row) if tree.tags[above] == "table"), None)
    if place is None or table is None:
        return ""
    for head in tree.inside(table, "tr")[:3]:
        heads = list(tree.children(head))
        words = tree.text(heads[place]) if place < len(heads) and head != row else ""
        if len(words) <= 12 and _HEADED.search(words):
            return words
    return ""


def _cut_up(tree: Tree, row: Row, today: date) -> tuple[Written | None, tuple[int, ...]]:
    """A date cut into several pieces: a large day over a small month, in an element of its own, or all
    that the row holds beside its link.
    """
    if not any(map(_DIGIT.search, tree.pieces[tree.starts[row.element] : tree.stops[row.element]])):
        return _for_machines(tree, row, today), ()
    for child in range(row.element + 1, tree.ends[row.element]):
        pieces = tree.stops[child] - tree.starts[child]
        if pieces > 1 and tree.length(child) <= 24:
            written = sole_date(_spaced(tree, range(tree.starts[child], tree.stops[child])), today)
            if written:
                return written, tuple(range(tree.starts[child], tree.stops[child]))
    parted = _parted(tree, row)
    if parted:
        return parted
    link = row.anchor.element
    inside = range(tree.starts[link], tree.stops[link])
    numbers = [n for n in range(tree.starts[row.element], tree.stops[row.element]) if n not in inside]
    words = _spaced(tree, numbers) if 1 < len(numbers) <= 12 else ""
    written = sole_date(words, today) if 4 <= len(words) <= 60 else None
    return (written, tuple(numbers)) if written else (_for_machines(tree, row, today), ())


def _parted(tree: Tree, row: Row) -> tuple[Written, tuple[int, ...]] | None:
    """A date whose year, month and day stand one after another in pieces of their own."""
    for first in range(tree.starts[row.element], tree.stops[row.element] - 2):
        match = _PARTS.fullmatch(" ".join(tree.pieces[number].strip() for number in range(first, first + 3)))
        day = day_of(*map(int, match.groups())) if match else None
        if day and match:
            return Written(day, match.group(), 0, 0), (first, first + 1, first + 2)
    return None


_MACHINE = (
    "datetime",
    "data-time",
    "data-date",
    "data-timestamp",
    "data-pubdate",
    "data-pubtime",
    "timestamp",
)


def _for_machines(tree: Tree, row: Row, today: date) -> Written | None:
    """A date that an attribute states for a script to show: written out, or as a moment since 1970."""
    hint = tree.attribute(row.anchor.element, "title")
    if _DIGIT.search(hint):
        stated = labelled(" ".join(hint.split()))
        if stated:
            return Written(stated.day, stated.raw, 0, 0)
    for element in range(row.element, tree.ends[row.element]):
        attributes = tree.attributes[element]
        for name in _MACHINE if attributes else ():
            value = attributes.get(name)
            day = read_value(value, today) if value else None
            if day:
                return Written(day, (value or "")[:40], 0, 0)
    return None


def _spaced(tree: Tree, numbers: Sequence[int]) -> str:
    return " ".join(" ".join(tree.pieces[number] for number in numbers).split())


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


_STRANGE = re.compile("|".join((*NOT_PUBLISHED, "开标|报名|会议|活动|考试|[至到~]|年度|第.{1,4}[期号]")))


def _date_by_likeness(tree: Tree, block: Block) -> None:
    """Dates that share their piece of text with an office's name or a count of readers, believed only where
    nearly every row has one in the same place.
    """
    found = [_shared(tree, row) for row in block.rows]
    places = Counter(place for _, _, place in filter(None, found))
    place, count = max(places.items(), key=lambda pair: pair[1], default=(("", 0), 0))
    if count < max(2, len(block.rows) * 0.8):
        return
    for row, one in zip(block.rows, found, strict=True):
        if one and one[2] == place:
            row.date, row.date_pieces = one[0], (one[1],)


def _shared(tree: Tree, row: Row) -> tuple[Written, int, tuple[str, int]] | None:
    """The only full date among the short texts beside a row's title, the number of its piece, and where it
    stands: the tag about it and whether it opens or ends the text.
    """
    link = row.anchor.element
    found: list[tuple[Written, int, tuple[str, int]]] = []
    for number in range(tree.starts[row.element], tree.stops[row.element]):
        piece = tree.pieces[number]
        if len(piece) > 60 or tree.owners[number] == link or not _DIGIT.search(piece):
            continue
        text = piece.strip(" \u3000[]()（）【】")
        for written in find_full(text):
            around = (text[: written.start] + " " + text[written.end :]).strip()
            open_end = (written.start == 0) - (written.end >= len(text))
            if len(around) > 30 or not open_end or _STRANGE.search(around):
                break  # a sentence about other days
            found.append((written, number, (tree.tags[tree.owners[number]], open_end)))
    return found[0] if len(found) == 1 else None
