"""From what a walk brought home to an observation of the site: pure, no clock, no network."""

from collections.abc import Mapping
from datetime import date, datetime

from crawler.address import canonical
from crawler.observing.articles import Articles
from crawler.observing.columns import Columns
from crawler.observing.dating import Dates
from crawler.observing.front import Front
from crawler.observing.guides import Disclosure
from crawler.observing.heads import head_changes
from crawler.observing.offices import Offices
from crawler.observing.owners import Owners
from crawler.observing.reports import Reports
from crawler.observing.services import Services
from crawler.observing.sights import Sights
from crawler.observing.standing import standing_pages
from crawler.observing.suspects import suspects_of
from crawler.observing.targets import link_targets
from crawler.observing.tenants import elsewhere, guests
from crawler.observing.workdays import working_days
from domain.observation import CHINA, Head, SiteObservation
from domain.target import Registry, Site
from domain.walk import Walk


def observe(
    site: Site,
    registry: Registry,
    walk: Walk,
    *,
    as_of: datetime,
    first_seen: Mapping[str, date] | None = None,
    heads: Mapping[str, Head] | None = None,
) -> SiteObservation:
    """Everything that one walk of a site shows, as of a moment.

    `first_seen` gives, by address, the day of our own first sight of an entry, `heads` what the pages' heads
    said on the night before (`heads_of`; None where there was none). What was not seen is
    Unseen, what was seen in part says so.
    """
    today = as_of.astimezone(CHINA).date()
    sights = Sights(walk, site)
    owners = Owners(site, registry)
    earlier = {canonical(url): day for url, day in (first_seen or {}).items()}
    dates = Dates(sights=sights, today=today, first_seen=earlier)
    columns = Columns(site, sights, dates, owners)
    grove = columns.grow()
    articles = Articles(sights, dates, grove, columns.candidates)
    disclosure = Disclosure(sights, grove, owners)
    services = Services(sights, grove)
    offices = Offices(sights, grove)
    return SiteObservation(
        site=site,
        units={unit.code: unit for unit in registry.units},
        as_of=as_of,
        home=Front(site, sights, dates, columns.candidates).home(),
        columns=grove.fact(site.home),
        tagged=articles.tagged(site),
        documents=articles.documents(site.home, site.unit),
        standing=standing_pages(site, sights, grove),
        guides=disclosure.guides(site.home),
        reports=Reports(sights, grove, owners).reports(site.home),
        on_request=disclosure.on_request(site.home),
        leaders=offices.leaders(site.home),
        organisations=offices.organisations(site.home),
        services=services.services(site.home),
        messages=services.messages(site.home),
        channels=services.channels(site.home),
        links=link_targets(sights),
        suspects=suspects_of(site, sights),
        head_changes=head_changes(site, sights, heads),
        working_days=working_days(today),
        guests=guests(site, registry),
        elsewhere=elsewhere(site, registry),
    )
