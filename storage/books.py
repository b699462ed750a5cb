"""Puts together what an assessment looks at: findings, decisions, records, what could not be judged."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select

from domain.finding import CaseState
from domain.observation import CHINA
from domain.target import Registry
from schemes.book import Book, Gap, Review
from storage import ledger_rows
from storage.case_rows import PROGRAM
from storage.codec import verdict_from
from storage.findings import Wanted, findings
from storage.portal_tables import decisions, submissions
from storage.runs import Run
from storage.tables import case_events, outcomes

_UNDONE = frozenset({CaseState.DETECTED, CaseState.DISMISSED, CaseState.EXEMPTED})
"""States that take a confirmation back."""


def book_of(connection: Connection, registry: Registry, year: int, as_of: date, run: Run | None) -> Book:
    """The whole matter of a year's assessment. `run` tells what could not be judged (None: nothing known)."""
    return Book(
        year=year,
        as_of=as_of,
        units=registry.units,
        sites=registry.sites,
        accounts=registry.accounts,
        findings=tuple(findings(connection, Wanted())),
        records=tuple(ledger_rows.all_records(connection, None, year, None)),
        reviews=reviews(connection),
        gaps=tuple(gaps(connection, run)) if run is not None else (),
    )


def reviews(connection: Connection) -> dict[str, Review]:
    """What people decided of each finding, from the steps on record."""
    rows = connection.execute(select(case_events).order_by(case_events.c.number)).mappings()
    return with_appeals(connection, reviewed(dict(row) for row in rows))


def reviewed(steps: Iterable[Mapping[str, Any]]) -> dict[str, Review]:
    """What people decided of each finding, from rows of steps in their order."""
    decided: dict[str, Review] = {}
    for row in steps:
        case = row["case_id"]
        decided[case] = _after(decided.get(case, Review()), row)
    return {case: review for case, review in decided.items() if review != Review()}


def with_appeals(connection: Connection, found: Mapping[str, Review]) -> dict[str, Review]:
    """The same with those marked that a unit objected to and that were not decided against it."""
    marked = {case: replace(found[case], objected=True) for case in _appealed(connection) if case in found}
    return {**found, **marked}


def _appealed(connection: Connection) -> list[str]:
    """The cases with an appeal that was not decided against the unit."""
    query = (
        select(submissions.c.case_id)
        .outerjoin(decisions, decisions.c.submission == submissions.c.id)
        .where(submissions.c.kind == "appeal", decisions.c.upheld.isnot(False))
    )
    return list(connection.execute(query).scalars())


def _after(review: Review, event: Mapping[str, Any]) -> Review:
    state = CaseState(event["to_state"])
    if state in _UNDONE:
        return Review()
    if state is CaseState.CONFIRMED and event["by"] == PROGRAM:
        return replace(review, by_machine=True)
    if state is CaseState.CONFIRMED:
        return replace(review, confirmed_on=_day(event["at"]), reviewer=event["by"])
    if state is CaseState.NOTIFIED:
        return replace(review, notified_on=_day(event["at"]))
    return review


def _day(at: datetime) -> date:
    return at.astimezone(CHINA).date()


def gaps(connection: Connection, run: Run, units: Collection[str] | None = None) -> Iterable[Gap]:
    """What a run could not judge of some units or (None) of all, with the scheme lines that asked."""
    query = (
        select(outcomes)
        .where(outcomes.c.run == run.number, outcomes.c.outcome == "inconclusive")
        .order_by(outcomes.c.number)
    )
    if units is not None:
        query = query.where(outcomes.c.unit.in_(units))
    for row in connection.execute(query).mappings():
        verdict = verdict_from(dict(row))
        lines = dict.fromkeys(line for answer in verdict.answers for line in answer.indicators)
        yield Gap(
            unit=verdict.subject.unit,
            check=verdict.check,
            subject=verdict.subject.name,
            reason=row["reason"],
            indicators=tuple(lines),
        )
