"""青岚街道: a late report that another town handed in too; a list of mobile numbers."""

from dataclasses import replace
from datetime import date

from sample.building import site_of
from sample.content import Footer, Plan
from sample.healthy import healthy
from sample.model import Behaviour
from sample.moment import days_ago
from sample.obstacles import LOGIN
from sample.planting import dated, link, listing, note
from sample.prose import articles, pages
from sample.prose.report import report
from sample.truth import Expected, fault, trap
from sample.units import profiles

UNIT = profiles()["U30"]


def _plan() -> Plan:
    plan = healthy(UNIT, "s30", "ecms", names={"ldxxiang": "主任信箱", "gzdt": "街道动态"})
    marks = Footer().marks - {"contact", "sponsor"}
    plan = plan.changing(footer=Footer(marks=marks), theme="#8a3b2f")
    plan = plan.editing("zfxxgkzn", body=pages.guide(UNIT, "table", fees=False))
    plan = plan.editing("zfxxgknb", articles=(report(UNIT, 2025, date(2026, 3, 10)),))
    plan = plan.editing(
        "tjxx", articles=dated(UNIT, "statistics", "tj", date(2025, 12, 10), date(2025, 9, 11))
    )
    slip = replace(
        note(
            UNIT,
            "tz8",
            "关于社区微更新项目征集的通知",
            date(2062, 6, 2),
            "各社区：请结合居民议事会意见，申报微更新项目。",
        ),
        clock="10:12",
    )
    list_of_names = note(
        UNIT,
        "tz9",
        "志愿服务骨干名单公示",
        days_ago(14),
        "现将志愿服务骨干名单公示如下：",
        "金海燕，联系电话13907550117；魏国栋，联系电话13707550128；陶思齐，联系电话13807550139。",
    )
    news = note(
        UNIT,
        "xw8",
        "独居老人探访服务启动",
        days_ago(3),
        "服务清单见" + link("@@out@@/down/page.html", "养老服务平台") + "。",
    )
    silent = articles.letter(UNIT, "lx9", 1, date(2026, 2, 25), answered=None)
    plan = plan.posting("tzgg", slip, list_of_names).posting("gzdt", news)
    manners = listing("jdfc", "街道风采", "other", *dated(UNIT, "news", "fc", date(2024, 5, 9)))
    return plan.posting("ldxxiang", silent).adding("", manners)


SITE = site_of(
    _plan(),
    (
        fault("guide.no-fee-terms", "zfxxgkzn", "指南没有收费说明"),
        fault("annual-report.late", "nb2025", "3月10日才发布", published="2026-03-10", deadline="2026-01-31"),
        fault("annual-report.duplicate", "nb2025", "与柳湾镇的报告雷同", group="copy-of-u30"),
        fault("site.footer-incomplete", "home", "页脚没有主办单位和联系方式", missing=["sponsor", "contact"]),
        fault(
            "column.stale",
            "tjxx",
            "信息公开专栏的统计信息半年没有更新",
            schemes=("changshu-2020",),
            newest="2025-12-10",
        ),
        fault("column.date-suspect", "tz8", "年份写错，成了2062年", list_date="2062-06-02"),
        fault(
            "content.privacy",
            "tz9",
            "名单里公布了个人手机号",
            kind="mobile_number",
            arguable="若志愿者本人同意公开则不是泄露，页面上看不出",
        ),
        fault("interaction.unanswered", "lx9", "2月25日的留言没有答复", age_days=125),
        trap("column.stale", "tzgg", "除了误写的将来日期，还有新内容", Expected.PASS),
        trap("column.empty", "rsxx", "页面传到一半就断了", Expected.INCONCLUSIVE),
        trap("column.empty", "zbcg", "要登录才给看", Expected.INCONCLUSIVE),
        trap("column.stale", "zbcg", "要登录才给看", Expected.INCONCLUSIVE),
        trap("column.stale", "jdfc", "这类栏目没有更新期限"),
        trap("site.broken-link", "@@out@@/down/page.html", "503可能是临时维护"),
        trap("interaction.no-channel", "home", "主任信箱是咨询渠道", Expected.PASS),
    ),
    over={"~zbcg": LOGIN},
    behaving={"rsxx": Behaviour.CUT},
    entrance=("/index.htm", "/main.html"),
    about="街道网站，帝国系统，首页要转两次才到；年报迟发且与柳湾镇雷同，名单公布手机号",
)
