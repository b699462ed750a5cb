"""A hundred days over a small city: columns go stale, mend and relapse, sites go down, the network fails for
two nights, the scheduler is killed in the middle of its work. At the end every history is the right one.
"""

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from alerts.digest import Kind
from alerts.letter import MailServer, Outlets
from domain.finding import CaseState, Finding
from domain.observation import CHINA
from domain.unit import Contact
from scheduler.desk import NightStore, Place
from scheduler.nights import perform
from scheduler.office import Means
from schemes.ledger import in_force
from storage.correspondence import Submission, SubmissionKind
from storage.nights import DONE
from storage.people import Act
from storage.postbox import Notice
from tests.alerts.receivers import Mailbox, mailbox
from tests.scheduler.farm import COLUMNS, Town, farm, registry_of

BEGIN = date(2026, 3, 2)
DAYS = 100


def day(number: int) -> date:
    return BEGIN + timedelta(days=number)


@dataclass
class Quarter:
    """The city, its clock, and what people do."""

    data: Path
    towns: dict[str, Town]
    mails: Mailbox
    at: datetime = field(default_factory=lambda: datetime(2026, 3, 2, 1, 0, tzinfo=CHINA))
    blind: list[str] = field(default_factory=list)

    def place(self) -> Place:
        return Place(
            data=self.data, clock=lambda: self.at, program="t", screenshots=False, pause=0,
            networks=("127.0.0.0/8",),
        )  # fmt: skip

    @property
    def means(self) -> Means:
        server = MailServer(host="127.0.0.1", port=self.mails.port, sender="watch@city.example")
        return Means(outlets=Outlets(mail=server), operators=("duty@city.example",))

    def do(self, job: str, hour: int, minute: int = 0) -> None:
        self.at = self.at.replace(hour=hour, minute=minute)
        line = perform(self.place(), job, self.means)
        assert line.outcome == DONE, (job, self.at, line.words)

    @contextmanager
    def store(self) -> Iterator[NightStore]:
        with self.place().opened() as store:
            yield store

    def case(self, unit: str, column: str) -> Finding | None:
        with self.store() as store:
            mine = store.findings(check="column.stale", unit=unit)
        named = [one for one in mine if one.subject_name == column]
        return max(named, key=lambda one: one.occurrence, default=None)

    def decide(self, case: Finding, *states: CaseState) -> None:
        with self.store() as store:
            for state in states:
                act = Act(at=self.at, who="张审核", act=state.value)
                store.decide_cases([case.id], state, by="张审核（z）", reason="", at=self.at, act=act)

    def answer(self, case: Finding) -> None:
        letter = Submission(
            id=f"L{case.id[:20]}", case=case.id, kind=SubmissionKind.ANSWER, unit=case.unit, who="李联络",
            words="已更新", at=self.at,
        )  # fmt: skip
        with self.store() as store:
            act = Act(at=self.at, who="li", act="answer")
            store.hand_in(letter, act, begins_mending=case.state is CaseState.NOTIFIED)


def contacts(unit: str) -> tuple[Contact, ...]:
    return (
        Contact(name="李联络", email=f"{unit}@city.example"),
        Contact(name="王局", email=f"{unit}.boss@city.example", leader=True),
    )


@pytest.fixture
def quarter(tmp_path: Path) -> Iterator[Quarter]:
    towns = {name: Town(newest={key: day(-2) for key in COLUMNS}) for name in ("a", "b", "c")}
    control = Town(newest={key: day(-2) for key in COLUMNS})
    with farm({**towns, "control": control}), mailbox() as box:
        made = Quarter(data=tmp_path / "data", towns={**towns, "control": control}, mails=box)
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
reminders, digests, rechecks and sending run, so that a hundred days pass in minutes.
"""
KILLED = frozenset({6, 42, 78})
BLIND = frozenset({60, 61})
DOWN = frozenset({33, 34})


def live(quarter: Quarter, number: int) -> None:
    """What the city does on a day, before the night's scan of that day."""
    a, b, c = (quarter.towns[name] for name in "abc")
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
        town.up = number not in BLIND and not (name == "c" and number in DOWN)


def people(quarter: Quarter, number: int) -> None:
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


def killed_scan(quarter: Quarter) -> None:
    """A scan in a process of its own that is killed as soon as it has begun to walk."""
    due = quarter.at.isoformat()
    words = [
        sys.executable, "-m", "govwatch.cli", "schedule", "--data", str(quarter.data), "--once", "scan",
        "--now", due, "--due", due, "--delay", "0", "--no-screenshots",
    ]  # fmt: skip
    before = sum(len(town.visits) for town in quarter.towns.values())
    scan = subprocess.Popen(words, env={**os.environ, "GOVWATCH_ALLOW_NETWORKS": "127.0.0.0/8"})
    while scan.poll() is None and sum(len(town.visits) for town in quarter.towns.values()) < before + 12:
        try:
            scan.wait(0.05)
        except subprocess.TimeoutExpired:
            continue
    assert scan.poll() is None, "the scan was over before it could be killed"
    scan.send_signal(signal.SIGKILL)
    scan.wait(30)


def night(quarter: Quarter, number: int) -> None:
    quarter.at = datetime.combine(day(number), datetime.min.time(), CHINA).replace(hour=1)
    if number in SCANS:
        if number in KILLED:
            killed_scan(quarter)
        with quarter.store() as store:
            before = {one.id: (one.state, one.sightings) for one in store.findings()}
        quarter.do("scan", 1)
        if number in BLIND:
            with quarter.store() as store:
                assert {one.id: (one.state, one.sightings) for one in store.findings()} == before
                quarter.blind.append(store.holds()[0].reason)
    quarter.do("ledger", 6)
    quarter.do("remind", 8, 20)
    quarter.do("digest", 8, 30)
    people(quarter, number)
    quarter.do("recheck", 19, 30)


def warned(notices: list[Notice], unit: str, column: str) -> list[tuple[date, int]]:
    """When a unit was warned of a column, and how many days after its newest entry."""
    found = []
    for one in notices:
        if one.kind == Kind.WARNING and one.unit == unit and f"“{column}”" in one.item["what"]:
            newest = date.fromisoformat(one.item["what"].split("最新一条为")[1][:10])
            at = one.at.astimezone(CHINA).date()
            found.append((at, (at - newest).days))
    return found


@pytest.mark.slow
def test_a_hundred_days(quarter: Quarter) -> None:
    for number in range(DAYS):
        live(quarter, number)
        night(quarter, number)
    _histories(quarter)
    _warnings(quarter)
    _letters(quarter)
    _ledger(quarter)
    assert len(quarter.blind) == len(BLIND)
    assert all("对照站点打不开" in reason for reason in quarter.blind)


def _histories(quarter: Quarter) -> None:
    with quarter.store() as store:
        findings = store.findings(check="column.stale")
        events = {one.id: [event.after for event in store.events(one.id)] for one in findings}
        rechecks = {one.id: store.rechecks_of(one.id) for one in findings}
        runs = [run for run in store.runs(200) if run.state == "done"]
    by_place = {(one.unit, one.subject_name, one.occurrence): one for one in findings}
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
    assert mended.evidence[-1].captured_at.astimezone(CHINA).date() == day(25)
    assert again.first_seen.astimezone(CHINA).date() == day(42)
    assert again.state is CaseState.DETECTED  # the relapse: a new occurrence of the same lapse
    down = by_place["Uc", "工作动态", 1]
    assert down.first_seen.astimezone(CHINA).date() == day(36)  # stale since 32, but not to be seen before
    policies = by_place["Uc", "政策文件", 1]
    assert policies.state is CaseState.RECTIFIED
    assert policies.evidence[-1].captured_at.astimezone(CHINA).date() == day(48)
    assert len(runs) == len(SCANS)  # a killed scan goes on as the same run


def _warnings(quarter: Quarter) -> None:
    with quarter.store() as store:
        notices = store.notices()
    assert len({one.fingerprint for one in notices}) == len(notices)
    # The 10th and the 12th day; 5 April and 29 March are days off: the working day before them.
    assert [age for _, age in warned(notices, "Ua", "工作动态")] == [10, 12, 8, 12]
    assert [age for _, age in warned(notices, "Uc", "工作动态")] == [8, 12]
    # The careful unit hears of it once: its tenth day would fall into the holiday of 1 May.
    assert {at for at, _ in warned(notices, "Ub", "工作动态")} <= {date(2026, 4, 30)}


def _letters(quarter: Quarter) -> None:
    with quarter.store() as store:
        messages = store.messages(limit=10_000)
    ordinary = [one for one in messages if not one.urgent]
    assert max(Counter((one.unit, one.recipient, one.day) for one in ordinary).values()) == 1
    assert {one.state for one in messages} == {"sent"}
    told = Counter(mail["Message-ID"] for mail in quarter.mails.mails)
    assert max(told.values()) == 1
    assert len(quarter.mails.mails) == len(messages)
    overdue = [mail for mail in quarter.mails.mails if "整改逾期" in mail["Subject"]]
    assert {mail["To"] for mail in overdue} == {"Ua@city.example", "Ua.boss@city.example"}


def _ledger(quarter: Quarter) -> None:
    policies = quarter.case("Uc", "政策文件")
    assert policies is not None
    with quarter.store() as store:
        rows = store.ledger("changshu-2020", 2026)
    assert len({row.id for row in rows}) == len(rows)
    [charge] = [row for row in in_force(rows) if row.source == f"finding:{policies.id}"]
    assert (charge.unit, charge.signed) == ("Uc", Decimal(-3))
    assert len([row for row in rows if row.source == f"finding:{policies.id}"]) <= 3  # posted, not reposted
