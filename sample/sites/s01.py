"""市卫健局: a model site in the TRS family, everything exactly on its limit; a few faults of content."""

from dataclasses import replace
from datetime import date

from sample.building import site_of
from sample.content import Article, Column, Form, Plan
from sample.healthy import healthy
from sample.model import Declared
from sample.moment import days_ago, months_ago
from sample.planting import dated, document, link, listing, note, reading
from sample.prose import articles, pages
from sample.prose.report import report
from sample.truth import Expected, fault, trap
from sample.units import profiles

UNIT = profiles()["U01"]

_FEES_FREE = (
    "<h3>五、费用</h3>\n<p>本机关向申请人提供政府信息，不收取任何费用，由申请人自愿选择获取方式。</p>\n"
    "<h3>监督方式</h3>"
)


def _topics() -> Column:
    declared = listing(
        "jkzt", "健康科普专题", "topic", *dated(UNIT, "news", "jk", days_ago(40), days_ago(70))
    )
    exempt = listing("aizt", "爱国卫生专题", "topic", *dated(UNIT, "news", "ai", date(2024, 4, 12)))
    return Column(key="ztzl", name="专题专栏", kind="topic", form=Form.SECTION, children=(declared, exempt))


def _letters() -> tuple[Article, ...]:
    asked = articles.letter(UNIT, "lx9", 1, days_ago(102), answered=None)
    return (*articles.letters(UNIT, (days_ago(15), days_ago(40))), asked)


def _short_call() -> tuple[Article, ...]:
    call = articles.consultation(UNIT, "zj9", 0, date(2026, 5, 20), date(2026, 6, 10), feedback="fk9")
    return call, articles.feedback(UNIT, "fk9", 0, date(2026, 6, 12), "zj9")


def _report() -> Article:
    told = "受理政府信息公开申请，其中新收{new}件，上年结转{carried}件，通过网络渠道收到1件。"
    return report(UNIT, 2025, date(2026, 1, 31), received=told)


def _plan() -> Plan:
    plan = healthy(UNIT, "s01", "trs").adding("", _topics())
    plan = plan.editing("gzdt", articles=dated(UNIT, "news", "xw", days_ago(14), days_ago(19), days_ago(27)))
    plan = plan.editing("tzgg", articles=dated(UNIT, "notices", "tz", months_ago(6), months_ago(7)))
    plan = plan.editing("ldxxiang", articles=_letters()).posting("yjzj", *_short_call())
    plan = plan.editing("zfxxgknb", articles=(_report(),))
    guide = pages.guide(UNIT, "plain", fees=False).replace("<h3>监督方式</h3>", _FEES_FREE)
    plan = plan.editing("zfxxgkzn", body=guide)
    storm = note(
        UNIT,
        "xw8",
        "市卫健局部署台风期间医疗救护",
        days_ago(21),
        "台风登陆前，市卫健局组织急救站点补足药品，值班医护人员全部到岗。",
        "相关资料可到" + link("@@out@@/slow/report.html", "省级防汛资料库") + "查阅。",
    )
    misplaced = note(
        UNIT,
        "gh9",
        "关于做好端午节期间值班工作的通知",
        days_ago(24),
        "各有关单位：端午节将至，请安排好值班人员，值班电话保持畅通。",
        "遇有突发情况，按规定时限报告。",
    )
    third = plan.article("ld3")
    plan = plan.rewriting("ld3", body=third.body.replace("中共党员", "九三学社社员"))
    hidden = (
        '<div style="display:none"><ul><li><a href="~~gzdt~~">工作动态</a></li>'
        '<li><a href="~~tzgg~~">通知公告</a></li></ul></div>'
    )
    paired = document(UNIT, "zcwj8", "云溪市急救站点管理办法", date(2026, 2, 13), reading="zcjd8")
    explained = reading(UNIT, "zcjd8", "云溪市急救站点管理办法", date(2026, 2, 25), document_key="zcwj8")
    plan = plan.posting("zcwj", paired).posting("zcjd", explained)
    return replace(plan.posting("gzdt", storm).posting("ghjh", misplaced), home_extra=hidden)


SITE = site_of(
    _plan(),
    (
        trap("policy.mostly-text", "zcjd", "三篇解读都有图片", Expected.PASS),
        fault(
            "column.stale",
            "jkzt",
            "名录规定30天内更新，最新一条在40天前",
            newest=days_ago(40).isoformat(),
            age_days=40,
            limit_days=30,
        ),
        fault("column.misplaced-item", "gh9", "值班通知放进了规划计划栏目", expected_kind="notices"),
        fault("consultation.short", "zj9", "5月20日至6月10日，首尾都算只有22天", days=22),
        fault("interaction.unanswered", "lx9", "留言102天没有答复", age_days=102),
        trap("annual-report.remarks", "nb2025", "其中经网络收到的件数不是总数", Expected.PASS),
        trap("column.stale", "gzdt", "最新一条恰在14天前，首尾都算，仍在期限内", Expected.PASS),
        trap("column.stale", "tzgg", "最新一条恰在6个月前（2025-12-30），仍在期限内", Expected.PASS),
        trap("column.stale", "aizt", "名录登记为免检"),
        trap("site.home-stale", "home", "首页最新信息恰在14天前", Expected.PASS),
        trap("annual-report.late", "nb2025", "1月31日当天发布不算迟", Expected.PASS),
        trap("guide.no-fee-terms", "zfxxgkzn", "“不收取任何费用”也是收费说明", Expected.PASS),
        trap("site.broken-link", "@@out@@/slow/report.html", "打开慢但打得开"),
        trap("content.wording", "xw8", "“台风登陆”用词正确"),
        trap("content.dark-link", "home", "隐藏的是本站自己的菜单"),
        trap("leaders.incomplete", "ld3", "政治面貌写的是民主党派"),
        trap("policy.late-interpretation", "zcwj8", "春节放假又调休，2月25日是第三个工作日", Expected.PASS),
        trap("annual-report.duplicate", "nb2025", "与其他单位只有规定的标题和表格相同"),
    ),
    about="模范站点：日期恰在期限上，个别内容有问题",
    declared=(
        Declared(name="健康科普专题", url="~jkzt", kind="topic", update_within_days=30),
        Declared(name="爱国卫生专题", url="~aizt", kind="topic", update_within_days=30, exempt=True),
    ),
)
