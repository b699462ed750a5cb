"""市人社局: the UCAP family; undated lists over dated articles; a late report."""

from datetime import date

from sample.building import site_of
from sample.content import Plan
from sample.healthy import healthy
from sample.model import Behaviour
from sample.moment import days_ago
from sample.obstacles import RUISHU_202
from sample.planting import document, link, note, reading
from sample.prose import articles, pages
from sample.prose.report import report
from sample.truth import Expected, fault, trap
from sample.units import profiles

UNIT = profiles()["U04"]


def _plan() -> Plan:
    plan = healthy(UNIT, "s04", "ucap", on_request="links", names={"zcjd": "政策解读回应"})
    plan = plan.changing(tag_style="single")
    plan = plan.editing("gzdt", date_style="").editing("tzgg", date_style="")
    plan = plan.editing("jgzn", body=pages.organisation(UNIT, variant="prose"))
    plan = plan.editing("zfxxgkzn", body=pages.guide(UNIT, "plain", fees=False))
    latest = report(UNIT, 2025, date(2026, 2, 3), carried_in=1)
    former = report(UNIT, 2024, date(2025, 3, 5), carried_out=3, lacking=("other",))
    plan = plan.editing("zfxxgknb", articles=(latest, former))
    plan = plan.rewriting("rs1", list_day=date.fromordinal(plan.article("rs1").day.toordinal() + 1))
    alone = document(UNIT, "zcwj8", "云溪市零工市场服务管理办法", date(2026, 4, 14))
    paired = document(UNIT, "zcwj9", "云溪市工伤预防费使用管理办法", date(2026, 4, 30), reading="zcjd9")
    explained = reading(UNIT, "zcjd9", "云溪市工伤预防费使用管理办法", date(2026, 5, 8), document_key="zcwj9")
    masked = note(
        UNIT,
        "tz8",
        "创业担保贷款拟贴息人员名单公示",
        days_ago(11),
        "李春生，身份证号 3301**********1X，联系电话 139****0021，贷款10万元。",
        "王丽华，身份证号 3301**********28，联系电话 137****0456，贷款15万元。",
        "福利彩票公益金资助项目见" + link("@@out@@/", "彩票公益金使用公告") + "。",
    )
    inner = note(
        UNIT,
        "xw8",
        "市人社局开展根治欠薪行动",
        days_ago(6),
        "工作人员检查了在建工地的用工台账和工资专户。",
        "业务人员可登录" + link("@@out@@/forbidden/inner.html", "内部系统") + "填报。",
    )
    shortened = articles.consultation(
        UNIT,
        "zj9",
        0,
        days_ago(9),
        days_ago(2),
        period="因防汛期间用工保障需要尽快施行，经批准征求意见期限缩短为7日，"
        f"自{days_ago(9).year}年{days_ago(9).month}月{days_ago(9).day}日起至{days_ago(3).month}月{days_ago(3).day}日止。",
        feedback="fk9",
    )
    outcome = articles.feedback(UNIT, "fk9", 0, days_ago(2), "zj9")
    silent = articles.letter(UNIT, "lx9", 2, date(2026, 1, 15), answered=None)
    plan = plan.posting("zcwj", alone, paired).posting("zcjd", explained).posting("tzgg", masked)
    plan = plan.posting("gzdt", inner).posting("yjzj", shortened, outcome)
    return plan.posting("ldxxiang", silent)


SITE = site_of(
    _plan(),
    (
        fault("guide.no-fee-terms", "zfxxgkzn", "指南没有收费说明"),
        fault(
            "annual-report.late",
            "nb2025",
            "2月3日才发布",
            published="2026-02-03",
            deadline="2026-01-31",
        ),
        fault("annual-report.figures", "nb2025", "上一年结转3件，本年上年结转写作1件"),
        fault("policy.no-interpretation", "zcwj8", "文件没有解读"),
        fault("interaction.unanswered", "lx9", "1月15日的留言没有答复", age_days=166),
        trap("column.stale", "tzgg", "列表不标日期，正文有日期", Expected.PASS),
        trap("column.stale", "gzdt", "列表不标日期，正文有日期", Expected.PASS),
        trap("site.home-stale", "home", "首页不标日期，正文有日期", Expected.PASS),
        trap("on-request.incomplete", "ysqgk", "五项功能在各自的页面上", Expected.PASS),
        trap("annual-report.late", "nb2024", "前年的报告只作比较，不再追究"),
        trap("annual-report.incomplete", "nb2024", "前年的报告只作比较，不再追究"),
        trap("organisation.incomplete", "jgzn", "科室、负责人、电话、时间写在段落里", Expected.PASS),
        trap("column.date-suspect", "rs1", "列表比正文晚1天，不超过1天"),
        trap("policy.late-interpretation", "zcwj9", "五一放假，5月8日是第三个工作日", Expected.PASS),
        trap("consultation.short", "zj9", "缩短期限写明了理由"),
        trap("content.privacy", "tz8", "证件号和电话都已遮盖"),
        trap("column.empty", "tjxx", "被防护系统以202空壳拦下", Expected.INCONCLUSIVE),
        trap("column.stale", "tjxx", "被防护系统以202空壳拦下", Expected.INCONCLUSIVE),
        trap("column.empty", "zbcg", "连接一建立就断开，什么也没有返回", Expected.INCONCLUSIVE),
        trap("column.stale", "zbcg", "连接一建立就断开，什么也没有返回", Expected.INCONCLUSIVE),
        trap("site.broken-link", "zbcg", "网站别处都在应答，断开的连接说明不了链接失效"),
        trap("content.dark-link", "tz8", "“彩票公益金”是看得见的正常链接"),
        trap("site.broken-link", "@@out@@/forbidden/inner.html", "403说明不了链接是否失效"),
        trap("site.tags-missing", "home", "标签用单引号", Expected.PASS),
    ),
    about="开普系统；列表不标日期，年报迟发且结转数对不上",
    over={"~tjxx": RUISHU_202},
    behaving={"zbcg": Behaviour.DROP},
)
