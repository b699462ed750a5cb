"""Units whose columns live on another's portal: which site they are judged on."""

from collections.abc import Mapping
from itertools import groupby

from domain.target import ColumnKind, Registry, Site

_DISCLOSURE = frozenset(
    {
        ColumnKind.GUIDE,
        ColumnKind.REGULATIONS,
        ColumnKind.CATALOGUE,
        ColumnKind.STATUTORY_DISCLOSURE,
        ColumnKind.ANNUAL_REPORT,
        ColumnKind.ON_REQUEST,
    }
)


def declared_on(site: Site) -> list[tuple[str, ColumnKind]]:
    """The owner and kind of each column that the registry declares on a site."""
    return [(column.unit or site.unit, column.kind) for column in site.columns]


def guests(site: Site, registry: Registry) -> tuple[str, ...]:
    """Units without a site of their own that are judged on this site: it declares most of their columns.

    Disclosure columns count first; of equal sites the first of the registry.
    """
    housed = {one.unit for one in registry.sites}
    tenants = dict.fromkeys(unit for unit, _ in declared_on(site) if unit not in housed)
    return tuple(unit for unit in tenants if _home_of(unit, registry) == site.id)


def _home_of(unit: str, registry: Registry) -> str:
    def weight(site: Site) -> tuple[int, int]:
        kinds = [kind for owner, kind in declared_on(site) if owner == unit]
        return sum(kind in _DISCLOSURE for kind in kinds), len(kinds)

    return max(registry.sites, key=weight).id


def elsewhere(site: Site, registry: Registry) -> Mapping[str, frozenset[ColumnKind]]:
    """The kinds of column that the registry declares on other sites, by unit."""
    pairs = sorted(pair for one in registry.sites if one.id != site.id for pair in declared_on(one))
    return {
        unit: frozenset(kind for _, kind in group) for unit, group in groupby(pairs, key=lambda pair: pair[0])
    }
