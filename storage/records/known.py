"""What records may refer to: units, sites and accounts, schemes with their lines, earlier records."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from domain.target import Registry
from schemes.model import Scheme
from schemes.records import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """All that may be referred to. `lines` gives, by scheme, each line's points (None: not its own)."""

    units: frozenset[str]
    targets: frozenset[str]
    lines: Mapping[str, Mapping[str, Decimal | None]]
    records: Mapping[str, Record] = field(default_factory=dict)


def known_of(registry: Registry, schemes: Mapping[str, Scheme], records: Iterable[Record]) -> Known:
    """What a registry, the schemes and the records so far make known."""
    targets = [site.id for site in registry.sites] + [account.id for account in registry.accounts]
    return Known(
        units=frozenset(unit.code for unit in registry.units),
        targets=frozenset(targets),
        lines={
            name: {line.no: line.points for line in scheme.indicators} for name, scheme in schemes.items()
        },
        records={record.id: record for record in records},
    )
