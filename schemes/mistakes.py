"""What is wrong with a file a person wrote: file, line, key, value and the mend, in Chinese."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """One error: where it stands, what stands there, how to mend it."""

    file: str
    line: int
    key: str = ""
    value: str = ""
    mend: str

    def __str__(self) -> str:
        """The error as one line."""
        value = f"，现为 {self.value}" if self.value else ""
        key = f" {self.key}" if self.key else ""
        return f"{self.file} 第{self.line}行{key}{value}：{self.mend}"


class SchemeError(ValueError):
    """A scheme or plan file is refused; `mistakes` are all that was found. The user's to mend."""

    for_user = True

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        """Joins the mistakes, one a line."""
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(str(mistake) for mistake in self.mistakes))


class Quoted(str):
    """A value that is quoted already."""


def shown(value: Any) -> str:
    """A value as it is quoted in a mistake, shortened."""
    if isinstance(value, Quoted):
        return str(value)
    text = written(value)
    return text if len(text) <= 60 else text[:57] + "…"


def written(value: Any) -> str:
    """A value about as its file has it, text in Chinese quotation marks."""
    if isinstance(value, str):
        return f"“{value}”"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping):
        return f"{{ {', '.join(f'{key} = {written(item)}' for key, item in value.items())} }}"
    if isinstance(value, list):
        return f"[{', '.join(map(written, value))}]"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
