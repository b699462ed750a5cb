"""Menus that a page carries as data for its scripts: trees of a disclosure catalogue, lists of columns.

What names an address becomes a link like any other. Names whose address only a script knows are told
apart: a column may lie behind each of them.
"""

import re
from collections.abc import Iterator

from crawler.address import looks_like_article, resolve
from domain.page import Link, Region

_NODE = re.compile(r"\{([^{}]{8,600})\}")
_NAME = re.compile(
    r"[\"']?\b(?:name|title|text|label|catname|columnname|menuname|nodename|channelname)\b[\"']?\s*:\s*"
    r"(?:\"((?:[^\"\\]|\\.){2,60})\"|'((?:[^'\\]|\\.){2,60})')",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"[\"']?\b(?:url|href|link|linkurl|path|file|pageurl|turl|curl)\b[\"']?\s*:\s*(?:\"([^\"]{1,300})\"|'([^']{1,300})')",
    re.IGNORECASE,
)
_DATED = re.compile(r"[\"']?\w*(?:date|time|fbrq|fbsj)\w*[\"']?\s*:", re.IGNORECASE)
_ADDED = re.compile(
    r"\.add\s*\(\s*['\"]?[\w-]{1,20}['\"]?\s*,\s*['\"]?-?[\w-]{1,20}['\"]?\s*,\s*(?:\"([^\"]{2,60})\"|'([^']{2,60})')"
    r"(?:\s*,\s*(?:\"([^\"]{0,300})\"|'([^']{0,300})'))?"
)
_TREE = re.compile(r"\bzTree\b|\bdTree\b|\.tree\s*\(|treeview|\bpId\b|xtree|MzTreeView", re.IGNORECASE)
_LOADED = re.compile(
    r"\.load\s*\(\s*['\"]([^'\"\s<>]{3,200}\.s?html?)(?:\?[^'\"]*)?(?:\s[^'\"]*)?['\"]", re.IGNORECASE
)
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_MARKUP = re.compile(r"<[^<>]{0,200}>")
MAX_SCRIPT = 400_000
MAX_NODES = 600
LONGEST_NAME = 24


def script_menu(scripts: str, base: str) -> tuple[tuple[Link, ...], tuple[str, ...]]:
    """The links in the menus of a page's inline scripts, and the names of a tree that bear no address."""
    if "{" not in scripts and ".add" not in scripts:
        return (), ()
    scripts = scripts[:MAX_SCRIPT]
    links: dict[str, Link] = {}
    names: list[str] = []
    for number, (name, place) in enumerate(_nodes(scripts)):
        if number >= MAX_NODES:
            break
        address = resolve(base, place) if place and place.strip("#") else None
        if not 2 <= len(name) <= LONGEST_NAME:
            continue
        if address is None:
            names.append(name)
        elif not looks_like_article(address):
            links.setdefault(address, Link(url=address, text=name, region=Region.NAV))
    told = {link.text for link in links.values()}
    unaddressed = [name for name in names if name not in told]
    if unaddressed and not _TREE.search(scripts):
        unaddressed = []
    return tuple(links.values()), tuple(dict.fromkeys(unaddressed))


def _nodes(scripts: str) -> Iterator[tuple[str, str]]:
    """Name and address of every node; the address is empty where the node states none."""
    for node in _NODE.finditer(scripts):
        name = _NAME.search(node.group(1))
        if name and not _DATED.search(node.group(1)):
            place = _PLACE.search(node.group(1))
            address = (place.group(1) or place.group(2)).replace("\\/", "/") if place else ""
            yield _plain(name.group(1) or name.group(2)), address
    if "add" in scripts and "ree" in scripts:
        for added in _ADDED.finditer(scripts):
            yield _plain(added.group(1) or added.group(2)), added.group(3) or added.group(4) or ""


def _plain(name: str) -> str:
    name = _ESCAPE.sub(lambda match: chr(int(match.group(1), 16)), name)
    return " ".join(_MARKUP.sub("", name.replace("\\/", "/")).split())


def loaded_fragments(source: str, base: str) -> tuple[str, ...]:
    """The pieces of HTML that a page's scripts put into it: its head, its foot, a list."""
    if ".load" not in source:
        return ()
    found = (resolve(base, match.group(1)) for match in _LOADED.finditer(source[:MAX_SCRIPT]))
    return tuple(dict.fromkeys(address for address in found if address))[:8]
