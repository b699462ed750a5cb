"""Signing in and out, changing the password."""

from dataclasses import replace
from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import RedirectResponse, Response

from portal import passwords
from portal.office import Office
from portal.oidc import FRESH, SignInFault, SignOn
from portal.rendering import show
from portal.visitor import (
    COOKIE,
    IDLE,
    OfficeDep,
    Refused,
    Visitor,
    act_of,
    address_of,
    key_in_cookie,
    visitor_of,
)
from storage.people import Act, Person

router = APIRouter()

JOURNEY = "govwatch_oidc"
NO_PASSWORD = "!"
"""No hash at all: no password fits it."""
MOST_FAILURES = 5
LOCKED_FOR = timedelta(minutes=15)
WRONG = "登录名或密码不正确。"
LOCKED = f"连续输错 {MOST_FAILURES} 次，该账号已锁定 {LOCKED_FOR.seconds // 60} 分钟，请稍后再试。"

SignedIn = Annotated[Visitor, Depends(visitor_of)]


def safe_next(wanted: str) -> str:
    """Where to go after signing in: a page of ours, never elsewhere."""
    fine = wanted.startswith("/") and not wanted.startswith(("//", "/\\", "/login"))
    return wanted if fine and wanted.isprintable() and "\\" not in wanted else "/"


@router.get("/login")
def ask(request: Request, next: str = "/") -> Response:
    """The form to sign in."""
    return show(request, None, "login.html", next=safe_next(next), login="", fault="")


@router.get("/login/oidc")
def ask_provider(request: Request, next: str = "/") -> Response:
    """Sends the browser to the identity service."""
    place, cookie = _sign_on(request).begin(safe_next(next))
    answer = RedirectResponse(place, 303)
    answer.set_cookie(
        JOURNEY,
        cookie,
        max_age=FRESH,
        path="/login/oidc",
        httponly=True,
        samesite="lax",
        secure=_secure(request),
    )
    return answer


@router.get("/login/oidc/back")
def come_back(
    request: Request,
    office: OfficeDep,
    state: Annotated[str, Query(max_length=200)] = "",
    code: Annotated[str, Query(max_length=4000)] = "",
    error: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """The browser comes back from the identity service: whoever it names signs in, if known here."""
    if error or not code:
        raise Refused("身份认证没有完成，请重新登录，或用密码登录。", 401)
    try:
        login, following = _sign_on(request).finish(
            request.cookies.get(JOURNEY, ""), state, code, office.clock()
        )
    except SignInFault as fault:
        note = Act(at=office.clock(), who="", act="sign_in_failed", address=address_of(request))
        office.store.note(replace(note, detail={"by": "oidc", "reason": str(fault)}))
        raise Refused(f"{fault}。", 401) from fault
    person = office.store.person_by_login(login)
    if person is None or not person.active:
        note = Act(at=office.clock(), who=login[:64], act="sign_in_failed", address=address_of(request))
        office.store.note(replace(note, detail={"by": "oidc"}))
        raise Refused(f"“{login[:64]}”在本系统没有账号或已停用，请联系系统管理员。", 403)
    if person.one_time:
        # The password that nobody has used is of no use any more; an administrator may set a new one.
        act = Act(at=office.clock(), who=person.login, act="password", detail={"by": "oidc"})
        office.store.change_person(person.id, act, password=NO_PASSWORD, one_time=False)
    answer = _begin(request, office, person, safe_next(following), by="oidc")
    answer.delete_cookie(JOURNEY, path="/login/oidc")
    return answer


def _sign_on(request: Request) -> SignOn:
    found: SignOn | None = request.app.state.sign_on
    if found is None:
        raise Refused("没有接通统一身份认证，请用密码登录。", 404)
    return found


def _secure(request: Request) -> bool:
    return bool(request.app.state.settings.secure_cookie) or request.url.scheme == "https"


def _begin(request: Request, office: Office, person: Person, following: str, by: str = "") -> Response:
    """Begins a session and sends the browser on."""
    now = office.clock()
    key = passwords.key()
    detail = {"by": by} if by else {}
    act = Act(at=now, who=person.login, act="sign_in", detail=detail, address=address_of(request))
    office.store.begin_session(person.id, passwords.digest_of(key), now, now + IDLE, act)
    answer = RedirectResponse(following, 303)
    answer.set_cookie(
        COOKIE,
        request.app.state.signer.sign(key).decode(),
        httponly=True,
        samesite="lax",
        secure=_secure(request),
    )
    return answer


@router.post("/login")
def sign_in(
    request: Request,
    office: OfficeDep,
    login: Annotated[str, Form(max_length=64)],
    password: Annotated[str, Form(max_length=256)],
    next: Annotated[str, Form(max_length=2000)] = "/",
) -> Response:
    """Signs in, or says that it did not work without saying why; locks after too many failures."""
    login = login.strip()
    if not login.isprintable():
        return show(request, None, "login.html", 401, next=safe_next(next), login="", fault=WRONG)
    person = office.store.person_by_login(login)
    fault = _fault_of(office, request, person, login, password)
    if fault or person is None:
        return show(request, None, "login.html", 401, next=safe_next(next), login=login, fault=fault)
    return _begin(request, office, person, "/password" if person.one_time else safe_next(next))


def _fault_of(office: Office, request: Request, person: Person | None, login: str, password: str) -> str:
    now = office.clock()
    act = Act(at=now, who=login, act="sign_in_failed", address=address_of(request))
    if person is None or not person.active:
        passwords.fits_nobody(password)
        office.store.note(act)
        return WRONG
    if person.locked_until is not None and person.locked_until > now:
        return LOCKED
    if passwords.fits(password, person.password):
        return ""
    locked = office.store.note_failure(person.id, MOST_FAILURES, now + LOCKED_FOR, act)
    return LOCKED if locked else WRONG


@router.post("/logout")
def sign_out(request: Request, office: OfficeDep, visitor: SignedIn) -> Response:
    """Signs out."""
    key = key_in_cookie(request) or ""
    office.store.end_session(passwords.digest_of(key), act_of(office, visitor, "sign_out"))
    answer = RedirectResponse("/login", 303)
    answer.delete_cookie(COOKIE)
    return answer


@router.get("/password")
def ask_password(request: Request, visitor: SignedIn) -> Response:
    """The form to change one's password."""
    return show(request, visitor, "password.html", fault="")


@router.post("/password")
def change_password(
    request: Request,
    office: OfficeDep,
    visitor: SignedIn,
    old: Annotated[str, Form(max_length=256)],
    new: Annotated[str, Form(max_length=300)],
    again: Annotated[str, Form(max_length=300)],
) -> Response:
    """Changes it; all other sessions of the person end."""
    person = visitor.person
    fault = passwords.fault_of(new, person.login)
    if not passwords.fits(old, person.password):
        fault = "原密码不正确"
    elif new != again:
        fault = "两次输入的新密码不一致"
    elif new == old:
        fault = "新密码不能与原密码相同"
    if fault:
        return show(request, visitor, "password.html", 422, fault=fault)
    office.store.change_person(
        person.id,
        act_of(office, visitor, "password"),
        end_sessions=True,
        password=passwords.hash_of(new),
        one_time=False,
    )
    key, now = passwords.key(), office.clock()
    again_in = act_of(office, visitor, "sign_in")
    office.store.begin_session(person.id, passwords.digest_of(key), now, now + IDLE, again_in)
    answer = RedirectResponse("/?said=password", 303)
    answer.set_cookie(
        COOKIE,
        request.app.state.signer.sign(key).decode(),
        httponly=True,
        samesite="lax",
        secure=_secure(request),
    )
    return answer
