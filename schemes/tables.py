"""Turns TOML tables into frozen dataclasses, collecting every mistake instead of stopping at the first."""

import dataclasses
import difflib
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

import msgspec

from schemes.mistakes import Mistake, shown
from schemes.positions import Path, line_of
from schemes.rules import RULES, Rule

BAD: Any = object()
"""Stands for a value that could not be read; a mistake was noted."""

LARGEST = 10_000
"""No figure of a scheme is larger: with more, sums lose digits and days leave the calendar."""


class Reader:
    """Reads tables of one file; `mistakes` grows as it goes."""

    def __init__(self, file: str, places: Mapping[Path, int]) -> None:
        """`places` are the line numbers of the file's keys, that of the whole file at least."""
        self.file = file
        self.places = places
        self.mistakes: list[Mistake] = []

    def refuse(self, path: Path, value: Any, mend: str) -> Any:
        """Notes a mistake at a path and gives BAD."""
        shape = "" if value is None else shown(value)
        key = ".".join(_spoken(path))
        self.mistakes.append(
            Mistake(file=self.file, line=line_of(self.places, path), key=key, value=shape, mend=mend)
        )
        return BAD

    def table(self, kind: type, value: Any, path: Path) -> Any:
        """A dataclass from a table: unknown keys, missing keys and bad values are all noted."""
        if not isinstance(value, Mapping):
            return self.refuse(path, value, "应写成一个表，如 [名称] 之下逐行写 键 = 值")
        keys = keys_of(kind)
        for name in value:
            if name not in keys:
                self.refuse((*path, name), None, f"没有这个键；{_suggest(name, keys)}")
        given: dict[str, Any] = {}
        hints = typing.get_type_hints(kind)
        for key, spec in keys.items():
            if key in value:
                given[spec.name] = self.value(hints[spec.name], value[key], (*path, key))
            elif spec.default is MISSING and spec.default_factory is MISSING:
                self.refuse(path, None, f"缺少必填的键 {key}")
                given[spec.name] = BAD
        if any(item is BAD for item in given.values()) or not set(value) <= set(keys):
            return BAD
        return self._make(kind, given, value, path)

    def _make(self, kind: type, given: Mapping[str, Any], value: Any, path: Path) -> Any:
        try:
            return kind(**given)
        except (ValueError, TypeError) as error:
            return self.refuse(path, dict(value), str(error))

    def value(self, hint: Any, value: Any, path: Path) -> Any:
        """A value of the hinted type, or BAD."""
        if hint is Any:
            return value
        origin, inner = typing.get_origin(hint), typing.get_args(hint)
        if hint == Rule:
            return self._rule(value, path)
        if origin in (types.UnionType, typing.Union):
            (real,) = (part for part in inner if part is not type(None))
            return self.value(real, value, path)
        if origin in (tuple, frozenset, list):
            return self._many(origin, inner[0], value, path)
        if origin is not None and issubclass(origin, Mapping):
            return self._mapping(inner, value, path)
        if is_dataclass(hint) and isinstance(hint, type):
            return self.table(hint, value, path)
        return self._leaf(hint, value, path)

    def _many(self, origin: Callable[..., Any], inner: Any, value: Any, path: Path) -> Any:
        if not isinstance(value, list):
            return self.refuse(path, value, "应写成列表，如 [ … ]")
        items = [self.value(inner, item, (*path, index)) for index, item in enumerate(value)]
        return BAD if any(item is BAD for item in items) else origin(items)

    def _mapping(self, inner: tuple[Any, ...], value: Any, path: Path) -> Any:
        if not isinstance(value, Mapping):
            return self.refuse(path, value, "应写成一个表，如 { 键 = 值 }")
        result = {}
        for key, item in value.items():
            name = self.value(inner[0], key, (*path, key))
            read = self.value(inner[1], item, (*path, key))
            if BAD in (name, read):
                return BAD
            result[name] = read
        return result

    def _leaf(self, hint: Any, value: Any, path: Path) -> Any:
        if isinstance(value, Decimal | int) and not _bounded(Decimal(value)):
            return self.refuse(path, value, f"应写有限的数字，不超过 {LARGEST}")
        if hint is Decimal and isinstance(value, str):
            return self.refuse(path, value, mend_for(hint))
        try:
            return msgspec.convert(value, hint)
        except msgspec.ValidationError:
            return self.refuse(path, value, mend_for(hint))

    def _rule(self, value: Any, path: Path) -> Any:
        if not isinstance(value, Mapping) or "kind" not in value:
            return self.refuse(path, None, f"计分规则须写 kind；可写：{'、'.join(RULES)}")
        kind = value["kind"]
        if not isinstance(kind, str) or kind not in RULES:
            return self.refuse((*path, "kind"), kind, f"没有这种计分规则；{_suggest(str(kind), RULES)}")
        rest = {key: item for key, item in value.items() if key != "kind"}
        return self.table(RULES[kind], rest, path)


def _bounded(number: Decimal) -> bool:
    return number.is_finite() and abs(number) <= LARGEST


def keys_of(kind: type) -> dict[str, "dataclasses.Field[Any]"]:
    """The keys a table of this type may have, with the field each fills."""
    named = {spec.metadata.get("key", spec.name): spec for spec in fields(kind)}
    return {key: spec for key, spec in named.items() if key}


def mend_for(hint: Any) -> str:
    """What should have been written, for a type."""
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return f"可写：{'、'.join(hint)}"
    words: dict[Any, str] = {
        Decimal: "应写数字，如 3 或 0.1，不加引号",
        int: "应写整数，如 9",
        float: "应写数字，如 0.9",
        str: "应写文字，两端加引号",
        bool: "应写 true 或 false",
        date: "应写日期，如 2026-01-31，不加引号",
    }
    return words.get(hint, "值的类型不对")


def _suggest(name: str, known: typing.Iterable[str]) -> str:
    names = list(known)
    near = difflib.get_close_matches(name, names)
    return f"是否想写 {near[0]}？" if near else f"可写：{'、'.join(names)}"


def _spoken(path: Path) -> list[str]:
    parts: list[str] = []
    for step in path:
        if isinstance(step, int) and parts:
            parts[-1] += f"[{step + 1}]"
        else:
            parts.append(str(step))
    return parts
