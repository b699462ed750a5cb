"""Cells of a report's tables: a number or not readable; rows without columns that are empty throughout."""

import re
import unicodedata
from dataclasses import dataclass

BLANKS = {
    "": "空白",
    **dict.fromkeys(("/", "\\"), "斜杠"),
    **dict.fromkeys(("-", "—", "--", "——", "–"), "短横"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: as written, and its number; None where it is not readable as one."""

    raw: str
    value: int | None

    def words(self) -> str:
        """The number, or what stands in its place, for a sentence."""
        if self.value is not None:
            return str(self.value)
        return BLANKS.get(self.raw, f"“{self.raw[:10]}”")


ABSENT = Cell("（无此格）", None)


def cell_of(text: str) -> Cell:
    """A cell as a number where it is one: thousands commas, a unit (件) and full-width digits are let be."""
    raw = tidy(text)
    bare = re.sub(r"(?<=\d)[,](?=\d{3})", "", raw)
    match = re.fullmatch(r"([+-]?\d{1,9})(?:\.0+)?(?:件|条|宗|份|个|项|起|次)?", bare)
    return Cell(raw, int(match[1]) if match else None)


def tidy(text: str) -> str:
    """A cell's text without blanks, in half-width signs."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def is_figure(text: str) -> bool:
    """Whether a cell is a number, a stroke for one, or begins with one that words explain (2（其中1件…）)."""
    return bool(text) and (text in BLANKS or bool(re.match(r"\d+(?![\d.,、)])", text)))


def without_empty_columns(rows: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The rows without columns at the right edge that are empty from top to bottom."""
    if not rows:
        return rows
    widest = max(len(row) for row in rows)
    while widest and not any(len(row) >= widest and row[widest - 1] for row in rows):
        widest -= 1
    return [row[:widest] for row in rows]
