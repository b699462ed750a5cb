"""Errands done one by one, as workers do them: twice counts once, a lost fence counts for nothing."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from domain.outcome import Inconclusive
from evidence.verify import verify
from govwatch import clock
from sample.city import AS_OF, CITY
from sample.server import Running, serve
from scheduler import errands
from scheduler.enqueuing import request_of
from scheduler.errands import GIVEN_UP, BusyError, Desk, Errand, carry_out, first_errands
from scheduler.request import ScanRequest
from scheduler.sealing import verify_all
from scheduler.targets import FencedStore
from storage.faults import StoreError
from storage.leases import FenceError, Lease
from storage.registry import load
from storage.runs import Run
from storage.store import Store

SITE = "s03"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with serve(CITY, folder=tmp_path_factory.mktemp("city")) as running:
        yield running


@pytest.fixture
def store(tmp_path: Path) -> Iterator[FencedStore]:
    with FencedStore.open(tmp_path) as opened:
        yield opened


@pytest.fixture
def run(city: Running, store: FencedStore) -> Run:
    """A run of one site."""
    return store.begin_run(
        load(city.registry_path),
        as_of=AS_OF,
        started=clock.now(),
        program="t",
        targets=[("site", SITE)],
        options={"delay": "0", "screenshots": False},
    )


def desk(data: Path, **changes: Any) -> Desk:
    def request(run: Run, store: Store) -> ScanRequest:
        registry = store.registry(run.id)
        common = ScanRequest(
            registry=registry, data=data, as_of=run.as_of, clock=clock.now, program="t",
            networks=("127.0.0.0/8",), browser="/nowhere",
        )  # fmt: skip
        return replace(request_of(run, registry, common), **changes)

    return Desk(request=request, holder="甲机/1", lease_s=30.0)


def test_a_run_from_its_first_errand_to_its_last(store: FencedStore, run: Run, tmp_path: Path) -> None:
    (first,) = first_errands(store, run)
    assert first == Errand(kind="site", run=run.id, target=SITE)
    done = carry_out(first, desk(tmp_path), store)
    assert done.then == (Errand(kind="finish", run=run.id),)
    assert store.pending(run.id) == [("site", SITE)]
    again = carry_out(first, desk(tmp_path), store)
    assert (again.words, again.then) == ("本轮已判定", done.then)
    carry_out(done.then[0], desk(tmp_path), store)
    assert store.run(run.id).state == "done"
    findings = store.findings()
    assert findings
    assert {len(store.sightings(one.id)) for one in findings} == {1}
    assert carry_out(first, desk(tmp_path), store).words == "该轮次已经结束"
    assert store.findings() == findings
    assert store.held_leases() == []
    assert verify_all(store, tmp_path).ok is True
    assert not (tmp_path / "attempts" / run.id).exists()
    assert not (tmp_path / "staged" / run.id).exists()


def test_a_site_that_another_works_at_is_left_to_him(store: FencedStore, run: Run, tmp_path: Path) -> None:
    assert store.grant_lease(f"site/{SITE}", "乙机/7", timedelta(minutes=5)) is not None
    with pytest.raises(BusyError, match="另一进程"):
        carry_out(first_errands(store, run)[0], desk(tmp_path), store)
    assert store.pending(run.id) == [("site", SITE)]


def test_what_a_lost_fence_brings_is_not_kept(
    store: FencedStore, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between judging and putting aside, the target is given to another."""
    asked = errands.failing_controls

    def given_away(request: ScanRequest) -> list[str]:
        lease = store.lease
        assert lease is not None
        store.release_lease(lease)
        assert isinstance(store.grant_lease(lease.name, "乙机/7", timedelta(minutes=5)), Lease)
        return asked(request)

    monkeypatch.setattr(errands, "failing_controls", given_away)
    with pytest.raises(FenceError):
        carry_out(first_errands(store, run)[0], desk(tmp_path), store)
    assert not list((tmp_path / "staged").rglob("*.pickle"))
    assert not list((tmp_path / "runs" / run.id / "sites").glob("*.jsonl"))
    assert store.findings() == []
    assert [one.holder for one in store.held_leases()] == ["乙机/7"]


def test_what_failed_too_often_is_put_on_record_and_accuses_nobody(
    store: FencedStore, run: Run, tmp_path: Path
) -> None:
    (first,) = first_errands(store, run)
    done = carry_out(first, desk(tmp_path), store, give_up=True)
    assert done.words == GIVEN_UP
    carry_out(done.then[0], desk(tmp_path), store)
    assert store.findings() == []
    outcomes = store.outcomes(run.id)
    assert outcomes
    assert all(isinstance(one.outcome, Inconclusive) for one in outcomes)
    assert store.run(run.id).state == "done"


def test_a_night_whose_control_sites_fail_is_held_back(
    store: FencedStore, city: Running, tmp_path: Path
) -> None:
    dead = "http://127.0.0.1:9/"
    registry = replace(load(city.registry_path), control_sites=(dead,))
    run = store.begin_run(
        registry, as_of=AS_OF, started=clock.now(), program="t", targets=[("site", SITE)],
        options={"delay": "0", "screenshots": False},
    )  # fmt: skip
    done = carry_out(first_errands(store, run)[0], desk(tmp_path), store)
    carry_out(done.then[0], desk(tmp_path), store)
    assert store.findings() == []
    assert any(dead in hold.reason for hold in store.holds(run=run.id))
    assert verify(tmp_path).ok is True


def test_another_version_of_the_program_keeps_off(store: FencedStore, run: Run, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="同一版本"):
        carry_out(first_errands(store, run)[0], desk(tmp_path, program="t2"), store)


def test_it_waits_until_nobody_has_the_folder_alone(store: FencedStore, run: Run, tmp_path: Path) -> None:
    from storage.lock import DataLock

    alone = DataLock(tmp_path, "清理佐证")
    alone.hold()
    came_to: list[str] = []
    work = threading.Thread(
        target=lambda: came_to.append(
            carry_out(first_errands(store, run)[0], desk(tmp_path), store, give_up=True).words
        )
    )
    work.start()
    work.join(1.5)
    assert came_to == []
    alone.release()
    work.join(30)
    assert came_to == [GIVEN_UP]
