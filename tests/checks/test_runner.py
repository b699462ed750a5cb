"""How questions are asked and their answers made one verdict: crashes, gaps, kinds of unit, trials."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

import pytest

from checks.runner import WHOLE_TARGET, ask, merge, without_second_witness
from domain.check import AnyCheck, Check, Judgement, Question, Subject
from domain.finding import Answer
from domain.observation import UnseenError
from domain.outcome import Inconclusive, NotApplicable, Outcome, Pass, Violation
from domain.unit import UnitCategory
from tests.observations import account_observation, site_observation, unseen, url

ONE = Subject(key=url("a/"), unit="U01", name="甲栏目")
TWO = Subject(key=url("b/"), unit="U02", name="乙栏目")
BROKEN = Violation(
    url=ONE.key, summary="“甲栏目”不合要求。", observed={"found": 1}, expected={"found": 2}, looked_at=()
)


@dataclass(frozen=True)
class Params:
    """None."""


def check(
    judge: Callable[..., Outcome] = lambda *_: Pass(reason="合格"),
    subjects: Callable[..., Iterable[Subject]] = lambda *_: (ONE,),
    **more: Any,
) -> AnyCheck:
    return Check(
        id=more.pop("id", "column.made"),
        title="试写的检查",
        basis="某某办法",
        params=Params,
        subjects=subjects,
        judge=judge,
        **more,
    )


def question(one: AnyCheck, *lines: str, **more: Any) -> Question:
    return Question(check=one, params=Params(), indicators=lines, **more)


def judgement(
    outcome: Outcome, *lines: str, subject: Subject = ONE, crash: str = "", **more: Any
) -> Judgement:
    asked = question(more.pop("check", check()), *lines, **more)
    return Judgement(question=asked, target="s01", subject=subject, outcome=outcome, crash=crash)


def limited(days: int, **more: Any) -> Violation:
    return replace(BROKEN, observed={"limit_days": days}, **more)


def test_a_question_about_accounts_is_not_asked_of_sites() -> None:
    asked = [question(check()), question(check(of="account"))]
    (of_site,) = ask(asked, site_observation())
    (of_account,) = ask(asked, account_observation())
    assert (of_site.question.check.of, of_site.target) == ("site", "s01")
    assert (of_account.question.check.of, of_account.target) == ("account", "a01")


def test_every_subject_is_judged_in_order() -> None:
    found = list(ask([question(check(subjects=lambda *_: (TWO, ONE)))], site_observation()))
    assert [(each.subject, each.outcome, each.crash) for each in found] == [
        (TWO, Pass(reason="合格"), ""),
        (ONE, Pass(reason="合格"), ""),
    ]


def test_what_is_asked_is_handed_to_the_check() -> None:
    met: list[tuple[object, ...]] = []

    def judge(*given: object) -> Outcome:
        met.append(given)
        return Pass()

    def subjects(*given: object) -> Iterable[Subject]:
        met.append(given)
        return (ONE,)

    observation = site_observation()
    list(ask([question(check(judge, subjects))], observation))
    assert met == [(observation, Params()), (ONE, observation, Params())]


def test_an_unseen_fact_is_inconclusive_with_the_reason_of_the_sight() -> None:
    def judge(*_: object) -> Outcome:
        raise UnseenError("服务器拒绝访问")

    (found,) = ask([question(check(judge))], site_observation())
    assert found.outcome == Inconclusive(reason="服务器拒绝访问")
    assert found.crash == ""


def test_a_crash_of_ours_accuses_nobody_and_is_kept() -> None:
    def judge(*_: object) -> Outcome:
        raise ZeroDivisionError("ours")

    (found,) = ask([question(check(judge))], site_observation())
    assert found.outcome == Inconclusive(reason="程序在判定时出错，已记录")
    assert "ZeroDivisionError: ours" in found.crash


@pytest.mark.parametrize(
    ("error", "reason", "crash"),
    [
        (UnseenError("列表没有看全"), "列表没有看全", ""),
        (KeyError("ours"), "程序在列出检查对象时出错，已记录", "KeyError: 'ours'"),
    ],
)
def test_subjects_that_could_not_all_be_told_leave_a_gap(error: Exception, reason: str, crash: str) -> None:
    def subjects(*_: object) -> Iterable[Subject]:
        yield ONE
        raise error

    told, gap = ask([question(check(subjects=subjects))], site_observation())
    assert told.subject == ONE
    assert gap.subject == Subject(key=WHOLE_TARGET, unit="U01", name="试写的检查")
    assert gap.target == "s01"
    assert gap.outcome == Inconclusive(reason=reason)
    assert crash in gap.crash
    assert bool(gap.crash) is bool(crash)


def test_a_question_binds_the_kinds_of_unit_it_names() -> None:
    both = check(subjects=lambda *_: (ONE, TWO, replace(ONE, unit="U99")))
    towns = question(both, categories=frozenset({UnitCategory.TOWNSHIP}))
    assert [each.subject for each in ask([towns], site_observation())] == [TWO]
    departments = frozenset({UnitCategory.DEPARTMENT})
    feeds = question(check(of="account"), categories=departments)
    assert len(list(ask([feeds], account_observation()))) == 1
    assert list(ask([replace(feeds, categories=towns.categories)], account_observation())) == []


def test_a_gap_binds_by_the_owner_of_the_target() -> None:
    def subjects(*_: object) -> Iterable[Subject]:
        raise UnseenError("没有看到")

    asked = question(check(subjects=subjects), categories=frozenset({UnitCategory.TOWNSHIP}))
    assert list(ask([asked], site_observation())) == []
    unlike = replace(asked, categories=frozenset({UnitCategory.DEPARTMENT}))
    assert [each.subject.unit for each in ask([unlike], site_observation(home=unseen()))] == ["U01"]


def test_answers_about_one_subject_are_one_verdict() -> None:
    judgements = [
        judgement(Pass(reason="合格"), "b/2"),
        judgement(BROKEN, "b/1"),
        judgement(BROKEN, "a/1", "b/1"),
        judgement(Pass(reason="另一单位"), "b/2", subject=TWO),
    ]
    first, second = merge(judgements)
    assert (first.check, first.target_kind, first.target, first.subject) == (
        "column.made",
        "site",
        "s01",
        ONE,
    )
    assert first.outcome == BROKEN
    assert first.indicators == ("a/1", "b/1")
    assert first.answers == tuple(
        Answer(indicators=each.question.indicators, outcome=each.outcome) for each in judgements[:3]
    )
    assert (first.witnesses, first.trial, first.crash) == (1, False, "")
    assert (second.subject, second.outcome, second.indicators) == (TWO, Pass(reason="另一单位"), ())


def test_checks_targets_units_and_subjects_stay_apart() -> None:
    one = judgement(Pass())
    others = [
        judgement(Pass(), check=check(id="column.other")),
        replace(one, target="s02"),
        replace(one, subject=replace(ONE, unit="U02")),
        replace(one, subject=replace(ONE, key=url("c/"))),
    ]
    assert len(merge([one, *others, one])) == 5


@pytest.mark.parametrize(
    "outcomes",
    [
        (BROKEN, Inconclusive(reason="没有看到")),
        (BROKEN, Pass()),
        (Inconclusive(reason="没有看到"), Pass(reason="合格")),
        (Pass(reason="合格"), NotApplicable(reason="不适用")),
    ],
)
def test_the_graver_answer_stands_whichever_comes_first(outcomes: tuple[Outcome, Outcome]) -> None:
    for order in (outcomes, outcomes[::-1]):
        (verdict,) = merge(judgement(outcome) for outcome in order)
        assert verdict.outcome == outcomes[0]


def test_the_strictest_limit_gives_the_figures() -> None:
    for order in ((14, 180), (180, 14)):
        (verdict,) = merge(judgement(limited(days)) for days in order)
        assert verdict.outcome == limited(14)


def test_a_violation_outweighs_a_mere_warning() -> None:
    warning = replace(BROKEN, severity="warning")
    for order in ((BROKEN, warning), (warning, BROKEN)):
        (verdict,) = merge(judgement(outcome) for outcome in order)
        assert verdict.outcome == BROKEN


def test_tracebacks_of_all_answers_are_kept() -> None:
    (verdict,) = merge([judgement(Pass(), crash="甲"), judgement(Pass()), judgement(Pass(), crash="乙")])
    assert verdict.crash == "甲\n乙"


def test_a_check_or_a_scheme_may_put_on_trial() -> None:
    (by_check,) = merge([judgement(BROKEN, "a/1", check=check(trial=True))])
    (by_scheme,) = merge([judgement(BROKEN, "a/1", trial=True)])
    assert by_check.trial
    assert by_scheme.trial
    assert by_scheme.indicators == ("a/1",)


def test_what_one_scheme_tries_and_another_counts_is_counted_with_its_own_figures() -> None:
    tried, counted = judgement(limited(14), "a/1", trial=True), judgement(limited(180), "b/1")
    for order in ((tried, counted), (counted, tried)):
        (verdict,) = merge(order)
        assert verdict.outcome == limited(180)
        assert not verdict.trial
        assert verdict.indicators == ("a/1", "b/1")


def test_a_limit_that_only_the_trial_crosses_is_on_trial() -> None:
    (verdict,) = merge([judgement(Pass(), "b/1"), judgement(limited(14), "a/1", trial=True)])
    assert verdict.trial
    assert verdict.indicators == ("a/1",)
    (nothing,) = merge([judgement(Pass(), "b/1"), judgement(Pass(), "a/1", trial=True)])
    assert not nothing.trial


def test_a_violation_that_the_second_look_did_not_repeat_is_none() -> None:
    (verdict,) = merge([judgement(BROKEN, "a/1")])
    doubted = without_second_witness(verdict, "两次所见不一致")
    assert doubted == replace(verdict, outcome=Inconclusive(reason="两次所见不一致"), indicators=())
    (fine,) = merge([judgement(Pass(reason="合格"))])
    assert without_second_witness(fine, "两次所见不一致") is fine
