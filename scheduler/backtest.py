"""What judging a kept run again would change: by unit, what is newly at fault and what no longer is. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from checks.catalogue import all_checks
from domain.finding import Verdict
from domain.outcome import OUTCOME_TITLES, Violation, name_of
from domain.target import Registry

SHOWN = 5
"""Lapses named a unit and direction; the rest are counted."""

NOT_ASKED = "不再检查"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitChange:
    """One unit: how many lapses before and after, the new ones, those that ended and what each is now.

    Reminders are not lapses and are not counted.
    """

    unit: str
    name: str
    before: int
    after: int
    added: tuple[Verdict, ...] = ()
    ended: tuple[tuple[Verdict, str], ...] = ()


Key = tuple[str, str, str, str]


def unit_changes(
    registry: Registry, before: Iterable[Verdict], after: Iterable[Verdict]
) -> tuple[UnitChange, ...]:
    """The units of which any lapse is new or ended, in the registry's order."""
    old, now = _lapses(before), tuple(after)
    new, every = _lapses(now), {_key(verdict): verdict for verdict in now}
    found = []
    for unit in registry.units:
        added = tuple(v for key, v in new.items() if v.subject.unit == unit.code and key not in old)
        ended = tuple(
            (v, _what_now(every.get(key)))
            for key, v in old.items()
            if v.subject.unit == unit.code and key not in new
        )
        if added or ended:
            many, few = (sum(v.subject.unit == unit.code for v in some.values()) for some in (old, new))
            found.append(
                UnitChange(unit=unit.code, name=unit.name, before=many, after=few, added=added, ended=ended)
            )
    return tuple(found)


def _lapses(verdicts: Iterable[Verdict]) -> dict[Key, Verdict]:
    return {
        _key(verdict): verdict
        for verdict in verdicts
        if isinstance(verdict.outcome, Violation) and verdict.outcome.severity != "warning"
    }


def _key(verdict: Verdict) -> Key:
    return (verdict.check, verdict.target, verdict.subject.unit, verdict.subject.key)


def _what_now(verdict: Verdict | None) -> str:
    """What a former lapse is now; without a verdict its check is not asked any more."""
    if verdict is None:
        return NOT_ASKED
    if isinstance(verdict.outcome, Violation):
        return "只作提醒"
    return OUTCOME_TITLES[name_of(verdict.outcome)]


def told(registry: Registry, changes: Sequence[UnitChange]) -> str:
    """The changes in Chinese, one unit a paragraph."""
    if not changes:
        return f"重新判定与原判定相比，{len(registry.units)}个单位的违规都没有变化。"
    lines = [f"重新判定后，{len(registry.units)}个单位中有{len(changes)}个的违规有变化："]
    for change in changes:
        lines.append(
            f"  {change.name}：违规 {change.before} 项 → {change.after} 项"
            f"（新增{len(change.added)}项，减少{len(change.ended)}项）"
        )
        lines += [f"    + {_named(verdict)}" for verdict in change.added[:SHOWN]]
        lines += [f"    - {_named(verdict)}：{now}" for verdict, now in change.ended[:SHOWN]]
        more = max(0, len(change.added) - SHOWN) + max(0, len(change.ended) - SHOWN)
        if more:
            lines.append(f"    另有{more}项，详见判定结果")
    return "\n".join(lines)


def _named(verdict: Verdict) -> str:
    known = all_checks().get(verdict.check)
    return f"{known.title if known else verdict.check}：{verdict.subject.name}"
