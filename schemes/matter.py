"""Sorts a book by unit and line once, so that thousands of units are assessed in seconds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from domain.finding import Finding
from domain.unit import Unit, UnitCategory
from schemes.book import LIVE_ACCOUNTS, Book, Gap
from schemes.charging.desk import Desk, Standings
from schemes.charging.standing import mean, ranks
from schemes.model import Indicator, Scheme
from schemes.proof import Standing, falls_in, standing_of
from schemes.purses import Purse, purses
from schemes.records import Announcement, Bonus, Deduction, Falsification, Record, Tally, in_force
from schemes.rules import BelowMean, ByRank

BURDENS = (Announcement, Deduction, Falsification)
"""Entries that cost points: without proof they are open, not certain."""

ByLine = dict[str, list[Finding]]


@dataclass(slots=True)
class Share:
    """One unit's part of the book, certain and everything."""

    certain: ByLine
    everything: ByLine
    owned_certain: dict[str, ByLine]
    owned_everything: dict[str, ByLine]
    records: list[Record]
    gaps: list[Gap]
    targets: list[str]
    by_line: dict[str, list[Record]]
    by_line_certain: dict[str, list[Record]]
    open_lines: set[str]
    """Lines on which something is open; an empty name stands for all of them."""

    @property
    def settled(self) -> bool:
        """Whether nothing of the unit is open."""
        return not self.open_lines

    def note(self, record: Record) -> None:
        """Keeps an entry, under the line it names."""
        line = getattr(record, "line", "")
        self.records.append(record)
        self.by_line.setdefault(line, []).append(record)
        if weighs(record):
            self.by_line_certain.setdefault(line, []).append(record)
        else:
            self.open_lines.add(line)

    def entered(self, line: str, *, everything: bool) -> tuple[Record, ...]:
        """The entries of a line and those that name none, certain ones or all."""
        found = self.by_line if everything else self.by_line_certain
        return (*found.get(line, ()), *found.get("", ()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """The sorted book: each unit's share, and the standings of all units together."""

    scheme: Scheme
    book: Book
    shares: Mapping[str, Share]
    standings: Standings
    purses: dict[UnitCategory, tuple[Purse, ...]] = field(default_factory=dict)

    def purses_of(self, category: UnitCategory) -> tuple[Purse, ...]:
        """The buckets of a kind of unit, made once."""
        if category not in self.purses:
            self.purses[category] = tuple(purses(self.scheme, category))
        return self.purses[category]

    def desk(self, line: Indicator, unit: Unit, *, everything: bool) -> Desk:
        """What lies on the table for one line of one unit."""
        share = self.shares[unit.code]
        by_line = share.everything if everything else share.certain
        owned = share.owned_everything if everything else share.owned_certain
        return Desk(
            line=line,
            unit=unit,
            points=self.scheme.pool(line.pool).points if line.pool else line.points,
            as_of=self.book.as_of,
            findings=tuple(by_line.get(line.no, ())),
            owned={target: tuple(lines[line.no]) for target, lines in owned.items() if line.no in lines},
            records=share.entered(line.no, everything=everything),
            standings=self.standings,
            reviews=self.book.reviews or {},
        )

    def settled(self, line: Indicator, unit: Unit) -> bool:
        """Whether nothing of a line is open."""
        return self.shares[unit.code].open_lines.isdisjoint((line.no, ""))


def weighs(record: Record) -> bool:
    """Whether an entry is certain: what costs points, or gives a bonus, needs proof."""
    return record.proven or not isinstance(record, (*BURDENS, Bonus))


def sort_out(scheme: Scheme, book: Book) -> Matter:
    """Sorts findings, records and gaps by unit and line."""
    shares = {unit.code: _empty_share() for unit in book.units}
    owners = {site.id: site.unit for site in book.sites}
    for account in book.accounts:
        owners[account.id] = account.unit
        if account.state in LIVE_ACCOUNTS and account.unit in shares:
            shares[account.unit].targets.append(account.id)
    _sort_findings(scheme, book, shares, owners)
    for record in in_force(book.records):
        if record.unit in shares and record.scheme == scheme.id and record.year == book.year:
            shares[record.unit].note(record)
    for gap in book.gaps:
        if gap.unit in shares and gap.check not in scheme.trial:
            shares[gap.unit].gaps.append(gap)
    return Matter(scheme=scheme, book=book, shares=shares, standings=_standings(scheme, book, shares))


def _empty_share() -> Share:
    return Share({}, {}, {}, {}, [], [], [], {}, {}, set())


def _sort_findings(
    scheme: Scheme, book: Book, shares: Mapping[str, Share], owners: Mapping[str, str]
) -> None:
    first, last = scheme.period.dates(book.year)
    closed = {account.id for account in book.accounts if account.state not in LIVE_ACCOUNTS}
    prefix = f"{scheme.id}/"
    for finding in sorted(book.findings, key=lambda finding: (finding.first_seen, finding.id)):
        lines = [name[len(prefix) :] for name in finding.indicators if name.startswith(prefix)]
        if not lines or finding.target in closed or not falls_in(finding, first, last):
            continue
        standing = standing_of(finding, scheme, book.as_of, book.reviews)
        if standing is Standing.NONE:
            continue
        owner = owners.get(finding.target, finding.unit)
        for line in lines:
            _put(shares, finding, line, owner, certain=standing is Standing.PROVEN)


def _put(shares: Mapping[str, Share], finding: Finding, line: str, owner: str, *, certain: bool) -> None:
    share, holder = shares.get(finding.unit), shares.get(owner)
    if share is not None:
        share.everything.setdefault(line, []).append(finding)
        if certain:
            share.certain.setdefault(line, []).append(finding)
        else:
            share.open_lines.add(line)
    if holder is not None:
        holder.owned_everything.setdefault(finding.target, {}).setdefault(line, []).append(finding)
        if certain:
            holder.owned_certain.setdefault(finding.target, {}).setdefault(line, []).append(finding)
        else:
            holder.open_lines.add(line)


def _standings(scheme: Scheme, book: Book, shares: Mapping[str, Share]) -> Standings:
    means: dict[str, Decimal] = {}
    places: dict[str, Mapping[str, int]] = {}
    for line in scheme.indicators:
        kinds = {type(rule) for rule in line.rules}
        if not kinds & {BelowMean, ByRank}:
            continue
        counts = {
            unit.code: tally
            for unit in book.units
            if line.binds(unit.category)
            for tally in _last_tally(shares[unit.code].records, line.no)
        }
        average = mean(counts.values())
        if average is not None:
            means[line.no] = average
        places[line.no] = ranks(counts)
    return Standings(means=means, ranks=places)


def _last_tally(records: Iterable[Record], line: str) -> list[Decimal]:
    return [r.count for r in records if isinstance(r, Tally) and r.line == line][-1:]
