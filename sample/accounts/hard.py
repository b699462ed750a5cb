"""Accounts whose sources are hard to read: dead bridges, closed doors, odd charsets, pages of apps."""

from datetime import date

from sample.accounts import shapes
from sample.accounts.making import FRESH, OPEN, XUNWU, Entry, feed, made, name_of, rss_of, unit_of, xml
from sample.accounts.posts import diary, pinned
from sample.model import Answer
from sample.moment import days_ago
from sample.truth import Expected, fault, trap

UID = 7699010044
_CONTAINER = f"/api/container/getIndex?type=uid&value={UID}"


def entries() -> tuple[Entry, ...]:
    """Accounts whose sources are hard to read."""
    return (*_by_number(), *_bridged(), *_apps(), *_odd_feeds(), *_lives())


def _by_number() -> tuple[Entry, ...]:
    posts = diary(unit_of("U20"), days_ago(18))
    lure = pinned(unit_of("U20"), days_ago(2), "置顶：欢迎关注")
    name = name_of("U20")
    pages = {
        _CONTAINER: shapes.weibo_profile(name, UID),
        f"{_CONTAINER}&containerid=107603{UID}": shapes.weibo(name, OPEN, (lure, *posts[:10]), UID, 4990),
        f"{_CONTAINER}&containerid=107603{UID}&since_id=4990": shapes.weibo(name, OPEN, posts[10:19], UID),
    }
    return (
        made(
            "a64",
            "U20",
            "weibo",
            {"type": "weibo", "uid": str(UID), "base_url": "@@media@@"},
            {path: Answer(body=body, content_type="application/json") for path, body in pages.items()},
            "微博，只登记了用户编号，置顶之外18天没有更新",
            fault("media.stale", "=a64", "置顶之外最新一条在18天前", age_days=18),
            trap("media.few-interpretations", "=a64", "只看得到两页", Expected.INCONCLUSIVE, schemes=XUNWU),
        ),
    )


def _bridged() -> tuple[Entry, ...]:
    """Two accounts and a control behind a bridge that has not fetched anything for twenty days."""
    rows = []
    for account, code, days, more in (
        ("a65", "U12", 21, {}),
        ("a66", "U14", 22, {}),
        ("c01", "U00", 20, {"control": True}),
    ):
        posts = diary(unit_of(code), days_ago(days))[:20]
        body = shapes.bridge(name_of(code), OPEN, posts, account)
        plants = (
            ()
            if more
            else (trap("media.stale", f"={account}", "对照账号同样停更，是桥坏了", Expected.INCONCLUSIVE),)
        )
        rows.append(
            made(
                account,
                code,
                "wechat",
                {"type": "rss", "url": f"@@bridge@@/feeds/{account}.json"},
                {f"@@bridge@@/feeds/{account}.json": Answer(body=body, content_type="application/json")},
                "对照账号，天天更新的外地大号" if more else "订阅号，转接服务已停摆",
                *plants,
                kind="subscription",
                more=more,
                name="邻市发布" if more else "",
            )
        )
    return tuple(rows)


def _apps() -> tuple[Entry, ...]:
    shop = (
        "<!DOCTYPE html><html><head><meta charset='utf-8'><title>云溪通</title></head><body><h1>云溪通</h1>"
        "<p>版本：V3.2.1</p><p>更新时间：2026年05月12日</p>"
        "<p><a href='https://dl.yunxi.example/yxt_3.2.1.apk'>安全下载</a></p></body></html>"
    )
    off = (
        "<!DOCTYPE html><html><head><meta charset='utf-8'><title>应用商店</title></head>"
        "<body><p>很抱歉，您访问的应用已下架。</p></body></html>"
    )
    shell = "<!DOCTYPE html><html><body><div id='app'></div><script src='/a.js'></script></body></html>"

    def one(account: str, code: str, page: str, about: str, *plants: object) -> Entry:
        return made(
            account,
            code,
            "app",
            {"type": "app_page", "url": f"@@media@@/app/{account}"},
            {f"/app/{account}": Answer(body=page.encode())},
            about,
            *plants,  # type: ignore[arg-type]
        )

    return (
        one(
            "a67",
            "U00",
            shop,
            "客户端，商店页可以下载",
            trap("media.unavailable", "=a67", "可以下载", Expected.PASS),
            trap("media.stale", "=a67", "下载页看不出里面的更新", Expected.INCONCLUSIVE),
        ),
        one(
            "a68",
            "U40",
            off,
            "客户端已下架（商店页写明）",
            fault("media.unavailable", "=a68", "商店页写明已下架"),
        ),
        one(
            "a69",
            "U33",
            shell,
            "客户端，商店页由脚本生成",
            trap("media.unavailable", "=a69", "看不到不等于下架", Expected.INCONCLUSIVE),
        ),
    )


def _odd_feeds() -> tuple[Entry, ...]:
    whole = shapes.rss(name_of("U15"), OPEN, diary(unit_of("U15"), days_ago(19)), "a70")
    gbk = shapes.rss(name_of("U16"), OPEN, diary(unit_of("U16"), FRESH), "a71").decode()
    gbk = gbk.replace('encoding="UTF-8"', 'encoding="gb2312"')
    refused = Answer(status=429, body=b"Too Many Requests", headers=(("Retry-After", "3600"),))
    page = Answer(body="<!DOCTYPE html><html><body>请先登录</body></html>".encode())
    about = "原“云溪科技”账号已注销，请认准本号。欢迎留言互动。"
    closed = shapes.rss(
        name_of("U18"), "本账号已于2026年6月1日停止更新。", diary(unit_of("U18"), days_ago(29)), "a75"
    )
    unseen = Expected.INCONCLUSIVE
    return (
        made(
            "a70",
            "U15",
            "toutiao",
            feed("a70", "xml"),
            {"/a70.xml": xml(whole[: len(whole) // 2])},
            "头条号，信息源只传来一半",
            trap("media.stale", "=a70", "残缺的信息源不能说明没有更新", unseen),
        ),
        made(
            "a71",
            "U16",
            "kuaishou",
            feed("a71", "xml"),
            {"/a71.xml": Answer(body=gbk.encode("gb18030"), content_type="text/xml")},
            "快手号，信息源是国标码",
            trap("media.stale", "=a71", "三天前刚发布", Expected.PASS),
        ),
        made(
            "a72",
            "U01",
            "douyin",
            feed("a72", "xml"),
            {"/a72.xml": refused},
            "抖音号，信息源限流（429）",
            trap("media.stale", "=a72", "被限流看不到", unseen),
            trap("media.unavailable", "=a72", "被限流不等于账号没了", unseen),
        ),
        made(
            "a73",
            "U02",
            "douyin",
            feed("a73", "xml"),
            {"/a73.xml": page},
            "抖音号，信息源换成了登录页",
            trap("media.stale", "=a73", "登录页不是信息源", unseen),
        ),
        made(
            "a74",
            "U17",
            "wechat",
            feed("a74", "xml"),
            rss_of("a74", "U17", FRESH, about),
            "订阅号，简介说的是另一个已注销的账号",
            trap("media.unavailable", "=a74", "注销的是原来的账号", Expected.PASS),
            kind="subscription",
        ),
        made(
            "a75",
            "U18",
            "toutiao",
            feed("a75", "xml"),
            {"/a75.xml": xml(closed)},
            "头条号，简介写明已停止更新",
            fault("media.unavailable", "=a75", "简介写明本账号已停止更新"),
            trap("media.stale", "=a75", "账号已停，另行认定"),
        ),
    )


def _lives() -> tuple[Entry, ...]:
    late = shapes.recorded_yaml(OPEN, diary(unit_of("U19"), days_ago(25)), "a78").decode()
    until = f"checked_on: {days_ago(20).isoformat()}\n{late}".encode()
    return (
        made(
            "a76",
            "U50",
            "douyin",
            feed("a76", "xml"),
            rss_of("a76", "U50", days_ago(23)),
            "抖音号，登记为下月才注销",
            fault("media.stale", "=a76", "注销还没有生效，23天没有更新", age_days=23),
            state="closed",
            more={
                "state_since": date(2026, 7, 15).isoformat(),
                "state_by": "王敏",
                "state_note": "云网信〔2026〕9号",
            },
        ),
        made(
            "a77",
            "U13",
            "douyin",
            feed("a77", "xml"),
            rss_of("a77", "U13", days_ago(60)),
            "抖音号，已暂停",
            trap("media.stale", "=a77", "暂停期间不考核"),
            state="suspended",
            more={"state_since": date(2026, 5, 1).isoformat(), "state_by": "王敏"},
        ),
        made(
            "a78",
            "U19",
            "kuaishou",
            {"type": "file", "path": "a78.yaml"},
            {},
            "快手号，人工登记，20天前核查后没有人再看过",
            trap("media.stale", "=a78", "核查之日离上一条才5天，此后不知道", Expected.INCONCLUSIVE),
            files={"a78.yaml": until},
        ),
    )
