"""Loads a registry file, YAML or workbook, into the registry, or refuses it whole."""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from domain.target import Registry
from storage.intake.addresses import web_address
from storage.intake.fields import Reader, Unfit, code
from storage.intake.form import Form, items_of
from storage.intake.node import Node, Record, Scalar, ScalarKind, Series, tree_of
from storage.intake.problem import IntakeError, Place, Problem, Problems
from storage.intake.yaml_file import read_yaml
from storage.registry.building import Builder, Part, Parts, read_all
from storage.registry.forms import ACCOUNT, COLUMN, CONTACT, SITE, SOURCE, UNIT
from storage.registry.sheets import read_parts

TOP = Form("名录", [], nested=("schemes", "units", "sites", "accounts", "control_sites"))
YAML_ENDINGS = frozenset({".yaml", ".yml", ".json"})


def load(path: Path, known_schemes: Collection[str] | None = None) -> Registry:
    """The registry in the file. `known_schemes`: the ids that `schemes` may name (None: any).

    Raises IntakeError (RegistryError) naming every problem with line or cell, value and mend.
    """
    ending = path.suffix.lower()
    problems = Problems()
    if ending in YAML_ENDINGS:
        return _build(_parts_of(read_yaml(path), problems), known_schemes, problems)
    if ending == ".xlsx":
        return _build(read_parts(path, problems), known_schemes, problems)
    mend = (
        "请另存为 .xlsx" if ending in {".xls", ".et", ".ods", ".csv", ".xlsm"} else "请用 .yaml 或 .xlsx 文件"
    )
    where = Place(file=path.name)
    raise IntakeError(
        [Problem(place=where, message="不支持的文件类型", mend=mend, value=ending or path.name)]
    )


def parse(value: Mapping[str, Any], name: str = "名录", schemes: Collection[str] | None = None) -> Registry:
    """The registry of a plain mapping of the file's shape (a kept snapshot, an edit in the portal).

    Raises IntakeError as `load` does; places carry the given name only.
    """
    problems = Problems()
    return _build(_parts_of(tree_of(value, Place(file=name)), problems), schemes, problems)


def _build(parts: Parts, known_schemes: Collection[str] | None, problems: Problems) -> Registry:
    registry = Builder(parts, known_schemes, problems).build()
    if problems:
        raise IntakeError(problems.in_order(), problems.more)
    return registry


def _parts_of(top: Node, problems: Problems) -> Parts:
    parts = Parts(place=top.place)
    if TOP.read(top, problems) is None and not isinstance(top, Record):
        return parts
    assert isinstance(top, Record)
    parts.schemes = _words(top.get("schemes"), "考核办法（schemes）", code, problems)
    parts.controls = _words(top.get("control_sites"), "对照站点（control_sites）", web_address, problems)
    parts.units = read_all(
        items_of(top.get("units"), "单位（units）", problems), UNIT, problems, _contacts(problems)
    )
    parts.sites = read_all(
        items_of(top.get("sites"), "网站（sites）", problems), SITE, problems, _columns(problems)
    )
    parts.accounts = read_all(
        items_of(top.get("accounts"), "新媒体（accounts）", problems), ACCOUNT, problems, _source(problems)
    )
    return parts


def _contacts(problems: Problems) -> Any:
    return lambda unit: read_all(
        items_of(unit.get("contacts"), "联系人（contacts）", problems), CONTACT, problems
    )


def _columns(problems: Problems) -> Any:
    return lambda site: read_all(items_of(site.get("columns"), "栏目（columns）", problems), COLUMN, problems)


def _source(problems: Problems) -> Any:
    def read(account: Record) -> list[Part]:
        source = account.get("source")
        return [] if source is None or _empty(source) else read_all([source], SOURCE, problems)

    return read


def _empty(node: Node) -> bool:
    return isinstance(node, Scalar) and node.kind is ScalarKind.EMPTY


def _words(node: Node | None, what: str, read: Reader, problems: Problems) -> list[tuple[str, Place]]:
    """A list of words; a single word stands for a list of one."""
    if isinstance(node, Scalar) and node.kind is not ScalarKind.EMPTY:
        node = Series(node.place, (node,))
    found: list[tuple[str, Place]] = []
    for item in items_of(node, what, problems):
        if not isinstance(item, Scalar) or item.kind is ScalarKind.EMPTY:
            problems.add(item.place, f"{what}的每一项应为一个词", "请逐项另起一行，以“- ”开头")
            continue
        try:
            found.append((read(item), item.place))
        except Unfit as unfit:
            problems.add(item.place, f"{what}：{unfit.message}", unfit.mend, item.raw)
    return found
