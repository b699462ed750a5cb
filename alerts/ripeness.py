"""Damping: one sighting is no ground to tell anybody. When a lapse is ripe to be told is a pure decision."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from domain.finding import LEAKS, Finding

URGENT_CHECKS = LEAKS | {"content.dark-link", "site.unreachable"}
"""Checks whose lapses cannot wait for a second night: what leaks goes on leaking."""


class Sighted(Protocol):
    """One sighting of a case."""

    @property
    def at(self) -> datetime:
        """When."""

    @property
    def witnesses(self) -> int:
        """How many independent looks agreed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Damping:
    """How much must be seen: so many sightings, first and last so far apart, by so many different means."""

    sightings: int = 2
    apart: timedelta = timedelta(hours=20)
    witnesses: int = 2


def ripe(finding: Finding, sightings: Sequence[Sighted], damping: Damping) -> bool:
    """Whether a lapse that no person confirmed was seen often enough, apart enough, by different means.

    Nights that begin at slightly different hours count as a day apart: hence twenty hours.
    """
    if len(sightings) < damping.sightings:
        return False
    moments = [each.at for each in sightings]
    if max(moments) - min(moments) < damping.apart:
        return False
    return max((finding.witnesses, *(each.witnesses for each in sightings))) >= damping.witnesses
