"""A hundred days over the sample city: sixteen families of pages live on, and what is planted in them stays.

Takes the better part of an hour, and is done on purpose only: `sh scripts/quarter`. Scans run every sixth
night and on the nights around which something happens; on the days between, what people are told goes on.
"""

import os
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from domain.finding import CaseState
from domain.target import Registry
from domain.unit import Contact
from govwatch.commands.registry import load
from sample.city import AS_OF, CITY
from sample.content import Plan
from sample.model import Answer, SampleSite
from sample.planting import note
from sample.server import Running, serve
from sample.units import profiles
from scheduler.ladder import works_on
from schemes.calendar import is_working_day
from schemes.ledger import in_force
from storage.people import Act
from tests.alerts.receivers import http_desk, mailbox
from tests.e2e.quarter import (
    OPERATOR,
    Quarter,
    contacts,
    day_of,
    killed_job,
    killed_scan,
    ladder_is_right,
    letters_are_right,
    life_told,
    lives_found,
)
from tests.scheduler.farm import Town, farm

WANTED = "GOVWATCH_QUARTER"
BEGIN = AS_OF.date()
DAYS = int(os.environ.get("GOVWATCH_QUARTER_DAYS", "100"))
CHOSEN = frozenset(filter(None, os.environ.get("GOVWATCH_QUARTER_SITES", "").split(",")))
"""Sites that take part, with their units' accounts; empty: all."""
SCHEMES = ("changshu-2020", "national-2019")
STALE_AFTER = 14
NEWS = "gzdt"

BLIND = frozenset({60, 61})
SCANS = frozenset({*range(0, 100, 6), 61, 62})
KILLED = frozenset({6, 42, 78})
KILLED_JOBS = {9: "remind", 25: "ledger", 50: "remind", 83: "recheck"}
LEDGER_DAYS = 10

NEGLECT: Mapping[str, frozenset[int]] = {
    "s01": frozenset(range(12, 48)),
    "s03": frozenset(range(24, 97)),
    "s04": frozenset(range(36, 66)),
    "s05": frozenset({*range(30), *range(48, 100)}),
    "s06": frozenset(range(6, 31)),
    "s07": frozenset({*range(20), *range(50, 75)}),
    "s08": frozenset(range(12, 60)),
    "s09": frozenset(range(40, 100)),
    "s12": frozenset({*range(18, 40), *range(54, 84)}),
    "s40": frozenset(range(100)),
}
"""By site the days on which nobody posts news; the others post every time."""

DOWN: Mapping[str, frozenset[int]] = {
    "s03": frozenset({48, 54}),
    "s05": frozenset({66, 72, 78}),
    "s06": frozenset({24}),
    "s20": frozenset({30, 36}),
}

LASTING = ("guide.", "annual-report.", "content.", "leaders.", "organisation.", "column.missing",
           "column.empty", "site.footer", "service-guide.")  # fmt: skip
"""Checks that time alone does not turn."""

NEVER_SEEN = ("s13", "s14", "s17", "s18", "s19")
HOME_SEEN = ("s18", "site.home-stale")
"""Every address of this site shows its home page: that one is seen, and what is on it grows old."""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not os.environ.get(WANTED), reason="只在专门要求时进行：sh scripts/quarter"),
]


def day(number: int) -> date:
    return BEGIN + timedelta(days=number)


@dataclass(kw_only=True)
class SampleCity(Quarter):
    """The sample city as it lives on: what each site posted, and what was to be seen night by night."""

    running: Running
    control: Town
    posted: dict[str, list[date]] = field(default_factory=dict)
    newest: dict[str, date] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    sights: list[tuple[date, dict[str, date | None]]] = field(default_factory=list)
    at_first: frozenset[str] = frozenset()

    def post(self, site: SampleSite, at: date) -> None:
        """The site posts a piece of news."""
        self.posted.setdefault(site.id, []).append(at)
        self.newest[site.id] = max(self.newest[site.id], at)
        unit = profiles()[site.unit]
        news = [
            note(unit, f"ji{one:%m%d}", f"{unit.name}{one.month}月{one.day}日召开工作推进会", one,
                 "会议听取了近期工作进展情况汇报，研究部署了下一阶段重点任务。")
            for one in self.posted[site.id]
        ]  # fmt: skip
        assert site.again is not None
        for host in site.again(lambda plan: plan.posting(NEWS, *news)).hosts:
            self.running.desks[host.id].host = host

    def weather(self, number: int) -> None:
        """Who is to be reached on a night."""
        lost = Answer(status=503, body=b"<html><body>Service Unavailable</body></html>")
        down = {host.id for site in CITY.sites if number in DOWN.get(site.id, ()) for host in site.hosts}
        for host in self.running.desks:
            self.running.overtake(host, lost if number in BLIND or host in down else None)
        self.control.up = number not in BLIND


def people_of(unit: str, desk: str) -> tuple[Contact, ...]:
    """The liaison hears by mail or by one of the robots, the leader by mail."""
    liaison, leader = contacts(unit)
    robots = {
        "U01": "wecombot://11112222-3333-4444-5555-666677778888",
        "U03": "dingtalk://geheim@1111222233334444555566667777",
        "U05": "feishu://11112222-3333-4444-5555-666677778888?secret=geheim",
        "U08": f"{desk}/hook".replace("http://", "http://:geheim@"),
    }
    if unit not in robots:
        return liaison, leader
    return Contact(name="李联络", channel=robots[unit]), leader


def registry_of(running: Running, control: Town, desk: str) -> Registry:
    found = load(running.registry_path)
    units = tuple(replace(unit, contacts=people_of(unit.code, desk)) for unit in found.units)
    sites = tuple(site for site in found.sites if not CHOSEN or site.id in CHOSEN)
    owners = {site.unit for site in sites}
    accounts = tuple(one for one in found.accounts if one.unit in owners or one.control)
    controls = (f"{control.address}/",)
    return replace(found, units=units, sites=sites, accounts=accounts, control_sites=controls)


@pytest.fixture
def quarter(tmp_path: Path) -> Iterator[SampleCity]:
    data, control = tmp_path / "data", Town(newest={})
    data.mkdir()
    with (
        serve(CITY, folder=tmp_path / "city", schemes=SCHEMES) as running,
        farm({"control": control}),
        mailbox() as box,
        http_desk() as desk,
    ):
        control.newest = dict.fromkeys(("tzgg", "gzdt", "zcwj"), day(-2))
        for file in (tmp_path / "city").iterdir():
            if file.suffix not in {".yaml", ".jsonl"} and file.is_file():
                shutil.copy(file, data)  # what people recorded of accounts
        made = SampleCity(
            data=data, mails=box, robots=desk, running=running, control=control, at=AS_OF,
            visits=running.requests,
        )  # fmt: skip
        for site in CITY.sites:
            if site.again is not None and (not CHOSEN or site.id in CHOSEN):
                site.again(lambda plan, site=site: _learn(made, site, plan))
        with made.store() as store:
            act = Act(at=made.at, who="t", act="registry")
            registry = registry_of(running, control, desk.address)
            store.keep_registry(registry, "", "测试", made.at, act)
        yield made


def _learn(quarter: SampleCity, site: SampleSite, plan: Plan) -> Plan:
    news = plan.column(NEWS)
    quarter.newest[site.id] = max(one.day for one in news.articles)
    quarter.names[site.id] = news.name
    return plan


def live(quarter: SampleCity, number: int) -> None:
    """What the city does before the night of a scan."""
    for site in CITY.sites:
        careful = site.id in quarter.newest and number not in NEGLECT.get(site.id, ())
        if number and number % 6 == 0 and careful:
            quarter.post(site, day(number) - timedelta(days=1))


def people(quarter: SampleCity, number: int) -> None:
    """What staff and units do after a night: lapses seen twice are confirmed and told, units answer."""
    with quarter.store() as store:
        cases = store.findings(check="column.stale")
    named = {(site.unit, quarter.names.get(site.id)): site for site in CITY.sites}
    for case in cases:
        site = named.get((case.unit, case.subject_name))
        if site is None:
            continue
        if case.state is CaseState.DETECTED and case.sightings >= 2:
            quarter.decide(case, CaseState.CONFIRMED, CaseState.NOTIFIED)
        elif case.state is CaseState.NOTIFIED and number not in NEGLECT.get(site.id, ()):
            quarter.answer(case)


def night(quarter: SampleCity, number: int) -> None:
    quarter.begin(day(number))
    quarter.weather(number)
    if number in SCANS:
        _scan(quarter, number)
        quarter.do("post", 5)
    if number in KILLED_JOBS:
        quarter.at = quarter.at.replace(hour=5, minute=30)
        killed_job(quarter, KILLED_JOBS[number])
    if number % LEDGER_DAYS == 0 or number == DAYS - 1:
        quarter.do("ledger", 6)
    if works_on(day(number), is_working_day):
        quarter.do("remind", 8, 20)
        quarter.do("digest", 8, 30)
    if number in SCANS:
        people(quarter, number)
    quarter.do("recheck", 19, 30)
    print(day(number), "over", flush=True)


def _scan(quarter: SampleCity, number: int) -> None:
    if number not in BLIND:
        seen = {
            site: None if number in DOWN.get(site, ()) else newest for site, newest in quarter.newest.items()
        }
        quarter.sights.append((day(number), seen))
    if number in KILLED:
        killed_scan(quarter, most=800)
    with quarter.store() as store:
        before = {one.id: (one.state, one.sightings) for one in store.findings()}
    quarter.do("scan", 1)
    with quarter.store() as store:
        after = {one.id: (one.state, one.sightings) for one in store.findings()}
        print(f"{day(number)} {store.runs(1)[0].id}: {len(after)} cases", flush=True)
    if number in BLIND:
        # What people recorded of accounts lies in files, which no network takes away.
        recorded = {account.id for account in CITY.accounts if account.source["type"] == "file"}
        with quarter.store() as store:
            files = {one.id for one in store.findings() if one.target in recorded}
        changed = {one for one in after if after[one] != before.get(one)} - files
        assert not changed, sorted(changed)
    if number == 0:
        quarter.at_first = frozenset(after)


def test_a_hundred_days_of_the_sample_city(quarter: SampleCity) -> None:
    for number in range(DAYS):
        live(quarter, number)
        night(quarter, number)
    _runs(quarter)
    _news(quarter)
    _what_lasts(quarter)
    letters_are_right(quarter)
    _blind_nights(quarter)
    _ledger(quarter)
    _told(quarter)


def _runs(quarter: SampleCity) -> None:
    with quarter.store() as store:
        runs = store.runs(200)
    assert {run.state for run in runs} == {"done"}
    assert len(runs) == len([number for number in SCANS if number < DAYS])
    assert quarter.killed.count("scan") == len([number for number in KILLED if number < DAYS])


def _news(quarter: SampleCity) -> None:
    """The columns that lived: their lapses are those that the dates tell, and the ladder came in time."""
    wanted = {
        (site.unit, quarter.names[site.id]): life_told(
            [(at, seen[site.id]) for at, seen in quarter.sights], STALE_AFTER
        )
        for site in CITY.sites
        if site.id in quarter.names
    }
    with quarter.store() as store:
        cases = [
            one for one in store.findings(check="column.stale") if (one.unit, one.subject_name) in wanted
        ]
        found, notices = lives_found(store, cases), store.notices()
    assert found == {place: life for place, life in wanted.items() if life}
    for unit, column in wanted:
        ladder_is_right(notices, unit, column, STALE_AFTER)
    lapses = sum(map(len, found.values()))
    mended = sum(lapse[1] is not None for life in found.values() for lapse in life)
    relapsed = sum(len(life) > 1 for life in found.values())
    warnings = sum(one.kind == "warning" for one in notices)
    print(
        f"{len(wanted)} columns of news: {lapses} lapses, {mended} mended, {relapsed} columns relapsed; "
        f"{warnings} warnings ahead"
    )


def _what_lasts(quarter: SampleCity) -> None:
    """What was planted and does not turn with time stayed one case, through killed scans and blind nights."""
    with quarter.store() as store:
        findings = store.findings()
    first = [one for one in findings if one.id in quarter.at_first and one.check.startswith(LASTING)]
    turned = [(one.check, one.target, one.subject, one.state.value) for one in first
              if one.state is not CaseState.DETECTED]  # fmt: skip
    again = [one.id for one in findings if one.check.startswith(LASTING) and one.occurrence > 1]
    assert (turned, again) == ([], [])
    unseen = [one for one in findings if one.target in NEVER_SEEN and (one.target, one.check) != HOME_SEEN]
    assert not [(one.target, one.check, one.subject) for one in unseen]
    print(f"{len(findings)} cases; {len(first)} planted ones that last stayed as they were")


def _blind_nights(quarter: SampleCity) -> None:
    dark = {day(number) for number in BLIND}
    with quarter.store() as store:
        findings = store.findings()
        mended = [(event.after, day_of(event.at)) for one in findings for event in store.events(one.id)]
    recorded = {account.id for account in CITY.accounts if account.source["type"] == "file"}
    assert not dark & {day_of(one.first_seen) for one in findings if one.target not in recorded}
    assert not [at for after, at in mended if after is CaseState.RECTIFIED and at in dark]
    held = [mail for mail in quarter.mails.mails if "对照站点打不开" in mail.get_content()]
    assert min(BLIND) >= DAYS or {mail["To"] for mail in held} == {OPERATOR}


def _ledger(quarter: SampleCity) -> None:
    with quarter.store() as store:
        reviews = store.reviews()
        decided = {f"finding:{case}" for case, review in reviews.items() if review.confirmed_on}
        for scheme in SCHEMES:
            rows = store.ledger(scheme, BEGIN.year)
            assert len({row.id for row in rows}) == len(rows)
            charged = [row for row in in_force(rows) if row.source.startswith("finding:")]
            assert {row.source for row in charged} <= decided  # nothing counts that nobody confirmed
            doubled = Counter((row.line, row.source, row.way) for row in charged)
            assert max(doubled.values(), default=1) == 1
            print(f"{scheme}: {len(rows)} rows, {len(charged)} charges for findings in force")


def _told(quarter: SampleCity) -> None:
    with quarter.store() as store:
        messages = store.messages(limit=100_000)
    print("letters by channel:", dict(Counter(one.channel for one in messages)))
    print("killed:", dict(Counter(quarter.killed)))
