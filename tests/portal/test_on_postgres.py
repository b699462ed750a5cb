"""The portal over PostgreSQL: every page, the work from review to appeal, scores, entries, the log."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.portal.city import City, city
from tests.portal.test_roles import ALL, READING, filled, login_of
from tests.storage.conftest import postgres, server

__all__ = ["postgres", "server"]

pytestmark = pytest.mark.postgres


@pytest.fixture
def town(tmp_path: Path, postgres: str) -> Iterator[City]:
    """The small office over an empty PostgreSQL database."""
    announced: list[str] = []
    with city(tmp_path / "data", announced, postgres) as made:
        assert announced, "the first administrator is made here too"
        yield made


def test_every_page_for_every_role(town: City) -> None:
    for role in ALL:
        client = town.visitor(login_of(role))
        for path, address, allowed in READING:
            answer = client.get(filled(town, address))
            assert answer.status_code == (200 if role in allowed else 403), (role, path, answer.text[-300:])


def test_the_work_from_review_to_appeal(town: City) -> None:
    reviewer, liaison, boss = town.visitor("reviewer"), town.visitor("liaison"), town.visitor("supervisor")
    place = f"/findings/{town.case}"
    before = liaison.get("/api/v1/assessments/changshu-2020/2026").json()["units"][0]["score"]
    assert reviewer.post(f"{place}/decide", data={"to": "confirmed"}).status_code == 303
    after = liaison.get("/api/v1/assessments/changshu-2020/2026").json()["units"][0]["score"]
    assert after < before
    assert reviewer.post(f"{place}/decide", data={"to": "notified", "due": "2026-07-15"}).status_code == 303
    letter = {"kind": "appeal", "words": "该栏目已并入政务公开栏目"}
    assert liaison.post(f"{place}/letters", data=letter).status_code == 303
    again = {"kind": "recheck", "words": "已经补发，请复查"}
    assert liaison.post(f"{place}/letters", data=again).status_code == 303
    (appeal,) = town.store.undecided_appeals()
    decided = {"upheld": "true", "reason": "栏目确已合并"}
    assert boss.post(f"/letters/{appeal.id}/decide", data=decided).status_code == 303
    assert liaison.get("/api/v1/assessments/changshu-2020/2026").json()["units"][0]["score"] == before
    assert "等待复查" in liaison.get(place).text


def test_entries_views_and_the_log(town: City) -> None:
    client = town.visitor("liaison")
    form = {"line": "1", "points": "1", "note": "已明确"}
    assert client.post("/records/U01/changshu-2020/2026", data=form).status_code == 303
    assert client.post("/views", data={"name": "待核实", "query_string": "state=detected"}).status_code == 303
    assert client.get("/api/v1/findings?q=HTTP%3A%2F%2F127&sort=last_seen").json()["total"] >= 1
    assert "填报自评" in town.visitor("boss").get("/audit").text
    boss = town.visitor("boss")
    assert boss.post("/settings", data={"mend_days": "20"}).status_code == 303
    assert boss.post("/assessment/changshu-2020/2026/freeze", data={"sure": "2026"}).status_code == 303
    assert "台账与封账时一致" in boss.get("/assessment?scheme=changshu-2020&year=2026").text


def test_a_wrong_password_locks_here_too(town: City) -> None:
    client = town.visitor()
    for _ in range(5):
        client.post("/login", data={"login": "reader", "password": "wrong"})
    answer = client.post("/login", data={"login": "reader", "password": "correct-horse-9"})
    assert "锁定" in answer.text
