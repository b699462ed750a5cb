"""Settings and the plan: defaults, refusals in words, times of day in China."""

from datetime import datetime, time, timedelta

import pytest

from domain.observation import CHINA
from scheduler.nights import WORK
from scheduler.plan import jobs_of, last_time, next_time, sites_at_once
from scheduler.terms import Terms, terms_of
from storage.faults import StoreError
from storage.nights import JOB_TITLES

NOON = datetime(2026, 6, 30, 12, 0, tzinfo=CHINA)  # a Tuesday


def test_every_job_has_a_plan_a_title_and_work() -> None:
    assert set(jobs_of(Terms())) == set(WORK) == set(JOB_TITLES)


@pytest.mark.parametrize(
    ("kept", "words"),
    [
        ({"nonsense": 1}, "没有名为“nonsense”"),
        ({"scan_at": "25:00"}, "应写成 01:30 的形式"),
        ({"probes_a_day": 5}, "20 到 288"),
        ({"dry_run": "yes"}, "写法不对"),
        ({"own_days": {"column.stale": 0}}, "写法不对"),
        ([], "一组“名称：值”"),
    ],
)
def test_what_makes_no_sense_is_refused(kept: object, words: str) -> None:
    with pytest.raises(StoreError, match=words):
        terms_of(kept)


def test_what_was_set_goes_before_the_defaults() -> None:
    terms = terms_of({"scan_at": "02:30", "operators": ["a@b.c"], "held_share": 0.7})
    assert (terms.scan_at, terms.operators, terms.held_share) == ("02:30", ("a@b.c",), 0.7)
    assert terms.window_hours == Terms().window_hours


def test_quiet_hours_may_pass_midnight() -> None:
    terms = Terms()
    assert [terms.quiet(time(hour)) for hour in (7, 8, 12, 19, 20, 23, 0)] == [
        True, False, False, False, True, True, True,
    ]  # fmt: skip
    assert Terms(quiet_from="12:00", quiet_until="14:00").quiet(time(13))


@pytest.mark.parametrize("probes", [20, 24, 48, 50, 96])
def test_there_are_at_least_as_many_probes_as_asked(probes: int) -> None:
    job = jobs_of(Terms(probes_a_day=probes))["probe"]
    at, count = NOON, 0
    while (coming := next_time(job, at)) is not None and coming <= NOON + timedelta(days=1):
        at, count = coming, count + 1
    assert count >= probes


def test_scan_and_full_walk_share_the_nights() -> None:
    jobs = jobs_of(Terms())
    days = []
    for name in ("scan", "walk"):
        at = NOON
        while (coming := next_time(jobs[name], at)) is not None and coming <= NOON + timedelta(days=7):
            at = coming
            days.append(coming.date())
    assert len(days) == len(set(days)) == 7


def test_when_a_job_came_last() -> None:
    job = jobs_of(Terms())["scan"]
    assert last_time(job, NOON, timedelta(hours=13)) == NOON.replace(hour=1)
    assert last_time(job, NOON, timedelta(hours=2)) is None


@pytest.mark.parametrize(("sites", "at_once"), [(1, 1), (15, 1), (16, 2), (300, 20), (100_000, 32)])
def test_sites_spread_over_the_window(sites: int, at_once: int) -> None:
    assert sites_at_once(sites, Terms()) == at_once
