"""A site on its way through a scan: what is looked at again, and how often."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crawler.plan import SitePlan
from crawler.runfolder import RunFolder
from domain.check import Subject
from domain.finding import Verdict
from domain.outcome import Violation
from domain.snapshot import FetchStatus, Snapshot, Via
from domain.target import Site
from evidence.look import Look, LookRequest
from scheduler.flow import Flow, Passage
from scheduler.gaps import WalkGaps
from scheduler.looking import MOST_LOOKS
from scheduler.tasks import Opinion, Settle

AT = datetime(2026, 6, 30, tzinfo=UTC)
SITE = Site(id="s01", unit="U01", name="某局网站", home="http://a.test/")


@dataclass
class Browser:
    """Opens every page and remembers which."""

    opened: list[str] = field(default_factory=list)
    pool: object = field(default_factory=object)
    promises: bool = True

    def look(self, requests: Sequence[LookRequest]) -> Any:
        for request in requests:
            self.opened.append(request.url)
            snapshot = Snapshot(
                url=request.url, final_url=request.url, status=FetchStatus.OK, fetched_at=AT, via=Via.BROWSER
            )
            yield request, Look(snapshot=snapshot)


@dataclass
class Bench:
    """Writes down what jurors are asked."""

    asked: list[object] = field(default_factory=list)

    def ask(self, task: object) -> None:
        self.asked.append(task)


def opinion(url: str) -> Opinion:
    lapse = Violation(url=url, summary="缺少标签", observed={}, expected={})
    subject = Subject(key=SITE.home, unit="U01", name="某局网站网页标签")
    verdict = Verdict(
        check="site.tags-missing", target_kind="site", target="s01", subject=subject, outcome=lapse
    )
    return Opinion(site="s01", verdicts=[verdict], gaps=WalkGaps(), trouble="", pages=1, items=(), plain={})


def flow(tmp_path: Path, browser: Browser, ended: list[Opinion]) -> Flow:
    return Flow(
        folder=RunFolder(tmp_path / "run", tmp_path / "bodies"),
        browsing=browser,  # type: ignore[arg-type]
        pictures=True,
        today=AT.date(),
        plan=lambda plans: (_ for _ in ()).throw(AssertionError("nothing is walked here")),
        finish=lambda found, looks: ended.append(found),
        fail=lambda site, failed: None,
        tell=lambda progress: None,
        passages={"s01": Passage(site=SITE, plan=SitePlan(site=SITE), first_seen={})},
    )


def test_a_page_that_a_violation_moved_to_is_looked_at_too(tmp_path: Path) -> None:
    browser, bench, ended = Browser(), Bench(), list[Opinion]()
    under_way = flow(tmp_path, browser, ended)
    passage = under_way.passages["s01"]
    under_way._judged(passage, opinion("http://a.test/1/"), bench)  # type: ignore[arg-type]
    under_way._settled(passage, opinion("http://a.test/2/"), bench)  # type: ignore[arg-type]
    assert browser.opened == ["http://a.test/1/", "http://a.test/2/"]
    assert set(passage.looks) == set(browser.opened)
    assert [type(task) for task in bench.asked] == [Settle, Settle]
    last = opinion("http://a.test/2/")
    under_way._settled(passage, last, bench)  # type: ignore[arg-type]
    assert ended == [last]


def test_a_violation_that_keeps_moving_is_not_followed_for_ever(tmp_path: Path) -> None:
    browser, bench, ended = Browser(), Bench(), list[Opinion]()
    under_way = flow(tmp_path, browser, ended)
    passage = under_way.passages["s01"]
    under_way._judged(passage, opinion("http://a.test/0/"), bench)  # type: ignore[arg-type]
    for turn in range(1, MOST_LOOKS + 1):
        under_way._settled(passage, opinion(f"http://a.test/{turn}/"), bench)  # type: ignore[arg-type]
    assert len(browser.opened) == MOST_LOOKS
    assert len(ended) == 1
