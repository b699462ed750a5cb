"""What stands before every request: other sites' posts, sizes, headers, captured pages."""

import pytest

from portal import exhibits, uploads
from portal.pages.signing_in import safe_next
from tests.portal.city import HOST, HOSTILE, City, png

FORM = {"login": "boss", "password": "x"}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": HOST}, 401),
        ({"origin": "http://evil.test"}, 403),
        ({"origin": "null"}, 403),
        ({"sec-fetch-site": "same-origin"}, 401),
        ({"sec-fetch-site": "same-origin", "origin": "http://evil.test"}, 403),
        ({"sec-fetch-site": "cross-site", "origin": HOST}, 403),
        ({"sec-fetch-site": "same-site", "origin": HOST}, 403),
        ({"referer": f"{HOST}/login"}, 401),
        ({"referer": "http://evil.test/portal.test"}, 403),
        ({}, 403),
    ],
)
def test_posts_from_elsewhere_are_refused(standing: City, headers: dict[str, str], status: int) -> None:
    client = standing.visitor()
    del client.headers["origin"]
    assert client.post("/login", data=FORM, headers=headers).status_code == status


def test_a_token_without_cookie_needs_no_origin_but_must_hold(standing: City) -> None:
    client = standing.visitor()
    del client.headers["origin"]
    answer = client.post("/api/v1/runs", json={}, headers={"authorization": "Bearer gw_wrong"})
    assert answer.status_code == 401


def test_a_cookie_with_a_token_header_is_still_asked_where_it_comes_from(standing: City) -> None:
    client = standing.visitor("boss")
    headers = {"origin": "http://evil.test", "authorization": "Bearer x"}
    assert client.post("/views", data={"name": "a"}, headers=headers).status_code == 403


@pytest.mark.parametrize("path", ["/login", "/static/portal.js", "/nowhere", "/api/v1/me"])
def test_every_answer_bears_the_headers(standing: City, path: str) -> None:
    answer = standing.visitor().get(path)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/assessment/changshu-2020/99999/U01", 422),
        ("/assessment?year=0", 422),
        ("/assessment?scheme=none", 404),
        ("/records?year=99999999999999999999999", 422),
        ("/findings?page=0", 422),
        ("/findings?q=%00", 400),
        ("/findings/%00", 400),
        ("/runs/none", 409),
        ("/units/none", 404),
        ("/api/v1/outcomes?run=none", 409),
        ("/api/v1/findings?limit=100000", 422),
        ("/api/v1/assessments/changshu-2020/1", 422),
        ("/findings/none/evidence/99999999999999999999", 404),
    ],
)
def test_odd_addresses_are_answered_in_words(standing: City, path: str, status: int) -> None:
    answer = standing.visitor("boss").get(path)
    assert answer.status_code == status
    assert "Traceback" not in answer.text


def test_pages_are_not_kept_by_browsers(standing: City) -> None:
    assert standing.visitor("boss").get("/").headers["cache-control"] == "no-store"


def test_too_large_a_request_is_refused(standing: City) -> None:
    answer = standing.visitor().post("/login", content=b"x", headers={"content-length": "999999999"})
    assert answer.status_code == 413


@pytest.mark.parametrize("path", ["/", "/findings", "/people", "/registry", "/assessment"])
def test_nothing_inline_and_nothing_from_elsewhere(standing: City, path: str) -> None:
    text = standing.visitor("boss").get(path).text
    assert "<script>" not in text
    assert " style=" not in text
    assert " onclick=" not in text
    assert "cdn" not in text


def test_a_picture_is_a_picture(standing: City) -> None:
    answer = standing.visitor("boss").get(f"/findings/{standing.case}/evidence/0")
    assert answer.headers["content-type"] == "image/png"
    assert answer.content == png()
    assert "sandbox" in answer.headers["content-security-policy"]


def kinds(standing: City) -> dict[str, int]:
    files = standing.store.finding(standing.case).evidence
    return {file.path: number for number, file in enumerate(files)}


@pytest.mark.parametrize("name", ["evidence/a/page.html", "evidence/a/fake.png"])
def test_a_captured_page_is_never_shown(standing: City, name: str) -> None:
    """Neither as itself nor dressed up as a picture."""
    answer = standing.visitor("boss").get(f"/findings/{standing.case}/evidence/{kinds(standing)[name]}")
    assert answer.content == HOSTILE
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert ".html" not in answer.headers["content-disposition"]


@pytest.mark.parametrize("name", ["evidence/../govwatch.db", "/etc/passwd"])
def test_a_path_out_of_the_evidence_is_not_followed(standing: City, name: str) -> None:
    answer = standing.visitor("boss").get(f"/findings/{standing.case}/evidence/{kinds(standing)[name]}")
    assert answer.status_code == 404


@pytest.mark.parametrize("number", ["99", "-1", "..%2f..%2fgovwatch.db"])
def test_only_listed_files(standing: City, number: str) -> None:
    answer = standing.visitor("boss").get(f"/findings/{standing.case}/evidence/{number}")
    assert answer.status_code in (404, 422)


def test_a_link_out_of_the_evidence_is_not_followed(town: City) -> None:
    page = town.office.data / "evidence" / "a" / "page.png"
    page.unlink()
    page.symlink_to("/etc/hostname")
    assert town.visitor("boss").get(f"/findings/{town.case}/evidence/0").status_code == 404


def test_altered_and_missing_evidence_is_named(town: City) -> None:
    finding = town.store.finding(town.case)
    states = {each.file.path: each.state for each in exhibits.inspect(town.office.data, finding)}
    assert states["evidence/a/page.png"] == "whole"
    assert states["/etc/passwd"] == "missing"
    (town.office.data / "evidence" / "a" / "page.png").write_bytes(png() + b"x")
    text = town.visitor("boss").get(f"/findings/{town.case}").text
    assert "已被改动" in text
    assert "不能作为佐证使用" in text


def test_pictures_of_a_leak_are_not_shown_and_looking_is_on_record(town: City) -> None:
    leak = next(f.id for f in town.store.findings(check="content.privacy"))
    client = town.visitor("reader")
    text = client.get(f"/findings/{leak}").text
    assert "<img" not in text
    assert client.get(f"/findings/{leak}/evidence/0").status_code == 200
    lines, _ = town.store.acts(act="sensitive")
    assert (lines[0].who, lines[0].object) == ("reader", leak)


def test_hostile_text_is_escaped(town: City) -> None:
    text = "<img src=x onerror=alert(1)>'\"=HYPERLINK()"
    client = town.visitor("boss")
    client.post(f"/findings/{town.case}/decide", data={"to": "dismissed", "reason": text})
    page = client.get(f"/findings/{town.case}").text
    assert "<img src=x" not in page
    assert "&lt;img src=x onerror" in page
    assert "<b>" not in client.get("/findings", params={"q": "<b>x</b>"}).text


@pytest.mark.parametrize(
    ("wanted", "where"),
    [
        ("/findings?state=detected", "/findings?state=detected"),
        ("https://evil.test/", "/"),
        ("//evil.test/", "/"),
        ("/\\evil.test", "/"),
        ("/\tx", "/"),
        ("javascript:alert(1)", "/"),
        ("/login", "/"),
        ("", "/"),
    ],
)
def test_signing_in_leads_to_our_own_pages_only(wanted: str, where: str) -> None:
    assert safe_next(wanted) == where


@pytest.mark.parametrize(
    ("given", "plain"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\文件\\说明.pdf", "说明.pdf"),
        ("a\x00b\n.pdf", "ab.pdf"),
        ("...", "附件"),
        ("", "附件"),
    ],
)
def test_a_file_keeps_its_own_plain_name(given: str, plain: str) -> None:
    assert uploads.plain_name(given) == plain


def test_a_long_name_keeps_its_ending() -> None:
    assert uploads.plain_name("长" * 300 + ".pdf") == "长" * 100 + ".pdf"
