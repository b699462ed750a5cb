"""Accounts whose posts say what must not be said, among posts that only look so."""

from datetime import datetime, time

from sample.accounts import shapes
from sample.accounts.making import FRESH, OPEN, Entry, feed, in_json, made, name_of, unit_of, xml
from sample.accounts.posts import SamplePost, diary
from sample.moment import CHINA, days_ago
from sample.truth import Expected, Plant, trap

_STATE, _COURT, _PARTY = "热烈庆祝中华人民共合国成立", "市人民检查院开放日预告", "学习中国共产觉章程"


def _post(number: int, age: int, title: str, text: str) -> SamplePost:
    at = datetime.combine(days_ago(age), time(11, 5), CHINA)
    return SamplePost(number=number, title=title, text=text, at=at)


def _with(code: str, *more: SamplePost) -> tuple[SamplePost, ...]:
    posts = (*diary(unit_of(code), FRESH), *more)
    return tuple(sorted(posts, key=lambda post: post.at, reverse=True))


def _at(account: str, number: int) -> str:
    return f"=@@media@@/{account}/{number}.html"


def _named(check: str, account: str, number: int, why: str, **observed: str) -> Plant:
    return Plant(check=check, at=_at(account, number), why=why, observed=observed)


def _innocent(check: str, account: str, number: int, why: str) -> Plant:
    return trap(check, _at(account, number), why, Expected.PASS)


def entries() -> tuple[Entry, ...]:
    """Three accounts, each with three slips and two posts that only look like slips."""
    return (_wordings(), _numbers(), _marks())


def _wordings() -> Entry:
    posts = _with(
        "U03",
        _post(9101, 5, f"{_STATE}", "各界群众参加升旗仪式。"),
        _post(9102, 12, _COURT, "欢迎市民预约参观。"),
        _post(9103, 40, "主题党日", f"全体党员{_PARTY}，交流心得。"),
        _post(9104, 6, "公文写作小课堂", "“中华人民共合国”应为“中华人民共和国”，校对时请留意。"),
        _post(9105, 8, "机动车检查院落划分通知", "车管所检查院内停车位已重新划分。"),
    )
    body = shapes.rss(name_of("U03"), OPEN, posts, "a44")
    return made(
        "a44",
        "U03",
        "toutiao",
        feed("a44", "xml"),
        {"/a44.xml": xml(body)},
        "头条号，三条推文有严重表述错误",
        _named("media.wording", "a44", 9101, "标题把国名写错", found="中华人民共合国"),
        _named("media.wording", "a44", 9102, "标题把检察院写错"),
        _named("media.wording", "a44", 9103, "正文把党名写错"),
        _innocent("media.wording", "a44", 9104, "推文正在指出这个错误"),
        _innocent("media.wording", "a44", 9105, "“检查院落”不是写错的检察院"),
    )


def _numbers() -> Entry:
    rows = "；".join(
        f"{name}，联系电话1990000{n}" for name, n in (("赵晓岚", 1101), ("钱思远", 1102), ("孙子涵", 1103))
    )
    posts = _with(
        "U10",
        _post(9201, 4, "读书节抽奖结果", "中奖者周文斌，身份证号码11010519491231002X，请来领奖。"),
        _post(9202, 9, "演出退票说明", "票款已退至银行卡号6222021100012345671，请查收。"),
        _post(9203, 20, "夏令营录取名单公示", f"现将录取名单公示如下：\n{rows}。"),
        _post(9204, 7, "读书节抽奖补录", "中奖者吴敏，身份证号码1101051949****002X，请来领奖。"),
        _post(9205, 10, "展览咨询方式", "主办单位统一社会信用代码11320581014166012H，咨询电话0000-8810010。"),
    )
    body = shapes.json_feed(name_of("U10"), OPEN, posts, "a45")
    return made(
        "a45",
        "U10",
        "douyin",
        feed("a45", "json"),
        {"/a45.json": in_json(body)},
        "抖音号，三条推文公开了个人号码",
        _named("media.privacy", "a45", 9201, "公开了身份证号", kind="identity_number"),
        _named("media.privacy", "a45", 9202, "公开了银行卡号", kind="bank_card"),
        _named("media.privacy", "a45", 9203, "名单公开了手机号", kind="mobile_number"),
        _innocent("media.privacy", "a45", 9204, "号码中间已遮盖"),
        _innocent("media.privacy", "a45", 9205, "信用代码和办公电话可以公开"),
    )


def _marks() -> Entry:
    posts = _with(
        "U08",
        _post(9301, 4, "工作通知", "秘密★3年\n关于开展春耕督查的通知\n各科室："),
        _post(9302, 11, "机密★长期", "会议材料，请阅。"),
        _post(9303, 30, "应急方案", "绝密★\n关于某项应急工作的方案"),
        _post(9304, 6, "保密小课堂", "国家秘密的标志由密级、★和保密期限组成，例如“机密★10年”。"),
        _post(9305, 9, "★五星农家乐名单★", "经评审，五家农家乐评为★★★★★级，商业秘密依法保护。"),
    )
    body = shapes.atom(name_of("U08"), OPEN, posts, "a46")
    return made(
        "a46",
        "U08",
        "weibo",
        feed("a46", "xml"),
        {"/a46.xml": xml(body)},
        "微博，三条推文带有密级标志",
        _named("media.secret-mark", "a46", 9301, "正文开头标有“秘密★3年”", mark="秘密★3年"),
        _named("media.secret-mark", "a46", 9302, "标题就是“机密★长期”", mark="机密★长期"),
        _named("media.secret-mark", "a46", 9303, "正文开头标有“绝密★”", mark="绝密★"),
        _innocent("media.secret-mark", "a46", 9304, "保密宣传举例"),
        _innocent("media.secret-mark", "a46", 9305, "★是星级，“商业秘密”不是密级"),
    )
