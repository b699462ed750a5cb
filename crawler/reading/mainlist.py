"""Which of several lists on a page is the page's own: columns show neighbours' lists beside their own."""

import re
from collections.abc import Sequence

from crawler.reading.anchors import Anchor
from crawler.reading.rowdates import Block
from crawler.reading.tree import Tree

_TURN = re.compile(r"^(?:下一?页|后一页|[尾末]页|最后一页|next|last)\W*$", re.IGNORECASE)
_MORE = re.compile(r"^[\[【(（+>»]*\s*(?:查看)?(?:更多|more)", re.IGNORECASE)
OWN = 0.5
"""Share of its entries that lie in the page's folder from which a list is the page's own."""


def own_lists(tree: Tree, blocks: Sequence[Block], anchors: Sequence[Anchor], url: str) -> list[Block]:
    """The blocks that are the page's own lists.

    Where some list leads into the page's own folder, those that lead only elsewhere are neighbours'. Where
    none does and the page can be turned, lists behind the turning and boxes with a link to more of them are.
    A list without dates beside one with dates is no list of the page either.
    """
    dated = [block for block in blocks if block.dated]
    if len(blocks) < 2:
        return list(blocks)
    folder = url.split("?", 1)[0].rpartition("/")[0] + "/"
    shares = [_share(block, folder) for block in blocks]
    if any(share >= OWN for share in shares):
        return [block for block, share in zip(blocks, shares, strict=True) if share > 0]
    turn = next((a.element for a in anchors if len(a.text) <= 6 and _TURN.match(a.text.strip())), None)
    if turn is None or len(dated) < 2:
        return list(blocks)
    before = [block for block in dated if block.rows[-1].element < turn]
    main = before[-1] if before else dated[0]
    return [main] if not before else [b for b in before if b is main or not _has_more(tree, b, main)]


def _share(block: Block, folder: str) -> float:
    """The share of a list's entries that lie in a folder (the root counts for nothing)."""
    if folder.count("/") < 4:
        return 0.0
    return sum(row.anchor.url.startswith(folder) for row in block.rows) / len(block.rows)


def _has_more(tree: Tree, block: Block, main: Block) -> bool:
    """Whether a box about a list, not so wide as to hold the main one, has a link to more of it."""
    box = block.container
    for _ in range(3):
        if box < 0 or tree.holds(box, main.container):
            return False
        if any(
            _MORE.match(tree.text(anchor)) for anchor in tree.inside(box, "a") if tree.length(anchor) <= 12
        ):
            return True
        box = tree.parents[box]
    return False
