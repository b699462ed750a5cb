"""Assesses units under a scheme: pure arithmetic over a book, done twice.

Once on what is confirmed, which is the score; once on that and all that is still open, which is the lower
end of the range. The truth lies between; the gap is the list of what to look at next.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from domain.unit import Unit
from schemes.book import Book
from schemes.card import LineScore, Row, Scorecard
from schemes.cards import line_scores, notes_on, rows_of, still_open
from schemes.charge import Charge, Way
from schemes.charging import Reading, charges_of, falsifications
from schemes.matter import Matter, sort_out
from schemes.model import Effect, Scheme
from schemes.settle import Settlement, settle


def assess(scheme: Scheme, book: Book) -> tuple[Scorecard, ...]:
    """The card of every unit that the scheme binds, in the order of the book.

    Units of a category that no line or no catalogue binds have none.
    """
    return ranked(cards_of(scheme, book, {unit.code for unit in book.units}))


def cards_of(scheme: Scheme, book: Book, units: Collection[str]) -> tuple[Scorecard, ...]:
    """The cards of some units, not ranked yet. The book must hold their findings and everybody's records."""
    matter = sort_out(scheme, book)
    return tuple(_card(matter, unit) for unit in book.units if unit.code in units and binds(scheme, unit))


def binds(scheme: Scheme, unit: Unit) -> bool:
    """Whether a unit is assessed under a scheme."""
    if scheme.catalogues and not scheme.catalogue_of(unit.category):
        return False
    return bool(scheme.lines_for(unit.category))


def missing_weights(scheme: Scheme, unit: Unit) -> tuple[str, ...]:
    """The lines of a unit whose points the yearly plan has yet to give."""
    return tuple(
        line.no
        for line in scheme.lines_for(unit.category)
        if line.effect is not Effect.VETO
        and (scheme.pool(line.pool).points if line.pool else line.points) is None
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Pass:
    """One run of the sum: its charges, how each line was read, and the result (None: weights lacking)."""

    charges: tuple[Charge, ...]
    read: dict[str, tuple[list[Charge], Reading]]
    settlement: Settlement | None


def _pass(matter: Matter, unit: Unit, *, weighed: bool, sure: Pass | None = None) -> Pass:
    """The first run, on what is certain; with `sure` the second, which keeps lines where nothing is open."""
    charges: list[Charge] = []
    read: dict[str, tuple[list[Charge], Reading]] = {}
    scheme, everything = matter.scheme, sure is not None
    lines = scheme.lines_for(unit.category)
    for line in lines:
        if sure is not None and matter.settled(line, unit):
            read[line.no] = sure.read[line.no]
        else:
            read[line.no] = charges_of(matter.desk(line, unit, everything=everything))
        charges.extend(read[line.no][0])
    if lines and scheme.veto and scheme.veto.falsification:
        clause = scheme.veto.basis
        desk = matter.desk(lines[0], unit, everything=everything)
        charges.extend(replace(c, line="", clause=clause) for c in falsifications(desk))
    kept = tuple(without_repeats(scheme, charges))
    targets = matter.shares[unit.code].targets
    result = (
        settle(
            scheme,
            unit.category,
            targets,
            kept,
            ready=matter.purses_of(unit.category),
            former=sure.settlement if sure is not None else None,
        )
        if weighed
        else None
    )
    return Pass(charges=kept, read=read, settlement=result)


def without_repeats(scheme: Scheme, charges: Iterable[Charge]) -> list[Charge]:
    """The charges without what would make one finding pay twice.

    Within a shared pool a finding pays once, the dearest line; so it does in the whole scheme where
    `count_once` is set; and not on a line whose `once_with` names one that it pays on already.
    """
    whole = list(charges)
    lines = {line.no: line for line in scheme.indicators}
    paid: dict[str, set[str]] = {}
    for charge in whole:
        if charge.way is Way.TAKE:
            paid.setdefault(charge.source, set()).add(charge.line)
    best: dict[tuple[str, str], tuple[Decimal, str]] = {}
    for charge in whole:
        key = _payer(scheme, charge)
        if key and (key not in best or charge.points > best[key][0]):
            best[key] = (charge.points, charge.line)
    kept: list[Charge] = []
    for charge in whole:
        key = _payer(scheme, charge)
        if key and best[key][1] != charge.line:
            continue
        line = lines.get(charge.line)
        if key and line and paid[charge.source] & set(line.once_with):
            continue
        kept.append(charge)
    return kept


def _payer(scheme: Scheme, charge: Charge) -> tuple[str, str] | None:
    """Where a finding may pay only once: the scheme, its pool, or its line."""
    if charge.way is not Way.TAKE or not charge.source.startswith("finding:"):
        return None
    if scheme.total.count_once:
        return charge.source, ""
    line = scheme.indicator(charge.line)
    return charge.source, line.pool or line.no


def _card(matter: Matter, unit: Unit) -> Scorecard:
    scheme, share = matter.scheme, matter.shares[unit.code]
    lacking = missing_weights(scheme, unit)
    sure = _pass(matter, unit, weighed=not lacking)
    whole = sure if share.settled else _pass(matter, unit, weighed=not lacking, sure=sure)
    result, worst = sure.settlement, whole.settlement
    pending = still_open(sure.charges, whole.charges)
    readings = {no: reading for no, (_, reading) in sure.read.items()}
    lines = line_scores(matter, unit, readings, result, worst, pending)
    return Scorecard(
        scheme=scheme.id,
        scheme_name=scheme.name,
        version=scheme.version,
        year=matter.book.year,
        unit=unit.code,
        unit_name=unit.name,
        category=unit.category,
        catalogue=scheme.catalogue_of(unit.category),
        score=result.score if result else None,
        low=worst.score if worst else None,
        grade=result.grade if result else "",
        low_grade=worst.grade if worst else "",
        lines=lines,
        rows=rows_of(scheme, sure.charges, whole.charges, result),
        buckets=result.buckets if result else (),
        words=result.words if result else (),
        notes=notes_on(scheme, lacking, lines),
        missing_weights=lacking,
        confirmed=len({f.id for found in share.certain.values() for f in found}),
        open=len({f.id for found in share.everything.values() for f in found})
        - len({f.id for found in share.certain.values() for f in found}),
        charges=sure.charges,
        targets=tuple(sorted(share.targets)),
    )


def ranked(cards: Sequence[Scorecard]) -> tuple[Scorecard, ...]:
    """The cards with their ranks within each catalogue; equal scores share the better rank.

    Where no weights are set the number of confirmed lapses ranks, fewest first.
    """
    by_catalogue: dict[str, list[Scorecard]] = {}
    for card in cards:
        by_catalogue.setdefault(card.catalogue, []).append(card)
    places: dict[str, int] = {}
    for group in by_catalogue.values():
        merits = sorted((_merit(card) for card in group), reverse=True)
        places.update({card.unit: merits.index(_merit(card)) + 1 for card in group})
    return tuple(replace(card, rank=places[card.unit]) for card in cards)


def _merit(card: Scorecard) -> tuple[bool, Decimal]:
    if card.score is None:
        return False, Decimal(-card.confirmed)
    return True, card.score


__all__ = [
    "LineScore",
    "Row",
    "Scorecard",
    "assess",
    "binds",
    "cards_of",
    "missing_weights",
    "ranked",
    "without_repeats",
]
