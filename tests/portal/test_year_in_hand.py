"""Where no year is named the portal shows the scheme's own, as the commands do."""

from dataclasses import replace

import pytest

from schemes.model import Period
from tests.portal.city import City

SCHEME = "changshu-2020"


@pytest.mark.parametrize(("first", "last", "year"), [("01-01", "12-31", 2026), ("06-01", "05-31", 2027)])
def test_the_year_is_that_of_the_schemes_period(
    standing: City, monkeypatch: pytest.MonkeyPatch, first: str, last: str, year: int
) -> None:
    office = standing.office
    assert (office.as_of().year, office.as_of().month) == (2026, 6)
    turned = replace(office.schemes[SCHEME], period=Period(first=first, last=last))
    monkeypatch.setitem(office.schemes, SCHEME, turned)
    assert (office.year(turned), office.year()) == (year, year)
    page = standing.visitor("supervisor").get(f"/assessment?scheme={SCHEME}")
    assert page.status_code == 200
    assert f"{year}年度" in page.text or f'value="{year}"' in page.text
    assert f'value="{year}"' in standing.visitor("supervisor").get("/records/enter").text
