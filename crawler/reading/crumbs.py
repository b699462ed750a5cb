"""Breadcrumbs: the trail of columns that a page says it stands in."""

import re
from collections.abc import Sequence

from crawler.address import looks_like_folder
from crawler.reading.anchors import Anchor
from crawler.reading.regions import Regions
from crawler.reading.tree import Tree
from domain.page import Link, Page, PageKind, Region

_LABEL = re.compile(
    r"^.{0,12}?(?:(?:当前|所在|您的|您现在|现在|你的|目前)\S{0,6}(?:位置|栏目|页面)(?:是|在)?|位置)\s*[:：]?\s*"
)
_SEPARATOR = re.compile(r"\s*(?:-{1,3}\s*>|={1,2}>|>+|»+|＞+|→|›|⟩|::|\||｜|/|\\|＼|／|—+|\s-\s)\s*")
_GENERIC = re.compile(
    r"^(?:正文|列表|列表页|内容|内容页|详情|详情页|文章|查看|浏览|信息列表|信息内容|全文|首页|.{0,2})$"
)
MAX_CRUMBS = 12


def read_crumbs(tree: Tree, regions: Regions, anchors: Sequence[Anchor]) -> tuple[Link, ...]:
    """The trail of the first breadcrumb line that has one; the last step often is no link (address "")."""
    for crumb in regions.crumbs[:4]:
        trail = _trail(tree, crumb, anchors)
        if trail:
            return trail
    return ()


def _trail(tree: Tree, crumb: int, anchors: Sequence[Anchor]) -> tuple[Link, ...]:
    inside = [anchor for anchor in anchors if tree.holds(crumb, anchor.element) and anchor.text]
    words = _LABEL.sub("", tree.text(crumb), count=1)
    steps = [step.strip(" :：>»") for step in _SEPARATOR.split(words)]
    steps = [step for step in steps if step and len(step) <= 60]
    addresses = {anchor.text.strip(): anchor.url for anchor in reversed(inside)}
    if len(steps) < 2 or sum(step in addresses for step in steps) < min(len(addresses), 2):
        steps = [anchor.text.strip() for anchor in inside]
    return tuple(
        Link(url=addresses.get(step, ""), text=step, region=Region.CRUMB) for step in steps[:MAX_CRUMBS]
    )


def column_in(crumbs: Sequence[Link]) -> str:
    """The column that the trail ends in: its last step that names one."""
    for crumb in reversed(crumbs):
        if not _GENERIC.match(crumb.text) and len(crumb.text) <= 30:
            return crumb.text
    return ""


def column_of(page: Page) -> tuple[str, tuple[str, ...]]:
    """The column that a page belongs to (a list or a column of one text to itself, an article to its list)
    and the names above it.

    The page's tag goes first, then the trail without the page's own title, then the title of a page that
    is a column itself. The name is empty where none of them tells.
    """
    article = page.kind in {PageKind.ARTICLE, PageKind.DOCUMENT} and not looks_like_folder(page.url)
    names = [crumb.text for crumb in page.crumbs if not _GENERIC.match(crumb.text)]
    if article and names and names[-1].replace(" ", "") == page.title.replace(" ", ""):
        names.pop()
    name = page.tags.get("ColumnName") or (names[-1] if names else "") or ("" if article else page.title)
    above = names[: names.index(name)] if name in names else names
    return name, tuple(above)
