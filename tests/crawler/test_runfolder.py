"""The run folder: whole or unfinished, never half; bodies that prove themselves."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.runfolder import BodyError, RunFolder, WalkError
from domain.page import Item, Page, PageKind
from domain.snapshot import FetchStatus, Hop, Snapshot
from domain.walk import Pending, Sighting, Walk

AT = datetime(2026, 6, 30, 1, 2, 3, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> RunFolder:
    run = RunFolder(tmp_path / "run", tmp_path / "bodies")
    run.create()
    return run


def sighting(number: int = 1) -> Sighting:
    url = f"http://a.gov.cn/{number}.html"
    return Sighting(
        snapshot=Snapshot(
            url=url,
            final_url=url,
            status=FetchStatus.OK,
            fetched_at=AT,
            http_status=200,
            headers=(("Content-Type", "text/html"),),
            redirects=(Hop(url="http://a.gov.cn/old", http_status=302),),
        ),
        page=Page(
            url=url,
            adapter="generic",
            charset="utf-8",
            kind=PageKind.LIST,
            title="通知公告",
            tags={"SiteName": "某局"},
            items=(Item(title="一", url=url, day=AT.date()),),
        ),
        asked_as="通知公告",
        found_on="http://a.gov.cn/",
        depth=1,
    )


def walk(site: str = "s01", count: int = 3, pending: int = 0) -> Walk:
    return Walk(
        site=site,
        started_at=AT,
        ended_at=AT,
        complete=not pending,
        pending=tuple(
            Pending(url=f"http://a/{n}" + "长" * 50, text="栏目", found_on="", why="超时")
            for n in range(pending)
        ),
        sightings=tuple(sighting(number) for number in range(count)),
    )


@pytest.mark.parametrize("pending", [0, 3, 2000])
def test_a_walk_is_read_as_it_was_written(folder: RunFolder, pending: int) -> None:
    folder.write_walk(walk(pending=pending))
    assert folder.finished_sites() == {"s01"}
    assert folder.read_walk("s01") == walk(pending=pending)
    assert folder.read_summary("s01") == replace(walk(pending=pending), sightings=())


def test_a_walk_without_a_sighting_is_finished_too(folder: RunFolder) -> None:
    folder.write_walk(walk(count=0))
    assert folder.read_walk("s01") == walk(count=0)


def test_a_file_cut_anywhere_is_unfinished_and_gives_its_whole_lines(folder: RunFolder) -> None:
    folder.write_walk(walk())
    path = folder.site_path("s01")
    whole = path.read_bytes()
    ends = [at + 1 for at, byte in enumerate(whole) if byte == ord("\n")]
    for cut in range(0, len(whole), 37):
        path.write_bytes(whole[:cut])
        assert folder.finished_sites() == frozenset()
        read = folder.read_walk("s01")
        assert not read.complete
        assert read.stopped == "采集中途中断，未能完成"
        assert len(read.sightings) >= sum(end <= cut for end in ends[:-1])


def test_damage_in_the_middle_ends_the_sightings(folder: RunFolder) -> None:
    folder.write_walk(walk())
    path = folder.site_path("s01")
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(lines[0] + b'{"snapshot":12}\n' + b"".join(lines[2:]))
    assert [one.snapshot.url for one in folder.sightings("s01")] == ["http://a.gov.cn/0.html"]


def test_a_site_that_is_not_there_is_named(folder: RunFolder) -> None:
    with pytest.raises(WalkError, match="没有网站 s99"):
        folder.read_walk("s99")
    assert folder.read_summary("s99") is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(ids=st.lists(st.text(min_size=1, max_size=300), min_size=1, max_size=4, unique=True))
def test_any_id_has_a_file_of_its_own_inside_the_folder(folder: RunFolder, ids: list[str]) -> None:
    paths = {folder.site_path(one) for one in ids}
    assert len(paths) == len(ids)
    for path in paths:
        assert path.parent == folder.path / "sites"
        assert len(path.name) < 200
        assert set(path.name) <= set("%~_-.abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")


@pytest.mark.parametrize("site_id", ["../../etc", ".", "..", "a/b", "网站一", "x" * 400, "a\x00b"])
def test_strange_ids_come_back(folder: RunFolder, site_id: str) -> None:
    folder.write_walk(walk(site=site_id, count=1))
    assert folder.finished_sites() == {site_id}
    assert folder.read_walk(site_id).site == site_id


def test_the_same_body_is_stored_once_under_its_digest(folder: RunFolder) -> None:
    name = folder.keep("同一个页面".encode())
    assert name == hashlib.sha256("同一个页面".encode()).hexdigest()
    again = RunFolder(folder.path, folder.bodies)
    assert again.keep("同一个页面".encode()) == name
    assert [file.name for file in folder.bodies.rglob("*") if file.is_file()] == [name]
    assert folder.body(name) == "同一个页面".encode()
    assert folder.body_path(name).parent.name == name[:2]


def test_a_torn_body_from_a_crash_is_written_again(folder: RunFolder) -> None:
    name = hashlib.sha256(b"whole body").hexdigest()
    folder.body_path(name).parent.mkdir(parents=True)
    folder.body_path(name).write_bytes(b"who")
    assert folder.keep(b"whole body") == name
    assert folder.body(name) == b"whole body"


def test_an_altered_body_is_not_given_out(folder: RunFolder) -> None:
    name = folder.keep(b"true")
    folder.body_path(name).write_bytes(b"fals")
    with pytest.raises(BodyError, match=name):
        folder.body(name)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "A" * 64, "0" * 63])
def test_what_is_no_digest_is_refused(folder: RunFolder, name: str) -> None:
    with pytest.raises(BodyError, match="不是 SHA-256"):
        folder.body(name)


def test_a_missing_body_is_named(folder: RunFolder) -> None:
    with pytest.raises(BodyError, match="找不到留存的内容"):
        folder.body("0" * 64)


def test_a_thread_may_write_the_bodies(folder: RunFolder) -> None:
    folder.start_writing()
    names = [folder.keep(f"page {number}".encode() * 100) for number in range(300)]
    folder.settle()
    assert [folder.body(name) for name in names] == [f"page {n}".encode() * 100 for n in range(300)]


def test_a_disk_that_takes_nothing_is_not_passed_over(folder: RunFolder) -> None:
    folder.start_writing()
    name = hashlib.sha256(b"x").hexdigest()
    (folder.bodies / name[:2]).write_text("a file where a folder should be")
    folder.keep(b"x")
    with pytest.raises(OSError):
        folder.settle()
    with pytest.raises(OSError):
        folder.keep(b"y")
