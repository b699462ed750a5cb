"""Where a page sends its visitor at once: meta refresh, a frame set of one page, a script's redirection."""

import re
from collections.abc import Sequence

from crawler.address import canonical, resolve
from crawler.reading.spans import between
from crawler.reading.tree import Tree

_REFRESH = re.compile(r"^\s*(\d+(?:\.\d+)?)?\s*[;,]?\s*(?:url\s*=\s*)?['\"]?\s*([^'\"]*)", re.IGNORECASE)
_LOCATION = re.compile(
    r"(?<![\w.])(?:(?:window|top|self|parent|document|this)\s*\.\s*)*location(?:\s*\.\s*href)?\s*=\s*['\"]([^'\"]{1,500})['\"]\s*(?!\+)"
    r"|(?<![\w.])(?:(?:window|top|self|parent|document)\s*\.\s*)*location\s*\.\s*(?:replace|assign)\s*\(\s*['\"]([^'\"]{1,500})['\"]\s*\)"
    r"|window\s*\.\s*navigate\s*\(\s*['\"]([^'\"]{1,500})['\"]\s*\)"
)
_NOISE = re.compile(r"(?<![:'\"/\w])//[^\n]*|<!--|-->")
MAX_SCRIPT = 20_000
MAX_DELAY = 10
"""Seconds after which a refresh is a reload of the page and no longer a forwarding."""


def find_forward(tree: Tree, url: str, base: str, words: int, frames: Sequence[str]) -> str | None:
    """The address a visitor is sent to without doing anything; None where the page stays.

    `words` is the number of characters the page itself shows: a script that redirects is only believed
    on a page that hardly shows any.
    """
    target = _by_meta(tree, base)
    if target is None and words < 200:
        target = _by_script(tree, base)
    if target is None and tree.of("frameset"):
        shown = [frame for frame in frames if not frame.startswith("about:")]
        target = shown[0] if len(shown) == 1 else None
    return target if target is not None and canonical(target) != canonical(url) else None


def _by_meta(tree: Tree, base: str) -> str | None:
    for element in tree.of("meta"):
        attributes = tree.attributes[element]
        if (attributes.get("http-equiv") or "").strip().lower() != "refresh" or _in_noscript(tree, element):
            continue
        match = _REFRESH.match(attributes.get("content") or "")
        if match and match.group(2) and float(match.group(1) or 0) <= MAX_DELAY:
            return resolve(base, match.group(2))
    return None


def _in_noscript(tree: Tree, element: int) -> bool:
    return any(tree.tags[above] == "noscript" for above in tree.up(element))


def _by_script(tree: Tree, base: str) -> str | None:
    scripts = [tree.raw(s) for s in tree.of("script") if not tree.attribute(s, "src")][:20]
    scripts += [tree.attribute(body, "onload") for body in tree.of("body") if tree.attribute(body, "onload")]
    for script in scripts:
        plain = _NOISE.sub(" ", script[:MAX_SCRIPT])
        for start, _, after in reversed(list(between(plain, "/*", "*/"))):
            plain = f"{plain[:start]} {plain[after:]}"
        for match in _LOCATION.finditer(plain):
            before = plain[: match.start()]
            if _depth(before) == 0 and not before.rstrip().endswith((")", "else", "?", "&&", "||")):
                return resolve(base, next(group for group in match.groups() if group))
    return None


def _depth(before: str) -> int:
    """How many blocks are open: what stands in a function or a condition need not happen.

    A function that the page runs at once (a timer, a ready handler) is left to the browser.
    """
    return before.count("{") - before.count("}")
