"""How right a check is, by what people decided of its findings."""

from datetime import timedelta

import pytest

from domain.finding import CaseState
from storage.accuracy import Reviewed
from storage.store import Store
from tests.storage.builders import NIGHT, begin, verdict


def decide(store: Store, *decisions: tuple[str, tuple[CaseState, ...]], check: str = "column.stale") -> None:
    """Opens a case a subject and takes it through the states."""
    run = begin(store)
    verdicts = [verdict(check=check, subject=f"http://127.0.0.1:8101/{name}") for name, _ in decisions]
    store.take_in(run.id, "s01", verdicts, {}, NIGHT)
    ids = {finding.subject: finding.id for finding in store.findings(check=check)}
    for name, states in decisions:
        for number, state in enumerate(states):
            store.review(
                ids[f"http://127.0.0.1:8101/{name}"],
                state,
                by="张三",
                reason="核实",
                at=NIGHT + timedelta(hours=number + 1),
            )


def test_nobody_decided_anything(store: Store) -> None:
    decide(store, ("a", ()))
    assert store.reviewed() == {}


def test_the_last_decision_of_each_case_counts(store: Store) -> None:
    yes, no, back = CaseState.CONFIRMED, CaseState.DISMISSED, CaseState.DETECTED
    decide(
        store,
        ("a", (yes,)),
        ("b", (yes, CaseState.NOTIFIED)),
        ("c", (no,)),
        ("d", (yes, no)),
        ("e", (no, back, yes)),
        ("f", (CaseState.EXEMPTED,)),
        ("g", ()),
    )
    found = store.reviewed()
    assert found == {"column.stale": Reviewed(check="column.stale", confirmed=3, dismissed=2)}
    assert found["column.stale"].accuracy == pytest.approx(0.6)
    assert Reviewed(check="x").accuracy is None
