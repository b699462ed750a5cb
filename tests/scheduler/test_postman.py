"""Messages: one a unit and day, the urgent at once, quiet hours, climbing, new tries, dead letters."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from alerts.digest import Kind
from alerts.letter import Outlets
from domain.target import Registry
from domain.unit import Contact, Unit, UnitCategory
from scheduler.postman import OPERATIONS, Postman
from scheduler.terms import Terms
from storage.faults import StoreError
from storage.postbox import Notice
from storage.store import Store
from tests.alerts.receivers import Desk, http_desk

MORNING = datetime(2026, 6, 30, 1, 0, tzinfo=UTC)
"""Tuesday, nine o'clock in China."""


@pytest.fixture
def desk() -> Iterator[Desk]:
    with http_desk() as made:
        yield made


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path) as made:
        yield made


def postman(store: Store, desk: Desk, terms: Terms | None = None, **more: object) -> Postman:
    units = (
        Unit(
            code="U1",
            name="甲局",
            category=UnitCategory.DEPARTMENT,
            parent="U0",
            contacts=(Contact(name="李", channel=f"{desk.address}/li"),),
        ),
        Unit(
            code="U0",
            name="市政府",
            category=UnitCategory.COUNTY,
            contacts=(Contact(name="王", channel=f"{desk.address}/wang", leader=True),),
        ),
        Unit(code="U2", name="乙局", category=UnitCategory.DEPARTMENT),
    )
    values: dict = {"operators": (f"{desk.address}/duty",), **more}
    return Postman(
        store=store,
        registry=Registry(schemes=(), units=units),
        terms=terms or Terms(),
        outlets=Outlets(),
        **values,
    )


def notice(name: str, unit: str = "U1", level: int = 1, kind: Kind = Kind.NEW) -> Notice:
    item = {"what": f"甲件{name}", "level": level}
    return Notice(
        fingerprint=name, kind=kind.value, unit=unit, at=MORNING, urgent=kind is Kind.URGENT, item=item
    )


def paths(desk: Desk) -> list[str]:
    return [path for path, _, _ in desk.got]


def test_a_unit_gets_one_message_a_day_and_each_thing_once(store: Store, desk: Desk) -> None:
    man = postman(store, desk)
    assert store.note_notices([notice("a"), notice("b")]) == 2
    assert store.note_notices([notice("a")]) == 0
    man.post_digests(MORNING)
    man.deliver(MORNING)
    assert paths(desk) == ["/li"]
    assert desk.got[0][2]["text"].count("甲件") == 2
    store.note_notices([notice("c")])
    man.post_digests(MORNING + timedelta(hours=2))
    man.deliver(MORNING + timedelta(hours=2))
    assert paths(desk) == ["/li"]
    man.post_digests(MORNING + timedelta(days=1))
    man.deliver(MORNING + timedelta(days=1))
    assert paths(desk) == ["/li", "/li"]
    assert "甲件c" in desk.got[1][2]["text"]
    assert "甲件a" not in desk.got[1][2]["text"]


def test_matters_climb_to_the_leader_above_and_to_the_operators(store: Store, desk: Desk) -> None:
    man = postman(store, desk)
    store.note_notices([notice("a"), notice("b", level=2), notice("c", level=3)])
    man.post_digests(MORNING)
    man.deliver(MORNING)
    told = {path: body["text"].count("甲件") for path, _, body in desk.got}
    assert told == {"/li": 3, "/wang": 2, "/duty": 1}


def test_the_urgent_goes_at_once_even_at_night_and_the_rest_waits(store: Store, desk: Desk) -> None:
    man = postman(store, desk)
    night = MORNING.replace(hour=15)  # 23 o'clock in China
    store.note_notices([notice("a"), notice("b", level=3, kind=Kind.URGENT)])
    man.post_urgent(night)
    man.post_digests(night)
    man.deliver(night)
    assert sorted(paths(desk)) == ["/duty", "/li", "/wang"]
    assert all("甲件b" in body["text"] for _, _, body in desk.got)
    [waits] = store.messages(state="waiting")
    assert waits.next_at == datetime(2026, 7, 1, 0, 0, tzinfo=UTC)  # eight o'clock in China
    man.deliver(night + timedelta(hours=10))
    assert "甲件a" in desk.got[-1][2]["text"]


def test_no_digest_on_days_off(store: Store, desk: Desk) -> None:
    man = postman(store, desk)
    store.note_notices([notice("a")])
    saturday = MORNING + timedelta(days=4)
    assert man.post_digests(saturday) == []
    assert len(man.post_digests(saturday + timedelta(days=2))) == 1


def test_what_fails_is_tried_again_with_growing_pauses_and_then_given_up(store: Store, desk: Desk) -> None:
    man = postman(store, desk, Terms(most_tries=3, quiet_from="00:00", quiet_until="00:01"))
    store.note_notices([notice("a")])
    man.post_digests(MORNING)
    desk.answer(503, error="down")
    at, tries = MORNING, []
    for minute in range(60):
        man.deliver(MORNING + timedelta(minutes=minute))
        if len(desk.got) > len(tries):
            tries.append(minute)
    assert tries == [0, 1, 6]
    [dead] = store.messages(state="dead")
    assert [one.ok for one in store.deliveries([dead.number])[dead.number]] == [False] * 3
    desk.answer(200, errcode=0)
    store.retry_message(dead.number, at)
    assert man.deliver(MORNING + timedelta(hours=2)) == (1, 0)
    with pytest.raises(StoreError, match="不能重发"):
        store.retry_message(dead.number, at)


def test_a_refusal_for_good_is_dead_at_once(store: Store, desk: Desk) -> None:
    man = postman(store, desk)
    store.note_notices([notice("a")])
    man.post_digests(MORNING)
    desk.answer(404, error="gone")
    assert man.deliver(MORNING) == (0, 1)
    assert [one.state for one in store.messages()] == ["dead"]


def test_a_dry_run_sends_nothing_and_says_so(store: Store, desk: Desk) -> None:
    man = postman(store, desk, Terms(dry_run=True))
    store.note_notices([notice("a")])
    [made] = man.post_digests(MORNING)
    man.deliver(MORNING)
    assert desk.got == []
    assert store.messages()[0].state == "dry"
    assert "试运行" in store.deliveries([made.number])[made.number][0].answer


def test_who_cannot_be_reached_is_the_operators_matter(store: Store, desk: Desk) -> None:
    man = postman(store, desk)
    store.note_notices([notice("a", unit="U2"), notice("b", unit=OPERATIONS, level=3)])
    man.post_digests(MORNING)
    man.deliver(MORNING)
    assert paths(desk) == ["/duty", "/duty"]
    assert store.untold() == []


def test_a_unit_without_a_liaison_is_told_through_its_leader_or_the_operators(
    store: Store, desk: Desk
) -> None:
    units = (
        Unit(code="U0", name="市政府", category=UnitCategory.COUNTY,
             contacts=(Contact(name="王", channel=f"{desk.address}/wang", leader=True),)),
        Unit(code="U3", name="丙局", category=UnitCategory.DEPARTMENT, parent="U0"),
    )  # fmt: skip
    man = replace(postman(store, desk), registry=Registry(schemes=(), units=units))
    store.note_notices([notice("a", unit="U0"), notice("b", unit="U3"), notice("c", unit="gone")])
    man.post_digests(MORNING)
    man.deliver(MORNING)
    told = {(path, name) for path, _, body in desk.got for name in "abc" if f"甲件{name}" in body["text"]}
    assert told == {("/wang", "a"), ("/duty", "b"), ("/duty", "c")}
    store.note_notices([notice("d", unit="U3", level=2)])
    man.post_digests(MORNING + timedelta(days=1))
    man.deliver(MORNING + timedelta(days=1))
    assert paths(desk)[-2:] == ["/wang", "/duty"]


def test_without_anybody_to_tell_nothing_is_lost(store: Store, desk: Desk) -> None:
    man = postman(store, desk, operators=())
    store.note_notices([notice("a", unit="U2")])
    assert man.post_digests(MORNING) == []
    assert len(store.untold()) == 1


def test_no_key_is_kept_in_the_database(store: Store, desk: Desk) -> None:
    key = "693axxx6-7aoc-4bc4-97a0-0ec2sifa5aaa"
    man = postman(store, desk, operators=(f"wecombot://{key}", f"http://:geheim@{desk.address[7:]}/x"))
    store.note_notices([notice("b", unit=OPERATIONS, level=3)])
    man.post_digests(MORNING)
    shown = [one.shown_address for one in store.messages()]
    assert len(shown) == 2
    assert not any(key in one or "geheim" in one for one in shown)
