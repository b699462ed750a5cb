"""What is entered on a page goes the same way as a file of records: one entry, checked by the same rules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from portal.office import Office
from portal.uploads import Upload
from portal.visitor import Refused, Visitor, act_of
from schemes.model import Indicator, Scheme
from schemes.records import Record, ReviewScore, SelfScore
from storage.intake.problem import IntakeError
from storage.records import import_file
from storage.records.forms import FORMS, KindForm
from storage.records.proofs import PICTURES

BY_KEY: Mapping[str, KindForm] = {form.key: form for form in FORMS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One record to be entered: which list, for whom, its fields as written, its proofs."""

    key: str
    unit: str
    scheme: str
    year: int
    fields: Mapping[str, str]
    link: str = ""
    files: Sequence[Upload] = ()


def enter(office: Office, visitor: Visitor, entry: Entry) -> None:
    """Enters a record. Raises Refused with every fault, StoreError when the year is closed."""
    with TemporaryDirectory() as folder:
        proofs: list[dict[str, str]] = [{"url": entry.link.strip()}] if entry.link.strip() else []
        for number, file in enumerate(entry.files):
            name = f"{number}-{file.attachment.name}"
            (Path(folder) / name).write_bytes(file.body)
            picture = Path(name).suffix.lower() in PICTURES
            proofs.append({"picture" if picture else "document": name})
        written: dict[str, Any] = {key: value for key, value in entry.fields.items() if value.strip()}
        written |= {"unit": entry.unit, "scheme": entry.scheme, "year": entry.year}
        if proofs:
            written["proofs"] = proofs
        path = Path(folder) / "填报.yaml"
        path.write_text(yaml.safe_dump({entry.key: [written]}, allow_unicode=True), encoding="utf-8")
        try:
            done = import_file(
                office.store,
                office.data,
                path,
                at=office.clock(),
                schemes=office.schemes,
                author=visitor.signature,
                registry=office.registry(),
            )
        except IntakeError as error:
            raise Refused(without_places(error), 422) from error
    if not done.added:
        raise Refused("内容与已有的记录完全相同，没有重复登记", 409)
    act = "self_score" if entry.key == "self_scores" else "records"
    thing = f"{entry.unit} {entry.scheme} {entry.year}"
    office.store.note(act_of(office, visitor, act, thing, kind=entry.key, line=entry.fields.get("line", "")))


def without_places(error: IntakeError) -> str:
    """The faults without line numbers: nobody sees the file that the page wrote."""
    return "\n".join(
        "，".join(filter(None, (each.message + (f"“{each.value}”" if each.value else ""), each.mend)))
        for each in error.problems
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class LineToScore:
    """A line that people score, with what the unit claims and what the reviewers gave."""

    line: Indicator
    own: SelfScore | None
    given: ReviewScore | None


def lines_to_score(scheme: Scheme, unit: Any, records: Sequence[Record]) -> list[LineToScore]:
    """The lines of a unit that only people can score, in the scheme's order; `records` are those in force."""
    own = {each.line: each for each in records if isinstance(each, SelfScore)}
    given = {each.line: each for each in records if isinstance(each, ReviewScore)}
    return [
        LineToScore(line=line, own=own.get(line.no), given=given.get(line.no))
        for line in scheme.lines_for(unit.category)
        if line.by_hand and not line.pool and line.points is not None
    ]
