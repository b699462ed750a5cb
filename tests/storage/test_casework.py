"""The decision by itself, over every state: what was not seen never changes a case."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.finding import TRANSITIONS, CaseState
from domain.outcome import Inconclusive, NotApplicable
from storage.casework import Standing, Step, next_occurrence, step
from tests.storage.builders import NIGHT, PASSED, violation

moments = st.integers(0, 400).map(lambda days: NIGHT + timedelta(days=days))


@st.composite
def standings(draw: st.DrawFn) -> Standing:
    """Any case there may be."""
    state = draw(st.sampled_from(CaseState))
    first, last = sorted([draw(moments), draw(moments)])
    mended = state in {CaseState.RECTIFIED, CaseState.CLOSED} or (
        state is CaseState.DISMISSED and draw(st.booleans())
    )
    until = draw(st.none() | moments) if state is CaseState.EXEMPTED else None
    return Standing(
        id="F1",
        occurrence=draw(st.integers(1, 5)),
        state=state,
        first_seen=first,
        last_seen=last,
        mended_at=draw(moments) if mended else None,
        until=until,
    )


@given(standing=st.none() | standings(), now=moments)
def test_what_was_not_judged_never_changes_anything(standing: Standing | None, now: datetime) -> None:
    assert step(standing, Inconclusive(reason="超时"), now) is Step.NOTHING
    assert step(standing, NotApplicable(reason="免检"), now) is Step.NOTHING


@given(standing=standings(), now=moments)
def test_the_program_takes_only_steps_that_people_may_take(standing: Standing, now: datetime) -> None:
    if step(standing, PASSED, now) is Step.MEND and standing.state is not CaseState.DISMISSED:
        assert CaseState.RECTIFIED in TRANSITIONS[standing.state]
    if step(standing, violation(), now) is Step.REOPEN:
        assert CaseState.DETECTED in TRANSITIONS[standing.state]


@given(standing=st.none() | standings(), now=moments)
def test_a_violation_is_always_recorded_and_a_new_number_means_a_new_case(
    standing: Standing | None, now: datetime
) -> None:
    decision = step(standing, violation(), now)
    assert decision in {Step.OPEN, Step.SEE, Step.REOPEN}
    number = next_occurrence(standing, now)
    assert (decision is Step.OPEN) == (standing is None or number == standing.occurrence + 1)


@given(standing=standings(), now=moments)
def test_a_subject_that_is_gone_is_treated_as_a_pass(standing: Standing, now: datetime) -> None:
    assert step(standing, None, now) is step(standing, PASSED, now)
