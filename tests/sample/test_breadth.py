"""The city has a site of every family, a file of every kind, and every way in which servers misbehave."""

from sample.city import CITY
from sample.content import Plan
from sample.looks import LOOKS
from sample.model import Behaviour, SampleSite


class _EnoughError(Exception):
    """The plan was seen; nothing needs to be rendered."""


def look_of(site: SampleSite) -> str | None:
    """The look of a site that has a plan."""
    seen: list[str] = []

    def peek(plan: Plan) -> Plan:
        seen.append(plan.look)
        raise _EnoughError

    try:
        if site.again is not None:
            site.again(peek)
    except _EnoughError:
        pass
    return seen[0] if seen else None


def test_a_site_of_every_family() -> None:
    assert {look for site in CITY.sites if (look := look_of(site))} == set(LOOKS)


def test_every_behaviour_is_met() -> None:
    answers = [answer for host in CITY.hosts() for answer in host.pages.values()]
    assert {answer.behaviour for answer in answers} == set(Behaviour)
    statuses = {answer.status for answer in answers} | {host.fallback.status for host in CITY.hosts()}
    assert {200, 202, 302, 403, 404, 410, 412, 429, 500, 503, 521} <= statuses


def test_attachments_of_every_kind() -> None:
    endings = {path.rpartition(".")[2] for host in CITY.hosts() for path in host.pages}
    assert {"doc", "docx", "xls", "xlsx", "wps", "pdf"} <= endings


def test_a_site_moved_to_tls() -> None:
    moved = [host for host in CITY.hosts() if host.moved]
    secure = {host.id for host in CITY.hosts() if host.secure}
    assert moved
    assert {host.moved for host in moved} == secure


def test_bodies_without_end_stand_at_a_site_with_a_limit_of_its_own() -> None:
    """Else each would hold up the whole scan."""
    endless = [
        site
        for site in CITY.sites
        if any(answer.behaviour is Behaviour.DRIP for host in site.hosts for answer in host.pages.values())
    ]
    assert endless
    assert all(site.page_seconds is not None and site.page_seconds <= 5 for site in endless)
