"""The weeks of probes come out of a store as they were made, and the check concludes what is planted."""

from dataclasses import replace
from pathlib import Path

import pytest

from checks.catalogue import all_checks
from checks.site.unreachable import CHECK
from domain.outcome import name_of
from sample.availability import PROBED_WEEKS, ProbedWeek, truths, visits
from sample.city import AS_OF, CITY
from sample.describe import tables
from sample.truth import Expected
from storage.probes import Probe
from storage.store import Store
from tests.observations import only, seen, site_observation

WEEKS = pytest.mark.parametrize("week", PROBED_WEEKS, ids=lambda week: week.site)


@WEEKS
def test_single_probes_make_up_the_week(week: ProbedWeek, tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        store.keep_probes([Probe(site=each.site, at=each.at, ok=each.ok) for each in visits(week)])
        kept = store.probe_series(week.site, AS_OF)
    assert kept == week.series


@WEEKS
def test_the_check_concludes_what_is_planted(week: ProbedWeek) -> None:
    observation = replace(site_observation(probes=seen(week.series)), as_of=AS_OF)
    assert name_of(only(CHECK, observation)) == week.expected


def test_every_check_has_three_faults_and_two_traps() -> None:
    planted = (*CITY.truths(), *truths(CITY.sites))
    for check in all_checks():
        mine = [truth for truth in planted if truth.check == check]
        faults = [truth for truth in mine if truth.expected is Expected.VIOLATION]
        assert len(faults) >= 3, check
        assert len(mine) - len(faults) >= 2, check
        assert f"| {check} |" in tables(CITY)
