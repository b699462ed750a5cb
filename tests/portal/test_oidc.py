"""Signing in through an identity service: a real one on loopback, and all that must not pass."""

import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from joserfc.jwk import OctKey, RSAKey

from govwatch.commands.common import UserError
from govwatch.commands.serve import provider_of
from govwatch.settings import Settings
from portal.oidc import Provider as Known
from portal.oidc import SignOn
from tests.portal.city import HOST, City
from tests.portal.provider import CLIENT, SECRET, Provider, provided


@pytest.fixture
def service(town: City) -> Iterator[Provider]:
    """The identity service, known to the portal."""
    with provided(Provider(at=town.clock())) as found:
        known = Known(issuer=found.issuer, client_id=CLIENT, client_secret=SECRET, public_url=HOST)
        town.app.state.sign_on = SignOn(known, "cookie-secret")
        yield found


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


def at_service(place: str) -> str:
    """Where the service sends the browser."""
    try:
        urllib.request.build_opener(_Stay).open(place)
    except urllib.error.HTTPError as answer:
        with answer:
            return str(answer.headers["location"])
    raise AssertionError("the service did not send the browser on")


def journey(client: TestClient, next: str = "/findings") -> str:
    """Begins a sign-in; where the service sends the browser back to."""
    answer = client.get("/login/oidc", params={"next": next})
    assert answer.status_code == 303
    return at_service(answer.headers["location"]).removeprefix(HOST)


def come_back(client: TestClient) -> Response:
    return client.get(journey(client))  # type: ignore[no-any-return]


def test_somebody_known_signs_in(town: City, service: Provider) -> None:
    client = town.visitor()
    assert "用统一身份认证登录" in client.get("/login").text
    answer = come_back(client)
    assert (answer.status_code, answer.headers["location"]) == (303, "/findings")
    assert client.get("/api/v1/me").json()["login"] == "reviewer"
    line = town.store.acts(who="reviewer", act="sign_in")[0][0]
    assert line.detail == {"by": "oidc"}


def test_the_role_is_given_here_and_a_one_time_password_ends(town: City, service: Provider) -> None:
    boss = town.visitor("boss")
    boss.post("/people", data={"login": "lin", "name": "林", "role": "reader"})
    service.login, service.claims = "lin", {"role": "admin", "groups": ["admin"]}
    client = town.visitor()
    come_back(client)
    assert client.get("/api/v1/me").json()["role"] == "reader"
    person = town.store.person_by_login("lin")
    assert person is not None
    assert not person.one_time
    for guess in ("", "!"):
        login = town.visitor().post("/login", data={"login": "lin", "password": guess})
        assert login.status_code in (401, 422)


@pytest.mark.parametrize("login", ["nobody", "", 7, "x" * 500])
def test_whom_nobody_added_does_not_get_in(town: City, service: Provider, login: Any) -> None:
    service.login = login
    client = town.visitor()
    assert come_back(client).status_code in (401, 403)
    assert client.get("/api/v1/me").status_code == 401


def test_who_was_put_out_does_not_get_in(town: City, service: Provider) -> None:
    person = town.store.person_by_login("reviewer")
    assert person is not None
    town.visitor("boss").post(f"/people/{person.id}", data={"role": "reviewer"})
    assert come_back(town.visitor()).status_code == 403


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": "another"},
        {"iss": "http://evil.test"},
        {"nonce": "another"},
        {"nonce": None},
        {"exp": 1_000_000_000},
        {"iat": 4_000_000_000},
        {"aud": [CLIENT, "another"], "azp": "another"},
    ],
)
def test_a_token_that_does_not_hold_is_refused(town: City, service: Provider, claims: dict[str, Any]) -> None:
    service.claims = claims
    client = town.visitor()
    answer = come_back(client)
    assert answer.status_code == 401
    assert "核验没有通过" in answer.text
    assert town.store.acts(act="sign_in_failed")[1] == 1


def test_a_token_of_another_key_is_refused(town: City, service: Provider) -> None:
    service.signing = RSAKey.generate_key(2048)
    assert come_back(town.visitor()).status_code == 401


@pytest.mark.parametrize("algorithm", ["none", "HS256"])
def test_a_token_signed_with_no_key_of_the_services_is_refused(
    town: City, service: Provider, algorithm: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from joserfc import jws, jwt

    def signed(said: dict[str, Any]) -> str:
        if algorithm == "none":
            whole = jwt.encode({"alg": "RS256"}, said, service.key)
            middle = whole.split(".")[1]
            return f"eyJhbGciOiJub25lIn0.{middle}."
        registry = jws.JWSRegistry(algorithms=["HS256"])
        return jwt.encode({"alg": "HS256"}, said, OctKey.import_key(SECRET), registry=registry)

    monkeypatch.setattr(service, "signed", signed)
    assert come_back(town.visitor()).status_code == 401


def test_an_answer_belongs_to_the_browser_that_asked(town: City, service: Provider) -> None:
    place = journey(town.visitor())
    assert town.visitor().get(place).status_code == 401, "another browser has no journey"
    client = town.visitor()
    journey(client)
    assert client.get(place).status_code == 401, "another journey has another state"
    code = place.partition("code=")[2].partition("&")[0]
    assert client.get(f"/login/oidc/back?code={code}").status_code == 401
    assert client.get("/login/oidc/back?error=access_denied").status_code == 401


def test_a_code_is_good_once(town: City, service: Provider) -> None:
    client = town.visitor()
    place = journey(client)
    cookie = dict(client.cookies)
    assert client.get(place).status_code == 303
    again = town.visitor()
    again.cookies.update({"govwatch_oidc": cookie["govwatch_oidc"]})
    assert again.get(place).status_code == 401


def test_nobody_is_sent_elsewhere_afterwards(town: City, service: Provider) -> None:
    client = town.visitor()
    assert client.get(journey(client, "//evil.test/")).headers["location"] == "/"


def test_a_service_that_is_not_what_it_says_is_refused(town: City, service: Provider) -> None:
    service.named = "http://evil.test"
    answer = town.visitor().get("/login/oidc")
    assert answer.status_code == 401
    assert "不一致" in answer.text


def test_a_service_that_is_down_leaves_passwords(town: City, service: Provider) -> None:
    service.status = 500
    assert town.visitor().get("/login/oidc").status_code == 401
    assert town.visitor("reviewer").get("/").status_code == 200
    town.app.state.sign_on = SignOn(
        replace(town.app.state.sign_on.provider, issuer="http://127.0.0.1:9/"), "x"
    )
    assert "连不上" in town.visitor().get("/login/oidc").text


def test_a_journey_that_took_too_long_is_over(
    town: City, service: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.oidc.FRESH", -1)
    assert "过期" in come_back(town.visitor()).text


def test_without_a_service_there_is_no_such_way(town: City) -> None:
    assert town.visitor().get("/login/oidc").status_code == 404
    assert "统一身份认证" not in town.visitor().get("/login").text


def test_half_a_setting_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert provider_of(Settings()) is None
    monkeypatch.setenv("GOVWATCH_OIDC_ISSUER", "https://id.example")
    with pytest.raises(UserError, match="GOVWATCH_OIDC_CLIENT_ID、GOVWATCH_PUBLIC_URL"):
        provider_of(Settings())
    monkeypatch.setenv("GOVWATCH_OIDC_CLIENT_ID", CLIENT)
    monkeypatch.setenv("GOVWATCH_PUBLIC_URL", "https://portal.example/")
    known = provider_of(Settings())
    assert known is not None
    assert known.back == "https://portal.example/login/oidc/back"
