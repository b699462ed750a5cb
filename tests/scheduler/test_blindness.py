"""What is out of sight for days is told to the operators, once a spell, with the reason."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from domain.finding import CaseState
from domain.observation import CHINA
from scheduler.desk import NightStore, Place
from scheduler.nights import perform
from scheduler.office import Means
from storage.nights import DONE, Closure
from storage.people import Act
from storage.postbox import Notice
from storage.runs import TargetReport
from storage.sources import SourceSight
from tests.storage.builders import REGISTRY

BEGIN = datetime(2026, 3, 2, 1, 0, tzinfo=CHINA)
SITES = [site.id for site in REGISTRY.sites]
ACCOUNT = REGISTRY.accounts[0].id


@dataclass
class World:
    data: Path
    at: datetime = BEGIN

    @property
    def place(self) -> Place:
        return Place(data=self.data, clock=lambda: self.at, program="t", screenshots=False, pause=0)

    @contextmanager
    def store(self) -> Iterator[NightStore]:
        with self.place.opened() as store:
            yield store

    def night(self, days: int, *, lost: tuple[str, ...] = (), source: str = "") -> None:
        """A night on which some sites were not seen, and the account's source gave a reason for silence."""
        self.at = BEGIN + timedelta(days=days)
        homes = {site.id: site.home for site in REGISTRY.sites}
        with self.store() as store:
            run = store.begin_run(REGISTRY, as_of=self.at, started=self.at, program="t")
            for site in SITES:
                gap = {"url": homes[site], "status": "timeout", "reason": "响应超时（20 秒）"}
                blind = TargetReport(counts={"timeout": 1}, gaps=(gap,))
                seen = TargetReport(complete=True, counts={"ok": 9})
                report = blind if site in lost else seen
                store.take_in(run.id, site, [], {}, self.at, report=report)
            store.note_source(SourceSight(account=ACCOUNT, at=self.at, reason=source))
            store.end_run(run.id, self.at)

    def health(self, hours: float = 6.5) -> str:
        self.at += timedelta(hours=hours)
        line = perform(self.place, "health", Means())
        assert line.outcome == DONE, line.words
        return line.words

    def told(self) -> list[Notice]:
        with self.store() as store:
            return store.notices()


@pytest.fixture
def world(tmp_path: Path) -> World:
    made = World(data=tmp_path)
    with made.store() as store:
        act = Act(at=BEGIN, who="t", act="registry")
        store.keep_registry(REGISTRY, "", "测试", BEGIN, act)
    return made


def test_a_site_out_of_sight_is_told_once_a_spell(world: World) -> None:
    lost = SITES[0]
    world.night(0)
    assert world.health() == "0个信息源不可用，0个网站没有看到"
    world.night(1, lost=(lost,))
    world.health()
    assert world.told() == []  # one night is no ground yet
    for day in (2, 3, 4):
        world.night(day, lost=(lost,))
        world.health()
    [notice] = world.told()
    assert notice.unit == ""  # the operators' matter: no unit hears of it
    name = REGISTRY.site(lost).name
    assert notice.item["what"] == f"网站“{name}”自2026年03月02日起已2天没有看到首页：响应超时（20 秒）"
    world.night(5)
    world.health()
    for day in (6, 7, 8):
        world.night(day, lost=(lost,))
        world.health()
    assert len(world.told()) == 2  # another spell


def test_a_source_out_of_sight_is_told_once_and_the_days_are_a_setting(world: World) -> None:
    with world.store() as store:
        act = Act(at=BEGIN, who="t", act="settings")
        store.keep_setting("nights", {"blind_days": 4}, "t", BEGIN, act)
    for day in range(4):
        world.night(day, source="登录已失效")
        world.health()
    assert world.told() == []
    for day in (4, 5):
        world.night(day, source="登录已失效")
        world.health()
    [notice] = world.told()
    assert "已4天没有返回内容：登录已失效" in notice.item["what"]


def test_a_planned_closure_is_no_blindness_and_blindness_accuses_nobody(world: World) -> None:
    lost = SITES[0]
    with world.store() as store:
        unit = REGISTRY.site(lost).unit
        last = BEGIN.date() + timedelta(days=9)
        store.add_closure(
            Closure(
                unit=unit,
                target=lost,
                first_day=BEGIN.date(),
                last_day=last,
                reason="搬迁",
                who="王",
                at=BEGIN,
            )
        )
    for day in range(5):
        world.night(day, lost=(lost,))
        world.health()
    assert world.told() == []
    with world.store() as store:
        assert store.findings(state=CaseState.DETECTED) == []
