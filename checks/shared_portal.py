"""Whom a site's observation is judged for: its owner, and units whose columns live on it."""

from domain.observation import SiteObservation
from domain.outcome import Inconclusive
from domain.target import ColumnKind

DISCLOSURE_KINDS = frozenset(
    {
        ColumnKind.GUIDE,
        ColumnKind.REGULATIONS,
        ColumnKind.CATALOGUE,
        ColumnKind.STATUTORY_DISCLOSURE,
        ColumnKind.ANNUAL_REPORT,
        ColumnKind.ON_REQUEST,
    }
)
"""Kinds that show that the registry means to list a unit's disclosure columns."""


def judged_units(observation: SiteObservation) -> tuple[str, ...]:
    """The site's own unit first, then the units without a site of their own."""
    guests = tuple(unit for unit in observation.guests if unit != observation.owner)
    return (observation.owner, *guests)


def declared_kinds(unit: str, observation: SiteObservation) -> frozenset[ColumnKind]:
    """Kinds of the columns that the registry declares for a unit, here or on another site."""
    site = observation.site
    here = {c.kind for c in site.columns if (c.unit or site.unit) == unit}
    return frozenset(here) | observation.elsewhere.get(unit, frozenset())


def unless_declared_here(unit: str, observation: SiteObservation) -> Inconclusive | None:
    """Why nothing can be said to be missing for a guest of the portal; None when it can.

    A guest is judged by the columns declared for it: if none of them is of a disclosure kind, the
    registry does not say where its disclosure columns are.
    """
    if unit == observation.owner or declared_kinds(unit, observation) & DISCLOSURE_KINDS:
        return None
    return Inconclusive(reason="该单位没有自己的网站，名录也没有登记其信息公开栏目，无从判定缺失")
