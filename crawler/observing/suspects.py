"""Links and titles of a site's pages that may have been planted, by the page as findings name it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from crawler.observing.sights import Sights, sight_of
from crawler.subjects.planted import hosts_in_view, is_of_known_host, suspect_links
from domain.observation import Fact, Seen, Sight, SuspectLink
from domain.snapshot import FetchStatus
from domain.target import Site
from domain.walk import Sighting

_READ = frozenset({"home", "column", "frame", "pager", "article"})
"""Roles of the addresses whose pages are looked at; what is only tried is not the site's to answer for."""


def suspects_of(site: Site, sights: Sights) -> Fact[tuple[SuspectLink, ...]]:
    """What may have been planted in the pages that a walk read; complete when no page was left unread.

    Unseen where the home page was not read: hijackers come there first.
    """
    home = sights.landing(sights.home_key)
    if sights.page(home) is None:
        return sights.unseen(home)
    homes = {home, sights.home_key}
    found: list[SuspectLink] = []
    linked: set[str] = set()
    why = ""
    pages = list(_pages(sights))
    hosts = tuple({_host(key) for key, sighting in pages if sighting.role in {"home", "column"}})
    for key, sighting in pages:
        page = sights.page(key)
        if page is None:
            gone = sighting.snapshot.status is FetchStatus.GONE
            why = why or ("" if gone else sight_of(sighting).reason())
            continue
        named = site.home if key in homes else key
        linked |= hosts_in_view(page)
        suspects = suspect_links(page, own_hosts=hosts, known_hosts=())
        found.extend(replace(suspect, page=named) for suspect in suspects)
    found = [one for one in found if not (one.unknown and is_of_known_host(one.target, linked))]
    return Seen(_once(found, site.home), Sight(url=site.home, note=why), not why)


def _once(found: Sequence[SuspectLink], home: str) -> tuple[SuspectLink, ...]:
    """Each planted link on one page: on the home page if it is there, else where the walk met it first.

    What stands in the template of all pages is one lapse, not as many as there are pages.
    """
    told: dict[tuple[str, str, bool], SuspectLink] = {}
    for suspect in sorted(found, key=lambda one: one.page != home):
        told.setdefault((suspect.target, suspect.text, suspect.hidden), suspect)
    return tuple(told.values())


def _pages(sights: Sights) -> Iterator[tuple[str, Sighting]]:
    """Every page once, under the address by which it is told of."""
    for key, sighting in sights:
        if sighting.role in _READ and sights.get(sights.landing(key)) is sighting:
            yield key, sighting


def _host(key: str) -> str:
    """The host of a canonical address; with its port where it is a bare number, which many sites share."""
    authority = key.partition("://")[2].partition("/")[0].partition("?")[0]
    name, _, port = authority.partition(":")
    return authority if port and name.replace(".", "").isdigit() else name
