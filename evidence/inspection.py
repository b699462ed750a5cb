"""What a verification gathers while it goes through what is kept."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong: the file (relative to the data folder) and what, in Chinese."""

    file: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """`ok` None: there was nothing to check. `notes` are no faults: unfinished work of a killed process.

    `files` counts the files whose content was read, `manifests` the seals. `head` is the signed end
    of the chain, for comparison with what was printed or published.
    """

    ok: bool | None
    problems: tuple[Problem, ...] = ()
    manifests: int = 0
    files: int = 0
    notes: tuple[str, ...] = ()
    head: str = ""


@dataclass(slots=True, kw_only=True)
class Inspection:
    """The work so far: `expected` are names in the evidence folder that are covered, `to_hash` the files
    whose content is still to be read with digest and size, `bodies` the digests that runs rest on, `pruned`
    the folders that were removed by rule."""

    data: Path
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    expected: set[str] = field(default_factory=set)
    to_hash: dict[str, tuple[str, int | None]] = field(default_factory=dict)
    bodies: dict[str, str] = field(default_factory=dict)
    pruned: tuple[str, ...] = ()
    manifests: int = 0
    files: int = 0

    def blame(self, file: str, words: str) -> None:
        """Notes a problem."""
        self.problems.append(Problem(file=file, words=words))

    def cover(self, name: str, digest: str, size: int | None) -> None:
        """A file that must be there with this digest; two that claim different ones contradict each other."""
        known = self.to_hash.setdefault(name, (digest, size))
        if known != (digest, size):
            self.blame(name, "两份清单对它的记载互相矛盾")
