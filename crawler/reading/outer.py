"""List services that a script file asks for a page: what the page tells it, and their questions.

A column's page often holds an empty list and the values (number of the column, of the site), while the call
that fills it stands in a file that all columns share. Nothing is run: only calls are taken whose address and
form are written out in the two together.
"""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from crawler.reading.calls import calls_in, has_call
from crawler.reading.tree import Tree
from domain.page import Page

MAX_SETTINGS = 40_000
MAX_SCRIPT = 200_000
MAX_FIELDS = 100
MOST_SCRIPTS = 3
"""Script files of a page that are looked into."""

_FIELD = re.compile(r"[\w.:/-]{1,80}")
_TOLD = re.compile(
    r"(?:\$|jQuery)\(\s*['\"]#([\w-]{1,40})['\"]\s*\)\s*\.\s*(?:val|text|html)\(\s*\)"
    r"|document\.getElementById\(\s*['\"]([\w-]{1,40})['\"]\s*\)\s*\.\s*(?:value|innerHTML|innerText)"
)
_VENDOR = re.compile(
    r"jquery|bootstrap|swiper|layui|layer|vue|react|echarts|respond|html5|base64|json2|analytics|gtag|hm\.js|slide|"
    r"modernizr|polyfill|md5|qrcode|conac|jiucuo|wza|barrier|videojs|player|highlight|share|tongji|weather",
    re.IGNORECASE,
)
_LISTS = re.compile(r"list|info|more|page|data|news|column|article|content|sub|second", re.IGNORECASE)


def settings_of(tree: Tree) -> str:
    """What a page's own scripts and elements tell a script file, as assignments to names."""
    scripts = [tree.raw(script) for script in tree.of("script") if not tree.attribute(script, "src")]
    fields: list[str] = []
    for element in tree.of("input", "div", "span", "p", "textarea"):
        name = tree.attribute(element, "id")
        if not name or len(fields) >= MAX_FIELDS:
            continue
        value = tree.attribute(element, "value") or (
            tree.text(element) if 0 < tree.length(element) <= 80 else ""
        )
        if _FIELD.fullmatch(value):
            fields.append(f'{_name(name)} = "{value}";\n')
    return ("\n".join(scripts) + "\n" + "".join(fields))[:MAX_SETTINGS]


def script_text(source: str) -> str:
    """The text of a script file that asks a service; "" of any other."""
    return source[:MAX_SCRIPT] if has_call(source[:MAX_SCRIPT]) else ""


def outer_scripts(page: Page) -> tuple[str, ...]:
    """The script files of a page that waits for its list which may ask for it, the likeliest first."""
    if not page.settings:
        return ()
    host = urlsplit(page.url).netloc
    own = [
        url
        for url in page.scripts
        if urlsplit(url).netloc == host and not _VENDOR.search(url.rpartition("/")[2])
    ]
    own.sort(key=lambda url: not _LISTS.search(url.rpartition("/")[2]))
    return tuple(own[:MOST_SCRIPTS])


def outer_feeds(page: Page, read: Callable[[str], Page | None]) -> tuple[str, ...]:
    """The questions that a page's script files ask for it. `read` gives a script file's page, if seen."""
    scripts = [file.script for file in map(read, outer_scripts(page)) if file and file.script]
    if not scripts:
        return ()
    given = page.settings + "\n" + "\n".join(scripts)
    found = [
        question
        for script in scripts
        for question in calls_in(_TOLD.sub(_as_name, script), _TOLD.sub(_as_name, given), page.url)
    ]
    return tuple(dict.fromkeys(found))


def _as_name(match: re.Match[str]) -> str:
    return _name(match.group(1) or match.group(2))


def _name(field: str) -> str:
    """The name under which the value of an element stands."""
    return "$field_" + re.sub(r"\W", "_", field)
