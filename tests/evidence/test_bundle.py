"""Sealing: all or nothing, whatever moment a process dies, however many seal at once."""

import json
import multiprocessing
import os
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from evidence import bundle, chain, disk
from evidence.bundle import MANIFEST, EvidenceError, EvidenceStore
from evidence.chain import Chain, ChainError
from evidence.digest import sha256
from evidence.keys import KeyTroubleError
from evidence.verify import verify
from tests.evidence.sealing import AT, filled, record

FILES: dict[str, bytes | Path] = {
    "screenshot.png": b"\x89PNG",
    "page.html": b"<p>",
    "sealed-page.html": b"raw",
}


def test_a_seal_keeps_files_record_and_manifest(tmp_path: Path) -> None:
    sealed = EvidenceStore(tmp_path).seal(record("F0001"), FILES)
    kinds = {row.path.rsplit("/", 1)[1]: row.kind for row in sealed}
    assert kinds == {
        "screenshot.png": "screenshot",
        "page.html": "html",
        "sealed-page.html": "sealed",
        "record.json": "record",
        "manifest.json": "manifest",
    }
    for row in sealed:
        content = (tmp_path / row.path).read_bytes()
        assert (sha256(content), len(content)) == (row.sha256, row.size)
        assert row.path.startswith("evidence/2026/F0001/20261120T183000Z/")
        assert row.captured_at == AT
    manifest = json.loads((tmp_path / sealed[-1].path).read_bytes())
    assert manifest["facts"]["captured_at"] == "2026-11-21T02:30:00+08:00"
    assert {row["name"] for row in manifest["files"]} == set(kinds) - {"manifest.json"}
    assert all(len(row["sm3"]) == 64 for row in manifest["files"])


def test_the_record_says_everything_that_the_finding_rests_on(tmp_path: Path) -> None:
    sealed = EvidenceStore(tmp_path).seal(record(), FILES)
    path = next(row.path for row in sealed if row.kind == "record")
    facts = json.loads((tmp_path / path).read_bytes())
    (seen,) = facts["snapshots"]
    assert seen["url"] != seen["final_url"]
    assert seen["redirects"][0]["http_status"] == 302
    assert seen["server_ip"] == "203.0.113.9"
    assert facts["captured_at_local"] == "2026-11-21T02:30:00+08:00"
    assert facts["wordings"] == ["通知公告", "公示公告"]
    assert [page["status"] for page in facts["searched"]] == ["ok", "timeout"]
    assert facts["versions"]["schemes"] == {"changshu-2020": "ab12"}
    assert facts["network"] == {"对照站点": 3, "对照站点失败": 0}


def test_a_leak_is_masked_in_the_record(tmp_path: Path) -> None:
    number = "11010519491231002X"
    leak = record(summary=f"公开了{number}", masked=(number,), facts={"text": f"身份证{number}"})
    sealed = EvidenceStore(tmp_path).seal(leak, {})
    for row in sealed:
        assert number not in (tmp_path / row.path).read_text("utf-8")


def test_two_seals_of_one_second_have_folders_of_their_own(tmp_path: Path) -> None:
    store = EvidenceStore(tmp_path)
    first, second = store.seal(record(), FILES), store.seal(record(), FILES)
    assert {row.path for row in first}.isdisjoint(row.path for row in second)
    assert verify(tmp_path).ok is True


@pytest.mark.parametrize("name", ["../x", "a/b", "", ".hidden", "manifest.json", "文件.png", "x" * 200])
def test_names_that_make_no_file_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(EvidenceError):
        EvidenceStore(tmp_path).seal(record(), {name: b"x"})
    with pytest.raises(EvidenceError):
        EvidenceStore(tmp_path).seal(record("../F1"), {})
    assert verify(tmp_path).ok is None


def test_files_can_come_from_paths(tmp_path: Path) -> None:
    source = tmp_path / "big.bin"
    source.write_bytes(b"content" * 1000)
    sealed = EvidenceStore(tmp_path / "d").seal(record(), {"page.html": source})
    assert next(row for row in sealed if row.kind == "html").sha256 == sha256(b"content" * 1000)


class Killed(BaseException):
    """Stands for the process being gone: nothing of ours runs after it but the test."""


STEPS: list[tuple[object, str]] = [
    (bundle, "write_new"),
    (bundle, "sync_folder"),
    (os, "rename"),
    (disk, "sync_folder"),
    (chain, "write_whole"),
    (Chain, "announce"),
    (Chain, "append"),
    (Chain, "write_head"),
    (Chain, "done"),
]


@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize(("place", "name"), STEPS)
@pytest.mark.parametrize("first", [True, False])
def test_a_kill_at_any_step_leaves_nothing_half(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: object, name: str, before: bool, first: bool
) -> None:
    """The store's own clean-up is kept from running, as a kill would."""
    store = EvidenceStore(tmp_path)
    if not first:
        filled(tmp_path)
    original: Callable[..., object] = getattr(place, name)

    def dies(*args: object, **kwargs: object) -> object:
        if not before:
            original(*args, **kwargs)
        raise Killed

    kept_whole = verify(tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr(place, name, dies)
        patched.setattr(shutil, "rmtree", lambda *args, **kwargs: None)
        patched.setattr(Path, "unlink", lambda *args, **kwargs: None)
        with pytest.raises(Killed):
            store.seal(record("F0077"), FILES)
    found = verify(tmp_path)
    if (name, before) != ("done", True) and not (name in ("write_head", "append", "done") and not before):
        assert found.manifests == kept_whole.manifests
    again = EvidenceStore(tmp_path)
    again.recover()
    whole = verify(tmp_path)
    assert whole.problems == () or (first and whole.manifests == 0)
    again.seal(record("F0078"), FILES)
    after = verify(tmp_path)
    assert after.problems == ()
    assert after.ok is True
    assert after.manifests >= kept_whole.manifests + 1
    assert not list((tmp_path / "evidence" / ".tmp").glob("seal-*")) or after.notes == ()


def seal_many(data: str, who: int, count: int) -> None:
    store = EvidenceStore(Path(data))
    for number in range(count):
        store.seal(record(f"F{who}{number:03}"), {"page.html": f"{who}/{number}".encode()})


def test_processes_may_seal_at_once(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=seal_many, args=(str(tmp_path), who, 8)) for who in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert [worker.exitcode for worker in workers] == [0, 0, 0]
    result = verify(tmp_path)
    assert result.problems == ()
    assert result.manifests == 24


def test_threads_may_seal_at_once_and_verify_meanwhile(tmp_path: Path) -> None:
    threads = [threading.Thread(target=seal_many, args=(str(tmp_path), who, 8)) for who in range(3)]
    EvidenceStore(tmp_path).seal(record(), {})
    for thread in threads:
        thread.start()
    results = []
    while any(thread.is_alive() for thread in threads):
        results.append(verify(tmp_path))
    for thread in threads:
        thread.join()
    assert [result.problems for result in results] == [()] * len(results)
    assert verify(tmp_path).manifests == 25


def test_a_killed_process_mid_seal_is_recovered(tmp_path: Path) -> None:
    """A real SIGKILL, again and again, at whatever moment it strikes."""
    context = multiprocessing.get_context("spawn")
    for round_number in range(4):
        worker = context.Process(target=seal_many, args=(str(tmp_path), round_number, 400))
        worker.start()
        chain_file = tmp_path / "evidence" / "chain.jsonl"
        size = chain_file.stat().st_size if chain_file.exists() else 0
        while worker.is_alive() and (not chain_file.exists() or chain_file.stat().st_size < size + 700):
            worker.join(0.002)
        worker.kill()
        worker.join(30)
        EvidenceStore(tmp_path).recover()
        result = verify(tmp_path)
        assert result.problems == ()
        assert result.ok is True


def test_a_forged_note_cannot_make_recovery_delete_evidence(tmp_path: Path) -> None:
    sealed = filled(tmp_path).seal(record("F0042"), FILES)
    folder = sealed[0].path.rsplit("/", 1)[0]
    for target in (folder, "evidence/2026", "../outside", "", "evidence", "run/R1"):
        Chain(tmp_path).pending_path.write_text(json.dumps({"folder": target, "link": {}}))
        EvidenceStore(tmp_path).recover()
        assert verify(tmp_path).problems == (), target


def test_a_damaged_chain_is_not_continued(tmp_path: Path) -> None:
    store = filled(tmp_path)
    path = tmp_path / "evidence" / "chain.jsonl"
    path.write_bytes(path.read_bytes()[:-10])
    with pytest.raises(ChainError, match="verify"):
        store.seal(record(), FILES)


def test_a_lost_key_is_not_silently_replaced(tmp_path: Path) -> None:
    store = filled(tmp_path)
    (tmp_path / "keys" / "evidence.key.pem").unlink()
    with pytest.raises(KeyTroubleError, match="备份"):
        store.seal(record(), FILES)


def test_the_private_key_is_for_its_owner_only(tmp_path: Path) -> None:
    filled(tmp_path)
    assert (tmp_path / "keys" / "evidence.key.pem").stat().st_mode & 0o077 == 0


def test_a_run_is_sealed_where_it_lies(tmp_path: Path) -> None:
    filled(tmp_path)
    manifest = json.loads(next(tmp_path.glob(f"evidence/runs/R1/*/{MANIFEST}")).read_bytes())
    assert [row["name"] for row in manifest["sealed"]] == ["run/R1/outcomes.jsonl", "run/R1/sites/s01.jsonl"]
    (tmp_path / "run" / "R1" / "outcomes.jsonl").write_bytes(b"{}")
    assert [problem.file for problem in verify(tmp_path).problems] == ["run/R1/outcomes.jsonl"]
