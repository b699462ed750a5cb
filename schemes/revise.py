"""Next year's scheme from this year's: a copy under another id, and what differs between two."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from schemes.mistakes import Mistake, SchemeError, written
from schemes.model import Indicator, Pool, Scheme
from schemes.positions import positions
from schemes.rules import Rule
from schemes.scheme import parse
from schemes.words import plain

YEAR_IN_ID = re.compile(r"-(?:19|20)\d\d$")
YEAR = re.compile(r"(?:19|20)\d\d(?=年)")
VALUE = re.compile(r"""^([^=]*=\s*)("[^"]*"|'[^']*'|\d+)""")
"""A key and its value, text in quotes or a whole number."""


def copy_for_year(scheme: Scheme, year: int) -> tuple[str, str]:
    """The text of a scheme's file for another year, and its id; comments are kept.

    Raises OSError where the scheme's file is gone, SchemeError where it is not what the scheme was read from.
    """
    name = f"{YEAR_IN_ID.sub('', scheme.id)}-{year}"
    source = Path(scheme.source)
    text = source.read_text(encoding="utf-8-sig")
    places = positions(text)
    if ("scheme",) not in places or ("scheme", "id") not in places:
        raise SchemeError([Mistake(file=source.name, line=1, key="scheme", mend="文件中没有 [scheme] 一节")])
    lines = text.splitlines(keepends=True)
    changes = {"id": (VALUE, rf'\g<1>"{name}"'), "year": (VALUE, rf"\g<1>{year}"), "name": (YEAR, str(year))}
    for key, (old, new) in changes.items():
        place = places.get(("scheme", key))
        if place:
            lines[place - 1] = old.sub(new, lines[place - 1])
    if ("scheme", "year") not in places:
        lines.insert(places["scheme",], f"year = {year}\n")
    note = f"# 由 {scheme.id} 复制，供 {year} 年修改。改后请执行：govwatch schemes validate 本文件\n"
    copied = "".join([note, *lines])
    mistakes = parse(copied.encode(), f"{name}.toml")[1]
    if mistakes:
        raise SchemeError(mistakes)
    return copied, name


def differences(first: Scheme, second: Scheme) -> list[str]:
    """What differs between two schemes, in Chinese, one difference a line."""
    found = list(_parts(first, second, skip=("indicators", "pools", "version", "source")))
    found += _by_key("共用分值 {}", {p.id: p for p in first.pools}, {p.id: p for p in second.pools})
    found += _by_key("第{}项", {n.no: n for n in first.indicators}, {n.no: n for n in second.indicators})
    return found


def _by_key(
    title: str, first: Mapping[str, Pool | Indicator], second: Mapping[str, Pool | Indicator]
) -> Iterator[str]:
    for key in dict.fromkeys((*first, *second)):
        name = title.format(key)
        if key not in second:
            yield f"{name}：后者没有（{first[key].title}）"
        elif key not in first:
            yield f"{name}：后者新增（{second[key].title}）"
        else:
            yield from _parts(first[key], second[key], name)


TITLES = {
    "head": "办法",
    "total": "总分",
    "veto": "单项否决",
    "bonus": "加分",
    "confirmation": "认定",
    "trial": "试行",
    "checks": "检查项",
    "period": "考核期",
    "points": "分值",
    "title": "名称",
    "name": "名称",
    "standard": "评分标准",
    "basis": "依据",
    "method": "考核方式",
    "effect": "计分方向",
    "rules": "计分规则",
    "asks": "检查项",
    "applies_to": "适用对象",
    "grades": "等次",
    "cap": "上限",
    "lines": "各项合计",
    "id": "编号",
    "year": "年度",
    "pool": "共用分值",
    "watches": "提醒",
}


def _parts(first: Any, second: Any, name: str = "", skip: tuple[str, ...] = ()) -> Iterator[str]:
    for spec in fields(first):
        one, other = getattr(first, spec.name), getattr(second, spec.name)
        if one == other or spec.name in skip:
            continue
        title = f"{name} {TITLES.get(spec.name, spec.name)}".lstrip()
        if is_dataclass(one) and type(one) is type(other):
            yield from _parts(one, other, title)
        else:
            yield f"{title}：{_shown(one)} → {_shown(other)}"


def _shown(value: Any) -> str:
    if value in NOTHING:
        return "（无）"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, tuple):
        return f"[{'；'.join(_shown(item) for item in value)}]"
    if isinstance(value, Mapping):
        return written(value)
    if is_dataclass(value):
        given = {spec.name: getattr(value, spec.name) for spec in fields(value)}
        parts = "，".join(f"{name}={_shown(part)}" for name, part in given.items() if part not in NOTHING)
        return f"{value.kind}({parts})" if isinstance(value, Rule) else f"({parts})"
    return str(value)


NOTHING: tuple[Any, ...] = (None, "", (), {})
