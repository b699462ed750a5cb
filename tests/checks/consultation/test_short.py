import pytest

from checks.consultation.short import CHECK, Params
from domain.outcome import Inconclusive, Outcome, Pass, Violation
from domain.target import ColumnKind
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
