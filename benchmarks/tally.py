"""Right, wrong and could-not-tell, counted by field and family; and a rival's answers beside ours."""

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any


@dataclass(slots=True)
class Tally:
    """The answers of one field in one family."""

    right: int = 0
    wrong: int = 0
    untold: int = 0
    certain_wrong: int = 0

    @property
    def total(self) -> int:
        """All answers."""
        return self.right + self.wrong + self.untold


@dataclass(slots=True)
class Ledger:
    """All answers so far, by (field, family), and the misses one by one."""

    tallies: dict[tuple[str, str], Tally] = field(default_factory=lambda: defaultdict(Tally))
    misses: list[tuple[str, str, str, str, str]] = field(default_factory=list)

    def enter(self, what: str, family: str, file: str, expected: Any, found: Any, unsure: str = "") -> None:
        """Counts one answer; `unsure` says why the program itself was not certain of it."""
        tally = self.tallies[what, family]
        if squeezed(expected) == squeezed(found):
            tally.right += 1
            return
        if found in (None, "", [], "None"):
            tally.untold += 1
        else:
            tally.wrong += 1
            tally.certain_wrong += not unsure
        self.misses.append((what, file, str(expected), str(found), unsure))

    def share(self, *fields: str) -> tuple[int, int]:
        """Right answers and all answers of some fields."""
        chosen = [tally for (what, _), tally in self.tallies.items() if what in fields]
        return sum(tally.right for tally in chosen), sum(tally.total for tally in chosen)


def squeezed(value: Any) -> str:
    return re.sub(r"\s+", "", str(value))


@dataclass(slots=True)
class Rivals:
    """What htmldate says of the same article pages, beside what we say."""

    find: Callable[..., str | None] | None = None
    ours: int = 0
    theirs: int = 0
    total: int = 0
    misses: list[tuple[str, str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        try:
            self.find = import_module("htmldate").find_date
        except ImportError:
            self.find = None

    def compare(self, file: str, body: bytes, url: str, expected: str, found: str) -> None:
        """Enters one article page."""
        if self.find is None:
            return
        self.total += 1
        self.ours += found == expected
        try:
            answer = self.find(body, url=url, max_date="2099-12-31") or ""
        except Exception as error:  # whatever it trips over is its answer
            answer = type(error).__name__
        self.theirs += answer == expected
        if answer != expected:
            self.misses.append((file, expected, answer))
