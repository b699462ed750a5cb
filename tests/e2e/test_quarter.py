"""A hundred days over a small city: columns go stale, mend and relapse, sites go down, the network fails for
two nights, scans and jobs are killed at random moments. At the end every history is the right one: three
units' lives are told by hand, the others' by an oracle that knows nothing of the program.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from domain.finding import CaseState
from domain.observation import CHINA
from scheduler.ladder import works_on
from schemes.calendar import is_working_day
from schemes.ledger import in_force
from storage.people import Act
from tests.alerts.receivers import mailbox
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
    warned,
)
from tests.scheduler.farm import COLUMNS, Town, farm, registry_of

BEGIN = date(2026, 3, 2)
DAYS = 100
STALE_AFTER = 14
DYNAMIC = "gzdt"
"""The column that has fourteen days; the others have months, and none of these lives is so long."""


def day(number: int) -> date:
    return BEGIN + timedelta(days=number)


@dataclass(kw_only=True)
class SmallCity(Quarter):
    """The towns, and what there was to be seen on the nights of a scan: None where a town was down."""

    towns: dict[str, Town]
    sights: dict[int, dict[str, dict[str, date] | None]] = field(default_factory=dict)
    blind: list[str] = field(default_factory=list)


@pytest.fixture
def quarter(tmp_path: Path) -> Iterator[SmallCity]:
    towns = {name: Town(newest={key: day(-2) for key in COLUMNS}) for name in ("a", "b", "c", *OTHERS)}
    control = Town(newest={key: day(-2) for key in COLUMNS})
    every = {**towns, "control": control}
    with farm(every), mailbox() as box:
        made = SmallCity(
            data=tmp_path / "data", mails=box, towns=every, at=datetime(2026, 3, 2, 1, 0, tzinfo=CHINA),
            visits=lambda: sum(len(town.visits) for town in every.values()),
        )  # fmt: skip
        made.data.mkdir()
        towns["c"].newest["zcwj"] = date(2025, 8, 20)
        registry = registry_of(towns, controls=(f"{control.address}/",), contact=contacts)
        registry = replace(registry, schemes=("national-2019", "changshu-2020"))
        with made.store() as store:
            act = Act(at=made.at, who="t", act="registry")
            store.keep_registry(registry, "", "测试", made.at, act)
        yield made


SCANS = frozenset({*range(0, DAYS, 6), 13, 14, 33, 34, 61, 62})
"""Nights on which a scan runs: those on which something changed, and some more. On the other days only
reminders, digests, rechecks and sending run, so that a hundred days pass in a minute or two.
"""
KILLED = frozenset({6, 42, 78})
KILLED_JOBS = {11: "remind", 40: "ledger", 88: "recheck"}
LEDGER_DAYS = 5
BLIND = frozenset({60, 61})

Spoilt = dict[str, Sequence[int]]
"""By column the days on which nobody cares for it."""

OTHERS: dict[str, Spoilt] = {
    "n0": {"gzdt": range(12, 48)},
    "n1": {"gzdt": (*range(30), *range(48, 100)), "tzgg": range(6, 90)},
}
DOWN: dict[str, frozenset[int]] = {
    "c": frozenset({33, 34}),
    "n0": frozenset({48, 54}),
    "n1": frozenset({66, 72, 78}),
}


def live(quarter: SmallCity, number: int) -> None:
    """What the city does on a day, before the night's scan of that day."""
    a, b, c = (quarter.towns[name] for name in "abc")
    for name, neglect in OTHERS.items():
        if number % 6 == 0 and number:
            for key in COLUMNS:
                if not any(key == spoilt and number in days for spoilt, days in neglect.items()):
                    quarter.towns[name].newest[key] = day(number) - timedelta(days=1)
    if number != 0 and number % 6 == 0:
        yesterday = day(number) - timedelta(days=1)
        for key in COLUMNS:
            b.newest[key] = yesterday  # b is a careful unit
        a.newest["tzgg"] = a.newest["zcwj"] = c.newest["tzgg"] = yesterday
        if number < 20:
            c.newest["gzdt"] = yesterday
        if number >= 48:
            c.newest["zcwj"] = yesterday
    if number == 25:
        a.newest["gzdt"] = day(24)  # mended, not to be kept up
    for name, town in quarter.towns.items():
        town.up = number not in BLIND and number not in DOWN.get(name, ())


def people(quarter: SmallCity, number: int) -> None:
    """What staff and units do in office hours."""
    if number == 1:
        policies = quarter.case("Uc", "政策文件")
        assert policies is not None
        quarter.decide(policies, CaseState.CONFIRMED)
    if number in (17, 25):
        news = quarter.case("Ua", "工作动态")
        assert news is not None
        if number == 17:
            quarter.decide(news, CaseState.CONFIRMED, CaseState.NOTIFIED)
        else:
            quarter.answer(news)


def night(quarter: SmallCity, number: int) -> None:
    quarter.begin(day(number))
    if number in SCANS:
        if number not in BLIND:
            quarter.sights[number] = {
                name: dict(town.newest) if town.up else None for name, town in quarter.towns.items()
            }
        if number in KILLED:
            killed_scan(quarter, most=60)
        with quarter.store() as store:
            before = {one.id: (one.state, one.sightings) for one in store.findings()}
        quarter.do("scan", 1)
        if number in BLIND:
            with quarter.store() as store:
                assert {one.id: (one.state, one.sightings) for one in store.findings()} == before
                quarter.blind.append(store.holds()[0].reason)
        quarter.do("post", 5)
    if number in KILLED_JOBS:
        quarter.at = quarter.at.replace(hour=5, minute=30)
        killed_job(quarter, KILLED_JOBS[number])
    if number % LEDGER_DAYS == 0 or number == DAYS - 1:
        quarter.do("ledger", 6)
    if works_on(day(number), is_working_day):
        quarter.do("remind", 8, 20)
        quarter.do("digest", 8, 30)
    people(quarter, number)
    quarter.do("recheck", 19, 30)


@pytest.mark.slow
def test_a_hundred_days(quarter: SmallCity) -> None:
    for number in range(DAYS):
        live(quarter, number)
        night(quarter, number)
    _histories(quarter)
    _histories_of_the_others(quarter)
    _warnings(quarter)
    _letters(quarter)
    _ledger(quarter)
    assert quarter.killed.count("scan") == len(KILLED)
    assert len(quarter.blind) == len(BLIND)
    assert all("对照站点打不开" in reason for reason in quarter.blind)


def _histories(quarter: SmallCity) -> None:
    with quarter.store() as store:
        findings = store.findings(check="column.stale")
        events = {one.id: [event.after for event in store.events(one.id)] for one in findings}
        rechecks = {one.id: store.rechecks_of(one.id) for one in findings}
        runs = store.runs(200)
        assert {run.state for run in runs} == {"done"}
    told_by_hand = [one for one in findings if one.unit in {"Ua", "Ub", "Uc"}]
    by_place = {(one.unit, one.subject_name, one.occurrence): one for one in told_by_hand}
    assert set(by_place) == {
        ("Ua", "工作动态", 1), ("Ua", "工作动态", 2), ("Uc", "工作动态", 1), ("Uc", "政策文件", 1),
    }  # fmt: skip
    mended, again = by_place["Ua", "工作动态", 1], by_place["Ua", "工作动态", 2]
    assert events[mended.id] == [
        CaseState.DETECTED,
        CaseState.CONFIRMED,
        CaseState.NOTIFIED,
        CaseState.RECTIFYING,
        CaseState.RECTIFIED,
    ]
    assert [(one.why, one.outcome) for one in rechecks[mended.id]] == [
        ("before_due", "violation"), ("answer", "pass"),
    ]  # fmt: skip
    assert day_of(mended.evidence[-1].captured_at) == day(25)
    assert day_of(again.first_seen) == day(42)
    assert again.state is CaseState.DETECTED  # the relapse: a new occurrence of the same lapse
    down = by_place["Uc", "工作动态", 1]
    assert day_of(down.first_seen) == day(36)  # stale since 32, but not to be seen before
    policies = by_place["Uc", "政策文件", 1]
    assert policies.state is CaseState.RECTIFIED
    assert day_of(policies.evidence[-1].captured_at) == day(48)
    assert len(runs) == len(SCANS)  # a killed scan goes on as the same run


def _histories_of_the_others(quarter: SmallCity) -> None:
    wanted = {}
    for name in OTHERS:
        for key, title in COLUMNS.items():
            sights = [(day(number), seen[name]) for number, seen in quarter.sights.items()]
            dates = [(at, None if newest is None else newest[key]) for at, newest in sights]
            wanted[f"U{name}", title] = life_told(dates, STALE_AFTER) if key == DYNAMIC else []
    with quarter.store() as store:
        cases = [one for one in store.findings(check="column.stale") if one.unit[1:] in OTHERS]
        found = lives_found(store, cases)
    assert found == {place: life for place, life in wanted.items() if life}
    assert sum(map(len, found.values())) >= len(OTHERS)  # the oracle has something to say
    assert max(map(len, found.values())) == 2  # relapses among it
    blind = {day(number) for number in BLIND}
    assert not blind & {moment for life in found.values() for lapse in life for moment in lapse}


def _warnings(quarter: SmallCity) -> None:
    with quarter.store() as store:
        notices = store.notices()
    for name in OTHERS:
        for title in COLUMNS.values():
            ladder_is_right(notices, f"U{name}", title, STALE_AFTER)
    # The 10th and the 12th day; 5 April and 29 March are days off: the working day before them.
    assert [age for _, age in warned(notices, "Ua", "工作动态")] == [10, 12, 8, 12]
    assert [age for _, age in warned(notices, "Uc", "工作动态")] == [8, 12]
    # The careful unit hears of it once: its tenth day would fall into the holiday of 1 May.
    assert {at for at, _ in warned(notices, "Ub", "工作动态")} <= {date(2026, 4, 30)}


def _letters(quarter: SmallCity) -> None:
    letters_are_right(quarter)
    overdue = [mail for mail in quarter.mails.mails if "整改逾期" in mail["Subject"]]
    assert {mail["To"] for mail in overdue} == {"Ua@city.example", "Ua.boss@city.example"}
    # The two blind nights were told to the operators, and to nobody else.
    held = [mail for mail in quarter.mails.mails if "对照站点打不开" in mail.get_content()]
    assert {mail["To"] for mail in held} == {OPERATOR}


def _ledger(quarter: SmallCity) -> None:
    policies = quarter.case("Uc", "政策文件")
    assert policies is not None
    with quarter.store() as store:
        rows = store.ledger("changshu-2020", 2026)
    assert len({row.id for row in rows}) == len(rows)
    [charge] = [row for row in in_force(rows) if row.source == f"finding:{policies.id}"]
    assert (charge.unit, charge.signed) == ("Uc", Decimal(-3))
    charged = {row.source for row in in_force(rows) if row.source.startswith("finding:")}
    news = quarter.case("Ua", "工作动态")
    assert news is not None
    with quarter.store() as store:
        decided = {f"finding:{case}" for case, review in store.reviews().items() if review.confirmed_on}
    assert charged <= decided  # nothing counts that nobody confirmed
    assert f"finding:{news.id}" not in charged  # the relapse, which nobody has looked at yet
    assert len([row for row in rows if row.source == f"finding:{policies.id}"]) <= 3  # posted, not reposted
