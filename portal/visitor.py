"""Who is asking, and whether they may: by a signed session cookie, or by a token under /api/."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated

from fastapi import Depends, Request
from itsdangerous import BadSignature, Signer

from portal.office import Office
from portal.passwords import digest_of
from portal.roles import Permission, Role, Scope, permissions_of
from storage.people import Act, Person

COOKIE = "govwatch_session"
IDLE = timedelta(hours=8)
"""A session ends so long after its last use."""
RENEWED = timedelta(minutes=10)


class NotSignedIn(Exception):
    """Nobody known is asking."""


class PasswordDue(Exception):
    """A one-time password must be changed first."""


class Refused(Exception):
    """The asker may not, or there is no such thing; the words are Chinese."""

    def __init__(self, words: str, status: int = 403) -> None:
        """`status` is the HTTP status."""
        super().__init__(words)
        self.status = status


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """A person with what they may do. `token` names the token that acts for them, if any."""

    person: Person
    role: Role
    permissions: frozenset[Permission]
    address: str
    token: str = ""

    def may(self, permission: str) -> bool:
        """Whether the permission is held."""
        return permission in self.permissions

    @property
    def unit(self) -> str | None:
        """The only unit that may be seen; None: all of them."""
        return None if Permission.VIEW_ALL in self.permissions else self.person.unit

    def sees(self, unit: str) -> bool:
        """Whether things of this unit may be seen."""
        return self.unit is None or self.unit == unit

    @property
    def signature(self) -> str:
        """How acts are signed: name and name to sign in with."""
        return f"{self.person.name}（{self.person.login}）"


def office_of(request: Request) -> Office:
    """The portal's office."""
    office: Office = request.app.state.office
    return office


OfficeDep = Annotated[Office, Depends(office_of)]


def address_of(request: Request) -> str:
    """The address that the request came from."""
    return request.client.host if request.client else ""


def key_in_cookie(request: Request) -> str | None:
    """The session key, if the cookie bears our signature."""
    signer: Signer = request.app.state.signer
    try:
        return signer.unsign(request.cookies.get(COOKIE, "")).decode()
    except BadSignature:
        return None


def visitor_of(request: Request) -> Visitor:
    """Who is asking. Raises NotSignedIn."""
    office = office_of(request)
    bearer = request.headers.get("authorization", "")
    if bearer.lower().startswith("bearer ") and request.url.path.startswith("/api/"):
        return _by_token(office, request, bearer[7:].strip())
    key = key_in_cookie(request)
    now = office.clock()
    found = office.store.person_of_session(digest_of(key), now) if key else None
    if key is None or found is None:
        raise NotSignedIn
    person, seen = found
    if now - seen > RENEWED:
        office.store.touch_session(digest_of(key), now, now + IDLE)
    role = Role(person.role)
    return Visitor(person=person, role=role, permissions=permissions_of(role), address=address_of(request))


def _by_token(office: Office, request: Request, key: str) -> Visitor:
    found = office.store.person_of_token(digest_of(key), office.clock())
    if found is None:
        raise NotSignedIn
    person, token = found
    role = Role(person.role)
    scopes = [Scope(scope) for scope in token.scopes]
    return Visitor(
        person=person,
        role=role,
        permissions=permissions_of(role, scopes),
        address=address_of(request),
        token=token.name,
    )


def needs(permission: Permission) -> Callable[[Request], Visitor]:
    """A dependency: the visitor, if the permission is held. Raises Refused, NotSignedIn, PasswordDue."""

    def check(request: Request) -> Visitor:
        visitor = visitor_of(request)
        if visitor.person.one_time:
            raise PasswordDue
        if not visitor.may(permission):
            raise Refused("您的角色没有这项权限。如需办理，请联系系统管理员。")
        return visitor

    check.permission = permission  # type: ignore[attr-defined]
    return check


Viewer = Annotated[Visitor, Depends(needs(Permission.VIEW))]
Exporter = Annotated[Visitor, Depends(needs(Permission.EXPORT))]
Overseer = Annotated[Visitor, Depends(needs(Permission.VIEW_ALL))]
Recorder = Annotated[Visitor, Depends(needs(Permission.RECORD))]
Freezer = Annotated[Visitor, Depends(needs(Permission.FREEZE))]
Registrar = Annotated[Visitor, Depends(needs(Permission.REGISTRY))]
Scanner = Annotated[Visitor, Depends(needs(Permission.SCAN))]
Answerer = Annotated[Visitor, Depends(needs(Permission.ANSWER))]
Decider = Annotated[Visitor, Depends(needs(Permission.DECIDE))]
Auditor = Annotated[Visitor, Depends(needs(Permission.AUDIT))]
Configurer = Annotated[Visitor, Depends(needs(Permission.SETTINGS))]
PeopleKeeper = Annotated[Visitor, Depends(needs(Permission.PEOPLE))]


def act_of(office: Office, visitor: Visitor, act: str, thing: str = "", **detail: object) -> Act:
    """The line for the audit log."""
    if visitor.token:
        detail["token"] = visitor.token
    return Act(
        at=office.clock(),
        who=visitor.person.login,
        act=act,
        object=thing,
        detail=detail,
        address=visitor.address,
    )
