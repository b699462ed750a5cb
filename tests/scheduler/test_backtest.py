"""What judging again would change, and how it is told."""

from typing import Any

from domain.finding import Verdict
from domain.outcome import Inconclusive, NotApplicable, Pass
from scheduler.backtest import NOT_ASKED, SHOWN, told, unit_changes
from tests.storage.builders import PASSED, REGISTRY, verdict, violation

WARNED = violation(severity="warning")


def at(name: str, outcome: Any = None, unit: str = "U01", **more: Any) -> Verdict:
    return verdict(outcome, subject=f"http://127.0.0.1:8101/{name}/", unit=unit, **more)


def test_nothing_changed() -> None:
    verdicts = [at("a"), at("b", PASSED), at("c", WARNED)]
    assert unit_changes(REGISTRY, verdicts, reversed(verdicts)) == ()
    assert "没有变化" in told(REGISTRY, ())


def test_units_that_would_change_with_what_is_new_and_what_ended() -> None:
    before = [at("a"), at("b"), at("c", PASSED), at("d", unit="U02")]
    after = [at("a"), at("b", PASSED), at("c"), at("e"), at("d", unit="U02")]
    (change,) = unit_changes(REGISTRY, before, after)
    assert (change.unit, change.before, change.after) == ("U01", 2, 3)
    assert [one.subject.key[-2] for one in change.added] == ["c", "e"]
    assert [(one.subject.key[-2], now) for one, now in change.ended] == [("b", "合格")]


def test_equal_numbers_of_other_lapses_are_a_change() -> None:
    (change,) = unit_changes(REGISTRY, [at("a")], [at("a", PASSED), at("b")])
    assert (change.before, change.after) == (1, 1)


def test_what_a_former_lapse_is_now() -> None:
    names = "abcde"
    after = [
        at("a", Pass()),
        at("b", Inconclusive(reason="响应超时")),
        at("c", NotApplicable(reason="免检")),
        at("d", WARNED),
    ]
    (change,) = unit_changes(REGISTRY, [at(name) for name in names], after)
    assert [now for _, now in change.ended] == ["合格", "无法判定", "不适用", "只作提醒", NOT_ASKED]


def test_the_same_address_counts_for_each_check_target_and_unit() -> None:
    before = [at("a")]
    after = [at("a", check="column.empty"), at("a", target="s02"), at("a", unit="U02")]
    first, second = unit_changes(REGISTRY, before, after)
    assert (len(first.added), len(first.ended), len(second.added)) == (2, 1, 1)


def test_the_words_name_units_checks_and_figures() -> None:
    before, after = [at("z")], [at(f"n{number}") for number in range(SHOWN + 3)]
    words = told(REGISTRY, unit_changes(REGISTRY, before, after))
    assert words.startswith("重新判定后，2个单位中有1个的违规有变化：")
    assert f"某某市卫生健康局：违规 1 项 → {SHOWN + 3} 项（新增{SHOWN + 3}项，减少1项）" in words
    assert words.count("    + 栏目长期未更新：通知公告") == SHOWN
    assert "    - 栏目长期未更新：通知公告：不再检查" in words
    assert "另有3项" in words
