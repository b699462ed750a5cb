"""Reads a record's fields by their specification, noting every problem instead of stopping at the first."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from storage.intake.fields import Field, Unfit, nearest
from storage.intake.node import Node, Record, Scalar, ScalarKind, Series
from storage.intake.problem import Place, Problems


class Form:
    """What a sort of record may hold: `what` names it in Chinese; `nested` keys are read elsewhere."""

    def __init__(self, what: str, fields: Sequence[Field], nested: Collection[str] = ()) -> None:
        """Fields keep their order; it is that of the workbook's columns."""
        self.what = what
        self.fields = tuple(fields)
        self.by_key = {field.key: field for field in fields}
        self.nested = frozenset(nested)

    def keys(self) -> list[str]:
        """All keys that are known."""
        return [*self.by_key, *sorted(self.nested - self.by_key.keys())]

    def read(self, node: Node, problems: Problems) -> dict[str, Any] | None:
        """The values by key, defaults filled in; None when something is wrong with any of them."""
        if not isinstance(node, Record):
            problems.add(node.place, f"{self.what}应写成“键: 值”的若干行", self._example(), _shown(node))
            return None
        before = len(problems.found) + problems.more
        self._check_keys(node, problems)
        values = {field.key: self._value(node, field, problems) for field in self.fields}
        return values if len(problems.found) + problems.more == before else None

    def _example(self) -> str:
        needed = [field.key for field in self.fields if field.required]
        return f"至少要有：{'、'.join(needed)}" if needed else f"可用的键：{'、'.join(self.keys())}"

    def _check_keys(self, node: Record, problems: Problems) -> None:
        for entry in node.entries:
            if entry.key not in self.by_key and entry.key not in self.nested:
                problems.add(
                    entry.place,
                    f"{self.what}中没有“{entry.key}”这个键",
                    suggest(entry.key, self.keys()),
                    entry.key,
                )

    def _value(self, node: Record, field: Field, problems: Problems) -> Any:
        found = node.get(field.key)
        if found is None or (isinstance(found, Scalar) and found.kind is ScalarKind.EMPTY):
            if field.required:
                place = node.place if found is None else found.place
                lack = "缺少" if found is None else "没有填写"
                problems.add(place, f"{self.what}{lack}{field.title}（{field.key}）", field.note or "请补上")
            return field.default
        if not isinstance(found, Scalar):
            problems.add(
                found.place,
                f"{field.title}（{field.key}）应为一个值，而不是列表或一组键",
                "请只写一个值",
                _shown(found),
            )
            return None
        if found.kind is ScalarKind.FAULT:
            problems.add(found.place, f"{field.title}是公式错误值", "请改成文字或数值", found.raw)
            return None
        try:
            return field.read(found)
        except Unfit as unfit:
            problems.add(found.place, f"{field.title}（{field.key}）{unfit.message}", unfit.mend, found.raw)
            return None


def items_of(node: Node | None, what: str, problems: Problems) -> Iterable[Node]:
    """The items of a list; an absent or empty one has none. Anything else is a problem."""
    if node is None or (isinstance(node, Scalar) and node.kind is ScalarKind.EMPTY):
        return ()
    if not isinstance(node, Series):
        problems.add(node.place, f"{what}应为列表", "请逐项另起一行，以“- ”开头", _shown(node))
        return ()
    return node.items


def suggest(key: str, known: Collection[str]) -> str:
    """The mend for an unknown key: the nearest known one, and all that are known."""
    close = nearest(key.lower().replace("-", "_"), known)
    hint = f"是否应为“{close}”？" if close else ""
    return f"{hint}可用的有：{'、'.join(known)}"


def place_of(node: Record, key: str) -> Place:
    """Where the key's value stands; the record's own place when it is not there."""
    found = node.get(key)
    return node.place if found is None else found.place


def _shown(node: Node) -> str | None:
    if isinstance(node, Scalar):
        return node.raw
    return "列表" if isinstance(node, Series) else "一组键"
