"""What a verdict does to a case: a pure decision, taken from the latest occurrence and the outcome alone.

A violation opens a case, or is one more sighting of it. A pass mends it. Inconclusive and not applicable do
nothing at all. A lapse that was mended and is seen again is a new occurrence (反弹), linked to the former.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from domain.finding import MENDED_STATES, CaseState
from domain.outcome import Outcome, Pass, Violation


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The latest occurrence of a lapse as it stands. `until` is when an exemption ends (None: never).

    `mended_at` is when we saw it mended, also where the state does not say so (a dismissed case).
    """

    id: str
    occurrence: int
    state: CaseState
    first_seen: datetime
    last_seen: datetime
    mended_at: datetime | None = None
    until: datetime | None = None

    @property
    def mended(self) -> bool:
        """Whether the same lapse, seen again, is a new one."""
        return self.mended_at is not None or self.state in MENDED_STATES


class Step(Enum):
    """What becomes of a case."""

    NOTHING = "nothing"
    OPEN = "open"
    SEE = "see"
    REOPEN = "reopen"
    MEND = "mend"


def step(standing: Standing | None, outcome: Outcome | None, now: datetime) -> Step:
    """What a verdict as of `now` does to the latest occurrence.

    `outcome` None: the subject is proven to be there no more, which mends as a pass does. A look as of an
    earlier moment than the last sighting mends nothing, one before the mend opens nothing.
    """
    if isinstance(outcome, Violation):
        return _seen(standing, now)
    if outcome is None or isinstance(outcome, Pass):
        return _not_seen(standing, now)
    return Step.NOTHING


def _seen(standing: Standing | None, now: datetime) -> Step:
    if standing is None:
        return Step.OPEN
    if standing.mended:
        older = standing.mended_at is not None and now < standing.mended_at
        return Step.SEE if older else Step.OPEN
    if standing.state is CaseState.EXEMPTED and standing.until is not None and now >= standing.until:
        return Step.REOPEN
    return Step.SEE


def _not_seen(standing: Standing | None, now: datetime) -> Step:
    if standing is None or standing.mended or now < standing.last_seen:
        return Step.NOTHING
    if standing.state is CaseState.EXEMPTED:
        # What is exempted stays so until its day, however often it comes and goes.
        return Step.NOTHING
    return Step.MEND


def next_occurrence(standing: Standing | None, now: datetime) -> int:
    """The number that a violation as of `now` would be recorded under."""
    if standing is None:
        return 1
    return standing.occurrence + (1 if _seen(standing, now) is Step.OPEN else 0)
