"""The property that matters most: blind us in any way, and no new violation appears."""

from dataclasses import dataclass, field
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from checks.catalogue import all_checks
from checks.content.terms import Lexicon, Term
from checks.runner import ask
from domain.check import AnyCheck, Question
from domain.limit import Limit
from domain.observation import Observation
from domain.outcome import Violation
from domain.target import ColumnKind
from tests.blinding import blind
from tests.checks.rich import accounts, dealings, sites

STATE = Lexicon((Term(wrong="中华人民共合国", right="中华人民共和国", severity="serious"),))

PARAMS: dict[str, Any] = {
    "column.stale": {
        "limits": {ColumnKind.NEWS: Limit(days=14), ColumnKind.NOTICES: Limit(months=6)},
        "every_disclosure_column": Limit(months=6),
    },
    "content.wording": {"lexicon": STATE},
    "media.wording": {"lexicon": STATE},
}
"""Parameters of checks that judge nothing by their defaults."""

NEED_MORE_THAN_CHANCE: frozenset[str] = frozenset()
"""Checks whose violations chance does not draw; each has a blindness test of its own."""

SITE_CHECKS = [check for check in all_checks().values() if check.of == "site"]
ACCOUNT_CHECKS = [check for check in all_checks().values() if check.of == "account"]

pytestmark = pytest.mark.filterwarnings("ignore::hypothesis.errors.HypothesisWarning")
"""A failing example is a whole site: hypothesis warns of its length."""

SETTINGS = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    phases=(Phase.generate,),
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)


def question_of(check: AnyCheck) -> Question:
    return Question(check=check, params=check.params(**PARAMS.get(check.id, {})), indicators=("test/1",))


def violations(checks: list[AnyCheck], observation: Observation) -> set[tuple[str, str, str]]:
    """What is violated; a crash of a check fails the test."""
    found = set()
    for judgement in ask(map(question_of, checks), observation):
        assert not judgement.crash, judgement.crash
        if isinstance(judgement.outcome, Violation):
            subject = judgement.subject
            found.add((judgement.question.check.id, subject.unit, subject.key))
    return found


def names(checks: list[AnyCheck]) -> list[str]:
    return [check.id for check in checks]


@dataclass(frozen=True)
class Drawn:
    """An observation that does not print its thousands of words when a test fails."""

    observation: Any = field(repr=False)


def never_accused_blindly(
    checks: list[AnyCheck], strategy: st.SearchStrategy[Any], examples: int
) -> set[str]:
    """Runs the property; gives the ids of the checks that found a violation in what was drawn."""
    accused: set[str] = set()

    @settings(SETTINGS, max_examples=examples)
    @given(drawn=strategy.map(Drawn), seed=st.integers(0, 2**32))
    def prove(drawn: Drawn, seed: int) -> None:
        observation = drawn.observation
        found = violations(checks, observation)
        accused.update(check for check, _, _ in found)
        chance = Random(seed)
        for _ in range(4):
            assert violations(checks, blind(observation, chance.randrange)) <= found

    prove()
    return accused


def test_no_check_of_sites_accuses_for_what_it_did_not_see() -> None:
    accused = never_accused_blindly(SITE_CHECKS, sites(), 180)
    accused |= never_accused_blindly(SITE_CHECKS, dealings(), 180)
    accused |= never_accused_blindly(SITE_CHECKS, dealings(paired=True), 150)
    accused |= never_accused_blindly(SITE_CHECKS, dealings(prolonged=True), 60)
    assert accused >= {check.id for check in SITE_CHECKS} - NEED_MORE_THAN_CHANCE


def test_no_check_of_accounts_accuses_for_what_it_did_not_see() -> None:
    accused = never_accused_blindly(ACCOUNT_CHECKS, accounts(), 300)
    assert accused >= {check.id for check in ACCOUNT_CHECKS}
