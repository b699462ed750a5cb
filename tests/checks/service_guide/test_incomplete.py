from dataclasses import replace

from checks.service_guide.incomplete import CHECK, ELEMENT_TITLES, Params
from domain.outcome import Inconclusive, Pass, Violation
from tests.observations import judged, only, particulars, seen, site_observation, unseen, url

ALL = list(ELEMENT_TITLES)


def of(*pages, complete=True):
    return site_observation(services=seen(pages, complete=complete))


def test_three_missing_kinds_pass_and_four_do_not() -> None:
    assert len(ALL) == 8
    assert isinstance(only(CHECK, of(particulars("bs/1.html", ALL))), Pass)
    assert isinstance(only(CHECK, of(particulars("bs/1.html", ALL[:5]))), Pass)
    outcome = only(CHECK, of(particulars("bs/1.html", ALL[:4])))
    assert isinstance(outcome, Violation)
    assert outcome.observed["missing"] == ALL[4:]
    assert outcome.url == url("bs/1.html")
    assert "缺少4项" in outcome.summary


def test_page_read_in_part_is_inconclusive_only_when_it_may_lack_four() -> None:
    page = particulars("bs/1.html", ())
    part = replace(page, stated=seen(frozenset(ALL[:4]), complete=False))
    enough = replace(page, stated=seen(frozenset(ALL[:5]), complete=False))
    assert isinstance(only(CHECK, of(part)), Inconclusive)
    assert isinstance(only(CHECK, of(enough)), Pass)
    assert isinstance(only(CHECK, of(replace(page, stated=unseen()))), Inconclusive)
    assert isinstance(judged(CHECK, of(complete=False))["*"], Inconclusive)


def test_the_scheme_sets_how_many() -> None:
    page = particulars("bs/1.html", ALL[:7])
    assert isinstance(only(CHECK, of(page), Params(least_missing=1)), Violation)
