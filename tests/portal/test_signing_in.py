"""Signing in: the first administrator, lock-out, sessions, passwords, tokens."""

from pathlib import Path

import pytest

from portal import passwords
from portal.app import PortalSettings, create_app
from portal.starting import cookie_secret
from portal.visitor import COOKIE
from tests.portal.city import HOST, WORD, City, Clock


def test_the_first_start_makes_an_administrator_with_a_one_time_password(town: City) -> None:
    (word,) = town.announced
    client = town.visitor()
    answer = client.post("/login", data={"login": "admin", "password": word})
    assert answer.headers["location"] == "/password"
    assert client.get("/findings").headers["location"] == "/password"
    assert client.get("/api/v1/me").status_code == 403
    form = {"old": word, "new": "蓝天白云 2026 年", "again": "蓝天白云 2026 年"}
    assert client.post("/password", data=form).headers["location"] == "/?said=password"
    assert client.get("/").status_code == 200
    assert town.visitor().post("/login", data={"login": "admin", "password": word}).status_code == 401


def test_the_next_start_makes_nobody(town: City) -> None:
    told: list[str] = []
    app = create_app(town.office.data, None, PortalSettings(announce=told.append), Clock())
    app.state.office.store.close()
    assert told == []


def test_no_password_is_kept_as_it_is(town: City) -> None:
    word = town.announced[0].encode()
    for path in town.office.data.rglob("*"):
        if path.is_file():
            assert word not in path.read_bytes(), path
    assert all(person.password.startswith("$argon2id$") for person in town.store.people())


def test_after_five_failures_nobody_gets_in_for_a_while(town: City) -> None:
    client = town.visitor()
    for _ in range(4):
        assert "不正确" in client.post("/login", data={"login": "reader", "password": "wrong"}).text
    assert "锁定" in client.post("/login", data={"login": "reader", "password": "wrong"}).text
    right = {"login": "reader", "password": WORD}
    assert "锁定" in client.post("/login", data=right).text
    town.clock.forward(minutes=14)
    assert client.post("/login", data=right).status_code == 401
    town.clock.forward(minutes=2)
    assert client.post("/login", data=right).status_code == 303


def test_an_unknown_name_and_a_wrong_password_look_the_same(town: City) -> None:
    client = town.visitor()
    unknown = client.post("/login", data={"login": "nobody", "password": "x"})
    wrong = client.post("/login", data={"login": "reader", "password": "x"})
    assert unknown.status_code == wrong.status_code == 401
    assert unknown.text.replace("nobody", "reader") == wrong.text
    lines, _ = town.store.acts(act="sign_in_failed")
    assert {line.who for line in lines} == {"nobody", "reader"}


def test_a_session_ends_when_idle_and_lives_on_while_in_use(town: City) -> None:
    client = town.visitor("reader")
    for _ in range(3):
        town.clock.forward(hours=7)
        assert client.get("/").status_code == 200
    town.clock.forward(hours=9)
    assert client.get("/").status_code == 303


def test_signing_out_ends_the_session_for_good(town: City) -> None:
    client = town.visitor("reader")
    kept = client.cookies[COOKIE]
    assert client.post("/logout").status_code == 303
    client.cookies.set(COOKIE, kept)
    assert client.get("/").status_code == 303


def test_a_cookie_is_out_of_reach_of_scripts_and_other_sites(town: City) -> None:
    answer = town.visitor().post("/login", data={"login": "reader", "password": WORD})
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie


def test_a_forged_cookie_is_nobody(town: City) -> None:
    client = town.visitor("reader")
    kept = client.cookies[COOKIE]
    client.cookies.clear()
    client.cookies.set(COOKIE, kept[:-2] + "xx")
    assert client.get("/").status_code == 303


def test_a_changed_role_takes_hold_at_once(town: City) -> None:
    reader = town.visitor("reader")
    person = town.store.person_by_login("reader")
    assert person is not None
    boss = town.visitor("boss")
    assert boss.post(f"/people/{person.id}", data={"role": "reader"}).status_code == 303
    assert reader.get("/").status_code == 303
    assert reader.post("/login", data={"login": "reader", "password": WORD}).status_code == 401


def test_nobody_shuts_themselves_out(town: City) -> None:
    boss = town.store.person_by_login("boss")
    assert boss is not None
    answer = town.visitor("boss").post(f"/people/{boss.id}", data={"role": "reader", "active": "true"})
    assert answer.status_code == 409


def test_a_liaison_must_belong_to_a_unit(town: City) -> None:
    client = town.visitor("boss")
    form = {"login": "lianluo", "name": "某某", "role": "liaison"}
    assert client.post("/people", data=form).status_code == 422
    assert client.post("/people", data=form | {"unit": "U99"}).status_code == 422
    answer = client.post("/people", data=form | {"unit": "U01"})
    assert "一次性密码" in answer.text
    assert client.post("/people", data=form | {"unit": "U01"}).status_code == 409


@pytest.mark.parametrize(
    ("new", "words"),
    [("short", "至少"), ("x" * 300, "不能超过"), ("reader-reader-1", "登录名"), ("aaaaaaaaaaaa", "简单")],
)
def test_a_poor_password_is_refused(town: City, new: str, words: str) -> None:
    assert words in passwords.fault_of(new, "reader")
    answer = town.visitor("reader").post("/password", data={"old": WORD, "new": new, "again": new})
    assert answer.status_code == 422


def test_a_token_acts_within_its_scope_and_until_its_day(town: City) -> None:
    boss = town.visitor("boss")
    page = boss.post("/tokens", data={"name": "报表", "scopes": ["read"], "days": "30"}).text
    key = page.split('<code class="key">')[1].split("<")[0]
    client = town.visitor()
    client.headers["authorization"] = f"Bearer {key}"
    assert client.get("/api/v1/me").json()["permissions"] == ["audit", "export", "view", "view_all"]
    assert client.get("/api/v1/findings").status_code == 200
    assert client.post(f"/api/v1/findings/{town.case}/decide", json={"to": "confirmed"}).status_code == 403
    assert client.get("/findings").status_code == 303, "tokens are for /api/ only"
    town.clock.forward(days=31)
    assert client.get("/api/v1/me").status_code == 401


def test_a_revoked_token_is_nobody(town: City) -> None:
    boss = town.visitor("boss")
    page = boss.post("/tokens", data={"name": "报表", "scopes": ["read", "review"]}).text
    key = page.split('<code class="key">')[1].split("<")[0]
    client = town.visitor()
    client.headers["authorization"] = f"Bearer {key}"
    assert client.post(f"/api/v1/findings/{town.case}/decide", json={"to": "confirmed"}).status_code == 200
    (token,) = town.store.tokens(town.store.person_by_login("boss").id)  # type: ignore[union-attr]
    assert town.visitor("reader").post(f"/tokens/{token.id}/revoke").status_code == 409
    assert boss.post(f"/tokens/{token.id}/revoke").status_code == 303
    assert client.get("/api/v1/me").status_code == 401


def test_the_cookies_secret_is_the_owners_alone(tmp_path: Path) -> None:
    first = cookie_secret(tmp_path)
    assert cookie_secret(tmp_path) == first
    assert (tmp_path / "portal" / "cookie.secret").stat().st_mode & 0o077 == 0


def test_the_page_after_signing_in_is_the_one_that_was_asked_for(town: City) -> None:
    client = town.visitor()
    sent = client.get("/findings?state=detected").headers["location"]
    assert "next=%2Ffindings%3Fstate%3Ddetected" in sent
    form = {"login": "reader", "password": WORD, "next": "/findings?state=detected"}
    assert client.post("/login", data=form, headers={"origin": HOST}).headers["location"] == form["next"]
