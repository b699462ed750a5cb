"""The second place: complete, unaltered, able to mend the first; on a real server where there is one."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from evidence.bundle import EvidenceStore
from evidence.digest import sha256
from evidence.mirror import (
    MirrorError,
    S3Objects,
    mirror,
    place_of,
    put_back,
    s3_from_environment,
    sealed_files,
    verify_mirror,
)
from evidence.verify import verify
from tests.evidence.sealing import filled, record
from tests.evidence.weed import KEYS, s3_server


class Shelf:
    """Objects in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def has(self, name: str) -> bool:
        return name in self.kept

    def get(self, name: str) -> bytes | None:
        return self.kept.get(name)

    def put(self, name: str, content: bytes) -> None:
        self.kept[name] = content


def test_everything_sealed_is_copied_once(tmp_path: Path) -> None:
    store, shelf = filled(tmp_path), Shelf()
    ticks: list[tuple[int, int]] = []
    done = mirror(tmp_path, shelf, lambda at, of: ticks.append((at, of)))
    digests = set(sealed_files(tmp_path).values())
    assert done.problems == ()
    assert {place_of(digest) for digest in digests} <= set(shelf.kept)
    assert all(sha256(shelf.kept[place_of(digest)]) == digest for digest in digests)
    assert ticks[-1][0] == ticks[-1][1] == len(sealed_files(tmp_path))
    again = mirror(tmp_path, shelf)
    assert (again.copied, again.present) == (0, len(sealed_files(tmp_path)))
    store.seal(record("F9"), {"page.html": b"new"})
    assert mirror(tmp_path, shelf).copied == 3
    assert verify_mirror(tmp_path, shelf) == ()
    assert {name for name in shelf.kept if name.startswith("heads/")} == {
        "heads/000000005.json",
        "heads/000000006.json",
    }


def test_the_mirror_mends_the_disk(tmp_path: Path) -> None:
    filled(tmp_path)
    shelf = Shelf()
    mirror(tmp_path, shelf)
    altered = next(tmp_path.glob("evidence/2026/*/*/screenshot.png"))
    altered.write_bytes(b"altered")
    lost = next(tmp_path.glob("bodies/*/*"))
    lost.unlink()
    replaced = next(tmp_path.glob("evidence/2026/*/*/record.json"))
    replaced.unlink()
    replaced.symlink_to(tmp_path / "elsewhere")
    shutil.rmtree(tmp_path / "run")
    assert verify(tmp_path).ok is False
    mended = put_back(tmp_path, shelf)
    assert len(mended) == 5
    assert verify(tmp_path).ok is True
    assert put_back(tmp_path, shelf) == ()


def test_altered_files_are_named_and_not_copied(tmp_path: Path) -> None:
    filled(tmp_path)
    shelf = Shelf()
    altered = next(tmp_path.glob("evidence/2026/*/*/page.html"))
    altered.write_bytes(b"altered")
    (next(tmp_path.glob("evidence/2026/*/*/screenshot.png"))).unlink()
    done = mirror(tmp_path, shelf)
    assert {problem.file.rsplit("/", 1)[1] for problem in done.problems} == {"page.html", "screenshot.png"}
    assert b"altered" not in shelf.kept.values()


def test_what_is_wrong_in_the_mirror_is_found_and_never_put_back(tmp_path: Path) -> None:
    filled(tmp_path)
    shelf = Shelf()
    mirror(tmp_path, shelf)
    path = next(tmp_path.glob("evidence/2026/*/*/page.html"))
    name = place_of(sha256(path.read_bytes()))
    shelf.kept[name] = b"forged"
    assert [problem.file for problem in verify_mirror(tmp_path, shelf)] == [name]
    path.unlink()
    assert put_back(tmp_path, shelf) == ()
    del shelf.kept[name]
    assert "没有这个对象" in verify_mirror(tmp_path, shelf)[0].words


def test_without_settings_there_is_no_second_place() -> None:
    assert s3_from_environment({}) is None


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real S3 server on loopback."""
    with s3_server(tmp_path_factory.mktemp("weed")) as endpoint:
        yield endpoint


def test_a_real_server_keeps_and_gives_back(server: str, tmp_path: Path) -> None:
    filled(tmp_path)
    objects = s3_from_environment(
        {
            "GOVWATCH_S3_BUCKET": "evidence",
            "GOVWATCH_S3_ENDPOINT": server,
            "GOVWATCH_S3_ACCESS_KEY": KEYS["accessKey"],
            "GOVWATCH_S3_SECRET_KEY": KEYS["secretKey"],
            "GOVWATCH_S3_PREFIX": "office",
        }
    )
    assert objects is not None
    assert mirror(tmp_path, objects).problems == ()
    assert mirror(tmp_path, objects).copied == 0
    assert verify_mirror(tmp_path, objects) == ()
    for path in tmp_path.glob("evidence/2026/*/*/page.html"):
        path.unlink()
    assert len(put_back(tmp_path, objects)) == 3
    assert verify(tmp_path).ok is True


def test_a_server_that_is_away_or_refuses_is_said_so(server: str, tmp_path: Path) -> None:
    filled(tmp_path)
    wrong = S3Objects(
        "evidence",
        endpoint=server,
        region="us-east-1",
        access_key_id="x",
        secret_access_key="y",
        retry_config=NO_RETRY,
    )
    with pytest.raises(MirrorError, match="S3"):
        mirror(tmp_path, wrong)


NO_RETRY = {"max_retries": 0}


def test_without_the_library_the_mend_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "obstore", None)
    with pytest.raises(MirrorError, match="pip install obstore"):
        s3_from_environment({"GOVWATCH_S3_BUCKET": "evidence"})


def test_the_store_survives_its_own_mirroring(tmp_path: Path) -> None:
    store = filled(tmp_path)
    mirror(tmp_path, Shelf())
    store.seal(record("F10"), {})
    assert verify(tmp_path).ok is True
    assert isinstance(store, EvidenceStore)
