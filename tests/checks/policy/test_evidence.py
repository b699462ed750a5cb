"""Which documents are judged, and what must have been read to judge them."""

from datetime import date

import pytest

from checks.policy import late_interpretation, no_interpretation, unlinked
from checks.policy.evidence import gather
from domain.check import AnyCheck
from domain.outcome import Inconclusive, Violation
from domain.target import ColumnKind
from tests.checks.policy.test_no_interpretation import (
    DOCUMENTS,
    INTERPRETATIONS,
    TODAY,
    interpretation,
    of,
    policy,
)
from tests.observations import column, entry, judged, listing, url

SUBJECT = url("zc/1.html")
CHECKS: list[AnyCheck] = [late_interpretation.CHECK, no_interpretation.CHECK, unlinked.CHECK]


def listed(kind: ColumnKind, day: str, title: str = "一条信息"):
    return column("l/", kind, of=listing(entry(day, "l/9.html", title=title)))


@pytest.mark.parametrize("check", CHECKS)
@pytest.mark.parametrize(
    ("kind", "day", "said"),
    [
        (DOCUMENTS, "2025-06-30", True),
        (DOCUMENTS, "2025-06-29", False),
        (ColumnKind.NEWS, "2026-06-01", False),
    ],
)
def test_unread_documents_of_the_year_are_said_and_nothing_else(
    check: AnyCheck, kind: ColumnKind, day: str, said: bool
) -> None:
    outcomes = judged(check, of(policy(), interpretation(), columns=(listed(kind, day),)))
    assert isinstance(outcomes.get("*"), Inconclusive) is said


def test_the_documents_of_the_year_end_today() -> None:
    limit = no_interpretation.Params().within
    for day, judges in (
        ("2025-06-29", False),
        ("2025-06-30", True),
        ("2026-06-30", True),
        ("2026-07-01", False),
    ):
        evidence = gather(of(policy(day)))
        assert bool(evidence.recent(TODAY, limit)) is judges, day
    assert date(2026, 6, 30) == TODAY


def test_a_document_that_is_not_there_is_not_found() -> None:
    with pytest.raises(KeyError, match=r"zc/2\.html"):
        gather(of(policy())).document(url("zc/2.html"))


def test_columns_in_which_nobody_explains_are_not_asked() -> None:
    columns = (
        column("jd/", INTERPRETATIONS, of=listing()),
        listed(ColumnKind.PERSONNEL, "2026-06-01", "一图读懂就业新政"),
    )
    assert isinstance(judged(no_interpretation.CHECK, of(policy(), columns=columns))[SUBJECT], Violation)


def test_without_a_calendar_three_weeks_are_surely_enough() -> None:
    for day, expected in (("2026-06-10", Inconclusive), ("2026-06-09", Violation)):
        observation = of(policy(day), calendar={})
        assert isinstance(judged(no_interpretation.CHECK, observation)[SUBJECT], expected), day
