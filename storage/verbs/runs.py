"""Verbs of runs: begin, resume, end, look back."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from domain.target import Registry
from storage import runs
from storage.runs import Run, TargetReport
from storage.session import Session


class RunVerbs(Session):
    """What the store does with runs."""

    def begin_run(
        self,
        registry: Registry,
        *,
        as_of: datetime,
        started: datetime,
        program: str,
        schemes: Mapping[str, str] | None = None,
        targets: Sequence[tuple[str, str]] | None = None,
        options: Mapping[str, Any] | None = None,
        alongside: bool = False,
    ) -> Run:
        """Notes a new run. `targets` are (kind, id) pairs, by default all of the registry.

        Runs that never ended are marked as abandoned, unless this one goes `alongside` them.
        """
        chosen = all_targets(registry) if targets is None else targets
        with self.writing() as connection:
            if not alongside:
                runs.abandon(connection, started)
            return runs.begin(
                connection,
                registry=registry,
                as_of=as_of,
                started=started,
                program=program,
                schemes=schemes or {},
                targets=chosen,
                options=options or {},
            )

    def resume_run(
        self,
        registry: Registry,
        *,
        as_of: datetime,
        program: str,
        schemes: Mapping[str, str] | None = None,
        targets: Sequence[tuple[str, str]] | None = None,
    ) -> Run | None:
        """The interrupted run of the same registry, moment, program, schemes and targets, going again.

        None when there is none: begin a new one. `pending` says which targets are left.
        """
        with self.writing() as connection:
            run = runs.unfinished(
                connection,
                registry=registry,
                as_of=as_of,
                program=program,
                schemes=schemes or {},
                targets=all_targets(registry) if targets is None else targets,
            )
            if run is None:
                return None
            runs.take_up(connection, run)
            return runs.by_number(connection, run.number)

    def end_run(
        self,
        run: str,
        ended: datetime,
        counts: Mapping[str, int] | None = None,
        problems: Sequence[str] = (),
    ) -> Run:
        """Notes that a run is done. Raises StoreError when there is no such run."""
        with self.writing() as connection:
            found = runs.find(connection, run)
            runs.end(connection, found, ended, counts or {}, problems)
            return runs.by_number(connection, found.number)

    def run(self, run: str | None = None) -> Run:
        """The run with this id; `last` or None: the latest finished one. Raises StoreError."""
        with self.reading() as connection:
            return runs.find(connection, run)

    def last_run(self) -> Run | None:
        """The latest finished run, else the latest of all, None before the first."""
        with self.reading() as connection:
            return runs.last(connection)

    def runs(self, limit: int = 100) -> list[Run]:
        """The latest runs, newest first."""
        with self.reading() as connection:
            return runs.latest(connection, limit)

    def targets(self, run: str | None = None) -> list[TargetReport]:
        """What a run came to at each of its targets."""
        with self.reading() as connection:
            return runs.reports(connection, runs.find(connection, run))

    def pending(self, run: str) -> list[tuple[str, str]]:
        """The targets, as (kind, id), that a run has not taken in."""
        return [(each.kind, each.target) for each in self.targets(run) if each.state == "pending"]

    def registry(self, run: str | None = None) -> Registry:
        """The registry as it was when the run began."""
        with self.reading() as connection:
            return runs.registry_of(connection, runs.find(connection, run))


def all_targets(registry: Registry) -> list[tuple[str, str]]:
    """All sites and accounts of a registry as (kind, id)."""
    sites = [("site", site.id) for site in registry.sites]
    return sites + [("account", account.id) for account in registry.accounts]
