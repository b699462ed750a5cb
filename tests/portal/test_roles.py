"""Every route with every role: who gets in, who is refused, and that no route is forgotten."""

import re
from typing import Any

import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from portal.api import ROUTERS as API
from portal.pages import ROUTERS as PAGES
from tests.portal.city import City

ALL = ("admin", "supervisor", "reviewer", "liaison", "reader")
STAFF = ("admin", "supervisor", "reviewer", "reader")
REVIEWERS = ("admin", "supervisor", "reviewer")
HEADS = ("admin", "supervisor")
SCHEME = "/assessment/changshu-2020/2026"

# method, path of the route, an address, form or JSON, who may
READING: list[tuple[str, str, tuple[str, ...]]] = [
    ("/", "/", ALL),
    ("/findings", "/findings", ALL),
    ("/findings/export.{format}", "/findings/export.csv", ALL),
    ("/findings/{case}", "/findings/CASE", ALL),
    ("/findings/{case}/evidence/{number}", "/findings/CASE/evidence/0", ALL),
    ("/findings/{case}/pack.zip", "/findings/CASE/pack.zip", ALL),
    ("/letters", "/letters", ALL),
    ("/units", "/units", ALL),
    ("/units/{code}", "/units/U01", ALL),
    ("/sites/{site_id}", "/sites/s01", ALL),
    ("/accounts/{account_id}", "/accounts/a01", ALL),
    ("/schemes", "/schemes", ALL),
    ("/schemes/{scheme_id}", "/schemes/changshu-2020", ALL),
    ("/assessment", "/assessment", ALL),
    ("/assessment/{scheme_id}/{year}/papers/{paper}", f"{SCHEME}/papers/deductions.xlsx", STAFF),
    ("/assessment/{scheme_id}/{year}/{unit}/papers/{paper}", f"{SCHEME}/U01/papers/form.xlsx", ALL),
    ("/assessment/{scheme_id}/{year}/{unit}", f"{SCHEME}/U01", ALL),
    ("/runs", "/runs", STAFF),
    ("/runs/{run_id}", "/runs/RUN", STAFF),
    ("/nights", "/nights", STAFF),
    ("/registry", "/registry", STAFF),
    ("/registry/export.{format}", "/registry/export.yaml", STAFF),
    ("/registry/{kind}/{name}", "/registry/units/new", HEADS),
    ("/records", "/records", ALL),
    ("/records/template.xlsx", "/records/template.xlsx", ALL),
    ("/records/{unit}/{scheme_id}/{year}", "/records/U01/changshu-2020/2026", ALL),
    ("/records/enter", "/records/enter", REVIEWERS),
    ("/lexicon", "/lexicon", ALL),
    ("/settings", "/settings", ("admin",)),
    ("/people", "/people", ("admin",)),
    ("/tokens", "/tokens", ALL),
    ("/audit", "/audit", HEADS),
    ("/password", "/password", ALL),
    ("/api/v1/openapi.json", "/api/v1/openapi.json", ALL),
    ("/api/v1/me", "/api/v1/me", ALL),
    ("/api/v1/findings", "/api/v1/findings", ALL),
    ("/api/v1/findings/{case}", "/api/v1/findings/CASE", ALL),
    ("/api/v1/outcomes", "/api/v1/outcomes", ALL),
    ("/api/v1/units", "/api/v1/units", ALL),
    ("/api/v1/sites", "/api/v1/sites", ALL),
    ("/api/v1/accounts", "/api/v1/accounts", ALL),
    ("/api/v1/runs", "/api/v1/runs", STAFF),
    ("/api/v1/runs/{run_id}", "/api/v1/runs/RUN", STAFF),
    ("/api/v1/schemes", "/api/v1/schemes", ALL),
    ("/api/v1/assessments/{scheme_id}/{year}", "/api/v1/assessments/changshu-2020/2026", ALL),
]

WORKING: list[tuple[str, str, dict[str, Any], tuple[str, ...]]] = [
    ("/findings/decide", "/findings/decide", {"to": "confirmed", "case": "CASE"}, REVIEWERS),
    ("/findings/{case}/decide", "/findings/CASE/decide", {"to": "confirmed"}, REVIEWERS),
    (
        "/findings/{case}/decide",
        "/findings/CASE/decide",
        {"to": "exempted", "reason": "改版", "until": "2026-09-30"},
        HEADS,
    ),
    ("/verify", "/verify", {}, STAFF),
    ("/views", "/views", {"name": "我的"}, ALL),
    ("/views/{view}/drop", "/views/none/drop", {}, ALL),
    (
        "/findings/{case}/letters",
        "/findings/CASE/letters",
        {"kind": "answer", "words": "已在整改"},
        ("liaison",),
    ),
    ("/findings/{case}/recheck", "/findings/CASE/recheck", {}, HEADS),
    (
        "/records/{unit}/{scheme_id}/{year}",
        "/records/U01/changshu-2020/2026",
        {"line": "1", "points": "2"},
        ("admin", "supervisor", "reviewer", "liaison"),
    ),
    (
        "/records/{unit}/{scheme_id}/{year}",
        "/records/U01/changshu-2020/2026",
        {"line": "1", "points": "2", "given": "true"},
        REVIEWERS,
    ),
    (
        "/records/enter",
        "/records/enter",
        {"kind": "announcements", "unit": "U01", "year": "2026", "line": "changshu-2020/10", "level": "省级"}
        | {"on": "2026-03-01", "problem": "发布内容有差错", "document": "某政办〔2026〕3号"},
        REVIEWERS,
    ),
    ("/assessment/{scheme_id}/{year}/post", f"{SCHEME}/post", {}, HEADS),
    ("/assessment/{scheme_id}/{year}/freeze", f"{SCHEME}/freeze", {"sure": "2026"}, HEADS),
    ("/runs", "/runs", {}, HEADS),
    ("/nights/jobs/{job}/run", "/nights/jobs/probe/run", {}, HEADS),
    ("/nights/jobs/{job}/pause", "/nights/jobs/probe/pause", {"paused": "true"}, HEADS),
    (
        "/nights/closures",
        "/nights/closures",
        {"unit": "U01", "first_day": "2026-07-01", "last_day": "2026-07-02", "reason": "机房搬迁"},
        HEADS,
    ),
    ("/registry/edit", "/registry/edit", {"text": "REGISTRY"}, HEADS),
    (
        "/registry/{kind}/{name}",
        "/registry/units/new",
        {"code": "U77", "name": "新设局", "category": "政府部门"},
        HEADS,
    ),
    ("/registry/{kind}/{name}/remove", "/registry/units/U77/remove", {}, HEADS),
    ("/settings", "/settings", {"office_name": "办公室"}, ("admin",)),
    ("/people", "/people", {"login": "new1", "name": "新人", "role": "reader"}, ("admin",)),
    ("/people/{person}", "/people/PERSON", {"role": "reader", "active": "true"}, ("admin",)),
    ("/people/{person}/reset", "/people/PERSON/reset", {}, ("admin",)),
    ("/tokens", "/tokens", {"name": "t", "scopes": "read"}, ALL),
    ("/logout", "/logout", {}, ALL),
]
REFUSED_FIRST = {
    "/letters/{letter}/decide": ("/letters/none/decide", {"upheld": "true", "reason": "理由充分"}, HEADS),
    "/ledger/{row}/reverse": ("/ledger/none/reverse", {"reason": "理由"}, HEADS),
    "/nights/holds/{number}/release": ("/nights/holds/9/release", {}, HEADS),
    "/nights/closures/{number}/withdraw": ("/nights/closures/9/withdraw", {}, HEADS),
    "/nights/messages/{number}/retry": ("/nights/messages/9/retry", {}, HEADS),
    "/tokens/{token}/revoke": ("/tokens/none/revoke", {}, ALL),
    "/attachments/{attachment}": ("/attachments/none", {}, ALL),
    "/proofs/{record}/{number}": ("/proofs/none/0", {}, ALL),
}
"""Routes tried with something that is not there: who may gets 409, who may not 403."""
GETS = ("/attachments/{attachment}", "/proofs/{record}/{number}")
UPLOADS = {"/registry/import": ("file", HEADS), "/records/import": ("files", REVIEWERS)}
SCRIPTED = {"/api/v1/findings/{case}/decide": REVIEWERS, "/api/v1/runs": HEADS}
OPEN = {"/login", "/login/oidc", "/login/oidc/back"}


def login_of(role: str) -> str:
    return "boss" if role == "admin" else role


def filled(town: City, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    person = town.store.person_by_login("reader")
    assert person is not None
    run = town.store.last_run()
    assert run is not None
    text = value.replace("CASE", town.case).replace("RUN", run.id).replace("PERSON", person.id)
    return text.replace(
        "REGISTRY", "schemes: [changshu-2020]\nunits: [{code: U01, name: 某局, category: department}]\n"
    )


def routes() -> set[tuple[str, str]]:
    return {
        (method, route.path)
        for router in (*PAGES, *API)
        for route in router.routes
        if isinstance(route, APIRoute)
        for method in route.methods
    }


def test_no_route_is_forgotten() -> None:
    tried = {("GET", path) for path, _, _ in READING} | {("POST", path) for path, *_ in WORKING}
    tried |= {("POST", path) for path in (*REFUSED_FIRST, *UPLOADS, *SCRIPTED)} | {
        ("GET", path) for path in GETS
    }
    tried |= {("GET", "/login"), ("POST", "/login"), ("POST", "/password")}
    tried |= {("GET", path) for path in OPEN}
    tried -= {("POST", path) for path in GETS}
    assert tried == routes()


@pytest.mark.parametrize("role", ALL)
def test_reading(standing: City, role: str) -> None:
    client = standing.visitor(login_of(role))
    for path, address, allowed in READING:
        answer = client.get(filled(standing, address))
        assert answer.status_code == (200 if role in allowed else 403), (role, path, answer.text[-300:])


@pytest.mark.parametrize("role", ALL)
def test_working(town: City, role: str) -> None:
    for path, address, form, allowed in WORKING:
        if path == "/logout" or role not in allowed:
            continue
        if form.get("to") == "exempted" or path == "/findings/{case}/decide":
            continue
        client = town.visitor(login_of(role))
        answer = client.post(filled(town, address), data={k: filled(town, v) for k, v in form.items()})
        assert answer.status_code in (200, 303), (role, path, answer.text[-400:])


@pytest.mark.parametrize("role", ALL)
def test_refused(standing: City, role: str) -> None:
    client = standing.visitor(login_of(role))
    for path, address, form, allowed in WORKING:
        if role not in allowed:
            answer = client.post(
                filled(standing, address), data={k: filled(standing, v) for k, v in form.items()}
            )
            assert answer.status_code == 403, (role, path, answer.text[-300:])
    for path, (address, form, allowed) in REFUSED_FIRST.items():
        answer = client.get(address) if path in GETS else client.post(address, data=form)
        there = 404 if path.startswith("/proofs/") else 409
        assert answer.status_code == (there if role in allowed else 403), (role, path, answer.text[-300:])
    for path, (field, allowed) in UPLOADS.items():
        answer = client.post(path, files={field: ("名录.yaml", b"units: 3\n")})
        assert answer.status_code == (422 if role in allowed else 403), (role, path, answer.text[-300:])


@pytest.mark.parametrize("role", ALL)
def test_scripts_are_held_to_the_same_roles(town: City, role: str) -> None:
    client = town.visitor(login_of(role))
    decided = client.post(f"/api/v1/findings/{town.case}/decide", json={"to": "confirmed"})
    assert decided.status_code == (200 if role in REVIEWERS else 403)
    started = client.post("/api/v1/runs", json={"targets": ["s01"]})
    assert started.status_code == (202 if role in HEADS else 403)


def test_nobody_gets_in_unasked(standing: City) -> None:
    client = standing.visitor()
    for method, path in routes():
        if path in OPEN:
            continue
        address = re.sub(r"\{[^}]+\}", "1", path)
        answer = client.request(method, address)
        if path.startswith("/api/"):
            assert answer.status_code == 401, path
        else:
            assert answer.status_code == 303, path
            assert answer.headers["location"].startswith("/login"), path


def test_a_unit_sees_its_own_only(standing: City) -> None:
    client = standing.visitor("liaison")
    for address in (
        f"/findings/{standing.foreign}",
        f"/findings/{standing.foreign}/evidence/0",
        f"/findings/{standing.foreign}/pack.zip",
        "/units/U02",
        "/records/U02/changshu-2020/2026",
        "/sites/s02",
        f"{SCHEME}/U02",
        f"{SCHEME}/U02/papers/form.xlsx",
        f"/api/v1/findings/{standing.foreign}",
    ):
        assert client.get(address).status_code == 404, address
    for address in ("/", "/findings?unit=U02", "/units", "/assessment", "/letters", "/records"):
        assert "某某市教育局" not in client.get(address).text, address
    assert all(item["unit"] == "U01" for item in client.get("/api/v1/findings?unit=U02").json()["items"])
    assert all(item["unit"] == "U01" for item in client.get("/api/v1/outcomes").json()["items"])
    assert [
        each["unit"] for each in client.get("/api/v1/assessments/changshu-2020/2026").json()["units"]
    ] == ["U01"]
    assert standing.foreign not in client.get("/findings/export.csv?unit=U02").text


def test_a_liaison_cannot_decide_by_any_way(town: City) -> None:
    client: TestClient = town.visitor("liaison")
    for state in ("confirmed", "dismissed", "exempted", "notified", "closed", "rectified", "detected"):
        form = {"to": state, "reason": "理由", "until": "2027-01-01", "due": "2027-01-01"}
        assert client.post(f"/findings/{town.case}/decide", data=form).status_code in (403, 409)
        assert client.post("/findings/decide", data=form | {"case": town.case}).status_code in (403, 409)
    assert town.store.finding(town.case).state == "detected"
