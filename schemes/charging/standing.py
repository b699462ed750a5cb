"""Charges that only all units together decide: steps below the mean, places in a ranking."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from schemes.charge import Charge, Way
from schemes.charging.desk import Desk
from schemes.records import Tally
from schemes.rules import BelowMean, ByRank
from schemes.words import plain, points, rounded, total

HUNDRED = Decimal(100)

PLACES = 10
"""Decimals of a per cent that are looked at: a mean of thirds is cut off somewhere, and 39.99…9 is 40."""


def mean(numbers: Iterable[Decimal]) -> Decimal | None:
    """The arithmetic mean; None of nothing."""
    known = sorted(numbers)
    return total(known) / len(known) if known else None


def ranks(counts: Mapping[str, Decimal]) -> dict[str, int]:
    """Each one's rank by count, highest first; equals share the better rank. Nothing ranks nowhere."""
    above: dict[Decimal, int] = {}
    for place, count in enumerate(sorted(counts.values(), reverse=True), start=1):
        above.setdefault(count, place)
    return {unit: above[count] for unit, count in counts.items() if count > 0}


def below_mean(rule: BelowMean, desk: Desk) -> Iterator[Charge]:
    """So many points for each full step below the mean of all units; nothing where no score is entered."""
    average = desk.standings.means.get(desk.line.no)
    for record in list(desk.all(Tally))[-1:]:
        if average is None or average <= 0:
            return
        below = rounded((average - record.count) * HUNDRED / average, PLACES)
        steps = int(below / rule.step_percent)
        if steps > 0:
            yield desk.from_record(
                record,
                rule.points * steps,
                Way.TAKE,
                name=f"{rule.name}{plain(record.count)}分，低于平均{plain(rounded(average, 2))}分的"
                f"{plain(rounded(below, 2))}%，每{plain(rule.step_percent)}%扣{points(rule.points)}：",
                counter="档",
                price=rule.points,
                hits=steps,
            )


def by_rank(rule: ByRank, desk: Desk) -> Iterator[Charge]:
    """Points by place among the units that the line binds."""
    rank = desk.standings.ranks.get(desk.line.no, {}).get(desk.unit.code)
    place = next((p for p in rule.places if rank is not None and rank <= p.upto), None)
    for record in list(desk.all(Tally))[-1:]:
        if place is not None:
            where = f"列第{rank}名（前{place.upto}名）"
            words = f"{rule.name}{plain(record.count)}，{where}，加{points(place.points)}"
            yield desk.from_record(record, place.points, desk.way, words=words)
