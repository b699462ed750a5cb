"""A page as flat lists: parsed once, walked once, then read by index.

Elements are numbered in document order; the texts lie in one list of pieces, each element knowing the
range of pieces inside it. Everything else in this package works on these numbers, which is both fast
and free of parser types.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

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

_DEPTH_RISK = re.compile(r"(?:<(?:b|i|u|font|span|div|em|strong|big|small|a|p)\b[^<>]*>\s*){400}", re.I)
_NO_ATTRIBUTES: Mapping[str, str | None] = {}


@dataclass(slots=True)
class Tree:
    """The flat page. `tags`, `parents`, `ends` run by element number; `ends` is one past the last
    element inside. `starts` and `stops` give the range of `pieces` inside an element; an element that
    begins a new line of text has an empty piece before its own. `owners` names the element a piece
    stands in directly.
    """

    tags: list[str] = field(default_factory=list)
    parents: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    stops: list[int] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    owners: list[int] = field(default_factory=list)
    nodes: list[LexborNode] = field(default_factory=list)
    by_tag: dict[str, list[int]] = field(default_factory=dict)
    _attributes: dict[int, Mapping[str, str | None]] = field(default_factory=dict)
    _parser: LexborHTMLParser | None = None

    def __len__(self) -> int:
        return len(self.tags)

    def attributes(self, element: int) -> Mapping[str, str | None]:
        """The element's attributes under small-letter names; one without a value has None."""
        known = self._attributes.get(element)
        if known is None:
            known = self.nodes[element].attributes
            self._attributes[element] = known
        return known

    def attribute(self, element: int, name: str) -> str:
        """One attribute, the empty string where it is absent."""
        return self.attributes(element).get(name) or ""

    def text(self, element: int) -> str:
        """All text inside, on one line, blanks run together."""
        return " ".join("".join(self.pieces[self.starts[element] : self.stops[element]]).split())

    def lines(self, element: int) -> list[str]:
        """The text inside as lines, one a block element, empty ones left out."""
        raw = "".join(self.pieces[self.starts[element] : self.stops[element]])
        return [line for line in (" ".join(part.split()) for part in raw.split("\n")) if line]

    def length(self, element: int) -> int:
        """The number of characters inside, blanks included: a cheap measure of size."""
        return sum(map(len, self.pieces[self.starts[element] : self.stops[element]]))

    def raw(self, element: int) -> str:
        """The text of a script or another mute element, as it stands."""
        return self.nodes[element].text(deep=True) or ""

    def of(self, *tags: str) -> list[int]:
        """All elements of these tags, in document order."""
        if len(tags) == 1:
            return self.by_tag.get(tags[0], [])
        return sorted(element for tag in tags for element in self.by_tag.get(tag, ()))

    def inside(self, element: int, *tags: str) -> list[int]:
        """The elements of these tags within an element (itself apart)."""
        found: list[int] = []
        for tag in tags:
            every = self.by_tag.get(tag, [])
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
        attributes = self.attributes(element)
        return f"{attributes.get('id') or ''} {attributes.get('class') or ''}"


def plant(html: str) -> Tree:
    """Parses a page and lays it out flat. Raises nothing: what cannot be parsed is an empty tree."""
    tree = Tree()
    if _DEPTH_RISK.search(html):
        html = _flattened(html)
    try:
        parser = LexborHTMLParser(html)
        root = parser.root
    except (ValueError, RuntimeError, MemoryError):
        return tree
    tree._parser = parser
    if root is not None:
        _walk(root, tree)
    return tree


def _flattened(html: str) -> str:
    """The page without its endless nests of opening tags: no real page has them, parsers choke on them."""
    return _DEPTH_RISK.sub(" ", html)


def _walk(root: LexborNode, tree: Tree) -> None:
    tags, parents, ends, starts, stops = tree.tags, tree.parents, tree.ends, tree.starts, tree.stops
    pieces, owners, nodes, by_tag = tree.pieces, tree.owners, tree.nodes, tree.by_tag
    numbers: dict[int, int] = {}
    open_elements: list[int] = []
    mute_until: list[int] = []
    for node in root.traverse(include_text=True):
        tag = node.tag
        if tag is None or tag in ("-comment", "-doctype", "-document"):
            continue
        parent_node = node.parent
        parent = numbers.get(parent_node.mem_id, -1) if parent_node is not None else -1
        while open_elements and open_elements[-1] != parent:
            closed = open_elements.pop()
            ends[closed] = len(tags)
            stops[closed] = len(pieces)
            if tags[closed] in _BLOCK:
                pieces.append("\n")
                owners.append(parents[closed])
            if mute_until and mute_until[-1] == closed:
                mute_until.pop()
        if tag == "-text":
            if not mute_until and parent >= 0:
                content = node.text_content
                if content:
                    pieces.append(content.replace("\n", " "))
                    owners.append(parent)
            continue
        if len(tags) >= MAX_ELEMENTS:
            break
        number = len(tags)
        numbers[node.mem_id] = number
        if tag in _BLOCK:
            pieces.append("\n")
            owners.append(parent)
        tags.append(tag)
        parents.append(parent)
        ends.append(number + 1)
        starts.append(len(pieces))
        stops.append(len(pieces))
        nodes.append(node)
        by_tag.setdefault(tag, []).append(number)
        open_elements.append(number)
        if tag in _MUTE:
            mute_until.append(number)
    for closed in open_elements:
        ends[closed] = len(tags)
        stops[closed] = len(pieces)
