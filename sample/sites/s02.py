"""市教育局: the JCMS family (lists in CDATA); stale columns, a thin guide, a report cut short."""

from datetime import date

from sample.building import site_of
from sample.content import Column, Plan
from sample.healthy import healthy
from sample.looks import LOOKS
from sample.moment import days_ago, months_ago
from sample.obstacles import JIASULE
from sample.planting import dated, link, listing, note, without_link
from sample.prose import articles, pages
from sample.prose.report import report
from sample.truth import Expected, fault, trap
from sample.units import profiles

UNIT = profiles()["U02"]


def _column_folder(key: str) -> str:
    """The column's address without its index file: the same column."""
    trail = (Column(key=key, name="", kind=""),)
    return LOOKS["jcms"].column_path(trail).removesuffix("index.html")


def _plan() -> Plan:
    plan = healthy(UNIT, "s02", "jcms", names={"gzdt": "教育动态"})
    plan = plan.editing("gzdt", articles=dated(UNIT, "news", "xw", days_ago(15), days_ago(20), days_ago(31)))
    plan = plan.editing("tzgg", articles=dated(UNIT, "notices", "tz", months_ago(6, 1), months_ago(8)))
    pictures = listing("tpxw", "图片新闻", "news", *dated(UNIT, "news", "tp", days_ago(1), days_ago(5)))
    old = listing(
        "wngg", "往年公告（2023年以前）", "notices", *dated(UNIT, "notices", "wn", date(2022, 9, 6))
    )
    plan = plan.adding("", pictures, old).changing(home_keys=("tpxw", "tzgg", "zcwj"), tag_style="reversed")
    plan = plan.editing("zfxxgkzn", body=pages.guide(UNIT, "plain", lacking=("fax", "office_hours")))
    yearly = report(UNIT, 2025, date(2026, 1, 22), lacking=("problems", "other"))
    plan = plan.editing("zfxxgknb", articles=(yearly,))
    plan = plan.rewriting("ld2", body=pages.leader(UNIT, 1, lacking=("photo",)))
    plan = plan.rewriting(
        "bs2", body=pages.service(UNIT, UNIT.services[1], lacking=("basis", "time", "process"))
    )
    plan = plan.rewriting("zcwj1", body=without_link(plan.article("zcwj1"), "相关解读"))
    schedule = note(
        UNIT,
        "gh9",
        "关于印发《云溪市教育事业“十五五”规划》的通知",
        days_ago(66),
        "各学校：现将《云溪市教育事业“十五五”规划》印发给你们，请结合实际组织实施。",
        "规划明确了学位供给、教师队伍、校园安全等主要目标和重点任务。",
    )
    stars = note(
        UNIT,
        "tz9",
        "关于公布★★★★★文明校园名单的公告",
        months_ago(9),
        "经评审，书院小学等五所学校评为五星（★★★★★）文明校园。",
        "评审中涉及学校商业秘密和个人隐私的材料不予公开。",
    )
    lost = note(
        UNIT,
        "tp9",
        "义务教育招生政策宣讲走进社区",
        days_ago(8),
        "宣讲员向家长介绍了登记时间和所需材料。",
        "往年做法见" + link("/art/2019/old/art_1_1.html", "2019年招生办法") + "。",
    )
    call = articles.consultation(UNIT, "zj9", 0, date(2026, 5, 22), date(2026, 6, 20), feedback="fk9")
    answer = articles.feedback(UNIT, "fk9", 0, date(2026, 6, 22), "zj9")
    twice = f'<p><a href="{_column_folder("tzgg")}#list">全部通知公告</a></p>'
    plan = plan.changing(home_extra=twice)
    return (
        plan.posting("ghjh", schedule)
        .posting("tzgg", stars)
        .posting("tpxw", lost)
        .posting("yjzj", call, answer)
    )


SITE = site_of(
    _plan(),
    (
        fault(
            "column.stale",
            "gzdt",
            "最新一条在15天前，超出1天",
            newest="2026-06-15",
            age_days=15,
            limit_days=14,
        ),
        fault(
            "column.stale",
            "tzgg",
            "最新一条2025-12-29，超出6个月1天",
            newest="2025-12-29",
            age_days=183,
            limit_days=182,
        ),
        fault("guide.incomplete", "zfxxgkzn", "没有传真和办公时间", missing=["fax", "office_hours"]),
        fault("annual-report.incomplete", "nb2025", "少了后两个部分", missing=["problems", "other"]),
        fault("leaders.incomplete", "ld2", "没有照片", missing=["photo"]),
        fault("policy.unlinked", "zcwj1", "解读链接了文件，文件没有链接解读"),
        fault("site.broken-link", "/art/2019/old/art_1_1.html", "正文里的链接打不开", status=404),
        trap("site.home-stale", "home", "首页放的是图片新闻，昨天刚更新；不更新的是另一栏目", Expected.PASS),
        trap("column.stale", "wngg", "往年公告是归档，不要求更新"),
        trap("column.empty", "fdzdgknr", "上级栏目自己没有条目，下级栏目都有内容"),
        trap("column.misplaced-item", "gh9", "形式是通知，内容是规划"),
        trap("service-guide.incomplete", "bs2", "缺三类要素，不到四类"),
        trap("consultation.short", "zj9", "5月22日至6月20日，首尾都算正好30天", Expected.PASS),
        trap("column.empty", "tjxx", "被加速乐以521拦下", Expected.INCONCLUSIVE),
        trap("column.stale", "tjxx", "被加速乐以521拦下", Expected.INCONCLUSIVE),
        trap("content.secret-mark", "tz9", "★是星级，“商业秘密”不是密级"),
        trap("annual-report.duplicate", "nb2025", "开头一段与多家单位相同，正文不同"),
        trap("site.tags-missing", "home", "标签的 content 写在 name 前面", Expected.PASS),
    ),
    about="大汉系统（列表在CDATA里）；两个栏目刚过期，指南、年报缺内容",
    over={"~tjxx": JIASULE},
    aliases={_column_folder("tzgg"): "tzgg"},
)
