"""Entering on the page: self-scores with proofs, scores given, records of every kind; who sees proofs."""

from decimal import Decimal

import pytest

from portal.entering import BY_KEY
from schemes.records import ReviewScore, SelfScore
from tests.portal.city import City, png

PLACE = "/records/U01/changshu-2020/2026"
PDF = b"%PDF-1.7\n..."


def records(town: City) -> list[object]:
    return list(town.store.records("changshu-2020", 2026, "U01"))


def test_a_unit_scores_itself_with_proof_and_the_office_has_the_last_word(town: City) -> None:
    liaison = town.visitor("liaison")
    files = [("files", ("分工文件.pdf", PDF)), ("files", ("照片.png", png()))]
    form = {"line": "1", "points": "1.5", "note": "已明确分管领导", "link": "http://127.0.0.1:8101/a.html"}
    assert liaison.post(PLACE, data=form, files=files).status_code == 303
    (own,) = records(town)
    assert isinstance(own, SelfScore)
    assert (own.score, own.note, len(own.proofs)) == (Decimal("1.5"), "已明确分管领导", 3)
    page = liaison.get(PLACE).text
    assert "1.5 分" in page
    assert page.count("/proofs/") == 2
    reviewer = town.visitor("reviewer")
    given = {"line": "1", "points": "1", "note": "材料不全", "given": "true"}
    assert liaison.post(PLACE, data=given).status_code == 403
    assert reviewer.post(PLACE, data=given).status_code == 303
    assert isinstance(records(town)[-1], ReviewScore)
    assert "材料不全" in liaison.get(PLACE).text
    assert town.store.acts(act="self_score")[1] == 1
    card = town.office.card(town.office.schemes["changshu-2020"], 2026, "U01")
    assert card is not None
    assert next(line for line in card.lines if line.no == "1").score == 1


def test_a_later_score_replaces_the_former(town: City) -> None:
    client = town.visitor("liaison")
    client.post(PLACE, data={"line": "1", "points": "2"})
    assert client.post(PLACE, data={"line": "1", "points": "2"}).status_code == 409
    client.post(PLACE, data={"line": "1", "points": "1"})
    first, second = records(town)
    assert second.replaces == first.id  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"line": "1", "points": "99"}, "超过该项分值"),
        ({"line": "1", "points": "-1"}, "分"),
        ({"line": "1", "points": "很多"}, "很多"),
        ({"line": "7", "points": "1"}, "不由人工评分"),
        ({"line": "none", "points": "1"}, "不由人工评分"),
        ({"line": "1", "points": "1", "link": "javascript:alert(1)"}, "网址"),
    ],
)
def test_what_will_not_do_is_refused_in_words(town: City, form: dict[str, str], words: str) -> None:
    answer = town.visitor("liaison").post(PLACE, data=form)
    assert answer.status_code == 422
    assert words in answer.text
    assert records(town) == []


def test_proofs_are_shown_to_those_who_may_see_the_unit(town: City) -> None:
    liaison = town.visitor("liaison")
    liaison.post(PLACE, data={"line": "1", "points": "1"}, files=[("files", ("照片.png", png()))])
    (own,) = records(town)
    place = f"/proofs/{own.id}/0"  # type: ignore[attr-defined]
    answer = liaison.get(place)
    assert (answer.headers["content-type"], answer.content) == ("image/png", png())
    assert "sandbox" in answer.headers["content-security-policy"]
    assert town.visitor("reader").get(place).status_code == 200
    assert liaison.get(f"/proofs/{own.id}/1").status_code == 404  # type: ignore[attr-defined]
    person = town.store.person_by_login("liaison")
    assert person is not None
    moved = {"role": "liaison", "unit": "U02", "active": "true"}
    town.visitor("boss").post(f"/people/{person.id}", data=moved)
    assert town.visitor("liaison").get(place).status_code == 404


def test_other_units_lines_cannot_be_scored(town: City) -> None:
    client = town.visitor("liaison")
    place = "/records/U02/changshu-2020/2026"
    assert client.post(place, data={"line": "1", "points": "1"}).status_code == 404
    assert client.get("/records/U01/none/2026").status_code == 404


@pytest.mark.parametrize("kind", sorted(BY_KEY))
def test_every_kind_has_its_form(standing: City, kind: str) -> None:
    page = standing.visitor("reviewer").get(f"/records/enter?kind={kind}")
    assert page.status_code == 200
    for field in BY_KEY[kind].fields:
        assert f'name="{field.key}"' in page.text


def test_a_record_is_registered_by_its_form(town: City) -> None:
    client = town.visitor("reviewer")
    form = {
        "kind": "deductions",
        "unit": "U01",
        "year": "2026",
        "line": "changshu-2020/12",
        "on": "2026-03-01",
    }
    form |= {"reason": "行政复议纠错一起", "reviewer": "王建国", "points": "3"}
    assert client.post("/records/enter", data=form, files=[("files", ("决定书.pdf", PDF))]).status_code == 303
    (record,) = records(town)
    assert record.points == 3  # type: ignore[attr-defined]
    assert "行政复议纠错一起" in client.get("/records").text
    for wrong in (
        {"unit": "U99"},
        {"line": "changshu-2020/99"},
        {"on": "昨天"},
        {"year": "今年"},
        {"kind": "x"},
    ):
        assert client.post("/records/enter", data=form | wrong).status_code == 422
    assert len(records(town)) == 1


def test_a_closed_year_takes_no_more(town: City) -> None:
    town.visitor("boss").post("/assessment/changshu-2020/2026/freeze", data={"sure": "2026"})
    client = town.visitor("liaison")
    assert client.post(PLACE, data={"line": "1", "points": "1"}).status_code == 409
    assert "已封账" in client.get(PLACE).text
