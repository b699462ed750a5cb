"""Accounts elsewhere: closed, silent about themselves, without an entry, new, behind a broken source."""

from datetime import date

from sample.accounts import shapes
from sample.accounts.making import FRESH, OPEN, SHUT, XUNWU, Entry, feed, made, name_of, rss_of, unit_of, xml
from sample.accounts.posts import diary, without
from sample.model import Answer
from sample.moment import days_ago
from sample.truth import ANY, Expected, fault, trap


def entries() -> tuple[Entry, ...]:
    """Accounts elsewhere: closed, silent about themselves, without an entry, new, behind a broken source."""
    thin = shapes.rss(
        name_of("U10"),
        OPEN,
        without(diary(unit_of("U10"), FRESH, readings=4), date(2025, 8, 8), date(2025, 10, 21)),
        "a31",
    )
    five = shapes.rss(name_of("U32"), OPEN, diary(unit_of("U32"), FRESH, readings=5), "a37")
    new = shapes.rss(name_of("U33"), OPEN, diary(unit_of("U33"), days_ago(8), first=days_ago(9)), "a36")
    gap = without(diary(unit_of("U13"), FRESH, readings=0), date(2025, 9, 26))
    return (
        made(
            "a31",
            "U10",
            "kuaishou",
            feed("a31", "xml"),
            {"/a31.xml": xml(thin)},
            "快手号，去年解读和发布都不足",
            fault("media.few-interpretations", "=a31", "去年只有4次政策解读", schemes=XUNWU, count=4),
            fault("media.too-few", "=a31", "去年8至10月有两周不足两条", schemes=XUNWU),
        ),
        made(
            "a32",
            "U40",
            "app",
            feed("a32", "xml"),
            {"/a32.xml": Answer(status=404, body=b"Not Found")},
            "客户端已下架（404）",
            fault("media.unavailable", "=a32", "信息源答复账号已不存在（404）"),
        ),
        made(
            "a33",
            "U14",
            "toutiao",
            feed("a33", "xml"),
            {"/a33.xml": Answer(status=503, body=b"Service Unavailable")},
            "信息源坏了（503）",
            trap("media.stale", "=a33", "信息源返回503，看不到不等于没有更新", Expected.INCONCLUSIVE),
            trap("media.unavailable", "=a33", "信息源坏了不等于账号没了"),
        ),
        made(
            "a34",
            "U30",
            "kuaishou",
            feed("a34", "xml"),
            rss_of("a34", "U30", FRESH, SHUT),
            "快手号，自己写明没有互动",
            fault("media.no-interaction", "=a34", "简介和主页都写明没有互动"),
            profile="<h1>青岚街道发布</h1><p>暂未开通私信和咨询功能。</p>",
        ),
        made(
            "a35",
            "U50",
            "toutiao",
            feed("a35", "xml"),
            rss_of("a35", "U50", days_ago(33), ""),
            "头条号，已登记为停用",
            trap(ANY, ANY, "名录登记为已关停，不参加考核"),
            state="closed",
        ),
        made(
            "a36",
            "U33",
            "douyin",
            feed("a36", "xml"),
            {"/a36.xml": xml(new)},
            "新开的抖音号",
            trap("media.too-few", "=a36", "6月21日才开通，去年还没有", schemes=XUNWU),
            trap("media.few-interpretations", "=a36", "6月21日才开通，去年还没有", schemes=XUNWU),
            opened_on="2026-06-21",
        ),
        made(
            "a37",
            "U32",
            "toutiao",
            feed("a37", "xml"),
            {"/a37.xml": xml(five)},
            "头条号，去年解读恰好5次",
            trap("media.few-interpretations", "=a37", "恰好5次，够了", Expected.PASS, schemes=XUNWU),
        ),
        made(
            "a38",
            "U31",
            "weibo",
            feed("a38", "xml"),
            rss_of("a38", "U31", FRESH, SHUT),
            "微博，简介说没有互动，主页却有入口",
            trap("media.no-interaction", "=a38", "主页上有“我要留言”"),
            profile='<h1>柳湾镇发布</h1><p><a href="#ly">我要留言</a>　<a href="#zx">在线咨询</a></p>',
        ),
        made(
            "a39",
            "U17",
            "kuaishou",
            feed("a39", "xml"),
            rss_of("a39", "U17", FRESH, "科技创新资讯。"),
            "快手号，没有说有没有互动",
            trap("media.no-interaction", "=a39", "没有写明不等于没有"),
        ),
        made(
            "a40",
            "U18",
            "douyin",
            feed("a40", "xml"),
            rss_of("a40", "U18", FRESH, "商务资讯。评论区已关闭，不提供咨询。"),
            "抖音号，评论关闭",
            fault("media.no-interaction", "=a40", "简介和主页都写明评论关闭"),
            profile="<h1>商务局发布</h1><p>本账号评论已关闭。</p>",
        ),
        made(
            "a41",
            "U19",
            "other",
            feed("a41", "xml"),
            rss_of("a41", "U19", FRESH, "市容环境资讯，没有开通留言功能。"),
            "其他平台账号，没有开通留言",
            fault("media.no-interaction", "=a41", "简介和主页都写明没有留言功能"),
            profile="<h1>城管局发布</h1><p>暂不提供咨询和留言。</p>",
        ),
        made(
            "a42",
            "U13",
            "kuaishou",
            feed("a42", "xml"),
            {"/a42.xml": xml(shapes.rss(name_of("U13"), OPEN, gap, "a42"))},
            "快手号，去年没有解读",
            fault("media.too-few", "=a42", "去年9月有一周只有一条", schemes=XUNWU),
            fault("media.few-interpretations", "=a42", "去年没有一次政策解读", schemes=XUNWU, count=0),
        ),
        made(
            "a43",
            "U00",
            "app",
            feed("a43", "xml"),
            rss_of("a43", "U00", days_ago(2)),
            "市政府客户端，一切正常",
            trap("media.stale", "=a43", "两天前刚发布", Expected.PASS),
        ),
    )
