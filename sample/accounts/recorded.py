"""Accounts on video and news platforms that people record by hand."""

from datetime import date

from sample.accounts import shapes
from sample.accounts.making import FRESH, OPEN, XUNWU, Entry, made, unit_of
from sample.accounts.posts import diary, without
from sample.moment import days_ago
from sample.truth import fault


def entries() -> tuple[Entry, ...]:
    """Accounts on video platforms that people record by hand."""
    old = shapes.recorded_yaml(OPEN, diary(unit_of("U08"), days_ago(41)), "a21")
    few = shapes.recorded_csv(diary(unit_of("U09"), FRESH, readings=2), "a22")
    gaps = without(
        diary(unit_of("U20"), FRESH),
        date(2025, 8, 12),
        date(2025, 9, 16),
        date(2025, 9, 19),
        date(2025, 10, 17),
    )
    short = shapes.recorded_yaml(OPEN, gaps, "a23")
    return (
        made(
            "a21",
            "U08",
            "douyin",
            {"type": "file", "path": "a21.yaml"},
            {},
            "抖音号，人工登记，41天没有更新",
            fault("media.stale", "=a21", "最新一条在41天前", age_days=41),
            files={"a21.yaml": old},
        ),
        made(
            "a22",
            "U09",
            "toutiao",
            {"type": "file", "path": "a22.csv"},
            {},
            "头条号，人工登记，去年解读太少",
            fault(
                "media.few-interpretations", "=a22", "去年只有2次政策解读", schemes=XUNWU, count=2, required=5
            ),
            files={"a22.csv": few},
        ),
        made(
            "a23",
            "U20",
            "douyin",
            {"type": "file", "path": "a23.yaml"},
            {},
            "抖音号，去年8至10月有三周不足两条",
            fault("media.too-few", "=a23", "去年8至10月有三周不足两条", schemes=XUNWU),
            files={"a23.yaml": short},
        ),
    )
