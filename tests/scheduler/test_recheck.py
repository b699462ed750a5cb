"""One finding looked at again: mended with its picture, gone with the proof of absence, or not told.

The city is on loopback; what the browser shows is its own word.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from domain.finding import CaseState, Finding
from domain.observation import CHINA
from domain.outcome import Inconclusive, Pass, Violation
from domain.target import ColumnKind, DeclaredColumn, Registry
from scheduler.desk import NightStore, Place
from scheduler.nights import perform
from scheduler.office import Means
from scheduler.recheck import Rechecked, recheck
from storage.nights import DONE
from storage.people import Act
from tests.scheduler.farm import COLUMNS, Town, farm, registry_of

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=CHINA)
FRESH = {key: date(2026, 2, 27) for key in COLUMNS}
SECRET = "11010519491231002X"

pytestmark = pytest.mark.slow


@dataclass
class Place404(Town):
    """A town with further pages by path, a column of reports, and paths that are gone."""

    more: dict[str, str] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)

    def page(self, path: str) -> str | None:
        if path in self.gone:
            return None
        found = self.more.get(path)
        whole = found if found is not None else super().page(path)
        menu = "<li><a href='/ndbg/'>政府信息公开年报</a></li></ul>"
        return whole.replace("</ul>", menu, 1) if whole and path == "/" and "/ndbg/" in self.more else whole


@dataclass
class World:
    """A city, its data folder and its clock."""

    towns: dict[str, Place404]
    data: Path
    pictures: bool = False
    at: datetime = NOW
    columns: bool = False

    @property
    def place(self) -> Place:
        return Place(
            data=self.data, clock=lambda: self.at, program="t", screenshots=self.pictures, pause=0,
            networks=("127.0.0.0/8",),
        )  # fmt: skip

    def registry(self) -> Registry:
        registry = registry_of(dict(self.towns))
        if not self.columns:
            return registry
        sites = []
        for site in registry.sites:
            reports = DeclaredColumn(
                name="政府信息公开年报", url=f"{site.home}ndbg/", kind=ColumnKind.ANNUAL_REPORT
            )
            sites.append(replace(site, columns=(*site.columns, reports)))
        names = {"Ua": "云溪市财政局", "Ub": "云溪市教育局"}
        units = tuple(replace(unit, name=names[unit.code]) for unit in registry.units)
        return replace(registry, units=units, sites=tuple(sites))

    def scan(self) -> None:
        with self.place.opened() as store:
            act = Act(at=self.at, who="t", act="registry")
            store.keep_registry(self.registry(), "", "测试", self.at, act)
        line = perform(self.place, "walk", Means())
        assert line.outcome == DONE, line.words

    def finding(self, check: str, **wanted: str) -> Finding:
        with self.store() as store:
            found = [
                one
                for one in store.findings(check=check)
                if all(getattr(one, name) == value for name, value in wanted.items())
            ]
        assert len(found) == 1, [(one.unit, one.subject_name, one.url) for one in found]
        return found[0]

    def again(self, finding: Finding) -> Rechecked:
        return recheck(self.place, finding.id)

    @contextmanager
    def store(self) -> Iterator[NightStore]:
        with self.place.opened() as store:
            yield store

    def record(self, done: Rechecked) -> dict[str, Any]:
        [path] = [one.path for one in done.evidence if one.path.endswith("record.json")]
        told: dict[str, Any] = json.loads((self.data / path).read_text("utf-8"))
        return told

    def file(self, done: Rechecked, name: str) -> bytes:
        [path] = [one.path for one in done.evidence if one.path.endswith(f"/{name}")]
        return (self.data / path).read_bytes()


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    towns = {name: Place404(newest=dict(FRESH)) for name in "ab"}
    with farm(dict(towns)):
        made = World(towns=towns, data=tmp_path / "data")
        made.data.mkdir()
        yield made


@pytest.mark.browser
def test_a_mend_is_proven_with_a_picture_and_what_is_not_mended_stays(world: World) -> None:
    world.pictures = True
    world.towns["a"].newest["tzgg"] = date(2025, 8, 20)
    world.scan()
    case = world.finding("column.stale")
    still = world.again(case)
    assert isinstance(still.outcome, Violation)
    assert still.state is CaseState.DETECTED
    assert {"screenshot", "record"} <= {file.kind for file in still.evidence}
    world.towns["a"].newest["tzgg"] = date(2026, 3, 1)
    mended = world.again(case)
    assert isinstance(mended.outcome, Pass), mended.words
    assert mended.state is CaseState.RECTIFIED
    assert "screenshot" in {file.kind for file in mended.evidence}
    assert world.record(mended)["outcome"] == "pass"
    assert b"2026-03-01" in world.file(mended, "http.html")
    assert "2026-03-01" in world.file(mended, "page.html").decode()
    with world.store() as store:
        assert len(store.sightings(case.id)) == 2


@pytest.mark.browser
def test_a_mend_that_only_plain_http_sees_is_none_yet(world: World) -> None:
    """The server tells the crawler another story than it tells a browser."""
    world.pictures = True
    town = world.towns["a"]
    town.newest["tzgg"] = date(2025, 8, 20)
    world.scan()
    case = world.finding("column.stale")
    old = town.page("/tzgg/")
    assert old is not None
    fresh = old.replace("2025-08-20", "2026-03-01").replace("20250820", "20260301")
    script = (
        "<script>if(!navigator.userAgent.includes('never'))document.querySelector('ul.list').innerHTML="
        + json.dumps(old.partition("<ul class=list>")[2].partition("</ul>")[0])
        + "</script>"
    )
    town.more["/tzgg/"] = fresh.replace("</body>", script + "</body>")
    town.more["/tzgg/20260301.html"] = "<html><body><h1>新</h1><div>发布时间：2026-03-01</div></body></html>"
    seen = world.again(case)
    assert isinstance(seen.outcome, Inconclusive), seen.words
    assert seen.state is CaseState.DETECTED


def leak(world: World) -> Finding:
    """A notice that shows the number of a person's identity card."""
    town = world.towns["a"]
    path = f"/tzgg/{FRESH['tzgg']:%Y%m%d}.html"
    page = town.page(path)
    assert page is not None
    town.more[path] = page.replace("现将有关事项说明如下", f"张三，身份证号码{SECRET}，现予公示", 1)
    world.scan()
    return world.finding("content.privacy")


def test_an_article_that_was_taken_down_is_mended_with_the_proof_of_its_absence(world: World) -> None:
    case = leak(world)
    path = case.url.removeprefix(world.towns["a"].address)
    world.towns["a"].gone.add(path)
    done = world.again(case)
    assert isinstance(done.outcome, Pass), done.words
    assert done.outcome.reason == "复查时，该页面已不存在"
    assert done.state is CaseState.RECTIFIED
    [first, *_] = world.record(done)["snapshots"]
    assert (first["url"], first["http_status"], first["status"]) == (case.url, 404, "gone")
    kept = [one for one in done.evidence if one.kind in {"html", "warc"} or "html" in one.path]
    assert any(b"404 Not Found" in (world.data / one.path).read_bytes() for one in kept)


def test_an_article_that_was_put_right_is_mended_and_one_out_of_sight_is_not(world: World) -> None:
    case = leak(world)
    path = case.url.removeprefix(world.towns["a"].address)
    world.towns["a"].up = False
    blind = world.again(case)
    assert isinstance(blind.outcome, Inconclusive)
    assert blind.state is CaseState.DETECTED
    assert blind.evidence == ()
    world.towns["a"].up = True
    del world.towns["a"].more[path]
    done = world.again(case)
    assert isinstance(done.outcome, Pass), done.words
    assert done.state is CaseState.RECTIFIED
    assert world.record(done)["snapshots"][0]["status"] == "ok"


def test_a_column_whose_page_is_gone_is_judged_by_a_walk_of_the_whole_site(world: World) -> None:
    """It may have moved: the page alone says nothing."""
    town = world.towns["a"]
    town.newest["tzgg"] = date(2025, 8, 20)
    world.scan()
    case = world.finding("column.stale")
    town.gone.add("/tzgg/")
    before = len(town.visits)
    done = world.again(case)
    assert len(town.visits) - before > 15  # the whole site, not just the pages of the finding
    assert not isinstance(done.outcome, Violation)
    if isinstance(done.outcome, Pass):
        snapshots = world.record(done)["snapshots"]
        assert (snapshots[0]["url"], snapshots[0]["http_status"]) == (case.url, 404)
    else:
        assert done.state is CaseState.DETECTED


OWN = (
    "本单位坚持把公开作为常态，围绕群众关心的道路养护、农村饮水、校园食堂、老旧小区改造等事项主动发声，"
    "及时回应来信来访，安排专人核对栏目，组织股室骨干学习条例，邀请居民代表座谈，收集意见三十余条并逐条落实，"
    "同时改版便民查询页面，增加字号切换和语音朗读，把惠农补贴发放结果张贴到村组，并在集市日现场解答。"
) * 3
OTHER = (
    "全年接待查档群众二百多人次，新购扫描设备两台，完成旧档数字化六千页；修订目录四类，撤下过期文件，"
    "补登缺项，抽查下属站所十一个，通报问题五件；下一步将建设线上预约系统，培训基层人员，完善考核细则，"
    "争取把水利、林业、畜牧几块信息做得更细，让种植大户查得到、看得懂、用得上，减少跑腿次数。"
) * 3


def report(town: Place404, unit: str, words: str, year: int = 2025) -> None:
    title = f"{unit}{year}年政府信息公开工作年度报告"
    town.more["/ndbg/"] = (
        f"<html><head><meta charset=utf-8><title>年报</title></head><body><h2>政府信息公开年报</h2>"
        f"<ul class=list><li><a href='/ndbg/{year}.html'>{title}</a><span>{year + 1}-01-20</span></li></ul>"
        "</body></html>"
    )
    parts = "".join(
        f"<p>{head}</p><p>{words}</p>" for head in ("一、总体情况", "五、存在的主要问题及改进情况")
    )
    town.more[f"/ndbg/{year}.html"] = (
        f"<html><head><meta charset=utf-8><title>{title}</title></head><body><h1>{title}</h1>"
        f"<div>发布时间：{year + 1}-01-20</div><div>{parts}</div></body></html>"
    )


def test_a_report_that_was_like_anothers_is_looked_at_alone(world: World) -> None:
    world.columns = True
    report(world.towns["a"], "云溪市财政局", OWN)
    report(world.towns["b"], "云溪市教育局", OWN)
    world.scan()
    case = world.finding("annual-report.duplicate", unit="Ua")
    assert isinstance(world.again(case).outcome, Violation)
    world.towns["b"].up = False
    blind = world.again(case)
    assert isinstance(blind.outcome, Inconclusive), blind.words
    assert "没有读到" in blind.outcome.reason
    world.towns["b"].up = True
    report(world.towns["a"], "云溪市财政局", OTHER)
    done = world.again(case)
    assert isinstance(done.outcome, Pass), done.words
    assert done.state is CaseState.RECTIFIED
    assert OTHER[:20] in world.file(done, "http.html").decode()
    with world.store() as store:
        other = store.finding(world.finding("annual-report.duplicate", unit="Ub").id)
    assert other.state is CaseState.DETECTED  # nothing was said of the other's


def test_a_new_year_mends_no_report_of_the_year_before(world: World) -> None:
    """This year's questions do not name last year's report: nothing takes it as mended."""
    world.columns = True
    report(world.towns["a"], "云溪市财政局", OWN)
    report(world.towns["b"], "云溪市教育局", OWN)
    world.scan()
    case = world.finding("annual-report.duplicate", unit="Ua")
    world.at = datetime(2027, 2, 1, 1, 0, tzinfo=CHINA)
    done = world.again(case)
    assert isinstance(done.outcome, Inconclusive), done.words
    for town in world.towns.values():
        town.newest = {key: date(2027, 1, 30) for key in COLUMNS}
    world.scan()
    with world.store() as store:
        assert store.finding(case.id).state is CaseState.DETECTED
