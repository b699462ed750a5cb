"""First start: an administrator with a one-time password; the secret that signs cookies."""

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from portal import passwords
from portal.office import PortalStore
from portal.roles import Role
from storage.faults import StoreError
from storage.people import Act, Person

SECRET = Path("portal") / "cookie.secret"


def first_administrator(store: PortalStore, clock: Callable[[], datetime]) -> str | None:
    """Creates the administrator where nobody may sign in yet; gives the one-time password, None otherwise."""
    if store.anybody():
        return None
    word = passwords.one_time()
    person = new_person("admin", "系统管理员", Role.ADMIN, "", word, clock())
    act = Act(at=clock(), who="system", act="set_up", object="admin")
    try:
        store.add_person(person, act)
    except StoreError:  # another process was first
        return None
    return word


def new_person(login: str, name: str, role: Role, unit: str, word: str, at: datetime) -> Person:
    """A person with a one-time password."""
    return Person(
        id=passwords.name(),
        login=login,
        name=name,
        role=role.value,
        unit=unit,
        password=passwords.hash_of(word),
        one_time=True,
        active=True,
        failures=0,
        locked_until=None,
        created=at,
        last_login=None,
    )


def cookie_secret(data: Path) -> str:
    """The secret of this data folder, made at the first start and readable by its owner alone."""
    path = data / SECRET
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return path.read_text("ascii")
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secret := passwords.key())
    return secret
