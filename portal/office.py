"""The portal at work: the store, the clock, the schemes, what is reckoned once and kept until it changes."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from domain.finding import Finding
from domain.observation import CHINA, AccountObservation, SiteObservation
from domain.target import Registry
from portal.outside import Outside
from portal.reckoner import Reckoner, Wanted
from portal.shelf import Shelf
from portal.years import Years, with_own
from schemes.book import Book, Gap
from schemes.card import Scorecard
from schemes.model import Scheme
from schemes.scheme import load_all
from storage.export import Names
from storage.faults import StoreError
from storage.findings import Count
from storage.listing import Filter
from storage.runs import Run
from storage.store import Store
from storage.verbs.people import PeopleVerbs
from storage.verbs.portal import PortalVerbs

T = TypeVar("T")
SMALL_THINGS = 300
"""How many reckoned things are kept."""
OBSERVATIONS = 24
"""How many observations are kept: those of large sites take megabytes each."""
PATIENCE = 2.0
"""Seconds that a page waits for scores before it is shown without them."""


@cache
def shipped_schemes() -> Mapping[str, Scheme]:
    """The shipped schemes, read once."""
    return load_all()


class PortalStore(Store, PeopleVerbs, PortalVerbs):
    """The store with the portal's verbs."""


class Office:
    """All that the pages work with. One for each application."""

    def __init__(
        self,
        data: Path,
        store: PortalStore,
        clock: Callable[[], datetime],
        outside: Outside,
        program: str = "",
    ) -> None:
        """Over an open store. Raises SchemeError when a scheme of the data folder is not usable."""
        self.data = data.resolve()
        self.store = store
        self.clock = clock
        self.outside = outside
        self.program = program
        self.schemes: Mapping[str, Scheme] = with_own(shipped_schemes(), self.data)
        self.years = Years(self.data, store, self.schemes)
        self._small = Shelf(SMALL_THINGS)
        self._observed = Shelf(OBSERVATIONS)
        self._reckoner = Reckoner(store)

    def now(self) -> datetime:
        """The present instant in China."""
        return self.clock().astimezone(CHINA)

    def kept(self, name: tuple[Any, ...], reckon: Callable[[], T]) -> T:
        """What `reckon` gives, kept under the name until the store changes."""
        return self._small.fetch((self.store.mark(), *name), reckon)

    def kept_for_good(self, name: tuple[Any, ...], reckon: Callable[[], T]) -> T:
        """What `reckon` gives of something that never changes."""
        return self._small.fetch(("for good", *name), reckon)

    def kept_of_run(self, run: Run, name: tuple[Any, ...], reckon: Callable[[], T]) -> T:
        """What `reckon` gives of a run: kept for good once the run is over, else until the store changes."""
        keep = self.kept if run.state == "running" else self.kept_for_good
        return keep((*name, run.number), reckon)

    def counts(self) -> list[Count]:
        """How many findings there are by check, unit, state and severity."""
        return self.kept(("counts",), self.store.counts)

    def listed(
        self,
        wanted: Filter,
        sort: str = "first_seen",
        *,
        descending: bool = True,
        limit: int,
        offset: int = 0,
    ) -> tuple[list[Finding], int]:
        """A page of findings without their evidence, and how many there are in all."""
        name = (self.store.mark(), "total", wanted)
        found, total = self.store.page(
            wanted, sort, descending=descending, limit=limit, offset=offset, total=self._small.get(name)
        )
        self._small.fetch(name, lambda: total)
        return found, total

    def registry(self) -> Registry | None:
        """The registry in force: as edited here, else that of the last run, else None."""
        return self.kept(("registry",), self._registry)

    def _registry(self) -> Registry | None:
        kept = self.store.kept_registry()
        if kept is not None:
            return kept
        return self.store.registry() if self.store.last_run() else None

    def names(self) -> Names:
        """Names of units, sites and accounts."""
        registry = self.registry()
        return Names() if registry is None else Names.of(registry)

    def targets(self) -> dict[str, str]:
        """The unit of every site and account, by the target's id."""
        registry = self.registry()
        if registry is None:
            return {}
        sites = {site.id: site.unit for site in registry.sites}
        return sites | {account.id: account.unit for account in registry.accounts}

    def as_of(self) -> date:
        """The day that the newest observations tell of; today before the first run."""
        run = self.store.last_run()
        return (run.as_of if run else self.clock()).astimezone(CHINA).date()

    def year(self, scheme: Scheme | None = None) -> int:
        """The year of assessment in hand under a scheme; under the first in force where none is named."""
        chosen = scheme or next(iter(self.schemes_in_force()), None)
        return chosen.period.year_of(self.as_of()) if chosen else self.as_of().year

    def scheme(self, scheme_id: str) -> Scheme:
        """The scheme of this id. Raises StoreError."""
        if scheme_id not in self.schemes:
            raise StoreError(f"没有编号为“{scheme_id}”的考核办法，可用的有：{'、'.join(self.schemes)}")
        return self.schemes[scheme_id]

    def schemes_in_force(self) -> list[Scheme]:
        """The schemes that the registry names, else all."""
        registry = self.registry()
        named = [
            self.schemes[name] for name in (registry.schemes if registry else ()) if name in self.schemes
        ]
        return named or list(self.schemes.values())

    def book(self, year: int) -> Book:
        """All that an assessment of the year looks at, with what papers show. Raises StoreError before the
        first run."""
        return self.store.book(year, self.as_of(), self.registry())

    def _wanted(self, scheme: Scheme, year: int) -> Wanted:
        registry = self.registry() or self.store.registry()
        weighed = self.years.scheme(scheme.id, year)
        return Wanted(scheme=weighed, year=year, as_of=self.as_of(), registry=registry)

    def cards(self, scheme: Scheme, year: int) -> tuple[Scorecard, ...]:
        """Each unit's card under a scheme, of a closed year as it was closed.

        Raises StoreError before the first run, and where the year's plan is not usable.
        """
        shut = self.years.closed(scheme.id, year)
        if shut is not None:
            return shut.cards
        return self._reckoner.reckoned(self._wanted(scheme, year)).ranking

    def cards_soon(self, scheme: Scheme, year: int) -> tuple[Scorecard, ...] | None:
        """The same; None when they are still being reckoned."""
        shut = self.years.closed(scheme.id, year)
        if shut is not None:
            return shut.cards
        found = self._reckoner.soon(self._wanted(scheme, year), PATIENCE)
        return None if found is None else found.ranking

    def gaps(self, scheme: Scheme, year: int, unit: str) -> tuple[Gap, ...]:
        """What could not be judged of a unit. Raises StoreError before the first run."""
        return self._reckoner.reckoned(self._wanted(scheme, year)).gaps.get(unit, ())

    def card(self, scheme: Scheme, year: int, unit: str) -> Scorecard | None:
        """One unit's card; None when the scheme does not bind it."""
        return next((card for card in self.cards(scheme, year) if card.unit == unit), None)

    def warm(self) -> None:
        """Reckons the scores of the year in hand, so that nobody has to wait for them."""
        if self.store.last_run() is not None:
            for scheme in self.schemes_in_force():
                self.cards(scheme, self.year(scheme))

    def site_seen(self, site: str) -> tuple[str, SiteObservation | None] | None:
        """The latest run that looked at a site, and what it saw where that is kept."""
        run = self.store.latest_run_with("site", site)
        if run is None:
            return None
        observe = self.outside.observe_site
        if observe is None:
            return run, None
        return run, self._observed.fetch(("site", run, site), lambda: observe(run, site))

    def account_seen(self, account: str) -> tuple[str, AccountObservation | None] | None:
        """The latest run that looked at an account, and what it saw where that is kept."""
        run = self.store.latest_run_with("account", account)
        if run is None:
            return None
        observe = self.outside.observe_account
        if observe is None:
            return run, None
        return run, self._observed.fetch(("account", run, account), lambda: observe(run, account))

    def finding(self, case: str) -> Finding:
        """A finding with its evidence. Raises StoreError."""
        return self.store.finding(case)
