import pytest

from checks.policy.late_interpretation import CHECK, Params, judge
from domain.check import Subject
from domain.outcome import Inconclusive, NotApplicable, Pass, Violation
from domain.target import ColumnKind
from tests.checks.policy.test_no_interpretation import CALENDAR, interpretation, of, policy
from tests.observations import column, document, entry, judged, listing, unseen, url

SUBJECT = url("zc/1.html")


def after(day, calendar=CALENDAR, published="2026-05-04"):
    """The document came out on a Monday."""
    return judged(CHECK, of(policy(published), interpretation(day=day), calendar=calendar))[SUBJECT]


@pytest.mark.parametrize("day", ["2026-05-04", "2026-05-03", "2026-05-05", "2026-05-07"])
def test_three_working_days_are_in_time(day: str) -> None:
    assert isinstance(after(day), Pass)


def test_the_fourth_working_day_is_late() -> None:
    outcome = after("2026-05-08")
    assert isinstance(outcome, Violation)
    assert outcome.observed["working_days"] == 4
    assert outcome.observed["interpretation"] == url("jd/1.html")
    assert "4个工作日" in outcome.summary


def test_weekends_do_not_count() -> None:
    assert isinstance(after("2026-05-13", published="2026-05-08"), Pass)
    assert isinstance(after("2026-05-14", published="2026-05-08"), Violation)


def test_a_year_without_calendar_is_inconclusive() -> None:
    assert isinstance(after("2026-05-20", calendar={}), Inconclusive)


def test_the_first_interpretation_counts() -> None:
    second = document(
        "jd/2.html", "一图读懂《关于促进就业的实施意见》", "2026-05-05", kind=ColumnKind.POLICY_INTERPRETATION
    )
    observation = of(policy("2026-05-04"), interpretation(day="2026-06-05"), second)
    assert isinstance(judged(CHECK, observation)[SUBJECT], Pass)


@pytest.mark.parametrize("day", [None, unseen()])
def test_unknown_dates_are_inconclusive(day) -> None:
    assert isinstance(after(day), Inconclusive)
    assert isinstance(after("2026-05-20", published=day), Inconclusive)


def test_an_earlier_interpretation_may_be_unread() -> None:
    listed = listing(entry("2026-05-05", "jd/9.html"))
    columns = (column("jd/", ColumnKind.POLICY_INTERPRETATION, of=listed),)
    observation = of(policy("2026-05-04"), interpretation(day="2026-06-05"), columns=columns)
    assert isinstance(judged(CHECK, observation)[SUBJECT], Inconclusive)


def test_the_scheme_sets_the_days() -> None:
    observation = of(policy("2026-05-04"), interpretation(day="2026-05-08"))
    assert isinstance(judged(CHECK, observation, Params(working_days=4))[SUBJECT], Pass)


def test_on_the_day_itself_without_a_calendar_is_in_time() -> None:
    assert isinstance(after("2026-05-04", calendar={}), Pass)


def test_both_pages_are_evidence() -> None:
    outcome = after("2026-05-08")
    assert isinstance(outcome, Violation)
    assert outcome.looked_at == (SUBJECT, url("jd/1.html"))


def test_without_an_interpretation_it_is_another_matter() -> None:
    subject = Subject(key=SUBJECT, unit="U01", name="文件")
    assert judge(subject, of(policy()), Params()) == NotApplicable(reason="没有解读，另行认定")
