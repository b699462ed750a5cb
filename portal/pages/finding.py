"""One finding: what, where, since when, why; its pictures, its evidence verified as the page is opened."""

from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form, Request
from fastapi.responses import FileResponse, RedirectResponse, Response

from domain.finding import CASE_TITLES, CaseState, Finding
from portal import exhibits
from portal.acting import Step, steps_for, take
from portal.office import Office
from portal.pages.findings import day_of
from portal.preferences import in_force
from portal.rendering import show
from portal.visitor import Exporter, OfficeDep, Overseer, Refused, Viewer, Visitor, act_of
from portal.wording import explanation
from schemes.spoken import rule_words, worth_words
from storage.faults import StoreError
from storage.listing import Filter

router = APIRouter()
LOCKED_DOWN = "default-src 'none'; sandbox"


def finding_for(office: Office, visitor: Visitor, case: str) -> Finding:
    """The finding, if the visitor may see it. Raises Refused."""
    try:
        finding = office.finding(case)
    except StoreError as error:
        raise Refused(str(error), 404) from error
    if not visitor.sees(finding.unit):
        raise Refused(f"没有编号为“{case}”的检查结果。", 404)
    return finding


@router.get("/findings/{case}")
def finding(request: Request, office: OfficeDep, visitor: Viewer, case: str) -> Response:
    """The page of a finding."""
    found = finding_for(office, visitor, case)
    sensitive = exhibits.is_sensitive(found)
    files = exhibits.inspect(office.data, found)
    shown = {
        kind: next((each for each in reversed(files) if each.file.kind == kind and each.shown), None)
        for kind in ("marked", "screenshot")
    }
    return show(
        request,
        visitor,
        "finding.html",
        finding=found,
        files=files,
        shown=shown,
        sensitive=sensitive,
        events=office.store.events(case),
        sightings=office.store.sightings(case),
        letters=office.store.letters(case),
        due=office.store.due_dates([case]).get(case),
        steps=[(state, CASE_TITLES[state]) for state in steps_for(visitor, found)],
        clauses=clauses_of(office, found),
        explained=explanation(found.check),
        similar=_similar(office, visitor, found),
        today=office.now().date(),
        objection_days=request.app.state.settings.objection_days,
        due_by=office.now().date() + timedelta(days=in_force(office.store.settings())["mend_days"]),
        can_scan=office.outside.scan is not None or office.outside.recheck is not None,
        rechecks=office.store.rechecks_of(case),
        can_pack=office.outside.pack is not None,
    )


def clauses_of(office: Office, finding: Finding) -> list[dict[str, str]]:
    """The scheme lines whose limit is crossed, in words."""
    found = []
    for name in finding.indicators:
        scheme_id, _, no = name.partition("/")
        scheme = office.schemes.get(scheme_id)
        line = next((each for each in scheme.indicators if each.no == no), None) if scheme else None
        if scheme is None or line is None:
            found.append({"scheme": scheme_id, "no": no, "name": name, "title": "", "rule": "", "worth": ""})
            continue
        found.append(
            {
                "scheme": scheme_id,
                "no": no,
                "name": scheme.name,
                "title": line.title,
                "rule": rule_words(line),
                "worth": worth_words(scheme, line),
            }
        )
    return found


def _similar(office: Office, visitor: Visitor, found: Finding) -> list[Finding]:
    same = Filter(check=found.check, subject=found.subject, unit=found.unit)
    near = Filter(check=found.check, unit=found.unit)
    chosen: dict[str, Finding] = {}
    for wanted in (same, near):
        for each in office.listed(wanted, "last_seen", limit=7)[0]:
            if each.id != found.id:
                chosen.setdefault(each.id, each)
    return [each for each in chosen.values() if visitor.sees(each.unit)][:6]


@router.post("/findings/{case}/decide")
def decide(
    office: OfficeDep,
    visitor: Viewer,
    case: str,
    to: Annotated[CaseState, Form()],
    reason: Annotated[str, Form(max_length=2000)] = "",
    until: Annotated[str, Form(max_length=10)] = "",
    due: Annotated[str, Form(max_length=10)] = "",
) -> Response:
    """A decision about one case."""
    found = finding_for(office, visitor, case)
    step = Step(to=to, reason=reason, until=day_of(until, "免责截止日期"), due=day_of(due, "整改期限"))
    take(office, visitor, [found], step)
    return RedirectResponse(f"/findings/{found.id}?said=saved", 303)


@router.get("/findings/{case}/evidence/{number}")
def evidence(office: OfficeDep, visitor: Viewer, case: str, number: int, download: bool = False) -> Response:
    """One file of the evidence that the database lists. A picture is shown, anything else handed out."""
    found = finding_for(office, visitor, case)
    if not 0 <= number < len(found.evidence):
        raise Refused("没有这份佐证。", 404)
    file = found.evidence[number]
    path = exhibits.path_of(office.data, file)
    if path is None:
        raise Refused("佐证文件不在原处，可能已被移走。请系统管理员核验佐证。", 404)
    if exhibits.is_sensitive(found):
        office.store.note(act_of(office, visitor, "sensitive", case, file=file.path))
    media = exhibits.picture_type(file, path)
    if media is not None and not download:
        return FileResponse(path, media_type=media, headers={"content-security-policy": LOCKED_DOWN})
    name = exhibits.download_name(found, number, file)
    return FileResponse(
        path,
        media_type="application/octet-stream",
        headers={
            "content-disposition": f'attachment; filename="{name}"',
            "content-security-policy": LOCKED_DOWN,
        },
    )


@router.get("/findings/{case}/pack.zip")
def pack(office: OfficeDep, visitor: Exporter, case: str) -> Response:
    """The evidence pack that a stranger can verify without us."""
    found = finding_for(office, visitor, case)
    if office.outside.pack is None:
        raise Refused("本次启动没有接通佐证包导出，可用 govwatch evidence export 导出。", 409)
    office.store.note(act_of(office, visitor, "export", f"{case}.zip"))
    with TemporaryDirectory() as folder:
        out = Path(folder) / "pack.zip"
        office.outside.pack(found, out)
        body = out.read_bytes()
    return Response(
        body,
        media_type="application/zip",
        headers={"content-disposition": f"attachment; filename={quote(case)}.zip"},
    )


@router.post("/verify")
def verify(request: Request, office: OfficeDep, visitor: Overseer) -> Response:
    """Proves all kept evidence: every file, every manifest, the chain."""
    if office.outside.verify is None:
        raise Refused("本次启动没有接通佐证核验，可用 govwatch evidence verify 核验。", 409)
    result = office.outside.verify(office.data)
    office.store.note(act_of(office, visitor, "verify", "", ok=result.ok, problems=len(result.problems)))
    return show(request, visitor, "verify.html", result=result)
