"""read_page: never raises, whatever the bytes; is a function of them; real saved pages read well."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.extract import read_page
from crawler.reading.belief import believe
from domain.page import Page, PageKind
from tests.crawler.fixture_cases import body_of, families, specification

TODAY = date(2026, 6, 30)
URL = "http://www.yunxi.gov.cn/zwgk/tzgg/"
REAL = Path(__file__).parents[3] / "shared" / "realpages"


def read(body: bytes | str, url: str = URL, content_type: str | None = None) -> Page:
    return read_page(
        body.encode() if isinstance(body, str) else body, url, content_type=content_type, today=TODAY
    )


BODIES = [body_of(name) for name in families()]


@given(
    st.binary(max_size=4000), st.one_of(st.none(), st.sampled_from(["text/html", "application/json", "x"]))
)
def test_no_bytes_raise(body: bytes, content_type: str | None) -> None:
    assert isinstance(read(body, content_type=content_type), Page)


@given(st.text(alphabet="<>/=\"' adivtrlhsc2026-05年月日{}[]()&#;!\n", max_size=1500))
def test_no_scraps_of_markup_raise(text: str) -> None:
    assert isinstance(read("<html><body>" + text), Page)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.data())
def test_no_mutilated_page_raises(data: st.DataObject) -> None:
    body = bytearray(data.draw(st.sampled_from(BODIES)))
    for _ in range(data.draw(st.integers(1, 12))):
        start = data.draw(st.integers(0, len(body)))
        stop = min(len(body), start + data.draw(st.integers(0, 200)))
        body[start:stop] = data.draw(
            st.sampled_from([b"", b"<", b">", b"</div>", b'"', b"\x00", b"\xd6", b"<a href="])
        )
    assert isinstance(read(bytes(body)), Page)


@settings(max_examples=20, deadline=None)
@given(st.sampled_from(BODIES), st.text(max_size=60))
def test_no_address_raises(body: bytes, url: str) -> None:
    assert isinstance(read(body, url), Page)


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 200_000,
        "<b><i><u>" * 20_000,
        "<a href=x>" * 20_000,
        "<table><tr><td>" * 20_000,
        "<li><a href='a.html'>标题标题标题</a> 2026-05-08</li>" * 20_000,
        "<!--" * 50_000,
        "<script>document.write('" * 5_000,
        "2026-05-08 " * 50_000,
        "<style>" + "a{" * 50_000,
        "当前位置：" * 50_000,
        "发布时间：" * 50_000,
        "&#x" * 100_000,
        "[" * 100_000,
        "<script>/*" * 20_000 + "document.write(1)</script>",
        "<script>document.write(1);" + "/*" * 19_000 + "</script>",
        "<datastore><record><![CDATA[" * 20_000,
        "callback(" + " " * 500_000,
        "<html>" + "<div style='" * 30_000,
        "<p>" + "共" * 200_000 + "第" * 100_000,
        "<title>" + "-" * 200_000,
        "<a href='x'>" + " " * 300_000 + "</a>",
        "<div class='" + "nav " * 50_000 + "'><a href=x>y</a></div>",
        "<?xml version='1.0'?><rss>" + "<item>" * 50_000,
    ],
    ids=lambda body: body[:20],
)
def test_pages_made_to_choke_a_reader_are_read_in_time(body: str) -> None:
    assert isinstance(read(body), Page)


@pytest.mark.parametrize("name", families())
def test_reading_is_a_function_of_the_bytes(name: str) -> None:
    body, url = body_of(name), specification(name)["url"]
    assert read(body, url) == read(body, url)


def test_a_rendered_page_is_no_shell_for_lack_of_entries() -> None:
    body = body_of("generic-script-list")
    assert read(body).shell
    assert not read_page(body, URL, content_type=None, today=TODAY, rendered=True).shell


def test_a_rendered_page_with_unfilled_templates_still_is_one() -> None:
    body = body_of("generic-vue-template")
    assert read_page(body, URL, content_type=None, today=TODAY, rendered=True).shell


@pytest.mark.skipif(not REAL.exists(), reason="没有 ../shared/realpages：跳过真实页面的核对")
@pytest.mark.parametrize(
    "row",
    [json.loads(line) for line in (REAL / "truth.jsonl").read_text("utf-8").splitlines()]
    if REAL.exists()
    else [],
    ids=lambda row: row["file"][-50:],
)
def test_real_pages_read_as_the_careful_reader_found(row: dict[str, str]) -> None:
    zhecheng = "zhecheng" in row["file"]
    today = (
        date(2018, 7, 27) if zhecheng else date(2021, 2, 1) if "daozhen" in row["file"] else date(2022, 7, 1)
    )
    url = "http://" + row["file"].removeprefix("sites/").replace("zhecheng/", "www.zhecheng.gov.cn/")
    page = read_page((REAL / row["file"]).read_bytes(), url, content_type=None, today=today)
    if row["type"] == "list":
        assert page.kind is PageKind.LIST
        assert str(max(item.day for item in page.items if item.day)) == row["newest_date"]
        assert len(page.items) == row["items_on_page"]
    elif row["type"] == "article":
        assert page.kind is PageKind.ARTICLE
        assert str(believe(page.dates).day) == row["publish_date"]
        assert page.title.replace(" ", "") == row["title"].replace(" ", "")
    elif row["type"] == "empty_column":
        assert (page.items, page.shell) == ((), "")
