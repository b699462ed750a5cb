"""What a page says itself: its words outside the links, which say what other pages are called."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from crawler.address import same_host
from crawler.reading.anchors import Anchor
from crawler.reading.regions import Regions
from crawler.reading.tree import Tree
from domain.page import Region

MAX_WORDS = 50_000
"""Characters kept of one page: lists and home pages have hundreds."""

_CUT_SHORT = re.compile(
    r"(?:…|\.{2,}|．{2,})[\s\d年月日\[\]【】()（）:：|/-]*(?:\[?(?:详情|详细|全文|更多)\W*)?$"
)
"""The end of an abstract: the opening of another page, which says it itself."""


def own_words(tree: Tree, regions: Regions, anchors: Sequence[Anchor], url: str, *, frame_too: bool) -> str:
    """The lines of a page outside links to pages of its own host; menu and foot only with `frame_too`."""
    linked = _linked(tree, anchors, url, frame_too)
    words: list[str] = []
    length = 0
    for number in _outside(tree, linked):
        piece, owner = tree.pieces[number], tree.owners[number]
        if piece != "\n" and not frame_too and owner >= 0 and regions.of[owner] is not None:
            continue
        words.append(piece)
        length += len(piece)
        if length > MAX_WORDS:
            break
    lines = (" ".join(part.split()) for part in "".join(words).split("\n"))
    return "\n".join(line for line in lines if line and not _CUT_SHORT.search(line))[:MAX_WORDS]


def _linked(tree: Tree, anchors: Sequence[Anchor], url: str, frame_too: bool) -> list[tuple[int, int]]:
    """The ranges of pieces inside links that lead on within the host; a menu's own words are the page's."""
    found: list[tuple[int, int]] = []
    for anchor in anchors:
        if not same_host(anchor.url, url) or (frame_too and anchor.region is Region.NAV):
            continue
        found.append((tree.starts[anchor.element], tree.stops[anchor.element]))
    return sorted(found)


def _outside(tree: Tree, ranges: Sequence[tuple[int, int]]) -> Iterator[int]:
    """The numbers of the pieces that lie in none of the ranges."""
    starts = [start for start, _ in ranges]
    reach = 0
    reaches = []
    for _, stop in ranges:
        reach = max(reach, stop)
        reaches.append(reach)
    for number in range(len(tree.pieces)):
        before = bisect_right(starts, number)
        if not before or number >= reaches[before - 1]:
            yield number
