"""What commands on scores share: the scheme with its weights, the year, the cards, closed years as closed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from domain.observation import CHINA
from govwatch.commands.common import UserError, folder, moment, opened
from govwatch.commands.schemes import one, weighed

if TYPE_CHECKING:
    from domain.finding import Finding
    from schemes.book import Gap
    from schemes.card import Scorecard
    from schemes.ledger import LedgerRow
    from schemes.model import Scheme
    from schemes.records import Record
    from storage.closing import Closed
    from storage.store import Store

SchemeOption = Annotated[str, typer.Option("--scheme", help="考核办法编号")]
YearOption = Annotated[int | None, typer.Option("--year", min=2000, max=2100, help="考核年度")]
NowOption = Annotated[str | None, typer.Option("--now", help="计算到哪一天为止，默认为最近一轮的监测时点")]
PlanOption = Annotated[Path | None, typer.Option("--plan", help="年度方案（分值）文件")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """An assessment with all that its papers show."""

    scheme: "Scheme"
    year: int
    cards: "Sequence[Scorecard]"
    data: Path
    at: datetime
    findings: "Sequence[Finding]" = ()
    records: "Sequence[Record]" = ()
    ledger: "Sequence[LedgerRow]" = ()
    gaps: "Sequence[Gap]" = ()
    names: Mapping[str, str] = field(default_factory=dict)
    closed: "Closed | None" = None

    def card(self, unit: str) -> "Scorecard":
        """The card of a unit. Raises UserError when it has none."""
        for card in self.cards:
            if card.unit == unit:
                return card
        known = "、".join(card.unit for card in self.cards[:20])
        raise UserError(f"“{self.scheme.name}”没有考核单位“{unit}”。考核的单位有：{known}")

    def closing_json(self) -> dict[str, Any]:
        """How the year was closed, and what appeals made of scores since; null while it is open."""
        from storage.closing import closing_as_json

        return closing_as_json(self.closed)

    def closing_words(self) -> list[str]:
        """The same in Chinese."""
        from storage.closing import closing_words

        return closing_words(self.closed) if self.closed is not None else []


def scored(
    data: Path | None, scheme: str, year: int | None, *, now: str | None = None, plan: Path | None = None
) -> Scored:
    """The assessment of a year from what is stored; a closed year as it was closed. Raises UserError."""
    from storage.assessing import reckon
    from storage.closing import closed as closed_year

    place = folder(data)
    with opened(data) as store:
        at, period = when(store, year, now, scheme)
        book, registry = store.book(period, at.date()), store.registry()
        shut = closed_year(store, scheme, period)
        if shut is not None:
            chosen, cards = shut.frozen.scheme, shut.cards
        else:
            chosen, _ = weighed(scheme, period, place, plan)
            cards = reckon(chosen, book)
        ledger = store.ledger(scheme, period)
    return Scored(
        scheme=chosen,
        year=period,
        cards=cards,
        data=place,
        at=at,
        findings=book.findings,
        records=[record for record in book.records if record.scheme == scheme],
        ledger=ledger,
        gaps=book.gaps,
        names={site.id: site.name for site in registry.sites}
        | {account.id: account.name for account in registry.accounts},
        closed=shut,
    )


def when(store: "Store", year: int | None, now: str | None, scheme: str) -> tuple[datetime, int]:
    """The moment up to which is reckoned, in China, and the year that is meant. Raises UserError.

    Where none is named it is the one that the scheme's period puts the moment in.
    """
    at = (moment(now) or store.run().as_of).astimezone(CHINA)
    return at, year or one(scheme).period.year_of(at.date())
