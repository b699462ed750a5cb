"""The list of findings: filters in the address, sorting, bulk decisions, saved views, export of the list."""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated
from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from checks.catalogue import all_checks
from domain.finding import CaseState, Finding
from portal import passwords
from portal.acting import Step, take
from portal.filters import PAGE, AskedDep
from portal.office import Office
from portal.rendering import query, show
from portal.roles import Permission
from portal.visitor import Exporter, OfficeDep, Refused, Viewer, act_of
from storage.export import findings_csv, findings_jsonl, findings_xlsx

router = APIRouter()
MOST_AT_ONCE = 500
MOST_EXPORTED = 200_000

MEDIA = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/x-ndjson; charset=utf-8",
}


@router.get("/findings")
def findings(request: Request, office: OfficeDep, visitor: Viewer, asked: AskedDep) -> Response:
    """A page of the list."""
    found, total = office.listed(
        asked.filter(visitor),
        asked.sort,
        descending=asked.descending,
        limit=PAGE,
        offset=(asked.page - 1) * PAGE,
    )
    ids = [finding.id for finding in found]
    registry = office.registry()
    units = registry.units if registry else ()
    return show(
        request,
        visitor,
        "findings.html",
        findings=found,
        total=total,
        pages=max(1, -(-total // PAGE)),
        asked=asked,
        values=asked.values(),
        checks=all_checks(),
        units=[unit for unit in units if visitor.sees(unit.code)],
        due=office.store.due_dates(ids),
        views=office.store.views(visitor.person.id),
        most=MOST_AT_ONCE,
        bulk=[
            (state, words)
            for state, words, needed in (
                (CaseState.CONFIRMED, "认定违规", Permission.REVIEW),
                (CaseState.DISMISSED, "不予认定", Permission.REVIEW),
                (CaseState.NOTIFIED, "通知单位", Permission.NOTIFY),
                (CaseState.CLOSED, "办结", Permission.REVIEW),
            )
            if visitor.may(needed)
        ],
    )


@router.post("/findings/decide")
def decide(
    office: OfficeDep,
    visitor: Viewer,
    to: Annotated[CaseState, Form()],
    case: Annotated[list[str], Form(max_length=MOST_AT_ONCE)],
    reason: Annotated[str, Form(max_length=2000)] = "",
    due: Annotated[str, Form(max_length=10)] = "",
    back: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    """One decision about all that is ticked: all or none."""
    cases = [office.finding(each) for each in dict.fromkeys(case)]
    take(office, visitor, cases, Step(to=to, reason=reason, due=day_of(due, "整改期限")))
    kept = [(key, value) for key, value in parse_qsl(back) if key != "said"]
    return RedirectResponse("/findings?" + urlencode([*kept, ("said", "saved")]), 303)


def day_of(text: str, what: str) -> date | None:
    """A day from a form; None when left empty. Raises Refused."""
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise Refused(f"{what}“{text}”不是日期，请写成 2026-06-30 的形式", 422) from error


@router.get("/findings/export.{format}")
def export(office: OfficeDep, visitor: Exporter, asked: AskedDep, format: str) -> Response:
    """Exactly what the list shows under the same address, all pages of it, in its order."""
    if format not in MEDIA:
        raise Refused("可导出的格式有 xlsx、csv、jsonl", 404)
    found = listed(office, visitor, asked)
    office.store.note(act_of(office, visitor, "export", f"findings.{format}", number=len(found)))
    names = office.names()
    if format == "xlsx":
        with TemporaryDirectory() as folder:
            path = Path(folder) / "findings.xlsx"
            findings_xlsx(found, path, names)
            body = path.read_bytes()
    elif format == "csv":
        body = findings_csv(found, names).encode("utf-8")
    else:
        body = findings_jsonl(found).encode("utf-8")
    name = f"findings-{office.as_of().isoformat()}.{format}"
    return Response(
        body,
        media_type=MEDIA[format],
        headers={"content-disposition": f'attachment; filename="{name}"'},
    )


def listed(office: Office, visitor: Viewer, asked: AskedDep) -> list[Finding]:
    """All findings of a list with their evidence, in its order."""
    wanted = asked.filter(visitor)
    found, _ = office.listed(wanted, asked.sort, descending=asked.descending, limit=MOST_EXPORTED)
    unit = wanted.unit or None
    whole = {each.id: each for each in office.store.findings(unit=unit, check=wanted.check or None)}
    return [whole.get(each.id, each) for each in found]


@router.post("/views")
def save_view(
    office: OfficeDep,
    visitor: Viewer,
    name: Annotated[str, Form(min_length=1, max_length=40)],
    query_string: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    """Keeps the filters of a list under a name."""
    kept = urlencode([(key, value) for key, value in parse_qsl(query_string) if key not in ("page", "said")])
    office.store.save_view(passwords.name(), visitor.person.id, name.strip(), kept, office.clock())
    return RedirectResponse(f"/findings?{kept}", 303)


@router.post("/views/{view}/drop")
def drop_view(office: OfficeDep, visitor: Viewer, view: str) -> Response:
    """Forgets a saved view."""
    office.store.drop_view(view, visitor.person.id)
    return RedirectResponse("/findings" + query({"said": "saved"}), 303)
