"""Whether counting rules fit their lines and their figures make sense."""

from collections.abc import Iterator
from dataclasses import fields
from decimal import Decimal
from typing import Any

from schemes.model import Effect, Scheme
from schemes.positions import Path
from schemes.rules import (
    FINDING_RULES,
    ByRank,
    CleanCases,
    EnteredVeto,
    PerBonus,
    PerFinding,
    Recount,
    Repeated,
    Rule,
    Threshold,
)
from schemes.words import ZERO

Incoherence = tuple[Path, Any, str]
"""Something that does not fit: where, the value, the mend."""


def misfits(scheme: Scheme) -> Iterator[Incoherence]:
    """Each thing that does not fit in the rules of a scheme's lines."""
    for index, line in enumerate(scheme.indicators):
        asked = {ask.check for ask in line.asks}
        for place, rule in enumerate(line.rules):
            path: Path = ("indicator", index, "rule", place)
            yield from _rule_names(rule, asked, path)
            yield from _rule_figures(rule, path)
            yield from _parts_of(rule, path)
            if isinstance(rule, GIVING) and line.effect in (Effect.DEDUCT, Effect.PENALTY):
                mend = '这种规则只加分，指标须写 effect = "bonus" 或 "earn"'
                yield (*path, "kind"), rule.kind, mend
            if isinstance(rule, Threshold | Repeated | EnteredVeto) and scheme.veto is None:
                yield path, rule.kind, "有单项否决的规则，须写 [veto] 说明否决后的等次和最高得分"
            if line.effect is Effect.VETO and not isinstance(rule, Threshold | Repeated | EnteredVeto):
                yield (*path, "kind"), rule.kind, "单项否决的指标只能用 threshold、repeated、entered_veto"


def _rule_names(rule: Rule, asked: set[str], path: Path) -> Iterator[Incoherence]:
    if not isinstance(rule, FINDING_RULES):
        return
    if not asked:
        yield path, rule.kind, "按检查结果计分的规则，须先用 [[indicator.ask]] 写明由哪个检查项检查"
        return
    counts: dict[Path, Any] = {path: rule}
    if isinstance(rule, Threshold):
        counts = {(*path, "any", index): count for index, count in enumerate(rule.any)}
    for place, count in counts.items():
        for check in count.checks:
            if check not in asked:
                mend = f"本指标没有要求这个检查项；可写：{'、'.join(sorted(asked))}"
                yield (*place, "checks"), check, mend


GIVING = (PerBonus, CleanCases, ByRank)
"""Rules that only ever give."""


def _parts_of(rule: Rule, path: Path) -> Iterator[Incoherence]:
    """What is wrong with the counts of a threshold, and with the places of a ranking."""
    if isinstance(rule, Threshold):
        for index, count in enumerate(rule.any):
            if count.at_least <= 0:
                yield (*path, "any", index, "at_least"), count.at_least, "应大于零"
        if not rule.any:
            yield (*path, "any"), None, "至少写一种情形"
    if isinstance(rule, ByRank):
        last = 0
        for index, place in enumerate(rule.places):
            if place.upto <= last:
                yield (*path, "places", index, "upto"), place.upto, "名次须为正数，从前往后递增"
            if place.points < ZERO:
                yield (*path, "places", index, "points"), place.points, "不能为负"
            last = place.upto


POSITIVE = ("of", "need", "closed", "times", "step_percent", "percent")


def _rule_figures(rule: Rule, path: Path) -> Iterator[Incoherence]:
    for spec in fields(rule):
        value = getattr(rule, spec.name)
        if isinstance(value, Decimal) and value < ZERO:
            yield (*path, spec.name), value, "不能为负；写出分数本身，扣或加由指标的 effect 决定"
        if spec.name in POSITIVE and isinstance(value, int | Decimal) and value <= 0:
            yield (*path, spec.name), value, "应大于零"
    if isinstance(rule, PerFinding) and rule.recount is Recount.LASTING and rule.every_days <= 0:
        yield (*path, "every_days"), None, 'recount = "lasting" 须写 every_days，如 every_days = 14'
