"""Rechecks: one case looked at again by itself. What is asked for waits here; what was seen is taken in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from domain.finding import EvidenceFile, Verdict
from domain.outcome import name_of
from domain.target import Registry
from storage import runs
from storage.codec import reason_of
from storage.engine import lock_name
from storage.night_tables import rechecks
from storage.runs import CHECKED, Run
from storage.tables import identity_of
from storage.taking import Key, TakenIn, key_of, latest_cases, take_one

WAITING, DONE, FAILED = "waiting", "done", "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recheck:
    """One recheck asked for: of which case, why (asked, answer, due, routine), by whom, from when on.

    `outcome` is waiting, or what the look came to: violation, pass, inconclusive, failed.
    """

    case: str
    why: str
    asked_at: datetime
    asked_by: str
    not_before: datetime
    number: int = 0
    done_at: datetime | None = None
    outcome: str = WAITING
    words: str = ""
    run: str = ""


def ask(connection: Connection, wanted: Recheck) -> bool:
    """Puts a recheck into the queue; False when one of that case waits already."""
    lock_name(connection, f"recheck/{wanted.case}")
    open_already = connection.execute(
        select(rechecks.c.number).where(rechecks.c.case_id == wanted.case, rechecks.c.done_at.is_(None))
    ).first()
    if open_already is not None:
        return False
    connection.execute(
        insert(rechecks).values(
            case_id=wanted.case,
            why=wanted.why,
            asked_at=wanted.asked_at,
            asked_by=wanted.asked_by,
            not_before=wanted.not_before,
            outcome=WAITING,
            words="",
            run="",
        )
    )
    return True


def waiting(connection: Connection, now: datetime) -> list[Recheck]:
    """What is due to be looked at again, oldest first."""
    query = (
        select(rechecks)
        .where(rechecks.c.done_at.is_(None), rechecks.c.not_before <= now)
        .order_by(rechecks.c.number)
    )
    return [_recheck(row) for row in connection.execute(query)]


def of_case(connection: Connection, case: str) -> list[Recheck]:
    """All rechecks of a case, oldest first."""
    query = select(rechecks).where(rechecks.c.case_id == case).order_by(rechecks.c.number)
    return [_recheck(row) for row in connection.execute(query)]


def since(connection: Connection, moment: datetime) -> list[Recheck]:
    """The rechecks asked for since a moment, oldest first."""
    query = select(rechecks).where(rechecks.c.asked_at >= moment).order_by(rechecks.c.number)
    return [_recheck(row) for row in connection.execute(query)]


def done(connection: Connection, case: str, at: datetime, outcome: str, words: str, run: str) -> None:
    """Ends what waits for a case: it was looked at."""
    connection.execute(
        update(rechecks)
        .where(rechecks.c.case_id == case, rechecks.c.done_at.is_(None))
        .values(done_at=at, outcome=outcome, words=words[:2000], run=run)
    )


def begin(
    connection: Connection,
    *,
    registry: Registry,
    as_of: datetime,
    started: datetime,
    program: str,
    schemes: Mapping[str, str],
    case: str,
) -> Run:
    """A run of its own kind for one recheck: it is never the last scan, and ends no scan under way."""
    made = runs.begin(
        connection,
        registry=registry,
        as_of=as_of,
        started=started,
        program=program,
        schemes=schemes,
        targets=[],
        options={"recheck": case},
    )
    runs.mark(connection, made, CHECKED, None)
    return runs.by_number(connection, made.number)


def take_in(
    connection: Connection,
    run: Run,
    kind: str,
    target: str,
    verdict: Verdict,
    evidence: Sequence[EvidenceFile],
    now: datetime,
) -> TakenIn:
    """Takes one verdict in as a night would: a sighting, a rectification, or (inconclusive) no change."""
    lock_name(connection, f"{kind}/{target}")
    key: Key = key_of(verdict)
    row = latest_cases(connection, kind, target).get(identity_of(*key))
    return take_one(connection, run, verdict, row, evidence, now)


def _recheck(row: Any) -> Recheck:
    return Recheck(
        number=row.number,
        case=row.case_id,
        why=row.why,
        asked_at=row.asked_at,
        asked_by=row.asked_by,
        not_before=row.not_before,
        done_at=row.done_at,
        outcome=row.outcome,
        words=row.words,
        run=row.run,
    )


def told(verdict: Verdict) -> tuple[str, str]:
    """The name of the outcome and the words that go with it."""
    return name_of(verdict.outcome), reason_of(verdict.outcome)
