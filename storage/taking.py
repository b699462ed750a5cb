"""Takes what a run judged of one target into the database: one transaction, all or nothing, once."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from domain.finding import EvidenceFile, Key, Verdict, key_of
from domain.passlist import PassList, drawn
from storage import passlists
from storage.bulk import insert_or_ignore
from storage.casework import Step, step
from storage.changes import Writing, case_id, standing_of, write_mend, write_one
from storage.engine import lock_name
from storage.runs import Run, TargetReport
from storage.tables import cases, identity_of, run_targets

__all__ = [
    "Key", "TakenIn", "case_id", "key_of", "latest_cases", "standing_of", "take_in", "take_one", "write_all",
]  # fmt: skip

_GONE = "完整检查后，该对象已不存在"


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """The ids of the cases that a target's verdicts opened, saw again, reopened or mended.

    `already`: the run had taken this target in before; nothing was changed.
    """

    opened: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()
    reopened: tuple[str, ...] = ()
    mended: tuple[str, ...] = ()
    already: bool = False


def take_in(
    connection: Connection,
    run: Run,
    report: TargetReport,
    verdicts: Iterable[Verdict],
    evidence: Mapping[Key, Sequence[EvidenceFile]],
    now: datetime,
    enumerated: Collection[str],
    passes: Iterable[PassList] = (),
) -> TakenIn:
    """Takes in the verdicts of one target. The same run and target again changes nothing.

    `now` is the moment the run judges as of. `enumerated` names the checks whose subjects were listed
    completely: a subject of theirs that is not among the verdicts is not there any more. `passes` are
    the verdicts that are told in lists.
    """
    lock_name(connection, f"{report.kind}/{report.target}")
    if not _claim(connection, run, report):
        return TakenIn(already=True)
    return write_all(connection, run, report, verdicts, evidence, now, enumerated, passes)


def write_all(
    connection: Connection,
    run: Run,
    report: TargetReport,
    verdicts: Iterable[Verdict],
    evidence: Mapping[Key, Sequence[EvidenceFile]],
    now: datetime,
    enumerated: Collection[str],
    passes: Iterable[PassList] = (),
) -> TakenIn:
    """Writes down verdicts of one target without asking whether the run has them."""
    rows = latest_cases(connection, report.kind, report.target)
    # A pass that a case stands against may end it: that is told by itself.
    with_cases, listed = drawn(passes, {_key_of_row(row) for row in rows.values()})
    by_key = {key_of(verdict): verdict for verdict in (*verdicts, *with_cases)}
    for verdict in (*by_key.values(), *(one.like for one in listed)):
        if (verdict.target_kind, verdict.target) != (report.kind, report.target):
            raise ValueError(
                f"verdict of {verdict.target_kind} {verdict.target} handed in with {report.target}"
            )
    writing = Writing()
    for key, verdict in by_key.items():
        write_one(writing, run, verdict, rows.get(identity_of(*key)), evidence.get(key, ()), now)
    present = {identity_of(*key) for key in by_key}
    for identity, row in rows.items():
        gone = identity not in present and row["check_id"] in enumerated
        if gone and step(standing_of(row), None, now) is Step.MEND:
            write_mend(writing, run, row, now, _GONE)
    writing.write(connection)
    passlists.write(connection, run, listed)
    return _taken(writing)


def take_one(
    connection: Connection,
    run: Run,
    verdict: Verdict,
    row: dict[str, Any] | None,
    files: Sequence[EvidenceFile],
    now: datetime,
) -> TakenIn:
    """Takes in one verdict of a recheck. `row` is the latest occurrence of the lapse (None: none)."""
    writing = Writing()
    write_one(writing, run, verdict, row, files, now)
    writing.write(connection)
    return _taken(writing)


def _taken(writing: Writing) -> TakenIn:
    return TakenIn(
        opened=tuple(writing.ids[Step.OPEN]),
        seen=tuple(writing.ids[Step.SEE]),
        reopened=tuple(writing.ids[Step.REOPEN]),
        mended=tuple(writing.ids[Step.MEND]),
    )


def _key_of_row(row: Mapping[str, Any]) -> Key:
    return (row["check_id"], row["target"], row["unit"], row["subject"])


def _claim(connection: Connection, run: Run, report: TargetReport) -> bool:
    """Marks the target as taken in; False when it was before."""
    key = {"run": run.number, "kind": report.kind, "target": report.target}
    values = {
        "state": report.state,
        "taken_in": report.taken_in,
        "complete": report.complete,
        "counts": dict(report.counts),
        "gaps": [dict(gap) for gap in report.gaps],
        "note": report.note,
    }
    insert_or_ignore(connection, run_targets, [key | values | {"state": "pending"}])
    place = [run_targets.c[name] == value for name, value in key.items()]
    claimed = connection.execute(
        update(run_targets).where(*place, run_targets.c.state == "pending").values(**values)
    )
    return claimed.rowcount == 1


def latest_cases(connection: Connection, kind: str, target: str) -> dict[str, dict[str, Any]]:
    """The latest occurrence of each lapse ever recorded of a target, by identity."""
    found = connection.execute(
        select(cases)
        .where(cases.c.target == target, cases.c.target_kind == kind)
        .order_by(cases.c.identity, cases.c.occurrence)
    )
    return {row["identity"]: dict(row) for row in found.mappings()}
