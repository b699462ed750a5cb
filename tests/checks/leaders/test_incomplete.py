from dataclasses import replace

import pytest

from checks.leaders.incomplete import CHECK, PARTICULAR_TITLES, Params
from domain.outcome import Inconclusive, Pass, Violation
from tests.observations import judged, only, particulars, seen, site_observation, unseen, url

ALL = set(PARTICULAR_TITLES)


def of(*pages, complete=True):
    return site_observation(leaders=seen(pages, complete=complete))


def test_page_with_all_nine_passes() -> None:
    assert len(ALL) == 9
    assert isinstance(only(CHECK, of(particulars("ld/1.html", ALL))), Pass)


@pytest.mark.parametrize("name", list(PARTICULAR_TITLES))
def test_each_particular_is_owed(name: str) -> None:
    outcome = only(CHECK, of(particulars("ld/1.html", ALL - {name})))
    assert isinstance(outcome, Violation)
    assert outcome.observed["missing"] == [name]
    assert PARTICULAR_TITLES[name] in outcome.summary
    assert outcome.url == url("ld/1.html")


def test_page_read_in_part_or_not_at_all_is_inconclusive() -> None:
    page = particulars("ld/1.html", ())
    assert isinstance(only(CHECK, of(replace(page, stated=unseen()))), Inconclusive)
    assert isinstance(
        only(CHECK, of(replace(page, stated=seen(frozenset({"name"}), complete=False)))), Inconclusive
    )
    assert isinstance(judged(CHECK, of(complete=False))["*"], Inconclusive)


def test_a_scheme_may_ask_for_less() -> None:
    page = particulars("ld/1.html", {"name", "duties"})
    assert isinstance(only(CHECK, of(page), Params(required=("name", "duties"))), Pass)
