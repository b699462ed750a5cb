"""Answers of sources kept in a run folder."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.accounts import SourceReading
from crawler.fetching import Fetched
from crawler.readings import keep_reading, read_reading
from crawler.runfolder import BodyError, RunFolder
from domain.snapshot import FetchStatus, Snapshot

AT = datetime(2026, 6, 30, tzinfo=UTC)


def fetched(body: bytes) -> Fetched:
    snapshot = Snapshot(
        url="http://a.test/", final_url="http://a.test/", status=FetchStatus.OK, fetched_at=AT
    )
    return Fetched(snapshot=snapshot, body=body)


@pytest.fixture
def folder(tmp_path: Path) -> RunFolder:
    made = RunFolder(tmp_path / "run", tmp_path / "bodies")
    made.create()
    return made


def test_a_reading_comes_back_as_it_was(folder: RunFolder) -> None:
    reading = SourceReading(account="../a/1", pages=(fetched(b"one"), fetched(b"")), profile=fetched(b"me"))
    keep_reading(folder, reading)
    back = read_reading(folder, "../a/1")
    assert back is not None
    assert [page.body for page in back.pages] == [b"one", b""]
    assert back.profile is not None
    assert back.profile.body == b"me"


def test_none_where_nothing_was_kept(folder: RunFolder) -> None:
    assert read_reading(folder, "a1") is None


def test_an_altered_body_is_refused(folder: RunFolder) -> None:
    keep_reading(folder, SourceReading(account="a1", pages=(fetched(b"one"),)))
    (path,) = [path for path in folder.bodies.rglob("*") if path.is_file()]
    path.write_bytes(b"two")
    with pytest.raises(BodyError):
        read_reading(folder, "a1")
