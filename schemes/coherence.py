"""Whether the parts of a scheme fit together: names refer to something, sums come out, checks exist."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from itertools import pairwise

from schemes.asking import known_checks, params_of
from schemes.mistakes import Quoted, SchemeError
from schemes.model import Ask, Effect, Indicator, Scheme
from schemes.positions import Path
from schemes.rulefit import Incoherence, misfits
from schemes.words import ZERO, plain


def incoherences(scheme: Scheme) -> Iterator[Incoherence]:
    """Each thing that does not fit: where, the value, the mend."""
    for finder in (_names, _terms, _pools, _points, _sums, _asks, _trial, misfits, _grades, _period):
        yield from finder(scheme)


def _names(scheme: Scheme) -> Iterator[Incoherence]:
    if not ID.fullmatch(scheme.id):
        yield (
            ("scheme", "id"),
            scheme.id,
            "编号只用字母、数字、汉字、- 和 _，不含空格，如 changshu-2026",
        )
    yield from _twice("indicator", "no", [line.no for line in scheme.indicators])
    yield from _twice("pool", "id", [pool.id for pool in scheme.pools])
    numbers = [line.no for line in scheme.indicators]
    for index, line in enumerate(scheme.indicators):
        if "/" in line.no or not line.no.strip():
            yield ("indicator", index, "no"), line.no, "序号不能为空，也不能含有 /"
        for other in line.once_with:
            if other not in numbers:
                yield ("indicator", index, "once_with"), other, f"没有序号为 {other} 的指标"
    if not scheme.indicators:
        yield (), None, "没有任何指标，请用 [[indicator]] 逐项写出"


MOST_DECIMALS = 6


def _terms(scheme: Scheme) -> Iterator[Incoherence]:
    """Bounds of the whole: never below zero, decimals that numbers have, checks that there are."""
    bounds = {
        ("total", "lines"): scheme.total.lines,
        ("total", "cap"): scheme.total.cap,
        ("bonus", "cap"): scheme.bonus.cap,
        ("bonus", "gate_above"): scheme.bonus.gate_above,
        ("veto", "cap"): scheme.veto.cap if scheme.veto else None,
        ("confirmation", "objection_days"): scheme.confirmation.objection_days,
    }
    for path, bound in bounds.items():
        if bound is not None and bound < 0:
            yield path, bound, "不能为负"
    for key in ("decimals", "grade_decimals"):
        places = getattr(scheme.total, key)
        if places is not None and not 0 <= places <= MOST_DECIMALS:
            yield ("total", key), places, f"保留的小数位数应为 0 至 {MOST_DECIMALS}"
    for check in scheme.confirmation.machine_checks:
        unknown = _unknown(check)
        if unknown:
            yield ("confirmation", "machine_checks"), check, unknown


ID = re.compile(r"\w[\w.-]{0,63}")


def _twice(table: str, key: str, values: list[str]) -> Iterator[Incoherence]:
    seen: set[str] = set()
    for index, value in enumerate(values):
        if value in seen:
            yield (table, index, key), value, "与前面的重复，请改为不同的值"
        seen.add(value)


def _pools(scheme: Scheme) -> Iterator[Incoherence]:
    pools = {pool.id: pool for pool in scheme.pools}
    used = Counter(line.pool for line in scheme.indicators)
    for index, line in enumerate(scheme.indicators):
        if line.pool and line.pool not in pools:
            hint = _near(line.pool, pools, "请先用 [[pool]] 写出这个共用分值")
            yield ("indicator", index, "pool"), line.pool, f"没有这个共用分值；{hint}"
        elif line.pool and line.effect is not pools[line.pool].effect:
            yield ("indicator", index, "effect"), line.effect.value, "须与所属共用分值的 effect 相同"
    for index, pool in enumerate(scheme.pools):
        if not used[pool.id]:
            yield ("pool", index, "id"), pool.id, "没有指标使用这个共用分值，请删去或在指标中写 pool"
        if pool.effect is Effect.VETO:
            yield ("pool", index, "effect"), pool.effect.value, "共用分值不能是单项否决"


def _points(scheme: Scheme) -> Iterator[Incoherence]:
    planned = scheme.total.weights_from_plan
    for index, line in enumerate(scheme.indicators):
        path: Path = ("indicator", index)
        if line.points is not None and line.points < ZERO:
            yield (*path, "points"), line.points, '分值不能为负；扣分项请用 effect = "penalty"'
        if line.pool and line.points is not None:
            yield (*path, "points"), line.points, "已写 pool 的指标不再写 points，分值写在 [[pool]]"
        if line.effect is Effect.VETO:
            if line.points is not None or line.pool:
                yield (*path, "effect"), "veto", "单项否决的指标不写 points 和 pool"
        elif not line.pool and line.points is None and not planned:
            yield path, line.no, "缺少 points；由年度方案定分值的，请在 [total] 写 weights_from_plan = true"
    for index, pool in enumerate(scheme.pools):
        if pool.points is None and not planned:
            yield ("pool", index), pool.id, "缺少 points"


def line_points(scheme: Scheme, lines: Iterable[Indicator]) -> Decimal | None:
    """What the lines proper add up to, shared pools once; None where a weight is not known."""
    proper = [line for line in lines if line.effect in (Effect.DEDUCT, Effect.EARN)]
    pools = {pool.id: pool.points for pool in scheme.pools}
    worths = [line.points for line in proper if not line.pool]
    worths += [pools.get(pool) for pool in {line.pool for line in proper if line.pool}]
    total = ZERO
    for worth in worths:
        if worth is None:
            return None
        total += worth
    return total


def _sums(scheme: Scheme) -> Iterator[Incoherence]:
    stated = scheme.total.lines
    if stated is None:
        return
    groups = [(f"“{c.name}”", c.categories) for c in scheme.catalogues] or [("", ())]
    for name, categories in groups:
        lines = [
            line
            for line in scheme.indicators
            if not categories or any(line.binds(category) for category in categories)
        ]
        total = line_points(scheme, lines)
        if total is not None and total != stated:
            mend = f"{name}各项分值合计为 {plain(total)}，与写明的 {plain(stated)} 不符，请核对分值"
            yield ("total", "lines"), stated, mend


def _asks(scheme: Scheme) -> Iterator[Incoherence]:
    for index, line in enumerate(scheme.indicators):
        for place, ask in enumerate(line.asks):
            yield from _ask(ask, ("indicator", index, "ask", place))
    for index, ask in enumerate(scheme.watches):
        yield from _ask(ask, ("watch", index))


def _ask(ask: Ask, path: Path) -> Iterator[Incoherence]:
    unknown = _unknown(ask.check)
    if unknown:
        yield (*path, "check"), ask.check, unknown
        return
    try:
        params_of(ask)
    except SchemeError as error:
        for mistake in error.mistakes:
            steps = tuple(step for step in mistake.key.split(".") if step)
            yield (*path, "params", *steps), Quoted(mistake.value), mistake.mend


def _unknown(check: str) -> str:
    """What to say of a check that there is not; empty for one that there is."""
    if check in known_checks():
        return ""
    return f"没有这个检查项；{_near(check, known_checks(), '检查项见 govwatch 文档中的检查项目录')}"


def _near(name: str, known: Iterable[str], otherwise: str) -> str:
    """What was probably meant, in words; `otherwise` where nothing is near."""
    near = get_close_matches(name, list(known))
    return f"是否想写 {near[0]}？" if near else otherwise


def _trial(scheme: Scheme) -> Iterator[Incoherence]:
    """A check on trial that the scheme does not ask would never be shown."""
    asks = [*(ask for line in scheme.indicators for ask in line.asks), *scheme.watches]
    asked = {ask.check for ask in asks}
    for place, check in enumerate(scheme.trial.checks):
        unknown = _unknown(check)
        if not unknown and check not in asked:
            unknown = "本办法没有用到这个检查项；要试行，请在某项指标下写 [[indicator.ask]]，或写 [[watch]]"
        if not unknown and check in scheme.trial.checks[:place]:
            unknown = "与前面的重复，请删去一处"
        if unknown:
            yield ("trial", "checks"), check, unknown


def _grades(scheme: Scheme) -> Iterator[Incoherence]:
    bounds = [grade.above if grade.above is not None else grade.at_least for grade in scheme.grades]
    for index, grade in enumerate(scheme.grades):
        if grade.at_least is not None and grade.above is not None:
            yield ("grade", index), grade.name, "at_least（含）与 above（不含）只能写一个"
        if bounds[index] is None and index != len(bounds) - 1:
            yield ("grade", index), grade.name, "只有最后一个等次可以不写下限"
    known = [(index, bound) for index, bound in enumerate(bounds) if bound is not None]
    for (_, higher), (index, bound) in pairwise(known):
        if bound >= higher:
            mend = f"等次须从高到低排列，下限各不相同；前一等次的下限为 {plain(higher)}"
            yield ("grade", index), f"{scheme.grades[index].name} {plain(bound)}", mend
    yield from _twice("grade", "name", [grade.name for grade in scheme.grades])
    if scheme.veto is None:
        return
    names = [grade.name for grade in scheme.grades]
    if names and scheme.veto.grade not in names:
        yield ("veto", "grade"), scheme.veto.grade, f"不是本办法的等次；可写：{'、'.join(names)}"
        return
    failing = next((g for g in scheme.grades if g.admits(scheme.veto.cap)), None)
    if failing and failing.name != scheme.veto.grade:
        mend = f"最高得分须落在“{scheme.veto.grade}”以内，现在落在“{failing.name}”"
        yield ("veto", "cap"), scheme.veto.cap, mend


def _period(scheme: Scheme) -> Iterator[Incoherence]:
    for key in ("first", "last"):
        value = getattr(scheme.period, key)
        if not _month_day(value):
            yield ("period", key), value, "应写月-日，如 01-01（不能写 02-29）"


def _month_day(value: str) -> bool:
    """Whether it is a day that every year has, written as month-day."""
    try:
        return f"{date.fromisoformat(f'2025-{value}'):%m-%d}" == value
    except ValueError:
        return False
