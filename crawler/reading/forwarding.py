"""Where a page sends its visitor at once: meta refresh, a frame set of one page, a script's redirection."""

import re
from collections.abc import Sequence

from crawler.address import canonical, resolve
from crawler.reading.spans import between
from crawler.reading.tree import Tree

_REFRESH = re.compile(r"^\s*(\d+(?:\.\d+)?)?\s*[;,]?\s*(?:url\s*=\s*)?['\"]?\s*([^'\"]*)", re.IGNORECASE)
_OWNER = r"(?<![\w.])(?:(?:window|top|self|parent|document|this)\s*\.\s*)*"
_ONE = r"(?:'[^'\n]{0,500}'|\"[^\"\n]{0,500}\"|[A-Za-z_$][\w$]{0,40}(?![\w$.(\[]))"
_WHERE = rf"({_ONE}(?:\s*\+\s*{_ONE}){{0,12}})\s*"
_LOCATION = re.compile(
    rf"{_OWNER}location(?:\s*\.\s*href)?\s*=(?!=)\s*{_WHERE}(?=[;}}\n<,\"']|$)"
    rf"|{_OWNER}location\s*\.\s*(?:replace|assign)\s*\(\s*{_WHERE}\)"
    rf"|window\s*\.\s*navigate\s*\(\s*{_WHERE}\)"
    rf"|window\s*\.\s*open\s*\(\s*{_WHERE},\s*['\"]_(?:self|top|parent)['\"]\s*\)"
)
_PART = re.compile(r"\s*(?:['\"]([^'\"]*)['\"]|([A-Za-z_$][\w$]*))\s*(?:\+|$)")
_AT_ONCE = re.compile(
    r"(?:\(\s*|\$\s*\(\s*|jQuery\s*\(\s*|\.ready\s*\(\s*|onload\s*=\s*|setTimeout\s*\(\s*|[!+]\s*|"
    r"addEventListener\s*\([^()]{0,40},\s*)(?:function\s*\w*\s*\([^()]*\)|\([^()]*\)\s*=>)\s*$"
)
_NOT_MOBILE = re.compile(
    r"if\s*\((?=[^{}]{0,600}(?:userAgent|mobile|android|iphone|screen\.width|isPhone|browser))[^{}]*\)\s*"
    r"(?:\{[^{}]*\}|[^;{}]*;)\s*else\s*\{?\s*$",
    re.IGNORECASE,
)
_NOISE = re.compile(r"(?<![:'\"/\w])//[^\n]*|<!--|-->")
MAX_SCRIPT = 20_000
MAX_BRANCH = 800
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
            if _happens(plain[: match.start()]):
                where = _worth(next(group for group in match.groups() if group), plain[: match.start()])
                return resolve(base, where) if where else None
    return None


def _happens(before: str) -> bool:
    """Whether what stands behind this part of a script is run as soon as the page is there.

    What stands in a function or a condition need not happen, but for functions that are run at once and
    for the branch that is left to visitors without a telephone.
    """
    other = _NOT_MOBILE.search(before, max(0, len(before) - MAX_BRANCH))
    if other:
        before = before[: other.start()]
    elif before.rstrip().endswith((")", "else", "?", "&&", "||")):
        return False
    opened: list[int] = []
    for at, character in enumerate(before):
        if character == "{":
            opened.append(at)
        elif character == "}" and opened:
            opened.pop()
    return all(_AT_ONCE.search(before[max(0, at - 120) : at]) for at in opened)


def _worth(words: str, before: str) -> str:
    """What a joining of literals and of names that were given one literal amounts to; "" if not known."""
    parts: list[str] = []
    at = 0
    while at < len(words.rstrip()):
        part = _PART.match(words, at)
        if not part:
            return ""
        at = part.end()
        if part.group(2) is None:
            parts.append(part.group(1))
            continue
        given = re.findall(
            rf"(?<![\w.]){re.escape(part.group(2))}\s*=\s*['\"]([^'\"]*)['\"]\s*[;,\n]", before
        )
        if len(given) != 1:
            return ""
        parts.append(given[0])
    return "".join(parts)
