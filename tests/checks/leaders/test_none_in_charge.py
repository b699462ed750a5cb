"""leaders.none-in-charge: one leader whose duties name government openness is enough."""

from dataclasses import replace
from typing import Any

from checks.leaders.incomplete import PARTICULAR_TITLES
from checks.leaders.none_in_charge import CHECK, IN_CHARGE
from domain.outcome import Inconclusive, Pass, Violation
from domain.target import ColumnKind
from tests.observations import (
    column,
    document,
    entry,
    judged,
    listing,
    only,
    particulars,
    seen,
    site_observation,
    unseen,
    url,
)

ALL = set(PARTICULAR_TITLES)
HEAD = particulars("ld/1.html", ALL, title="张三")
SECOND = particulars("ld/2.html", ALL, title="李四")
COLUMN = column("ld/", ColumnKind.LEADERS, of=listing())


def of(*pages: Any, complete: bool = True, columns: Any = (COLUMN,), **more: Any) -> Any:
    more.setdefault("documents", seen(()))
    return site_observation(leaders=seen(pages, complete=complete), columns=seen(columns), **more)


def test_one_leader_in_charge_is_enough() -> None:
    assert CHECK.trial
    outcome = only(CHECK, of(HEAD, replace(SECOND, stated=seen(frozenset({IN_CHARGE})))))
    assert isinstance(outcome, Pass)
    assert "李四" in outcome.reason


def test_none_in_charge_is_a_warning_of_the_column() -> None:
    outcome = judged(CHECK, of(HEAD, SECOND))[url("ld/")]
    assert isinstance(outcome, Violation)
    assert outcome.severity == "warning"
    assert outcome.observed == {"leaders": ["张三", "李四"], "in_charge": 0}
    assert outcome.expected == {"in_charge_at_least": 1}
    assert outcome.looked_at == (HEAD.url, SECOND.url)
    assert "（2页）" in outcome.summary


def test_what_was_not_seen_is_inconclusive() -> None:
    for leader in (
        replace(SECOND, stated=unseen()),
        replace(SECOND, stated=seen(frozenset({"duties"}), complete=False)),
    ):
        assert isinstance(only(CHECK, of(HEAD, leader)), Inconclusive)
    assert isinstance(judged(CHECK, of(HEAD, complete=False))[url("ld/")], Inconclusive)
    assert isinstance(only(CHECK, of(replace(HEAD, stated=seen(frozenset({"name", "post"}))))), Inconclusive)
    unread = column(
        "ld/", ColumnKind.LEADERS, of=listing(entry("2026-01-01", "ld/fg.html", title="领导分工"))
    )
    outcome = only(CHECK, of(HEAD, columns=(unread,)))
    assert isinstance(outcome, Inconclusive)
    assert "领导分工" in outcome.reason
    read = seen((document("ld/fg.html", "领导分工"),))
    assert isinstance(only(CHECK, of(HEAD, columns=(unread,), documents=read)), Violation)


def test_a_leader_seen_to_be_in_charge_needs_no_more() -> None:
    charged = replace(HEAD, stated=seen(frozenset({IN_CHARGE}), complete=False))
    told = judged(CHECK, of(replace(SECOND, stated=unseen()), charged, complete=False))
    assert isinstance(told[url("ld/")], Pass)
    assert isinstance(told["*"], Inconclusive)


def test_without_a_column_the_first_leader_is_the_subject() -> None:
    assert set(judged(CHECK, of(HEAD, SECOND, columns=()))) == {url("ld/1.html")}


def test_pages_of_other_columns_that_were_not_read_may_say_nothing_of_leaders() -> None:
    news = column("xw/", ColumnKind.NEWS, of=listing(entry("2026-01-01", "xw/1.html")))
    assert isinstance(judged(CHECK, of(HEAD, columns=(COLUMN, news)))[url("ld/")], Violation)


def test_the_column_is_the_units_own_of_leaders_declared_first_then_the_highest() -> None:
    """Of others there may be more, and higher ones."""
    low, lower = (column(f"{name}/", ColumnKind.LEADERS, of=listing(), level=3) for name in ("l2", "l1"))
    high = column("h/", ColumnKind.LEADERS, of=listing(), level=2)
    declared = column("z/", ColumnKind.LEADERS, of=listing(), level=4, declared=True)
    news = column("a/", ColumnKind.NEWS, of=listing(), level=1)
    others = column("b/", ColumnKind.LEADERS, of=listing(), level=1, unit="U02")
    found = (news, others, low, lower, high, declared)
    for columns, told in ((found, "z/"), (found[:-1], "h/"), (found[:-2], "l1/"), (found[:2], "ld/1.html")):
        assert set(judged(CHECK, of(HEAD, columns=columns))) == {url(told)}
