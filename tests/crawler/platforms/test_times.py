"""Instants as platforms write them."""

from datetime import UTC, datetime

import pytest

from crawler.platforms.times import read_instant
from domain.observation import CHINA

NOW = datetime(2026, 6, 30, 2, 0, tzinfo=CHINA)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2026-06-25T10:30:00+08:00", datetime(2026, 6, 25, 10, 30, tzinfo=CHINA)),
        ("2026-06-25 10:30", datetime(2026, 6, 25, 10, 30, tzinfo=CHINA)),
        ("2026年6月25日", datetime(2026, 6, 25, tzinfo=CHINA)),
        ("Thu, 25 Jun 2026 02:30:00 GMT", datetime(2026, 6, 25, 2, 30, tzinfo=UTC)),
        ("Thu Jun 25 10:30:00 +0800 2026", datetime(2026, 6, 25, 10, 30, tzinfo=CHINA)),
        (1782354600, datetime(2026, 6, 25, 2, 30, tzinfo=UTC)),
        (1782354600000, datetime(2026, 6, 25, 2, 30, tzinfo=UTC)),
        ("1782354600", datetime(2026, 6, 25, 2, 30, tzinfo=UTC)),
        ("昨天 12:05", datetime(2026, 6, 29, 12, 5, tzinfo=CHINA)),
        ("3小时前", datetime(2026, 6, 29, 23, 0, tzinfo=CHINA)),
        ("06-25", datetime(2026, 6, 25, tzinfo=CHINA)),
        ("12-31", datetime(2025, 12, 31, tzinfo=CHINA)),
    ],
)
def test_reads_written_forms(value: object, expected: datetime) -> None:
    assert read_instant(value, NOW) == expected


@pytest.mark.parametrize("value", [None, True, "", "近期", "02-30", 0, "13-45", "2026-13-45", float("inf")])
def test_gives_none_for_what_is_no_instant(value: object) -> None:
    assert read_instant(value, NOW) is None
