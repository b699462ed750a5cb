"""From entries as read to records: what they refer to, what they replace, what proves them."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from schemes.records import Proof, Record, RequestCase, Withdrawal, in_force, to_fields
from storage.intake.addresses import web_address
from storage.intake.fields import Unfit, nearest
from storage.intake.form import items_of, place_of
from storage.intake.node import Node, Scalar
from storage.intake.node import Record as Node_Record
from storage.intake.problem import Problems
from storage.records.forms import PROOF, KindForm
from storage.records.known import Known
from storage.records.proofs import KeptFile, find_document, find_picture

UNSTAMPED = ("id", "at", "author", "replaces")
"""What does not make a record another one."""


@dataclass(frozen=True, slots=True)
class Entered:
    """An entry as read: its kind, its values, where it stands."""

    kind: KindForm
    values: dict[str, Any]
    node: Node


Built = tuple[tuple[Record, ...], tuple[KeptFile, ...], int]


def build(
    entries: Iterable[Entered],
    settings: Mapping[str, Any],
    author: str,
    at: datetime,
    known: Known,
    beside: Path,
    problems: Problems,
) -> Built:
    """The new records, the files they bring, and how many entries were there before."""
    work = _Work(known, beside, problems)
    for entry in entries:
        work.add(entry, settings, author, at)
    return tuple(work.records), tuple(work.files), work.already


class _Work:
    """Goes through the entries, knowing those before."""

    def __init__(self, known: Known, beside: Path, problems: Problems) -> None:
        self.known = known
        self.beside = beside
        self.problems = problems
        self.records: list[Record] = []
        self.files: list[KeptFile] = []
        self.already = 0
        standing = in_force(known.records.values())
        self.contents = {content_of(r) for r in standing} | {
            # An event that was taken back or corrected is not entered again by the same old file.
            content_of(r)
            for r in known.records.values()
            if _single_of(r, None) is None
        }
        self.singles = {key: r for r in standing if (key := _single_of(r, None)) is not None}
        self.here: dict[tuple[Any, ...], str] = {}
        self.taken = set(known.records)

    def add(self, entry: Entered, settings: Mapping[str, Any], author: str, at: datetime) -> None:
        assert isinstance(entry.node, Node_Record)
        before = len(self.problems.found)
        values = dict(entry.values)
        values["scheme"] = values["scheme"] or settings.get("scheme")
        values["year"] = values["year"] or settings.get("year")
        self._check(entry, values)
        proofs = self._proofs(entry.node, values)
        for key in [key for key in values if key.startswith("proof_")]:
            del values[key]
        if len(self.problems.found) > before:
            return
        values = {key: str(value) if key == "corrected_by" else value for key, value in values.items()}
        record = entry.kind.kind(id="", author=author, at=at, proofs=proofs, **values)
        self._place(entry, record)

    def _place(self, entry: Entered, record: Record) -> None:
        place = entry.node.place
        content = content_of(record)
        spot = f"第{place.line}行" if place.line else f"{place.sheet}{place.cell}"
        single = _single_of(record, entry.kind)
        for key in (("content", content), single):
            if key is None:
                continue
            if key in self.here:
                words = "完全相同" if key[0] == "content" else "填了同一项"
                mend = "请删去一处；发生多次的请填次数"
                self.problems.add(place, f"与{self.here[key]}{words}", mend)
                return
            self.here[key] = spot
        if content in self.contents:
            self.already += 1
            return
        former = self.singles.get(single) if single is not None else None
        if former is not None and not record.replaces:
            record = replace(record, replaces=former.id)
        identity = _free_id(content, self.taken)
        self.taken.add(identity)
        self.records.append(replace(record, id=identity))

    def _check(self, entry: Entered, values: Mapping[str, Any]) -> None:
        node, known = entry.node, self.known
        assert isinstance(node, Node_Record)
        self._refer(node, "unit", values["unit"], known.units, "名录中没有这个单位")
        if values.get("target"):
            self._refer(node, "target", values["target"], known.targets, "名录中没有这个网站或账号")
        if values["year"] is None:
            self.problems.add(node.place, "没有写明年度", "请在设置中填写年度（year）")
        if values["scheme"] is None:
            self.problems.add(node.place, "没有写明考核办法", "请在设置中填写考核办法（scheme）")
        elif self._refer(node, "scheme", values["scheme"], known.lines, "没有这个考核办法"):
            self._check_line(node, values, known.lines[values["scheme"]])
        for key, what in (("replaces", "要更正的记录"), ("repeat_of", "此前的通报记录")):
            if values.get(key):
                self._refer(node, key, values[key], known.records, f"找不到{what}")
        if entry.kind.kind is Withdrawal and not values["replaces"]:
            self.problems.add(node.place, "撤回没有写明撤回哪一条", "请填更正编号（replaces）")
        if entry.kind.kind is RequestCase and values["due_on"] < values["accepted_on"]:
            place = place_of(node, "due_on")
            self.problems.add(place, "应答复日期早于受理日期", "请核对", values["due_on"])

    def _check_line(
        self, node: Node_Record, values: Mapping[str, Any], lines: Mapping[str, Decimal | None]
    ) -> None:
        if "line" not in values:
            return
        if not self._refer(node, "line", values["line"], lines, "该办法没有这一项指标"):
            return
        score, most = values.get("score"), lines[values["line"]]
        if score is not None and most is not None and score > most:
            self.problems.add(place_of(node, "score"), f"分数超过该项分值{most}", "请核对", score)

    def _refer(self, node: Node_Record, key: str, value: str, known: Iterable[str], message: str) -> bool:
        if value in known:
            return True
        close = nearest(value, list(known))
        mend = f"最接近的是“{close}”，请核对" if close else "请核对"
        self.problems.add(place_of(node, key), message, mend, value)
        return False

    def _proofs(self, node: Node_Record, values: Mapping[str, Any]) -> tuple[Proof, ...]:
        found: list[Proof] = []
        for item in items_of(node.get("proofs"), "佐证（proofs）", self.problems):
            given = PROOF.read(item, self.problems)
            if given is not None and isinstance(item, Node_Record):
                found += self._proof(item, given)
        for kind in ("url", "picture", "document"):
            cell = node.get(f"proof_{kind}")
            parts = values.get(f"proof_{kind}") or ""
            for part in parts.split() if kind == "url" else parts.replace("；", ";").split(";"):
                if isinstance(cell, Scalar) and part.strip():
                    written = Scalar(cell.place, part.strip())
                    found += self._one(kind, written, "")
        return tuple(found)

    def _proof(self, node: Node_Record, given: Mapping[str, str]) -> Sequence[Proof]:
        proofs: list[Proof] = []
        for kind in ("url", "picture", "document"):
            if given[kind]:
                proofs += self._one(kind, Scalar(place_of(node, kind), given[kind]), given["sha256"])
        if not proofs:
            self.problems.add(node.place, "佐证是空的", "请填链接（url）、图片（picture）或文件（document）")
        return proofs

    def _one(self, kind: str, written: Scalar, digest: str) -> Sequence[Proof]:
        try:
            if kind == "url":
                return [Proof(url=web_address(written))]
            if kind == "picture":
                file: KeptFile | None = find_picture(written.raw, self.beside)
            else:
                file = find_document(written.raw, self.beside)
            if file is None:
                return [Proof(document=written.raw, sha256=digest)]
            if digest and digest != file.sha256:
                raise Unfit("文件与所填的校验值不符", "文件可能被改过，请核对")
        except Unfit as unfit:
            self.problems.add(written.place, unfit.message, unfit.mend, written.raw)
            return []
        self.files.append(file)
        if kind == "picture":
            return [Proof(picture=file.path, sha256=file.sha256)]
        return [Proof(document=file.path, sha256=file.sha256)]


def content_of(record: Record) -> str:
    """A hash of what a record says, whoever entered it and when; a withdrawal says what it takes back."""
    unstamped = UNSTAMPED if not isinstance(record, Withdrawal) else ("id", "at", "author")
    said = {key: value for key, value in to_fields(record).items() if key not in unstamped}
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _single_of(record: Record, kind: KindForm | None) -> tuple[Any, ...] | None:
    """What there may be only one of: a later entry of it replaces the former."""
    from storage.records.forms import FORMS

    form = kind or next(each for each in FORMS if each.kind is type(record))
    if not form.single:
        return None
    own = (getattr(record, name) for name in form.single)
    return (record.kind, record.scheme, record.year, record.unit, *own)


def _free_id(content: str, taken: set[str]) -> str:
    turn = 1
    while (identity := _identity(content, turn)) in taken:
        turn += 1
    return identity


def _identity(content: str, turn: int) -> str:
    return "E" + hashlib.sha256(f"{content}/{turn}".encode()).hexdigest()[:15]
