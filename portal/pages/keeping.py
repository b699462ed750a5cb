"""What the office keeps: the registry, records entered by hand, settings, the words the program reads by."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

from fastapi import APIRouter, File, Form, Request, UploadFile
from fastapi.responses import RedirectResponse, Response

from domain.target import Registry
from portal.office import Office
from portal.pages.assessing import XLSX, Year
from portal.preferences import PREFERENCES, changed
from portal.rendering import show
from portal.roles import Permission
from portal.uploads import MOST_BYTES, plain_name
from portal.visitor import (
    Configurer,
    Exporter,
    OfficeDep,
    Overseer,
    Recorder,
    Refused,
    Registrar,
    Viewer,
    Visitor,
    act_of,
)
from schemes.columnwords import shipped
from schemes.lexicon import shipped as shipped_lexicon
from schemes.model import Scheme
from schemes.records import KINDS, in_force
from schemes.scoring import binds
from storage.intake.problem import IntakeError
from storage.records import import_file, write_template
from storage.registry import dump_yaml, load, write_workbook

router = APIRouter()
MOST_TEXT = 4 * 1024 * 1024


@router.get("/registry")
def registry(request: Request, office: OfficeDep, visitor: Overseer) -> Response:
    """Who and what is watched."""
    return _registry(request, office, visitor)


def _registry(
    request: Request, office: OfficeDep, visitor: Overseer, problems: str = "", text: str = ""
) -> Response:
    found = office.registry()
    return show(
        request,
        visitor,
        "registry.html",
        422 if problems else 200,
        registry=found,
        problems=problems,
        text=text or (dump_yaml(found) if found else ""),
        log=office.store.registry_log(),
        scheme_names={scheme.id: scheme.name for scheme in office.schemes.values()},
        editing=bool(problems) or request.query_params.get("edit") == "1",
    )


@router.post("/registry/import")
def import_registry(
    request: Request, office: OfficeDep, visitor: Registrar, file: Annotated[UploadFile, File()]
) -> Response:
    """A new registry from a file: taken whole, or refused with every fault named."""
    name = plain_name(file.filename or "")
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(_bounded(file))
        try:
            found = load(path, known_schemes=tuple(office.schemes))
        except IntakeError as error:
            return _registry(request, office, visitor, str(error))
    keep_registry(office, visitor, found, f"导入 {name}")
    return RedirectResponse("/registry?said=saved", 303)


def _bounded(file: UploadFile) -> bytes:
    body = file.file.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        raise Refused(f"文件超过 {MOST_BYTES // 1024 // 1024} MB", 422)
    return body


@router.post("/registry/edit")
def edit_registry(
    request: Request,
    office: OfficeDep,
    visitor: Registrar,
    text: Annotated[str, Form(max_length=MOST_TEXT)],
    note: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    """The registry as edited on the page, in the form of its file; refused text stays to be mended."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "名录.yaml"
        path.write_text(text, encoding="utf-8")
        try:
            found = load(path, known_schemes=tuple(office.schemes))
        except IntakeError as error:
            return _registry(request, office, visitor, str(error), text)
    keep_registry(office, visitor, found, note.strip() or "在线修改")
    return RedirectResponse("/registry?said=saved", 303)


def keep_registry(office: Office, visitor: Visitor, found: Registry, note: str) -> None:
    """Keeps a new version of the registry; the change is on record."""
    act = act_of(office, visitor, "registry", note, units=len(found.units), sites=len(found.sites))
    office.store.keep_registry(found, note, visitor.signature[:64], office.clock(), act)


@router.get("/registry/export.{format}")
def export_registry(office: OfficeDep, visitor: Overseer, format: str) -> Response:
    """The registry as a file that can be imported again."""
    found = office.registry()
    if found is None:
        raise Refused("还没有名录。", 404)
    headers = {"content-disposition": f"attachment; filename=registry.{format}"}
    if format == "yaml":
        return Response(dump_yaml(found), media_type="application/octet-stream", headers=headers)
    if format != "xlsx":
        raise Refused("可导出的格式有 yaml、xlsx", 404)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "registry.xlsx"
        write_workbook(found, path)
        return Response(path.read_bytes(), media_type=XLSX, headers=headers)


@router.get("/records")
def records(request: Request, office: OfficeDep, visitor: Viewer, year: Year = None) -> Response:
    """What people entered for the assessments."""
    return _records(request, office, visitor, year=year)


def _records(
    request: Request, office: OfficeDep, visitor: Viewer, problems: str = "", year: int | None = None
) -> Response:
    when = year or office.year()
    found = office.store.records(None, when, visitor.unit)
    return show(
        request,
        visitor,
        "records.html",
        422 if problems else 200,
        records=[each for each in found if visitor.sees(each.unit)],
        in_force={each.id for each in in_force(found)},
        kinds={name: kind.title for name, kind in KINDS.items()},
        year=when,
        schemes=office.schemes_in_force(),
        mine=_scored_by(office, visitor),
        problems=problems,
    )


def _scored_by(office: Office, visitor: Visitor) -> list[Scheme]:
    """The schemes under which the visitor's own unit may score itself."""
    registry = office.registry()
    units = [unit for unit in (registry.units if registry else ()) if unit.code == visitor.unit]
    if not units or not visitor.may(Permission.ANSWER):
        return []
    return [scheme for scheme in office.schemes_in_force() if binds(scheme, units[0])]


@router.get("/records/template.xlsx")
def records_template(office: OfficeDep, visitor: Exporter, scheme: str = "") -> Response:
    """An empty workbook to enter records in."""
    chosen = office.schemes.get(scheme)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "records.xlsx"
        write_template(path, chosen, office.year(chosen))
        body = path.read_bytes()
    return Response(
        body, media_type=XLSX, headers={"content-disposition": "attachment; filename=records.xlsx"}
    )


@router.post("/records/import")
def import_records(
    request: Request,
    office: OfficeDep,
    visitor: Recorder,
    files: Annotated[list[UploadFile], File()],
) -> Response:
    """Records from a workbook or YAML file with the pictures that prove them: all of it or nothing."""
    with TemporaryDirectory() as folder:
        main: Path | None = None
        for file in files[:60]:
            path = Path(folder) / plain_name(file.filename or "")
            path.write_bytes(_bounded(file))
            if main is None and path.suffix.lower() in {".xlsx", ".yaml", ".yml"}:
                main = path
        if main is None:
            raise Refused("请选择按模板填写的 .xlsx 或 .yaml 文件，佐证图片可一并选择", 422)
        try:
            done = import_file(
                office.store,
                office.data,
                main,
                at=office.clock(),
                schemes=office.schemes,
                author=visitor.signature,
                registry=office.registry(),
            )
        except IntakeError as error:
            return _records(request, office, visitor, str(error))
    act = act_of(office, visitor, "records", main.name, added=len(done.added), already=done.already)
    office.store.note(act)
    return RedirectResponse("/records?said=saved", 303)


@router.get("/lexicon")
def lexicon(request: Request, office: OfficeDep, visitor: Viewer) -> Response:
    """The wordings by which columns are recognised."""
    return show(request, visitor, "lexicon.html", columns=shipped().kinds, terms=shipped_lexicon().terms)


@router.get("/settings")
def settings(request: Request, office: OfficeDep, visitor: Configurer) -> Response:
    """What may be set here, and all that was set where the program was started."""
    return show(
        request,
        visitor,
        "settings.html",
        preferences=PREFERENCES,
        values=office.store.settings(),
        effective=request.app.state.settings.effective,
        log=office.store.settings_log(),
        titles={each.name: each.title for each in PREFERENCES},
        data=str(office.data),
        database=office.store.address,
    )


@router.post("/settings")
async def set_settings(request: Request, office: OfficeDep, visitor: Configurer) -> Response:
    """Keeps the settings; each change is on record."""
    async with request.form(max_files=0, max_fields=40) as given:
        written = {key: value for key, value in given.items() if isinstance(value, str)}
    found = changed(office.store.settings(), written)
    for name, value in found.items():
        act = act_of(office, visitor, "settings", name, value=value)
        office.store.keep_setting(name, value, visitor.person.login, office.clock(), act)
    return RedirectResponse("/settings?said=saved", 303)
