"""Addresses: what is one page has one key, and links resolve as in a browser."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.address import canonical, looks_like_document, looks_like_file, resolve, same_host

BASE = "http://www.x.gov.cn/zwgk/tzgg/index.html?p=1#top"


@pytest.mark.parametrize(
    "other",
    [
        "http://www.x.gov.cn/tzgg",
        "HTTP://WWW.X.GOV.CN/tzgg#list",
        "http://www.x.gov.cn:80/tzgg",
        "http://www.x.gov.cn/tzgg;jsessionid=0A1B2C3D",
        "http://www.x.gov.cn/tzgg;jsessionid=0A1B2C3D?sid=a1b2c3d4e5f6a7b8",
        "http://www.x.gov.cn/tzgg?PHPSESSID=k2j3h4",
        "http://www.x.gov.cn/tzgg?",
        " http://www.x.gov.cn/tzgg ",
    ],
)
def test_addresses_that_lead_to_one_page_have_one_key(other: str) -> None:
    assert canonical(other) == "http://www.x.gov.cn/tzgg"


@pytest.mark.parametrize(
    "name",
    [
        "index.html",
        "index.htm",
        "Index.shtml",
        "default.aspx",
        "index.jsp",
        "index.php",
        "index.do",
        "default.html",
    ],
)
def test_an_index_file_is_its_folder(name: str) -> None:
    assert canonical(f"http://x.gov.cn/a/{name}") == canonical("http://x.gov.cn/a/")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://x.gov.cn/a", "http://x.gov.cn/b"),
        ("http://x.gov.cn/a", "https://x.gov.cn/a"),
        ("http://x.gov.cn/a", "http://x.gov.cn:8080/a"),
        ("http://x.gov.cn/l?id=1", "http://x.gov.cn/l?id=2"),
        ("http://x.gov.cn/gkmlpt/api?sid=200001", "http://x.gov.cn/gkmlpt/api?sid=200002"),
        ("http://x.gov.cn/index_1.html", "http://x.gov.cn/"),
        ("http://x.gov.cn/A", "http://x.gov.cn/a"),
    ],
)
def test_addresses_of_different_pages_differ(one: str, other: str) -> None:
    assert canonical(one) != canonical(other)


def test_escaped_and_plain_characters_are_one() -> None:
    assert canonical("http://x.gov.cn/通知 公告/%7ea") == canonical(
        "http://x.gov.cn/%e9%80%9a%E7%9F%A5%20公告/~a"
    )


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("a.html", "http://www.x.gov.cn/zwgk/tzgg/a.html"),
        ("./", "http://www.x.gov.cn/zwgk/tzgg/"),
        ("../zcjd/", "http://www.x.gov.cn/zwgk/zcjd/"),
        ("../../../../x.html", "http://www.x.gov.cn/x.html"),
        ("/bsfw", "http://www.x.gov.cn/bsfw"),
        ("?p=2", "http://www.x.gov.cn/zwgk/tzgg/index.html?p=2"),
        ("//y.gov.cn/a", "http://y.gov.cn/a"),
        ("https://y.gov.cn/a/../b", "https://y.gov.cn/a/../b"),
        (" a b.html ", "http://www.x.gov.cn/zwgk/tzgg/a%20b.html"),
        ("a\n.html", "http://www.x.gov.cn/zwgk/tzgg/a.html"),
        ("通知.html", "http://www.x.gov.cn/zwgk/tzgg/%E9%80%9A%E7%9F%A5.html"),
        ("..\\img\\a.doc", "http://www.x.gov.cn/zwgk/img/a.doc"),
        ("http:\\\\y.gov.cn\\a", "http://y.gov.cn/a"),
        ("a.html#part", "http://www.x.gov.cn/zwgk/tzgg/a.html"),
        ("a.jsp?u=../../b", "http://www.x.gov.cn/zwgk/tzgg/a.jsp?u=../../b"),
    ],
)
def test_links_resolve_as_in_a_browser(href: str, expected: str) -> None:
    assert resolve(BASE, href) == expected


def test_a_query_is_escaped_in_the_pages_own_encoding() -> None:
    assert resolve(BASE, "s.jsp?q=中", "gb18030") == "http://www.x.gov.cn/zwgk/tzgg/s.jsp?q=%D6%D0"


@pytest.mark.parametrize(
    "href",
    [
        "",
        "#",
        "#top",
        "javascript:;",
        " JavaScript:void(0)",
        "mailto:a@x.gov.cn",
        "tel:12345",
        "data:text/html,a",
        "about:blank",
        "{{url}}",
        "'+url+'",
        "<%=u%>",
        "http://",
        "//",
    ],
)
def test_what_is_no_link_resolves_to_none(href: str) -> None:
    assert resolve(BASE, href) is None


def test_hosts_are_compared_without_www_and_default_port() -> None:
    assert same_host("http://www.x.gov.cn/a", "http://X.gov.cn:80/b")
    assert not same_host("http://x.gov.cn/", "http://x.gov.cn:8080/")
    assert not same_host("http://x.gov.cn/", "http://y.gov.cn/")


@pytest.mark.parametrize(
    ("url", "is_file", "is_document"),
    [
        ("http://x.gov.cn/a/b.DOCX", True, True),
        ("http://x.gov.cn/a/b.pdf?v=1", True, True),
        ("http://x.gov.cn/down.jsp?filename=%E6%8A%A5.xls", True, True),
        ("http://x.gov.cn/module/download/downfile.jsp?id=3", True, True),
        ("http://x.gov.cn/a.mp4", True, False),
        ("http://x.gov.cn/a.jpg", True, False),
        ("http://x.gov.cn/a.html", False, False),
        ("http://x.gov.cn", False, False),
        ("http://x.gov.cn/col/col1/index.shtml", False, False),
    ],
)
def test_files_are_told_from_pages(url: str, is_file: bool, is_document: bool) -> None:
    assert (looks_like_file(url), looks_like_document(url)) == (is_file, is_document)


@given(st.text(), st.text())
def test_no_text_raises(one: str, other: str) -> None:
    key = canonical(one)
    assert canonical(key) == key or "://" not in key
    resolve(one, other)
    resolve("http://x.gov.cn/a/", other)
    looks_like_file(other)
    same_host(one, other)


@given(st.text(alphabet="abc/.?#&=;:@[]%中 \\"))
def test_a_key_of_a_web_address_is_its_own_key(tail: str) -> None:
    key = canonical("http://x.gov.cn/" + tail)
    assert canonical(key) == key
