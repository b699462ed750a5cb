"""Reads a YAML file into a tree with line numbers. Nothing is constructed: tags make no objects."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from storage.intake.node import Entry, Node, Record, Scalar, ScalarKind, Series
from storage.intake.problem import IntakeError, Place, Problem, Problems

LARGEST = 64 * 1024 * 1024
"""Bytes of the largest file that is read."""

MOST_REPEATED = 100_000
"""Values that aliases may write out again: what keeps a small file from becoming a huge one."""

DEEPEST = 50
"""Levels of nesting; a registry needs five."""

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PREFIX = "tag:yaml.org,2002:"
_KINDS = {
    "str": ScalarKind.TEXT,
    "int": ScalarKind.NUMBER,
    "float": ScalarKind.NUMBER,
    "bool": ScalarKind.BOOLEAN,
    "null": ScalarKind.EMPTY,
    "timestamp": ScalarKind.DATE,
    "merge": ScalarKind.TEXT,
    "value": ScalarKind.TEXT,
}


def read_yaml(path: Path, name: str | None = None) -> Node:
    """The file's tree. Raises IntakeError when it cannot be read, is not UTF-8, or is not plain YAML."""
    where = Place(file=name or path.name)
    text = _text_of(path, where)
    top = _compose(text, where)
    if top is None:
        raise IntakeError([Problem(place=where, message="文件是空的")])
    conversion = _Conversion(where.file)
    tree = conversion.convert(top, 0)
    if conversion.problems:
        raise IntakeError(conversion.problems.in_order(), conversion.problems.more)
    return tree


def _text_of(path: Path, where: Place) -> str:
    try:
        if path.stat().st_size > LARGEST:
            raise IntakeError(
                [Problem(place=where, message=f"文件超过{LARGEST // 2**20}兆字节", mend="请分成几个名录")]
            )
        content = path.read_bytes()
    except OSError as error:
        raise IntakeError([unreadable(where, error)]) from error
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise IntakeError(
            [
                Problem(
                    place=Place(file=where.file, line=line),
                    message="文件不是 UTF-8 编码",
                    value=content[error.start : error.start + 4].hex(" "),
                    mend="请在编辑器中“另存为”，编码选 UTF-8",
                )
            ]
        ) from error


def unreadable(where: Place, error: OSError) -> Problem:
    """The problem of a file that the system does not give us."""
    if isinstance(error, FileNotFoundError):
        return Problem(place=where, message="找不到这个文件", mend="请核对路径和文件名")
    if isinstance(error, IsADirectoryError):
        return Problem(place=where, message="这是一个文件夹，不是文件", mend="请写明文件名")
    if isinstance(error, PermissionError):
        return Problem(place=where, message="没有读取这个文件的权限", mend="请检查文件权限")
    return Problem(place=where, message=f"文件读不出来（{error.strerror or error}）", mend="请检查磁盘和文件")


def _compose(text: str, where: Place) -> yaml.Node | None:
    try:
        _refuse_depth(text, where)
        node: yaml.Node | None = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else None
        lines = text.splitlines()
        value = lines[line - 1].strip() if line and line <= len(lines) else None
        raise IntakeError(
            [
                Problem(
                    place=Place(file=where.file, line=line),
                    message=_syntax_words(str(error.problem or error.context or "")),
                    value=value or None,
                    mend="请检查该行附近的缩进、冒号后的空格、引号与括号是否成对，不要用制表符缩进",
                )
            ]
        ) from error
    except (yaml.YAMLError, ValueError) as error:
        raise IntakeError(
            [
                Problem(
                    place=where,
                    message=f"文件中有 YAML 不允许的字符（{_short(error)}）",
                    mend="请删去这些字符",
                )
            ]
        ) from error
    return node


def _refuse_depth(text: str, where: Place) -> None:
    """Refuses deep nesting before composing, which recurses in C and would end the process."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                place = Place(file=where.file, line=event.start_mark.line + 1 if event.start_mark else None)
                raise IntakeError([Problem(place=place, message="嵌套过深", mend="请按模板的层次书写")])
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _syntax_words(problem: str) -> str:
    if "undefined alias" in problem:
        return "引用了没有定义的锚点"
    if "expected a single document" in problem or "but found another document" in problem:
        return "一个文件只能有一份名录，却出现了第二份（---）"
    if "cannot start any token" in problem:
        return "该行含有不能这样使用的字符（例如制表符或 @、`）"
    return f"不符合 YAML 语法（{problem}）"


def _short(error: Exception) -> str:
    return str(error).replace("\n", " ")[:120]


@dataclass(slots=True)
class _Conversion:
    """Turns composed nodes into the tree, counting what aliases would multiply."""

    file: str
    problems: Problems = field(default_factory=Problems)
    repeated: int = 0
    seen: set[int] = field(default_factory=set)
    line_places: dict[int, Place] = field(default_factory=dict)

    def place(self, node: yaml.Node) -> Place:
        line = node.start_mark.line + 1
        known = self.line_places.get(line)
        if known is None:
            known = self.line_places[line] = Place(file=self.file, line=line)
        return known

    def convert(self, node: yaml.Node, depth: int) -> Node:
        place = self.place(node)
        if isinstance(node, yaml.CollectionNode):
            self._count_repeats(node, place)
        if depth > DEEPEST:
            raise IntakeError([Problem(place=place, message="嵌套过深", mend="请按模板的层次书写")])
        if isinstance(node, yaml.MappingNode):
            self._check_tag(node, "map")
            return Record(place, tuple(self._entries(node, depth)))
        if isinstance(node, yaml.SequenceNode):
            self._check_tag(node, "seq")
            return Series(place, tuple(self.convert(item, depth + 1) for item in node.value))
        return self._scalar(node, place)

    def _count_repeats(self, node: yaml.CollectionNode, place: Place) -> None:
        if id(node) not in self.seen:
            self.seen.add(id(node))
            return
        self.repeated += 1 + len(node.value)
        if self.repeated > MOST_REPEATED:
            raise IntakeError(
                [
                    Problem(
                        place=place,
                        message="内容展开后过大（锚点与别名引用过多）",
                        mend="请不要用别名成倍引用",
                    )
                ]
            )

    def _check_tag(self, node: yaml.Node, plain: str) -> None:
        if node.tag != _PREFIX + plain:
            self.problems.add(self.place(node), "不支持的 YAML 标签", "请删去以 ! 开头的标签", node.tag)

    def _entries(self, node: yaml.MappingNode, depth: int) -> list[Entry]:
        entries: list[Entry] = []
        lines: dict[str, int] = {}
        for key, value in node.value:
            place = self.place(key)
            if not isinstance(key, yaml.ScalarNode):
                self.problems.add(place, "键必须是一个词", "请检查括号和缩进")
                continue
            name = str(key.value).strip()
            if name in lines:
                self.problems.add(place, f"同一个键写了两次（第{lines[name]}行已有）", "请删去其中一个", name)
                continue
            lines[name] = place.line or 0
            entries.append(Entry(name, place, self.convert(value, depth + 1)))
        return entries

    def _scalar(self, node: yaml.Node, place: Place) -> Scalar:
        kind = _KINDS.get(node.tag.removeprefix(_PREFIX)) if node.tag.startswith(_PREFIX) else None
        if kind is None:
            self.problems.add(place, "不支持的 YAML 标签", "请删去以 ! 开头的标签", node.tag)
            kind = ScalarKind.TEXT
        raw = str(node.value).strip()
        if kind is ScalarKind.TEXT and not raw:
            kind = ScalarKind.EMPTY
        return Scalar(place, "" if kind is ScalarKind.EMPTY else raw, kind)
