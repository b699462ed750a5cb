"""What scripts may do: decide about cases, start a scan."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from domain.finding import CaseState
from portal.acting import Step, take
from portal.pages.finding import finding_for
from portal.preferences import pace_of
from portal.visitor import OfficeDep, Refused, Scanner, Viewer, act_of

router = APIRouter(prefix="/api/v1", tags=["办理"])


class Decision(BaseModel):
    """A step with a case: the state to move to, why, until when (exemptions), due when (notices)."""

    model_config = ConfigDict(extra="forbid")
    to: CaseState
    reason: Annotated[str, Field(max_length=2000)] = ""
    until: date | None = None
    due: date | None = None


class ScanOrder(BaseModel):
    """What to scan: ids of sites and accounts; none: all."""

    model_config = ConfigDict(extra="forbid")
    targets: Annotated[list[str], Field(max_length=2000)] = []


@router.post("/findings/{case}/decide")
def decide(office: OfficeDep, visitor: Viewer, case: str, decision: Decision) -> dict[str, Any]:
    """Moves a case to another state; the case's own permission is asked for."""
    found = finding_for(office, visitor, case)
    step = Step(to=decision.to, reason=decision.reason, until=decision.until, due=decision.due)
    take(office, visitor, [found], step)
    return {"id": found.id, "state": decision.to.value}


@router.post("/runs", status_code=202)
def start(office: OfficeDep, visitor: Scanner, order: ScanOrder) -> dict[str, Any]:
    """Starts a scan."""
    registry = office.registry()
    if office.outside.scan is None or registry is None:
        raise Refused("本次启动没有接通巡检，或还没有名录。", 409)
    known = office.targets()
    if unknown := [each for each in order.targets if each not in known]:
        raise Refused(f"名录中没有“{'、'.join(unknown[:5])}”", 422)
    office.outside.scan(registry, order.targets, pace_of(office.store.settings()))
    office.store.note(act_of(office, visitor, "scan", "、".join(order.targets)[:200] or "全部"))
    return {"started": True}
