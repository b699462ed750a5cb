"""Where an answer came from in the end, and what that makes of the page asked for."""

from crawler.address import canonical
from crawler.classify import HomeMark
from crawler.pipeline import as_try
from crawler.spiders.scope import Scope
from crawler.spiders.visit import Visit
from domain.snapshot import FetchStatus
from domain.walk import Sighting


def in_its_role(visit: Visit, sighting: Sighting, scope: Scope, home: HomeMark | None) -> Sighting:
    """The sighting in the role that its answer leaves it.

    A page that answered from outside the site is but a link's target; a home page or a declared column
    that moved takes the site along. So is the home page under its own address with a query.
    """
    snapshot = sighting.snapshot
    if snapshot.status is FetchStatus.MISDIRECTED and _is_home_by_another_name(visit, home):
        visit.elsewhere = True
        return as_try(sighting)
    # A browser tells where a page came from in the end, not by which redirects.
    moved = snapshot.redirects or (visit.role == "home" and canonical(snapshot.final_url) != visit.key)
    if visit.role in {"link", "attachment"} or not moved:
        return sighting
    if snapshot.status is not FetchStatus.OK or scope.owns(canonical(snapshot.final_url)):
        return sighting
    if visit.role == "home":
        scope.add(snapshot.final_url)
        return sighting
    if visit.declared:
        scope.add_list(snapshot.final_url)
        return sighting
    visit.elsewhere = True
    return as_try(sighting)


def _is_home_by_another_name(visit: Visit, home: HomeMark | None) -> bool:
    return home is not None and visit.key.partition("?")[0] == home.key.partition("?")[0]
