"""Which part of a page an element belongs to: navigation, breadcrumbs, foot; the rest is its own matter."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from crawler.reading.tree import Attributes, Tree, names_in
from crawler.reading.words import CRUMB_NAME, CRUMB_TEXT, FOOT_NAME, FOOT_TEXT, NAV_NAME
from domain.page import Region

_BOXES = frozenset(
    [
        "div",
        "ul",
        "ol",
        "dl",
        "nav",
        "header",
        "footer",
        "section",
        "table",
        "tr",
        "td",
        "p",
        "span",
        "aside",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "li",
        "dd",
        "center",
        "tbody",
    ]
)
_CRUMB_LENGTH = 260
_BY_TAG = {"nav": Region.NAV, "footer": Region.FOOT}
_NEVER = frozenset(["html", "body", "head"])


@dataclass(frozen=True, slots=True)
class Regions:
    """The region of every element; `crumbs` and `feet` are the outermost elements of their kind."""

    of: Sequence[Region | None]
    crumbs: tuple[int, ...]
    feet: tuple[int, ...]


@lru_cache(maxsize=8192)
def _by_names(names: str) -> Region | None:
    if names == " ":
        return None
    if FOOT_NAME.search(names):
        return Region.FOOT
    if CRUMB_NAME.search(names):
        return Region.CRUMB
    return Region.NAV if NAV_NAME.search(names) else None


def divide(tree: Tree, dated: Sequence[int]) -> Regions:
    """Assigns every element its region. `dated` are the numbers of the pieces that are nothing but a date."""
    of: list[Region | None] = []
    crumbs: list[int] = []
    feet: list[int] = []
    told = _told_crumbs(tree)
    count = len(tree)
    settled = (Region.FOOT, Region.CRUMB)
    for element, (tag, parent, attributes) in enumerate(
        zip(tree.tags, tree.parents, tree.attributes, strict=True)
    ):
        region = of[parent] if parent >= 0 else None
        if tag in _BOXES and region not in settled:
            own = _own(tag, attributes) if element not in told else Region.CRUMB
            if own is not None and _holds_true(tree, element, own, dated, count):
                region = own
                if own is Region.CRUMB:
                    crumbs.append(element)
                elif own is Region.FOOT:
                    feet.append(element)
        of.append(region)
    if not feet:
        feet = _told_feet(tree, dated)
        for foot in feet:
            of[foot : tree.ends[foot]] = [Region.FOOT] * (tree.ends[foot] - foot)
    return Regions(of, tuple(crumbs), tuple(feet))


def _own(tag: str, attributes: Attributes) -> Region | None:
    if attributes:
        region = _by_names(names_in(attributes))
        if region is not None:
            return region
    return _BY_TAG.get(tag)


def _holds_true(tree: Tree, element: int, region: Region, dated: Sequence[int], count: int) -> bool:
    """Whether what the names claim fits what the element holds: lists and texts are neither menu nor foot."""
    first = bisect_left(dated, tree.starts[element])
    dates = bisect_left(dated, tree.stops[element]) - first
    if region is Region.CRUMB:
        anchors = tree.inside(element, "a")
        return (
            tree.length(element) <= _CRUMB_LENGTH * 3
            and len(tree.text(element)) <= _CRUMB_LENGTH
            and bool(anchors)
        )
    if dates > 1 or (tree.inside(element, "h1") and region is Region.FOOT):
        return False
    if region is Region.FOOT:
        return element > count * 0.3 and (element > count * 0.7 or bool(FOOT_TEXT.search(tree.text(element))))
    if tree.ends[element] - element > max(400, count * 0.5) or (dates and element > count * 0.4):
        return False
    if dates and any(tree.length(anchor) >= 10 for anchor in tree.inside(element, "a")):
        return False
    return _leads_on(tree, element)


def _leads_on(tree: Tree, element: int) -> bool:
    """Whether an element is made of short links rather than of text or titles."""
    anchors = tree.inside(element, "a")
    linked = sum(map(tree.length, anchors))
    plain = tree.length(element) - linked
    return plain <= max(80 if anchors else 60, linked) and linked <= max(1, len(anchors)) * 16


def _told_crumbs(tree: Tree) -> set[int]:
    """The elements that hold a breadcrumb trail, known by the words before it."""
    found: set[int] = set()
    for piece, owner in zip(tree.pieces, tree.owners, strict=True):
        if len(piece) < 3 or not ("位置" in piece or "首页" in piece or "当前" in piece):
            continue
        if not CRUMB_TEXT.search(piece):
            continue
        box = owner
        for _ in range(4):
            if tree.tags[box] in _NEVER:
                break
            if tree.inside(box, "a") and tree.tags[box] != "a":
                if len(tree.text(box)) <= _CRUMB_LENGTH:
                    found.add(box)
                break
            box = tree.parents[box]
            if box < 0:
                break
        else:
            continue
    return found


def _told_feet(tree: Tree, dated: Sequence[int]) -> list[int]:
    """A foot that no name gives away: the largest late element about the words every foot bears."""
    half = len(tree.pieces) // 2
    for number in range(len(tree.pieces) - 1, half, -1):
        if not FOOT_TEXT.search(tree.pieces[number]):
            continue
        box = tree.owners[number]
        for above in tree.up(box):
            first = bisect_left(dated, tree.starts[above])
            has_dates = bisect_left(dated, tree.stops[above]) > first
            if (
                tree.tags[above] in _NEVER
                or has_dates
                or tree.length(above) > 1500
                or tree.starts[above] < half
            ):
                break
            box = above
        return [box] if tree.tags[box] not in _NEVER else []
    return []
