"""Where a walk sets out, and redirects."""

import pytest

from crawler.spiders.outset import first_visits, is_redirect, loops
from crawler.spiders.scope import Scope
from domain.snapshot import Hop
from domain.target import ColumnKind, DeclaredColumn, Site

URL = "http://www.a.gov.cn/tzgg/"


def test_the_home_page_and_each_declared_column_once() -> None:
    columns = tuple(
        DeclaredColumn(name=name, url=url, kind=ColumnKind.NOTICES)
        for name, url in (
            ("公告", URL),
            ("公告二", URL + "index.html"),
            ("首页", "http://www.a.gov.cn/index.html"),
        )
    )
    site = Site(id="s", unit="U", name="n", home="http://www.a.gov.cn/", columns=columns)
    found = list(first_visits(site, Scope(site.home)))
    assert [(visit.role, visit.text) for visit in found] == [("home", "首页"), ("column", "公告")]
    assert all(visit.candidate for visit in found)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects(status: int) -> None:
    assert is_redirect(status)


@pytest.mark.parametrize("status", [200, 300, 304, 305, 404])
def test_no_redirects(status: int) -> None:
    assert not is_redirect(status)


def test_a_server_may_send_back_once_to_set_a_cookie() -> None:
    once = (Hop(url=URL, http_status=302),)
    assert not loops(URL, once, sets_cookie=True)
    assert loops(URL, once, sets_cookie=False)
    assert loops(URL, once * 2, sets_cookie=True)
    assert not loops("http://www.a.gov.cn/other", once * 2, sets_cookie=False)
