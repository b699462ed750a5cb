"""The portal at work: the store, the clock, the schemes, what is reckoned once and kept until it changes."""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

from domain.finding import Finding
from domain.observation import CHINA, AccountObservation, SiteObservation
from domain.target import Registry
from portal.outside import Outside
from schemes.book import Book
from schemes.card import Scorecard
from schemes.model import Scheme
from schemes.scheme import load_all
from schemes.scoring import assess
from storage.export import Names
from storage.faults import StoreError
from storage.store import Store
from storage.verbs.people import PeopleVerbs
from storage.verbs.portal import PortalVerbs

T = TypeVar("T")
KEPT = 64
"""How many reckoned things are kept."""


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
        """Over an open store."""
        self.data = data.resolve()
        self.store = store
        self.clock = clock
        self.outside = outside
        self.program = program
        self.schemes: Mapping[str, Scheme] = shipped_schemes()
        self._kept: OrderedDict[tuple[Any, ...], Any] = OrderedDict()
        self._lock = Lock()

    def now(self) -> datetime:
        """The present instant in China."""
        return self.clock().astimezone(CHINA)

    def kept(self, name: tuple[Any, ...], reckon: Callable[[], T]) -> T:
        """What `reckon` gives, kept under the name until the store changes."""
        key = (self.store.mark(), *name)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                found: T = self._kept[key]
                return found
        fresh = reckon()
        with self._lock:
            self._kept[key] = fresh
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return fresh

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
        """All that an assessment of the year looks at. Raises StoreError before the first run."""
        day = min(self.as_of(), date(year, 12, 31))
        return self.kept(("book", year, day), lambda: self.store.book(year, day, self.registry()))

    def cards(self, scheme: Scheme, year: int) -> tuple[Scorecard, ...]:
        """Each unit's card under a scheme. Raises StoreError before the first run."""
        book = self.book(year)
        return self.kept(("cards", scheme.id, scheme.version, year), lambda: assess(scheme, book))

    def card(self, scheme: Scheme, year: int, unit: str) -> Scorecard | None:
        """One unit's card; None when the scheme does not bind it."""
        return next((card for card in self.cards(scheme, year) if card.unit == unit), None)

    def site_seen(self, site: str) -> tuple[str, SiteObservation | None] | None:
        """The latest run that looked at a site, and what it saw where that is kept."""
        run = self.store.latest_run_with("site", site)
        if run is None:
            return None
        observe = self.outside.observe_site
        return run, None if observe is None else self.kept(("site", run, site), lambda: observe(run, site))

    def account_seen(self, account: str) -> tuple[str, AccountObservation | None] | None:
        """The latest run that looked at an account, and what it saw where that is kept."""
        run = self.store.latest_run_with("account", account)
        if run is None:
            return None
        observe = self.outside.observe_account
        if observe is None:
            return run, None
        return run, self.kept(("account", run, account), lambda: observe(run, account))

    def finding(self, case: str) -> Finding:
        """A finding with its evidence. Raises StoreError."""
        return self.store.finding(case)
