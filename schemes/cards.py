"""Writes what a card says of each line: score, sum in Chinese, how it was read, what is still open."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from domain.unit import Unit
from schemes.card import LineScore, Row
from schemes.charge import Charge, Way
from schemes.charging import Reading
from schemes.matter import Matter
from schemes.model import Effect, Indicator, Scheme
from schemes.purses import Taking
from schemes.records import Tally
from schemes.rules import AtLeast, BelowMean, ByRank, Converted, Proportion
from schemes.settle import Bucket, Settlement
from schemes.words import ZERO, points, price, total

COUNTED = (AtLeast, BelowMean, ByRank, Converted, Proportion)
"""Rules that say nothing until a number is entered."""


def line_scores(
    matter: Matter,
    unit: Unit,
    readings: Mapping[str, Reading],
    result: Settlement | None,
    worst: Settlement | None,
    pending: Sequence[Charge] = (),
) -> tuple[LineScore, ...]:
    """Every line of a unit's card. `pending` are the charges that are still open."""
    found = {no: bucket for bucket in (result.buckets if result else ()) for no in bucket.lines}
    lows = {no: bucket for bucket in (worst.buckets if worst else ()) for no in bucket.lines}
    open_charges: dict[str, list[Charge]] = {}
    for charge in pending:
        open_charges.setdefault(charge.line, []).append(charge)
    return tuple(
        _line_score(
            matter,
            unit,
            line,
            readings[line.no],
            found.get(line.no),
            lows.get(line.no),
            open_charges.get(line.no, []),
        )
        for line in matter.scheme.lines_for(unit.category)
    )


def _line_score(
    matter: Matter,
    unit: Unit,
    line: Indicator,
    reading: Reading,
    bucket: Bucket | None,
    low: Bucket | None,
    pending: Sequence[Charge],
) -> LineScore:
    takings = [t for t in bucket.takings if t.charge.line == line.no] if bucket else []
    deducted = total(max(-t.taken, ZERO) for t in takings)
    awarded = total(max(t.taken, ZERO) for t in takings)
    notes = [reading.note, *_gap_notes(matter, unit, line), *_count_notes(matter, unit, line)]
    charged = {t.charge.source for t in takings}
    return LineScore(
        no=line.no,
        group=line.group,
        title=line.title,
        effect=line.effect,
        points=bucket.points if bucket else line.points,
        pool=line.pool,
        score=bucket.score if bucket else None,
        low=low.score if low else None,
        deducted=deducted,
        awarded=awarded,
        arithmetic=arithmetic(takings, bucket),
        note="；".join(note for note in notes if note),
        open=reading.open,
        excluded=reading.excluded,
        self_score=reading.self_score,
        review_score=reading.review_score,
        hints=tuple(_hints(matter, unit, line, charged)),
        pending=sums(pending),
    )


def _gap_notes(matter: Matter, unit: Unit, line: Indicator) -> list[str]:
    known = matter.shares[unit.code].gaps
    if not known:
        return []
    name = f"{matter.scheme.id}/{line.no}"
    checks = {ask.check for ask in line.asks}
    gaps = [gap for gap in known if (name in gap.indicators if gap.indicators else gap.check in checks)]
    return [f"有{len(gaps)}处无法判定，未计扣分"] if gaps else []


def _count_notes(matter: Matter, unit: Unit, line: Indicator) -> list[str]:
    if not any(isinstance(rule, COUNTED) for rule in line.rules):
        return []
    social = any(isinstance(rule, Converted) and rule.of == "social" for rule in line.rules)
    entered = any(
        r.kind == "social_review" if social else isinstance(r, Tally) and r.line == line.no
        for r in matter.shares[unit.code].records
    )
    if entered:
        return []
    return ["未录入数量或得分，暂不加分" if line.effect is Effect.BONUS else "未录入数量或得分，暂不扣分"]


def _hints(matter: Matter, unit: Unit, line: Indicator, charged: set[str]) -> Iterable[str]:
    """Confirmed findings that name the line and cost nothing by themselves: for the reviewers to weigh."""
    if line.effect is Effect.VETO:
        return
    for finding in matter.shares[unit.code].certain.get(line.no, ()):
        if f"finding:{finding.id}" not in charged:
            yield finding.summary


def arithmetic(takings: Sequence[Taking], bucket: Bucket | None) -> str:
    """A line's sum in Chinese: equal prices multiplied together, then what the bucket has left."""
    if bucket is None:
        return ""
    others = {target for target, _ in bucket.by_target} - {bucket.counted} if bucket.counted else set()
    words = sums(t.charge for t in takings if t.charge.target not in others)
    return words + _remainder(bucket) if words else ""


def sums(charges: Iterable[Charge]) -> str:
    """Charges in Chinese, equal prices multiplied together."""
    groups: dict[tuple[str, str, Decimal | None, str], list[Charge]] = {}
    for charge in charges:
        plainly = charge.price is not None and charge.points == charge.price * charge.hits
        key = (
            charge.name,
            charge.counter,
            charge.price if plainly else None,
            "" if plainly else charge.arithmetic,
        )
        groups.setdefault(key, []).append(charge)
    return "；".join(
        price(each, sum(c.hits for c in alike), name, counter) if each is not None else words
        for (name, counter, each, words), alike in groups.items()
    )


def still_open(sure: Sequence[Charge], whole: Iterable[Charge]) -> list[Charge]:
    """The charges that are made only if all that is open is confirmed."""
    known = {(c.line, c.source, c.way) for c in sure}
    return [c for c in whole if (c.line, c.source, c.way) not in known]


def _remainder(bucket: Bucket) -> str:
    who = f"（按最低账号{bucket.counted}）" if bucket.counted else ""
    if bucket.effect is Effect.PENALTY:
        return f"，核减{points(-bucket.score)}"
    verb = "余" if bucket.effect is Effect.DEDUCT else "得"
    if len(bucket.lines) > 1:
        return f"，{bucket.title}类{points(bucket.points)}池{verb}{points(bucket.score)}{who}"
    return f"，本项{points(bucket.points)}{verb}{points(bucket.score)}{who}"


def rows_of(
    scheme: Scheme, sure: Sequence[Charge], whole: Sequence[Charge], result: Settlement | None
) -> tuple[Row, ...]:
    """Every row of a card in the order of lines: what is certain first, then what is open."""
    titles = {line.no: line.title for line in scheme.indicators}
    order = {line.no: index for index, line in enumerate(scheme.indicators)}
    taken = [t for bucket in (result.buckets if result else ()) for t in bucket.takings]
    rows = [
        Row(charge=t.charge, title=titles[t.charge.line], points=t.taken, arithmetic=t.arithmetic)
        for t in taken
    ]
    rest = sure if result is None else [c for c in sure if c.way in (Way.VETO, Way.EXCLUDE)]
    rows.extend(
        Row(charge=c, title=titles.get(c.line, "弄虚作假"), points=ZERO, arithmetic=c.arithmetic)
        for c in rest
    )
    rows.extend(
        Row(
            charge=c,
            title=titles.get(c.line, "弄虚作假"),
            points=-c.points if c.way is Way.TAKE else c.points,
            arithmetic=f"待核实：{c.arithmetic}",
            certain=False,
        )
        for c in still_open(sure, whole)
    )
    return tuple(sorted(rows, key=lambda row: (not row.certain, order.get(row.charge.line, -1))))


def notes_on(scheme: Scheme, lacking: Sequence[str], lines: Iterable[LineScore]) -> tuple[str, ...]:
    """What a reader must know of the whole card."""
    notes: list[str] = []
    if lacking:
        notes.append(f"缺少年度方案给出的分值（第{'、'.join(lacking)}项），不计总分，只列问题")
    waiting = [line for line in lines if line.open]
    if waiting:
        names = "、".join(line.no for line in waiting)
        notes.append(f"有{len(waiting)}项待录入或待核定（第{names}项），成绩为暂计")
    provisional = [line.no for line in scheme.indicators if line.provisional]
    if provisional:
        notes.append(f"第{'、'.join(provisional)}项有原文未定之处，按暂定口径计（见各项说明）")
    if scheme.total.note:
        notes.append(scheme.total.note)
    return tuple(notes)
