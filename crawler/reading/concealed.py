"""Links that a visitor does not see: the ways in which hijacked pages hide them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from itertools import islice

from crawler.reading.anchors import Anchor
from crawler.reading.tree import Attributes, Tree
from domain.page import Concealed

MAX_CONCEALED = 300
MAX_SHEETS = 20
MAX_SHEET = 60_000

_SIMPLE = re.compile(r"^[a-z]*([.#][\w-]+)$", re.IGNORECASE)
_HIDDEN_BY_SCRIPT = re.compile(
    r"getElementById\(\s*['\"]([\w-]{1,60})['\"]\s*\)\s*\.style\.(?:display\s*=\s*['\"]none|visibility\s*=\s*['\"]hidden)",
    re.IGNORECASE,
)
_FAR = re.compile(r"(?:left|top|right|text-indent|margin-(?:left|top))\s*:\s*-\s*(\d{3,6})(?:px|em|pt|%)?")
_TINY_SIZE = re.compile(
    r"(?<![\w-])(?:max-)?(height|width)\s*:\s*([01])(?:px|pt|em|%)?\s*(?:!important)?\s*(?:;|$)"
)
_TINY_FONT = re.compile(r"font-size\s*:\s*(?:0(?:\.\d+)?|1)(?:px|pt|em|%)?\s*(?:!important)?\s*(?:;|$)")
_OPENED = frozenset({"display:none", "visibility:hidden", "hidden 属性", "由脚本隐藏"})
_CLEAR = re.compile(r"opacity\s*:\s*0(?:\.0\d*)?\s*(?:;|$)|filter\s*:\s*alpha\(opacity=0\)")
_CLIPPED = re.compile(
    r"clip\s*:\s*rect\(\s*[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?\s*\)"
    r"|clip-path\s*:\s*(?:inset\(\s*(?:[5-9]\d|100)%|circle\(\s*0|polygon\(\s*0(?:px|%)?\s+0(?:px|%)?\s*\))"
)
_SHRUNK = re.compile(r"scale(?:3d|x|y)?\(\s*0(?:\.0\d*)?\s*[,)]|zoom\s*:\s*0(?:\.0\d*)?\s*(?:;|$)")
_SHIFTED = re.compile(r"translate(?:3d|x|y)?\(\s*(?:0(?:px)?\s*,\s*)?-\s*(\d{3,6})(?:px|em|vw|vh)?")
_COLOUR = re.compile(r"(?<![\w-])color\s*:\s*([^;!]{3,30})")
_BACKGROUND = re.compile(r"background(?:-color)?\s*:\s*(#[0-9a-f]{3,8}|[a-z]{3,20}|rgba?\([^)]{5,30}\))")
_CLEAR_COLOUR = re.compile(r"transparent|rgba\([^)]*,\s*0(?:\.0+)?\s*\)")
_NAMED_COLOURS = {
    "white": "#ffffff",
    "black": "#000000",
    "rgb(255,255,255)": "#ffffff",
    "rgb(0,0,0)": "#000000",
}
_LINK_IN_TEXT = re.compile(
    r"<a\b[^>]{0,300}?href\s*=\s*[\"']?(https?://[^\"'\s>]{4,300})[^>]{0,200}>(.{0,200}?)</a>",
    re.IGNORECASE | re.DOTALL,
)
_MARK_UP = re.compile(r"<[^>]*>")
_BY_REFERRER = re.compile(r"document\s*\.\s*referrer", re.IGNORECASE)
_SENT_ON = re.compile(
    r"location(?:\.href|\.replace|\.assign)?\s*[=(]\s*[\"'](https?://[^\"'\s]{4,300})[\"']", re.IGNORECASE
)
LONGEST_SCRIPT = 200_000


_PAGE_END = re.compile(r"</html\s*>", re.IGNORECASE)
_PAGE_START = re.compile(r"<(?:html|body|head)\b", re.IGNORECASE)
_LINK_START = re.compile(r"<a\s", re.IGNORECASE)


@lru_cache(maxsize=4096)
def how_hidden(style: str) -> str:
    """How a style declaration hides what it is put on, in Chinese; empty where it does not."""
    style = style.lower()
    if re.search(r"display\s*:\s*none", style):
        return "display:none"
    if re.search(r"visibility\s*:\s*(?:hidden|collapse)", style):
        return "visibility:hidden"
    far = _FAR.search(style) or _SHIFTED.search(style)
    if far and int(far.group(1)) >= 500:
        return "文字移出屏幕之外" if far[0].startswith("text-indent") else "移出屏幕之外"
    if _CLIPPED.search(style):
        return "裁剪到看不见"
    sizes = _TINY_SIZE.findall(style)
    if (sizes and ("overflow" in style or len(sizes) > 1 or "position" in style)) or _SHRUNK.search(style):
        return "尺寸近于零"
    if _TINY_FONT.search(style):
        return "字号近于零"
    return "完全透明" if _CLEAR.search(style) else ""


@dataclass(frozen=True, slots=True)
class Hidden:
    """The elements of a page that are hidden themselves, in document order, and how."""

    tree: Tree
    elements: Sequence[tuple[int, str]]

    def shut(self, element: int) -> bool:
        """Whether an element stands in a part that a click may open: hidden, not shrunk or moved away."""
        return any(start <= element < self.tree.ends[start] for start, how in self.elements if how in _OPENED)


def find_hidden(tree: Tree, source: str) -> Hidden:
    """What a page hides by style, attribute or script."""
    return Hidden(tree, _hidden_elements(tree, source))


def find_concealed(anchors: Sequence[Anchor], source: str, parts: Hidden) -> tuple[Concealed, ...]:
    """The links hidden by style, by a script beside them, by size, or by standing behind the page's end."""
    if not anchors:
        return ()
    tree, hidden = parts.tree, parts.elements
    late = len(anchors) - _late_links(source)
    found: list[Concealed] = []
    shut = -1
    how = ""
    following = 0
    for number, anchor in enumerate(anchors):
        while following < len(hidden) and hidden[following][0] <= anchor.element:
            element, way = hidden[following]
            if element >= shut:
                shut, how = tree.ends[element], way
            following += 1
        way = how if anchor.element < shut else "位于页面结束标记之外" if number >= late else ""
        if anchor.url and (way or _is_of_its_ground(tree, anchor.element)):
            found.append(Concealed(url=anchor.url, text=anchor.text, how=way or "与背景同色"))
    return tuple(found[:MAX_CONCEALED])


def find_unscripted(tree: Tree) -> tuple[Concealed, ...]:
    """Links for programs only: shown without scripts, or where who comes from a search engine is sent."""
    found: list[Concealed] = []
    for element in tree.of("noscript"):
        for match in islice(_LINK_IN_TEXT.finditer(_source_of(tree, element)), MAX_CONCEALED):
            words = " ".join(unescape(_MARK_UP.sub("", match[2])).split())
            found.append(Concealed(url=match[1], text=words, how="只给不运行脚本的程序看"))
    for element in tree.of("script"):
        script = tree.raw(element)[:LONGEST_SCRIPT]
        if "referrer" in script and _BY_REFERRER.search(script):
            found += [
                Concealed(url=match[1], text="", how="只对从搜索引擎来的访客跳转")
                for match in _SENT_ON.finditer(script)
            ]
    return tuple(found[:MAX_CONCEALED])


def _source_of(tree: Tree, element: int) -> str:
    node = tree.mute.get(element)
    return (node.html or "")[:LONGEST_SCRIPT] if node is not None else ""


def _is_of_its_ground(tree: Tree, anchor: int) -> bool:
    """Whether a link is written in the colour that lies behind it, as far as the page itself tells both."""
    style = (tree.attributes[anchor].get("style") or "").lower()
    told = _COLOUR.search(style) if "color" in style else None
    if told is None:
        return False
    colour = _one_form(told[1])
    if _CLEAR_COLOUR.fullmatch(colour):
        return True
    for element in (anchor, *tree.up(anchor)):
        ground = _ground_of(tree.attributes[element])
        if ground:
            return ground == colour
    return False


def _ground_of(attributes: Attributes) -> str:
    """The colour behind an element, by its own style or attribute; empty where it states none."""
    told = _BACKGROUND.search((attributes.get("style") or "").lower())
    return _one_form(told[1] if told else attributes.get("bgcolor") or "")


def _one_form(colour: str) -> str:
    """A colour in one notation: #fff, white and rgb(255, 255, 255) are one."""
    plain = re.sub(r"\s+", "", colour.lower())
    if re.fullmatch(r"#[0-9a-f]{3}", plain):
        plain = "#" + "".join(2 * sign for sign in plain[1:])
    return _NAMED_COLOURS.get(plain, plain)


def _hidden_elements(tree: Tree, source: str) -> list[tuple[int, str]]:
    """The elements that are hidden themselves, in document order, and how."""
    rules = _style_rules(tree)
    scripted = set(_HIDDEN_BY_SCRIPT.findall(source)) if ".style." in source else set()
    found: list[tuple[int, str]] = []
    for element, attributes in enumerate(tree.attributes):
        if not attributes:
            continue
        style = attributes.get("style")
        how = how_hidden(style) if style else ""
        if not how and "hidden" in attributes and tree.tags[element] != "input":
            how = "hidden 属性"
        if not how and (rules or scripted):
            how = _by_rule(attributes, rules, scripted)
        if how:
            found.append((element, how))
    for element in tree.of("marquee"):
        if _is_tiny_marquee(tree.attributes[element]):
            found.append((element, "尺寸近于零"))
    return sorted(found)


def _by_rule(attributes: Attributes, rules: Mapping[str, str], scripted: set[str]) -> str:
    name, classes = attributes.get("id"), attributes.get("class")
    if name:
        if name in scripted:
            return "由脚本隐藏"
        if f"#{name}" in rules:
            return rules[f"#{name}"]
    return next((rules[f".{word}"] for word in (classes or "").split() if f".{word}" in rules), "")


def _style_rules(tree: Tree) -> dict[str, str]:
    """What the page's own style sheets hide, by plain class or id."""
    rules: dict[str, str] = {}
    for element in tree.of("style")[:MAX_SHEETS]:
        for rule in tree.raw(element)[:MAX_SHEET].split("}"):
            selectors, _, style = rule.rpartition("{")
            how = how_hidden(style) if 5 < len(style) < 600 else ""
            for selector in selectors[-300:].split(",") if how else ():
                match = _SIMPLE.match(selector.strip())
                if match:
                    rules[match.group(1)] = how
    return rules


def _is_tiny_marquee(attributes: Attributes) -> bool:
    sizes = [(attributes.get(side) or "").rstrip("px") for side in ("height", "width")]
    fast = (attributes.get("scrollamount") or "").isdigit() and int(attributes["scrollamount"] or 0) > 1000
    return fast or any(size.isdigit() and int(size) <= 10 for size in sizes)


def _late_links(source: str) -> int:
    """How many links stand behind the closing tag of the page."""
    end = _PAGE_END.search(source)
    if end is None:
        return 0
    tail = source[end.end() :]
    # a page put together from whole pages (a foot with tags of its own) is badly built, not hijacked
    return 0 if len(tail) < 12 or _PAGE_START.search(tail) else len(_LINK_START.findall(tail))
