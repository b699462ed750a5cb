"""The jobs of the nights over a small city on loopback: scans, probes, holds, rechecks, messages."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from docx import Document

from alerts.letter import MailServer, Outlets
from domain.finding import CaseState, Finding
from domain.observation import CHINA
from domain.outcome import Inconclusive
from domain.target import Account, AccountSource, Platform, Registry, SourceType
from domain.unit import Contact
from scheduler import night_work
from scheduler.desk import NightStore, Place
from scheduler.nights import WORK, perform
from scheduler.office import Means, Night
from scheduler.recheck import recheck
from scheduler.terms import Terms
from schemes.model import Confirmation
from schemes.proof import Standing, standing_of
from schemes.scheme import load_all
from storage.correspondence import Submission, SubmissionKind
from storage.nights import DONE, Closure, JobLine
from storage.people import Act
from tests.alerts.receivers import Mailbox, mailbox
from tests.scheduler.farm import COLUMNS, Town, farm, registry_of
from tests.storage.builders import REGISTRY, picture, verdict

DAY = date(2026, 3, 2)
FRESH = {key: date(2026, 2, 27) for key in COLUMNS}


@dataclass
class World:
    """A city, a data folder and a clock that stands where it is put."""

    towns: dict[str, Town]
    data: Path
    mails: Mailbox
    at: datetime = field(default_factory=lambda: datetime(2026, 3, 2, 1, 0, tzinfo=CHINA))

    @property
    def place(self) -> Place:
        return Place(
            data=self.data, clock=lambda: self.at, program="t", screenshots=False, pause=0,
            networks=("127.0.0.0/8",),
        )  # fmt: skip

    def do(self, job: str, *, days: int | None = None, hour: int | None = None) -> JobLine:
        if days is not None:
            self.at = datetime(2026, 3, 2, 1, 0, tzinfo=CHINA) + timedelta(days=days)
        if hour is not None:
            self.at = self.at.replace(hour=hour, minute=30)
        server = MailServer(host="127.0.0.1", port=self.mails.port, sender="watch@city.example")
        line = perform(self.place, job, Means(outlets=Outlets(mail=server), operators=("duty@city.example",)))
        assert line.outcome == DONE, line.words
        return line

    def keep(self, registry: Registry) -> None:
        with self.store() as store:
            store.keep_registry(registry, "", "测试", self.at, Act(at=self.at, who="t", act="registry"))

    @contextmanager
    def store(self) -> Iterator[NightStore]:
        with self.place.opened() as store:
            yield store

    def findings(self, check: str) -> dict[tuple[str, str], Finding]:
        with self.store() as store:
            return {(one.unit, one.subject_name): one for one in store.findings(check=check)}


def contacts(unit: str) -> tuple[Contact, ...]:
    return (
        Contact(name="李联络", email=f"{unit}@city.example"),
        Contact(name="王局", email=f"{unit}.boss@city.example", leader=True),
    )


@contextmanager
def world(data: Path, count: int, controls: Callable[[dict[str, Town]], tuple[str, ...]]) -> Iterator[World]:
    towns = {f"{n:02d}": Town(newest=dict(FRESH)) for n in range(count)}
    with farm(towns), mailbox() as box:
        made = World(towns=towns, data=data, mails=box)
        data.mkdir(parents=True, exist_ok=True)
        made.keep(registry_of(towns, controls=controls(towns), contact=contacts))
        yield made


@pytest.fixture
def small(tmp_path: Path) -> Iterator[World]:
    with world(tmp_path / "data", 2, lambda towns: ()) as made:
        yield made


@pytest.mark.slow
def test_probes_make_a_week_that_the_check_can_judge(small: World) -> None:
    small.towns["01"].up = False
    for hour in range(7 * 24):
        small.at = datetime(2026, 3, 2, 1, 0, tzinfo=CHINA) + timedelta(hours=hour)
        small.do("probe")
    with small.store() as store:
        up, down = (store.probe_series(site, small.at) for site in ("00", "01"))
    assert up is not None
    assert down is not None
    assert (up.days_covered, up.fewest_a_day, up.probes, up.failed) == (7, 24, 168, 0)
    assert (down.probes, down.failed) == (168, 168)
    small.do("post")
    told = {mail["To"] for mail in small.mails.mails}
    assert {"U01@city.example", "U01.boss@city.example", "duty@city.example"} <= told
    assert all("第01局" in mail.get_content() for mail in small.mails.mails)


def test_probes_do_not_count_when_the_control_site_fails_too(tmp_path: Path) -> None:
    with world(tmp_path / "data", 3, lambda towns: (f"{towns['02'].address}/",)) as city:
        for town in city.towns.values():
            town.up = False
        city.do("probe")
        with city.store() as store:
            assert store.probe_series("00", city.at) is None


def test_a_planned_closure_counts_no_probe_and_warns_nobody(small: World) -> None:
    small.towns["01"].up = False
    with small.store() as store:
        store.add_closure(
            Closure(unit="U01", first_day=DAY, last_day=DAY, reason="机房搬迁", who="王", at=small.at)
        )
    for minute in range(5):
        small.at += timedelta(hours=1, minutes=minute)
        small.do("probe")
    small.do("post")
    assert small.mails.mails == []


def test_a_paused_job_is_skipped_and_a_broken_one_is_told(small: World) -> None:
    with small.store() as store:
        store.pause_job("probe", paused=True)
    line = perform(small.place, "probe", Means())
    assert (line.outcome, line.words) == ("skipped", "已暂停")
    assert perform(small.place, "probe", Means(), even_paused=True).outcome == DONE


def test_a_night_that_did_not_run_is_told_once(small: World) -> None:
    small.do("probe")
    small.at += timedelta(days=1, hours=9)
    small.do("watch")
    small.do("watch")
    small.do("post", hour=12)
    [mail] = small.mails.mails
    assert mail["To"] == "duty@city.example"
    assert "夜间巡检没有运行" in mail.get_content()


@pytest.mark.slow
def test_a_lapse_is_found_told_answered_rechecked_and_mended(small: World) -> None:
    town = small.towns["01"]
    town.newest["tzgg"] = date(2025, 8, 20)
    small.do("scan", days=0)
    small.do("digest", hour=9)
    assert small.mails.mails == []  # one night is no ground to tell anybody
    case = small.findings("column.stale")["U01", "通知公告"]
    with small.store() as store:
        act = Act(at=small.at, who="t", act="review")
        store.decide_cases([case.id], CaseState.CONFIRMED, by="张审核", reason="", at=small.at, act=act)
        store.decide_cases([case.id], CaseState.NOTIFIED, by="张审核", reason="", at=small.at, act=act)
    small.do("recheck")
    with small.store() as store:
        assert store.due_dates([case.id]) == {case.id: date(2026, 3, 9)}  # five working days
    small.at += timedelta(hours=1)
    small.do("remind")
    small.do("digest")
    [mail] = [one for one in small.mails.mails if one["To"] == "U01@city.example"]
    assert "“通知公告”栏目最新一条信息为2025-08-20" in mail.get_content()
    assert "请于2026-03-09前整改并答复" in mail.get_content()
    still = recheck(small.place, case.id)
    assert still.state is CaseState.NOTIFIED
    town.newest["tzgg"] = date(2026, 3, 2)
    mended = recheck(small.place, case.id)
    assert mended.state is CaseState.RECTIFIED, mended.words
    assert {file.kind for file in mended.evidence} >= {"record", "html", "manifest"}
    with small.store() as store:
        assert store.run().options.get("recheck") is None  # the last run is still the scan
        assert len(store.sightings(case.id)) == 2
        assert store.finding(case.id).evidence[-1].path in {file.path for file in mended.evidence}
    small.do("remind", days=1, hour=9)
    small.do("digest")
    assert "已整改" in small.mails.mails[-1]["Subject"]
    count = len(small.mails.mails)
    small.do("digest", hour=15)
    assert len(small.mails.mails) == count


@pytest.mark.slow
def test_a_blind_recheck_changes_nothing(small: World) -> None:
    small.towns["01"].newest["tzgg"] = date(2025, 8, 20)
    small.do("scan", days=0)
    case = small.findings("column.stale")["U01", "通知公告"]
    small.towns["01"].up = False
    seen = recheck(small.place, case.id)
    assert isinstance(seen.outcome, Inconclusive)
    assert seen.state is CaseState.DETECTED
    with small.store() as store:
        assert len(store.sightings(case.id)) == 1


@pytest.mark.slow
def test_a_night_on_which_all_turned_empty_is_held_and_ends_nothing(tmp_path: Path) -> None:
    with world(tmp_path / "data", 6, lambda towns: ()) as city:
        city.towns["00"].newest["tzgg"] = date(2025, 8, 20)
        city.do("walk", days=0)
        with city.store() as store:
            before = {one.id: one.state for one in store.findings()}
        for town in city.towns.values():
            town.empty = frozenset(COLUMNS)
        city.do("walk", days=1)
        with city.store() as store:
            assert {one.id: one.state for one in store.findings()} == before
            outcomes = store.outcomes()
            [hold] = store.holds()
        assert "6个网站中有6个" in hold.reason
        sites = [verdict for verdict in outcomes if verdict.target_kind == "site"]
        assert not [v for v in sites if type(v.outcome).__name__ in {"Pass", "Violation"}]
        city.do("post", hour=9)
        assert "暂缓" in city.mails.mails[-1].get_content()
        assert city.mails.mails[-1]["To"] == "duty@city.example"
        with city.store() as store:
            store.release_hold(hold.number, "王", city.at)
        city.do("walk", days=2)
        with city.store() as store:
            fresh = store.findings(check="column.empty")
        assert len({one.unit for one in fresh}) == 6


@pytest.mark.slow
def test_a_night_without_control_sites_is_held(tmp_path: Path) -> None:
    with world(tmp_path / "data", 2, lambda towns: ("http://127.0.0.1:9/",)) as city:
        source = AccountSource(type=SourceType.RSS, url=f"{city.towns['00'].address}/feed.xml")
        account = Account(id="a1", unit="U00", platform=Platform.WECHAT, name="某局发布", source=source)
        with city.store() as store:
            registry = store.kept_registry()
        assert registry is not None
        city.keep(replace(registry, accounts=(account,)))  # its feed answers 404: as if it were gone
        city.do("walk", days=0)
        with city.store() as store:
            assert store.findings() == []
            assert all(type(one.outcome).__name__ != "Violation" for one in store.outcomes())
            [hold] = store.holds()
            assert "对照站点打不开" in hold.reason
            held = [one for one in store.outcomes() if one.target == "a1"]
            assert hold.reason in {
                one.outcome.reason for one in held if isinstance(one.outcome, Inconclusive)
            }


@pytest.mark.slow
def test_every_job_does_its_work(small: World, tmp_path: Path) -> None:
    with small.store() as store:
        registry = store.kept_registry()
    assert registry is not None
    small.keep(replace(registry, schemes=("national-2019", "changshu-2020")))
    small.towns["01"].newest["tzgg"] = date(2025, 8, 20)
    small.do("scan", days=0)
    means = Means(backup_to=tmp_path / "backups", operators=("duty@city.example",))
    for job in sorted(set(WORK) - {"scan", "walk"}):
        line = perform(small.place, job, means)
        assert line.outcome == DONE, (job, line.words)
        assert line.words
    assert [path.suffix for path in (tmp_path / "backups").iterdir()] == [".gz"]
    drafts = [path.name for path in (small.data / "reports" / "bulletins").iterdir()]
    assert sorted(drafts) == [
        "20260223-20260301-weekly-changshu-2020.docx",
        "20260223-20260301-weekly-national-2019.docx",
    ]
    with small.store() as store:
        [case] = store.findings(check="column.stale")
        for state in (CaseState.CONFIRMED, CaseState.NOTIFIED):
            act = Act(at=small.at, who="t", act="review")
            store.decide_cases([case.id], state, by="张审核", reason="", at=small.at, act=act)
    small.at = datetime(2026, 4, 1, 7, 0, tzinfo=CHINA)  # a month and a quarter are over
    small.do("bulletin")
    for kind, first in (("monthly", "20260301"), ("quarterly", "20260101")):
        draft = small.data / "reports" / "bulletins" / f"{first}-20260331-{kind}-changshu-2020.docx"
        words = "\n".join(one.text for one in Document(str(draft)).paragraphs)
        assert "本期新认定问题1处" in words, (kind, words)
        assert "第01局" in words


def test_what_a_scheme_lets_the_machine_prove_is_told_after_two_nights_by_two_means(
    small: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    schemes = load_all()
    own = replace(
        schemes["changshu-2020"],
        confirmation=Confirmation(machine_checks=("column.stale",), objection_days=5),
    )
    monkeypatch.setattr(night_work, "load_all", lambda: {**schemes, "changshu-2020": own})
    with small.store() as store:
        registry = replace(store.kept_registry() or REGISTRY, schemes=("changshu-2020",))

        def seen(days: int, witnesses: int) -> Finding:
            at = small.at + timedelta(days=days)
            run = store.begin_run(registry, as_of=at, started=at, program="t")
            one = verdict(target="00", unit="U00", witnesses=witnesses)
            key = (one.check, one.target, one.subject.unit, one.subject.key)
            store.take_in(run.id, "00", [one], {key: [picture(f"p{days}", at)]}, at)
            store.end_run(run.id, at)
            now = replace(night, store=store, now=at)
            night_work.confirm_ripe(now)
            return store.findings(check="column.stale")[0]

        night = Night(
            place=small.place, store=store, registry=registry, terms=Terms(), means=Means(), now=small.at,
            due=small.at,
        )  # fmt: skip
        assert seen(0, 2).state is CaseState.DETECTED  # one night
        case = seen(1, 1)
        assert case.state is CaseState.NOTIFIED
        assert store.due_dates([case.id]) == {case.id: date(2026, 3, 10)}
        review = store.reviews()[case.id]
        assert (review.by_machine, review.confirmed_on, review.notified_on) == (True, None, date(2026, 3, 3))
        assert [
            standing_of(case, own, day, store.reviews()) for day in (date(2026, 3, 8), date(2026, 3, 9))
        ] == [Standing.OPEN, Standing.PROVEN]
        letter = Submission(
            id="L1",
            case=case.id,
            kind=SubmissionKind.APPEAL,
            unit="U00",
            who="李",
            words="请复核",
            at=small.at,
        )
        store.hand_in(letter, Act(at=small.at, who="li", act="appeal"))
        assert standing_of(case, own, date(2026, 3, 9), store.reviews()) is Standing.OPEN


@pytest.mark.slow
def test_a_night_that_finds_a_lapse_mended_proves_it(small: World) -> None:
    small.towns["01"].newest["tzgg"] = date(2025, 8, 20)
    small.do("walk", days=0)
    before = small.findings("column.stale")["U01", "通知公告"]
    small.towns["01"].newest["tzgg"] = date(2026, 3, 2)
    small.do("scan", days=1)
    after = small.findings("column.stale")["U01", "通知公告"]
    assert after.state is CaseState.RECTIFIED
    fresh = {file.path for file in after.evidence} - {file.path for file in before.evidence}
    [record] = [path for path in fresh if path.endswith("record.json")]
    told = json.loads((small.data / record).read_text("utf-8"))
    assert (told["outcome"], told["finding"]) == ("pass", after.id)
    assert "2026-03-02" in told["reason"]
