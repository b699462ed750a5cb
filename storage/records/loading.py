"""Reads a file of records and checks it against what is known, all of it before any of it counts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from schemes.records import Record
from storage.intake.fields import Field, Unfit, code, name, whole_number
from storage.intake.form import Form, items_of, suggest
from storage.intake.node import Node, Scalar, Series
from storage.intake.problem import IntakeError, Place, Problem, Problems
from storage.intake.workbook import SheetForm, read_workbook
from storage.intake.yaml_file import read_yaml
from storage.records.building import Entered, build
from storage.records.forms import FORMS, KindForm
from storage.records.known import Known
from storage.records.proofs import KeptFile

SETTINGS = Form(
    "填报文件",
    [
        Field(key="scheme", title="考核办法", read=code),
        Field(key="year", title="年度", read=whole_number(2000, 2100)),
        Field(key="author", title="填报人", read=name),
    ],
    nested=[each.key for each in FORMS],
)
SETTING_SHEET = SheetForm(
    name="设置",
    form=Form(
        "设置",
        [
            Field(key="item", title="项目", read=name, required=True),
            Field(key="value", title="值", read=lambda cell: cell.raw, required=True, width=32),
        ],
    ),
    required=False,
)
SHEETS = (*(each.sheet for each in FORMS), SETTING_SHEET)


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """The records of a file that are new, the files they bring, and how many were entered before."""

    records: tuple[Record, ...]
    files: tuple[KeptFile, ...] = ()
    already: int = 0


@dataclass(slots=True)
class _Read:
    """A file's settings and its entries."""

    settings: dict[str, Any] = field(default_factory=dict)
    entries: list[Entered] = field(default_factory=list)


def load(path: Path, known: Known, *, at: datetime, author: str | None = None) -> Batch:
    """The new records of a file. `author` stands where the file names none.

    Raises IntakeError naming every problem with line or cell, value and mend.
    """
    problems = Problems()
    found = _read(path, problems)
    where = Place(file=path.name)
    writer = found.settings.get("author") or author
    if not writer:
        problems.add(where, "没有写明填报人", "请在设置中填写填报人（author）")
    if not found.entries and not problems:
        problems.add(where, "文件里没有一条记录", "请按模板填写")
    batch = build(found.entries, found.settings, writer or "", at, known, path.parent, problems)
    if problems:
        raise IntakeError(problems.in_order(), problems.more)
    records, files, already = batch
    return Batch(records=records, files=files, already=already)


def _read(path: Path, problems: Problems) -> _Read:
    ending = path.suffix.lower()
    if ending in {".yaml", ".yml", ".json"}:
        return _from_tree(read_yaml(path), problems)
    if ending == ".xlsx":
        return _from_sheets(path, problems)
    where = Place(file=path.name)
    mend = "请用按模板填写的 .xlsx，或 .yaml 文件"
    raise IntakeError([Problem(place=where, message="不支持的文件类型", mend=mend, value=ending)])


def _from_tree(top: Node, problems: Problems) -> _Read:
    found = _Read(settings=SETTINGS.read(top, problems) or {})
    if isinstance(top, (Scalar, Series)):
        return found
    for kind in FORMS:
        title = f"{kind.kind.title}（{kind.key}）"
        for node in items_of(top.get(kind.key), title, problems):
            values = kind.form.read(node, problems)
            if values is not None:
                found.entries.append(Entered(kind, values, node))
    return found


def _from_sheets(path: Path, problems: Problems) -> _Read:
    found = _Read()
    rows = read_workbook(path, SHEETS, problems)
    for row in rows.get(SETTING_SHEET.name, ()):
        values = SETTING_SHEET.form.read(row.record, problems)
        if values is not None:
            _set(found.settings, values, row.record.get("value"), row.place, problems)
    for kind in FORMS:
        form = kind.sheet.form
        for row in rows.get(kind.kind.title, ()):
            values = form.read(row.record, problems)
            if values is not None:
                found.entries.append(Entered(kind, values, row.record))
    return found


def _set(
    settings: dict[str, Any], values: Mapping[str, Any], cell: Node | None, place: Place, problems: Problems
) -> None:
    titles = {each.title: each for each in SETTINGS.fields} | SETTINGS.by_key
    wanted = titles.get(values["item"])
    if wanted is None or not isinstance(cell, Scalar):
        mend = suggest(values["item"], [each.title for each in SETTINGS.fields])
        problems.add(place, "不认识的设置项目", mend, values["item"])
        return
    try:
        settings[wanted.key] = wanted.read(cell)
    except Unfit as unfit:
        problems.add(cell.place, f"{wanted.title}{unfit.message}", unfit.mend, cell.raw)


__all__ = ["SETTING_SHEET", "SHEETS", "Batch", "KindForm", "load"]
