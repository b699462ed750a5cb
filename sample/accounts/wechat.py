"""Subscriptions and services on WeChat, by way of feeds and of its own publishing API."""

from datetime import date, datetime

from sample.accounts import shapes
from sample.accounts.making import (
    FRESH,
    OPEN,
    XUNWU,
    Entry,
    feed,
    in_json,
    made,
    name_of,
    rss_of,
    unit_of,
    xml,
)
from sample.accounts.posts import diary, moved
from sample.model import Answer
from sample.moment import CHINA, days_ago
from sample.truth import Expected, fault, trap


def entries() -> tuple[Entry, ...]:
    """Subscriptions and services on WeChat, by way of feeds."""
    two = shapes.atom(name_of("U02"), OPEN, diary(unit_of("U02"), days_ago(16)), "a02")
    three = shapes.json_feed(name_of("U03"), OPEN, diary(unit_of("U03"), days_ago(14)), "a03")
    five = shapes.bridge(name_of("U05"), OPEN, diary(unit_of("U05"), days_ago(13)), "a05")
    edge = moved(diary(unit_of("U01"), FRESH), date(2025, 9, 16), datetime(2025, 9, 15, 0, 5, tzinfo=CHINA))
    edge = moved(edge, date(2025, 9, 19), datetime(2025, 9, 21, 23, 50, tzinfo=CHINA))
    one = shapes.atom(name_of("U01"), OPEN, edge, "a01")
    return (
        made(
            "a01",
            "U01",
            "wechat",
            feed("a01", "xml"),
            {"/a01.xml": xml(one)},
            "订阅号，一切正常",
            trap("media.stale", "=a01", "三天前刚发布", Expected.PASS),
            trap("media.too-few", "=a01", "一条在周一零时五分，一条在周日深夜，都在同一周", schemes=XUNWU),
            kind="subscription",
        ),
        made(
            "a02",
            "U02",
            "wechat",
            feed("a02", "xml"),
            {"/a02.xml": xml(two)},
            "订阅号，16天没有更新",
            fault("media.stale", "=a02", "最新一条在16天前", newest="2026-06-14", age_days=16),
            kind="subscription",
        ),
        made(
            "a03",
            "U03",
            "wechat",
            feed("a03", "json"),
            {"/a03.json": in_json(three)},
            "服务号，恰在14天前更新",
            trap("media.stale", "=a03", "服务号不受13天限制，14天当天仍在期限内"),
            kind="service",
        ),
        made(
            "a04",
            "U04",
            "wechat",
            feed("a04", "xml"),
            rss_of("a04", "U04", days_ago(14)),
            "订阅号，14天前更新，只越过13天的线",
            fault("media.stale", "=a04", "最新一条在14天前", schemes=XUNWU, age_days=14, limit_days=13),
            kind="subscription",
        ),
        made(
            "a05",
            "U05",
            "wechat",
            feed("a05", "json"),
            {"/a05.json": in_json(five)},
            "订阅号，恰在13天前更新",
            trap("media.stale", "=a05", "最新一条恰在13天前，仍在期限内", Expected.PASS),
            kind="subscription",
        ),
        made(
            "a06",
            "U12",
            "wechat",
            feed("a06", "xml"),
            {"/a06.xml": Answer(status=410, body=b"Gone")},
            "订阅号已注销（410）",
            fault("media.unavailable", "=a06", "信息源答复账号已不存在（410）"),
            trap("media.stale", "=a06", "账号已不在，谈不上更新"),
            kind="subscription",
        ),
        made(
            "a08",
            "U14",
            "wechat",
            feed("a08", "xml"),
            rss_of("a08", "U14", days_ago(20)),
            "服务号，20天没有更新",
            fault("media.stale", "=a08", "两周的规定也管服务号", age_days=20, limit_days=14),
            kind="service",
        ),
        made(
            "a07",
            "U15",
            "wechat",
            {
                "type": "wechat_api",
                "base_url": "@@media@@",
                "app_id": "wx99yunxi0015",
                "secret_env": "YUNXI_WX",
            },
            {
                "/cgi-bin/token": in_json(b'{"access_token": "sample-token", "expires_in": 7200}'),
                "/cgi-bin/freepublish/batchget": in_json(
                    shapes.wechat_published(diary(unit_of("U15"), FRESH)[:19], "a07")
                ),
            },
            "订阅号，要用单位自己的接口凭据才看得到",
            trap("media.stale", "=a07", "没有凭据就看不到，不是没有更新"),
            kind="subscription",
        ),
    )
