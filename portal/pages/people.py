"""People: who may sign in, in which role; tokens for scripts; the audit log."""

import re
from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from portal import passwords
from portal.rendering import show
from portal.roles import ROLE_TITLES, ROLE_WORDS, SCOPE_TITLES, Role, Scope
from portal.starting import new_person
from portal.visitor import Auditor, OfficeDep, PeopleKeeper, Refused, Viewer, act_of
from portal.wording import ACTS
from storage.people import Token

router = APIRouter()
LOGIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,39}")
PAGE = 100


@router.get("/people")
def people(request: Request, office: OfficeDep, visitor: PeopleKeeper) -> Response:
    """All people, and the form to add one."""
    return _people(request, office, visitor)


def _people(request: Request, office: OfficeDep, visitor: PeopleKeeper, **told: str) -> Response:
    registry = office.registry()
    return show(
        request,
        visitor,
        "people.html",
        people=office.store.people(),
        roles=ROLE_TITLES,
        role_words=ROLE_WORDS,
        units=registry.units if registry else (),
        now=office.now(),
        word=told.get("word", ""),
        word_for=told.get("login", ""),
    )


@router.post("/people")
def add_person(
    request: Request,
    office: OfficeDep,
    visitor: PeopleKeeper,
    login: Annotated[str, Form(max_length=64)],
    name: Annotated[str, Form(max_length=60)],
    role: Annotated[Role, Form()],
    unit: Annotated[str, Form(max_length=64)] = "",
) -> Response:
    """Adds a person; the one-time password is shown once, here."""
    login = login.strip()
    if not LOGIN.fullmatch(login):
        raise Refused("登录名应为 2 至 40 个字母、数字、点、横线或下划线，以字母或数字开头", 422)
    if not name.strip():
        raise Refused("请填写姓名", 422)
    unit = _unit_for(office, role, unit)
    word = passwords.one_time()
    person = new_person(login, name.strip(), role, unit, word, office.clock())
    office.store.add_person(
        person, act_of(office, visitor, "person_added", login, role=role.value, unit=unit)
    )
    return _people(request, office, visitor, word=word, login=login)


def _unit_for(office: OfficeDep, role: Role, unit: str) -> str:
    if role is not Role.LIAISON:
        return ""
    registry = office.registry()
    if registry is None or unit not in {each.code for each in registry.units}:
        raise Refused("单位联络员必须属于名录中的一个单位，请选择单位", 422)
    return unit


@router.post("/people/{person}")
def change_person(
    office: OfficeDep,
    visitor: PeopleKeeper,
    person: str,
    role: Annotated[Role, Form()],
    unit: Annotated[str, Form(max_length=64)] = "",
    active: Annotated[bool, Form()] = False,
) -> Response:
    """Changes role, unit or whether one may sign in; the person is signed out."""
    before = office.store.person(person)
    if before.id == visitor.person.id:
        raise Refused("不能修改自己的角色或停用自己，请由另一位系统管理员办理", 409)
    act = act_of(office, visitor, "person_changed", before.login, role=role.value, unit=unit, active=active)
    office.store.change_person(
        person, act, end_sessions=True, role=role.value, unit=_unit_for(office, role, unit), active=active
    )
    return RedirectResponse("/people?said=saved", 303)


@router.post("/people/{person}/reset")
def reset_password(request: Request, office: OfficeDep, visitor: PeopleKeeper, person: str) -> Response:
    """A new one-time password, shown once, which also unlocks."""
    before = office.store.person(person)
    word = passwords.one_time()
    office.store.change_person(
        person,
        act_of(office, visitor, "password_reset", before.login),
        end_sessions=True,
        password=passwords.hash_of(word),
        one_time=True,
        failures=0,
        locked_until=None,
    )
    return _people(request, office, visitor, word=word, login=before.login)


@router.get("/tokens")
def tokens(request: Request, office: OfficeDep, visitor: Viewer) -> Response:
    """One's own tokens for scripts."""
    return _tokens(request, office, visitor, "")


def _tokens(request: Request, office: OfficeDep, visitor: Viewer, key: str) -> Response:
    held = office.store.tokens(visitor.person.id)
    return show(request, visitor, "tokens.html", tokens=held, scopes=SCOPE_TITLES, key=key)


@router.post("/tokens")
def add_token(
    request: Request,
    office: OfficeDep,
    visitor: Viewer,
    name: Annotated[str, Form(max_length=60)],
    scopes: Annotated[list[Scope], Form()],
    days: Annotated[int, Form(ge=1, le=366)] = 90,
) -> Response:
    """Makes a token; its key is shown once, here."""
    now, key = office.clock(), "gw_" + passwords.key()
    token = Token(
        id=passwords.name(),
        person=visitor.person.id,
        name=name.strip() or "未命名",
        scopes=tuple(dict.fromkeys(scope.value for scope in scopes)),
        created=now,
        expires=now + timedelta(days=days),
        used=None,
        revoked=None,
    )
    act = act_of(office, visitor, "token_added", token.name, scopes=list(token.scopes), days=days)
    office.store.add_token(token, passwords.digest_of(key), act)
    return _tokens(request, office, visitor, key)


@router.post("/tokens/{token}/revoke")
def revoke_token(office: OfficeDep, visitor: Viewer, token: str) -> Response:
    """Ends a token of one's own."""
    act = act_of(office, visitor, "token_revoked", token)
    office.store.revoke_token(token, visitor.person.id, office.clock(), act)
    return RedirectResponse("/tokens?said=saved", 303)


@router.get("/audit")
def audit(
    request: Request, office: OfficeDep, visitor: Auditor, who: str = "", act: str = "", page: int = 1
) -> Response:
    """The audit log, newest first."""
    page = min(max(page, 1), 100_000)
    lines, total = office.store.acts(who=who, act=act, limit=PAGE, offset=(page - 1) * PAGE)
    return show(
        request,
        visitor,
        "audit.html",
        lines=lines,
        total=total,
        page=page,
        pages=max(1, -(-total // PAGE)),
        asked={"who": who, "act": act},
        acts=ACTS,
        names_of=dict(office.names().targets) | dict(office.names().units),
    )
