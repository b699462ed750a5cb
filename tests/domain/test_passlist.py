"""Lists of passes: what goes into them, what stays by itself, what is taken out of them again."""

from dataclasses import replace

from domain.check import Subject
from domain.finding import Answer, Verdict
from domain.outcome import Inconclusive, NotApplicable, Outcome, Pass, Violation
from domain.passlist import LEAST, all_of, drawn, gather

WARNING = Violation(url="http://h/1", summary="偏多", observed={}, expected={}, severity="warning")


def page(number: int, outcome: Outcome | None = None, **changes: object) -> Verdict:
    outcome = outcome or Pass(reason="没有发现")
    plain = Verdict(
        check="content.privacy",
        target_kind="site",
        target="s01",
        subject=Subject(key=f"http://h/{number}", unit="U01", name=f"第{number}篇"),
        outcome=outcome,
        answers=(Answer(indicators=("changshu-2020/6",), outcome=outcome),),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def test_passes_that_say_the_same_are_listed() -> None:
    told = [page(number) for number in range(LEAST)]
    single, lists = gather(told)
    assert (single, len(lists)) == ([], 1)
    assert list(lists[0].verdicts()) == told


def test_few_are_told_one_by_one() -> None:
    told = [page(number) for number in range(LEAST - 1)]
    assert gather(told) == (told, ())


def test_only_passes_without_crash_or_warning_are_listed() -> None:
    odd = [
        *(page(number, Inconclusive(reason="超时")) for number in range(20)),
        *(page(number, NotApplicable(reason="不适用")) for number in range(20, 40)),
        *(page(number, crash="Traceback") for number in range(40, 60)),
        *(page(number, answers=(Answer(indicators=(), outcome=WARNING),)) for number in range(60, 80)),
    ]
    assert gather(odd) == (odd, ())


def test_what_differs_in_any_word_is_listed_apart() -> None:
    others = (
        {"check": "content.wording"},
        {"target": "s02"},
        {"outcome": Pass(reason="没有发现（以2026年6月1日所见为准）")},
        {"indicators": ("x/1",)},
        {"answers": (Answer(indicators=("changshu-2020/7",), outcome=Pass(reason="没有发现")),)},
        {"answers": (Answer(indicators=("changshu-2020/6",), outcome=NotApplicable(reason="没有发现")),)},
        {"witnesses": 2},
        {"trial": True},
    )
    told = [page(number, **changes) for changes in ({}, *others) for number in range(LEAST)]
    told += [replace(one, subject=replace(one.subject, unit="U02")) for one in told[:LEAST]]
    single, lists = gather(told)
    assert (single, len(lists)) == ([], 2 + len(others))
    assert list(all_of(single, lists)) == told


def test_order_is_kept_among_those_told_one_by_one() -> None:
    blind = [page(number, Inconclusive(reason=f"超时{number}")) for number in range(3)]
    passed = [page(number) for number in range(10, 10 + LEAST)]
    single, lists = gather([blind[0], *passed[:4], blind[1], *passed[4:], blind[2]])
    assert single == blind
    assert list(lists[0].verdicts()) == passed


def test_what_is_named_is_drawn_out() -> None:
    told = [page(number) for number in range(10)]
    _, lists = gather(told)
    key = ("content.privacy", "s01", "U01", "http://h/3")
    elsewhere = ("content.privacy", "s01", "U02", "http://h/4")
    out, left = drawn(lists, {key, elsewhere, ("content.wording", *key[1:])})
    assert out == [told[3]]
    assert list(all_of((), left)) == told[:3] + told[4:]


def test_a_list_of_which_all_is_drawn_is_gone() -> None:
    told = [page(number) for number in range(LEAST)]
    _, lists = gather(told)
    keys = {(one.check, one.target, one.subject.unit, one.subject.key) for one in told}
    assert drawn(lists, keys) == (told, ())
    assert drawn(lists, ()) == ([], lists)
