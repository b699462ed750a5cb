"""A page as flat lists: parsed once, walked once, then read by index.

Elements are numbered in document order; the texts lie in one list of pieces, each element knowing the
range of pieces inside it. Everything else in this package works on these numbers, which is both fast
and free of parser types.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import accumulate

from selectolax.lexbor import LexborHTMLParser, LexborNode

_MUTE = frozenset(["script", "style", "noscript", "template", "textarea", "title", "option", "head"])
"""Elements whose text is not read as part of the page."""

_BLOCK_TAGS = (
    "p div li ul ol dl dt dd table tr td th tbody thead br hr h1 h2 h3 h4 h5 h6 section article header "
    "footer nav aside form fieldset blockquote pre center address main figure figcaption caption body"
)
_BLOCK = frozenset(_BLOCK_TAGS.split())
MAX_ELEMENTS = 60_000
"""Elements read of one page; real ones have hundreds, the largest known below 20,000."""

MAX_DEPTH = 400
"""Depth of nesting that is parsed; parsers take quadratic time over what no real page has."""
_ANY_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)[^<>]*>")
_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
        "p",
        "li",
        "td",
        "tr",
        "option",
    ]
)

Attributes = Mapping[str, str | None]


@dataclass(slots=True)
class Tree:
    """The flat page. `tags`, `parents`, `ends`, `attributes` run by element number; `ends` is one past the
    last element inside. `starts` and `stops` give the range of `pieces` inside an element; block elements
    are set off by a piece that is a line end. `owners` names the element a piece stands in directly,
    `offsets` how many characters stand before it.
    Attributes have small-letter names; one without a value has None.
    """

    tags: list[str] = field(default_factory=list)
    parents: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    stops: list[int] = field(default_factory=list)
    attributes: list[Attributes] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    owners: list[int] = field(default_factory=list)
    offsets: list[int] = field(default_factory=list)
    by_tag: dict[str, list[int]] = field(default_factory=dict)
    mute: dict[int, LexborNode] = field(default_factory=dict)
    parser: LexborHTMLParser | None = None

    def __len__(self) -> int:
        return len(self.tags)

    def attribute(self, element: int, name: str) -> str:
        """One attribute, the empty string where it is absent."""
        return self.attributes[element].get(name) or ""

    def text(self, element: int) -> str:
        """All text inside, on one line, blanks run together."""
        return " ".join("".join(self.pieces[self.starts[element] : self.stops[element]]).split())

    def lines(self, element: int) -> list[str]:
        """The text inside as lines, one a block element, empty ones left out."""
        raw = "".join(self.pieces[self.starts[element] : self.stops[element]])
        return [line for line in (" ".join(part.split()) for part in raw.split("\n")) if line]

    def length(self, element: int) -> int:
        """The number of characters inside, blanks included: a cheap measure of size."""
        return self.offsets[self.stops[element]] - self.offsets[self.starts[element]]

    def raw(self, element: int) -> str:
        """The text of a script, a style sheet, the title or another mute element, as it stands."""
        node = self.mute.get(element)
        return (node.text(deep=True) or "") if node is not None else ""

    def of(self, *tags: str) -> list[int]:
        """All elements of these tags, in document order."""
        if len(tags) == 1:
            return self.by_tag.get(tags[0], [])
        return sorted(element for tag in tags for element in self.by_tag.get(tag, ()))

    def inside(self, element: int, *tags: str) -> list[int]:
        """The elements of these tags within an element (itself apart)."""
        found: list[int] = []
        for tag in tags:
            every = self.by_tag.get(tag)
            if every:
                low = bisect_left(every, element + 1)
                found.extend(every[low : bisect_left(every, self.ends[element])])
        return sorted(found) if len(tags) > 1 else found

    def children(self, element: int) -> Iterator[int]:
        """The elements directly below."""
        child, end = element + 1, self.ends[element]
        while child < end:
            yield child
            child = self.ends[child]

    def up(self, element: int) -> Iterator[int]:
        """The element's ancestors, the nearest first."""
        above = self.parents[element]
        while above >= 0:
            yield above
            above = self.parents[above]

    def holds(self, outer: int, inner: int) -> bool:
        """Whether `inner` is `outer` or lies within it."""
        return outer <= inner < self.ends[outer]

    def names(self, element: int) -> str:
        """The element's id and classes, as one text: what its author called it."""
        return names_in(self.attributes[element])


def names_in(attributes: Attributes) -> str:
    """Id and classes among an element's attributes, as one text; " " where it has neither."""
    return f"{attributes.get('id') or ''} {attributes.get('class') or ''}"


def plant(html: str) -> Tree:
    """Parses a page and lays it out flat. Raises nothing: what cannot be parsed is an empty tree."""
    tree = Tree()
    if html.count("<") - 2 * html.count("</") > 3 * MAX_DEPTH:
        html = _without_depths(html)
    try:
        parser = LexborHTMLParser(html)
        root = parser.root
    except (ValueError, RuntimeError, MemoryError):
        return tree
    tree.parser = parser
    if root is not None:
        _walk(root, tree)
    tree.offsets = list(accumulate(map(len, tree.pieces), initial=0))
    return tree


def _without_depths(html: str) -> str:
    """The page without the opening tags that nest too deeply."""
    depth = 0

    def kept(match: re.Match[str]) -> str:
        nonlocal depth
        if match.group(2).lower() in _VOID:
            return match.group()
        depth = max(0, depth - 1) if match.group(1) else depth + 1
        return match.group() if depth <= MAX_DEPTH else " "

    return _ANY_TAG.sub(kept, html)


def _walk(root: LexborNode, tree: Tree) -> None:
    """Fills the lists in one pass; blank texts are left out, runs of line ends kept once.

    Written for speed: half of all reading time is spent here.
    """
    tags, parents, ends, starts, stops = tree.tags, tree.parents, tree.ends, tree.starts, tree.stops
    pieces, owners, attributes, by_tag = tree.pieces, tree.owners, tree.attributes, tree.by_tag
    add_piece, add_owner, add_start, add_stop = pieces.append, owners.append, starts.append, stops.append
    add_tag, add_parent, add_end, add_attributes = tags.append, parents.append, ends.append, attributes.append
    keys: list[int] = []
    open_elements: list[int] = []
    here, mute, number, ended = -1, -1, 0, True
    for node in root.traverse(include_text=True, skip_empty=True):
        tag = node.tag
        if tag is None or (tag[0] == "-" and tag != "-text"):
            continue
        above = node.parent
        key = above.mem_id if above is not None else 0
        while keys and keys[-1] != key:
            keys.pop()
            open_elements.pop()
            ends[here] = number
            stops[here] = len(pieces)
            if not ended and tags[here] in _BLOCK:
                add_piece("\n")
                add_owner(parents[here])
                ended = True
            if mute == here:
                mute = -1
            here = open_elements[-1] if open_elements else -1
        if tag == "-text":
            if mute < 0 <= here:
                content = node.text_content
                if content:
                    add_piece(content.replace("\n", " ") if "\n" in content else content)
                    add_owner(here)
                    ended = False
            continue
        if number >= MAX_ELEMENTS:
            break
        if not ended:
            if tag in _BLOCK:
                add_piece("\n")
                add_owner(here)
                ended = True
            elif tag == "a":
                add_piece(" ")
                add_owner(here)
        add_tag(tag)
        add_parent(here)
        add_end(0)
        add_start(len(pieces))
        add_stop(0)
        add_attributes(node.attributes)
        if tag in by_tag:
            by_tag[tag].append(number)
        else:
            by_tag[tag] = [number]
        keys.append(node.mem_id)
        open_elements.append(number)
        here = number
        number += 1
        if tag in _MUTE:
            tree.mute[here] = node
            if mute < 0:
                mute = here
    for element in open_elements:
        ends[element] = number
        stops[element] = len(pieces)
