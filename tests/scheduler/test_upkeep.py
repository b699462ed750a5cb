"""The watch over the nights: what did not run, what claims to run for ever, letters that never arrive."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from domain.observation import CHINA
from scheduler.desk import NightStore, Place
from scheduler.nights import perform
from scheduler.office import Means, Night
from scheduler.sites import gate_of
from scheduler.terms import SETTING, terms_kept
from scheduler.upkeep import watch
from storage.nights import DONE, FAILED
from storage.people import Act
from storage.postbox import DEAD, Delivery, Message
from tests.storage.builders import REGISTRY

NOON = datetime(2026, 3, 3, 12, 0, tzinfo=CHINA)
"""A Tuesday; the night was due at one."""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[NightStore]:
    with NightStore.open(tmp_path) as made:
        act = Act(at=NOON, who="t", act="registry")
        made.keep_registry(REGISTRY, "", "测试", NOON, act)
        begun = NOON - timedelta(days=1)
        made.end_job(made.begin_job("scan", begun, begun), begun, DONE, "")
        yield made


def night(store: NightStore, data: Path, at: datetime = NOON) -> Night:
    place = Place(data=data, clock=lambda: at, program="t")
    return Night(
        place=place, store=store, registry=REGISTRY, terms=terms_kept(store), means=Means(), now=at, due=at
    )


def told(store: NightStore) -> list[str]:
    return [one.item["what"] for one in store.notices()]


def test_a_night_that_claims_to_run_for_ever_did_not_run(store: NightStore, tmp_path: Path) -> None:
    began = NOON.replace(hour=1)
    line = store.begin_job("scan", began, began)  # its process died with the database away
    watch(night(store, tmp_path, NOON.replace(hour=9)))
    assert told(store) == []
    watch(night(store, tmp_path))
    [words] = told(store)
    assert "夜间巡检没有运行：03月03日 01:00" in words
    store.end_job(line, NOON, FAILED, "")
    watch(night(store, tmp_path))
    assert len(told(store)) == 1


def test_a_dead_address_is_told_once_a_day(store: NightStore, tmp_path: Path) -> None:
    store.end_job(store.begin_job("scan", NOON, NOON), NOON, DONE, "")
    for number in range(3):
        letter = Message(
            fingerprint=f"f{number}", unit="", recipient="运行值守", level="operator", channel="mail",
            shown_address="duty@city.example", day=NOON.date(), urgent=True, subject="s", body="b",
            created=NOON,
        )  # fmt: skip
        [made] = store.post([letter], [], NOON)
        store.note_delivery(Delivery(message=made.number, at=NOON, ok=False, answer="拒绝"), DEAD, None)
        watch(night(store, tmp_path))
    assert len(told(store)) == 1
    assert "没有送达（duty@city.example）" in told(store)[0]


def test_a_new_city_without_a_scan_is_no_trouble_and_a_full_disk_is(
    store: NightStore, tmp_path: Path
) -> None:
    store.end_job(store.begin_job("scan", NOON, NOON), NOON, DONE, "")
    set_terms(store, disk_free_gb=0)
    assert "还没有完成过巡检" not in watch(night(store, tmp_path))
    set_terms(store, disk_free_gb=10_000)
    assert "空间不足" in watch(night(store, tmp_path))


def set_terms(store: NightStore, **terms: object) -> None:
    store.keep_setting(SETTING, terms, "t", NOON, Act(at=NOON, who="t", act="settings"))


def test_a_hold_follows_the_settings(store: NightStore, tmp_path: Path) -> None:
    set_terms(store, held_share=0.9, held_least=7, held_nights=3)

    class Scan:
        def __init__(self) -> None:
            self.store = store

    gate = gate_of(Scan())  # type: ignore[arg-type]
    assert (gate.tolerance.share, gate.tolerance.least, gate.most_nights) == (0.9, 7, 3)


def test_what_was_paused_runs_when_a_person_asks(store: NightStore, tmp_path: Path) -> None:
    place = Place(data=tmp_path, clock=lambda: NOON, program="t")
    store.pause_job("health", paused=True)
    assert perform(place, "health", Means(), due=NOON).outcome == "skipped"
    store.ask_job("health", "王", NOON)
    assert perform(place, "health", Means(), due=NOON).outcome == DONE
    assert perform(place, "health", Means(), due=NOON).outcome == "skipped"
