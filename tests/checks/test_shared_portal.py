"""Whom a portal is judged for, and when nothing can be said to be missing."""

from checks.shared_portal import declared_kinds, judged_units, unless_declared_here
from domain.outcome import Inconclusive
from domain.target import ColumnKind
from tests.observations import declared, site_observation, with_declared

GUIDE, NEWS, REPORT = ColumnKind.GUIDE, ColumnKind.NEWS, ColumnKind.ANNUAL_REPORT


def test_the_owner_comes_first_and_once() -> None:
    assert judged_units(site_observation(guests=("U02", "U01", "U03"))) == ("U01", "U02", "U03")


def test_columns_are_declared_here_or_on_another_site() -> None:
    site = with_declared(declared("a/", NEWS, "U02"), declared("b/", GUIDE))
    observation = site_observation(site=site, elsewhere={"U02": frozenset({REPORT})})
    assert declared_kinds("U02", observation) == {NEWS, REPORT}
    assert declared_kinds("U01", observation) == {GUIDE}
    assert declared_kinds("U03", observation) == frozenset()


def test_a_guest_without_a_declared_disclosure_column_cannot_lack_one() -> None:
    site = with_declared(declared("a/", NEWS, "U02"))
    here = site_observation(site=site)
    assert isinstance(unless_declared_here("U02", here), Inconclusive)
    assert unless_declared_here("U01", here) is None
    there = site_observation(site=site, elsewhere={"U02": frozenset({REPORT})})
    assert unless_declared_here("U02", there) is None
