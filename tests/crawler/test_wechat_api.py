"""WeChat's publishing API end to end over loopback: tokens, paging, quota, refusals, secrets."""

import logging
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from checks.media.stale import CHECK as STALE
from crawler.accounts import observe_account
from crawler.fetching import Fetched, fetch
from crawler.guard import GuardPolicy
from crawler.readings import keep_reading, read_reading
from crawler.runfolder import RunFolder
from crawler.sourcing import SourceReading, gather
from domain.observation import CHINA, AccountObservation, UnseenError
from domain.outcome import Inconclusive, Pass, Violation
from domain.target import Account, AccountSource, Platform, Registry, SourceType
from domain.unit import Unit, UnitCategory
from tests.crawler.platform_servers import APP_ID, SECRET, Wechat, serving
from tests.observations import only

AS_OF = datetime(2026, 6, 30, 2, 0, tzinfo=CHINA)
REGISTRY = Registry(
    schemes=(), units=(Unit(code="U01", name="云溪市卫健委", category=UnitCategory.DEPARTMENT),)
)


def posts(count: int, newest: int = 3) -> list[tuple[str, datetime]]:
    return [(f"第{n}篇", AS_OF - timedelta(days=newest + 4 * n, hours=1)) for n in range(count)]


def look(
    platform: Wechat, secret: str | None = SECRET, **options: str
) -> tuple[SourceReading, AccountObservation]:
    with serving(platform) as base:
        account = Account(
            id="a1",
            unit="U01",
            platform=Platform.WECHAT,
            name="健康云溪",
            source=AccountSource(
                type=SourceType.WECHAT_API,
                path=options.pop("path", None),
                options=(("base_url", base), *options.items()),
            ),
        )
        policy = GuardPolicy(networks=("127.0.0.0/8",))

        def ask(url: str, *, json: object = None, headers: dict[str, str] | None = None) -> Fetched:
            return fetch(url, policy, at=AS_OF, json=json, headers=headers)

        given = {"app_id": APP_ID, "secret": secret}
        reading = gather(
            account,
            ask,
            beside=Path(__file__).parent,
            at=AS_OF,
            credential=lambda _, kind: given.get(kind),
        )
    return reading, observe_account(account, REGISTRY, reading, as_of=AS_OF)


def test_all_pages_are_read_and_one_token_is_enough() -> None:
    platform = Wechat(posts(47))
    _, seen = look(platform)
    assert len(seen.posts.get()) == 47
    assert [body["offset"] for body in platform.bodies[1:]] == [0, 20, 40]
    assert platform.tokens == 1
    assert seen.gone.get() is False
    assert isinstance(only(STALE, seen), Pass)


def test_reading_ends_where_no_rule_asks_further_back() -> None:
    platform = Wechat(posts(400))
    look(platform)
    assert platform.pages < 12


def test_silence_of_the_interface_is_no_silence_of_the_account() -> None:
    _, seen = look(Wechat(posts(7, newest=40)))
    outcome = only(STALE, seen)
    assert isinstance(outcome, Inconclusive)
    assert "群发" in outcome.reason


def test_a_unit_that_vouches_for_the_interface_is_taken_at_its_word() -> None:
    _, seen = look(Wechat(posts(7, newest=40)), covers_all="是")
    outcome = only(STALE, seen)
    assert isinstance(outcome, Violation)
    assert outcome.observed["age_days"] == 40


def test_deleted_articles_do_not_count() -> None:
    _, seen = look(Wechat(posts(3), deleted={"第0篇"}), covers_all="是")
    assert [post.title for post in seen.posts.get()] == ["第1篇", "第2篇"]


def test_expired_token_is_renewed_once() -> None:
    platform = Wechat(posts(3), expired=True)
    _, seen = look(platform)
    assert len(seen.posts.get()) == 3
    assert platform.tokens == 2
    assert platform.bodies[2]["force_refresh"] is True


def test_busy_system_is_asked_again() -> None:
    _, seen = look(Wechat(posts(3), troubles=[-1]))
    assert len(seen.posts.get()) == 3


@pytest.mark.parametrize(
    ("code", "words"),
    [(40001, "无效"), (45009, "上限"), (48001, "权限"), (40164, "白名单"), (50002, "受限"), (99999, "99999")],
)
def test_refusals_leave_everything_unseen(code: int, words: str) -> None:
    _, seen = look(Wechat(posts(3), troubles=[code, code, code]))
    for fact in (seen.posts, seen.gone, seen.profile):
        with pytest.raises(UnseenError, match=words):
            fact.get()


def test_quota_in_the_middle_leaves_what_was_read() -> None:
    _, seen = look(Wechat(posts(60), pages_before_quota=1), covers_all="是")
    assert len(seen.posts.get()) == 20
    assert seen.reaches_back_to == min(post.posted_at for post in seen.posts.get())


def test_success_with_nothing_is_trouble() -> None:
    _, seen = look(Wechat([]), covers_all="是")
    with pytest.raises(UnseenError, match="没有任何内容"):
        seen.posts.get()


@pytest.mark.parametrize(("secret", "words"), [(None, "尚未提供"), ("wrong-secret-000", "AppSecret 无效")])
def test_lacking_or_wrong_secret(secret: str | None, words: str) -> None:
    reading, seen = look(Wechat(posts(3)), secret)
    with pytest.raises(UnseenError, match=words):
        seen.posts.get()
    assert not reading.pages


def test_plain_token_interface_only_where_there_is_no_other() -> None:
    _, seen = look(Wechat(posts(3), stable=False))
    assert len(seen.posts.get()) == 3


def test_no_trace_of_secrets(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    platform = Wechat(posts(25), troubles=[45011])
    for stable in (True, False):
        platform.stable = stable
        reading, seen = look(platform)
        folder = RunFolder(tmp_path / "run", tmp_path / "bodies")
        folder.create()
        keep_reading(folder, reading)
        kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
        shown = f"{reading!r}{seen!r}{caplog.text}".encode() + kept
        assert b"TOKEN_" not in shown
        assert SECRET.encode() not in shown
        assert b"offset=0" in kept
        again = read_reading(folder, "a1")
        assert again is not None
        assert [page.body for page in again.pages] == [page.body for page in reading.pages]


def test_refused_line_shows_no_secret() -> None:
    reading, _ = look(Wechat(posts(3)), base_url="http://127.0.0.1:9")
    assert "微信接口没有应答" in reading.trouble
    assert SECRET not in repr(reading)
