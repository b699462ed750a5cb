"""What a simulated quarter is made of: a clock that is put where the day is, jobs and scans that are killed,
and what the warnings and letters came to. The city itself is the test's.
"""

import os
import random
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from alerts.digest import Kind
from alerts.letter import MailServer, Outlets
from domain.finding import CaseState, Finding
from domain.observation import CHINA
from domain.unit import Contact
from govwatch import __version__
from scheduler.desk import NightStore, Place
from scheduler.ladder import works_on
from scheduler.nights import perform
from scheduler.office import Means
from schemes.calendar import is_working_day
from storage.correspondence import Submission, SubmissionKind
from storage.nights import DONE
from storage.people import Act
from storage.postbox import Notice
from tests.alerts.receivers import Desk, Mailbox

PROGRAM = f"govwatch {__version__}"
"""As the command line names itself: a killed job of it is gone on with here."""

OPERATOR = "duty@city.example"


@dataclass
class Quarter:
    """A data folder, its clock, and what people do. `visits` counts the requests that the city was sent."""

    data: Path
    mails: Mailbox
    visits: Callable[[], int]
    at: datetime
    robots: Desk | None = None
    chance: random.Random = field(default_factory=lambda: random.Random(20260302))
    killed: list[str] = field(default_factory=list)

    def place(self) -> Place:
        return Place(
            data=self.data, clock=lambda: self.at, program=PROGRAM, screenshots=False, pause=0,
            networks=("127.0.0.0/8",),
        )  # fmt: skip

    @property
    def means(self) -> Means:
        server = MailServer(host="127.0.0.1", port=self.mails.port, sender="watch@city.example")
        base = self.robots.address if self.robots else ""
        outlets = Outlets(mail=server, wecom=base, dingtalk=base, feishu=base)
        return Means(outlets=outlets, operators=(OPERATOR,))

    def begin(self, day: date) -> None:
        """One o'clock of a day in China."""
        self.at = datetime.combine(day, datetime.min.time(), CHINA).replace(hour=1)

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


def killed_scan(quarter: Quarter, most: int) -> None:
    """A scan in a process of its own that is killed somewhere among its first `most` requests."""
    due = quarter.at.isoformat()
    words = [
        sys.executable, "-m", "govwatch.cli", "schedule", "--data", str(quarter.data), "--once", "scan",
        "--now", due, "--due", due, "--delay", "0", "--no-screenshots",
    ]  # fmt: skip
    scan = subprocess.Popen(words, env={**os.environ, "GOVWATCH_ALLOW_NETWORKS": "127.0.0.0/8"})
    enough = quarter.visits() + quarter.chance.randrange(10, most)
    while scan.poll() is None and quarter.visits() < enough:
        try:
            scan.wait(0.05)
        except subprocess.TimeoutExpired:
            continue
    assert scan.poll() is None, "the scan was over before it could be killed"
    scan.send_signal(signal.SIGKILL)
    scan.wait(30)
    quarter.killed.append("scan")


def killed_job(quarter: Quarter, job: str) -> None:
    """A job in a process of its own that is killed after a time of chance, done or not."""
    words = [
        sys.executable, "-m", "govwatch.cli", "schedule", "--data", str(quarter.data), "--once", job,
        "--now", quarter.at.isoformat(), "--delay", "0", "--no-screenshots",
    ]  # fmt: skip
    process = subprocess.Popen(words, env={**os.environ, "GOVWATCH_ALLOW_NETWORKS": "127.0.0.0/8"})
    try:
        process.wait(quarter.chance.uniform(1.0, 4.0))
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        quarter.killed.append(job)
    process.wait(30)


def warned(notices: list[Notice], unit: str, column: str) -> list[tuple[date, int]]:
    """When a unit was warned of a column, and how many days after its newest entry."""
    found = []
    for one in notices:
        if one.kind == Kind.WARNING and one.unit == unit and f"“{column}”" in one.item["what"]:
            newest = date.fromisoformat(one.item["what"].split("最新一条为")[1][:10])
            at = one.at.astimezone(CHINA).date()
            found.append((at, (at - newest).days))
    return found


Life = list[tuple[date, date | None]]
"""A column's lapses: on which night each was first seen and on which night it was seen mended."""

Sight = tuple[date, date | None]
"""A night, and the newest entry that there was to be seen on it; None where the site was out of sight."""


def life_told(sights: list[Sight], stale_after: int) -> Life:
    """What the nights had to find, by nothing but the dates that the site showed."""
    life: Life = []
    for night, newest in sights:
        if newest is None:
            continue
        lapsed = bool(life) and life[-1][1] is None
        if (night - newest).days > stale_after:
            life += [] if lapsed else [(night, None)]
        elif lapsed:
            life[-1] = (life[-1][0], night)
    return life


def lives_found(store: NightStore, cases: list[Finding]) -> dict[tuple[str, str], Life]:
    """By unit and column, the lapses on record; a mended one says so by its state."""
    found: dict[tuple[str, str], Life] = {}
    for one in sorted(cases, key=lambda one: one.occurrence):
        mended = [event.at for event in store.events(one.id) if event.after is CaseState.RECTIFIED]
        assert bool(mended) == (one.state is CaseState.RECTIFIED)
        if mended:
            assert one.evidence[-1].captured_at.astimezone(CHINA).date() >= day_of(mended[0]), one.id
        ended = day_of(mended[0]) if mended else None
        found.setdefault((one.unit, one.subject_name), []).append((day_of(one.first_seen), ended))
    return found


def day_of(at: datetime) -> date:
    """The day in China."""
    return at.astimezone(CHINA).date()


def ladder_is_right(notices: list[Notice], unit: str, column: str, stale_after: int) -> None:
    """At most the two rungs of one newest entry, before its line, on days on which people work."""
    mine = warned(notices, unit, column)
    rungs = Counter(at - timedelta(days=age) for at, age in mine)
    assert max(rungs.values(), default=0) <= 2, (unit, column, mine)
    assert all(age <= stale_after for _, age in mine), (unit, column, mine)
    assert all(works_on(at, is_working_day) for at, _ in mine), (unit, column, mine)
    assert len(set(mine)) == len(mine), (unit, column, mine)


def letters_are_right(quarter: Quarter) -> None:
    """Each letter went out once, ordinary ones once a person and day, and the servers have them all."""
    with quarter.store() as store:
        notices, messages = store.notices(), store.messages(limit=100_000)
    assert len({one.fingerprint for one in notices}) == len(notices)
    ordinary = [one for one in messages if not one.urgent]
    assert max(Counter((one.unit, one.recipient, one.channel, one.day) for one in ordinary).values()) == 1
    assert {one.state for one in messages} == {"sent"}
    mailed = Counter(mail["Message-ID"] for mail in quarter.mails.mails)
    assert max(mailed.values()) == 1
    assert len(mailed) == sum(one.channel == "mail" for one in messages)
    posted = len(quarter.robots.got) if quarter.robots else 0
    assert posted == sum(one.channel != "mail" for one in messages)
