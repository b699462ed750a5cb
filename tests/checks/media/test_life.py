"""Where an account is seen, until when it is known, and the weeks that count."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from checks.media.few_interpretations import CHECK as FEW
from checks.media.life import known_on, place_of, seen_before, weeks_between
from checks.media.stale import CHECK as STALE
from checks.media.too_few import CHECK as TOO_FEW
from checks.media.too_few import Params as TooFew
from domain.observation import CHINA
from domain.outcome import Frame, Inconclusive, NotApplicable, Pass, Violation
from domain.target import AccountSource, Platform, SourceType
from tests.observations import AS_OF, account, account_observation, only, post, unseen

WEIBO = AccountSource(type=SourceType.WEIBO, url="http://feeds.test/weibo", options=(("uid", "123"),))


def test_the_profile_goes_before_the_source_and_the_source_before_a_post() -> None:
    plain = account()
    bare = replace(plain, source=AccountSource(type=SourceType.FILE, url=""))
    posts = (post("2026-06-01", "甲"), post("2026-06-03", "乙"), post("2026-06-02", "丙"))
    assert (
        place_of(account_observation(*posts, account=replace(plain, profile="http://a.test/")))
        == "http://a.test/"
    )
    assert place_of(account_observation(*posts)) == plain.source.url
    assert place_of(account_observation(*posts, account=bare)) == posts[1].url
    nameless = replace(posts[1], url="")
    assert place_of(account_observation(posts[0], nameless, account=bare)) == posts[0].url
    assert place_of(account_observation(account=bare)) == ""
    assert place_of(account_observation(account=bare, posts=unseen())) == ""


def test_a_weibo_account_is_seen_by_its_number() -> None:
    weibo = account(platform=Platform.WEIBO)
    assert place_of(account_observation(account=replace(weibo, source=WEIBO))) == "https://m.weibo.cn/u/123"
    assert place_of(account_observation(account=weibo)) == weibo.source.url
    other = account(platform=Platform.WECHAT)
    assert place_of(account_observation(account=replace(other, source=WEIBO))) == WEIBO.url


def test_days_are_those_of_china() -> None:
    late = datetime(2026, 6, 19, 17, 0, tzinfo=UTC)
    assert known_on(account_observation(known_until=late)) == date(2026, 6, 20)
    assert known_on(account_observation(known_until=AS_OF + timedelta(days=3))) == AS_OF.date()
    told = seen_before(account_observation(known_newest=late), date(2026, 6, 20))
    assert isinstance(told, Inconclusive)
    assert "2026-06-20" in told.reason
    assert seen_before(account_observation(known_newest=late), date(2026, 6, 21)) is None
    assert seen_before(account_observation(known_newest=AS_OF), date(2026, 6, 20)) is not None
    assert (
        seen_before(account_observation(known_newest=AS_OF + timedelta(hours=1)), date(2026, 6, 20)) is None
    )


@pytest.mark.parametrize(
    ("first", "last", "mondays"),
    [
        (date(2025, 8, 4), date(2025, 8, 10), [date(2025, 8, 4)]),
        (date(2025, 8, 5), date(2025, 8, 17), [date(2025, 8, 11)]),
        (date(2025, 8, 4), date(2025, 8, 16), [date(2025, 8, 4)]),
        (date(2025, 8, 4), date(2025, 8, 9), []),
    ],
)
def test_whole_weeks(first: date, last: date, mondays: list[date]) -> None:
    assert weeks_between(first, last) == mondays


def test_a_post_of_this_very_moment_is_the_newest() -> None:
    one = replace(post("2026-06-30"), posted_at=AS_OF)
    assert isinstance(only(STALE, account_observation(one, post("2026-01-01"))), Pass)


def test_what_is_told_of_a_silent_account() -> None:
    outcome = only(STALE, account_observation(post("2026-06-01")))
    assert isinstance(outcome, Violation)
    assert outcome.frame == Frame(text="2026-06-01")
    assert "距今29天" in outcome.summary
    bare = replace(post("2026-06-01"), url="")
    nameless = only(STALE, account_observation(bare))
    assert isinstance(nameless, Violation)
    assert nameless.url == account().source.url


@pytest.mark.parametrize(("opened", "judged"), [("2025-01-01", Violation), ("2025-01-02", Inconclusive)])
def test_an_account_of_a_whole_year_is_judged_by_it(opened: str, judged: type) -> None:
    one = account(opened_on=date.fromisoformat(opened))
    assert isinstance(only(FEW, account_observation(post("2025-03-01"), account=one)), judged)


def test_a_year_known_to_its_last_day_is_judged() -> None:
    posts = [post("2025-03-01")]
    last = datetime(2025, 12, 31, 12, 0, tzinfo=CHINA)
    assert isinstance(only(FEW, account_observation(*posts, known_until=last)), Violation)
    before = last - timedelta(days=1)
    assert isinstance(only(FEW, account_observation(*posts, known_until=before)), Inconclusive)


def test_the_year_of_a_post_is_that_of_china() -> None:
    night = replace(post("2025-01-01", "政策解读"), posted_at=datetime(2024, 12, 31, 17, 0, tzinfo=UTC))
    outcome = only(FEW, account_observation(night, post("2025-03-01")))
    assert isinstance(outcome, Violation)
    assert outcome.observed["interpretations"] == [
        {"day": "2025-01-01", "title": "政策解读", "url": night.url, "reason": "标题含“解读”"}
    ]


def test_posts_after_the_period_alone_prove_nothing_of_it() -> None:
    end = datetime(2025, 10, 27, tzinfo=CHINA)
    later = replace(post("2025-10-27"), posted_at=end)
    assert isinstance(only(TOO_FEW, account_observation(later)), Inconclusive)
    within = replace(later, posted_at=end - timedelta(seconds=1))
    assert isinstance(only(TOO_FEW, account_observation(within)), Violation)


def test_a_source_that_begins_too_late_is_told_with_the_day_it_should_reach() -> None:
    late = account_observation(post("2025-09-01"), reaches_back_to=datetime(2025, 8, 5, tzinfo=CHINA))
    outcome = only(TOO_FEW, late)
    assert outcome == Inconclusive(reason="信息源没有追溯到2025-08-04，不能统计条数")


def period(day: str, **more: int) -> str:
    as_of = datetime.combine(date.fromisoformat(day), datetime.min.time(), CHINA)
    observation = account_observation(post("2024-12-30"), post("2025-06-30"), as_of=as_of)
    outcome = only(TOO_FEW, observation, TooFew(**more))
    return str(outcome.observed["period"]) if isinstance(outcome, Violation) else outcome.reason


def test_the_latest_period_that_has_begun_as_far_as_it_is_over() -> None:
    assert period("2025-10-06", last_month=12) == "2025-08-04/2025-10-05"
    assert period("2026-01-31", last_month=12) == "2025-08-04/2025-12-28"
    assert period("2026-06-30", first_month=9, last_month=11) == "2025-09-01/2025-11-30"
    assert period("2025-09-07", first_month=9) == "考核时段内还没有完整的一周"
    assert period("2025-09-08", first_month=9) == "2025-09-01/2025-09-07"


def test_on_the_first_day_of_a_period_it_has_begun() -> None:
    as_of = datetime(2025, 8, 1, 9, 0, tzinfo=CHINA)
    assert isinstance(only(TOO_FEW, account_observation(post("2025-07-30"), as_of=as_of)), NotApplicable)
    before = datetime(2025, 7, 31, 9, 0, tzinfo=CHINA)
    assert not isinstance(only(TOO_FEW, account_observation(post("2025-07-30"), as_of=before)), NotApplicable)
