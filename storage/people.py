"""People of the portal in the database: accounts, sessions, tokens, the audit log."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, desc, func, insert, select, update

from storage.faults import StoreError
from storage.portal_tables import audit, people, sessions, tokens


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One who may sign in. `role` is a role's name, `unit` a unit's code (liaisons only).

    `password` is a hash; `one_time` says that it must be changed at the next sign-in.
    """

    id: str
    login: str
    name: str
    role: str
    unit: str
    password: str = field(repr=False)
    one_time: bool
    active: bool
    failures: int
    locked_until: datetime | None
    created: datetime
    last_login: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A key for scripts, acting for a person within its scopes. The key itself is not kept."""

    id: str
    person: str
    name: str
    scopes: tuple[str, ...]
    created: datetime
    expires: datetime
    used: datetime | None
    revoked: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One line of the audit log: who did what to which object, when, from which address."""

    at: datetime
    who: str
    act: str
    object: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)
    address: str = ""


def person_of(row: Row[Any]) -> Person:
    """The person of a row."""
    return Person(
        id=row.id,
        login=row.login,
        name=row.name,
        role=row.role,
        unit=row.unit,
        password=row.password,
        one_time=row.one_time,
        active=row.active,
        failures=row.failures,
        locked_until=row.locked_until,
        created=row.created,
        last_login=row.last_login,
    )


def token_of(row: Row[Any]) -> Token:
    """The token of a row."""
    return Token(
        id=row.id,
        person=row.person,
        name=row.name,
        scopes=tuple(row.scopes),
        created=row.created,
        expires=row.expires,
        used=row.used,
        revoked=row.revoked,
    )


def by_login(connection: Connection, login: str) -> Person | None:
    """The person who signs in under this name."""
    row = connection.execute(select(people).where(people.c.login == login)).first()
    return None if row is None else person_of(row)


def by_id(connection: Connection, person: str) -> Person:
    """The person of this id. Raises StoreError."""
    row = connection.execute(select(people).where(people.c.id == person)).first()
    if row is None:
        raise StoreError(f"没有编号为“{person}”的用户")
    return person_of(row)


def add_person(connection: Connection, person: Person) -> None:
    """Adds a person. Raises StoreError when the name to sign in with is taken."""
    if by_login(connection, person.login) is not None:
        raise StoreError(f"登录名“{person.login}”已有人使用，请换一个")
    names = (column.name for column in people.columns)
    connection.execute(insert(people).values({name: getattr(person, name) for name in names}))


def change_person(connection: Connection, person: str, **values: Any) -> None:
    """Changes some of a person's fields. Raises StoreError when the last administrator would be lost."""
    before = by_id(connection, person)
    connection.execute(update(people).where(people.c.id == person).values(**values))
    left = select(func.count()).select_from(people).where(people.c.role == "admin", people.c.active)
    if before.role == "admin" and before.active and connection.execute(left).scalar_one() == 0:
        raise StoreError("这是最后一位在用的系统管理员，不能停用或改作其他角色")


def person_of_session(connection: Connection, digest: str, now: datetime) -> tuple[Person, datetime] | None:
    """Whose session it is and when it was last used; None when it is not known or over."""
    query = (
        select(people, sessions.c.seen)
        .join(sessions, sessions.c.person == people.c.id)
        .where(sessions.c.digest == digest, sessions.c.expires > now, people.c.active)
    )
    row = connection.execute(query).first()
    return None if row is None else (person_of(row), row.seen)


def person_of_token(connection: Connection, digest: str, now: datetime) -> tuple[Person, Token] | None:
    """For whom a token acts; None when it is unknown, over or revoked."""
    found = connection.execute(
        select(tokens).where(tokens.c.digest == digest, tokens.c.expires > now, tokens.c.revoked.is_(None))
    ).first()
    if found is None:
        return None
    person = by_id(connection, found.person)
    return (person, token_of(found)) if person.active else None


def note(connection: Connection, act: Act) -> None:
    """Appends a line to the audit log."""
    connection.execute(
        insert(audit).values(
            at=act.at,
            who=act.who[:64],
            act=act.act[:40],
            object=act.object[:200],
            detail=dict(act.detail),
            address=act.address[:64],
        )
    )


def acts(
    connection: Connection, *, who: str | None, act: str | None, limit: int, offset: int
) -> tuple[list[Act], int]:
    """A page of the audit log, newest first, and how many lines there are in all."""
    conditions = []
    if who:
        conditions.append(audit.c.who == who)
    if act:
        conditions.append(audit.c.act == act)
    total = connection.execute(select(func.count()).select_from(audit).where(*conditions)).scalar_one()
    rows = connection.execute(
        select(audit).where(*conditions).order_by(desc(audit.c.number)).limit(limit).offset(offset)
    )
    found = [
        Act(at=r.at, who=r.who, act=r.act, object=r.object, detail=r.detail, address=r.address) for r in rows
    ]
    return found, total
