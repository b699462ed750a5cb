"""What a scheme answers of itself: whom a line binds, what a grade admits, which days a year has."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from domain.unit import UnitCategory
from schemes.model import Catalogue, Grade, Head, Indicator, Method, Period, Pool, Scheme
from schemes.rules import EnteredVeto

COUNTY, TOWN = UnitCategory.COUNTY, UnitCategory.TOWNSHIP


def line(no: str, *categories: UnitCategory) -> Indicator:
    return Indicator(
        no=no, group="甲", title="乙", standard="丙", basis="丁", method=Method.ONLINE, applies_to=categories
    )


SCHEME = Scheme(
    head=Head(id="s", name="某办法", basis="某发〔2026〕1号"),
    pools=(Pool(id="a", title="甲"), Pool(id="b", title="乙")),
    indicators=(line("1"), line("2", COUNTY), line("3", TOWN)),
    catalogues=(Catalogue(name="县区", categories=(COUNTY,)), Catalogue(name="乡镇", categories=(TOWN,))),
)


def test_a_line_binds_the_kinds_of_unit_it_names_or_all() -> None:
    assert [found.no for found in SCHEME.lines_for(COUNTY)] == ["1", "2"]
    assert [found.no for found in SCHEME.lines_for(TOWN)] == ["1", "3"]
    assert [found.no for found in SCHEME.lines_for(UnitCategory.DEPARTMENT)] == ["1"]


def test_a_line_without_rules_is_scored_by_hand() -> None:
    assert line("1").by_hand
    assert not replace(line("1"), rules=(EnteredVeto(name="甲"),)).by_hand


def test_units_are_ranked_in_their_catalogue() -> None:
    assert [SCHEME.catalogue_of(kind) for kind in (COUNTY, TOWN, UnitCategory.DEPARTMENT)] == [
        "县区",
        "乡镇",
        "",
    ]


def test_lines_and_pools_by_name() -> None:
    assert SCHEME.indicator("2") is SCHEME.indicators[1]
    assert SCHEME.pool("b") is SCHEME.pools[1]
    with pytest.raises(KeyError, match="'9'"):
        SCHEME.indicator("9")
    with pytest.raises(KeyError, match="'c'"):
        SCHEME.pool("c")


def test_a_scheme_is_called_with_the_document_that_sets_it() -> None:
    assert (SCHEME.id, SCHEME.name) == ("s", "某办法")
    assert SCHEME.full_name == "某办法（某发〔2026〕1号）"
    assert replace(SCHEME, head=Head(id="s", name="某办法", basis="某办法")).full_name == "某办法"


@pytest.mark.parametrize(
    ("grade", "words", "admitted"),
    [
        (Grade(name="优", at_least=Decimal(90)), "优（90分及以上）", [False, True, True]),
        (Grade(name="优", above=Decimal(90)), "优（高于90分）", [False, False, True]),
        (Grade(name="差"), "差", [True, True, True]),
    ],
)
def test_a_grade_begins_at_its_bound_or_above_it(grade: Grade, words: str, admitted: list[bool]) -> None:
    assert grade.words == words
    assert [grade.admits(Decimal(score)) for score in ("89.99", "90", "90.01")] == admitted


def test_the_days_of_a_year() -> None:
    assert Period().dates(2026) == (date(2026, 1, 1), date(2026, 12, 31))
    over = Period(first="12-01", last="11-30")
    assert over.dates(2026) == (date(2025, 12, 1), date(2026, 11, 30))
    one = Period(first="05-01", last="05-01")
    assert one.dates(2026) == (date(2026, 5, 1), date(2026, 5, 1))
    with pytest.raises(ValueError, match="day is out of range"):
        Period(last="02-30").dates(2026)


def test_the_end_of_february_is_its_last_day() -> None:
    for last, year, end in (
        ("02-28", 2028, date(2028, 2, 29)), ("02-28", 2026, date(2026, 2, 28)),
        ("02-27", 2028, date(2028, 2, 27)), ("03-28", 2028, date(2028, 3, 28)),
    ):  # fmt: skip
        assert Period(first="01-01", last=last).dates(year)[1] == end


def test_the_year_that_a_day_is_assessed_in() -> None:
    assert Period().year_of(date(2026, 12, 31)) == 2026
    over = Period(first="12-01", last="11-30")
    assert [over.year_of(date(2026, 11, 30)), over.year_of(date(2026, 12, 1))] == [2026, 2027]
    assert Period(first="05-01", last="05-01").year_of(date(2026, 5, 1)) == 2026
    part = Period(first="03-01", last="10-31")
    assert [part.year_of(date(2026, 1, 1)), part.year_of(date(2026, 12, 1))] == [2026, 2026]
