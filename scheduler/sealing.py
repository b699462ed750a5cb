"""Seals a run with the rows it rests on, and proves that neither files nor rows were altered since."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from evidence.bundle import EvidenceStore
from evidence.inspection import Problem, Verification
from storage.faults import StoreError
from storage.rows import journal_keys
from storage.runs import DONE, Run
from storage.store import Store

ROWS, JOURNAL = "rows.jsonl", "journal.jsonl"
"""In a run's folder: the rows that runs judged, and what people entered and decided since the last seal."""

MOST_RUNS = 1000
MOST_NAMED = 200
"""Altered rows that are named one by one."""


def seal_run(store: Store, seals: EvidenceStore, run: Run, folder: Path, at: datetime) -> None:
    """Writes the rows of the run, and of ended runs that left none, beside its files and seals them all."""
    numbers = sorted({run.number, *_unsealed(store, seals.data)})
    with (folder / ROWS).open("wb") as out:
        store.write_run_rows(numbers, out)
    with (folder / JOURNAL).open("wb") as out:
        store.write_journal(_journalled(seals.data, but=folder), out)
    seals.seal_run(run.id, folder, at)


def verify_all(store: Store | None, data: Path) -> Verification:
    """Verifies all files, and the rows of the database against what was sealed of them."""
    from evidence.verify import verify  # its libraries are large, and a scan does without

    if store is None:
        return verify(data)
    files = [file for finding in store.findings() for file in finding.evidence]
    found = verify(data, expected=files)
    rows = row_problems(store, data)
    if not rows:
        return found
    return replace(found, ok=False, problems=(*found.problems, *rows))


def row_problems(store: Store, data: Path) -> list[Problem]:
    """The rows that are not what was sealed, or contradict one another, each named by table and key."""
    found: list[Problem] = []
    for path in sorted((data / "runs").glob("*/*.jsonl")):
        if path.name not in (ROWS, JOURNAL):
            continue
        try:
            with path.open("rb") as lines:
                different = store.compare_rows(lines)
        except (OSError, ValueError, KeyError) as error:
            found.append(Problem(file=path.relative_to(data).as_posix(), words=f"记录底本读不出：{error}"))
            continue
        found += [_named(one.table, one.key, one.words) for one in different]
    found += [_named(one.table, one.key, one.words) for one in store.contradictions()]
    rest = len(found) - MOST_NAMED
    return found[:MOST_NAMED] + ([Problem(file="数据库", words=f"另有 {rest} 行")] if rest > 0 else [])


def _named(table: str, key: str, words: str) -> Problem:
    return Problem(file=f"数据库 {table} 表 {key}", words=words)


def _unsealed(store: Store, data: Path) -> list[int]:
    """Ended runs whose rows no seal holds: rechecks, and those of before rows were sealed."""
    sealed: set[int] = set()
    for path in (data / "runs").glob(f"*/{ROWS}"):
        sealed |= _runs_in(path)
    return [run.number for run in store.runs(MOST_RUNS) if run.state == DONE and run.number not in sealed]


def _runs_in(path: Path) -> set[int]:
    import json

    try:
        with path.open("rb") as lines:
            return set(json.loads(lines.readline())["runs"])
    except (OSError, ValueError, KeyError):
        return set()


def _journalled(data: Path, but: Path) -> Mapping[str, frozenset[str]]:
    """The rows that earlier journals hold; one that cannot be read holds nothing, and verify names it."""
    found: dict[str, frozenset[str]] = {}
    for path in (data / "runs").glob(f"*/{JOURNAL}"):
        if path.parent == but:
            continue
        try:
            with path.open("rb") as lines:
                keys = journal_keys(lines)
        except (OSError, ValueError, KeyError) as error:
            raise StoreError(
                f"记录底本读不出：{path}，请先运行 govwatch evidence verify（{error}）"
            ) from error
        for table, one in keys.items():
            found[table] = found.get(table, frozenset()) | one
    return found
