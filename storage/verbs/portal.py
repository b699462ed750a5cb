"""Verbs of the portal besides people: lists, letters, due dates, versions of registry and settings."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import desc, func, insert, select

from domain.finding import CaseState, Finding, Verdict
from domain.target import Registry
from schemes.book import Book
from storage import correspondence, listing, people, reviews, shares, tallies
from storage.correspondence import Attachment, Decision, Submission
from storage.listing import Filter
from storage.people import Act
from storage.portal_tables import registry_versions, setting_versions
from storage.record_tables import ledger, records
from storage.registry.loading import parse
from storage.registry.plain import plain
from storage.runs import find, last
from storage.session import Session
from storage.tables import case_events, outcomes, pass_lists, runs
from storage.tallies import Unjudged

_MARK = select(
    *(
        select(func.max(column)).scalar_subquery()
        for column in (
            case_events.c.number,
            outcomes.c.number,
            pass_lists.c.number,
            runs.c.number,
            runs.c.ended,
            records.c.number,
            ledger.c.number,
            registry_versions.c.number,
        )
    )
)


class PortalVerbs(Session):
    """What the portal asks of the store. What changes something writes its line in the audit log too."""

    def page(
        self,
        wanted: Filter,
        sort: str = "first_seen",
        *,
        descending: bool = True,
        limit: int = 50,
        offset: int = 0,
        total: int | None = None,
    ) -> tuple[list[Finding], int]:
        """A page of findings without their evidence, and how many there are in all (`total`: if known)."""
        with self.reading() as connection:
            return listing.page(
                connection, wanted, sort, descending=descending, limit=limit, offset=offset, total=total
            )

    def case_ids(self, wanted: Filter, limit: int) -> list[str]:
        """The ids of the cases of a list."""
        with self.reading() as connection:
            return listing.ids(connection, wanted, limit)

    def pictured(self, cases: Iterable[str]) -> frozenset[str]:
        """Which of the cases have a picture."""
        with self.reading() as connection:
            return listing.pictured(connection, list(cases))

    def opened_by_day(self, unit: str | None, since: datetime) -> list[tuple[datetime, str]]:
        """When each violation was first seen and of which check, since a moment."""
        with self.reading() as connection:
            return listing.opened_by_day(connection, unit, since)

    def latest_done(self, limit: int = 30) -> list[tuple[int, str, datetime]]:
        """Number, id and moment of the latest finished runs, oldest first."""
        with self.reading() as connection:
            return tallies.latest_done(connection, limit)

    def outcome_counts(self, run: int, unit: str | None = None) -> dict[str, int]:
        """How many judgements of a run (by its number) came out how."""
        with self.reading() as connection:
            return tallies.by_outcome(connection, run, unit)

    def outcome_counts_by_target(self, run: int) -> dict[str, dict[str, int]]:
        """The same by target."""
        with self.reading() as connection:
            return tallies.by_target(connection, run)

    def unjudged(self, run: int, unit: str | None = None) -> list[Unjudged]:
        """What a run (by its number) could not judge."""
        with self.reading() as connection:
            return tallies.unjudged(connection, run, unit)

    def verdicts(
        self, run: str | None, target: str | None, unit: str | None, limit: int, offset: int
    ) -> tuple[list[Verdict], int]:
        """A part of a run's judgements, by default the last one's, and how many there are in all."""
        with self.reading() as connection:
            number = find(connection, run).number
            return tallies.verdicts(connection, number, target, unit, limit, offset)

    def crashes(self, run: int) -> int:
        """How many judgements of a run (by its number) failed by a fault of the program's own."""
        with self.reading() as connection:
            return tallies.crashes(connection, run)

    def score_mark(self) -> shares.Mark:
        """What scores are reckoned from, as a value: equal marks, equal scores of a day."""
        with self.reading() as connection:
            return shares.mark(connection)

    def touched_since(self, mark: shares.Mark) -> tuple[set[tuple[str, str]], list[tuple[str, str]]]:
        """Since a mark: unit and target of the cases that moved, kind and unit of the records entered."""
        with self.reading() as connection:
            return shares.touched(connection, mark), shares.entered(connection, mark)

    def book_of_units(
        self, year: int, as_of: date, registry: Registry, units: Collection[str] | None
    ) -> Book:
        """What a year's assessment of some units, or (None) of all, looks at; see `storage.shares`."""
        with self.reading() as connection:
            run = last(connection)
            return shares.book_of_units(connection, registry, year, as_of, run, units)

    def overdue(self, unit: str | None, today: date) -> int:
        """How many cases that units were told of are past the day they were to be mended by."""
        with self.reading() as connection:
            return tallies.overdue(connection, unit, today)

    def latest_run_with(self, kind: str, target: str) -> str | None:
        """The latest run that took this target in; None before the first."""
        with self.reading() as connection:
            return listing.latest_run_with(connection, kind, target)

    def mark(self) -> tuple[object, ...]:
        """Grows with every run, judgement, decision and record: what was reckoned from the same one holds."""
        with self.reading() as connection:
            row = connection.execute(_MARK).one()
        return tuple(row)

    def decide_cases(
        self,
        cases: Sequence[str],
        to_state: CaseState,
        *,
        by: str,
        reason: str,
        at: datetime,
        until: datetime | None = None,
        due: date | None = None,
        act: Act,
    ) -> None:
        """Moves cases to another state, all or none, with a due date if given. Raises StoreError."""
        with self.writing() as connection:
            for case in cases:
                reviews.review(connection, case, to_state, by=by, reason=reason, at=at, until=until)
                if due is not None:
                    correspondence.set_due(connection, case, due, by, at)
            people.note(connection, act)

    def hand_in(self, letter: Submission, act: Act, *, begins_mending: bool = False) -> None:
        """Keeps what a unit wrote; `begins_mending` moves the case to 整改中. Raises StoreError."""
        with self.writing() as connection:
            correspondence.add(connection, letter)
            if begins_mending:
                reviews.review(
                    connection,
                    letter.case,
                    CaseState.RECTIFYING,
                    by=letter.who,
                    reason=letter.words[:200],
                    at=letter.at,
                    until=None,
                )
            people.note(connection, act)

    def decide_appeal(self, letter: Submission, decision: Decision, act: Act) -> None:
        """Decides an appeal; one that is upheld dismisses the case. Raises StoreError."""
        with self.writing() as connection:
            correspondence.decide(connection, letter.id, decision)
            if decision.upheld:
                reviews.review(
                    connection,
                    letter.case,
                    CaseState.DISMISSED,
                    by=decision.who,
                    reason=f"申诉成立：{decision.reason}",
                    at=decision.at,
                    until=None,
                )
            people.note(connection, act)

    def letters(self, case: str) -> list[Submission]:
        """All that a unit wrote about a case, oldest first."""
        with self.reading() as connection:
            return correspondence.letters(connection, case=case)

    def letter(self, letter: str) -> Submission:
        """The submission of this id. Raises StoreError."""
        with self.reading() as connection:
            return correspondence.letter(connection, letter)

    def undecided_appeals(self, unit: str | None = None, limit: int = 50) -> list[Submission]:
        """The appeals that wait for a decision, oldest first."""
        with self.reading() as connection:
            return correspondence.undecided(connection, unit, limit)

    def latest_letters(self, unit: str | None = None, limit: int = 20) -> list[Submission]:
        """What units wrote last, newest first."""
        with self.reading() as connection:
            return correspondence.latest(connection, unit, limit)

    def attachment(self, attachment: str) -> tuple[Attachment, Submission]:
        """An attachment and the submission that it came with. Raises StoreError."""
        with self.reading() as connection:
            found, letter = correspondence.attachment(connection, attachment)
            return found, correspondence.letter(connection, letter)

    def due_dates(self, cases: Sequence[str]) -> dict[str, date]:
        """Until when each of these cases is to be mended."""
        with self.reading() as connection:
            return correspondence.due_dates(connection, cases)

    def keep_registry(self, registry: Registry, note: str, who: str, at: datetime, act: Act) -> None:
        """Keeps a new version of the registry; the latest is in force."""
        with self.writing() as connection:
            connection.execute(
                insert(registry_versions).values(body=plain(registry), note=note, who=who, at=at)
            )
            people.note(connection, act)

    def kept_registry(self) -> Registry | None:
        """The registry in force as edited here; None when none was ever kept."""
        query = select(registry_versions.c.body).order_by(desc(registry_versions.c.number)).limit(1)
        with self.reading() as connection:
            body = connection.execute(query).scalar()
        return None if body is None else parse(body)

    def registry_log(self, limit: int = 20) -> list[tuple[datetime, str, str]]:
        """When, by whom and why the registry was changed, newest first."""
        query = select(registry_versions).order_by(desc(registry_versions.c.number)).limit(limit)
        with self.reading() as connection:
            return [(row.at, row.who, row.note) for row in connection.execute(query)]

    def keep_setting(self, name: str, value: Any, who: str, at: datetime, act: Act) -> None:
        """Keeps a new value of a setting; the latest is in force."""
        with self.writing() as connection:
            connection.execute(insert(setting_versions).values(name=name, value=value, who=who, at=at))
            people.note(connection, act)

    def settings_log(self, limit: int = 20) -> list[tuple[datetime, str, str, Any]]:
        """When, by whom, which setting was changed to what, newest first."""
        query = select(setting_versions).order_by(desc(setting_versions.c.number)).limit(limit)
        with self.reading() as connection:
            return [(row.at, row.who, row.name, row.value) for row in connection.execute(query)]
