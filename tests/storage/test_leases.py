"""Leases: one holder at a time, the newest fence alone counts, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import update

from storage.leases import FenceError, Lease, leases
from storage.store import Store
from tests.storage.builders import NIGHT, REGISTRY, verdict

LONG = timedelta(minutes=5)


def grown_old(store: Store, name: str) -> None:
    """As if the holder had given no sign of life for an hour."""
    with store.writing() as connection:
        row = connection.execute(leases.select().where(leases.c.name == name)).one()
        connection.execute(
            update(leases).where(leases.c.name == name).values(beat_at=row.beat_at - timedelta(hours=1))
        )


def test_a_target_has_one_holder(store: Store) -> None:
    first = store.grant_lease("site/s01", "甲", LONG)
    assert first == Lease(name="site/s01", fence=1)
    assert store.grant_lease("site/s01", "乙", LONG) is None
    assert store.grant_lease("site/s02", "乙", LONG) is not None
    assert [each.holder for each in store.held_leases()] == ["甲", "乙"]


def test_what_was_given_back_is_granted_anew_under_a_new_number(store: Store) -> None:
    first = store.grant_lease("site/s01", "甲", LONG)
    assert first is not None
    assert store.release_lease(first)
    second = store.grant_lease("site/s01", "乙", LONG)
    assert second is not None
    assert second.fence > first.fence
    assert not store.release_lease(first)
    assert not store.beat_lease(first)
    assert store.beat_lease(second)


def test_a_silent_holder_loses_the_target(store: Store) -> None:
    first = store.grant_lease("site/s01", "甲", LONG)
    assert first is not None
    grown_old(store, "site/s01")
    second = store.grant_lease("site/s01", "乙", LONG)
    assert second is not None
    assert not store.beat_lease(first)
    assert [each.holder for each in store.held_leases()] == ["乙"]


def test_many_at_once_get_one_grant(store: Store) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda n: store.grant_lease("site/s01", f"第{n}个", LONG), range(8)))
    assert len([lease for lease in found if lease is not None]) == 1


def test_results_of_a_lost_fence_change_nothing(store: Store) -> None:
    run = store.begin_run(REGISTRY, as_of=NIGHT, started=NIGHT, program="t")
    late = store.grant_lease("site/s01", "甲", LONG)
    assert late is not None
    grown_old(store, "site/s01")
    newest = store.grant_lease("site/s01", "乙", LONG)
    assert newest is not None
    with pytest.raises(FenceError, match="site/s01"):
        store.take_in(run.id, "s01", [verdict()], {}, NIGHT, lease=late)
    assert store.findings() == []
    assert ("site", "s01") in store.pending(run.id)
    assert store.take_in(run.id, "s01", [verdict()], {}, NIGHT, lease=newest).opened
    assert store.take_in(run.id, "s01", [verdict()], {}, NIGHT, lease=newest).already
    assert len(store.findings()) == 1


def test_the_store_tells_figures_of_itself(store: Store) -> None:
    run = store.begin_run(REGISTRY, as_of=NIGHT, started=NIGHT, program="t")
    assert store.grant_lease("site/s01", "甲", LONG) is not None
    before = store.measure()
    assert before.last is None
    assert before.runs == {"running": 1}
    assert [holding.name for holding in before.holdings] == ["site/s01"]
    store.take_in(run.id, "s01", [verdict()], {}, NIGHT)
    store.end_run(run.id, NIGHT)
    after = store.measure()
    assert after.last is not None
    assert after.findings == {("column.stale", "detected"): 1}
    assert after.outcomes == {"violation": 1}
    assert after.queue is None
    assert after.database_bytes
    assert store.pictures_of(run.id) == 0
