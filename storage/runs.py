"""Runs (监测轮次): begun, taken up again, ended; what each target of a run came to."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, desc, func, insert, select, update

from domain.observation import CHINA
from domain.target import Registry
from storage.bulk import insert_or_ignore
from storage.faults import StoreError
from storage.registry.loading import parse
from storage.registry.plain import plain
from storage.tables import registries, run_targets, runs

RUNNING, DONE, ABANDONED = "running", "done", "abandoned"
CHECKED = "checked"
"""A recheck of one case, not a scan: it is never the last run, and no list of runs shows it."""
LAST = "last"
"""Stands for the latest finished run wherever a run's id is asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run. `state` is running, done or abandoned; `schemes` are the schemes' hashes by id.

    `number` orders runs as they were begun. `options` are the scan's own settings.
    """

    number: int
    id: str
    state: str
    started: datetime
    ended: datetime | None
    as_of: datetime
    program: str
    schemes: Mapping[str, str]
    registry_digest: str
    options: Mapping[str, Any]
    counts: Mapping[str, int]
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetReport:
    """What a run came to at one target: how its fetches ended, what could not be seen and why.

    `complete` says whether the walk was; `note` why it ended early; `state` is pending or done.
    """

    kind: str = "site"
    target: str = ""
    state: str = "done"
    taken_in: datetime | None = None
    complete: bool = False
    counts: Mapping[str, int] = field(default_factory=dict)
    gaps: tuple[Mapping[str, str], ...] = ()
    note: str = ""


def begin(
    connection: Connection,
    *,
    registry: Registry,
    as_of: datetime,
    started: datetime,
    program: str,
    schemes: Mapping[str, str],
    targets: Sequence[tuple[str, str]],
    options: Mapping[str, Any],
) -> Run:
    """Notes a new run and its targets, each pending."""
    digest, body = _registry_digest(registry)
    insert_or_ignore(connection, registries, [{"digest": digest, "body": body}])
    number = connection.execute(
        insert(runs).values(
            id=_free_id(connection, started),
            state=RUNNING,
            started=started,
            as_of=as_of,
            program=program,
            schemes=dict(schemes),
            registry=digest,
            options=dict(options),
            counts={},
            problems=[],
        )
    ).inserted_primary_key
    assert number is not None
    rows = [
        {
            "run": number[0],
            "kind": kind,
            "target": target,
            "state": "pending",
            "complete": False,
            "counts": {},
            "gaps": [],
            "note": "",
        }
        for kind, target in targets
    ]
    if rows:
        connection.execute(insert(run_targets), rows)
    return by_number(connection, number[0])


def abandon(connection: Connection, at: datetime, keep: Run | None = None) -> int:
    """Marks runs that never ended as abandoned; their findings stay. Returns how many."""
    query = update(runs).where(runs.c.state == RUNNING)
    if keep is not None:
        query = query.where(runs.c.number != keep.number)
    return connection.execute(query.values(state=ABANDONED, ended=at)).rowcount


def unfinished(
    connection: Connection,
    *,
    registry: Registry,
    as_of: datetime,
    program: str,
    schemes: Mapping[str, str],
    targets: Sequence[tuple[str, str]],
) -> Run | None:
    """The latest run of the same registry, moment, program, schemes and targets, if it never ended."""
    digest, _ = _registry_digest(registry)
    rows = connection.execute(
        select(runs)
        .where(runs.c.registry == digest, runs.c.as_of == as_of, runs.c.program == program)
        .order_by(desc(runs.c.number))
    )
    for run in map(run_of, rows.all()):
        if run.schemes == dict(schemes) and _targets_of(connection, run) == set(targets):
            return None if run.state == DONE else run
    return None


def _targets_of(connection: Connection, run: Run) -> set[tuple[str, str]]:
    rows = connection.execute(
        select(run_targets.c.kind, run_targets.c.target).where(run_targets.c.run == run.number)
    )
    return {(row.kind, row.target) for row in rows}


def mark(connection: Connection, run: Run, state: str, ended: datetime | None) -> None:
    """Sets a run's state and end."""
    connection.execute(update(runs).where(runs.c.number == run.number).values(state=state, ended=ended))


def take_up(connection: Connection, run: Run) -> None:
    """Sets an interrupted run going again."""
    connection.execute(update(runs).where(runs.c.number == run.number).values(state=RUNNING, ended=None))


def end(
    connection: Connection, run: Run, at: datetime, counts: Mapping[str, int], problems: Sequence[str]
) -> None:
    """Notes the end of a run."""
    values = {"state": DONE, "ended": at, "counts": dict(counts), "problems": list(problems)}
    connection.execute(update(runs).where(runs.c.number == run.number).values(**values))


def find(connection: Connection, run: str | None) -> Run:
    """The run with this id; `last` or None: the latest finished one, else the latest of all.

    Raises StoreError when there is none.
    """
    if run is None or run == LAST:
        found = last(connection)
        if found is None:
            raise StoreError("还没有巡检过，请先用 govwatch scan 巡检")
        return found
    row = connection.execute(select(runs).where(runs.c.id == run)).first()
    if row is None:
        known = connection.execute(select(runs.c.id).order_by(desc(runs.c.number)).limit(5)).scalars().all()
        hint = f"最近的轮次有：{'、'.join(known)}" if known else "还没有巡检过"
        raise StoreError(f"没有轮次“{run}”。{hint}")
    return run_of(row)


def last(connection: Connection) -> Run | None:
    """The latest finished run, else the latest of all, else None."""
    done = runs.c.state == DONE
    query = select(runs).where(runs.c.state != CHECKED).order_by(desc(done), desc(runs.c.number)).limit(1)
    row = connection.execute(query).first()
    return None if row is None else run_of(row)


def by_number(connection: Connection, number: int) -> Run:
    """The run of this number."""
    return run_of(connection.execute(select(runs).where(runs.c.number == number)).one())


def latest(connection: Connection, limit: int) -> list[Run]:
    """The latest runs, newest first."""
    query = select(runs).where(runs.c.state != CHECKED).order_by(desc(runs.c.number)).limit(limit)
    return [run_of(row) for row in connection.execute(query)]


def reports(connection: Connection, run: Run) -> list[TargetReport]:
    """What the run came to at each of its targets, in a fixed order."""
    rows = connection.execute(
        select(run_targets)
        .where(run_targets.c.run == run.number)
        .order_by(desc(run_targets.c.kind), run_targets.c.target)
    )
    return [
        TargetReport(
            kind=row.kind,
            target=row.target,
            state=row.state,
            taken_in=row.taken_in,
            complete=row.complete,
            counts=row.counts,
            gaps=tuple(row.gaps),
            note=row.note,
        )
        for row in rows
    ]


def registry_of(connection: Connection, run: Run) -> Registry:
    """The registry as it was when the run began."""
    body = connection.execute(
        select(registries.c.body).where(registries.c.digest == run.registry_digest)
    ).scalar_one()
    return parse(body, name=f"轮次 {run.id} 的名录")


def run_of(row: Row[Any]) -> Run:
    """The run of a row."""
    return Run(
        number=row.number,
        id=row.id,
        state=row.state,
        started=row.started,
        ended=row.ended,
        as_of=row.as_of,
        program=row.program,
        schemes=row.schemes,
        registry_digest=row.registry,
        options=row.options,
        counts=row.counts,
        problems=tuple(row.problems),
    )


def _registry_digest(registry: Registry) -> tuple[str, dict[str, Any]]:
    body = plain(registry)
    text = json.dumps(body, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8")).hexdigest(), body


def _free_id(connection: Connection, started: datetime) -> str:
    name = started.astimezone(CHINA).strftime("%Y%m%d-%H%M%S")
    taken = connection.execute(
        select(func.count()).select_from(runs).where(runs.c.id.startswith(name, autoescape=True))
    ).scalar_one()
    return f"{name}-{taken + 1}" if taken else name
