"""From findings and records to charges: one function a kind of rule, and what reviewers gave instead."""

from collections.abc import Callable, Iterator
from typing import Any

from schemes.charge import Charge, Way
from schemes.charging import cases, entries, findings, standing, vetoes
from schemes.charging.desk import Desk
from schemes.charging.reviewed import Reading, read_line
from schemes.rules import (
    AllOrNothing,
    AtLeast,
    BelowMean,
    ByRank,
    Cases,
    CleanCases,
    Converted,
    EnteredVeto,
    PerAnnouncement,
    PerBonus,
    PerEntry,
    PerFinding,
    PerMissing,
    PerShortfall,
    Proportion,
    Repeated,
    Share,
    Threshold,
)

CHARGING: dict[type, Callable[[Any, Desk], Iterator[Charge]]] = {
    PerFinding: findings.per_finding,
    PerMissing: findings.per_missing,
    PerShortfall: findings.per_shortfall,
    Share: findings.share,
    AllOrNothing: findings.all_or_nothing,
    PerEntry: entries.per_entry,
    PerAnnouncement: entries.per_announcement,
    PerBonus: entries.per_bonus,
    AtLeast: entries.at_least,
    Proportion: entries.proportion,
    Converted: entries.converted,
    Cases: cases.cases,
    CleanCases: cases.clean_cases,
    BelowMean: standing.below_mean,
    ByRank: standing.by_rank,
    Threshold: vetoes.threshold,
    Repeated: vetoes.repeated,
    EnteredVeto: vetoes.entered_veto,
}
"""What each kind of rule does."""

VETOES = (Threshold, Repeated, EnteredVeto)


def charges_of(desk: Desk) -> tuple[list[Charge], Reading]:
    """All charges of one line of one unit, and how the line was read (entered, by machine, not at all).

    Where reviewers gave the line a score, that stands for everything but vetoes.
    """
    reading = read_line(desk)
    charges: list[Charge] = list(reading.charges)
    for rule in desk.line.rules:
        if isinstance(rule, VETOES) or not reading.settled:
            charges.extend(CHARGING[type(rule)](rule, desk))
    if not reading.settled and not any(isinstance(rule, PerEntry | EnteredVeto) for rule in desk.line.rules):
        charges.extend(entries.entered(desk, None))
    return charges, reading


def falsifications(desk: Desk) -> Iterator[Charge]:
    """Vetoes for recorded falsification."""
    return vetoes.falsified(desk)


__all__ = ["CHARGING", "Desk", "Reading", "Way", "charges_of", "falsifications"]
