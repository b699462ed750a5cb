"""Figures of the whole database for those who watch the program: runs, findings, the queue, the size."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, inspect, select, text

from storage import leases, runs, tallies
from storage.leases import Holding
from storage.night_tables import night_jobs, probes
from storage.runs import Run
from storage.tables import cases, evidence_files, run_targets
from storage.tables import runs as run_rows

QUEUE_SCHEMA = "govwatch_queue"
"""The PostgreSQL schema of the queue's own tables."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """Figures as of now, `at` by the database's clock.

    `findings` counts cases by (check, state). `outcomes` and `targets` are of the last finished run:
    verdicts by outcome, targets by (kind, whether seen whole). `queue` counts jobs by status, None without
    a queue; `workers` gave a sign of life within a minute. `probes` counts those of the last day by (site,
    whether it answered). `jobs` are the scheduler's, by name: when each ended last and how.
    `database_bytes` is None where it cannot be told.
    """

    at: datetime
    runs: Mapping[str, int]
    last: Run | None
    findings: Mapping[tuple[str, str], int]
    outcomes: Mapping[str, int] = field(default_factory=dict)
    targets: Mapping[tuple[str, bool], int] = field(default_factory=dict)
    queue: Mapping[str, int] | None = None
    workers: int = 0
    holdings: tuple[Holding, ...] = ()
    probes: Mapping[tuple[str, bool], int] = field(default_factory=dict)
    jobs: Mapping[str, tuple[datetime | None, str]] = field(default_factory=dict)
    database_bytes: int | None = None


def measure(connection: Connection) -> Measures:
    """Takes all figures in one transaction."""
    by_state = connection.execute(select(run_rows.c.state, func.count()).group_by(run_rows.c.state))
    found = connection.execute(
        select(cases.c.check_id, cases.c.state, func.count()).group_by(cases.c.check_id, cases.c.state)
    )
    newest = runs.last(connection)
    last = newest if newest is not None and newest.state == runs.DONE else None
    now = leases.database_now(connection)
    return Measures(
        at=now,
        runs=_pairs(by_state),
        last=last,
        findings={(check, state): count for check, state, count in found},
        outcomes=tallies.by_outcome(connection, last.number, None) if last else {},
        targets=_targets(connection, last) if last else {},
        queue=queue_depth(connection),
        workers=workers_alive(connection),
        holdings=tuple(leases.held(connection)),
        probes=_probes(connection, now),
        jobs=_jobs(connection),
        database_bytes=_size(connection),
    )


def _targets(connection: Connection, run: Run) -> dict[tuple[str, bool], int]:
    rows = connection.execute(
        select(run_targets.c.kind, run_targets.c.complete, func.count())
        .where(run_targets.c.run == run.number)
        .group_by(run_targets.c.kind, run_targets.c.complete)
    )
    return {(kind, bool(complete)): count for kind, complete, count in rows}


def _probes(connection: Connection, now: datetime) -> dict[tuple[str, bool], int]:
    rows = connection.execute(
        select(probes.c.site, probes.c.ok, func.count())
        .where(probes.c.at > now - timedelta(days=1))
        .group_by(probes.c.site, probes.c.ok)
    )
    return {(site, bool(ok)): count for site, ok, count in rows}


def _jobs(connection: Connection) -> dict[str, tuple[datetime | None, str]]:
    rows = connection.execute(select(night_jobs.c.name, night_jobs.c.ended_at, night_jobs.c.outcome))
    return {name: (ended, outcome) for name, ended, outcome in rows}


def queue_depth(connection: Connection) -> dict[str, int] | None:
    """Jobs of the queue by status; None where there is no queue."""
    if connection.dialect.name != "postgresql":
        return None
    if not inspect(connection).has_table("procrastinate_jobs", schema=QUEUE_SCHEMA):
        return None
    rows = connection.execute(
        text(
            f"SELECT status::text, count(*) FROM {QUEUE_SCHEMA}.procrastinate_jobs"
            " WHERE queue_name <> 'keeping' GROUP BY status"
        )
    )
    return _pairs(rows)


def workers_alive(connection: Connection) -> int:
    """Workers that gave a sign of life within a minute."""
    if queue_depth(connection) is None:
        return 0
    count = connection.execute(
        text(
            f"SELECT count(*) FROM {QUEUE_SCHEMA}.procrastinate_workers"
            " WHERE last_heartbeat > now() - interval '1 minute'"
        )
    )
    # Each process keeps the queue under a second name.
    return (int(count.scalar_one()) + 1) // 2


def _size(connection: Connection) -> int | None:
    if connection.dialect.name == "postgresql":
        return int(connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one())
    name = connection.engine.url.database
    files = [Path(f"{name}{end}") for end in ("", "-wal")] if name else []
    return sum(file.stat().st_size for file in files if file.exists()) if files else None


def pictures_of(connection: Connection, run: Run) -> int:
    """How many pictures are kept of a run's findings."""
    count = connection.execute(
        select(func.count())
        .select_from(evidence_files)
        .where(evidence_files.c.run == run.number, evidence_files.c.kind == "screenshot")
    )
    return int(count.scalar_one())


def _pairs(rows: Iterable[Any]) -> dict[str, int]:
    return {str(row[0]): int(row[1]) for row in rows}
