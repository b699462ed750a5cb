"""Sources of accounts gathered and assembled into observations."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.accounts import BEGINNING, gather, observe_account
from crawler.fetching import Fetched
from crawler.sourcing import of_file
from domain.observation import CHINA, AccountObservation, Seen, UnseenError
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


def gone_page(url: str) -> Fetched:
    return page(url, status=FetchStatus.GONE)


def test_a_missing_page_is_asked_for_twice() -> None:
    answers = [gone_page("http://a.test/1"), page("http://a.test/1", feed("2026-06-20"))]
    asked: list[str] = []

    def fetch(url: str, **_: object) -> Fetched:
        asked.append(url)
        return answers[len(asked) - 1]

    reading = gather(account(), fetch, beside=None, at=AS_OF)
    assert observe_account(account(), REGISTRY, reading, as_of=AS_OF).gone.get() is False
    assert len(asked) == 2


def test_pages_that_stand_oldest_first_must_all_be_read() -> None:
    seen = observe(
        {
            "http://a.test/1": page(
                "http://a.test/1", feed("2026-01-20", "2026-02-20", more="http://a.test/2")
            ),
            "http://a.test/2": page("http://a.test/2", status=FetchStatus.TIMEOUT),
        }
    )
    assert len(seen.posts.get()) == 2
    with pytest.raises(UnseenError, match="后续页"):
        seen.posts.whole()


def test_next_pages_that_lead_round_in_a_circle_end() -> None:
    first = page("http://a.test/1", feed("2026-06-20", more="http://a.test/2"))
    second = page("http://a.test/2", feed("2026-06-10", more="http://a.test/1"))
    assert len(observe({"http://a.test/1": first, "http://a.test/2": second}).posts.get()) == 2


@pytest.mark.parametrize(
    ("when", "doubtful"),
    [
        ("2026-06-30T05:00:00+08:00", True),
        ("2026-06-30T10:00:00+08:00", True),
        ("2026-07-09T10:00:00+08:00", False),
        ("2026-06-29T10:00:00+08:00", False),
    ],
)
def test_a_post_some_hours_ahead_shows_a_mistaken_zone(when: str, doubtful: bool) -> None:
    posts = observe({"http://a.test/1": page("http://a.test/1", feed("2026-05-01", when))}).posts
    assert isinstance(posts, Seen)
    assert posts.complete is not doubtful


ARTICLE = "<html><body><div class='weui-msg__title'>{}</div></body></html>"


@pytest.mark.parametrize(
    ("words", "gone"),
    [
        ("此帐号已自主注销，内容无法查看", True),
        ("该公众号已迁移", True),
        ("该内容已被发布者删除", False),
        ("环境异常", False),
    ],
)
def test_the_newest_articles_page_may_say_that_its_account_is_gone(words: str, gone: bool) -> None:
    source = page("http://a.test/1", feed("2026-05-01"))
    reading = gather(account(), lambda url, **_: source, beside=None, at=AS_OF)
    newest = page("https://mp.weixin.qq.com/s/abc", ARTICLE.format(words))
    seen = observe_account(account(), REGISTRY, replace(reading, newest=newest), as_of=AS_OF)
    assert seen.gone.get() is gone


def test_held_sources_prove_no_silence_and_no_end() -> None:
    for answer in (page("http://a.test/1", feed("2026-05-01")), gone_page("http://a.test/1")):
        reading = gather(account(), lambda url, kept=answer, **_: kept, beside=None, at=AS_OF)
        held = replace(reading, held="对照账号同样没有新内容", blind_since=AS_OF)
        seen = observe_account(account(), REGISTRY, held, as_of=AS_OF)
        with pytest.raises(UnseenError, match="自2026-06-30起无法判定：对照账号"):
            seen.posts.whole()
        if answer.snapshot.status is FetchStatus.GONE:
            with pytest.raises(UnseenError):
                seen.gone.get()


def test_app_page_tells_of_the_app_and_not_of_what_is_in_it() -> None:
    shop = "<p>版本：1.2.3</p><a href='https://d.test/a.apk'>下载</a>"
    one = account(SourceType.APP_PAGE)
    seen = observe({"http://a.test/1": page("http://a.test/1", shop)}, one)
    assert seen.gone.get() is False
    assert "版本1.2.3" in seen.profile.get().words
    with pytest.raises(UnseenError, match="下载页"):
        seen.posts.get()


def test_files_outside_the_registrys_folder_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "secret.csv").write_text("标题,时间\n一,2026-06-20\n", encoding="utf-8")
    for name in ("../secret.csv", str(tmp_path / "secret.csv")):
        found = of_file(name, tmp_path / "in", AS_OF)
        assert found.body == b""
        assert "不在名录所在的文件夹" in found.snapshot.detail
