"""Writes docs/checks.md out of the checks' own docstrings: what is documented is what judges.

`python -m checks.document FILE` writes the file anew.
"""

import sys
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from checks.catalogue import all_checks
from domain.check import AnyCheck
from domain.limit import Limit

SECTIONS = ("检查什么", "依据", "如何判定", "示例")
"""The fixed sections of a check's docstring, in their order."""

OF_TITLES = {"site": "网站", "account": "政务新媒体账号"}

_HEAD = """# 检查项

由 `sh scripts/docs` 从 checks/ 下各检查项的说明生成，请勿手工修改；要改，请改检查项自己的说明。
参数的默认值如下所列，各考核办法可在其 TOML 文件中另行设定。凡没有看到、没有看全的，一律为“无法判定”。
"""


def render(checks: Iterable[AnyCheck]) -> str:
    """The documentation of some checks, in the order given.

    Raises ValueError naming the module whose docstring lacks a section or has them in another order.
    """
    wanted = list(checks)
    rows = [f"| [`{c.id}`](#{_anchor(c)}) | {c.title} | {OF_TITLES[c.of]} | {c.basis} |" for c in wanted]
    table = "\n".join(["| 检查项 | 名称 | 对象 | 依据 |", "| --- | --- | --- | --- |", *rows])
    return "\n".join([_HEAD, table, "", *(_part(check) for check in wanted)])


def _anchor(check: AnyCheck) -> str:
    return f"{check.id.replace('.', '')}-{check.title}"


def _part(check: AnyCheck) -> str:
    told = sections_of(check)
    lines = [f"## {check.id} {check.title}", ""]
    if check.trial:
        lines += ["试行：发现的问题只供查看，不计分。", ""]
    for name in SECTIONS:
        lines += [f"**{name}**：{told[name]}", ""]
    settings = _settings(check.params)
    if settings:
        lines += ["**参数**：", "", "| 参数 | 默认值 |", "| --- | --- |"]
        lines += [f"| `{name}` | {value} |" for name, value in settings.items()]
        lines.append("")
    return "\n".join(lines)


def sections_of(check: AnyCheck) -> Mapping[str, str]:
    """The sections of a check's docstring by their names, each on one line.

    Raises ValueError naming the module when one is missing, empty or out of order.
    """
    name = check.judge.__module__
    text = sys.modules[name].__doc__ or ""
    places = [text.find(f"\n{section}：") for section in SECTIONS]
    if min(places) < 0 or places != sorted(places):
        raise ValueError(f"{name} 的说明须依次写明{'、'.join(SECTIONS)}各段")
    ends = [*places[1:], len(text)]
    told = {
        section: "".join(line.strip() for line in text[at:end].strip().partition("：")[2].split("\n"))
        for section, at, end in zip(SECTIONS, places, ends, strict=True)
    }
    empty = [section for section, words in told.items() if not words]
    if empty:
        raise ValueError(f"{name} 的说明中“{empty[0]}”一段是空的")
    return told


def _settings(params: type[Any]) -> dict[str, str]:
    default = params()
    return {field.name: _shown(getattr(default, field.name)) for field in fields(default)}


def _shown(value: Any) -> str:
    """A default value as a reader understands it."""
    if isinstance(value, Limit):
        return value.title()
    if isinstance(value, Enum):
        return str(value.value)
    if value is None or value == () or value == {}:
        return "（空）"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Mapping):
        return "；".join(f"{_shown(key)}：{_shown(part)}" for key, part in value.items())
    if isinstance(value, tuple | list | frozenset):
        return "、".join(_shown(part) for part in value)
    if is_dataclass(value) and not isinstance(value, type):
        return "，".join(f"{f.name}={_shown(getattr(value, f.name))}" for f in fields(value))
    return str(value).replace("|", "\\|").replace("\n", " ")


def main(path: str) -> None:
    """Writes the documentation of every check into a file."""
    Path(path).write_bytes(render(all_checks().values()).encode())


if __name__ == "__main__":
    main(sys.argv[1])
