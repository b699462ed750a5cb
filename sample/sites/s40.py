"""市第一人民医院: a gateway to old pages; no way to ask; markup after the document's end."""

from datetime import date

from sample.building import site_of
from sample.content import Plan
from sample.healthy import healthy
from sample.moment import days_ago
from sample.planting import dated
from sample.prose.report import report
from sample.truth import Expected, fault, trap
from sample.units import profiles

UNIT = profiles()["U40"]

_SPAM = (
    '<a href="@@spam@@/slots/" style="font-size:0;color:#fff">'
    "&#32769;&#34382;&#26426;&#21338;&#24425;&#24179;&#21488;</a>"
)


def _plan() -> Plan:
    plan = healthy(UNIT, "s40", "cards", names={"gzdt": "医院动态", "bsfw": "就医指南"})
    plan = plan.without("hdjl").changing(home_template="gateway.html", theme="#0e7c66")
    plan = plan.editing("gzdt", articles=dated(UNIT, "news", "xw", days_ago(29), days_ago(37)))
    plan = plan.editing("tzgg", articles=dated(UNIT, "notices", "tz", days_ago(35), days_ago(77)))
    for key, prefix in (("tjxx", "tj"), ("zbcg", "cg")):
        subject = plan.column(key).kind
        plan = plan.editing(key, articles=dated(UNIT, subject, prefix, days_ago(41), days_ago(96)))
    problems = "无专职工作人员，政策解读形式较为单一。下一步将明确专人负责，多用图解。"
    yearly = report(UNIT, 2025, date(2026, 1, 19), problems=problems)
    return plan.editing("zfxxgknb", articles=(yearly,))


SITE = site_of(
    _plan(),
    (
        fault("column.stale", "gzdt", "医院动态29天没有更新", newest=days_ago(29).isoformat(), limit_days=14),
        fault("site.home-stale", "home", "导航页，二级页面最新一条在29天前", newest=days_ago(29).isoformat()),
        fault(
            "interaction.no-channel",
            "home",
            "全站没有互动渠道",
            arguable="页脚有电话和邮箱，若把它们也算作咨询渠道则不违规",
        ),
        fault("content.dark-link", "home", "文档结束标记之后藏着博彩链接"),
        trap("annual-report.remarks", "nb2025", "第五部分以“无专职人员”开头，不是只写“无”", Expected.PASS),
        trap("column.stale", "tzgg", "35天，不到6个月", Expected.PASS),
    ),
    about="医院网站；导航页下的二级页面都旧，没有互动渠道，有暗链",
    after_end={"/": _SPAM},
)
