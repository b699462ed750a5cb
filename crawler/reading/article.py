"""An article's own page: its text and its title."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from crawler.reading.published import MetaLine
from crawler.reading.regions import Regions
from crawler.reading.tree import Tree
from crawler.reading.words import BODY_NAME
from domain.page import Region

MAX_TEXT = 200_000

_FOOT = frozenset({Region.FOOT})
_FRAME = frozenset({Region.FOOT, Region.NAV, Region.CRUMB})
"""What surrounds a page's own matter."""


@dataclass(frozen=True, slots=True)
class Body:
    """The element that holds the page's main text, and that text."""

    element: int
    text: str
    length: int


def main_text(tree: Tree, regions: Regions) -> Body:
    """The page's own text: a known content element where there is one, else where most plain text stands;
    everything where neither holds most of it. Menus and foot are left out of all but the known element,
    which is believed to hold none but the foot.
    """
    weights = _weights(tree, regions)
    total = weights[0] if weights else 0
    named = _named(tree, regions, weights)
    best = named or _heaviest(tree, weights)
    if best is not None and (weights[best] >= total * 0.6 or tree.length(best) > 600):
        # where a fair part of the text stands elsewhere (tabs, boxes), all of it is the page's text
        alone = weights[best] >= total * 0.85
        lines = _outside(tree, regions, best if alone else 0, _FOOT if named and alone else _FRAME)
        return Body(best, "\n".join(lines)[:MAX_TEXT], weights[best])
    lines = _outside(tree, regions, 0, _FRAME)
    return Body(0, "\n".join(lines)[:MAX_TEXT], total)


def _weights(tree: Tree, regions: Regions) -> list[int]:
    """For every element the number of characters of plain text inside: outside links, menus and foot."""
    weights = [0] * len(tree)
    if not weights:
        return weights
    tags, of, parents = tree.tags, regions.of, tree.parents
    for piece, owner in zip(tree.pieces, tree.owners, strict=True):
        if owner < 0 or len(piece) < 2:
            continue
        region = of[owner]
        if region is None and tags[owner] != "a":
            weights[owner] += len(piece.strip())
    for element in range(len(tree) - 1, 0, -1):
        if tags[element] != "a":
            weights[parents[element]] += weights[element]
    return weights


def _named(tree: Tree, regions: Regions, weights: Sequence[int]) -> int | None:
    best = None
    for element in tree.of("div", "td", "article", "font", "section", "span", "form", "ucapcontent", "p"):
        attributes = tree.attributes[element]
        if not ("id" in attributes or "class" in attributes) or not BODY_NAME.search(tree.names(element)):
            continue
        if tree.tags[element] == "ucapcontent" or weights[element] > (weights[best] * 1.05 if best else 20):
            best = element
    return best


def _heaviest(tree: Tree, weights: Sequence[int]) -> int | None:
    """The deepest element that still holds nearly all plain text of the page."""
    if not weights or weights[0] < 40:
        return None
    here = 0
    while True:
        child = max(tree.children(here), key=lambda c: weights[c], default=None)
        if (
            child is None
            or weights[child] < weights[here] * 0.75
            or tree.tags[child] in ("p", "li", "tr", "tbody")
        ):
            return here
        here = child


def _outside(tree: Tree, regions: Regions, element: int, parts: frozenset[Region]) -> list[str]:
    """The lines of text in an element but for those in some parts of the page that are not all of it."""
    if not len(tree):
        return []
    left_out = parts - {regions.of[element]}
    words: list[str] = []
    for number in range(tree.starts[element], tree.stops[element]):
        piece, owner = tree.pieces[number], tree.owners[number]
        if piece == "\n" or owner < 0 or regions.of[owner] not in left_out:
            words.append(piece)
    return [line for line in (" ".join(part.split()) for part in "".join(words).split("\n")) if line]


_SITE_WORDS = re.compile(r"(?:网|网站|门户|政府|委员会|[局厅部院处]|平台|首页|公开|信息港|频道|专栏)$")
_SPLIT = re.compile(r"(\s*(?:_+|\||｜|—{1,2}|--+|–|\s-\s|-|»|>)\s*)")


def page_title(raw: str, tags: Mapping[str, str], crumbs: Sequence[str]) -> str:
    """The page's own name out of its title element: without the names of the site and of columns.

    A part behind "_" or "|" that is much shorter than the first is the site's; one behind a dash only if
    it is called like a site or stands in the trail.
    """
    raw = " ".join(raw.split())
    parts = _SPLIT.split(raw)
    strange = {tags.get("SiteName", ""), *crumbs[:1], "首页"} - {""}
    while len(parts) > 2 and parts[0] in strange:
        del parts[:2]
    while len(parts) > 2:
        last, mark, rest = parts[-1], parts[-2].strip(), "".join(parts[:-2])
        site = not last or last in strange or last in crumbs or _is_site(last)
        if not site and not (mark in ("_", "|", "｜") and len(last) < len(rest) * 0.5):
            break
        del parts[-2:]
    if len(parts) > 2 and _is_site(parts[0]) and not _is_site(parts[-1]):
        del parts[:2]
    return "".join(parts).strip()


def _is_site(words: str) -> bool:
    """Whether words are the name of a site or an office rather than a title."""
    return len(words) <= 18 and bool(_SITE_WORDS.search(words))


def article_title(
    tree: Tree,
    regions: Regions,
    tags: Mapping[str, str],
    raw: str,
    crumbs: Sequence[str],
    line: MetaLine | None,
) -> str:
    """An article's title: its tag, a heading, the title element, or the line above the particulars."""
    if len(tags.get("ArticleTitle", "")) > 1:
        return tags["ArticleTitle"]
    limit = line.start if line else None
    headings = [
        (h, tree.text(h))
        for h in tree.of("h1", "h2", "h3")
        if regions.of[h] is None and 4 <= len(tree.text(h)) <= 200
    ]
    squeezed = raw.replace(" ", "")
    for _, words in headings:
        if words.replace(" ", "")[:12] and words.replace(" ", "")[:12] in squeezed:
            return words
    above = [(h, words) for h, words in headings if limit is None or tree.starts[h] < limit]
    first = [words for h, words in above if tree.tags[h] == "h1"]
    own = page_title(raw, tags, crumbs)
    if first:
        return first[-1] if limit is not None else first[0]
    over = _line_above(tree, regions, line) if line else ""
    if over and over.replace(" ", "")[:12] in squeezed:
        return over
    if above and limit is not None and not _is_site(above[-1][1]):
        return above[-1][1]
    generic = not own or _is_site(own) or own in crumbs
    if over and (generic or (len(over) > len(own) + 4 and own in over)):
        return over
    return (crumbs[-1] if generic and crumbs and line is None else own) or over


def _line_above(tree: Tree, regions: Regions, line: MetaLine) -> str:
    """The last line of text before the particulars, outside menus and breadcrumbs."""
    words: list[str] = []
    for number in range(line.start - 1, max(-1, line.start - 80), -1):
        piece = tree.pieces[number]
        owner = tree.owners[number]
        if piece == "\n":
            text = " ".join("".join(reversed(words)).split())
            if len(text) >= 4:
                return text[:200]
            words = []
        elif owner >= 0 and regions.of[owner] is None:
            words.append(piece)
    return ""
