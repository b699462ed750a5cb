"""Where in a TOML file a key stands: the standard reader gives values without positions."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

Path = tuple[str | int, ...]

HEADER = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?$")
KEY = re.compile(
    r"""^\s*((?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*'))*)\s*="""
)


def positions(text: str) -> dict[Path, int]:
    """The line number (from 1) of each table header and key, by path.

    Tables of an array count from 0. Lines inside multi-line strings and arrays are passed over.
    """
    found: dict[Path, int] = {(): 1}
    counts: dict[Path, int] = {}
    here: Path = ()
    skip = Skipper()
    for number, line in enumerate(text.splitlines(), start=1):
        if skip.inside(line):
            continue
        header = HEADER.match(line)
        if header:
            here = _enter(header.group(2), header.group(1) == "[[", counts)
            found.setdefault(here, number)
            continue
        key = KEY.match(line)
        if key:
            found.setdefault((*here, *_names(key.group(1))), number)
            skip.enter(line[key.end() :])
    return found


def line_of(found: Mapping[Path, int], path: Path) -> int:
    """The line of a path, or of the nearest thing that contains it."""
    while path not in found:
        path = path[:-1]
    return found[path]


def _names(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))


def _enter(dotted: str, array: bool, counts: dict[Path, int]) -> Path:
    here: Path = ()
    names = _names(dotted)
    for depth, name in enumerate(names):
        here = (*here, name)
        if array and depth == len(names) - 1:
            counts[here] = counts.get(here, -1) + 1
        if here in counts:
            here = (*here, counts[here])
    return here


@dataclass(slots=True)
class Skipper:
    """Keeps count of an open multi-line string or array; nothing is open at first."""

    quote: str = ""
    depth: int = 0

    def inside(self, line: str) -> bool:
        """Whether the line belongs to something opened above it; notes where that ends."""
        if self.quote:
            self.quote = "" if self.quote in line else self.quote
            return True
        if self.depth > 0:
            self.depth += _balance(line)
            return True
        return False

    def enter(self, value: str) -> None:
        """Notes what the value of a key leaves open at the end of its line."""
        for quote in ('"""', "'''"):
            if value.count(quote) == 1:
                self.quote = quote
                return
        self.depth = max(0, _balance(value))


TOKEN = re.compile(r"""\"(?:[^"\\]|\\.)*"|'[^']*'|#.*|[\[\]{}]""")
"""A string, a comment or a bracket."""

DEPTHS = {"[": 1, "{": 1, "]": -1, "}": -1}


def _balance(text: str) -> int:
    """How many brackets a line leaves open, those in strings and comments aside."""
    return sum(DEPTHS.get(token, 0) for token in TOKEN.findall(text))
