"""Units, sites and accounts: how each stands, days left before its limits, its cases, its score."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta

from fastapi import APIRouter, Request
from fastapi.responses import Response

from domain.check import Question
from domain.finding import CaseState
from domain.observation import CHINA, Post, UnseenError
from domain.outcome import Inconclusive, Violation
from domain.target import Account, Registry, Site
from domain.unit import Unit
from portal.freshness import MARKS, ColumnLine, Standing, account_standing, column_lines
from portal.office import Office
from portal.rendering import show
from portal.visitor import OfficeDep, Refused, Viewer
from schemes.card import Scorecard
from schemes.model import Scheme
from schemes.scheme import questions
from storage.closing import Closed
from storage.faults import StoreError
from storage.listing import Filter

router = APIRouter()
AHEAD = timedelta(days=35)
"""How far beyond the day of the observation a calendar reaches at most."""


def registry_for(office: Office) -> Registry:
    """The registry in force. Raises Refused when there is none."""
    registry = office.registry()
    if registry is None:
        raise Refused("还没有名录。请先在“名录”中导入，或用 govwatch scan 巡检一次。", 404)
    return registry


def asked_of(office: Office) -> tuple[Question, ...]:
    """The questions of the schemes in force."""
    names = tuple(scheme.id for scheme in office.schemes_in_force())
    return office.kept(("questions", names), lambda: questions(names, office.schemes))


@router.get("/units")
def units(request: Request, office: OfficeDep, visitor: Viewer) -> Response:
    """All units with their open cases."""
    registry = office.registry()
    tally: dict[str, Counter[CaseState]] = {}
    for count in office.counts():
        if count.severity == "violation":
            tally.setdefault(count.unit, Counter())[count.state] += count.number
    shown = [unit for unit in (registry.units if registry else ()) if visitor.sees(unit.code)]
    return show(
        request,
        visitor,
        "units.html",
        units=shown,
        tally=tally,
        sites=Counter(site.unit for site in registry.sites) if registry else {},
        accounts=Counter(account.unit for account in registry.accounts) if registry else {},
    )


@router.get("/units/{code}")
def unit(request: Request, office: OfficeDep, visitor: Viewer, code: str) -> Response:
    """One unit: calendar of days left, cases, scores."""
    registry = registry_for(office)
    found = next((each for each in registry.units if each.code == code), None)
    if found is None or not visitor.sees(code):
        raise Refused(f"没有编号为“{code}”的单位。", 404)
    sites = [site for site in registry.sites if site.unit == code or _hosts(site, code)]
    accounts = [account for account in registry.accounts if account.unit == code]
    calendar = office.kept(("calendar", code), lambda: _calendar(office, found, sites, accounts))
    cases, total = office.listed(Filter(unit=code, severity="violation"), "last_seen", limit=15)
    return show(
        request,
        visitor,
        "unit.html",
        unit=found,
        sites=sites,
        accounts=accounts,
        calendar=calendar,
        marks=MARKS,
        as_of=office.as_of(),
        cases=cases,
        total=total,
        scores=_scores(office, code),
        letters=office.store.latest_letters(code, 10),
    )


def _hosts(site: Site, code: str) -> bool:
    return any(column.unit == code for column in site.columns)


def _calendar(
    office: Office, unit: Unit, sites: list[Site], accounts: list[Account]
) -> list[tuple[str, str, str, Standing]]:
    """Link, name, where, standing of all that has a limit; what runs out first comes first."""
    asked = asked_of(office)
    rows: list[tuple[str, str, str, Standing]] = []
    for site in sites:
        seen = office.site_seen(site.id)
        if seen is not None and seen[1] is not None:
            for line in column_lines(seen[1], asked, frozenset({unit.code})):
                rows.append((f"/sites/{site.id}", line.column.name, site.name, line.standing))
    for account in accounts:
        known = office.account_seen(account.id)
        if known is not None and known[1] is not None:
            rows.append(
                (f"/accounts/{account.id}", account.name, "新媒体", account_standing(known[1], asked))
            )
    bound = [row for row in rows if row[3].mark != "free"]
    return sorted(bound, key=_urgency)


def _urgency(row: tuple[str, str, str, Standing]) -> tuple[int, int]:
    """What is over or bears no date comes first, what was not seen last."""
    standing = row[3]
    if standing.plight:
        return (0, 0)
    return (2, 0) if standing.days_left is None else (1, standing.days_left)


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A unit's result under a scheme. `card` None: there is none, as `fault` says in Chinese."""

    scheme: Scheme
    year: int
    card: Scorecard | None = None
    shut: Closed | None = None
    fault: str = ""

    @property
    def appeal(self) -> str:
        """What reversals after the closing made of it, in Chinese; empty: there were none."""
        found = self.shut.appeals.get(self.card.unit) if self.shut and self.card else None
        return found.words if found else ""


def _scores(office: Office, code: str) -> list[Score] | None:
    """The unit's results under the schemes in force; None while they are being reckoned."""
    if office.store.last_run() is None:
        return []
    found: list[Score] = []
    for scheme in office.schemes_in_force():
        year = office.year(scheme)
        try:
            shut, cards = office.years.closed(scheme.id, year), office.cards_soon(scheme, year)
        except StoreError as error:
            found.append(Score(scheme=scheme, year=year, fault=str(error)))
            continue
        if cards is None:
            return None
        mine = [card for card in cards if card.unit == code]
        found += [Score(scheme=scheme, year=year, card=card, shut=shut) for card in mine]
    return found


@router.get("/sites/{site_id}")
def site(request: Request, office: OfficeDep, visitor: Viewer, site_id: str) -> Response:
    """One site: its tree of columns with kinds, newest dates and states."""
    registry = registry_for(office)
    found = next((each for each in registry.sites if each.id == site_id), None)
    if found is None or not (visitor.sees(found.unit) or _hosts(found, visitor.person.unit)):
        raise Refused(f"没有编号为“{site_id}”的网站。", 404)
    seen = office.site_seen(site_id)
    only = visitor.unit
    lines: list[ColumnLine] = []
    if seen is not None and seen[1] is not None:
        units = None if only is None else frozenset({only})
        lines = column_lines(seen[1], asked_of(office), units)
    cases, total = office.listed(
        Filter(target=site_id, unit=only or "", severity="violation"), "last_seen", limit=1000
    )
    open_at = Counter(
        case.subject for case in cases if case.state.value not in ("rectified", "closed", "dismissed")
    )
    verdicts = office.store.outcomes(seen[0], site_id) if seen else []
    return show(
        request,
        visitor,
        "site.html",
        site=found,
        run=office.store.run(seen[0]) if seen else None,
        lines=[replace(line, findings=open_at[line.column.url]) for line in lines],
        complete=bool(seen and seen[1] and getattr(seen[1].columns, "complete", False)),
        marks=MARKS,
        cases=cases[:30],
        total=total,
        unseen=[v for v in verdicts if isinstance(v.outcome, Inconclusive) and visitor.sees(v.subject.unit)],
        violations=sum(isinstance(v.outcome, Violation) and visitor.sees(v.subject.unit) for v in verdicts),
    )


@router.get("/accounts/{account_id}")
def account(request: Request, office: OfficeDep, visitor: Viewer, account_id: str) -> Response:
    """One account: the calendar of its posts with the line of its limit."""
    registry = registry_for(office)
    found = next((each for each in registry.accounts if each.id == account_id), None)
    if found is None or not visitor.sees(found.unit):
        raise Refused(f"没有编号为“{account_id}”的账号。", 404)
    seen = office.account_seen(account_id)
    observation = seen[1] if seen else None
    posts: list[Post] = []
    standing, gap = Standing(gap="没有保存这一账号的观测"), ""
    if observation is not None:
        standing = account_standing(observation, asked_of(office))
        try:
            posts = sorted(observation.posts.get(), key=lambda post: post.posted_at, reverse=True)
        except UnseenError as error:
            gap = str(error)
    cases, total = office.listed(Filter(target=account_id, severity="violation"), "last_seen", limit=30)
    today = observation.today if observation else office.as_of()
    return show(
        request,
        visitor,
        "account.html",
        account=found,
        health=office.store.source_health(account_id),
        run=office.store.run(seen[0]) if seen else None,
        standing=standing,
        marks=MARKS,
        gap=gap,
        posts=posts[:100],
        weeks=post_calendar(posts, today, max(today, min(standing.last_day or today, today + AHEAD))),
        today=today,
        cases=cases,
        total=total,
    )


def post_calendar(posts: list[Post], today: date, until: date) -> list[list[tuple[date, int]]]:
    """Weeks of (day, posts that day), Mondays first, from twelve weeks ago to the week of `until`."""
    counted = Counter(post.posted_at.astimezone(CHINA).date() for post in posts if not post.pinned)
    monday = today - timedelta(days=today.weekday(), weeks=12)
    weeks = (until - monday).days // 7 + 1
    days = [monday + timedelta(days=n) for n in range(weeks * 7)]
    return [[(day, counted[day]) for day in days[n : n + 7]] for n in range(0, len(days), 7)]
