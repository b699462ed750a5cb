"""What is said of the program's own health, from measures alone."""

import shutil
from collections import namedtuple
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from storage.leases import Holding
from storage.measures import Measures
from storage.store import Store
from storage.vitals import Vital, vitals
from tests.storage.builders import NIGHT, REGISTRY

Usage = namedtuple("Usage", "total used free")
TERABYTE = 10**12


@pytest.fixture
def measures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Measures:
    """Of a store in which all is well."""
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(TERABYTE, 0, TERABYTE // 2))
    with Store.open(tmp_path) as store:
        run = store.begin_run(REGISTRY, as_of=NIGHT, started=NIGHT, program="t")
        store.end_run(run.id, NIGHT)
        return store.measure()


def amiss(data: Path, measures: Measures, hours: float = 1) -> dict[str, Vital]:
    return {one.name: one for one in vitals(data, measures, NIGHT + timedelta(hours=hours)) if not one.ok}


def test_all_is_well(tmp_path: Path, measures: Measures) -> None:
    assert amiss(tmp_path, measures) == {}


def test_a_night_that_did_not_come_is_told(tmp_path: Path, measures: Measures) -> None:
    assert amiss(tmp_path, measures, 36) == {}
    assert "37 小时前" in amiss(tmp_path, measures, 37)["last-run"].words
    assert "还没有" in amiss(tmp_path, replace(measures, last=None))["last-run"].words


@pytest.mark.parametrize("free", [10**9, TERABYTE // 50])
def test_a_disk_that_fills_up_is_told(
    tmp_path: Path, measures: Measures, free: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(TERABYTE, 0, free))
    found = amiss(tmp_path, measures)
    assert found.keys() == {"disk"}
    assert found["disk"].ready


def test_work_that_stands_still_is_told(tmp_path: Path, measures: Measures) -> None:
    beat = measures.at - timedelta(hours=1)
    held = Holding(name="site/s01", fence=3, holder="甲机/12", taken_at=beat, beat_at=beat)
    assert "甲机/12" in amiss(tmp_path, replace(measures, holdings=(held,)))["workers"].words
    alive = replace(held, beat_at=measures.at)
    assert amiss(tmp_path, replace(measures, holdings=(alive,))) == {}


def test_failed_jobs_are_told(tmp_path: Path, measures: Measures) -> None:
    assert "2 项" in amiss(tmp_path, replace(measures, queue={"failed": 2}))["queue"].words
    assert amiss(tmp_path, replace(measures, queue={"todo": 7})) == {}
