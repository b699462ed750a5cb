"""The overview: what waits, who stands where, what was found, how it goes, what could not be seen."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from domain.finding import CaseState
from portal.office import Office
from portal.rendering import query, show
from portal.roles import Permission
from portal.visitor import OfficeDep, Viewer, Visitor
from storage.findings import Count
from storage.runs import Run

router = APIRouter()
OPEN_STATES = (CaseState.DETECTED, CaseState.CONFIRMED, CaseState.NOTIFIED, CaseState.RECTIFYING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """Something that waits for the visitor: how much, what, where."""

    number: int
    words: str
    link: str


@dataclass(slots=True)
class Blindness:
    """What the last run could not judge: how many judgements of each kind, the commonest reasons."""

    outcomes: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)


@router.get("/")
def overview(request: Request, office: OfficeDep, visitor: Viewer) -> Response:
    """The first page after signing in."""
    run = office.store.last_run()
    counts = [count for count in office.counts() if visitor.sees(count.unit)]
    values: dict[str, Any] = {"run": run, "duties": duties_of(office, visitor, counts)}
    if run is not None:
        blind = office.kept_of_run(
            run, ("blind", visitor.unit), lambda: blindness_of(office, run, visitor.unit)
        )
        owners = office.targets()
        values |= {
            "targets": [t for t in office.store.targets(run.id) if visitor.sees(owners.get(t.target, ""))],
            "blind": blind,
            "judged": sum(blind.outcomes.values()),
            "trend": _trend(office, visitor),
        }
    violations = [count for count in counts if count.severity == "violation"]
    return show(
        request,
        visitor,
        "overview.html",
        tiles=_by_state(violations),
        by_unit=_by_unit(office, visitor, violations),
        by_check=Counter({check: n for check, n in _sum(violations, "check").most_common() if n}).most_common(
            14
        ),
        open_states=OPEN_STATES,
        **values,
    )


def _trend(office: Office, visitor: Visitor) -> list[tuple[str, datetime, Mapping[str, int]]]:
    if visitor.unit is not None:
        return []
    return [(run, at, _counted(office, number)) for number, run, at in office.store.latest_done(14)]


def _counted(office: Office, number: int) -> Mapping[str, int]:
    """A finished run's judgements by outcome: they never change."""
    return office.kept_for_good(("counted", number), lambda: office.store.outcome_counts(number))


def blindness_of(office: Office, run: Run, unit: str | None) -> Blindness:
    """What a run came to, and why things could not be judged."""
    found = Blindness(outcomes=Counter(office.store.outcome_counts(run.number, unit)))
    for each in office.store.unjudged(run.number, unit):
        found.reasons[each.reason.partition("（")[0][:60]] += 1
    return found


def _by_state(counts: Sequence[Count]) -> dict[CaseState, int]:
    tally: Counter[CaseState] = Counter()
    for count in counts:
        tally[count.state] += count.number
    return {state: tally[state] for state in CaseState}


def _sum(counts: Sequence[Count], name: str) -> Counter[str]:
    tally: Counter[str] = Counter()
    for count in counts:
        if count.state in OPEN_STATES:
            tally[getattr(count, name)] += count.number
    return tally


def _by_unit(
    office: Office, visitor: Visitor, counts: Sequence[Count]
) -> list[tuple[str, Mapping[CaseState, int], int]]:
    registry = office.registry()
    tallies: dict[str, Counter[CaseState]] = {}
    for count in counts:
        tallies.setdefault(count.unit, Counter())[count.state] += count.number
    rows = []
    for unit in registry.units if registry else ():
        if visitor.sees(unit.code):
            tally = tallies.get(unit.code, Counter())
            rows.append((unit.code, tally, sum(tally[state] for state in OPEN_STATES)))
    return sorted(rows, key=lambda row: -row[2])


def duties_of(office: Office, visitor: Visitor, counts: Sequence[Count]) -> list[Duty]:
    """What waits for the visitor."""
    tally = _by_state(counts)
    duties = []
    if visitor.may(Permission.REVIEW):
        words = "项检查结果待核实"
        duties.append(Duty(number=tally[CaseState.DETECTED], words=words, link="/findings?state=detected"))
    if visitor.may(Permission.NOTIFY):
        words = "项已认定，待通知单位"
        duties.append(Duty(number=tally[CaseState.CONFIRMED], words=words, link="/findings?state=confirmed"))
    if visitor.may(Permission.DECIDE):
        appeals = len(office.store.undecided_appeals())
        duties.append(Duty(number=appeals, words="件申诉待裁定", link="/letters"))
    if visitor.may(Permission.REVIEW):
        words = "项已整改，待办结"
        duties.append(Duty(number=tally[CaseState.RECTIFIED], words=words, link="/findings?state=rectified"))
    if visitor.may(Permission.ANSWER) and visitor.unit is not None:
        link = "/findings" + query({"state": ["notified"]})
        duties.append(Duty(number=tally[CaseState.NOTIFIED], words="项通知待答复", link=link))
        duties.append(
            Duty(number=tally[CaseState.RECTIFYING], words="项正在整改", link="/findings?state=rectifying")
        )
    overdue = _overdue(office, visitor)
    if overdue:
        duties.append(
            Duty(number=overdue, words="项超过整改期限", link="/findings?state=notified&state=rectifying")
        )
    return duties


def _overdue(office: Office, visitor: Visitor) -> int:
    today = office.now().date()
    return office.kept(("overdue", visitor.unit, today), lambda: office.store.overdue(visitor.unit, today))
