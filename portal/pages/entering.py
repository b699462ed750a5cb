"""Entering on the page: what a unit gives itself with its proofs, and all that staff register by hand."""

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, File, Form, Query, Request, UploadFile
from fastapi import Path as PathPart
from fastapi.responses import FileResponse, RedirectResponse, Response

from domain.unit import Unit
from portal import uploads
from portal.entering import BY_KEY, Entry, enter, lines_to_score
from portal.office import Office
from portal.pages.assessing import YearOf
from portal.rendering import show
from portal.roles import Permission
from portal.visitor import OfficeDep, Recorder, Refused, Viewer, Visitor
from schemes.model import Scheme
from schemes.records import in_force
from schemes.scoring import binds

router = APIRouter()
Text = Annotated[str, Form(max_length=2000)]
LOCKED_DOWN = "default-src 'none'; sandbox"
PICTURES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".webp": "image/webp"}


def may_score(visitor: Visitor, unit: str) -> bool:
    """Whether the visitor may say what a unit gives itself: its own liaison, or who keeps the records."""
    own = visitor.may(Permission.ANSWER) and visitor.person.unit == unit
    return own or visitor.may(Permission.RECORD)


def _unit(office: Office, visitor: Visitor, code: str) -> Unit:
    registry = office.registry()
    found = next((each for each in (registry.units if registry else ()) if each.code == code), None)
    if found is None or not visitor.sees(code):
        raise Refused(f"没有编号为“{code}”的单位。", 404)
    return found


def _scheme(office: Office, scheme_id: str, year: int, unit: Unit) -> Scheme:
    """The scheme with the year's weights: only lines that have points can be scored."""
    if office.years.closed(scheme_id, year) is not None or scheme_id in office.schemes:
        scheme = office.years.scheme(scheme_id, year)
        if binds(scheme, unit):
            return scheme
    raise Refused("没有这个考核办法，或它不适用于这一单位。", 404)


@router.get("/records/{unit}/{scheme_id}/{year}")
def scoring(
    request: Request, office: OfficeDep, visitor: Viewer, unit: str, scheme_id: str, year: YearOf
) -> Response:
    """The lines that only people can score: what the unit gives itself, with proofs, and what was given."""
    found = _unit(office, visitor, unit)
    scheme = _scheme(office, scheme_id, year, found)
    records = in_force(office.store.records(scheme_id, year, unit))
    return show(
        request,
        visitor,
        "scoring.html",
        unit=found,
        scheme=scheme,
        year=year,
        lines=lines_to_score(scheme, found, records),
        open=office.store.closing(scheme_id, year) is None,
        claims=may_score(visitor, unit),
        schemes=[each for each in office.schemes_in_force() if binds(each, found)],
    )


@router.post("/records/{unit}/{scheme_id}/{year}")
def score(
    office: OfficeDep,
    visitor: Viewer,
    unit: str,
    scheme_id: str,
    year: YearOf,
    line: Annotated[str, Form(max_length=32)],
    points: Annotated[str, Form(max_length=12, min_length=1)],
    note: Text = "",
    link: Text = "",
    given: Annotated[bool, Form()] = False,
    files: Annotated[list[UploadFile], File()] = [],  # noqa: B006 (FastAPI copies it)
) -> Response:
    """A score for a line: the unit's own, or (`given`) the reviewers'. A later one replaces the former."""
    found = _unit(office, visitor, unit)
    scheme = _scheme(office, scheme_id, year, found)
    if not (visitor.may(Permission.RECORD) if given else may_score(visitor, unit)):
        raise Refused("只有本单位的联络员能够填报自评，只有考核组能够核定得分。")
    if line not in {each.line.no for each in lines_to_score(scheme, found, [])}:
        raise Refused("这一项不由人工评分", 422)
    fields = {"line": line, "score": points, "note": note}
    if given:
        fields |= {"reviewer": visitor.person.name, "reason": note}
        del fields["note"]
    entry = Entry(
        key="review_scores" if given else "self_scores",
        unit=unit,
        scheme=scheme_id,
        year=year,
        fields=fields,
        link=link,
        files=uploads.read_uploads(files),
    )
    enter(office, visitor, entry)
    return RedirectResponse(f"/records/{quote(unit)}/{quote(scheme_id)}/{year}?said=saved#line-{line}", 303)


@router.get("/records/enter")
def form(
    request: Request, office: OfficeDep, visitor: Recorder, kind: Annotated[str, Query()] = "deductions"
) -> Response:
    """The form to register one record of a kind."""
    if kind not in BY_KEY:
        raise Refused("没有这种记录。", 404)
    registry = office.registry()
    schemes = office.schemes_in_force()
    return show(
        request,
        visitor,
        "entry.html",
        kind=BY_KEY[kind],
        kinds=BY_KEY,
        units=registry.units if registry else (),
        schemes=schemes,
        year=office.year(),
        lines=[(scheme, line) for scheme in schemes for line in scheme.indicators],
    )


@router.post("/records/enter")
async def register(request: Request, office: OfficeDep, visitor: Recorder) -> Response:
    """Registers one record; its fields are those of the kind."""
    async with request.form(max_files=uploads.MOST_FILES, max_fields=40) as given:
        written = {key: value for key, value in given.items() if isinstance(value, str)}
        files = [each for each in given.getlist("files") if not isinstance(each, str)]
        kind = BY_KEY.get(written.get("kind", ""))
        if kind is None:
            raise Refused("没有这种记录。", 422)
        year = written.get("year", "")
        if not (year.isascii() and year.isdigit() and len(year) == 4):
            raise Refused("年度应是四位数字，如 2026", 422)
        scheme, _, line = written.get("line", "").rpartition("/")
        fields = {each.key: written[each.key][:2000] for each in kind.fields if each.key in written}
        fields |= {key: written[key][:2000] for key in ("note", "replaces") if key in written}
        if kind.line:
            fields["line"] = line
        entry = Entry(
            key=kind.key,
            unit=written.get("unit", ""),
            scheme=scheme if kind.line else written.get("scheme", ""),
            year=int(year),
            fields=fields,
            link=written.get("link", ""),
            files=uploads.read_uploads([UploadFile(each.file, filename=each.filename) for each in files]),
        )
    enter(office, visitor, entry)
    return RedirectResponse(f"/records?year={entry.year}&said=saved", 303)


@router.get("/proofs/{record}/{number}")
def proof(
    office: OfficeDep, visitor: Viewer, record: str, number: Annotated[int, PathPart(ge=0)]
) -> Response:
    """A file that proves a record: pictures are shown, anything else is handed out."""
    found = next((each for each in office.store.records(None, None, visitor.unit) if each.id == record), None)
    if found is None or not visitor.sees(found.unit) or number >= len(found.proofs):
        raise Refused("没有这份佐证。", 404)
    held = found.proofs[number]
    folder = (office.data / "records").resolve()
    path = (office.data / (held.picture or held.document)).resolve()
    if not (path.is_relative_to(folder) and path.is_file()):
        raise Refused("没有这份佐证文件。", 404)
    headers = {"content-security-policy": LOCKED_DOWN}
    media = PICTURES.get(path.suffix)
    if media is None:
        media = "application/octet-stream"
        headers["content-disposition"] = f"attachment; filename*=UTF-8''{quote(record + path.suffix)}"
    return FileResponse(path, media_type=media, headers=headers)
