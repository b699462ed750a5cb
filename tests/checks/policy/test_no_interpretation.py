from datetime import date, timedelta

import pytest

from checks.policy.no_interpretation import CHECK
from domain.observation import SiteObservation
from domain.outcome import Inconclusive, NotApplicable, Pass, Violation
from domain.target import ColumnKind
from tests.observations import (
    AS_OF,
    column,
    document,
    entry,
    judged,
    listing,
    seen,
    site_observation,
    unseen,
    url,
)

DOCUMENTS, INTERPRETATIONS = ColumnKind.POLICY_DOCUMENTS, ColumnKind.POLICY_INTERPRETATION
TITLE = "示例市人民政府关于促进就业的实施意见"
TODAY = AS_OF.date()
CALENDAR = {TODAY - timedelta(days=n): (TODAY - timedelta(days=n)).weekday() < 5 for n in range(-5, 500)}


def policy(day: str | None = "2026-05-06", **more):
    return document("zc/1.html", TITLE, day, kind=DOCUMENTS, **more)


def interpretation(title: str = "《关于促进就业的实施意见》政策解读", day: str = "2026-05-08", **more):
    return document("jd/1.html", title, day, kind=INTERPRETATIONS, **more)


def of(*documents, columns=None, complete=True, calendar=CALENDAR) -> SiteObservation:
    columns = columns if columns is not None else (column("jd/", INTERPRETATIONS, of=listing()),)
    return site_observation(
        documents=seen(documents, complete=complete), columns=seen(columns), working_days=calendar
    )


def test_document_with_an_interpretation_passes() -> None:
    assert isinstance(judged(CHECK, of(policy(), interpretation()))[url("zc/1.html")], Pass)


def test_document_without_one_is_a_lapse() -> None:
    outcome = judged(CHECK, of(policy()))[url("zc/1.html")]
    assert isinstance(outcome, Violation)
    assert outcome.observed["published"] == "2026-05-06"
    assert "促进就业" in outcome.summary


def test_interpretation_of_another_document_does_not_count() -> None:
    other = interpretation("《城市绿化管理办法》政策解读", text="城市绿化")
    entries = listing(entry("2026-05-08", "jd/1.html", title=other.title))
    columns = (column("jd/", INTERPRETATIONS, of=entries),)
    assert isinstance(judged(CHECK, of(policy(), other, columns=columns))[url("zc/1.html")], Violation)


def test_unread_interpretation_may_be_the_one() -> None:
    columns = (column("jd/", INTERPRETATIONS, of=listing(entry("2026-05-08", "jd/9.html"))),)
    assert isinstance(judged(CHECK, of(policy(), columns=columns))[url("zc/1.html")], Inconclusive)


def test_unread_interpretation_from_before_the_document_is_not() -> None:
    columns = (column("jd/", INTERPRETATIONS, of=listing(entry("2026-05-05", "jd/9.html"))),)
    assert isinstance(judged(CHECK, of(policy(), columns=columns))[url("zc/1.html")], Violation)


def test_unread_entry_elsewhere_counts_when_its_title_says_so() -> None:
    listed = listing(entry("2026-05-08", "tz/9.html", title="一图读懂就业新政"))
    columns = (column("tz/", ColumnKind.NOTICES, of=listed),)
    assert isinstance(judged(CHECK, of(policy(), columns=columns))[url("zc/1.html")], Inconclusive)


@pytest.mark.parametrize("of_column", [unseen(url("jd/")), listing(complete=False)])
def test_column_not_seen_whole_is_inconclusive(of_column) -> None:
    columns = (column("jd/", INTERPRETATIONS, of=of_column),)
    assert isinstance(judged(CHECK, of(policy(), columns=columns))[url("zc/1.html")], Inconclusive)


def test_incomplete_walk_or_reading_is_inconclusive() -> None:
    assert isinstance(judged(CHECK, of(policy(), complete=False))[url("zc/1.html")], Inconclusive)
    observation = site_observation(
        documents=seen((policy(),)), columns=seen((), complete=False), working_days=CALENDAR
    )
    assert isinstance(judged(CHECK, observation)[url("zc/1.html")], Inconclusive)


def test_three_working_days_are_left_for_it() -> None:
    assert date(2026, 6, 30) == TODAY
    assert isinstance(judged(CHECK, of(policy("2026-06-25")))[url("zc/1.html")], NotApplicable)
    assert isinstance(judged(CHECK, of(policy("2026-06-24")))[url("zc/1.html")], Violation)


def test_unknown_calendar_is_inconclusive_only_while_it_matters() -> None:
    assert isinstance(judged(CHECK, of(policy("2026-06-15"), calendar={}))[url("zc/1.html")], Inconclusive)
    assert isinstance(judged(CHECK, of(policy("2026-05-06"), calendar={}))[url("zc/1.html")], Violation)


def test_old_documents_are_not_judged_and_undated_ones_cannot_be() -> None:
    assert judged(CHECK, of(policy("2025-06-29"))) == {}
    assert url("zc/1.html") in judged(CHECK, of(policy("2025-06-30")))
    assert isinstance(judged(CHECK, of(policy(None)))[url("zc/1.html")], Inconclusive)


def test_appointments_need_no_interpretation() -> None:
    appointment = document("zc/2.html", "示例市人民政府关于张三等同志任免职务的通知", kind=DOCUMENTS)
    assert judged(CHECK, of(appointment)) == {}


def test_unread_policy_document_is_said() -> None:
    listed = listing(entry("2026-05-08", "zc/9.html"))
    outcomes = judged(CHECK, of(columns=(column("zc/", DOCUMENTS, of=listed),)))
    assert isinstance(outcomes["*"], Inconclusive)
