"""Sources of accounts gathered and assembled into observations."""

from datetime import UTC, datetime

import pytest

from crawler.accounts import BEGINNING, gather, observe_account
from crawler.fetching import Fetched
from domain.observation import CHINA, AccountObservation, UnseenError
from domain.snapshot import FetchStatus, Snapshot
from domain.target import Account, AccountSource, Platform, Registry, SourceType
from domain.unit import Unit, UnitCategory

AS_OF = datetime(2026, 6, 30, 2, 0, tzinfo=CHINA)
UNIT = Unit(code="U01", name="云溪市卫生健康委员会", category=UnitCategory.DEPARTMENT)
REGISTRY = Registry(schemes=("changshu-2020",), units=(UNIT,))


def account(kind: SourceType = SourceType.RSS, profile: str | None = None) -> Account:
    source = AccountSource(type=kind, url="http://a.test/1")
    return Account(
        id="a1", unit="U01", platform=Platform.WECHAT, name="健康云溪", source=source, profile=profile
    )


def page(url: str, body: str = "", status: FetchStatus = FetchStatus.OK) -> Fetched:
    return Fetched(
        snapshot=Snapshot(url=url, final_url=url, status=status, fetched_at=AS_OF), body=body.encode()
    )


def feed(*days: str, more: str = "", about: str = "官方账号") -> str:
    rows = ",".join(f'{{"url": "http://a.test/p{d}", "title": "一", "date_published": "{d}"}}' for d in days)
    following = f', "next_url": "{more}"' if more else ""
    return f'{{"version": "x", "description": "{about}", "items": [{rows}]{following}}}'


def observe(pages: dict[str, Fetched], one: Account | None = None) -> AccountObservation:
    one = one or account()
    reading = gather(one, lambda url: pages[url], beside=None, at=AS_OF)
    return observe_account(one, REGISTRY, reading, as_of=AS_OF)


def test_pages_are_joined_and_reach_the_beginning() -> None:
    seen = observe(
        {
            "http://a.test/1": page("http://a.test/1", feed("2026-06-20", more="http://a.test/2")),
            "http://a.test/2": page("http://a.test/2", feed("2026-05-20", "2026-06-20")),
        }
    )
    assert len(seen.posts.get()) == 2
    assert seen.reaches_back_to == BEGINNING


def test_a_page_that_fails_leaves_what_was_read() -> None:
    seen = observe(
        {
            "http://a.test/1": page("http://a.test/1", feed("2026-06-20", more="http://a.test/2")),
            "http://a.test/2": page("http://a.test/2", status=FetchStatus.TIMEOUT),
        }
    )
    assert seen.reaches_back_to == datetime(2026, 6, 20, tzinfo=CHINA)


@pytest.mark.parametrize("status", [s for s in FetchStatus if s not in (FetchStatus.OK, FetchStatus.GONE)])
def test_a_source_in_trouble_shows_nothing(status: FetchStatus) -> None:
    seen = observe({"http://a.test/1": page("http://a.test/1", feed("2020-01-01"), status)})
    for fact in (seen.posts, seen.gone, seen.profile):
        with pytest.raises(UnseenError):
            fact.get()


def test_gone_is_seen() -> None:
    seen = observe({"http://a.test/1": page("http://a.test/1", status=FetchStatus.GONE)})
    assert seen.gone.get() is True


def test_both_description_and_profile_page_must_deny_an_entry() -> None:
    one = account(profile="http://a.test/me")
    source = page("http://a.test/1", feed("2026-06-20", about="本账号未开通留言功能"))
    denied = {"http://a.test/1": source, "http://a.test/me": page("http://a.test/me", "未开通互动")}
    assert observe(denied, one).profile.get().interactive is False
    offered = {"http://a.test/1": source, "http://a.test/me": page("http://a.test/me", "在线咨询")}
    assert observe(offered, one).profile.get().interactive is True
    unseen = {"http://a.test/1": source, "http://a.test/me": page("u", status=FetchStatus.BLOCKED)}
    with pytest.raises(UnseenError):
        observe(unseen, one).profile.get()


def test_sources_without_a_reader_are_blind() -> None:
    seen = observe({"http://a.test/1": page("http://a.test/1", "{}")}, account(SourceType.WECHAT_API))
    with pytest.raises(UnseenError, match="凭据"):
        seen.posts.get()


def test_epoch_is_utc() -> None:
    assert BEGINNING.tzinfo is UTC
