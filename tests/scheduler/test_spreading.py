"""Sites of a night begin at their slots, not before; a scan broken off goes on by the slots it had."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from scheduler.jobs import scan
from scheduler.progress import Fetching, Judged, Progress
from scheduler.request import ScanRequest
from scheduler.slots import SLOTS, Timetable, timetable_of
from storage.store import Store
from tests.scheduler.farm import COLUMNS, Town, farm, registry_of

BEGINS = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)

pytestmark = pytest.mark.slow


class BrokenOffError(Exception):
    """The test's own end of a scan."""


@dataclass
class Night:
    """A night whose clock is set on whenever a site is done: nobody waits for slots in a test."""

    data: Path
    towns: dict[str, Town]
    now: datetime = BEGINS
    stop_after: int = 99
    judged: list[tuple[str, datetime]] = field(default_factory=list)
    visited: list[dict[str, int]] = field(default_factory=list)

    def clock(self) -> datetime:
        return self.now

    def tell(self, event: Progress) -> None:
        if isinstance(event, Judged):
            self.judged.append((event.target, self.now))
            self.visited.append({name: len(town.visits) for name, town in self.towns.items()})
            self.now += HOUR
            if len(self.judged) == self.stop_after:
                raise BrokenOffError

    def scan(self, starts: dict[str, datetime], **options: Any) -> None:
        table = Timetable(
            begins=BEGINS, until=BEGINS + 5 * HOUR, starts=starts, ends=BEGINS + 4 * HOUR, at_once=2
        )
        request = ScanRequest(
            registry=registry_of(self.towns), data=self.data, as_of=BEGINS, clock=self.clock, program="t",
            screenshots=False, delay=0, networks=("127.0.0.0/8",), timetable=table, **options,
        )  # fmt: skip
        scan(request, self.tell)


@pytest.fixture
def night(tmp_path: Path) -> Iterator[Night]:
    towns = {name: Town(newest={key: date(2026, 2, 27) for key in COLUMNS}) for name in "abc"}
    with farm(towns):
        yield Night(data=tmp_path, towns=towns)


def slots(order: str) -> dict[str, datetime]:
    return {name: BEGINS + HOUR * number for number, name in enumerate(order)}


def test_each_site_is_begun_at_its_slot(night: Night) -> None:
    night.scan(slots("cab"))
    assert night.judged == [("c", BEGINS), ("a", BEGINS + HOUR), ("b", BEGINS + 2 * HOUR)]
    first, second, third = night.visited
    assert (first["a"], first["b"], second["b"]) == (0, 0, 0)
    assert third["b"] > 5


def test_a_night_broken_off_goes_on_by_the_slots_it_had(night: Night) -> None:
    night.stop_after = 1
    with pytest.raises(BrokenOffError):
        night.scan(slots("cab"))
    before = dict(night.visited[0])
    night.stop_after = 99
    night.scan(slots("bca"))  # reckoned anew it would be another order
    assert [name for name, _ in night.judged] == ["c", "a", "b"]
    assert night.judged[2][1] >= BEGINS + 2 * HOUR
    assert len(night.towns["c"].visits) == before["c"]
    with Store.open(night.data) as store:
        [run] = store.runs()
        kept = timetable_of(run.options[SLOTS])
    assert run.state == "done"
    assert kept is not None
    assert kept.starts == slots("cab")


def test_sites_of_one_host_are_not_walked_at_once(night: Night) -> None:
    """Both are due at once, but they share a host, which is asked by one process at a time."""
    town = night.towns["a"]
    night.towns["b"].address = town.address  # b's pages lie on a's host
    told: list[str] = []

    def tell(event: Progress) -> None:
        if isinstance(event, Fetching):
            told.append(event.site)
        night.tell(event)

    registry = registry_of({"a": town, "b": night.towns["b"]})
    table = Timetable(
        begins=BEGINS, until=BEGINS + HOUR, starts=dict.fromkeys("ab", BEGINS), ends=BEGINS + HOUR, at_once=2
    )
    request = ScanRequest(
        registry=registry, data=night.data, as_of=BEGINS, clock=night.clock, program="t", screenshots=False,
        delay=0, networks=("127.0.0.0/8",), timetable=table,
    )  # fmt: skip
    scan(request, tell)
    assert {name for name, _ in night.judged} == {"a", "b"}
    changes = sum(one != other for one, other in pairwise(told))
    assert changes == 1, told
