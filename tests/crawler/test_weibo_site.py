"""Weibo's mobile site end to end over loopback: the way to the posts, paging, pins, refusals."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from checks.media.stale import CHECK as STALE
from checks.media.unavailable import CHECK as UNAVAILABLE
from crawler.accounts import observe_account
from crawler.fetching import Fetched, fetch
from crawler.guard import GuardPolicy
from crawler.sourcing import gather
from domain.observation import CHINA, AccountObservation, UnseenError
from domain.outcome import Inconclusive, Pass, Violation
from domain.target import Account, AccountSource, Platform, Registry, SourceType
from domain.unit import Unit, UnitCategory
from tests.crawler.platform_servers import Weibo, serving
from tests.observations import only

AS_OF = datetime(2026, 6, 30, 2, 0, tzinfo=CHINA)
UID = "7699010006"
REGISTRY = Registry(schemes=(), units=(Unit(code="U01", name="云溪市", category=UnitCategory.COUNTY),))


def days(count: int, newest: int = 1, apart: int = 3) -> list[datetime]:
    return [AS_OF - timedelta(days=newest + apart * n, hours=2) for n in range(count)]


def look(platform: Weibo, **more: Any) -> AccountObservation:
    with serving(platform) as base:
        account = Account(
            id="a1",
            unit="U01",
            platform=Platform.WEIBO,
            name="云溪发布",
            source=AccountSource(
                type=SourceType.WEIBO, options=(("uid", platform.uid), ("base_url", base)), **more
            ),
        )
        policy = GuardPolicy(networks=("127.0.0.0/8",))

        def ask(url: str, *, json: object = None, headers: dict[str, str] | None = None) -> Fetched:
            return fetch(url, policy, at=AS_OF, json=json, headers=headers)

        reading = gather(account, ask, beside=None, at=AS_OF)
    return observe_account(account, REGISTRY, reading, as_of=AS_OF)


def test_from_the_profile_to_all_pages_of_posts() -> None:
    platform = Weibo(UID, days(25))
    seen = look(platform)
    assert len(seen.posts.get()) == 25
    assert len(platform.asked) == 4
    assert seen.posts.get()[0].text.startswith("#云溪# 今日要闻")
    assert seen.profile.get().interactive is True
    assert isinstance(only(STALE, seen), Pass)


def test_pinned_post_makes_no_account_fresh() -> None:
    seen = look(Weibo(UID, days(8, newest=29), pinned=[AS_OF - timedelta(days=1)]))
    outcome = only(STALE, seen)
    assert isinstance(outcome, Violation)
    assert outcome.observed["age_days"] == 29


def test_pages_that_stop_leave_what_was_read() -> None:
    seen = look(Weibo(UID, days(60), stops_after=2))
    assert len(seen.posts.get()) == 20
    assert seen.reaches_back_to == min(post.posted_at for post in seen.posts.get())


@pytest.mark.parametrize(("mode", "words"), [("login", "登录"), ("empty", "没有内容")])
def test_closed_doors_prove_nothing(mode: str, words: str) -> None:
    seen = look(Weibo(UID, days(9), mode=mode))
    with pytest.raises(UnseenError, match=words):
        seen.posts.get()
    assert isinstance(only(UNAVAILABLE, seen), Inconclusive)


def test_unknown_user_is_gone() -> None:
    assert isinstance(only(UNAVAILABLE, look(Weibo(UID, [], mode="gone"))), Violation)


def test_interface_that_is_missing_is_not_the_account_that_is_missing() -> None:
    platform = Weibo(UID, days(3))
    platform.answer = lambda *_: (404, b"")  # type: ignore[method-assign]
    assert isinstance(only(UNAVAILABLE, look(platform)), Inconclusive)
