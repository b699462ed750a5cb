from dataclasses import replace

import pytest

from checks.organisation.incomplete import CHECK, PARTICULAR_TITLES
from domain.outcome import Inconclusive, Pass, Violation
from tests.observations import judged, only, particulars, seen, site_observation, unseen, url

ALL = set(PARTICULAR_TITLES)


def of(*pages, complete=True):
    return site_observation(organisations=seen(pages, complete=complete))


def test_column_with_all_five_passes() -> None:
    assert len(ALL) == 5
    assert isinstance(only(CHECK, of(particulars("jg/", ALL))), Pass)


@pytest.mark.parametrize("name", list(PARTICULAR_TITLES))
def test_each_particular_is_owed(name: str) -> None:
    outcome = only(CHECK, of(particulars("jg/", ALL - {name})))
    assert isinstance(outcome, Violation)
    assert outcome.observed["missing"] == [name]
    assert outcome.url == url("jg/")


def test_pages_not_seen_are_inconclusive() -> None:
    page = particulars("jg/", ())
    assert isinstance(only(CHECK, of(replace(page, stated=unseen()))), Inconclusive)
    assert isinstance(only(CHECK, of(replace(page, stated=seen(frozenset(), complete=False)))), Inconclusive)
    assert isinstance(judged(CHECK, of(complete=False))["*"], Inconclusive)
