"""The parent of a crawl's processes, with pretended children."""

from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from crawler import crawl as module
from crawler.child import Ended
from crawler.events import Alive, SiteDone, SiteFailed, SiteStarted
from crawler.plan import CrawlPlan, SitePlan
from crawler.runfolder import RunFolder
from domain.target import Site
from domain.walk import Walk
from tests.crawler.spiders.web import AS_OF


class PretendedChild:
    """A process that does with each site what `deeds` says: done, failed, dies or is stuck."""

    deeds: dict[int, list[str]] = {}  # noqa: RUF012
    born: list["PretendedChild"] = []  # noqa: RUF012

    def __init__(self, *, folder: Path, bodies: Path, jobs: int, events: Any, alone: bool, **_: Any) -> None:
        self.jobs = jobs
        self.alone = alone
        self.fed = False
        self.sites: set[int] = set()
        self.heard_at = monotonic()
        self.given: list[int] = []
        self.killed = self.ended = False
        self._run = RunFolder(folder, bodies)
        self._events = events
        self.born.append(self)

    def give(self, numbers: list[int]) -> None:
        self.fed = True
        self.given += numbers
        self.sites.update(numbers)
        for number in numbers:
            deed = self.deeds.get(number, ["done"])
            self._do(number, deed.pop(0) if len(deed) > 1 else deed[0])

    def _do(self, number: int, deed: str) -> None:
        site = f"s{number}"
        self._events.put((self, SiteStarted(site=site)))
        if deed == "done":
            self._run.write_walk(Walk(site=site, started_at=AS_OF, ended_at=AS_OF, complete=True))
            self._events.put((self, SiteDone(site=site, pages=0, complete=True)))
        elif deed == "failed":
            self._events.put((self, SiteFailed(site=site, reason="无法开始采集")))
        elif deed == "dies":
            self._events.put((self, Ended()))
        elif deed == "stuck":
            self.heard_at = 0.0
            self._events.put((self, Alive(pid=1)))

    def no_more(self) -> None:
        if not self.ended:
            self.ended = True
            self._events.put((self, Ended()))

    def kill(self) -> None:
        self.killed = True
        self._events.put((self, Ended()))

    def close_input(self) -> None:
        pass

    def end(self) -> None:
        self.ended = True

    def last_words(self) -> str:
        return "退出码 -9"


Children = type[PretendedChild]


@pytest.fixture
def children(monkeypatch: pytest.MonkeyPatch) -> type[PretendedChild]:
    PretendedChild.deeds, PretendedChild.born = {}, []
    monkeypatch.setattr(module, "Child", PretendedChild)
    return PretendedChild


def plan_of(homes: list[str], **facts: Any) -> CrawlPlan:
    sites = tuple(
        SitePlan(site=Site(id=f"s{number}", unit="U", name="n", home=home))
        for number, home in enumerate(homes)
    )
    return CrawlPlan(**{"sites": sites, "as_of": AS_OF, **facts})


def run(place: Path, plan: CrawlPlan, processes: int = 2) -> list[Any]:
    return list(module.crawl(plan, place / "run", place / "bodies", processes=processes))


HOMES = [f"http://h{number}.gov.cn/" for number in range(5)]


def test_sites_go_to_the_processes_as_they_have_room(tmp_path: Path, children: Children) -> None:
    events = run(tmp_path, plan_of(HOMES, jobs=2))
    assert len(children.born) == 2
    assert sorted(number for child in children.born for number in child.given) == [0, 1, 2, 3, 4]
    assert {event.site for event in events if isinstance(event, SiteDone)} == {"s0", "s1", "s2", "s3", "s4"}
    assert all(child.ended for child in children.born)


def test_sites_of_one_host_go_to_one_process(tmp_path: Path, children: Children) -> None:
    homes = ["http://a.gov.cn/", "http://b.gov.cn/", "http://www.a.gov.cn/x/", "http://a.gov.cn/y/"]
    run(tmp_path, plan_of(homes, jobs=2))
    assert sorted(sorted(child.given) for child in children.born) == [[0, 2, 3], [1]]


def test_no_more_processes_than_hosts(tmp_path: Path, children: Children) -> None:
    run(tmp_path, plan_of(HOMES[:1]), processes=8)
    assert len(children.born) == 1


def test_what_a_dead_process_had_open_is_walked_alone(tmp_path: Path, children: Children) -> None:
    children.deeds = {1: ["dies", "done"], 0: ["open", "done"]}
    events = run(tmp_path, plan_of(HOMES[:2], jobs=2), processes=1)
    assert [child.given for child in children.born] == [[0, 1], [0], [1]]
    assert [child.alone for child in children.born] == [False, True, True]
    assert not [event for event in events if isinstance(event, SiteFailed)]


def test_a_site_that_kills_twice_is_given_up_and_says_so(tmp_path: Path, children: Children) -> None:
    children.deeds = {1: ["dies"]}
    events = run(tmp_path, plan_of(HOMES[:3], jobs=3), processes=1)
    [failed] = [event for event in events if isinstance(event, SiteFailed)]
    assert failed == SiteFailed(site="s1", reason=f"{module.CRASHED}（退出码 -9）")
    walk = RunFolder(tmp_path / "run", tmp_path / "bodies").read_walk("s1")
    assert (walk.complete, walk.stopped) == (False, failed.reason)
    assert {event.site for event in events if isinstance(event, SiteDone)} == {"s0", "s2"}


def test_a_process_that_shows_no_life_is_ended(
    tmp_path: Path, children: Children, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_LOOK", 0.01)
    monkeypatch.setattr(module, "SILENCE", -1.0)
    children.deeds = {0: ["silent", "done"]}
    events = run(tmp_path, plan_of(HOMES[:1]), processes=1)
    assert children.born[0].killed
    assert isinstance(events[-1], SiteDone)


def test_a_site_that_cannot_be_opened_leaves_a_walk_that_says_why(tmp_path: Path, children: Children) -> None:
    children.deeds = {0: ["failed"]}
    run(tmp_path, plan_of(HOMES[:2]))
    walk = RunFolder(tmp_path / "run", tmp_path / "bodies").read_walk("s0")
    assert walk.stopped == "无法开始采集"


def test_a_caller_that_leaves_ends_all(tmp_path: Path, children: Children) -> None:
    children.deeds = {0: ["open"], 1: ["open"]}
    events = module.crawl(plan_of(HOMES[:2]), tmp_path / "run", tmp_path / "bodies", processes=2)
    next(events)
    events.close()  # type: ignore[attr-defined]
    assert len(children.born) == 2
    assert all(child.ended for child in children.born)
