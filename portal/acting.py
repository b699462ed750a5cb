"""What may be done with a case by whom, and doing it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from domain.finding import CASE_TITLES, TRANSITIONS, CaseState, Finding
from domain.observation import CHINA
from portal.office import Office
from portal.roles import Permission
from portal.visitor import Refused, Visitor, act_of

NEEDED = {
    CaseState.CONFIRMED: Permission.REVIEW,
    CaseState.NOTIFIED: Permission.NOTIFY,
    CaseState.RECTIFYING: Permission.NOTIFY,
    CaseState.CLOSED: Permission.REVIEW,
    CaseState.DISMISSED: Permission.REVIEW,
    CaseState.EXEMPTED: Permission.EXEMPT,
    CaseState.DETECTED: Permission.REVIEW,
}
"""What each step takes, the usual next one first. 已整改 is not here: only what was seen mended is mended."""

TOLD = frozenset({CaseState.NOTIFIED, CaseState.RECTIFYING})
"""Once the unit is told, only who decides appeals takes a case back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A decision about cases: the state to move to, why, until when, what is due."""

    to: CaseState
    reason: str = ""
    until: date | None = None
    due: date | None = None


def permission_for(before: CaseState, after: CaseState) -> Permission | None:
    """What a step takes; None where nobody takes it by hand."""
    if after is CaseState.DISMISSED and before in TOLD:
        return Permission.DECIDE
    return NEEDED.get(after)


def steps_for(visitor: Visitor, finding: Finding) -> list[CaseState]:
    """The states that the visitor may move a case to, the usual next one first."""
    return [
        after
        for after in NEEDED
        if after in TRANSITIONS[finding.state] and _may(visitor, finding.state, after)
    ]


def _may(visitor: Visitor, before: CaseState, after: CaseState) -> bool:
    needed = permission_for(before, after)
    return needed is not None and visitor.may(needed)


def take(office: Office, visitor: Visitor, cases: Sequence[Finding], step: Step) -> None:
    """Takes a step with all of the cases or with none. Raises Refused, StoreError."""
    for finding in cases:
        needed = permission_for(finding.state, step.to)
        if needed is None:
            raise Refused(f"“{CASE_TITLES[step.to]}”由巡检自动认定，不能人工改", 409)
        if not visitor.sees(finding.unit) or not visitor.may(needed):
            raise Refused(f"您的角色不能把“{CASE_TITLES[finding.state]}”改为“{CASE_TITLES[step.to]}”。")
    today = office.now().date()
    if step.to is CaseState.EXEMPTED and step.until is None:
        raise Refused("免责要写明到哪一天为止", 422)
    if step.due is not None and step.due < today:
        raise Refused(f"整改期限 {step.due} 早于今天，请写今天或以后的日期", 422)
    ids = [finding.id for finding in cases]
    thing = ids[0] if len(ids) == 1 else f"{len(ids)}项"
    act = act_of(
        office,
        visitor,
        step.to.value,
        thing,
        cases=ids[:500],
        reason=step.reason,
        until=str(step.until or ""),
        due=str(step.due or ""),
    )
    office.store.decide_cases(
        ids,
        step.to,
        by=visitor.signature,
        reason=step.reason.strip(),
        at=office.clock(),
        until=None if step.until is None else datetime.combine(step.until, time.max, CHINA),
        due=step.due if step.to is CaseState.NOTIFIED else None,
        act=act,
    )
