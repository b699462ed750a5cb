"""The work: decisions, letters and appeals, lists and exports, registry, ledger and closing."""

import io
from datetime import date

import openpyxl
import pytest

from domain.finding import CaseState
from tests.portal.city import City
from tests.storage.builders import begin, night, verdict, violation

PDF = b"%PDF-1.7\n..."


def decide(town: City, who: str, to: str, **more: str) -> int:
    return town.visitor(who).post(f"/findings/{town.case}/decide", data={"to": to, **more}).status_code


def state(town: City) -> CaseState:
    return town.store.finding(town.case).state


def test_a_case_from_review_to_appeal(town: City) -> None:
    assert decide(town, "reviewer", "confirmed") == 303
    assert decide(town, "reviewer", "notified", due="2026-07-15") == 303
    assert town.store.due_dates([town.case]) == {town.case: date(2026, 7, 15)}
    liaison = town.visitor("liaison")
    assert "项通知待答复" in liaison.get("/").text
    answer = liaison.post(
        f"/findings/{town.case}/letters",
        data={"kind": "answer", "words": "已安排补发", "mending": "true"},
        files={"files": ("情况说明.pdf", PDF)},
    )
    assert answer.status_code == 303
    assert state(town) is CaseState.RECTIFYING
    appeal = {"kind": "appeal", "words": "该栏目已于六月并入政务公开栏目"}
    assert liaison.post(f"/findings/{town.case}/letters", data=appeal).status_code == 303
    assert liaison.post(f"/findings/{town.case}/letters", data=appeal).status_code == 409
    (letter,) = town.store.undecided_appeals()
    decided = {"upheld": "true", "reason": "栏目确已合并"}
    assert town.visitor("reviewer").post(f"/letters/{letter.id}/decide", data=decided).status_code == 403
    boss = town.visitor("supervisor")
    assert boss.post(f"/letters/{letter.id}/decide", data=decided).status_code == 303
    assert boss.post(f"/letters/{letter.id}/decide", data=decided).status_code == 409
    assert state(town) is CaseState.DISMISSED
    page = liaison.get(f"/findings/{town.case}").text
    assert "申诉成立" in page
    acts = [line.act for line in town.store.acts()[0]]
    assert {"confirmed", "notified", "answer", "appeal", "appeal_upheld"} <= set(acts)


def test_an_appeal_that_is_rejected_leaves_the_case(town: City) -> None:
    decide(town, "reviewer", "confirmed")
    letter = {"kind": "appeal", "words": "请求撤销"}
    town.visitor("liaison").post(f"/findings/{town.case}/letters", data=letter)
    (appeal,) = town.store.undecided_appeals()
    form = {"upheld": "false", "reason": "未提供依据"}
    assert town.visitor("supervisor").post(f"/letters/{appeal.id}/decide", data=form).status_code == 303
    assert state(town) is CaseState.CONFIRMED
    assert town.store.undecided_appeals() == []


def test_once_told_only_who_decides_appeals_takes_a_case_back(town: City) -> None:
    decide(town, "reviewer", "confirmed")
    decide(town, "reviewer", "notified", due="2026-07-15")
    assert decide(town, "reviewer", "dismissed", reason="看错了") == 403
    assert decide(town, "supervisor", "dismissed", reason="看错了") == 303


@pytest.mark.parametrize(
    ("to", "more", "status"),
    [
        ("dismissed", {}, 409),
        ("notified", {}, 409),
        ("exempted", {"reason": "改版"}, 422),
        ("exempted", {"reason": "改版", "until": "2020-01-01"}, 409),
        ("exempted", {"reason": "改版", "until": "明天"}, 422),
        ("rectified", {}, 409),
        ("nonsense", {}, 422),
    ],
)
def test_what_makes_no_sense_is_refused(town: City, to: str, more: dict[str, str], status: int) -> None:
    assert decide(town, "boss", to, **more) == status
    assert state(town) is CaseState.DETECTED


def test_many_at_once_are_decided_all_or_none(town: City) -> None:
    ids = [finding.id for finding in town.store.findings()]
    client = town.visitor("reviewer")
    assert client.post("/findings/decide", data={"to": "notified", "case": ids}).status_code == 409
    decide(town, "reviewer", "confirmed")
    refused = client.post("/findings/decide", data={"to": "confirmed", "case": ids})
    assert refused.status_code == 409
    assert {f.state for f in town.store.findings() if f.id != town.case} == {CaseState.DETECTED}
    rest = [each for each in ids if each != town.case]
    assert client.post("/findings/decide", data={"to": "confirmed", "case": rest}).status_code == 303
    assert {f.state for f in town.store.findings()} == {CaseState.CONFIRMED}


def test_filters_sorting_and_pages(town: City) -> None:
    client = town.visitor("reader")
    items = client.get("/api/v1/findings?check=site.broken-link").json()
    assert (items["total"], items["items"][0]["check"]) == (1, "site.broken-link")
    assert client.get("/api/v1/findings?q=8102").json()["total"] == 1
    assert client.get("/api/v1/findings?q=%25").json()["total"] == 0, "a wildcard is a text"
    assert client.get("/api/v1/findings?state=confirmed").json()["total"] == 0
    assert client.get("/api/v1/findings?since=2026-07-01").json()["total"] == 0
    assert client.get("/api/v1/findings?since=2026-06-30&until=2026-06-30").json()["total"] == 4
    up = [f["check"] for f in client.get("/api/v1/findings?sort=check&dir=asc").json()["items"]]
    assert up == sorted(up)
    assert len(client.get("/api/v1/findings?limit=1&offset=3").json()["items"]) == 1
    assert client.get("/findings?page=999&sort=drop+table&state=x").status_code == 200


def test_an_export_holds_what_the_list_shows_and_no_formula(town: City) -> None:
    run = begin(town.store, 1)
    evil = verdict(
        violation(summary="=HYPERLINK(1)"), check="content.wording", subject="http://127.0.0.1:8101/x"
    )
    town.store.take_in(run.id, "s01", [evil], {}, night(1))
    client = town.visitor("reader")
    body = client.get("/findings/export.xlsx?check=content.wording").content
    sheet = openpyxl.load_workbook(io.BytesIO(body)).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert sum(cell.value == "content.wording" for cell in cells) == 1
    text = client.get("/findings/export.csv?check=content.wording").text
    assert "'=HYPERLINK" in text
    assert len(client.get("/findings/export.jsonl?unit=U02").text.splitlines()) == 1
    assert client.get("/findings/export.exe").status_code == 404


def test_a_saved_view_leads_back_to_its_filters(town: City) -> None:
    client = town.visitor("reader")
    client.post("/views", data={"name": "待核实", "query_string": "state=detected&page=3"})
    assert 'href="/findings?state=detected"' in client.get("/findings").text
    (view, _, _) = town.store.views(town.store.person_by_login("reader").id)[0]  # type: ignore[union-attr]
    town.visitor("reviewer").post(f"/views/{view}/drop")
    assert "待核实" in client.get("/findings").text
    client.post(f"/views/{view}/drop")
    assert 'href="/findings?state=detected"' not in client.get("/findings").text


@pytest.mark.parametrize(
    ("name", "body", "words"),
    [
        ("a.exe", b"MZ", "类型不能上传"),
        ("a.html", b"<html>", "类型不能上传"),
        ("a.svg", b"<svg>", "类型不能上传"),
        ("a.pdf", b"<html>", "不符"),
        ("a.png", PDF, "不符"),
        ("a.pdf", b"%PDF-" + b"x" * (10 * 1024 * 1024), "超过"),
    ],
)
def test_an_attachment_that_will_not_do_is_refused(town: City, name: str, body: bytes, words: str) -> None:
    decide(town, "reviewer", "confirmed")
    answer = town.visitor("liaison").post(
        f"/findings/{town.case}/letters",
        data={"kind": "answer", "words": "见附件材料"},
        files={"files": (name, body)},
    )
    assert answer.status_code == 422
    assert words in answer.text
    assert town.store.letters(town.case) == []


def test_an_attachment_is_handed_out_as_a_download_to_those_who_may(town: City) -> None:
    town.visitor("liaison").post(
        f"/findings/{town.case}/letters",
        data={"kind": "answer", "words": "见附件材料"},
        files=[("files", ("../说明.pdf", PDF)), ("files", ("图.png", b"\x89PNG\r\n\x1a\n"))],
    )
    (letter,) = town.store.letters(town.case)
    assert sorted(file.name for file in letter.attachments) == ["图.png", "说明.pdf"]
    for file in letter.attachments:
        answer = town.visitor("reader").get(f"/attachments/{file.id}")
        assert answer.headers["content-type"] == "application/octet-stream"
        assert answer.headers["content-disposition"].startswith("attachment")
    other = town.store.person_by_login("liaison")
    assert other is not None
    form = {"role": "liaison", "unit": "U02", "active": "true"}
    town.visitor("boss").post(f"/people/{other.id}", data=form)
    assert town.visitor("liaison").get(f"/attachments/{file.id}").status_code == 404
    assert "说明.pdf" not in town.visitor("liaison").get("/letters").text


def test_a_registry_is_taken_whole_or_refused_with_its_faults(town: City) -> None:
    client = town.visitor("boss")
    bad = "schemes: [changshu-2020]\nunits:\n  - {code: U01, name: 某局, category: office}\n"
    refused = client.post("/registry/import", files={"file": ("名录.yaml", bad.encode())})
    assert refused.status_code == 422
    assert "第3行" in refused.text
    assert town.store.kept_registry() is None
    good = bad.replace("office", "department").replace("U01", "U07")
    assert client.post("/registry/edit", data={"text": good, "note": "改名"}).status_code == 303
    assert [unit.code for unit in town.office.registry().units] == ["U07"]  # type: ignore[union-attr]
    assert "改名" in client.get("/registry").text
    assert "U07" in client.get("/registry/export.yaml").text


def test_scans_and_rechecks_are_asked_of_the_scheduler(town: City) -> None:
    client = town.visitor("supervisor")
    assert client.post("/runs", data={"target": "s02"}).status_code == 303
    assert client.post("/runs", data={"target": ""}).status_code == 303
    assert client.post(f"/findings/{town.case}/recheck").status_code == 303
    assert client.post("/runs", data={"target": "s99"}).status_code == 422
    assert town.scans == [["s02"], [], [town.case]]


def test_confirming_moves_the_score_and_dismissing_moves_it_back(town: City) -> None:
    client = town.visitor("supervisor")

    def score() -> tuple[float, float]:
        cards = client.get("/api/v1/assessments/changshu-2020/2026").json()["units"]
        card = next(card for card in cards if card["unit"] == "U01")
        return card["score"], card["low"]

    before, low = score()
    assert low < before
    decide(town, "supervisor", "confirmed")
    after, _ = score()
    assert after < before
    decide(town, "supervisor", "dismissed", reason="误判")
    assert score()[0] == before


def test_closing_a_year(town: City) -> None:
    client = town.visitor("supervisor")
    decide(town, "supervisor", "confirmed")
    place = "/assessment/changshu-2020/2026"
    assert client.post(f"{place}/freeze", data={"sure": "2025"}).status_code == 422
    assert client.post(f"{place}/freeze", data={"sure": "2026"}).status_code == 303
    assert client.post(f"{place}/post").status_code == 409
    assert client.post(f"{place}/freeze", data={"sure": "2026"}).status_code == 409
    assert "台账与封账时一致" in client.get("/assessment?scheme=changshu-2020&year=2026").text
    charge = next(r for r in town.store.ledger("changshu-2020", 2026, "U01") if r.entry.value == "charge")
    town.clock.forward(minutes=5)
    assert client.post(f"/ledger/{charge.id}/reverse", data={"reason": "复核更正"}).status_code == 303
    assert "冲销" in client.get(f"{place}/U01").text
    assert town.store.verify_closing("changshu-2020", 2026) is True


def test_papers_open(town: City) -> None:
    client = town.visitor("reader")
    place = "/assessment/changshu-2020/2026"
    for paper in ("ranking.xlsx", "deductions.xlsx", "U01/form", "U01/deductions"):
        path = f"{place}/papers/{paper}" if "/" not in paper else f"{place}/U01/papers/{paper[4:]}.xlsx"
        openpyxl.load_workbook(io.BytesIO(client.get(path).content))
    for path in (
        f"{place}/papers/report.docx",
        f"{place}/papers/bulletin.docx",
        f"{place}/U01/papers/dossier.docx",
    ):
        assert client.get(path).content.startswith(b"PK")
    assert client.get(f"{place}/papers/other.docx").status_code == 404
    assert not list(town.office.data.glob(".paper*"))


def test_verification_is_asked_for_and_on_record(town: City) -> None:
    text = town.visitor("reader").post("/verify").text
    assert "佐证有问题" in text, "files that no seal covers are named"
    assert town.store.acts(act="verify")[1] == 1


def test_the_interface_describes_itself(town: City) -> None:
    shape = town.visitor("reader").get("/api/v1/openapi.json").json()
    assert "/api/v1/findings/{case}" in shape["paths"]
    assert all(path.startswith("/api/") for path in shape["paths"])
