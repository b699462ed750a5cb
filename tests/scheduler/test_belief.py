"""Which sources are believed: controls, accounts that fell silent together, accounts gone together."""

from datetime import datetime, timedelta
from typing import Any

from domain.observation import CHINA
from domain.target import Account, AccountSource, Platform, SourceType
from scheduler.belief import Glance, group_of, held_groups

AS_OF = datetime(2026, 6, 30, 2, 0, tzinfo=CHINA)
GROUP = ("rss", "bridge.test")


def account(number: int, url: str = "http://bridge.test/{}.xml", **more: Any) -> Account:
    return Account(
        id=f"a{number}",
        unit="U01",
        platform=Platform.WECHAT,
        name=f"账号{number}",
        source=AccountSource(type=SourceType.RSS, url=url.format(number)),
        **more,
    )


def glance(number: int, days: float | None, *, gone: bool = False, **more: Any) -> Glance:
    newest = None if days is None else AS_OF - timedelta(days=days)
    return Glance(account=account(number, **more), newest=newest, gone=gone)


def test_silent_controls_hold_their_source() -> None:
    held = held_groups([glance(1, 20), glance(9, 4, control=True)], AS_OF)
    assert "对照账号“账号9”最新一条也只到2026-06-26" in held[GROUP]
    unseen = held_groups([glance(1, 20), glance(9, None, control=True)], AS_OF)
    assert "看不到内容" in unseen[GROUP]


def test_one_lively_control_is_enough() -> None:
    glances = [glance(n, 20) for n in range(6)]
    assert not held_groups([*glances, glance(8, 9, control=True), glance(9, 1, control=True)], AS_OF)


def test_controls_speak_for_their_own_source_only() -> None:
    other = glance(9, 40, control=True, url="http://other.test/{}.xml")
    assert GROUP not in held_groups([glance(1, 20), other], AS_OF)


def test_many_that_stop_on_the_same_days_stop_with_their_source() -> None:
    assert "停在2026-06-10前后" in held_groups([glance(n, 20 + n / 2) for n in range(5)], AS_OF)[GROUP]
    assert not held_groups([glance(n, 20 + n / 2) for n in range(4)], AS_OF)
    assert not held_groups([glance(n, 20 + n * 2) for n in range(5)], AS_OF)
    assert not held_groups([*(glance(n, 20) for n in range(5)), glance(6, 1)], AS_OF)
    assert not held_groups([glance(n, 5) for n in range(6)], AS_OF)


def test_all_gone_at_once_is_the_sources_doing() -> None:
    assert "3个账号都答复不存在" in held_groups([glance(n, None, gone=True) for n in range(3)], AS_OF)[GROUP]
    assert not held_groups([glance(1, None, gone=True), glance(2, None, gone=True)], AS_OF)
    assert not held_groups([*(glance(n, None, gone=True) for n in range(3)), glance(4, 1)], AS_OF)


def test_files_stand_for_themselves() -> None:
    source = AccountSource(type=SourceType.FILE, path="a.csv")
    one = Account(id="f", unit="U01", platform=Platform.DOUYIN, name="抖音", source=source)
    assert group_of(one) is None
    by_number = AccountSource(type=SourceType.WEIBO, options=(("uid", "1"),))
    assert group_of(Account(id="w", unit="U", platform=Platform.WEIBO, name="", source=by_number)) == (
        "weibo",
        "m.weibo.cn",
    )
