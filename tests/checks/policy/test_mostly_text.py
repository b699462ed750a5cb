"""policy.mostly-text: the share of interpretations that are more than mere text."""

from typing import Any

import pytest

from checks.policy.mostly_text import CHECK, LOOKED_AT, TOLD_AT_MOST, Params
from domain.outcome import Inconclusive, Pass, Violation
from domain.target import ColumnKind
from tests.observations import (
    HOME,
    column,
    document,
    entry,
    judged,
    listing,
    only,
    seen,
    site_observation,
    url,
)

KIND = ColumnKind.POLICY_INTERPRETATION
COLUMN = column("jd/", KIND, of=listing())


def readings(plain: int, rich: int, day: str = "2026-05-06") -> tuple[Any, ...]:
    words = "解读" * 200
    return (
        *(document(f"jd/p{n}.html", f"《办法{n}》解读", day, kind=KIND, text=words) for n in range(plain)),
        *(document(f"jd/r{n}.html", f"图解：《办法{n}》", day, kind=KIND, text=words) for n in range(rich)),
    )


def of(*documents: Any, columns: Any = (COLUMN,), complete: bool = True) -> Any:
    return site_observation(documents=seen(documents, complete=complete), columns=seen(columns))


@pytest.mark.parametrize(("plain", "rich"), [(3, 7), (0, 1), (1, 3), (60, 140)])
def test_enough_that_are_more_than_text(plain: int, rich: int) -> None:
    assert CHECK.trial
    assert isinstance(only(CHECK, of(*readings(plain, rich))), Pass)


@pytest.mark.parametrize(
    ("plain", "rich", "share"), [(4, 6, 60), (1, 0, 0), (31, 69, 69), (61, 139, 69), (301, 699, 69)]
)
def test_too_few_is_a_warning_of_the_column(plain: int, rich: int, share: int) -> None:
    outcome = judged(CHECK, of(*readings(plain, rich)))[url("jd/")]
    assert isinstance(outcome, Violation)
    assert outcome.severity == "warning"
    assert f"非纯文字{rich}篇，占{share}%，不足70%" in outcome.summary
    assert (outcome.observed["interpretations"], outcome.observed["non_text"]) == (plain + rich, rich)
    assert outcome.observed["forms"] == {"纯文字": plain} | ({"图解": rich} if rich else {})
    assert outcome.observed["text_only"] == [url(f"jd/p{n}.html") for n in range(min(plain, TOLD_AT_MOST))]
    assert outcome.looked_at == tuple(url(f"jd/p{n}.html") for n in range(min(plain, LOOKED_AT)))


def test_pictures_beside_a_long_text_are_more_than_text() -> None:
    plain = document("jd/1.html", "《办法》解读", kind=KIND, text="解读" * 200)
    shown = document(
        "jd/2.html", "《办法》解读", kind=KIND, text="解读" * 200, images=("http://a.test/t.jpg",)
    )
    assert isinstance(only(CHECK, of(plain)), Violation)
    assert isinstance(only(CHECK, of(shown)), Pass)
    told = only(CHECK, of(plain, shown))
    assert isinstance(told, Violation)
    assert told.observed["forms"] == {"纯文字": 1, "图解": 1}


def test_only_the_last_year_counts() -> None:
    old = readings(5, 0, "2025-06-29")
    assert isinstance(only(CHECK, of(*old)), Pass)
    assert isinstance(only(CHECK, of(*readings(1, 0, "2025-06-30"))), Violation)
    undated = document("jd/u.html", "《办法》解读", None, kind=KIND, text="解读" * 200)
    assert isinstance(only(CHECK, of(undated)), Pass)


def test_what_was_not_seen_is_inconclusive() -> None:
    unread = column("jd/", KIND, of=listing(entry("2026-05-01", "jd/9.html", title="一图读懂")))
    assert isinstance(judged(CHECK, of(*readings(1, 0), columns=(unread,)))[url("jd/")], Inconclusive)
    assert isinstance(judged(CHECK, of(*readings(1, 0), complete=False))[url("jd/")], Inconclusive)


def test_no_interpretations_no_subject_and_a_scheme_may_ask_for_less() -> None:
    assert judged(CHECK, of()) == {}
    assert isinstance(only(CHECK, of(*readings(1, 1)), Params(percent=50)), Pass)


def test_without_a_column_of_their_own_the_home_page_is_the_subject() -> None:
    news = column("dt/", ColumnKind.NEWS, of=listing())
    told = judged(CHECK, of(document("dt/1.html", "《办法》政策解读", kind=ColumnKind.NEWS), columns=(news,)))
    assert set(told) == {HOME}


def test_the_column_is_the_units_own_of_interpretations_declared_first_then_the_highest() -> None:
    low, lower = (column(f"{name}/", KIND, of=listing(), level=3) for name in ("l2", "l1"))
    high = column("h/", KIND, of=listing(), level=2)
    declared = column("z/", KIND, of=listing(), level=4, declared=True)
    news = column("a/", ColumnKind.NEWS, of=listing(), level=1)
    others = column("b/", KIND, of=listing(), level=1, unit="U02")
    found = (news, others, low, lower, high, declared)
    for columns, told in (
        (found, url("z/")),
        (found[:-1], url("h/")),
        (found[:-2], url("l1/")),
        (found[:2], HOME),
    ):
        assert set(judged(CHECK, of(*readings(1, 0), columns=columns))) == {told}
