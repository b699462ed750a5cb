"""市第一人民医院: a gateway to old pages; no way to ask; markup after the document's end."""

from dataclasses import replace
from datetime import date

from sample.building import site_of
from sample.content import Article, Plan
from sample.healthy import attached, healthy
from sample.model import Answer
from sample.moment import days_ago
from sample.oldoffice import DOC, WPS, XLS, doc, xls
from sample.planting import dated, link, note
from sample.prose import pages
from sample.prose.report import report
from sample.prose.wordy import parts_of
from sample.truth import Expected, fault, trap
from sample.units import profiles

UNIT = profiles()["U40"]

_GUIDE = "/files/zhinan.wps"

_SPAM = (
    '<a href="@@spam@@/slots/" style="font-size:0;color:#fff">'
    "&#32769;&#34382;&#26426;&#21338;&#24425;&#24179;&#21488;</a>"
)


def _plan() -> Plan:
    plan = healthy(UNIT, "s40", "jpaas", names={"gzdt": "医院动态", "bsfw": "就医指南"})
    plan = plan.without("hdjl").changing(home_template="gateway.html", theme="#0e7c66")
    plan = plan.editing("gzdt", articles=dated(UNIT, "news", "xw", days_ago(29), days_ago(37)))
    plan = plan.editing("tzgg", articles=dated(UNIT, "notices", "tz", days_ago(35), days_ago(77)))
    for key, prefix in (("tjxx", "tj"), ("zbcg", "cg")):
        subject = plan.column(key).kind
        plan = plan.editing(key, articles=dated(UNIT, subject, prefix, days_ago(41), days_ago(96)))
    rows = [["姓名", "证件号码", "联系电话"], ["孔令仪", "1101**********0016", "138****0042"]]
    patients = note(UNIT, "tz8", "白内障免费手术受助名单公示", days_ago(38), "受助名单见附件，公示期7天。")
    patients = replace(patients, attachments=(attached("名单.xls", "/files/md.xls", xls(rows), XLS),))
    plan = plan.posting("tzgg", patients).editing("zfxxgknb", articles=(_report(),))
    guide = Answer(body=doc(parts_of(pages.guide(UNIT, "table"))), content_type=WPS)
    words = f"<p>本院信息公开指南全文请下载：{link(_GUIDE, '信息公开指南.wps')}</p>"
    return plan.editing("zfxxgkzn", body=words).changing(files={**plan.files, _GUIDE: guide})


def _report() -> Article:
    """The yearly report, all of it in a Word file of the old kind."""
    problems = "无专职工作人员，政策解读形式较为单一。下一步将明确专人负责，多用图解。"
    whole = report(UNIT, 2025, date(2026, 1, 19), problems=problems)
    file = attached("2025年度报告.doc", "/files/2025nb.doc", doc((whole.title, *parts_of(whole.body))), DOC)
    return replace(whole, body="<p>报告全文见附件。</p>", attachments=(file,))


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
        trap("annual-report.incomplete", "nb2025", "六个部分都在附件（.doc）里", Expected.PASS),
        trap(
            "annual-report.figures", "nb2025", "表格在附件（.doc）里，合并的格子多，数字都对", Expected.PASS
        ),
        trap("guide.incomplete", "zfxxgkzn", "九项要素都在附件（.wps）里", Expected.PASS),
        trap("guide.no-fee-terms", "zfxxgkzn", "收费说明在附件（.wps）里", Expected.PASS),
        trap("content.privacy", "tz8", "附件（.xls）里的号码都已遮盖", Expected.PASS),
        trap("column.stale", "tzgg", "35天，不到6个月；列表由接口取来，分页", Expected.PASS),
    ),
    about="医院网站，大汉集约化平台（列表由接口取来）；导航页下的二级页面都旧，没有互动渠道，有暗链",
    after_end={"/": _SPAM},
)
