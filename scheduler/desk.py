"""What the work of the nights needs: data folder, store, registry, clock and this machine's settings."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from crawler.guard import GuardPolicy
from domain.target import Registry
from evidence.look import Clock
from scheduler.request import ScanRequest
from storage.faults import StoreError
from storage.store import Store
from storage.verbs.people import PeopleVerbs
from storage.verbs.portal import PortalVerbs


class NightStore(Store, PeopleVerbs, PortalVerbs):
    """The store with all its verbs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where and how a night's work is done. `pause` is seconds between requests to one host.

    `spread`: the clock is the real one, and scans that come at their time spread over the night's window.
    """

    data: Path
    clock: Clock
    program: str
    database_url: str | None = None
    networks: tuple[str, ...] = ()
    browser: str | None = None
    screenshots: bool = True
    pause: float = 1.0
    jobs: int = 8
    max_pages: int = 3000
    full_walk_days: int = 7
    spread: bool = False

    def request(self, registry: Registry, sites: tuple[str, ...] = (), *, full: bool = False) -> ScanRequest:
        """A scan of some targets (none named: all) as of now. `full` asks for a walk that trusts no list."""
        return ScanRequest(
            registry=registry,
            data=self.data,
            as_of=self.clock(),
            clock=self.clock,
            program=self.program,
            sites=sites,
            screenshots=self.screenshots,
            delay=self.pause,
            jobs=self.jobs,
            database_url=self.database_url,
            networks=self.networks,
            max_pages=self.max_pages,
            browser=self.browser,
            origin=self.data,
            incremental=not full,
            full_walk_days=self.full_walk_days,
        )

    def policy(self, registry: Registry) -> GuardPolicy:
        """What single fetches may visit: what the registry names, control sites too."""
        controls = (urlsplit(url) for url in registry.control_sites)
        named = {name.lower() for parts in controls for name in (parts.hostname or "", parts.netloc)}
        return GuardPolicy(hosts=self.request(registry).hosts | (named - {""}), networks=self.networks)

    @contextmanager
    def opened(self) -> Iterator[NightStore]:
        """The open store. Raises StoreError."""
        with NightStore.open(self.data, self.database_url) as store:
            yield store


def registry_in_force(store: NightStore) -> Registry:
    """The registry as edited in the portal, else that of the last run. Raises StoreError without either."""
    kept = store.kept_registry()
    if kept is not None:
        return kept
    if store.last_run() is None:
        raise StoreError("还没有名录。请先用 govwatch scan --registry 名录 巡检一次，或在网页“名录”中导入")
    return store.registry()
