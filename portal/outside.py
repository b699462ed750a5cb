"""What the portal asks of other parts of the program and does not import: handed in when it is started."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from domain.finding import Finding
from domain.observation import AccountObservation, SiteObservation
from domain.target import Registry


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How a scan goes about it: seconds between requests to a host, sites at once, whether with pictures."""

    delay: float = 1.0
    jobs: int = 8
    pictures: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Effective:
    """A setting of the program as it stands: its title, its value in words, where it comes from."""

    name: str
    title: str
    value: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """Callables; None where this portal runs without. They raise exceptions whose message is Chinese.

    `verify` checks all kept evidence of a data folder and returns an object with `ok`, `problems` (each with
    `file` and `words`), `files`, `manifests`. `scan` starts a scan of a registry, of some targets or (empty)
    all, and returns at once; `recheck` looks again at one finding alone, and returns at once. `observe_site`
    and `observe_account` give what a kept run saw, None where it is not kept. `pack` writes one finding's
    evidence pack to a path.
    """

    verify: Callable[[Path], Any] | None = None
    scan: Callable[[Registry, Sequence[str], Pace], None] | None = None
    recheck: Callable[[str], None] | None = None
    observe_site: Callable[[str, str], SiteObservation | None] | None = None
    observe_account: Callable[[str, str], AccountObservation | None] | None = None
    pack: Callable[[Finding, Path], None] | None = None
