"""Verbs of the nights: jobs, probes, holds, planned closures, rechecks."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from domain.finding import EvidenceFile, Verdict
from domain.observation import ProbeSeries
from domain.target import Registry
from storage import correspondence, nights, probes, rechecks, runs
from storage.nights import Closure, Hold, JobLine, JobState
from storage.portal_tables import setting_versions
from storage.probes import WINDOW_DAYS, Probe
from storage.rechecks import Recheck
from storage.runs import CHECKED, Run
from storage.session import Session
from storage.taking import TakenIn


class NightVerbs(Session):
    """What the store does with what the scheduler keeps."""

    def settings(self) -> dict[str, Any]:
        """The settings in force by name."""
        with self.reading() as connection:
            rows = connection.execute(select(setting_versions).order_by(setting_versions.c.number))
            return {row.name: row.value for row in rows}

    def jobs(self) -> dict[str, JobState]:
        """All jobs by name."""
        with self.reading() as connection:
            return nights.jobs(connection)

    def plan_job(self, name: str, next_at: datetime | None) -> None:
        """Notes when a job comes next."""
        with self.writing() as connection:
            nights.change_job(connection, name, {"next_at": next_at})

    def pause_job(self, name: str, paused: bool) -> None:
        """Pauses a job, or lets it go on."""
        with self.writing() as connection:
            nights.change_job(connection, name, {"paused": paused})

    def ask_job(self, name: str, who: str, at: datetime) -> None:
        """Asks for a job to be run as soon as the scheduler looks."""
        with self.writing() as connection:
            nights.change_job(connection, name, {"asked_at": at, "asked_by": who})

    def begin_job(self, name: str, due: datetime, began: datetime) -> int:
        """Notes that a job began; gives the number of its line in the log."""
        with self.writing() as connection:
            return nights.begin_line(connection, name, due, began)

    def end_job(self, line: int, ended: datetime, outcome: str, words: str) -> None:
        """Notes how it ended."""
        with self.writing() as connection:
            nights.end_line(connection, line, ended, outcome, words)

    def job_log(self, limit: int = 100, job: str | None = None) -> list[JobLine]:
        """The latest lines of the log, newest first."""
        with self.reading() as connection:
            return nights.log(connection, limit, job)

    def first_job_at(self) -> datetime | None:
        """When the first job on record began; None before that."""
        with self.reading() as connection:
            return nights.first_began(connection)

    def last_done(self, job: str) -> JobLine | None:
        """The latest time that a job was done."""
        with self.reading() as connection:
            return nights.last_done(connection, job)

    def set_due(self, case: str, due: date, who: str, at: datetime) -> None:
        """Notes until when a case is to be mended."""
        with self.writing() as connection:
            correspondence.set_due(connection, case, due, who, at)

    def keep_holds(self, found: Sequence[Hold]) -> None:
        """Keeps what was held back."""
        with self.writing() as connection:
            nights.keep_holds(connection, found)

    def holds(self, limit: int = 50, run: str | None = None) -> list[Hold]:
        """What was held back, newest first."""
        with self.reading() as connection:
            return nights.kept_holds(connection, limit, run)

    def release_hold(self, number: int, who: str, at: datetime) -> None:
        """A person says that what was held was real. Raises StoreError."""
        with self.writing() as connection:
            nights.release_hold(connection, number, who, at)

    def add_closure(self, closure: Closure) -> int:
        """Registers a planned closure. Raises StoreError."""
        with self.writing() as connection:
            return nights.add_closure(connection, closure)

    def withdraw_closure(self, number: int, at: datetime) -> None:
        """Takes it back. Raises StoreError."""
        with self.writing() as connection:
            nights.withdraw_closure(connection, number, at)

    def closures(self) -> list[Closure]:
        """The planned closures that stand."""
        with self.reading() as connection:
            return nights.standing_closures(connection)

    def keep_probes(self, found: Iterable[Probe]) -> None:
        """Appends probes."""
        with self.writing() as connection:
            probes.keep(connection, found)

    def probe_series(self, site: str, until: datetime, days: int = WINDOW_DAYS) -> ProbeSeries | None:
        """What the probes of the days before `until` say; None when there are none that count."""
        with self.reading() as connection:
            return probes.series(connection, site, until, days)

    def probes(self, since: datetime) -> list[Probe]:
        """The probes since a moment, oldest first."""
        with self.reading() as connection:
            return probes.latest(connection, since)

    def forget_before(self, probes_before: datetime, log_before: datetime) -> int:
        """Forgets old probes and old lines of the log; gives how many."""
        with self.writing() as connection:
            found = probes.drop_before(connection, probes_before)
            return found + nights.drop_log_before(connection, log_before)

    def ask_recheck(self, case: str, why: str, who: str, at: datetime, not_before: datetime) -> bool:
        """Puts a recheck of a case into the queue; False when one waits already."""
        wanted = Recheck(case=case, why=why, asked_at=at, asked_by=who, not_before=not_before)
        with self.writing() as connection:
            return rechecks.ask(connection, wanted)

    def waiting_rechecks(self, now: datetime) -> list[Recheck]:
        """What is due to be looked at again, oldest first."""
        with self.reading() as connection:
            return rechecks.waiting(connection, now)

    def rechecks_of(self, case: str) -> list[Recheck]:
        """All rechecks of a case, oldest first."""
        with self.reading() as connection:
            return rechecks.of_case(connection, case)

    def rechecks_since(self, moment: datetime) -> list[Recheck]:
        """The rechecks asked for since a moment."""
        with self.reading() as connection:
            return rechecks.since(connection, moment)

    def end_recheck(self, case: str, at: datetime, outcome: str, words: str, run: str = "") -> None:
        """Ends what waits for a case."""
        with self.writing() as connection:
            rechecks.done(connection, case, at, outcome, words, run)

    def begin_recheck(
        self,
        case: str,
        registry: Registry,
        *,
        as_of: datetime,
        started: datetime,
        program: str,
        schemes: Mapping[str, str] | None = None,
    ) -> Run:
        """A run of its own kind for one recheck: never the last scan, and no end to one under way."""
        with self.writing() as connection:
            return rechecks.begin(
                connection,
                registry=registry,
                as_of=as_of,
                started=started,
                program=program,
                schemes=schemes or {},
                case=case,
            )

    def take_recheck(
        self, run: Run, verdict: Verdict, evidence: Sequence[EvidenceFile], now: datetime, ended: datetime
    ) -> TakenIn:
        """Takes what a recheck saw in, and ends its run and what waited for the case."""
        case: Any = run.options["recheck"]
        kind, target = verdict.target_kind, verdict.target
        with self.writing() as connection:
            taken = rechecks.take_in(connection, run, kind, target, verdict, evidence, now)
            runs.mark(connection, run, CHECKED, ended)
            name, words = rechecks.told(verdict)
            rechecks.done(connection, str(case), ended, name, words, run.id)
            return taken
