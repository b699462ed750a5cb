"""From charges to a result: points, shared pools, floors, the lowest account, bonuses, cap, vetoes, grade.

Nothing but the scheme, the kind of unit, its accounts and the charges goes in, so a score recomputed from the
ledger's charges is the same to the last digit.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from domain.unit import UnitCategory
from schemes.charge import Charge, Way
from schemes.model import Aggregate, Effect, NotApplicable, Scheme
from schemes.purses import Purse, Taking, pay, purses
from schemes.words import ZERO, points, rounded, total


@dataclass(frozen=True, slots=True, kw_only=True)
class Bucket:
    """Points of one line, or of a pool that several lines share, and what is left of them.

    `counted` is the account whose score counts; `by_target` the score of each account.
    """

    id: str
    title: str
    lines: tuple[str, ...]
    effect: Effect
    points: Decimal
    score: Decimal
    takings: tuple[Taking, ...] = ()
    excluded: bool = False
    counted: str = ""
    by_target: tuple[tuple[str, Decimal], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """The result for one unit. `words` is the sum in Chinese, step by step.

    `score` is None for a unit that is bound by vetoes alone, or by no line that bears points.
    """

    buckets: tuple[Bucket, ...]
    vetoes: tuple[Charge, ...]
    lines: Decimal
    bonus: Decimal
    penalty: Decimal
    score: Decimal | None
    grade: str
    words: tuple[str, ...]
    due: Mapping[str, Sequence[Charge]] = field(default_factory=dict, repr=False, compare=False)


def settle(
    scheme: Scheme,
    category: UnitCategory,
    targets: Sequence[str],
    charges: Iterable[Charge],
    *,
    ready: Sequence[Purse] | None = None,
    former: Settlement | None = None,
) -> Settlement:
    """The result for a unit of this kind with these accounts. Raises ValueError when a weight is lacking.

    `ready` are the kind's purses where they were made before; of `former`, a result of the same unit, the
    buckets with the same charges are taken over.
    """
    by_line: dict[str, list[Charge]] = {}
    vetoes: list[Charge] = []
    for charge in charges:
        if charge.way is Way.VETO:
            vetoes.append(charge)
        else:
            by_line.setdefault(charge.line, []).append(charge)
    order = {line.no: place for place, line in enumerate(scheme.indicators, start=1)}
    known = {bucket.id: bucket for bucket in former.buckets} if former else {}
    due: dict[str, Sequence[Charge]] = {}
    buckets: list[Bucket] = []
    for purse in purses(scheme, category) if ready is None else ready:
        due[purse.id] = [charge for no in purse.lines for charge in by_line.get(no, ())]
        if former is not None and former.due[purse.id] == due[purse.id]:
            buckets.append(known[purse.id])
        else:
            buckets.append(_bucket(purse, due[purse.id], targets, order))
    vetoes.sort(key=lambda c: (order.get(c.line, 0), c.source))
    return replace(_sum_up(scheme, tuple(buckets), tuple(vetoes)), due=due)


def _bucket(purse: Purse, charges: Sequence[Charge], targets: Sequence[str], order: dict[str, int]) -> Bucket:
    out = {c.line for c in charges if c.way is Way.EXCLUDE}
    excluded = bool(out) and out >= set(purse.lines)
    due = sorted(
        (c for c in charges if c.line not in out),
        key=lambda c: (c.way is Way.TAKE, c.on or date.min, order[c.line], c.source, c.words),
    )
    takings, left = pay(purse, due)
    bucket = Bucket(
        id=purse.id,
        title=purse.title,
        lines=purse.lines,
        effect=purse.effect,
        points=purse.points,
        score=left,
        takings=takings,
        excluded=excluded,
    )
    if excluded or purse.aggregate is Aggregate.EACH or not targets:
        return bucket
    return _by_account(bucket, purse, due, targets)


def _by_account(bucket: Bucket, purse: Purse, due: Sequence[Charge], targets: Sequence[str]) -> Bucket:
    """Each account is scored by itself; the lowest counts, or the mean. What names no account binds all."""
    results: list[tuple[str, tuple[Taking, ...], Decimal]] = []
    for target in sorted(targets):
        mine = [c for c in due if c.target == target or c.target not in targets]
        takings, left = pay(purse, mine)
        results.append((target, takings, left))
    by_target = tuple((target, left) for target, _, left in results)
    lowest = min(results, key=lambda result: result[2])
    if purse.aggregate is Aggregate.LOWEST:
        others = [
            replace(t, taken=ZERO, arithmetic=f"{t.charge.arithmetic}，该账号得分不是最低，不计入")
            for target, takings, _ in results
            if target != lowest[0]
            for t in takings
            if t.charge.target == target
        ]
        counted = (*lowest[1], *others)
        return replace(bucket, takings=counted, score=lowest[2], counted=lowest[0], by_target=by_target)
    share = Decimal(len(results))
    spread = tuple(
        replace(t, taken=t.taken / share, arithmetic=f"{t.arithmetic}，{len(results)}个账号取平均")
        for _, takings, _ in results
        for t in takings
    )
    mean = total(left for _, left in by_target) / share
    return replace(bucket, takings=spread, score=mean, by_target=by_target)


def _sum_up(scheme: Scheme, buckets: tuple[Bucket, ...], vetoes: tuple[Charge, ...]) -> Settlement:
    if not any(b.effect in (Effect.DEDUCT, Effect.EARN) and not b.excluded for b in buckets):
        return _vetoes_alone(scheme, buckets, vetoes)
    words: list[str] = []
    lines = _lines(scheme, buckets, words)
    bonus = _bonus(scheme, buckets, lines, words)
    penalty = -total(b.score for b in buckets if b.effect is Effect.PENALTY)
    result = lines + bonus - penalty
    if penalty:
        words.append(f"另行核减{points(penalty)}")
    if bonus or penalty:
        words.append(f"合计{points(result)}")
    if scheme.total.cap is not None and result > scheme.total.cap:
        result = scheme.total.cap
        words.append(f"超过{points(result)}的按{points(result)}计")
    if result < ZERO:
        result = ZERO
        words.append("不足0分的按0分计")
    score = rounded(result, scheme.total.decimals)
    if score != result:
        words.append(f"保留{scheme.total.decimals}位小数为{points(score)}")
    if vetoes and scheme.veto and score > scheme.veto.cap:
        score = scheme.veto.cap
        words.append(f"单项否决，最高{points(score)}")
    return Settlement(
        buckets=buckets,
        vetoes=vetoes,
        lines=lines,
        bonus=bonus,
        penalty=penalty,
        score=score,
        grade=grade_of(scheme, score, vetoed=bool(vetoes)),
        words=tuple(words),
    )


def _vetoes_alone(scheme: Scheme, buckets: tuple[Bucket, ...], vetoes: tuple[Charge, ...]) -> Settlement:
    """A unit that no line with points binds: it passes unless a veto stands against it."""
    names = [grade.name for grade in scheme.grades]
    failed = scheme.veto.grade if scheme.veto else ""
    place = names.index(failed) if failed in names else 0
    passed = names[place - 1] if place > 0 else ""
    return Settlement(
        buckets=buckets,
        vetoes=vetoes,
        lines=ZERO,
        bonus=ZERO,
        penalty=ZERO,
        score=None,
        grade=failed if vetoes else passed,
        words=("没有计分的指标，只看单项否决",),
    )


def _lines(scheme: Scheme, buckets: Iterable[Bucket], words: list[str]) -> Decimal:
    """What the lines proper add up to; scaled up where some do not bind the unit and the scheme says so."""
    proper = [b for b in buckets if b.effect in (Effect.DEDUCT, Effect.EARN)]
    bound = [b for b in proper if not b.excluded]
    rescale = scheme.total.not_applicable is NotApplicable.RESCALE
    counted = bound if rescale else proper
    got = total(b.points if b.excluded else b.score for b in counted)
    possible = total(b.points for b in counted)
    whole = scheme.total.lines if scheme.total.lines is not None else total(b.points for b in proper)
    words.append(f"各项满分{points(possible)}，得{points(got)}")
    if not rescale or possible == whole or not possible:
        return got
    scaled = got * whole / possible
    words.append(
        f"按满分{points(whole)}折算：{points(got)}×{points(whole)}÷{points(possible)}＝"
        f"{points(rounded(scaled, scheme.total.decimals))}"
    )
    return scaled


def _bonus(scheme: Scheme, buckets: Iterable[Bucket], lines: Decimal, words: list[str]) -> Decimal:
    bonus = total(b.score for b in buckets if b.effect is Effect.BONUS and not b.excluded)
    gate, cap = scheme.bonus.gate_above, scheme.bonus.cap
    if not bonus:
        return ZERO
    if gate is not None and rounded(lines, scheme.total.decimals) <= gate:
        words.append(f"未高于{points(gate)}，加分{points(bonus)}不计")
        return ZERO
    if cap is not None and bonus > cap:
        words.append(f"加分{points(bonus)}，最多计{points(cap)}")
        return cap
    words.append(f"加分{points(bonus)}")
    return bonus


def grade_of(scheme: Scheme, score: Decimal, *, vetoed: bool) -> str:
    """The grade of a score, read off by lower bounds; a veto's grade at best. Empty where there are none."""
    reckoned = score if scheme.total.grade_decimals is None else rounded(score, scheme.total.grade_decimals)
    names = [grade.name for grade in scheme.grades]
    found = next((grade.name for grade in scheme.grades if grade.admits(reckoned)), "")
    if not vetoed or scheme.veto is None:
        return found
    return max(found, scheme.veto.grade, key=names.index) if found else scheme.veto.grade
