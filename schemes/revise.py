"""Next year's scheme from this year's: a copy under another id, and what differs between two."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from schemes.mistakes import Mistake, SchemeError
from schemes.model import Scheme
from schemes.scheme import parse
from schemes.words import plain

YEAR_IN_ID = re.compile(r"-(?:19|20)\d\d$")


def copy_for_year(scheme: Scheme, year: int) -> tuple[str, str]:
    """The text of a scheme's file for another year, and its id; comments are kept.

    Raises OSError where the scheme's file is gone, SchemeError where it is not what the scheme was read from.
    """
    name = f"{YEAR_IN_ID.sub('', scheme.id)}-{year}"
    text = Path(scheme.source).read_text(encoding="utf-8-sig")
    lines = text.splitlines(keepends=True)
    start = next((n for n, line in enumerate(lines) if line.strip() == "[scheme]"), None)
    if start is None:
        mistake = Mistake(
            file=Path(scheme.source).name, line=1, key="scheme", value="", mend="文件中没有 [scheme] 一节"
        )
        raise SchemeError([mistake])
    end = next((n for n in range(start + 1, len(lines)) if lines[n].lstrip().startswith("[")), len(lines))
    head = [_renamed(line, name, year) for line in lines[start:end]]
    if not any(line.lstrip().startswith("year") for line in head):
        head.insert(1, f"year = {year}\n")
    note = f"# 由 {scheme.id} 复制，供 {year} 年修改。改后请执行：govwatch schemes validate 本文件\n"
    copied = "".join([note, *lines[:start], *head, *lines[end:]])
    read, mistakes = parse(copied.encode(), f"{name}.toml")
    if read is None or mistakes:
        raise SchemeError(mistakes)
    return copied, name


def _renamed(line: str, name: str, year: int) -> str:
    if re.match(r"\s*id\s*=", line):
        return f'id = "{name}"\n'
    if re.match(r"\s*year\s*=", line):
        return f"year = {year}\n"
    if re.match(r"\s*name\s*=", line):
        return re.sub(r"(?:19|20)\d\d(?=年)", str(year), line)
    return line


def differences(first: Scheme, second: Scheme) -> list[str]:
    """What differs between two schemes, in Chinese, one difference a line."""
    found = list(_parts("", first, second, skip=("indicators", "pools", "version", "source")))
    found += _by_key("共用分值", {p.id: p for p in first.pools}, {p.id: p for p in second.pools})
    found += _by_key("第{}项", {n.no: n for n in first.indicators}, {n.no: n for n in second.indicators})
    return found


def _by_key(title: str, first: dict[str, Any], second: dict[str, Any]) -> Iterator[str]:
    for key in dict.fromkeys((*first, *second)):
        name = title.format(key) if "{}" in title else f"{title} {key}"
        if key not in second:
            yield f"{name}：后者没有（{getattr(first[key], 'title', '')}）"
        elif key not in first:
            yield f"{name}：后者新增（{getattr(second[key], 'title', '')}）"
        else:
            yield from _parts(name, first[key], second[key], skip=())


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


def _parts(name: str, first: Any, second: Any, skip: tuple[str, ...]) -> Iterator[str]:
    for spec in fields(first):
        if spec.name in skip:
            continue
        one, other = getattr(first, spec.name), getattr(second, spec.name)
        if one == other:
            continue
        title = " ".join(part for part in (name, TITLES.get(spec.name, spec.name)) if part)
        if is_dataclass(one) and is_dataclass(other) and type(one) is type(other):
            yield from _parts(title, one, other, skip=())
        else:
            yield f"{title}：{_shown(one)} → {_shown(other)}"


def _shown(value: Any) -> str:
    if value is None or value == "":
        return "（无）"
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, tuple):
        return f"[{'；'.join(_shown(item) for item in value)}]"
    if is_dataclass(value):
        parts = [
            f"{spec.name}={_shown(getattr(value, spec.name))}"
            for spec in fields(value)
            if getattr(value, spec.name) not in (None, "", ())
        ]
        return f"{getattr(value, 'kind', '')}({'，'.join(parts)})"
    return str(value)
