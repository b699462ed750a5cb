"""media.wording, media.privacy, media.secret-mark: what accounts post is read like pages are."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from checks.content.terms import Lexicon, Term
from checks.media import privacy, secret_mark, wording
from domain.check import AnyCheck
from domain.observation import CHINA
from domain.outcome import Inconclusive, NotApplicable, Pass, Violation
from domain.target import AccountState
from tests.checks.content.test_personal import identity
from tests.observations import account, account_observation, judged, only, post, seen, unseen

TERMS = (
    Term(wrong="中华人民共合国", right="中华人民共和国", severity="serious"),
    Term(wrong="关健", right="关键"),
)
WORDING = wording.Params(lexicon=Lexicon(TERMS))
NUMBER = identity()

FAULTS: list[tuple[AnyCheck, Any, str]] = [
    (wording.CHECK, WORDING, "热烈庆祝中华人民共合国成立"),
    (privacy.CHECK, privacy.Params(), f"获奖者身份证号：{NUMBER}"),
    (secret_mark.CHECK, secret_mark.Params(), "秘密★5年\n关于做好某项工作的通知"),
]
every = pytest.mark.parametrize(("check", "params", "fault"), FAULTS, ids=[c.id for c, _, _ in FAULTS])


@every
def test_a_post_with_a_fault(check: AnyCheck, params: Any, fault: str) -> None:
    bad, good = post("2026-06-20", "通报", text=fault), post("2026-06-25")
    outcomes = judged(check, account_observation(bad, good), params)
    found = outcomes[bad.url]
    assert isinstance(found, Violation)
    assert found.url == bad.url
    assert NUMBER not in repr(found)
    assert isinstance(outcomes[good.url], Pass)
    assert len(outcomes) == 2


@every
def test_the_title_is_read_too(check: AnyCheck, params: Any, fault: str) -> None:
    assert isinstance(only(check, account_observation(post("2026-06-20", fault)), params), Violation)


@every
def test_what_the_source_did_not_show_is_inconclusive(check: AnyCheck, params: Any, fault: str) -> None:
    assert isinstance(only(check, account_observation(posts=unseen()), params), Inconclusive)
    part = seen((), complete=False)
    assert isinstance(only(check, account_observation(posts=part), params), Inconclusive)


@every
def test_accounts_out_of_life_are_not_judged(check: AnyCheck, params: Any, fault: str) -> None:
    bad = post("2026-06-20", text=fault)
    for state in (AccountState.SUSPENDED, AccountState.CLOSED):
        observation = account_observation(bad, account=account(state=state))
        assert isinstance(only(check, observation, params), NotApplicable)
    gone = account_observation(posts=unseen(), gone=seen(True))
    assert isinstance(only(check, gone, params), NotApplicable)


@every
def test_an_account_without_posts_passes(check: AnyCheck, params: Any, fault: str) -> None:
    assert isinstance(only(check, account_observation(), params), Pass)


@every
def test_one_post_listed_twice_is_one(check: AnyCheck, params: Any, fault: str) -> None:
    pinned = post("2026-06-20", text=fault, pinned=True)
    listed = post("2026-06-20", text=fault)
    assert isinstance(only(check, account_observation(pinned, listed), params), Violation)


@every
def test_a_post_without_an_address_is_known_by_its_moment(check: AnyCheck, params: Any, fault: str) -> None:
    bare = replace(post("2026-06-20", text=fault), url="")
    outcomes = judged(check, account_observation(bare), params)
    ((key, found),) = outcomes.items()
    assert key == "a01:2026-06-20T12:00:00+08:00"
    assert isinstance(found, Violation)
    assert found.url == "http://feeds.test/a01.xml"


def test_posts_that_scroll_away_are_not_mended() -> None:
    assert all(check.fleeting and check.of == "account" for check, _, _ in FAULTS)


@every
def test_posts_of_more_than_a_year_ago_are_not_read(check: AnyCheck, params: Any, fault: str) -> None:
    old, edge = post("2025-06-29", text=fault), post("2025-06-30", text=fault)
    outcomes = judged(check, account_observation(old, edge), params)
    assert list(outcomes) == [edge.url]
    assert isinstance(only(check, account_observation(old), params), Pass)


@every
def test_posts_that_are_still_there_are_read_though_the_account_is_gone(
    check: AnyCheck, params: Any, fault: str
) -> None:
    bad = post("2026-06-20", text=fault)
    outcomes = judged(check, account_observation(bad, gone=seen(True)), params)
    assert isinstance(outcomes[bad.url], Violation)


@every
def test_the_last_year_begins_at_midnight_in_china(check: AnyCheck, params: Any, fault: str) -> None:
    at = datetime(2025, 6, 30, 0, 30, tzinfo=CHINA)
    edge = replace(post("2025-06-30", text=fault), posted_at=at)
    assert list(judged(check, account_observation(edge), params)) == [edge.url]


@every
def test_a_post_without_a_title_is_named_by_its_opening(check: AnyCheck, params: Any, fault: str) -> None:
    untitled = post("2026-06-20", title="", text="字" * 40 + fault)
    found = only(check, account_observation(untitled), params)
    assert isinstance(found, Violation)
    assert f"“健康示例：{'字' * 30}”" in found.summary
