"""Availability probes: every home page asked for once, and whether the round says anything of the sites."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from time import monotonic

from crawler.fetching import Fetched, fetch
from crawler.guard import GuardPolicy
from domain.observation import CHINA
from domain.snapshot import STATUS_TITLES, FetchStatus
from domain.target import Registry
from storage.nights import Closure
from storage.probes import Probe

SLOW_MS = 15_000
"""A page that takes so long counts as not opened."""

FAILING = frozenset({FetchStatus.GONE, FetchStatus.HTTP_ERROR, FetchStatus.UNREACHABLE, FetchStatus.TIMEOUT})
"""Answers that count against a site: a firewall, a refused address or an old certificate are no outage."""

TELLS_NOTHING = frozenset({FetchStatus.BLOCKED, FetchStatus.REFUSED, FetchStatus.TLS_ERROR})

MOST_FAILING = 0.8
"""So large a share of sites failing at once is our own line, unless control sites say otherwise."""

FEWEST_SITES = 5
"""With fewer sites a share says nothing."""

Fetcher = Callable[[str], Fetched]


def probe(url: str, site: str, at: datetime, fetcher: Fetcher) -> Probe:
    """One visit, timed from the request to the last byte, redirects included."""
    began = monotonic()
    snapshot = fetcher(url).snapshot
    elapsed = round((monotonic() - began) * 1000)
    status = snapshot.status
    slow = elapsed >= SLOW_MS
    failed = status in FAILING or slow
    detail = snapshot.detail or ("" if status is FetchStatus.OK else STATUS_TITLES[status])
    return Probe(
        site=site,
        at=at,
        ok=not failed,
        counts=status not in TELLS_NOTHING,
        status=FetchStatus.TIMEOUT.value if slow and status is FetchStatus.OK else status.value,
        http_status=snapshot.http_status,
        elapsed_ms=elapsed,
        detail=detail or ("15秒内没有打开" if slow else ""),
    )


def round_of(sites: Sequence[Probe], controls: Sequence[Probe]) -> list[Probe]:
    """The probes of one round as they count: none that failed does when the failure is ours.

    Ours it is when most control sites failed too, or (without control sites) nearly all of many sites did.
    """
    if not _ours(sites, controls):
        return list(sites)
    why = (
        "对照站点同时打不开，疑为监测端网络故障，不计入"
        if controls
        else "多数网站同时打不开，疑为监测端网络故障，不计入"
    )
    return [one if one.ok else replace(one, counts=False, detail=why) for one in sites]


def _ours(sites: Sequence[Probe], controls: Sequence[Probe]) -> bool:
    if controls:
        return 2 * sum(not one.ok for one in controls) >= len(controls) and any(
            not one.ok for one in controls
        )
    failed = sum(not one.ok for one in sites)
    return len(sites) >= FEWEST_SITES and failed >= MOST_FAILING * len(sites)


def without_closed(probes: Sequence[Probe], registry: Registry, closures: Sequence[Closure]) -> list[Probe]:
    """The probes with those of sites that are closed as planned not counting."""
    owners = {site.id: site.unit for site in registry.sites}
    return [
        replace(one, counts=False, detail="计划停运期间，不计入")
        if any(
            c.covers(owners.get(one.site, ""), one.site, one.at.astimezone(CHINA).date()) for c in closures
        )
        else one
        for one in probes
    ]


def probe_all(
    registry: Registry, policy: GuardPolicy, clock: Callable[[], datetime], *, at_once: int = 8
) -> tuple[list[Probe], list[Probe]]:
    """One visit of every home page, and of the control sites: what they gave, each apart."""
    wanted = [(site.home, site.id) for site in registry.sites]
    controls = [(url, f"control:{number}") for number, url in enumerate(registry.control_sites, 1)]

    def visit(one: tuple[str, str]) -> Probe:
        at = clock()
        return probe(one[0], one[1], at, lambda url: fetch(url, policy, at=at))

    with ThreadPoolExecutor(max_workers=at_once) as threads:
        found = list(threads.map(visit, [*controls, *wanted]))
    return found[len(controls) :], found[: len(controls)]
