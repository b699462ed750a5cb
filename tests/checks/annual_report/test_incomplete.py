import pytest

from checks.annual_report.incomplete import CHECK, SECTION_TITLES
from domain.outcome import Inconclusive, Pass, Violation
from tests.observations import judged, only, report, seen, site_observation, unseen, url


def of(*reports, complete=True):
    return site_observation(reports=seen(reports, complete=complete))


def test_report_with_all_six_sections_passes() -> None:
    assert len(SECTION_TITLES) == 6
    assert isinstance(only(CHECK, of(report())), Pass)


@pytest.mark.parametrize("section", list(SECTION_TITLES))
def test_each_section_is_owed(section: str) -> None:
    outcome = only(CHECK, of(report(sections=seen(frozenset(SECTION_TITLES) - {section}))))
    assert isinstance(outcome, Violation)
    assert outcome.observed == {"missing": [section], "year": 2025}
    assert SECTION_TITLES[section] in outcome.summary
    assert outcome.url == url("nb/2025.html")


def test_earlier_years_and_other_units_are_not_judged() -> None:
    empty = seen(frozenset())
    observation = of(report(2024, sections=empty), report(sections=empty, unit=""))
    assert judged(CHECK, observation) == {}


def test_report_that_could_not_be_read_is_inconclusive() -> None:
    assert isinstance(only(CHECK, of(report(sections=unseen()))), Inconclusive)
    part = report(sections=seen(frozenset({"overview"}), complete=False))
    assert isinstance(only(CHECK, of(part)), Inconclusive)
    assert isinstance(judged(CHECK, site_observation(reports=unseen()))["*"], Inconclusive)
