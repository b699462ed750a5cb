"""Whatever is changed in what is kept, verify finds it and names the file."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.finding import EvidenceFile
from evidence.bundle import EvidenceStore
from evidence.chain import Chain
from evidence.verify import verify
from tests.evidence.sealing import AT, filled, record


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("kept")
    filled(data)
    return data


@pytest.fixture
def data(kept: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "data"
    shutil.copytree(kept, copy)
    return copy


def names(data: Path) -> list[str]:
    """Every kept file but the lock, which holds nothing."""
    found = (path.relative_to(data).as_posix() for path in data.rglob("*") if path.is_file())
    return sorted(name for name in found if not name.endswith(".lock"))


def blamed(data: Path) -> set[str]:
    result = verify(data)
    assert result.ok is False
    return {problem.file for problem in result.problems}


def test_untouched_evidence_is_whole(data: Path) -> None:
    result = verify(data)
    assert result.problems == ()
    assert result.ok is True
    assert result.manifests == 4
    assert "seq 5" in result.head


def test_nothing_kept_is_nothing_to_check(tmp_path: Path) -> None:
    assert verify(tmp_path).ok is None
    assert verify(tmp_path / "absent").ok is None
    (tmp_path / "evidence").mkdir()
    assert verify(tmp_path).ok is None


def test_bodies_alone_are_checked_by_their_names(tmp_path: Path) -> None:
    digest = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"
    path = tmp_path / "bodies" / "2c" / digest
    path.parent.mkdir(parents=True)
    path.write_bytes(b"foo")
    assert verify(tmp_path).ok is True
    path.write_bytes(b"fop")
    assert blamed(tmp_path) == {f"bodies/2c/{digest}"}


@given(st.data())
@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_single_byte_changed_anywhere_is_found(kept: Path, draw: st.DataObject) -> None:
    name = draw.draw(st.sampled_from(names(kept)), label="file")
    path = kept / name
    original = path.read_bytes()
    at = draw.draw(st.integers(0, max(len(original) - 1, 0)), label="byte")
    flip = draw.draw(st.integers(1, 255), label="change")
    changed = original[:at] + bytes([original[at] ^ flip]) + original[at + 1 :] if original else b"x"
    try:
        path.write_bytes(changed)
        result = verify(kept)
    finally:
        path.write_bytes(original)
    assert result.ok is False
    assert any(problem.words for problem in result.problems)


@given(st.data())
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_truncation_insertion_or_appendix_is_found(kept: Path, draw: st.DataObject) -> None:
    name = draw.draw(st.sampled_from([n for n in names(kept) if (kept / n).stat().st_size]), label="file")
    path = kept / name
    original = path.read_bytes()
    at = draw.draw(st.integers(0, len(original) - 1), label="at")
    extra = draw.draw(st.binary(min_size=1, max_size=4), label="extra")
    how = draw.draw(st.sampled_from(["cut", "insert", "append", "line break"]))
    changed = {
        "cut": original[:at],
        "insert": original[:at] + extra + original[at:],
        "append": original + extra,
        "line break": original + b"\n",
    }[how]
    try:
        path.write_bytes(changed)
        result = verify(kept)
    finally:
        path.write_bytes(original)
    assert result.ok is False


def test_every_byte_of_the_head_and_of_a_line_counts(kept: Path) -> None:
    for name in ("evidence/head.json", "evidence/chain.jsonl"):
        path = kept / name
        original = path.read_bytes()
        for at in range(0, len(original), 7):
            path.write_bytes(original[:at] + bytes([original[at] ^ 1]) + original[at + 1 :])
            found = verify(kept).ok
            path.write_bytes(original)
            assert found is False, (name, at)


def test_every_deletion_is_found_and_named(data: Path) -> None:
    for name in names(data):
        content = (data / name).read_bytes()
        (data / name).unlink()
        assert any(name == file for file in blamed(data)), name
        (data / name).write_bytes(content)


def test_every_extra_file_or_folder_is_found(data: Path) -> None:
    folder = next((data / "evidence" / "2026").iterdir())
    for extra in (data / "evidence" / "note.txt", folder / "more.png", next(folder.iterdir()) / "x.html"):
        extra.write_bytes(b"x")
        assert blamed(data) == {extra.relative_to(data).as_posix()}
        extra.unlink()
    empty = data / "evidence" / "2025"
    empty.mkdir()
    assert blamed(data) == {"evidence/2025"}
    empty.rmdir()
    stranger = data / "bodies" / "readme"
    stranger.write_bytes(b"x")
    assert blamed(data) == {"bodies/readme"}


def test_two_files_exchanged_are_both_named(data: Path) -> None:
    pictures = sorted(data.glob("evidence/2026/*/*/screenshot.png"))[:2]
    first, second = (path.read_bytes() for path in pictures)
    pictures[0].write_bytes(second)
    pictures[1].write_bytes(first)
    assert blamed(data) == {path.relative_to(data).as_posix() for path in pictures}


def test_whole_folders_exchanged_are_found(data: Path) -> None:
    one, two = sorted(data.glob("evidence/2026/*"))[:2]
    middle = one.with_name("middle")
    one.rename(middle)
    two.rename(one)
    middle.rename(two)
    assert len(blamed(data)) >= 2


@pytest.mark.parametrize(
    "order",
    [[1, 0, 2, 3, 4], [0, 1, 2, 4, 3], [0, 2, 3, 4], [1, 2, 3, 4], [0, 0, 1, 2, 3, 4], [0, 1, 2, 3], []],
)
def test_lines_reordered_removed_or_doubled_are_found(data: Path, order: list[int]) -> None:
    path = data / "evidence" / "chain.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[n] for n in order))
    assert "evidence/chain.jsonl" in blamed(data)


def test_a_chain_written_anew_without_the_key_is_found(data: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    filled(other)
    for name in ("chain.jsonl", "head.json"):
        shutil.copy(other / "evidence" / name, data / "evidence" / name)
    shutil.rmtree(data / "evidence" / "2026")
    shutil.copytree(other / "evidence" / "2026", data / "evidence" / "2026")
    assert "evidence/head.json" in blamed(data)


def test_an_older_state_of_the_whole_chain_does_not_hide_later_evidence(data: Path) -> None:
    before = {name: (data / "evidence" / name).read_bytes() for name in ("chain.jsonl", "head.json")}
    (sealed, *_) = EvidenceStore(data).seal(record("F0009"), {"page.html": b"later"})
    for name, content in before.items():
        (data / "evidence" / name).write_bytes(content)
    assert sealed.path in blamed(data)


def test_removing_all_evidence_but_the_keys_is_found(data: Path) -> None:
    shutil.rmtree(data / "evidence")
    assert verify(data).ok is False


def test_a_link_in_the_place_of_a_file_is_found(data: Path) -> None:
    path = next(data.glob("evidence/2026/*/*/page.html"))
    twin = data / "twin"
    path.rename(twin)
    path.symlink_to(twin)
    assert blamed(data) == {path.relative_to(data).as_posix()}


def test_rows_of_the_database_must_agree(data: Path) -> None:
    sealed = EvidenceStore(data).seal(record("F0010"), {"page.html": b"x"})
    assert verify(data, expected=sealed).ok is True
    for changed in (
        replace(sealed[0], sha256="0" * 64),
        replace(sealed[0], path="evidence/2026/F0010/nowhere/page.html"),
        EvidenceFile(kind="manifest", path=sealed[-1].path, sha256="1" * 64, captured_at=AT),
    ):
        result = verify(data, expected=[changed])
        assert [problem.file for problem in result.problems] == [changed.path]


def test_records_of_the_database_must_be_those_that_were_sealed(data: Path) -> None:
    name = "run/R1/outcomes.jsonl"
    sealed = (data / name).read_bytes()
    assert verify(data, exports={name: sealed}).ok is True
    for exports in ({name: sealed + b"{}\n"}, {name: b""}, {"run/R2/outcomes.jsonl": sealed}):
        assert [problem.file for problem in verify(data, exports=exports).problems] == list(exports)


def test_verification_reads_a_folder_that_cannot_be_written(data: Path) -> None:
    ticks: list[tuple[int, int]] = []
    assert verify(data, tick=lambda done, of: ticks.append((done, of))).ok is True
    assert ticks[-1][0] == ticks[-1][1] > 0


def test_the_chain_can_be_followed_by_hand(data: Path) -> None:
    links = list(Chain(data).links())
    assert all(link is not None for link in links)
    digests = [link.digest for link in links if link is not None]
    assert [link.prev for link in links if link is not None] == ["0" * 64, *digests[:-1]]
