"""Scores reckoned piece by piece are those of the whole book; a decision reckons the units touched alone."""

from collections.abc import Collection
from datetime import date

import pytest

from domain.target import Registry
from portal.reckoner import Reckoner, Wanted
from schemes.book import Book
from schemes.scoring import assess
from storage.faults import StoreError
from storage.shares import Mark
from tests.portal.city import City
from tests.storage.builders import begin, night, verdict

DAY = date(2026, 6, 30)


class Watched:
    """The store, noting which units are read for."""

    def __init__(self, town: City) -> None:
        self.store = town.store
        self.read: list[Collection[str] | None] = []

    def score_mark(self) -> Mark:
        return self.store.score_mark()

    def touched_since(self, mark: Mark) -> tuple[set[tuple[str, str]], list[tuple[str, str]]]:
        return self.store.touched_since(mark)

    def book_of_units(
        self, year: int, as_of: date, registry: Registry, units: Collection[str] | None
    ) -> Book:
        self.read.append(units)
        return self.store.book_of_units(year, as_of, registry, units)


@pytest.fixture
def wanted(town: City) -> Wanted:
    """The scores of changshu-2020."""
    registry = town.office.registry()
    assert registry is not None
    return Wanted(scheme=town.office.schemes["changshu-2020"], year=2026, as_of=DAY, registry=registry)


def decide(town: City, case: str, to: str) -> None:
    form = {"to": to, "reason": "核实过了"}
    assert town.visitor("supervisor").post(f"/findings/{case}/decide", data=form).status_code == 303


def test_a_decision_reckons_its_unit_alone_and_comes_to_the_same(town: City, wanted: Wanted) -> None:
    watched = Watched(town)
    reckoner = Reckoner(watched)
    first = reckoner.reckoned(wanted)
    assert reckoner.reckoned(wanted) is first
    for case, to in ((town.case, "confirmed"), (town.foreign, "confirmed"), (town.case, "dismissed")):
        decide(town, case, to)
        ranking = reckoner.reckoned(wanted).ranking
        assert ranking == assess(wanted.scheme, town.store.book(2026, DAY, wanted.registry))
    assert watched.read == [None, {"U01"}, {"U02"}, {"U01"}]
    assert reckoner.reckoned(wanted).gaps["U01"][0].check == "column.empty"


def test_a_night_reckons_everybody(town: City, wanted: Wanted) -> None:
    watched = Watched(town)
    reckoner = Reckoner(watched)
    reckoner.reckoned(wanted)
    run = begin(town.store, 1)
    town.store.take_in(run.id, "s01", [verdict(check="column.empty")], {}, night(1))
    reckoner.reckoned(wanted)
    town.store.end_run(run.id, night(1))
    ranking = reckoner.reckoned(wanted).ranking
    assert watched.read == [None, {"U01"}, None]
    assert ranking == assess(wanted.scheme, town.store.book(2026, DAY, wanted.registry))


def test_what_takes_long_goes_on_without_the_page(town: City, wanted: Wanted) -> None:
    reckoner = Reckoner(Watched(town))
    with reckoner._lock:
        assert reckoner.soon(wanted, 0.01) is None
    found = reckoner.soon(wanted, 60)
    assert found is not None
    assert len(found.cards) == 2


def test_a_fault_of_the_store_reaches_whoever_waits(wanted: Wanted) -> None:
    class Broken(Watched):
        def __init__(self) -> None:
            pass

        def score_mark(self) -> Mark:
            raise StoreError("数据库打不开")

    with pytest.raises(StoreError, match="打不开"):
        Reckoner(Broken()).soon(wanted, 60)
