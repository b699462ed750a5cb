"""The links of a page, each with its address, its words and whether it could name a piece of information."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from crawler.address import looks_like_article, resolve, same_host
from crawler.reading.regions import Regions
from crawler.reading.tree import Tree
from crawler.reading.words import DECORATION, IDLE
from domain.page import Region

_OPENED = re.compile(
    r"(?:window\.open|location(?:\.href)?\s*=|openwin\w*|open\w*|go\w{0,12}|jump\w*|to\w{0,10}|href\w*|link\w*|show\w*|load\w*|nav\w*)\s*\(?\s*['\"]([^'\"]{2,300})['\"]",
    re.I,
)
_ADDRESS = re.compile(
    r"^[/?.]|^https?:|[\w-]/[\w-]|\.(?:s?html?|jspx?|aspx?|php|do|action|pdf|docx?|xlsx?)(?:\?|$)", re.I
)
_TITLE_LINE = re.compile(r"(?:标题|名称|文件名称)\s*[:：]\s*([^\n\r]+)")
_CUT = ("...", "…", "..", "．．．")
MAX_TITLE = 300


@dataclass(slots=True)
class Anchor:
    """A link: its element, address ("" where only a script knows it), words, region, and whether its
    words could be a title.
    """

    element: int
    url: str
    text: str
    region: Region | None
    titled: bool


def gather(tree: Tree, regions: Regions, base: str, encoding: str) -> list[Anchor]:
    """Every link of the page in document order, those that only a script can follow included."""
    known: dict[str, str] = {}
    found: list[Anchor] = []
    for element in tree.of("a", "area") if "area" in tree.by_tag else tree.of("a"):
        attributes = tree.attributes[element]
        href = attributes.get("href")
        if href is None:
            if "onclick" not in attributes:
                continue
            href = ""
        url = known.get(href)
        if url is None:
            url = known[href] = resolve(base, href, encoding) or ""
        if not url:
            url = _by_script(attributes.get("onclick") or href, base, encoding)
        region = regions.of[element]
        text = tree.text(element)
        own = len(text) > 1 or (not text and looks_like_article(url))
        if not text:
            text = (attributes.get("title") or "").strip() or _picture_text(tree, element)
            text = text or (attributes.get("alt") or "").strip()
        titled = own and region not in _ELSEWHERE and not is_idle(text)
        if titled and not url and _BUTTON.search(href + (attributes.get("onclick") or "")):
            titled = False
        found.append(Anchor(element, url, text[:MAX_TITLE], region, titled))
    clickable = [*_clickable(tree, regions, base, encoding), *_options(tree, regions, base, encoding)]
    return sorted([*found, *clickable], key=_place) if clickable else found


def _place(anchor: Anchor) -> int:
    return anchor.element


def _clickable(tree: Tree, regions: Regions, base: str, encoding: str) -> list[Anchor]:
    """Rows without a link that a script opens when they are clicked."""
    found: list[Anchor] = []
    for element, attributes in enumerate(tree.attributes):
        script = attributes.get("onclick") if attributes else None
        if not script or tree.tags[element] not in _CLICKED or tree.inside(element, "a"):
            continue
        url = _by_script(script, base, encoding)
        text = tree.text(element)
        if url and 4 <= len(text) <= MAX_TITLE:
            region = regions.of[element]
            found.append(Anchor(element, url, text, region, region not in _ELSEWHERE and not is_idle(text)))
    return found


def _options(tree: Tree, regions: Regions, base: str, encoding: str) -> list[Anchor]:
    """The choices of a list that lead to other pages of the same host when they are chosen."""
    found: list[Anchor] = []
    for element in tree.of("option"):
        value = tree.attribute(element, "value").strip()
        text = " ".join(tree.raw(element).split())
        if "/" not in value or not 2 <= len(text) <= 40:
            continue
        url = resolve(base, value, encoding) or ""
        if url and same_host(url, base):
            found.append(Anchor(element, url, text, regions.of[element] or Region.NAV, False))
    return found


_CLICKED = frozenset(["li", "tr", "p", "dd", "div", "td", "span", "h3", "h4"])


_ELSEWHERE = (Region.NAV, Region.CRUMB, Region.FOOT)


@lru_cache(maxsize=8192)
def is_idle(text: str) -> bool:
    """Whether the words of a link name no piece of information ("更多", "下一页" …)."""
    return len(text) <= 12 and bool(IDLE.match(text.strip("[]【】()（）<> ")))


def _by_script(script: str, base: str, encoding: str) -> str:
    """The address that a script on a link opens; "" where it names only a number or a key."""
    if "'" not in script and '"' not in script:
        return ""
    match = _OPENED.search(script)
    if not match or not _ADDRESS.search(match.group(1)):
        return ""
    return resolve(base, match.group(1), encoding) or ""


_BUTTON = re.compile(
    r"print|close|favorite|sethome|homepage|history|search|submit|login|share|font|doZoom|zoom|adjust|scroll|top\b",
    re.I,
)


def _picture_text(tree: Tree, element: int) -> str:
    for image in tree.inside(element, "img"):
        words = (tree.attribute(image, "alt") or tree.attribute(image, "title")).strip()
        if words:
            return words
    return ""


_PARTICULARS = re.compile(r"(?<=.{6}) (?:发布|发文|更新|添加)?(?:时间|日期|来源|作者)\s*[:：].*$")
"""What a hint says behind the title itself."""


def title_of(tree: Tree, element: int, skipped: Sequence[int] = ()) -> str:
    """The full title that a link names: its words without the pieces `skipped` (a date, a mark), or its
    title attribute where the words were cut short.
    """
    start, stop = tree.starts[element], tree.stops[element]
    pieces = (tree.pieces[number] for number in range(start, stop) if number not in skipped)
    shown = _undecorated(" ".join("".join(pieces).split()))
    full = _PARTICULARS.sub("", " ".join(_title_line(tree.attribute(element, "title")).split()))
    if not full or full == shown:
        return shown[:MAX_TITLE]
    stem = shown.rstrip(".…．")
    cut = shown.endswith(_CUT) or "…" in shown[-3:]
    squeezed, whole = stem.replace(" ", ""), full.replace(" ", "")
    if not shown or (cut and whole.startswith(squeezed[:6])) or (squeezed and whole.startswith(squeezed)):
        return _undecorated(full)[:MAX_TITLE]
    return shown[:MAX_TITLE]


def _title_line(text: str) -> str:
    match = _TITLE_LINE.search(text)
    return match.group(1) if match else text


@lru_cache(maxsize=4096)
def _undecorated(text: str) -> str:
    for _ in range(3):
        bare = DECORATION.sub("", text)
        if bare == text:
            return text
        text = bare
    return text
