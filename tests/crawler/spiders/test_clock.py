"""The crawl's clock and its night window."""

from datetime import UTC, datetime, time, timedelta, timezone
from time import monotonic

import pytest

from crawler.spiders.clock import RunClock

CHINA = timezone(timedelta(hours=8))
START = datetime(2026, 6, 30, 15, 30, tzinfo=UTC)


def test_it_runs_on_from_where_it_was_set() -> None:
    clock = RunClock(START, since=monotonic() - 3600)
    assert timedelta(hours=1) <= clock.now() - START < timedelta(hours=1, minutes=5)
    assert RunClock(START).now() >= START


@pytest.mark.parametrize(
    ("window", "within"),
    [
        (None, True),
        ((time(23), time(6)), True),
        ((time(22), time(23)), False),
        ((time(9), time(17)), False),
        ((time(0), time(23, 59)), True),
        ((time(6), time(23)), False),
    ],
)
def test_the_night_window_is_local_and_may_pass_midnight(
    window: tuple[time, time] | None, within: bool
) -> None:
    assert RunClock(START).within(window, CHINA) is within
