"""Which rows of an assessment a list shows: filters that all must hold."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from schemes.card import Row, Scorecard


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What is asked for; what is empty does not narrow. Days are those on which a row's lapse began."""

    units: frozenset[str] = frozenset()
    lines: frozenset[str] = frozenset()
    checks: frozenset[str] = frozenset()
    since: date | None = None
    until: date | None = None
    confirmed: bool = False

    def admits(self, row: Row) -> bool:
        """Whether a row is asked for. One without a day is shown only where no day is asked for."""
        charge = row.charge
        if self.confirmed and not row.certain:
            return False
        if (self.lines and charge.line not in self.lines) or (
            self.checks and charge.check not in self.checks
        ):
            return False
        if self.since is None and self.until is None:
            return True
        if charge.on is None:
            return False
        return (self.since or charge.on) <= charge.on <= (self.until or charge.on)

    @property
    def words(self) -> str:
        """The filters in Chinese; empty where there are none."""
        parts = [
            f"单位：{'、'.join(sorted(self.units))}" if self.units else "",
            f"指标：{'、'.join(sorted(self.lines))}" if self.lines else "",
            f"检查项：{'、'.join(sorted(self.checks))}" if self.checks else "",
            f"{self.since}起" if self.since else "",
            f"{self.until}止" if self.until else "",
            "只列已认定的" if self.confirmed else "",
        ]
        return "，".join(part for part in parts if part)


def chosen(cards: Iterable[Scorecard], choice: Choice) -> list[Scorecard]:
    """The cards of the units asked for, with the rows asked for alone."""
    return [
        replace(card, rows=tuple(row for row in card.rows if choice.admits(row)))
        for card in cards
        if not choice.units or card.unit in choice.units
    ]
