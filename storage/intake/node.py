"""A file's content as a tree in which every value knows its line or cell, whatever the file's format."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from storage.intake.problem import Place


class ScalarKind(Enum):
    """What sort of value was written; EMPTY is a null or a blank cell."""

    TEXT = "文字"
    NUMBER = "数字"
    BOOLEAN = "是否值"
    DATE = "日期"
    EMPTY = "空"
    FAULT = "错误值"


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value: the text as written (stripped) and what sort it is."""

    place: Place
    raw: str
    kind: ScalarKind = ScalarKind.TEXT


@dataclass(frozen=True, slots=True)
class Entry:
    """A key of a record with its place and its value."""

    key: str
    place: Place
    value: "Node"


@dataclass(frozen=True, slots=True)
class Record:
    """A mapping; keys occur once (the readers refuse repeated ones)."""

    place: Place
    entries: tuple[Entry, ...]

    def get(self, key: str) -> "Node | None":
        """The value under this key, None when it is not there."""
        for entry in self.entries:
            if entry.key == key:
                return entry.value
        return None


@dataclass(frozen=True, slots=True)
class Series:
    """A list."""

    place: Place
    items: tuple["Node", ...]


Node = Scalar | Record | Series


def tree_of(value: object, place: Place) -> Node:
    """The tree of a plain value (dict, list, text, number, bool, date, None), all at one place."""
    if isinstance(value, Mapping):
        entries = (Entry(str(key), place, tree_of(item, place)) for key, item in value.items())
        return Record(place, tuple(entries))
    if isinstance(value, Iterable) and not isinstance(value, str):
        return Series(place, tuple(tree_of(item, place) for item in value))
    return scalar_of(value, place)


def scalar_of(value: object, place: Place) -> Scalar:
    """The scalar of a Python value."""
    if value is None:
        return Scalar(place, "", ScalarKind.EMPTY)
    if isinstance(value, bool):
        return Scalar(place, "true" if value else "false", ScalarKind.BOOLEAN)
    if isinstance(value, datetime):
        midnight = (value.hour, value.minute, value.second) == (0, 0, 0)
        return Scalar(place, value.date().isoformat() if midnight else value.isoformat(" "), ScalarKind.DATE)
    if isinstance(value, date):
        return Scalar(place, value.isoformat(), ScalarKind.DATE)
    if isinstance(value, int | float):
        whole = isinstance(value, float) and value.is_integer() and abs(value) < 1e15
        return Scalar(place, str(int(value) if whole else value), ScalarKind.NUMBER)
    text = str(value).strip()
    return Scalar(place, text, ScalarKind.TEXT if text else ScalarKind.EMPTY)
