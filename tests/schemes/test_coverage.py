"""What is covered of each unit: counts, reasons, what met nothing to judge, what people enter."""

from dataclasses import dataclass, replace

import pytest

from checks.catalogue import all_checks
from domain.check import Question, Subject
from domain.finding import Verdict
from domain.outcome import Inconclusive, NotApplicable, Outcome, Pass, Violation
from domain.unit import Unit, UnitCategory
from schemes.coverage import MOST_REASONS, Coverage, Covered, coverage
from schemes.scheme import load_all

OFFICE = Unit(code="U01", name="卫健局", category=UnitCategory.DEPARTMENT)
TOWN = Unit(code="U02", name="某镇", category=UnitCategory.TOWNSHIP)
FAULT = Violation(url="http://a.test/", summary="旧", observed={}, expected={})
HINT = Violation(url="http://a.test/", summary="疑", observed={}, expected={}, severity="warning")


def question(check: str, *categories: UnitCategory) -> Question:
    found = all_checks()[check]
    return Question(check=found, params=found.params(), indicators=(), categories=frozenset(categories))


def verdict(
    outcome: Outcome, check: str = "column.stale", unit: str = "U01", key: str = "http://a.test/"
) -> Verdict:
    subject = Subject(key=key, unit=unit, name="一栏")
    return Verdict(check=check, target_kind="site", target="s01", subject=subject, outcome=outcome)


def of(*verdicts: Verdict, asked: tuple[Question, ...] = (question("column.stale"),)) -> Coverage:
    return coverage([OFFICE, TOWN], verdicts, asked, [])


def test_outcomes_are_counted_by_unit_and_check() -> None:
    found = of(
        verdict(Pass(reason="新")),
        verdict(Pass(reason="新")),
        verdict(FAULT),
        verdict(HINT),
        verdict(Inconclusive(reason="响应超时（http://a.test/x）")),
        verdict(Inconclusive(reason="响应超时（http://a.test/y）"), key="*"),
        verdict(NotApplicable(reason="免检")),
        verdict(FAULT, unit="U02"),
    )
    first, second = found.covered
    assert first == Covered(
        unit="U01",
        check="column.stale",
        passed=2,
        failed=1,
        warned=1,
        inconclusive=2,
        not_applicable=1,
        gaps=1,
        reasons=(("响应超时", 2),),
    )
    assert (second.unit, second.failed) == ("U02", 1)
    assert found.units == {"U01": "卫健局", "U02": "某镇"}


@pytest.mark.parametrize(
    "outcome",
    [Pass(reason="新"), FAULT, HINT, Inconclusive(reason="响应超时"), NotApplicable(reason="免检")],
)
def test_any_outcome_breaks_the_silence(outcome: Outcome) -> None:
    spoken, silent = of(verdict(outcome)).covered
    assert (spoken.unit, spoken.silent) == ("U01", False)
    assert (silent.unit, silent.silent) == ("U02", True)


def test_a_check_is_on_trial_for_a_unit_where_all_that_ask_it_of_the_unit_only_try_it() -> None:
    tried = replace(question("column.stale"), trial=True)
    of_towns = question("column.stale", UnitCategory.TOWNSHIP)
    assert [one.trial for one in of(asked=(tried,)).covered] == [True, True]
    assert [one.trial for one in of(asked=(tried, of_towns)).covered] == [True, False]
    assert [one.trial for one in of().covered] == [False, False]


def test_a_check_that_is_on_trial_by_itself_is_so_though_nobody_asks_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    @dataclass(frozen=True)
    class Tried:
        trial: bool = True

    monkeypatch.setattr("schemes.coverage.all_checks", lambda: {"column.stale": Tried()})
    (one,) = of(verdict(FAULT), asked=()).covered
    assert one.trial is True
    (other,) = of(verdict(FAULT, check="old.check"), asked=()).covered
    assert other.trial is False


def test_what_is_asked_and_met_nothing_is_told() -> None:
    asked = (question("column.stale"), question("media.stale", UnitCategory.TOWNSHIP))
    found = of(asked=asked)
    assert [(one.unit, one.check, one.silent) for one in found.covered] == [
        ("U01", "column.stale", True),
        ("U02", "column.stale", True),
        ("U02", "media.stale", True),
    ]


def test_what_was_judged_is_told_though_no_scheme_asks_it_any_more() -> None:
    found = of(verdict(FAULT, check="old.check"), asked=())
    assert [(one.unit, one.check) for one in found.covered] == [("U01", "old.check")]


def test_reasons_are_few_and_the_most_frequent_come_first() -> None:
    verdicts = [verdict(Inconclusive(reason=f"原因{n}")) for n in range(9) for _ in range(n + 1)]
    (one, _) = of(*verdicts).covered
    assert len(one.reasons) == MOST_REASONS
    assert one.reasons[0] == ("原因8", 9)
    named = of(verdict(Inconclusive(reason="没有应答（超时）（http://a.test/x）"))).covered[0]
    assert named.reasons == (("没有应答（超时）", 1),)
    plain = of(verdict(Inconclusive(reason="没有日期（第3条）"))).covered[0]
    assert plain.reasons == (("没有日期（第3条）", 1),)


def test_lines_that_no_check_answers_are_listed_for_the_units_they_bind() -> None:
    changshu = load_all()["changshu-2020"]
    found = coverage([OFFICE], (), (), [changshu])
    lines = {one.line.no for one in found.by_hand}
    assert lines == {line.no for line in changshu.indicators if not line.asks and line.binds(OFFICE.category)}
    assert lines
    assert all(one.unit == "U01" and one.scheme == "changshu-2020" for one in found.by_hand)
