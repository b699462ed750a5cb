"""A page in work: what is found out of it once and used by every part of the reading."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from crawler.address import resolve
from crawler.reading.anchors import Anchor, gather
from crawler.reading.article import Body, main_text
from crawler.reading.datepieces import Dated
from crawler.reading.published import MetaLine, meta_line
from crawler.reading.regions import Regions, divide
from crawler.reading.tags import read_tags
from crawler.reading.tree import Tree, plant


@dataclass(frozen=True, slots=True)
class Sheet:
    """The page's source, address and base, its tree, and the parts that all readings share."""

    source: str
    url: str
    base: str
    today: date
    rendered: bool
    tree: Tree
    dated: Dated
    regions: Regions
    anchors: Sequence[Anchor]
    tags: Mapping[str, str]
    body: Body
    line: MetaLine | None
    title: str


def lay_out(source: str, url: str, encoding: str, today: date, rendered: bool) -> Sheet:
    """Parses a page once and finds out what every part of the reading needs."""
    tree = plant(source)
    base = _base(tree, url)
    dated = Dated(tree, today)
    regions = divide(tree, dated.at)
    body = main_text(tree, regions)
    titles = tree.of("title")
    return Sheet(
        source=source,
        url=url,
        base=base,
        today=today,
        rendered=rendered,
        tree=tree,
        dated=dated,
        regions=regions,
        anchors=gather(tree, regions, base, encoding),
        tags=read_tags(tree),
        body=body,
        line=meta_line(tree, regions, body.element, today),
        title=" ".join(tree.raw(titles[0]).split())[:300] if titles else "",
    )


def _base(tree: Tree, url: str) -> str:
    """The address that links are relative to."""
    for element in tree.of("base"):
        href = tree.attribute(element, "href")
        if href:
            return resolve(url, href) or url
    return url
