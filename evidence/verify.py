"""Proves that all kept evidence is whole and unaltered, or names each file that is not.

Nothing is trusted but the signature of the chain's head: it covers the last line, each line the one
before it and a manifest, each manifest its files. Whatever lies in the evidence folder and is not
covered is named too.
"""

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from domain.finding import EvidenceFile
from evidence.chain import CHAIN, HEAD, LOCK, PENDING, Chain, ChainError
from evidence.disk import SCRATCH, files_under
from evidence.inspect_chain import check_keys, read_chain
from evidence.inspect_files import (
    check_bodies,
    check_exports,
    check_manifests,
    check_rows,
    check_tokens,
    hash_all,
)
from evidence.inspection import Inspection, Problem, Verification

__all__ = ["Problem", "Verification", "verify"]

OWN = frozenset({CHAIN, HEAD, LOCK, PENDING})


def verify(
    data: Path,
    *,
    expected: Iterable[EvidenceFile] = (),
    exports: Mapping[str, bytes] | None = None,
    tick: Callable[[int, int], None] | None = None,
) -> Verification:
    """Checks everything kept under a data folder. Never raises for what is wrong with it.

    `expected` are the files that the database names: one that is not sealed under that digest is a
    problem. `exports` are sealed files that were written from the database, by name, as the database
    would write them now: a row altered since is a problem. `tick` is told how many of how many files
    were read.
    """
    rows = list(expected)
    chain, found = Chain(data), Inspection(data=data)
    with _held_if_possible(chain):
        present = {path.relative_to(data).as_posix(): path for path in files_under(chain.folder)}
        links, head = read_chain(chain, found)
        pending = chain.pending()
    check_keys(data, head, found)
    check_manifests(links, found)
    check_tokens(links, found)
    check_bodies(found)
    if not (links or head or rows or found.to_hash or found.problems) and not _kept(present):
        return Verification(ok=None, notes=tuple(_leftovers(present)))
    hash_all(found, tick)
    _check_extra(present, pending, found)
    check_rows(rows, found)
    check_exports(exports or {}, found)
    return Verification(
        ok=not found.problems,
        problems=tuple(dict.fromkeys(found.problems)),
        manifests=found.manifests,
        files=found.files,
        notes=tuple(dict.fromkeys([*found.notes, *_leftovers(present)])),
        head=head.text() if head else "",
    )


@contextlib.contextmanager
def _held_if_possible(chain: Chain) -> Iterator[None]:
    """Keeps the chain still while it is read; where it cannot be locked (read-only), reads all the same."""
    with contextlib.ExitStack() as stack:
        if chain.folder.exists():
            with contextlib.suppress(OSError, ChainError):
                stack.enter_context(chain.locked())
        yield


def _kept(present: Mapping[str, Path]) -> list[str]:
    """The names in the evidence folder that are neither ours to write on nor unfinished work."""
    return [name for name in present if not _unfinished(name) and _inner(name) not in OWN]


def _inner(name: str) -> str:
    return name.partition("/")[2]


def _unfinished(name: str) -> bool:
    inner = _inner(name)
    partial = inner.startswith(".") and inner.endswith(".partial") and "/" not in inner
    return inner.split("/")[0] == SCRATCH or partial


def _leftovers(present: Mapping[str, Path]) -> Iterator[str]:
    # An empty scratch folder is no leftover; one with a seal's folder in it is.
    seals = {_inner(name).split("/")[1] for name in present if _inner(name).startswith(f"{SCRATCH}/seal-")}
    if folders := {name for name in seals if not name.endswith(LOCK)}:
        yield f"有 {len(folders)} 处未完成的取证残留，不算佐证，下次巡检时自动清理"


def _check_extra(present: Mapping[str, Path], pending: Mapping[str, Any] | None, found: Inspection) -> None:
    """Names what lies among the evidence and is covered by nothing."""
    half = str(pending.get("folder", "")) if pending else ""
    for name in _kept(present):
        if name in found.expected:
            continue
        if half and (name == half or name.startswith(f"{half}/")):
            found.notes.append("有一处取证在封存时中断，不算佐证，下次巡检时自动清理")
        elif not any(kept.startswith(f"{name}/") for kept in found.expected):
            found.blame(name, "不在任何清单之中，是多出来的")
