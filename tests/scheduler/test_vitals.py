"""When judgements of a night are held: many bad together, never one alone, never what time alone turns."""

from dataclasses import replace

import pytest

from domain.check import Subject
from domain.finding import Verdict
from domain.outcome import Inconclusive, NotApplicable, Pass, Violation
from scheduler.vitals import Tolerance, Vitals, held_back, reasons_by_site, symptoms
from scheduler.withholding import held_verdicts

ASKED = ("column.empty", "column.stale", "site.footer-incomplete")
WELL = Vitals(site="s", host="h", cms="jcms", pages=40, entries=100, asked=ASKED, judged_by="1")
TOLERANCE = Tolerance()


def city(count: int, bad: int, change: dict, **common: object) -> tuple[list[Vitals], dict[str, Vitals]]:
    before = {f"s{n}": replace(WELL, site=f"s{n}", **common) for n in range(count)}  # type: ignore[arg-type]
    now = [replace(one, **change) if n < bad else one for n, one in enumerate(before.values())]
    return now, before


@pytest.mark.parametrize(
    "change", [{"home_seen": False}, {"entries": 20}, {"pages": 10}, {"lapses": ("column.empty",)}]
)
def test_many_that_turn_bad_alike_are_held(change: dict) -> None:
    now, before = city(10, 6, change)
    held = held_back(now, before, TOLERANCE)
    assert held[0].scope == "全部"
    assert set(reasons_by_site(held)) == set(before)
    assert "10个网站中有6个" in held[0].reason


@pytest.mark.parametrize(("count", "bad"), [(10, 5), (5, 4), (4, 4), (100, 59)])
def test_few_are_the_sites_own_matter(count: int, bad: int) -> None:
    now, before = city(count, bad, {"entries": 0})
    assert held_back(now, before, TOLERANCE) == ()


def test_different_lapses_at_many_sites_are_no_common_cause() -> None:
    now, before = city(10, 0, {})
    lapses = ["column.empty", "site.footer-incomplete"]
    now = [replace(one, lapses=(lapses[n % 2],)) for n, one in enumerate(now)]
    assert held_back(now, before, TOLERANCE) == ()


def test_what_time_alone_turns_holds_nothing() -> None:
    now, before = city(10, 10, {"lapses": ("column.stale",)})
    assert held_back(now, before, TOLERANCE) == ()


def test_one_host_or_system_is_held_by_itself() -> None:
    sick, sick_before = city(6, 6, {"entries": 0}, host="one", cms="trs")
    sound = [replace(WELL, site=f"t{n}", host="two") for n in range(20)]
    before = sick_before | {one.site: one for one in sound}
    held = held_back([*sick, *sound], before, TOLERANCE)
    assert {one.scope for one in held} == {"服务器“one”上"}
    assert set(reasons_by_site(held)) == set(sick_before)


def test_another_program_or_a_check_never_asked_before_is_no_symptom() -> None:
    lapsed = replace(WELL, lapses=("column.empty",))
    assert symptoms(lapsed, WELL)
    assert not symptoms(replace(lapsed, judged_by="2"), WELL)
    assert not symptoms(lapsed, replace(WELL, asked=("column.stale",)))


def test_sites_without_an_earlier_night_are_not_counted() -> None:
    now, _ = city(10, 10, {"home_seen": False})
    assert held_back(now, {}, TOLERANCE) == ()


def test_held_verdicts_say_nothing_but_what_does_not_apply() -> None:
    lapse = Violation(url="u", summary="s", observed={}, expected={})
    outcomes = [lapse, Pass(), NotApplicable(reason="n"), Inconclusive(reason="i")]
    subject = Subject(key="k", unit="U", name="n")
    verdicts = [
        Verdict(
            check="c", target_kind="site", target="s", subject=subject, outcome=outcome, indicators=("x/1",)
        )
        for outcome in outcomes
    ]
    held = held_verdicts(verdicts, "暂缓")
    assert [verdict.outcome for verdict in held] == [
        Inconclusive(reason="暂缓"), Inconclusive(reason="暂缓"), *outcomes[2:]
    ]  # fmt: skip
    assert held[0].indicators == ()
