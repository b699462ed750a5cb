"""What is old goes by rule and on record; what a deduction rests on stays."""

import hashlib
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from evidence.bundle import EvidenceStore
from evidence.prune import plan_prune, prune
from evidence.verify import verify
from tests.evidence.sealing import AT, record


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Runs of 2024, 2025, 2026 with a finding each, two of them in 2024; bodies shared and their own."""
    store = EvidenceStore(tmp_path)
    shared = b"the same every year"
    for back, year in ((2, 2024), (1, 2025), (0, 2026)):
        at = AT - timedelta(days=365 * back + 1)
        digests = []
        for body in (shared, f"only {year}".encode()):
            digest = hashlib.sha256(body).hexdigest()
            digests.append(digest)
            path = tmp_path / "bodies" / digest[:2] / digest
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(body)
        run = tmp_path / "runs" / f"R{year}"
        run.mkdir(parents=True)
        (run / "sites.jsonl").write_text("".join(f'{{"body":"{digest}"}}\n' for digest in digests))
        store.seal_run(f"R{year}", run, at)
        names = (f"F{year}", f"F{year}b") if year == 2024 else (f"F{year}",)
        for name in names:
            store.seal(record(name, captured_at=at, as_of=at, run=f"R{year}"), {"page.html": b"x" * 100})
    return tmp_path


def body(data: Path, text: bytes) -> Path:
    digest = hashlib.sha256(text).hexdigest()
    return data / "bodies" / digest[:2] / digest


def removed(data: Path, before: int, protected: set[str]) -> set[str]:
    return {removal.link.id for removal in plan_prune(data, before, protected).removals}


def test_a_plan_touches_nothing(data: Path) -> None:
    before = {path: path.read_bytes() for path in data.rglob("*") if path.is_file()}
    plan = plan_prune(data, 2026, set())
    assert plan.size > 0
    assert {path: path.read_bytes() for path in data.rglob("*") if path.is_file()} == before


def test_old_years_go_with_their_runs_and_bodies(data: Path) -> None:
    assert removed(data, 2025, set()) == {"F2024", "F2024b", "R2024"}
    assert removed(data, 2024, set()) == set()
    plan = plan_prune(data, 2025, set())
    assert plan.bodies == (body(data, b"only 2024"),)
    prune(data, plan, AT)
    assert not (data / "evidence" / "2024").exists()
    assert not (data / "runs" / "R2024").exists()
    assert body(data, b"the same every year").exists()
    assert not body(data, b"only 2024").exists()
    result = verify(data)
    assert result.problems == ()
    assert result.manifests == 4
    assert removed(data, 2025, set()) == set()


def test_what_is_referred_to_stays_with_its_run(data: Path) -> None:
    plan = plan_prune(data, 2026, {"F2024"})
    assert {removal.link.id for removal in plan.removals} == {"F2024b", "F2025", "R2025"}
    reasons = " ".join(reason for _, reason in plan.kept)
    assert "F2024 仍被" in reasons
    assert "R2024" in reasons
    prune(data, plan, AT)
    assert verify(data).problems == ()
    assert list(data.glob("evidence/2024/F2024/*/page.html"))
    assert (data / "runs" / "R2024" / "sites.jsonl").exists()


def test_removal_is_on_record_and_a_later_deletion_is_still_found(data: Path) -> None:
    sealed = EvidenceStore(data).seal(record("F7"), {"page.html": b"y"})
    prune(data, plan_prune(data, 2025, set()), AT, reason="会议纪要〔2026〕3号")
    notes = [link.note for link in EvidenceStore(data).chain.links() if link and link.kind == "pruned"]
    assert notes == ["会议纪要〔2026〕3号"] * 3
    shutil.rmtree((data / sealed[0].path).parent)
    assert sealed[-1].path in {problem.file for problem in verify(data).problems}


def test_rows_of_what_was_removed_are_no_fault(data: Path) -> None:
    old = record("F2023", captured_at=AT - timedelta(days=1100), as_of=AT - timedelta(days=1100))
    sealed = EvidenceStore(data).seal(old, {"page.html": b"y"})
    prune(data, plan_prune(data, 2024, set()), AT)
    assert verify(data, expected=sealed).problems == ()


def test_a_folder_put_back_after_removal_is_found(data: Path) -> None:
    folder = next(data.glob("evidence/2024/F2024/*"))
    copy = data.parent / f"{data.name}-copy"
    shutil.copytree(folder, copy)
    prune(data, plan_prune(data, 2025, set()), AT)
    shutil.copytree(copy, folder)
    assert verify(data).ok is False
    shutil.rmtree(copy)


def test_a_kill_during_pruning_is_finished_by_the_next_start(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = plan_prune(data, 2025, set())

    class Killed(BaseException):
        pass

    def dies(*args: object, **kwargs: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(shutil, "rmtree", dies)
        with pytest.raises(Killed):
            prune(data, plan, AT)
    EvidenceStore(data).recover()
    assert verify(data).problems == ()
    prune(data, plan_prune(data, 2025, set()), AT)
    assert verify(data).problems == ()
    assert not list(data.glob("evidence/2024/*"))
