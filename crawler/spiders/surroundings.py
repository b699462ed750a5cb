"""What all walks of one process share: the guard, other sites' places, robots rules, links tried."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from crawler.address import canonical
from crawler.guard import GuardPolicy
from crawler.plan import CrawlPlan
from crawler.robots import RobotsBook
from crawler.spiders.memory import TargetBook
from crawler.spiders.scope import folder_of, place_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """Shared by the walks of a process. `places` are the folders of registered sites, by host."""

    policy: GuardPolicy
    places: Mapping[str, frozenset[str]]
    robots: RobotsBook = field(default_factory=RobotsBook)
    targets: TargetBook = field(default_factory=TargetBook)


def surroundings_of(plan: CrawlPlan) -> Surroundings:
    """The surroundings of a plan's sites."""
    homes = [*(one.site.home for one in plan.sites), *plan.neighbours]
    return Surroundings(
        policy=GuardPolicy(hosts=plan.named_hosts, networks=plan.allow_networks), places=places_of(homes)
    )


def places_of(homes: Iterable[str]) -> Mapping[str, frozenset[str]]:
    """The folders of home pages, by host."""
    found: dict[str, set[str]] = {}
    for home in homes:
        host, path = place_of(canonical(home))
        found.setdefault(host, set()).add(folder_of(path))
    return {host: frozenset(folders) for host, folders in found.items()}
