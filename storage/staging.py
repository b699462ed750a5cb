"""Where judged sites of a run wait until the night can be believed, and how far a run has come."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from storage.runs import TargetReport

STAGED = "staged"
SUFFIX = ".pickle"


class Reporting(Protocol):
    """What says how the targets of a run stand."""

    def targets(self, run: str | None = None) -> list[TargetReport]:
        """What a run came to at each of its targets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Headway:
    """How far a run has come: of `whole` targets `taken` are in the database, `judged` wait to be."""

    taken: int
    judged: int
    whole: int

    @property
    def done(self) -> int:
        """Targets whose work is done."""
        return self.taken + self.judged


def staged_folder(data: Path, run: str) -> Path:
    """The folder of the judged sites of a run; it is no part of what is kept."""
    return data / STAGED / run


def headway(store: Reporting, data: Path, run: str) -> Headway:
    """How far a run has come. Raises StoreError when there is no such run."""
    reports = store.targets(run)
    waiting = sum(report.state == "pending" for report in reports)
    staged = sum(1 for _ in staged_folder(data, run).glob(f"*{SUFFIX}"))
    # A site that was taken in a moment ago may lie there still.
    return Headway(taken=len(reports) - waiting, judged=min(staged, waiting), whole=len(reports))
