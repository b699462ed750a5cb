"""Heads of earlier nights: the newest run that saw the site, and the last clean head of what was soiled."""

from datetime import timedelta
from pathlib import Path

from crawler.runfolder import RunFolder
from domain.observation import Head
from domain.page import Page
from domain.snapshot import FetchStatus
from scheduler.earlier import reading_version
from scheduler.heads import EarlierHeads
from storage.store import Store
from tests.observations import HOME, SITE, url
from tests.storage.builders import NIGHT, REGISTRY
from tests.walks import article, home, item, page, unseen_at, walked


def pages(home_title: str, article_title: str = "关于值班的通知") -> tuple[Page, ...]:
    return (
        home(("tzgg/", "通知公告"), title=home_title, site_title=home_title, tags={"Keywords": "卫生"}),
        page("tzgg/", title="通知公告", items=(item("a1.html", "2026-06-20"),)),
        article("a1.html", article_title, "2026-06-20"),
    )


def night(
    store: Store, data: Path, number: int, *found: Page, reading: str = "", blocked: tuple[str, ...] = ()
) -> None:
    """A finished run of the n-th night that left a walk of the site."""
    moment = NIGHT + timedelta(days=number)
    run = store.begin_run(
        REGISTRY,
        as_of=moment,
        started=moment,
        program="t",
        options={"reading": reading or reading_version()},
    )
    folder = RunFolder(data / "runs" / run.id, data / "bodies")
    folder.create()
    folder.write_walk(unseen_at(walked(*found), blocked, FetchStatus.BLOCKED))
    store.end_run(run.id, moment, {})


def heads(store: Store, data: Path, at: int = 9, reading: str = "") -> dict[str, Head] | None:
    found = EarlierHeads.before(store, data, NIGHT + timedelta(days=at), reading).of(SITE.id)
    return None if found is None else dict(found)


def test_without_an_earlier_night_nothing_is_known(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        assert heads(store, tmp_path) is None
        night(store, tmp_path, 5, *pages("卫健局"))
        assert heads(store, tmp_path, at=5) is None
        assert heads(store, tmp_path, at=6, reading="other") is None


def test_the_newest_earlier_night_is_read(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        night(store, tmp_path, 0, *pages("旧名"))
        night(store, tmp_path, 1, *pages("新名"))
        night(store, tmp_path, 2, *pages("别的读法"), reading="other")
        found = heads(store, tmp_path)
    assert found is not None
    assert found[HOME] == Head(title="新名", words="卫生")
    assert set(found) == {HOME, url("tzgg/"), url("a1.html")}


def test_pages_that_were_not_seen_are_not_told(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        night(store, tmp_path, 0, *pages("卫健局"), blocked=("a1.html",))
        found = heads(store, tmp_path)
    assert found is not None
    assert url("a1.html") not in found


def test_what_was_soiled_is_compared_with_its_last_clean_head(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        night(store, tmp_path, 0, *pages("卫健局"))
        night(store, tmp_path, 1, *pages("卫健局", "澳门新葡京娱乐场"))
        night(store, tmp_path, 2, *pages("卫健局新版", "澳门新葡京娱乐场"))
        found = heads(store, tmp_path)
    assert found is not None
    assert found[HOME].title == "卫健局新版"
    assert found[url("a1.html")].title == "关于值班的通知"


def test_what_always_spoke_so_is_compared_with_nothing(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        night(store, tmp_path, 0, *pages("卫健局", "365bet 官网"))
        night(store, tmp_path, 1, *pages("卫健局", "365bet 官网"))
        found = heads(store, tmp_path)
    assert found is not None
    assert url("a1.html") not in found
