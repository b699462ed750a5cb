"""An account's posts as subjects: those of the last year, or the account that has none."""

from dataclasses import replace

import pytest

from checks.media.posts import key_of, parts_of, posts, silence_of
from domain.observation import UnseenError
from domain.outcome import NotApplicable, Pass
from domain.target import AccountState
from tests.observations import account, account_observation, post, seen, unseen

OLD, EDGE, NEW = post("2025-06-29", "旧"), post("2025-06-30", "界"), post("2026-06-01", "新")


def test_posts_of_the_last_twelve_months_are_read() -> None:
    found = list(posts(account_observation(OLD, EDGE, NEW)))
    assert [one.key for one in found] == [EDGE.url, NEW.url]
    assert found[1].name == "健康示例：新"


def test_a_post_without_title_is_named_by_its_words_and_without_address_by_its_moment() -> None:
    bare = replace(NEW, url="", title="", text="今天接种疫苗")
    observation = account_observation(bare)
    (only,) = posts(observation)
    assert only.name == "健康示例：今天接种疫苗"
    assert only.key == key_of(bare, observation) == "a01:2026-06-01T12:00:00+08:00"
    assert [part.text for part in parts_of(only, observation)] == ["\n今天接种疫苗"]


def test_an_account_without_recent_posts_is_itself_the_subject() -> None:
    observation = account_observation(OLD)
    (only,) = posts(observation)
    assert only.key == "a01"
    assert silence_of(only, observation) == Pass(reason="一年内没有发布信息")


def test_silence_is_no_pass_where_the_posts_were_not_seen_whole() -> None:
    observation = account_observation(posts=seen((), complete=False))
    (only,) = posts(observation)
    with pytest.raises(UnseenError):
        silence_of(only, observation)
    with pytest.raises(UnseenError):
        list(posts(account_observation(posts=unseen())))


def test_an_account_out_of_life_is_not_judged() -> None:
    observation = account_observation(NEW, account=account(state=AccountState.CLOSED))
    (only,) = posts(observation)
    assert isinstance(silence_of(only, observation), NotApplicable)


def test_of_a_post_nothing_is_said_instead() -> None:
    observation = account_observation(NEW)
    (only,) = posts(observation)
    assert silence_of(only, observation) is None
