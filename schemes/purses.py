"""Purses: the points of a line or of a shared pool before anything is paid out of them, and the paying."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from domain.unit import UnitCategory
from schemes.charge import Charge, Way
from schemes.model import Aggregate, Effect, Indicator, Pool, Scheme
from schemes.words import ZERO, points


@dataclass(frozen=True, slots=True, kw_only=True)
class Taking:
    """A charge and what became of it: `taken` is how it moved its bucket (below zero: points lost)."""

    charge: Charge
    taken: Decimal
    arithmetic: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Purse:
    """A bucket before anything is paid out of it."""

    id: str
    title: str
    lines: tuple[str, ...]
    effect: Effect
    points: Decimal
    aggregate: Aggregate
    shared: bool = False


def purses(scheme: Scheme, category: UnitCategory) -> Iterator[Purse]:
    """The buckets of a kind of unit, in the order of the lines. Raises ValueError on a missing weight."""
    pools_seen: set[str] = set()
    lines = scheme.lines_for(category)
    for line in lines:
        if line.effect is Effect.VETO or line.pool in pools_seen:
            continue
        if line.pool:
            pools_seen.add(line.pool)
            yield _pool_purse(scheme.pool(line.pool), lines)
        else:
            yield Purse(
                id=line.no,
                title=f"第{line.no}项",
                lines=(line.no,),
                effect=line.effect,
                points=_known(line.points, f"第{line.no}项"),
                aggregate=Aggregate.EACH,
            )


def _pool_purse(pool: Pool, lines: Iterable[Indicator]) -> Purse:
    return Purse(
        id=pool.id,
        title=pool.title,
        lines=tuple(line.no for line in lines if line.pool == pool.id),
        effect=pool.effect,
        points=_known(pool.points, f"共用分值“{pool.title}”"),
        aggregate=pool.aggregate,
        shared=True,
    )


def _known(worth: Decimal | None, name: str) -> Decimal:
    if worth is None:
        raise ValueError(f"{name}没有分值，须由年度方案给出")
    return worth


def pay(purse: Purse, due: Iterable[Charge]) -> tuple[tuple[Taking, ...], Decimal]:
    """Pays charges out of a bucket in order, never beyond its bounds; what each took, and what is left."""
    low = -purse.points if purse.effect is Effect.PENALTY else ZERO
    high = ZERO if purse.effect is Effect.PENALTY else purse.points
    balance = purse.points if purse.effect is Effect.DEDUCT else ZERO
    takings: list[Taking] = []
    for charge in due:
        wanted = charge.points if charge.way is Way.GIVE else -charge.points
        after = max(low, min(high, balance + wanted))
        moved = after - balance
        balance = after
        takings.append(
            Taking(charge=charge, taken=moved, arithmetic=_paid(purse, charge, moved, wanted, balance))
        )
    return tuple(takings), balance


def _paid(purse: Purse, charge: Charge, moved: Decimal, wanted: Decimal, balance: Decimal) -> str:
    """The row's sum in Chinese: the multiplication, what the bucket bore, what is left in it."""
    words = charge.arithmetic
    if moved != wanted:
        verb = "实加" if charge.way is Way.GIVE else "实扣"
        words += f"，{'加满' if charge.way is Way.GIVE else '扣完'}即止，{verb}{points(abs(moved))}"
    if purse.effect is Effect.PENALTY:
        return f"{words}，{purse.title}累计核减{points(-balance)}（最多{points(purse.points)}）"
    pot = f"{purse.title}类{points(purse.points)}池" if purse.shared else f"本项{points(purse.points)}"
    verb = "余" if purse.effect is Effect.DEDUCT else "已得"
    return f"{words}，{pot}{verb}{points(balance)}"
