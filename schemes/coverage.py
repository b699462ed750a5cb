"""What was judged of each unit, what could not be judged and why, and what no machine judges at all."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from checks.catalogue import all_checks
from checks.runner import WHOLE_TARGET
from domain.check import Question
from domain.finding import Verdict
from domain.outcome import Inconclusive, NotApplicable, Pass, Violation
from domain.unit import Unit
from schemes.model import Indicator, Scheme

MOST_REASONS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """One check of one unit: how many subjects passed, failed, only reminded, could not be judged.

    `gaps` counts judgements that not even their subjects were known of: there may be more than was seen.
    `reasons` are why subjects could not be judged, the most frequent first, each with how often.
    A check that is asked of the unit and met nothing to judge has only zeros.
    """

    unit: str
    check: str
    passed: int = 0
    failed: int = 0
    warned: int = 0
    inconclusive: int = 0
    not_applicable: int = 0
    gaps: int = 0
    trial: bool = False
    reasons: tuple[tuple[str, int], ...] = ()

    @property
    def silent(self) -> bool:
        """Whether there was nothing to judge at all."""
        return not (self.passed or self.failed or self.warned or self.inconclusive or self.not_applicable)


@dataclass(frozen=True, slots=True, kw_only=True)
class ByHand:
    """A line of a scheme that binds a unit and that no check answers: people enter it."""

    unit: str
    scheme: str
    line: Indicator


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Everything about some units, in the registry's order."""

    covered: tuple[Covered, ...] = ()
    by_hand: tuple[ByHand, ...] = ()
    units: Mapping[str, str] = field(default_factory=dict)


def coverage(
    units: Sequence[Unit],
    verdicts: Iterable[Verdict],
    asked: Iterable[Question],
    schemes: Sequence[Scheme],
) -> Coverage:
    """What the verdicts of a run cover of the units, given what was asked and the schemes in force."""
    by_unit: dict[tuple[str, str], list[Verdict]] = {}
    for verdict in verdicts:
        by_unit.setdefault((verdict.subject.unit, verdict.check), []).append(verdict)
    questions = tuple(asked)
    found: list[Covered] = []
    for unit in units:
        wanted = {q.check.id for q in _asked_of(unit, questions)}
        judged = {check for code, check in by_unit if code == unit.code}
        counted = {q.check.id for q in _asked_of(unit, questions) if not q.on_trial}
        found += [
            _covered(unit.code, check, by_unit, trial=check in wanted - counted)
            for check in sorted(wanted | judged)
        ]
    return Coverage(
        covered=tuple(found),
        by_hand=tuple(
            ByHand(unit=u.code, scheme=s, line=line) for u in units for s, line in _lines(u, schemes)
        ),
        units={unit.code: unit.name for unit in units},
    )


def _asked_of(unit: Unit, questions: Iterable[Question]) -> list[Question]:
    return [each for each in questions if not each.categories or unit.category in each.categories]


def _covered(
    unit: str, check: str, by_unit: Mapping[tuple[str, str], Sequence[Verdict]], *, trial: bool
) -> Covered:
    verdicts = by_unit.get((unit, check), ())
    outcomes = [verdict.outcome for verdict in verdicts]
    broken = [outcome for outcome in outcomes if isinstance(outcome, Violation)]
    warned = sum(outcome.severity == "warning" for outcome in broken)
    unclear = [outcome.reason for outcome in outcomes if isinstance(outcome, Inconclusive)]
    known = all_checks().get(check)
    return Covered(
        unit=unit,
        check=check,
        passed=sum(isinstance(outcome, Pass) for outcome in outcomes),
        failed=len(broken) - warned,
        warned=warned,
        inconclusive=len(unclear),
        not_applicable=sum(isinstance(outcome, NotApplicable) for outcome in outcomes),
        gaps=sum(verdict.subject.key == WHOLE_TARGET for verdict in verdicts),
        trial=trial or (known.trial if known else False),
        reasons=tuple(Counter(map(_kind_of, unclear)).most_common(MOST_REASONS)),
    )


def _kind_of(reason: str) -> str:
    """A reason without the address it ends with: the same trouble of many pages is one reason."""
    head, mark, tail = reason.rpartition("（")
    return head if mark and tail.endswith("）") and "://" in tail else reason


def _lines(unit: Unit, schemes: Iterable[Scheme]) -> Iterable[tuple[str, Indicator]]:
    for scheme in schemes:
        for line in scheme.lines_for(unit.category):
            if not line.asks:
                yield scheme.id, line
