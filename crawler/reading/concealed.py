"""Links that a visitor does not see: the ways in which hijacked pages hide them."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from crawler.reading.anchors import Anchor
from crawler.reading.tree import Tree
from domain.page import Concealed

MAX_CONCEALED = 300

_RULE = re.compile(r"([^{}]{1,300})\{([^{}]{1,600})\}")
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
_CLEAR = re.compile(r"opacity\s*:\s*0(?:\.0\d*)?\s*(?:;|$)|filter\s*:\s*alpha\(opacity=0\)")


@lru_cache(maxsize=4096)
def how_hidden(style: str) -> str:
    """How a style declaration hides what it is put on, in Chinese; empty where it does not."""
    style = style.lower()
    if re.search(r"display\s*:\s*none", style):
        return "display:none"
    if re.search(r"visibility\s*:\s*(?:hidden|collapse)", style):
        return "visibility:hidden"
    far = _FAR.search(style)
    if far and int(far.group(1)) >= 500:
        return "移出屏幕之外"
    sizes = _TINY_SIZE.findall(style)
    if sizes and ("overflow" in style or len(sizes) > 1 or "position" in style):
        return "尺寸近于零"
    if _TINY_FONT.search(style):
        return "字号近于零"
    return "完全透明" if _CLEAR.search(style) else ""


def find_concealed(tree: Tree, anchors: Sequence[Anchor], source: str) -> tuple[Concealed, ...]:
    """The links hidden by style, by a script beside them, by size, or by standing behind the page's end."""
    if not anchors:
        return ()
    rules = _style_rules(tree)
    scripted = set(_HIDDEN_BY_SCRIPT.findall(source)) if ".style." in source else set()
    verdicts: dict[int, str] = {}
    late = _late_links(source)
    found: list[Concealed] = []
    for number, anchor in enumerate(anchors):
        how = _hidden_above(tree, anchor.element, rules, scripted, verdicts)
        if not how and number >= len(anchors) - late:
            how = "位于页面结束标记之外"
        if how and anchor.url:
            found.append(Concealed(url=anchor.url, text=anchor.text, how=how))
            if len(found) >= MAX_CONCEALED:
                break
    return tuple(found)


def _style_rules(tree: Tree) -> dict[str, str]:
    """What the page's own style sheets hide, by plain class or id."""
    rules: dict[str, str] = {}
    for element in tree.of("style")[:20]:
        for selectors, style in _RULE.findall(tree.raw(element)[:60_000]):
            how = how_hidden(style)
            if not how:
                continue
            for selector in selectors.split(","):
                match = _SIMPLE.match(selector.strip())
                if match:
                    rules[match.group(1)] = how
    return rules


def _hidden_above(
    tree: Tree, element: int, rules: Mapping[str, str], scripted: set[str], verdicts: dict[int, str]
) -> str:
    """How the element or anything about it is hidden; what was worked out for parents is kept."""
    path: list[int] = []
    here = element
    how = ""
    while here >= 0:
        if here in verdicts:
            how = verdicts[here]
            break
        path.append(here)
        here = tree.parents[here]
    for step in reversed(path):
        how = how or _own_hiding(tree, step, rules, scripted)
        verdicts[step] = how
    return how


def _own_hiding(tree: Tree, element: int, rules: Mapping[str, str], scripted: set[str]) -> str:
    attributes = tree.attributes(element)
    if not attributes:
        return ""
    style = attributes.get("style")
    if style:
        how = how_hidden(style)
        if how:
            return how
    if "hidden" in attributes and tree.tags[element] != "input":
        return "hidden 属性"
    if tree.tags[element] == "marquee" and _is_tiny_marquee(attributes):
        return "尺寸近于零"
    name = attributes.get("id")
    if name and name in scripted:
        return "由脚本隐藏"
    if rules:
        for key in [f"#{name}", *(f".{word}" for word in (attributes.get("class") or "").split())]:
            if key in rules:
                return rules[key]
    return ""


def _is_tiny_marquee(attributes: Mapping[str, str | None]) -> bool:
    sizes = [(attributes.get(side) or "").rstrip("px") for side in ("height", "width")]
    fast = (attributes.get("scrollamount") or "").isdigit() and int(attributes["scrollamount"] or 0) > 1000
    return fast or any(size.isdigit() and int(size) <= 10 for size in sizes)


def _late_links(source: str) -> int:
    """How many links stand behind the closing tag of the page."""
    end = source.lower().rfind("</html>") if "</" in source[-200_000:] else -1
    if end < 0:
        return 0
    first = source.lower().find("</html>")
    tail = source[first + 7 :]
    # a page put together from whole pages (a foot of its own html) is badly built, not hijacked
    return 0 if "<body" in tail.lower() or "<html" in tail.lower() else len(re.findall(r"<a\s", tail, re.I))
