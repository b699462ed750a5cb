"""Seats and pauses at each host."""

from typing import Any

import pytest

from crawler.plan import CrawlPlan, SitePlan
from crawler.robots import RobotsBook, read_rules
from crawler.spiders import traffic as module
from crawler.spiders.traffic import MOST_ASIDE, Traffic
from crawler.spiders.visit import Order, Visit
from domain.target import Site
from tests.crawler.spiders.web import AS_OF, HOME


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(module, "monotonic", made)
    return made


def traffic(robots: RobotsBook | None = None, **facts: Any) -> Traffic:
    site = SitePlan(site=Site(id="s", unit="U", name="n", home=HOME))
    return Traffic(CrawlPlan(sites=(site,), as_of=AS_OF, **facts), robots or RobotsBook())


def visit(url: str = "http://a/", order: float = 1.0) -> Visit:
    return Visit(url=url, key=url, role="column", order=order)


def test_seats_of_a_host(clock: Clock) -> None:
    own = traffic(delay=0, farm_concurrency=2)
    assert own.begin(visit()) == "a"
    own.begin(visit())
    assert not own.is_free("a")
    assert own.is_free("b")
    own.end("a", aside=False)
    assert own.is_free("a")


def test_with_pauses_there_are_two_seats(clock: Clock) -> None:
    own = traffic(delay=1.0)
    own.begin(visit())
    assert own.is_free("a")
    own.begin(visit())
    assert not own.is_free("a")


def test_seats_for_foreign_hosts(clock: Clock) -> None:
    own = traffic(delay=0)
    for number in range(MOST_ASIDE):
        assert own.room_aside
        own.begin(visit(f"http://h{number}/", Order.LINK))
    assert not own.room_aside
    own.end("h0", aside=True)
    assert own.room_aside


def test_the_pause_that_robots_txt_asks_for(clock: Clock) -> None:
    book = RobotsBook()
    book.learn("http://a", read_rules(200, b"User-agent: *\nCrawl-delay: 5", {}))
    own = traffic(book, delay=1.0)
    own.begin(visit())
    assert not own.is_free("a")
    clock.now += 5.1
    assert own.is_free("a")
    farm = traffic(book, delay=0)
    farm.begin(visit())
    assert farm.is_free("a")


def test_a_host_that_blocks_is_given_ever_more_time(clock: Clock) -> None:
    own = traffic(delay=1.0)
    for blocked, pause in ((1, 4.0), (2, 8.0), (9, 120.0)):
        own.begin(visit())
        own.end("a", aside=False, blocked=blocked)
        assert not own.is_free("a")
        clock.now += pause - 0.1
        assert not own.is_free("a")
        clock.now += 0.2
        assert own.is_free("a")
