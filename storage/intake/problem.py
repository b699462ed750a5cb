"""What is wrong with a file that was handed in: where, what stands there, and how to mend it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

SHOWN = 50
"""How many problems a message spells out; the rest are counted."""

KEPT = 2000
"""How many problems are kept of one file: a wrong column should not fill the memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A spot in a file: a line (from 1) of a text file, or a sheet and a cell such as `C12` of a workbook."""

    file: str
    line: int | None = None
    sheet: str | None = None
    cell: str | None = None

    def title(self) -> str:
        """The spot in Chinese."""
        words = self.file
        if self.line is not None:
            words += f" 第{self.line}行"
        if self.sheet is not None:
            words += f" 工作表“{self.sheet}”"
        if self.cell is not None:
            words += f" 单元格{self.cell}"
        return words


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing to mend. `value` is what stands there (shortened), `mend` what to do about it."""

    place: Place
    message: str
    mend: str = ""
    value: str | None = None

    def __str__(self) -> str:
        """The problem as one Chinese line."""
        shown = f"，现为“{self.value}”" if self.value is not None else ""
        tail = f"。{self.mend}" if self.mend else ""
        return f"{self.place.title()}：{self.message}{shown}{tail}"


class IntakeError(Exception):
    """A file was refused whole; `problems` lists everything found wrong with it, in the file's order."""

    for_user = True
    """The command line shows the message as it is."""

    def __init__(self, problems: Sequence[Problem], more: int = 0) -> None:
        """`more` counts the problems beyond those kept."""
        self.problems = tuple(problems)
        self.more = more
        super().__init__(self.message())

    def message(self) -> str:
        """All problems as Chinese lines, the first fifty spelt out."""
        lines = [str(problem) for problem in self.problems[:SHOWN]]
        rest = len(self.problems) - len(lines) + self.more
        if rest > 0:
            lines.append(f"另有{rest}处问题未列出")
        return "\n".join(lines)


@dataclass(slots=True)
class Problems:
    """Gathers problems while a file is read, so that all are told at once."""

    found: list[Problem] = field(default_factory=list)
    more: int = 0

    def add(self, place: Place, message: str, mend: str = "", value: object = None) -> None:
        """Notes one problem."""
        if len(self.found) >= KEPT:
            self.more += 1
            return
        shown = None if value is None else shorten(str(value))
        self.found.append(Problem(place=place, message=message, mend=mend, value=shown))

    def __bool__(self) -> bool:
        """Whether anything is wrong."""
        return bool(self.found)

    def in_order(self) -> list[Problem]:
        """The problems in the order of the file."""
        return sorted(self.found, key=lambda p: (p.place.line or 0, p.place.sheet or "", _row(p.place.cell)))


def shorten(text: str, limit: int = 80) -> str:
    """The text on one line, cut to the limit, control characters shown as blanks."""
    flat = "".join(c if c.isprintable() else " " for c in text)
    return flat if len(flat) <= limit else flat[: limit - 1] + "…"


def _row(cell: str | None) -> tuple[int, str]:
    digits = "".join(c for c in cell or "" if c.isdigit())
    letters = "".join(c for c in cell or "" if c.isalpha())
    return (int(digits or 0), letters.rjust(3))
