"""Takes in what could be judged only when all targets of a run had been seen."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, select

from domain.finding import EvidenceFile, Verdict
from storage.engine import lock_name
from storage.runs import Run, TargetReport
from storage.tables import outcomes
from storage.taking import Key, TakenIn, write_all


def take_in_more(
    connection: Connection,
    run: Run,
    report: TargetReport,
    verdicts: Sequence[Verdict],
    evidence: Mapping[Key, Sequence[EvidenceFile]],
    now: datetime,
    enumerated: Collection[str],
) -> TakenIn:
    """Takes in verdicts of further checks of a target that the run has taken in; again changes nothing."""
    lock_name(connection, f"{report.kind}/{report.target}")
    there = select(outcomes.c.number).where(
        outcomes.c.run == run.number,
        outcomes.c.target_kind == report.kind,
        outcomes.c.target == report.target,
        outcomes.c.check_id.in_(sorted({verdict.check for verdict in verdicts})),
    )
    if connection.execute(there.limit(1)).first() is not None:
        return TakenIn(already=True)
    return write_all(connection, run, report, verdicts, evidence, now, enumerated)
