"""A small office for the tests of the portal: two units, one night, a picture, one person of each role."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

from argon2 import PasswordHasher
from fastapi import FastAPI
from fastapi.testclient import TestClient
from PIL import Image

from domain.finding import EvidenceFile
from evidence.verify import verify
from portal.app import PortalSettings, create_app
from portal.office import Office, PortalStore
from portal.outside import Outside
from portal.roles import Role
from portal.starting import new_person
from storage.people import Act
from storage.taking import key_of
from tests.storage.builders import BLIND, begin, night, verdict

HOST = "http://portal.test"
WORD = "correct-horse-9"
HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(WORD)
"""A cheap one: what it costs to guess is not what these tests are about."""
ROLES = {role.value: role for role in Role}
HOSTILE = b"<html><script>alert(1)</script></html>"


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.at = datetime(2026, 6, 30, 1, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **by: float) -> None:
        self.at += timedelta(**by)


class City:
    """The portal over a small city, and who signs in."""

    def __init__(self, app: FastAPI, clock: Clock, announced: list[str], scans: list[list[str]]) -> None:
        self.app = app
        self.clock = clock
        self.announced = announced
        self.scans = scans
        self.office: Office = app.state.office
        self.store = self.office.store
        self.case = next(f.id for f in self.store.findings(unit="U01"))
        self.foreign = next(f.id for f in self.store.findings(unit="U02"))

    def visitor(self, role: str | None = None) -> TestClient:
        """A browser, signed in as a person of a role; None: not signed in."""
        client = TestClient(self.app, base_url=HOST, headers={"origin": HOST}, follow_redirects=False)
        if role is not None:
            answer = client.post("/login", data={"login": role, "password": WORD})
            assert answer.status_code == 303, answer.text
        return client


def png() -> bytes:
    """A small picture."""
    out = BytesIO()
    Image.new("RGB", (40, 20), "white").save(out, format="PNG")
    return out.getvalue()


def keep(data: Path, name: str, body: bytes, kind: str) -> EvidenceFile:
    """A file of evidence, written and described."""
    path = data / "evidence" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)
    digest = hashlib.sha256(body).hexdigest()
    return EvidenceFile(
        kind=kind, path=f"evidence/{name}", sha256=digest, captured_at=night(0), size=len(body)
    )


@contextmanager
def city(data: Path, announced: list[str], url: str | None = None) -> Iterator[City]:
    """The portal over a data folder; `announced` gets the first administrator's password."""
    clock = Clock()
    scans: list[list[str]] = []
    outside = Outside(
        verify=verify,
        scan=lambda registry, targets, pace: scans.append(list(targets)),
        recheck=lambda case: scans.append([case]),
        pack=lambda finding, out: out.write_bytes(b"PK\x03\x04") and None,
    )
    app = create_app(data, url, PortalSettings(announce=announced.append), clock, outside)
    store = app.state.office.store
    if not store.runs():
        _one_night(store, data)
        _people(store, clock.at)
    try:
        yield City(app, clock, announced, scans)
    finally:
        store.close()


def _people(store: PortalStore, at: datetime) -> None:
    act = Act(at=at, who="test", act="set_up")
    for name, role in ROLES.items():
        login = name if name != "admin" else "boss"
        person = new_person(login, login, role, "U01" if role is Role.LIAISON else "", WORD, at)
        store.add_person(replace(person, password=HASH, one_time=False), act)


def _one_night(store: PortalStore, data: Path) -> None:
    mine = verdict(check="site.broken-link", subject="http://127.0.0.1:8101/gone")
    blind = verdict(BLIND, check="column.empty")
    leak = verdict(check="content.privacy", subject="http://127.0.0.1:8101/leak")
    stale = verdict()
    files = [
        keep(data, "a/page.png", png(), "screenshot"),
        keep(data, "a/marked.png", png(), "marked"),
        keep(data, "a/page.html", HOSTILE, "html"),
        keep(data, "a/fake.png", HOSTILE, "screenshot"),
        EvidenceFile(
            kind="screenshot", path="evidence/../govwatch.db", sha256="0" * 64, captured_at=night(0)
        ),
        EvidenceFile(kind="screenshot", path="/etc/passwd", sha256="0" * 64, captured_at=night(0)),
    ]
    run = begin(store)
    shown = {key_of(stale): files, key_of(leak): files[:1]}
    store.take_in(run.id, "s01", [stale, mine, blind, leak], shown, night(0))
    other = verdict(target="s02", unit="U02", subject="http://127.0.0.1:8102/tzgg/")
    store.take_in(run.id, "s02", [other], {}, night(0))
    store.end_run(run.id, night(0))
