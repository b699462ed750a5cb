"""Runs: begun, taken up again, ended, looked back at."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from storage.faults import StoreError
from storage.store import Store, all_targets
from tests.storage.builders import NIGHT, REGISTRY, begin, night, verdict


def same(**changes: Any) -> dict[str, Any]:
    """What a run is begun and taken up with."""
    return {"as_of": NIGHT, "program": "govwatch 0.1.0", "schemes": {"changshu-2020": "ff"}} | changes


def test_a_run_keeps_what_it_was_begun_with(store: Store) -> None:
    run = store.begin_run(
        REGISTRY, started=NIGHT + timedelta(minutes=5), options={"jobs": 2, "only": ["s01"]}, **same()
    )
    assert run.id == "20260630-020500"
    assert (run.state, run.as_of, run.ended) == ("running", NIGHT, None)
    assert run.options == {"jobs": 2, "only": ["s01"]}
    assert run.schemes == {"changshu-2020": "ff"}
    assert store.registry(run.id) == REGISTRY
    assert store.pending(run.id) == [("site", "s01"), ("site", "s02"), ("account", "a01")]
    ended = store.end_run(run.id, night(1), {"pages": 9}, ["程序出错"])
    assert (ended.state, ended.ended) == ("done", night(1))
    assert (ended.counts, ended.problems) == ({"pages": 9}, ("程序出错",))


def test_two_runs_in_one_second_have_two_names(store: Store) -> None:
    assert [begin(store).id, begin(store).id] == ["20260630-020000", "20260630-020000-2"]


def test_an_interrupted_run_goes_on_where_it_stopped(store: Store) -> None:
    run = begin(store)
    store.take_in(run.id, "s01", [verdict()], {}, NIGHT)
    again = store.resume_run(REGISTRY, **same())
    assert again is not None
    assert (again.id, again.state) == (run.id, "running")
    assert store.pending(again.id) == [("site", "s02"), ("account", "a01")]


def test_an_abandoned_run_goes_on_too(store: Store) -> None:
    run = begin(store)
    begin(store, 1)
    assert store.run(run.id).state == "abandoned"
    again = store.resume_run(REGISTRY, **same())
    assert again is not None
    assert again.id == run.id


@pytest.mark.parametrize(
    "changes",
    [
        {"as_of": night(1)},
        {"program": "govwatch 0.2.0"},
        {"schemes": {"changshu-2020": "00"}},
        {"targets": [("site", "s01")]},
    ],
)
def test_another_question_is_another_run(store: Store, changes: dict[str, Any]) -> None:
    begin(store)
    assert store.resume_run(REGISTRY, **same(**changes)) is None


def test_another_registry_is_another_run(store: Store) -> None:
    begin(store)
    assert store.resume_run(replace(REGISTRY, accounts=()), **same()) is None


def test_a_finished_run_is_not_taken_up(store: Store) -> None:
    begin(store)
    done = begin(store)
    store.end_run(done.id, NIGHT)
    assert store.resume_run(REGISTRY, **same()) is None


def test_runs_alongside_leave_each_other_alone(store: Store) -> None:
    run = begin(store)
    store.begin_run(REGISTRY, started=night(1), alongside=True, **same())
    assert store.run(run.id).state == "running"


def test_the_last_run_is_the_last_finished_one(store: Store) -> None:
    assert store.last_run() is None
    with pytest.raises(StoreError, match="还没有巡检过"):
        store.run("last")
    first = begin(store, 0)
    assert store.run().id == first.id
    store.end_run(first.id, night(0))
    begin(store, 1)
    assert store.run("last").id == first.id
    assert [each.state for each in store.runs()] == ["running", "done"]


def test_an_unknown_run_is_refused_and_the_known_ones_named(store: Store) -> None:
    run = begin(store)
    with pytest.raises(StoreError, match=f"没有轮次“x”。最近的轮次有：{run.id}"):
        store.outcomes("x")


def test_instants_come_back_aware_in_utc(store: Store) -> None:
    local = datetime(2026, 6, 30, 2, 0, 0, 123456, tzinfo=timezone(timedelta(hours=8)))
    run = store.begin_run(REGISTRY, started=local, **same(as_of=local))
    assert run.as_of == local
    assert run.as_of.tzinfo is UTC


def test_a_naive_instant_is_a_mistake_of_ours(store: Store) -> None:
    with pytest.raises(Exception, match="needs a zone"):
        store.begin_run(REGISTRY, started=NIGHT.replace(tzinfo=None), **same())


def test_all_targets_are_sites_then_accounts() -> None:
    assert all_targets(REGISTRY) == [("site", "s01"), ("site", "s02"), ("account", "a01")]
