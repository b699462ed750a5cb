"""Accounts on Weibo, by its mobile JSON; only the latest dozen posts are in the answer."""

from datetime import date

from sample.accounts import shapes
from sample.accounts.making import OPEN, XUNWU, Entry, in_json, made, name_of, unit_of
from sample.accounts.posts import diary, pinned
from sample.moment import days_ago
from sample.truth import Expected, fault, trap


def entries() -> tuple[Entry, ...]:
    """Accounts on Weibo, by its mobile JSON; only the latest dozen posts are in the answer."""
    first = pinned(unit_of("U06"), date(2024, 5, 6), "置顶：办事指引")
    six = (first, *diary(unit_of("U06"), days_ago(1))[:12])
    lure = pinned(unit_of("U07"), days_ago(1), "欢迎关注我们")
    seven = (lure, *diary(unit_of("U07"), days_ago(29))[:12])
    return (
        made(
            "a11",
            "U06",
            "weibo",
            {"type": "weibo", "url": "@@media@@/weibo/a11", "base_url": "@@media@@"},
            {"/weibo/a11": in_json(shapes.weibo(name_of("U06"), OPEN, six, 7699010006))},
            "微博，置顶旧文，后面是昨天的新文",
            trap("media.stale", "=a11", "第一条是置顶旧文", Expected.PASS),
            trap("media.too-few", "=a11", "只看得到最近十二条，去年8至10月看不到", schemes=XUNWU),
            trap("media.few-interpretations", "=a11", "只看得到最近十二条", schemes=XUNWU),
        ),
        made(
            "a12",
            "U07",
            "weibo",
            {"type": "weibo", "url": "@@media@@/weibo/a12", "base_url": "@@media@@"},
            {"/weibo/a12": in_json(shapes.weibo(name_of("U07"), OPEN, seven, 7699010007))},
            "微博，只有置顶一条是新的",
            fault(
                "media.stale",
                "=a12",
                "置顶之外最新一条在29天前",
                newest=days_ago(29).isoformat(),
                age_days=29,
            ),
        ),
        made(
            "a13",
            "U11",
            "weibo",
            {"type": "weibo", "url": "@@media@@/weibo/a13", "base_url": "@@media@@"},
            {"/weibo/a13": in_json(shapes.weibo_closed())},
            "微博已注销",
            fault("media.unavailable", "=a13", "平台答复帐号已注销"),
        ),
        made(
            "a14",
            "U16",
            "weibo",
            {"type": "weibo", "url": "@@media@@/weibo/a14", "base_url": "@@media@@"},
            {"/weibo/a14": in_json(shapes.weibo_empty(name_of("U16"), 7699010016))},
            "微博接口返回成功却没有内容",
            trap("media.unavailable", "=a14", "没有内容不等于账号没了"),
            trap("media.stale", "=a14", "“成功但没有内容”是信息源的问题", Expected.INCONCLUSIVE),
        ),
    )
