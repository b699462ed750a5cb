"""A home page that is elsewhere now takes the site along, by whichever witness that is known."""

from datetime import UTC, datetime

import pytest

from crawler.spiders.arrival import in_its_role
from crawler.spiders.scope import Scope
from crawler.spiders.visit import Order, Visit
from domain.page import Page, PageKind
from domain.snapshot import FetchStatus, Hop, Snapshot, Via
from domain.walk import Sighting

OLD, NEW = "http://wjw.test/", "https://www.yunxi.test/wjw/"


def came(url: str, final: str, role: str, via: Via, *hops: Hop) -> Sighting:
    at = datetime(2026, 6, 30, tzinfo=UTC)
    snapshot = Snapshot(
        url=url, final_url=final, status=FetchStatus.OK, fetched_at=at, via=via, redirects=hops
    )
    page = Page(url=final, adapter="generic", charset="utf-8", kind=PageKind.LIST, title="")
    return Sighting(snapshot=snapshot, page=page, role=role)


@pytest.mark.parametrize(
    ("via", "hops"),
    [(Via.HTTP, (Hop(url=OLD, http_status=301),)), (Via.BROWSER, ())],
    ids=["http", "browser"],
)
def test_a_home_page_that_moved_takes_the_site_along(via: Via, hops: tuple[Hop, ...]) -> None:
    scope = Scope(OLD)
    seen = came(OLD, NEW, "home", via, *hops)
    assert in_its_role(Visit(url=OLD, key=OLD, role="home", order=Order.HOME), seen, scope, None) is seen
    assert scope.owns(NEW + "tzgg/")


def test_a_column_that_leads_to_another_site_is_but_a_link() -> None:
    scope, url = Scope(OLD), OLD + "tzgg/"
    seen = came(url, NEW, "column", Via.HTTP, Hop(url=url, http_status=302))
    kept = in_its_role(Visit(url=url, key=url, role="column", order=Order.COLUMN), seen, scope, None)
    assert (kept.role, kept.page) == ("link", None)
    assert not scope.owns(NEW)
