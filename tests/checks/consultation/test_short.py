from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from checks.consultation.short import CHECK, Params
from domain.outcome import Inconclusive, NotApplicable, Outcome, Pass, Violation
from domain.snapshot import FetchStatus
from domain.target import ColumnKind
from tests.blinding import blind
from tests.observations import column, document, entry, judged, listing, seen, site_observation, unseen, url

TITLE = "关于公开征求《城市停车管理办法（征求意见稿）》意见的公告"
SUBJECT = url("zj/1.html")


def call(text: str, day: str | None = "2026-05-01", title: str = TITLE, **more):
    more.setdefault("kind", ColumnKind.CONSULTATION)
    more.setdefault("column", url("zj/"))
    return document("zj/1.html", title, day, text=text, **more)


def of(*documents, columns=(), complete=True):
    return site_observation(documents=seen(documents, complete=complete), columns=seen(columns))


def running(text: str, **more) -> Outcome:
    return judged(CHECK, of(call(text, **more)))[SUBJECT]


def test_thirty_days_first_and_last_included_are_enough() -> None:
    assert isinstance(running("征求意见时间：2026年5月1日至2026年5月30日。"), Pass)
    outcome = running("征求意见时间：2026年5月1日至2026年5月29日。")
    assert isinstance(outcome, Violation)
    assert outcome.observed["days"] == 29
    assert outcome.observed["first"] == "2026-05-01"
    assert "29天" in outcome.summary
    assert outcome.url == SUBJECT


def test_a_stated_reason_lets_it_be_shorter() -> None:
    assert isinstance(running("因情况紧急，征求意见期限缩短为15日，自2026年5月1日至2026年5月15日。"), Pass)


def test_announcement_without_a_period_is_inconclusive() -> None:
    assert isinstance(running("欢迎社会各界提出意见。"), Inconclusive)


@pytest.mark.parametrize("day", [unseen(), seen(None, complete=False)])
def test_unknown_day_of_publication_is_inconclusive(day) -> None:
    assert isinstance(running("征求意见时间：2026年5月1日至2026年5月10日。", day=day), Inconclusive)


def test_only_announcements_of_the_last_year_are_subjects() -> None:
    text = "征求意见时间：2026年5月1日至2026年5月10日。"
    assert judged(CHECK, of(call(text, title="城市停车管理办法"))) == {}
    assert judged(CHECK, of(call(text, day="2025-06-29"))) == {}
    assert judged(CHECK, of(call(text, kind=ColumnKind.NEWS))) == {}
    assert SUBJECT in judged(CHECK, of(call(text, kind=ColumnKind.NOTICES)))


def test_unread_announcement_is_said() -> None:
    listed = column("zj/", ColumnKind.CONSULTATION, of=listing(entry("2026-05-01", "zj/9.html")))
    assert isinstance(judged(CHECK, of(columns=(listed,)))["*"], Inconclusive)
    assert isinstance(judged(CHECK, of(complete=False))["*"], Inconclusive)


def test_the_scheme_sets_the_days() -> None:
    observation = of(call("征求意见时间：2026年5月1日至2026年5月10日。"))
    assert isinstance(judged(CHECK, observation, Params(least_days=10))[SUBJECT], Pass)


def test_working_days_are_reckoned_with_the_calendar() -> None:
    text = "征求意见期限：自发布之日起20个工作日。"
    days = {date(2026, 4, 20) + timedelta(days=n): n % 7 < 5 for n in range(60)}
    holidays = {date(2026, 5, day): False for day in (1, 4, 5, 6, 7, 8)}
    plain = site_observation(documents=seen((call(text),)), columns=seen(()), working_days=days)
    outcome = judged(CHECK, plain)[SUBJECT]
    assert isinstance(outcome, Violation)
    assert outcome.observed["days"] == 28
    with_holidays = replace(plain, working_days={**days, **holidays})
    assert isinstance(judged(CHECK, with_holidays)[SUBJECT], Pass)
    assert isinstance(judged(CHECK, replace(plain, working_days={}))[SUBJECT], Inconclusive)


def test_a_notice_that_prolongs_is_not_too_short() -> None:
    text = "征求意见截止日期由2026年5月31日延长至2026年6月5日。"
    notice = call(text, day="2026-05-31", title="关于延长《城市停车管理办法》征求意见期限的公告")
    assert isinstance(judged(CHECK, of(notice))[SUBJECT], NotApplicable)


SHORT = "征求意见时间：2026年5月1日至2026年5月15日。"
FRESH = listing(entry("2026-06-01", "a.html"))


@pytest.mark.parametrize("kind", [ColumnKind.CONSULTATION, ColumnKind.NOTICES])
@pytest.mark.parametrize("hidden", [unseen(), replace(FRESH, complete=False)])
def test_a_column_that_was_not_seen_may_hold_a_notice_that_prolongs(kind: ColumnKind, hidden) -> None:
    """It would stand where consultations or notices stand."""
    outcome = judged(CHECK, of(call(SHORT), columns=(column("tz/", kind, of=hidden),)))[SUBJECT]
    assert isinstance(outcome, Inconclusive)
    assert isinstance(
        judged(CHECK, of(call(SHORT), columns=(column("tz/", kind, of=FRESH),)))[SUBJECT], Violation
    )


def test_the_column_that_announced_it_may_hold_the_notice_whatever_its_kind() -> None:
    own = column("zj/", ColumnKind.OTHER, of=replace(FRESH, complete=False))
    assert isinstance(judged(CHECK, of(call(SHORT), columns=(own,)))[SUBJECT], Inconclusive)


def test_columns_where_no_such_notice_stands_need_not_be_seen() -> None:
    blind = [
        column("xw/", ColumnKind.NEWS, of=unseen()),
        column("cz/", ColumnKind.BUDGET, of=unseen()),
        column("u2/", ColumnKind.NOTICES, of=unseen(), unit="U02"),
        column("gone/", ColumnKind.NOTICES, of=unseen(status=FetchStatus.GONE)),
        column("tz/", ColumnKind.NOTICES, of=FRESH),
    ]
    assert isinstance(judged(CHECK, of(call(SHORT), columns=blind))[SUBJECT], Violation)


def test_a_column_never_found_may_hold_the_notice() -> None:
    observation = replace(of(call(SHORT)), columns=seen((column("xw/", ColumnKind.NEWS),), complete=False))
    assert isinstance(judged(CHECK, observation)[SUBJECT], Inconclusive)


def test_blinded_in_any_way_a_prolonged_consultation_is_not_too_short() -> None:
    """What hypothesis draws for all checks hardly ever has a call and the notice that prolongs it."""
    notice = document(
        "tz/3.html",
        "关于延长《城市停车管理办法》征求意见时间的公告",
        "2026-05-12",
        text="征求意见时间延长至2026年6月5日。",
        kind=ColumnKind.NOTICES,
        column=url("tz/"),
    )
    columns = (
        column("zj/", ColumnKind.CONSULTATION, of=listing(entry("2026-05-01", "zj/1.html", title=TITLE))),
        column("tz/", of=listing(entry("2026-05-12", "tz/3.html", title=notice.title))),
        column("xw/", ColumnKind.NEWS),
    )
    whole = of(call(SHORT), notice, columns=columns)
    assert isinstance(judged(CHECK, whole)[SUBJECT], Pass)
    accused = [seed for seed in range(400) if _accused(blind(whole, Random(seed).randrange))]
    assert accused == []


def _accused(observation) -> bool:
    return any(isinstance(outcome, Violation) for outcome in judged(CHECK, observation).values())


def test_a_later_notice_makes_a_short_period_long_enough() -> None:
    notice = document(
        "zj/3.html",
        "关于延长《城市停车管理办法》征求意见时间的公告",
        "2026-05-12",
        text="征求意见时间延长至2026年6月5日。",
        kind=ColumnKind.CONSULTATION,
        column=url("zj/"),
    )
    text = "征求意见时间：2026年5月1日至2026年5月15日。"
    assert isinstance(running(text), Violation)
    assert isinstance(judged(CHECK, of(call(text), notice))[SUBJECT], Pass)
