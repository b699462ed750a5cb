"""What may have been planted in a site's pages, and when nothing can be said of it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from crawler.observing.sights import Sights
from crawler.observing.suspects import suspects_of
from domain.observation import UnseenError
from domain.page import Concealed, Link, Page, PageKind
from domain.snapshot import FetchStatus, Snapshot
from domain.target import Site
from domain.walk import Sighting, Walk

AT = datetime(2026, 6, 30, tzinfo=UTC)
HOME = "http://wjw.example/index.html"
SITE = Site(id="s1", unit="U1", name="网站", home=HOME)
BET = Concealed(url="http://slots.example/", text="博彩平台", how="不显示")


def sighting(
    url: str, *hidden: Concealed, role: str = "column", status: FetchStatus = FetchStatus.OK
) -> Sighting:
    page = Page(
        url=url, adapter="generic", charset="utf-8", kind=PageKind.LIST, title="栏目", concealed=hidden
    )
    snapshot = Snapshot(url=url, final_url=url, status=status, fetched_at=AT, http_status=200)
    return Sighting(snapshot=snapshot, page=page if status is FetchStatus.OK else None, role=role)


def sights(*pages: Sighting) -> Sights:
    return Sights(
        Walk(site="s1", started_at=AT, ended_at=AT, complete=True, sightings=pages),
        SITE,
    )


def test_a_hidden_link_on_the_home_page_is_told_under_the_homes_own_address() -> None:
    (found,) = suspects_of(SITE, sights(sighting(HOME, BET, role="home"))).whole()
    assert (found.page, found.target, found.hidden, found.suspicious) == (HOME, BET.url, True, True)


def test_a_link_to_the_sites_other_host_is_its_own() -> None:
    entry = Concealed(url="http://gk.example/", text="信息公开", how="不显示")
    seen = sights(sighting(HOME, entry, role="home"), sighting("http://gk.example/"))
    assert not any(one.suspicious for one in suspects_of(SITE, seen).whole())


def test_pages_that_are_only_tried_are_not_the_sites() -> None:
    seen = sights(sighting(HOME, role="home"), sighting("http://other.example/", BET, role="link"))
    assert suspects_of(SITE, seen).whole() == ()


def test_a_page_left_unread_may_hide_more() -> None:
    unread = sighting("http://wjw.example/tzgg/", status=FetchStatus.BLOCKED)
    fact = suspects_of(SITE, sights(sighting(HOME, BET, role="home"), unread))
    assert len(fact.get()) == 1
    with pytest.raises(UnseenError, match="拦截"):
        fact.whole()


def test_a_page_that_is_gone_hides_nothing() -> None:
    gone = sighting("http://wjw.example/tzgg/", status=FetchStatus.GONE)
    assert suspects_of(SITE, sights(sighting(HOME, role="home"), gone)).whole() == ()


def test_without_the_home_page_nothing_is_said() -> None:
    with pytest.raises(UnseenError):
        suspects_of(SITE, sights(sighting(HOME, role="home", status=FetchStatus.TIMEOUT))).get()


def test_what_stands_on_every_page_is_told_once_on_the_home_page() -> None:
    inner = sighting("http://wjw.example/tzgg/", BET)
    (found,) = suspects_of(SITE, sights(inner, sighting(HOME, BET, role="home"))).whole()
    assert found.page == HOME


def test_what_the_home_page_does_not_bear_is_told_where_it_stands() -> None:
    inner = sighting("http://wjw.example/tzgg/", BET)
    (found,) = suspects_of(SITE, sights(sighting(HOME, role="home"), inner)).whole()
    assert found.page == "http://wjw.example/tzgg/"


def test_a_hidden_link_to_a_host_linked_nowhere_else_is_for_a_person() -> None:
    away = Concealed(url="http://strange.example/a", text="友情", how="移出屏幕之外")
    (found,) = suspects_of(SITE, sights(sighting(HOME, away, role="home"))).whole()
    assert (found.suspicious, found.unknown) == (True, True)
    for how in ("display:none", "文字移出屏幕之外", "字号近于零", "由脚本隐藏"):
        (usual,) = suspects_of(SITE, sights(sighting(HOME, replace(away, how=how), role="home"))).whole()
        assert not usual.suspicious


def test_a_host_that_another_page_links_in_plain_view_is_known() -> None:
    away = Concealed(url="http://www.partner.example/a", text="友情", how="移出屏幕之外")
    other = sighting("http://wjw.example/link/")
    assert other.page is not None
    shown = replace(other.page, links=(Link(url="http://partner.example/", text="合作单位"),))
    seen = sights(sighting(HOME, away, role="home"), replace(other, page=shown))
    assert suspects_of(SITE, seen).whole() == ()
