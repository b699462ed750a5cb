"""Runs: how far a scan is, what it came to, what could not be seen and why."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from portal.office import Office
from portal.preferences import pace_of
from portal.rendering import show
from portal.visitor import OfficeDep, Overseer, Refused, Scanner, act_of
from storage.runs import Run, TargetReport
from storage.staging import headway

router = APIRouter()


@router.get("/runs")
def runs(request: Request, office: OfficeDep, visitor: Overseer) -> Response:
    """All runs, newest first."""
    found = office.store.runs(60)
    registry = office.registry()
    targets = [*registry.sites, *registry.accounts] if registry else []
    return show(
        request,
        visitor,
        "runs.html",
        runs=found,
        progress={run.id: progress_of(office, run) for run in found if run.state == "running"},
        can_scan=office.outside.scan is not None and registry is not None,
        targets=targets,
    )


def progress_of(office: Office, run: Run) -> tuple[int, int]:
    """How many of how many targets of a run are judged, whether taken in or waiting for it."""
    found = headway(office.store, office.data, run.id)
    return found.done, found.whole


@router.post("/runs")
def start(
    office: OfficeDep,
    visitor: Scanner,
    target: Annotated[list[str], Form()] = [],  # noqa: B006
) -> Response:
    """Starts a scan of all, or of some sites and accounts."""
    registry = office.registry()
    if office.outside.scan is None or registry is None:
        raise Refused("本次启动没有接通巡检，或还没有名录。可用 govwatch scan 巡检。", 409)
    known = office.targets()
    chosen = [each for each in dict.fromkeys(target) if each]
    if unknown := [each for each in chosen if each not in known]:
        raise Refused(f"名录中没有“{'、'.join(unknown[:5])}”", 422)
    office.outside.scan(registry, chosen, pace_of(office.store.settings()))
    office.store.note(act_of(office, visitor, "scan", "、".join(chosen)[:200] or "全部"))
    return RedirectResponse("/runs?said=started", 303)


@router.get("/runs/{run_id}")
def run(request: Request, office: OfficeDep, visitor: Overseer, run_id: str) -> Response:
    """One run: each target, and what could not be judged, gathered by reason."""
    found = office.store.run(run_id)
    came = office.kept_of_run(found, ("came to",), lambda: _came_to(office, found))
    reports = office.store.targets(run_id)
    return show(
        request,
        visitor,
        "run.html",
        run=found,
        reports=reports,
        done=headway(office.store, office.data, run_id).done,
        starts=_starts(found),
        came=came,
        blind=[report for report in reports if _is_blind(report)],
    )


def _starts(run: Run) -> dict[str, datetime]:
    """When each site is to be begun, of a night that is spread over its window."""
    slots = run.options.get("slots") or {}
    return {site: datetime.fromisoformat(at) for site, at in slots.get("starts", {}).items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class CameTo:
    """What a run came to: in all, by target, and each reason for not judging with target and checks."""

    totals: Mapping[str, int]
    tally: Mapping[str, Mapping[str, int]]
    reasons: Sequence[tuple[str, str, Sequence[str]]]
    crashes: int


def _came_to(office: Office, run: Run) -> CameTo:
    tally = office.store.outcome_counts_by_target(run.number)
    totals: Counter[str] = Counter()
    for counted in tally.values():
        totals.update(counted)
    reasons: dict[tuple[str, str], dict[str, None]] = {}
    for each in office.store.unjudged(run.number):
        reasons.setdefault((each.target, each.reason), {})[each.check] = None
    return CameTo(
        totals=totals,
        tally=tally,
        reasons=[(target, reason, tuple(checks)) for (target, reason), checks in sorted(reasons.items())],
        crashes=office.store.crashes(run.number),
    )


def _is_blind(report: TargetReport) -> bool:
    return report.state != "pending" and (not report.complete or bool(report.gaps) or bool(report.note))
