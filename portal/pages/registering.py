"""One entry of the registry by its form: a unit, a site or an account is added, changed or taken out."""

from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from domain.target import Registry
from portal.entering import without_places
from portal.office import Office
from portal.pages.keeping import keep_registry
from portal.rendering import show
from portal.visitor import OfficeDep, Refused, Registrar
from storage.intake.fields import Field, Unfit
from storage.intake.form import Form
from storage.intake.node import Scalar
from storage.intake.problem import IntakeError, Place
from storage.registry.forms import ACCOUNT, SITE, SOURCE, UNIT
from storage.registry.loading import parse
from storage.registry.plain import plain

router = APIRouter()
NEW = "new"
FORMS: dict[str, tuple[Form, str]] = {
    "units": (UNIT, "code"),
    "sites": (SITE, "id"),
    "accounts": (ACCOUNT, "id"),
}


def _form(kind: str) -> tuple[Form, str]:
    if kind not in FORMS:
        raise Refused("名录中没有这一类。", 404)
    return FORMS[kind]


def _shape(office: Office) -> dict[str, Any]:
    registry = office.registry()
    if registry is None:
        return {"schemes": [scheme.id for scheme in office.schemes_in_force()], "units": []}
    return plain(registry)


def _entry(shape: dict[str, Any], kind: str, name: str) -> dict[str, Any]:
    key = _form(kind)[1]
    found = next((each for each in shape.get(kind, []) if each[key] == name), None)
    if found is None:
        raise Refused(f"名录中没有编号为“{name}”的这一项。", 404)
    return dict(found)


@router.get("/registry/{kind}/{name}")
def entry(request: Request, office: OfficeDep, visitor: Registrar, kind: str, name: str) -> Response:
    """The form of an entry; `new` adds one."""
    form, _ = _form(kind)
    held = {} if name == NEW else _entry(_shape(office), kind, name)
    return _show(request, office, visitor, kind, name, form, held)


def _show(
    request: Request,
    office: Office,
    visitor: Registrar,
    kind: str,
    name: str,
    form: Form,
    held: dict[str, Any],
    problems: str = "",
) -> Response:
    registry = office.registry()
    return show(
        request,
        visitor,
        "register.html",
        422 if problems else 200,
        kind=kind,
        name=name,
        what=form.what,
        fields=[(each, shown(each, held.get(each.key))) for each in form.fields],
        source=[(each, shown(each, (held.get("source") or {}).get(each.key))) for each in SOURCE.fields]
        if kind == "accounts"
        else [],
        columns=held.get("columns", []),
        units=registry.units if registry else (),
        problems=problems,
    )


def shown(field: Field, value: Any) -> str:
    """A value as its form shows it: one of the choices where there are some."""
    if value is None:
        return ""
    if not field.choices:
        return "、".join(map(str, value)) if isinstance(value, list) else str(value)
    read = _read(field, str(value))
    return next((choice for choice in field.choices if _read(field, choice) == read), str(value))


def _read(field: Field, text: str) -> Any:
    try:
        return field.read(Scalar(Place(file=""), text))
    except Unfit:
        return None


@router.post("/registry/{kind}/{name}")
async def change(request: Request, office: OfficeDep, visitor: Registrar, kind: str, name: str) -> Response:
    """Adds or changes an entry: the whole registry is checked with it, and kept or refused whole."""
    form, key = _form(kind)
    async with request.form(max_files=0, max_fields=60) as given:
        written = {each: str(value).strip()[:2000] for each, value in given.items() if isinstance(value, str)}
    shape = _shape(office)
    held = {} if name == NEW else _entry(shape, kind, name)
    fresh = _written(form, held, written)
    if kind == "accounts":
        fresh["source"] = _written(SOURCE, dict(held.get("source") or {}), written, "source_")
    entries = list(shape.get(kind, []))
    if name == NEW:
        entries.append(fresh)
    else:
        entries = [fresh if each[key] == name else each for each in entries]
    try:
        found = parse({**shape, kind: entries}, schemes=tuple(office.schemes))
    except IntakeError as error:
        return _show(request, office, visitor, kind, name, form, fresh, without_places(error))
    _keep(
        office, visitor, found, f"{'新增' if name == NEW else '修改'}{form.what}“{fresh.get('name', name)}”"
    )
    return RedirectResponse(f"/registry?said=saved#h-{quote(kind)}", 303)


def _written(form: Form, held: dict[str, Any], written: dict[str, str], prefix: str = "") -> dict[str, Any]:
    """What was held with what the form says; what was emptied goes, what the form does not show stays."""
    fresh = dict(held)
    for field in form.fields:
        text = written.get(prefix + field.key)
        if text is None or (text == shown(field, held.get(field.key)) and field.key in held):
            continue
        if text:
            fresh[field.key] = text
        else:
            fresh.pop(field.key, None)
    return fresh


@router.post("/registry/{kind}/{name}/remove")
def remove(office: OfficeDep, visitor: Registrar, kind: str, name: str) -> Response:
    """Takes an entry out; refused where others refer to it. Its findings stay."""
    form, key = _form(kind)
    shape = _shape(office)
    _entry(shape, kind, name)
    left = [each for each in shape[kind] if each[key] != name]
    try:
        found = parse({**shape, kind: left}, schemes=tuple(office.schemes))
    except IntakeError as error:
        raise Refused(without_places(error), 422) from error
    _keep(office, visitor, found, f"删除{form.what}“{name}”")
    return RedirectResponse("/registry?said=saved", 303)


def _keep(office: Office, visitor: Registrar, found: Registry, note: str) -> None:
    keep_registry(office, visitor, found, note[:200])
