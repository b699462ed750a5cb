"""What scripts may read: findings, outcomes, units, sites, accounts, runs, schemes, assessments."""

from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse

from domain.observation import CHINA
from portal.filters import AskedDep
from portal.pages.assessing import YearOf
from portal.pages.finding import finding_for
from portal.visitor import OfficeDep, Overseer, Refused, Viewer
from schemes.present import assessment_json, scheme_as_json
from storage.closing import closing_as_json
from storage.export import finding_object, outcome_object
from storage.registry import plain
from storage.runs import Run

router = APIRouter(prefix="/api/v1", tags=["读取"])
Limit = Annotated[int, Query(ge=1, le=1000)]
Offset = Annotated[int, Query(ge=0, le=10_000_000)]


@router.get("/openapi.json", include_in_schema=False)
def openapi(request: Request, visitor: Viewer) -> JSONResponse:
    """The description of this interface."""
    whole = request.app.openapi()
    paths = {path: item for path, item in whole["paths"].items() if path.startswith("/api/")}
    return JSONResponse({**whole, "paths": paths})


@router.get("/me")
def me(visitor: Viewer) -> dict[str, Any]:
    """Who is asking and what they may do."""
    return {
        "login": visitor.person.login,
        "name": visitor.person.name,
        "role": visitor.role.value,
        "unit": visitor.unit,
        "permissions": sorted(permission.value for permission in visitor.permissions),
    }


@router.get("/findings")
def findings(
    office: OfficeDep, visitor: Viewer, asked: AskedDep, limit: Limit = 100, offset: Offset = 0
) -> dict[str, Any]:
    """Findings by the filters of the page of the same name, without their evidence."""
    found, total = office.listed(
        asked.filter(visitor), asked.sort, descending=asked.descending, limit=limit, offset=offset
    )
    return {"total": total, "items": [finding_object(each) for each in found]}


@router.get("/findings/{case}")
def finding(office: OfficeDep, visitor: Viewer, case: str) -> dict[str, Any]:
    """One finding with its evidence, its sightings and the steps of its life."""
    found = finding_for(office, visitor, case)
    due = office.store.due_dates([case]).get(case)
    return finding_object(found) | {
        "due": due.isoformat() if due else None,
        "events": [
            {
                "at": event.at.isoformat(),
                "by": event.by,
                "before": event.before,
                "after": event.after,
                "reason": event.reason,
            }
            for event in office.store.events(case)
        ],
        "sightings_list": [
            {"at": seen.at.isoformat(), "summary": seen.summary} for seen in office.store.sightings(case)
        ],
    }


@router.get("/outcomes")
def outcomes(
    office: OfficeDep,
    visitor: Viewer,
    run: str = "",
    target: str = "",
    limit: Limit = 1000,
    offset: Offset = 0,
) -> dict[str, Any]:
    """Every judgement of a run, by default the last one."""
    found, total = office.store.verdicts(run or None, target or None, visitor.unit, limit, offset)
    return {"total": total, "items": [outcome_object(each) for each in found]}


@router.get("/units")
def units(office: OfficeDep, visitor: Viewer) -> list[dict[str, Any]]:
    """The units of the registry."""
    return _of_registry(office, visitor, "units", "code")


@router.get("/sites")
def sites(office: OfficeDep, visitor: Viewer) -> list[dict[str, Any]]:
    """The sites of the registry."""
    return _of_registry(office, visitor, "sites", "unit")


@router.get("/accounts")
def accounts(office: OfficeDep, visitor: Viewer) -> list[dict[str, Any]]:
    """The accounts of the registry."""
    return _of_registry(office, visitor, "accounts", "unit")


def _of_registry(office: OfficeDep, visitor: Viewer, name: str, owner: str) -> list[dict[str, Any]]:
    registry = office.registry()
    shape = plain(registry) if registry else {}
    return [each for each in shape.get(name, []) if visitor.sees(each[owner])]


@router.get("/runs")
def runs(office: OfficeDep, visitor: Overseer, limit: Limit = 100) -> list[dict[str, Any]]:
    """The runs, newest first."""
    return [_run(run) for run in office.store.runs(limit)]


@router.get("/runs/{run_id}")
def run(office: OfficeDep, visitor: Overseer, run_id: str) -> dict[str, Any]:
    """One run with what it came to at each target."""
    reports = office.store.targets(run_id)
    return _run(office.store.run(run_id)) | {
        "targets": [
            {
                "kind": report.kind,
                "id": report.target,
                "state": report.state,
                "complete": report.complete,
                "note": report.note,
                "gaps": [dict(gap) for gap in report.gaps],
            }
            for report in reports
        ]
    }


def _iso(instant: datetime | None) -> str | None:
    return None if instant is None else instant.astimezone(CHINA).isoformat(timespec="minutes")


def _run(run: Run) -> dict[str, Any]:
    return {
        "id": run.id,
        "state": run.state,
        "as_of": _iso(run.as_of),
        "started": _iso(run.started),
        "ended": _iso(run.ended),
        "counts": dict(run.counts),
        "program": run.program,
    }


@router.get("/schemes")
def schemes(office: OfficeDep, visitor: Viewer) -> list[dict[str, Any]]:
    """All schemes with their lines."""
    return [scheme_as_json(scheme) for scheme in office.schemes.values()]


@router.get("/assessments/{scheme_id}/{year}")
def assessment(office: OfficeDep, visitor: Viewer, scheme_id: str, year: YearOf) -> dict[str, Any]:
    """Each unit's score with its range, lines and rows; a unit sees its own.

    A closed year is given as it was closed, with what appeals made of it beside.
    """
    shut = office.years.closed(scheme_id, year)
    if shut is None and scheme_id not in office.schemes:
        raise Refused(f"没有编号为“{scheme_id}”的考核办法。", 404)
    scheme = office.years.scheme(scheme_id, year)
    cards = [card for card in office.cards(scheme, year) if visitor.sees(card.unit)]
    if shut is not None:
        shut = replace(
            shut, appeals={unit: each for unit, each in shut.appeals.items() if visitor.sees(unit)}
        )
    return assessment_json(scheme, year, cards) | closing_as_json(shut)
