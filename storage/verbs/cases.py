"""Verbs of judgements and cases: take in, look up, review."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from domain.finding import CaseState, EvidenceFile, Finding, Verdict
from domain.observation import CHINA
from domain.passlist import PassList
from storage import findings as finding_rows
from storage import history, leases, passlists, reviews, runs
from storage.casework import next_occurrence
from storage.codec import verdict_from
from storage.findings import Count, Event, Seen, Wanted
from storage.history import Validator
from storage.later import take_in_more
from storage.leases import Lease
from storage.runs import TargetReport
from storage.session import Session
from storage.tables import cases, identity_of, outcomes, pass_lists
from storage.taking import Key, TakenIn, case_id, latest_cases, standing_of, take_in


class CaseVerbs(Session):
    """What the store does with judgements and cases."""

    def take_in(
        self,
        run: str,
        target: str,
        verdicts: Iterable[Verdict],
        evidence: Mapping[Key, Sequence[EvidenceFile]],
        now: datetime,
        *,
        kind: str = "site",
        report: TargetReport | None = None,
        enumerated: Collection[str] = frozenset(),
        items: Iterable[str] = (),
        validators: Iterable[Validator] = (),
        passes: Iterable[PassList] = (),
        lease: Lease | None = None,
    ) -> TakenIn:
        """Takes in what a run judged of one site or account, in one transaction; a second time is no change.

        `now` is the moment judged as of. `enumerated` names the checks whose subjects were listed completely:
        their open cases that no verdict speaks of are mended, the subject being gone. `items` are addresses
        of list items seen, noted under `now`'s day in China. With a `lease` the results count only as
        long as it is the newest of the target: raises FenceError, and changes nothing, when it is not.
        `passes` are the verdicts that are told in lists.
        """
        told = replace(report or TargetReport(), kind=kind, target=target)
        with self.writing() as connection:
            if lease is not None:
                leases.demand(connection, lease)
            found = runs.find(connection, run)
            taken = take_in(connection, found, told, verdicts, evidence, now, enumerated, passes)
            if not taken.already:
                history.note_items(connection, target, items, now.astimezone(CHINA).date())
                history.keep_validators(connection, target, validators)
            return taken

    def take_in_more(
        self,
        run: str,
        target: str,
        verdicts: Sequence[Verdict],
        evidence: Mapping[Key, Sequence[EvidenceFile]],
        now: datetime,
        *,
        kind: str = "site",
        enumerated: Collection[str] = frozenset(),
    ) -> TakenIn:
        """Takes in verdicts of checks that could be judged only later, of a target already taken in.

        In one transaction; no change where the run has verdicts of these checks already.
        """
        told = TargetReport(kind=kind, target=target)
        with self.writing() as connection:
            found = runs.find(connection, run)
            return take_in_more(connection, found, told, verdicts, evidence, now, enumerated)

    def mended_since(self, moment: datetime) -> frozenset[str]:
        """The cases that were seen mended since a moment."""
        with self.reading() as connection:
            return frozenset(
                connection.execute(select(cases.c.id).where(cases.c.mended_at >= moment)).scalars()
            )

    def identify(
        self, check: str, target: str, unit: str, subject: str, now: datetime, kind: str = "site"
    ) -> tuple[str, int]:
        """The id and occurrence that a violation as of `now` is recorded under; seals need it beforehand."""
        return self.identify_all(target, [(check, target, unit, subject)], now, kind)[
            check, target, unit, subject
        ]

    def identify_all(
        self, target: str, keys: Iterable[Key], now: datetime, kind: str = "site"
    ) -> dict[Key, tuple[str, int]]:
        """The same for many of one target's verdicts at once."""
        with self.reading() as connection:
            rows = latest_cases(connection, kind, target)
        named: dict[Key, tuple[str, int]] = {}
        for key in keys:
            row = rows.get(identity_of(*key))
            number = next_occurrence(None if row is None else standing_of(row), now)
            named[key] = (case_id(key, number), number)
        return named

    def findings(
        self,
        *,
        state: CaseState | None = None,
        unit: str | None = None,
        check: str | None = None,
        target: str | None = None,
        severity: str | None = None,
        limit: int | None = None,
        offset: int = 0,
        with_evidence: bool = True,
    ) -> list[Finding]:
        """The findings, mended ones too, with their evidence or none; all conditions must hold."""
        wanted = Wanted(state=state, unit=unit, check=check, target=target, severity=severity)
        with self.reading() as connection:
            return finding_rows.findings(connection, wanted, limit, offset, with_evidence=with_evidence)

    def finding(self, case: str) -> Finding:
        """The finding with this id. Raises StoreError."""
        with self.reading() as connection:
            return finding_rows.finding(connection, case)

    def counts(self) -> list[Count]:
        """How many findings there are by check, unit, state and severity."""
        with self.reading() as connection:
            return finding_rows.counts(connection)

    def events(self, case: str) -> list[Event]:
        """The steps of a case's life, oldest first."""
        with self.reading() as connection:
            return finding_rows.events(connection, case)

    def sightings(self, case: str) -> list[Seen]:
        """The sightings of a case, oldest first."""
        with self.reading() as connection:
            return finding_rows.sightings_of(connection, case)

    def outcomes(self, run: str | None = None, target: str | None = None) -> list[Verdict]:
        """Every verdict of a run (by default the last finished one); those told in lists come last."""
        with self.reading() as connection:
            found = runs.find(connection, run)
            chosen = {"run": found.number} | ({} if target is None else {"target": target})
            query = select(outcomes).filter_by(**chosen).order_by(outcomes.c.number)
            single = [verdict_from(dict(row)) for row in connection.execute(query).mappings()]
            listed = passlists.read(connection, *(pass_lists.c[name] == it for name, it in chosen.items()))
            return [*single, *listed]

    def review(
        self,
        finding: str,
        to_state: CaseState,
        by: str,
        reason: str,
        at: datetime,
        until: datetime | None = None,
    ) -> None:
        """Moves a case to another state, for good on record. Raises StoreError when that makes no sense."""
        with self.writing() as connection:
            reviews.review(connection, finding, to_state, by=by, reason=reason, at=at, until=until)
