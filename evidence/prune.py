"""Keeping and letting go: what is old enough and rests under nothing may be removed, by rule and on record.

Evidence is kept by assessment year, and longer while anything refers to it. A removal is a line of the
chain: what is gone is known to have been there, and its absence is no fault.
"""

import contextlib
import json
import shutil
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from evidence.bundle import BODIES, BODY_FOLDER, EvidenceStore
from evidence.chain import Link
from evidence.disk import files_under

RECORD = "record.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """One seal that may go: its line, the folders that go with it, and how many bytes they hold."""

    link: Link
    folders: tuple[Path, ...]
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PrunePlan:
    """What a pruning would remove, and what it would keep though it is old, with the reason in Chinese."""

    before_year: int
    removals: tuple[Removal, ...] = ()
    bodies: tuple[Path, ...] = ()
    kept: tuple[tuple[str, str], ...] = ()

    @property
    def size(self) -> int:
        """How many bytes would be freed."""
        return sum(removal.size for removal in self.removals) + sum(b.stat().st_size for b in self.bodies)


def plan_prune(
    data: Path, before_year: int, protected: Collection[str], *, runs: Collection[str] = ()
) -> PrunePlan:
    """What may go of the assessment years before `before_year`; nothing is touched.

    `protected` are findings that something still refers to (a deduction, an open case, an appeal);
    they stay with the runs they rest on. `runs` are further runs that must stay.
    """
    store = EvidenceStore(data)
    links = [link for link in store.chain.links() if link is not None]
    gone = {link.id for link in links if link.kind == "pruned"}
    live = [k for k in links if k.kind in ("finding", "run") and str(k.seq) not in gone]
    removals, kept, needed = [], [], set(runs)
    for link in live:
        if link.kind != "finding":
            continue
        folder = (data / link.path).parent
        facts = _facts(folder / RECORD)
        if _year_of(link.path, facts) >= before_year:
            needed.add(str(facts.get("run", "")))
        elif link.id in protected:
            kept.append((link.path, f"{link.id} 仍被扣分、案件或申诉引用"))
            needed.add(str(facts.get("run", "")))
        else:
            removals.append(_removal(link, (folder,)))
    old = _old_runs(data, live, before_year)
    for name, group in old.items():
        if name in needed:
            kept += [(link.path, f"监测轮次 {name} 仍有佐证引用") for link in group]
        else:
            removals += _run_removals(data, group)
    dropped = {removal.link.seq for removal in removals}
    bodies = _bodies_let_go(data, live, dropped)
    return PrunePlan(
        before_year=before_year, removals=tuple(removals), bodies=tuple(bodies), kept=tuple(kept)
    )


def prune(data: Path, plan: PrunePlan, at: datetime, reason: str = "") -> None:
    """Removes what a plan names. Each removal goes into the chain before anything is deleted.

    A kill in between leaves folders that the next `recover` removes. Raises as `EvidenceStore.seal`.
    """
    store = EvidenceStore(data)
    words = reason or f"保存期满：{plan.before_year}年以前的考核年度"
    for removal in plan.removals:
        store.note_removal(removal.link, at, words)
        for folder in removal.folders:
            shutil.rmtree(folder, ignore_errors=True)
            _drop_empty_parents(folder, data)
    for body in plan.bodies:
        body.unlink(missing_ok=True)


def _facts(path: Path) -> Mapping[str, Any]:
    try:
        value = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return value if isinstance(value, dict) else {}


def _year_of(path: str, facts: Mapping[str, Any]) -> int:
    """The assessment year of a seal: that of its record, else that of its folder."""
    year = facts.get("year")
    if isinstance(year, int):
        return year
    part = path.split("/")[1]
    return int(part) if part.isdigit() else 9999


def _old_runs(data: Path, live: Iterable[Link], before_year: int) -> dict[str, list[Link]]:
    """The seals of runs whose last seal was before the year, by run."""
    runs: dict[str, list[Link]] = {}
    for link in live:
        if link.kind == "run":
            runs.setdefault(link.id, []).append(link)
    return {name: group for name, group in runs.items() if int(group[-1].at[:4]) < before_year}


def _run_removals(data: Path, group: list[Link]) -> list[Removal]:
    """A run's seals, and with the last of them the folder that it sealed."""
    manifest = _facts(data / group[-1].path)
    sealed = str(manifest.get("facts", {}).get("folder", ""))
    folder = data / sealed
    whole = sealed and folder.is_dir() and data in folder.resolve().parents and len(Path(sealed).parts) > 1
    removals = [_removal(link, ((data / link.path).parent,)) for link in group]
    if whole:
        last = removals[-1]
        removals[-1] = _removal(last.link, (*last.folders, folder))
    return removals


def _removal(link: Link, folders: tuple[Path, ...]) -> Removal:
    size = 0
    for folder in folders:
        for path in files_under(folder):
            with contextlib.suppress(OSError):
                size += path.lstat().st_size
    return Removal(link=link, folders=folders, size=size)


def _bodies_let_go(data: Path, live: Iterable[Link], dropped: Collection[int]) -> list[Path]:
    """Bodies that only the dropped runs name; one that nothing names is not ours to judge."""
    let_go: set[str] = set()
    kept: set[str] = set()
    for link in live:
        if link.kind == "run":
            listed = (data / link.path).with_name(BODIES)
            names = listed.read_text("ascii").split() if listed.exists() else []
            (let_go if link.seq in dropped else kept).update(names)
    paths = (data / BODY_FOLDER / name[:2] / name for name in sorted(let_go - kept))
    return [path for path in paths if path.is_file()]


def _drop_empty_parents(folder: Path, data: Path) -> None:
    parent = folder.parent
    while parent not in (data, data / "evidence") and data in parent.parents:
        try:
            parent.rmdir()
        except OSError:
            return
        parent = parent.parent
