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
        ("1周前", datetime(2026, 6, 23, 2, 0, tzinfo=CHINA)),
        (1782354600000000, datetime(2026, 6, 25, 2, 30, tzinfo=UTC)),
        ("/Date(1782354600000)/", datetime(2026, 6, 25, 2, 30, tzinfo=UTC)),
        ("20260625", datetime(2026, 6, 25, tzinfo=CHINA)),
        ("20260625103000", datetime(2026, 6, 25, 10, 30, tzinfo=CHINA)),
        ("2026-06-25 10:30:00.0", datetime(2026, 6, 25, 10, 30, tzinfo=CHINA)),
        ("2026-06-25T10:30:00+0800", datetime(2026, 6, 25, 10, 30, tzinfo=CHINA)),
        ("2026-06-25T02:30:00Z", datetime(2026, 6, 25, 2, 30, tzinfo=UTC)),
        ("2026-06-25 02:30:00 UTC", datetime(2026, 6, 25, 2, 30, tzinfo=UTC)),
        ("2026-06-25 10:30:00 +0800", datetime(2026, 6, 25, 10, 30, tzinfo=CHINA)),
        ("2026/6/25 10:30", datetime(2026, 6, 25, 10, 30, tzinfo=CHINA)),
        ("2026.06.25 10:30:00", datetime(2026, 6, 25, 10, 30, tzinfo=CHINA)),
        ("2026年6月25日 上午10:30", datetime(2026, 6, 25, 10, 30, tzinfo=CHINA)),
        ("2026年6月25日 下午3:20", datetime(2026, 6, 25, 15, 20, tzinfo=CHINA)),
        ("2026年06月25日 星期四 10时30分", datetime(2026, 6, 25, 10, 30, tzinfo=CHINA)),
        ("2026年6月25日 10:30 北京时间", datetime(2026, 6, 25, 10, 30, tzinfo=CHINA)),
        ("Thu, 25 Jun 2026 10:30:00 +0800", datetime(2026, 6, 25, 10, 30, tzinfo=CHINA)),
        ("Thu, 25 Jun 2026 10:30:00 CST", datetime(2026, 6, 25, 10, 30, tzinfo=CHINA)),
        ("Thu, 25 Jun 2026 10:30:00", datetime(2026, 6, 25, 10, 30, tzinfo=CHINA)),
        ("25 Jun 2026 10:30", datetime(2026, 6, 25, 10, 30, tzinfo=CHINA)),
        ("Thu, 25 June 2026 02:30:00 GMT", datetime(2026, 6, 25, 2, 30, tzinfo=UTC)),
        ("Thu Jun 25 10:30:00 CST 2026", datetime(2026, 6, 25, 10, 30, tzinfo=CHINA)),
        ("Thu Jun 25 2026 10:30:00 GMT+0800 (中国标准时间)", datetime(2026, 6, 25, 10, 30, tzinfo=CHINA)),
        ("星期四, 25 六月 2026 10:30:00 +0800", datetime(2026, 6, 25, 10, 30, tzinfo=CHINA)),
        ("周四, 25 6月 2026 10:30:00 +0800", datetime(2026, 6, 25, 10, 30, tzinfo=CHINA)),
        ("Jun 25, 2026", datetime(2026, 6, 25, tzinfo=CHINA)),
        ("发布于 2026-06-25 10:30", datetime(2026, 6, 25, 10, 30, tzinfo=CHINA)),
    ],
)
def test_reads_written_forms(value: object, expected: datetime) -> None:
    assert read_instant(value, NOW) == expected


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        "",
        "近期",
        "02-30",
        0,
        "13-45",
        "2026-13-45",
        float("inf"),
        float("nan"),
        -1,
        "0001-01-01",
        "9" * 99,
        "99999999999天前",
        "Thu, 99 Foo 2026",
    ],
)
def test_gives_none_for_what_is_no_instant(value: object) -> None:
    assert read_instant(value, NOW) is None
