"""市民政局: the VSB family (pages counted backwards, three entries a page); no regulations column."""

import re
from dataclasses import replace
from datetime import date

from sample.building import site_of
from sample.content import Plan
from sample.healthy import healthy
from sample.model import Answer
from sample.moment import days_ago
from sample.oldoffice import WPS, doc
from sample.planting import dated, link, note, without_link
from sample.prose import articles, pages
from sample.prose.report import report
from sample.prose.wordy import parts_of
from sample.truth import Expected, fault, trap
from sample.units import profiles

UNIT = profiles()["U03"]

IDENTITY = "110101194912310032"
"""Made up, with a valid check digit; the number belongs to nobody that we know of."""

_GUIDE = "/files/公开指南.wps"


def _plan() -> Plan:
    plan = healthy(UNIT, "s03", "vsb", service="prose").without("zfxxgkzd").changing(tag_style="lower")
    fresh = dated(UNIT, "notices", "tz", days_ago(3), days_ago(25), days_ago(49), days_ago(80))
    pinned = tuple(
        replace(entry, key=f"zd{index}", pinned=True)
        for index, entry in enumerate(dated(UNIT, "notices", "p", date(2024, 3, 5), date(2023, 11, 8)))
    )
    plan = plan.editing("tzgg", articles=pinned + fresh)
    plan = plan.editing("ysqgk", body=pages.on_request(UNIT, "plain", lacking=("progress_query",)))
    plan = plan.editing("jgzn", body=pages.organisation(UNIT, lacking=("hours",)))
    heading = "<h4>第{number}部分　{title}</h4>"
    yearly = report(UNIT, 2025, date(2026, 1, 20), heading=heading, words_of_year=2024)
    yearly = replace(yearly, body=re.sub(r"<td>0</td>", "<td>-</td>", yearly.body))
    former = report(UNIT, 2024, date(2025, 1, 17))
    plan = plan.editing("zfxxgknb", articles=(yearly, former))
    body = without_link(plan.article("zcwj1"), "相关解读")
    plan = plan.rewriting("zcwj1", body=body, related=("zcjd1",))
    relief = replace(
        note(
            UNIT,
            "tz8",
            "关于6月份临时救助对象名单的公示",
            days_ago(9),
            "现将6月份拟给予临时救助的对象公示如下，公示期7天。",
            f"周小满，身份证号：{IDENTITY}，住址：码头社区，拟救助金额1200元。",
            "郑大有，身份证号：1101************53，住址：新城社区，拟救助金额900元。",
        ),
        path="/info/2026 年/临时救助（6月）名单.htm",
    )
    coming = note(
        UNIT,
        "tz9",
        "关于暑期婚姻登记延时服务的通知",
        date(2026, 7, 15),
        "暑期婚姻登记处周六上午照常办理登记。",
    )
    words = note(
        UNIT,
        "xw8",
        "社区养老服务有了新办法",
        days_ago(7),
        "走访中大家认为，结对帮扶是眼下唯一但有效的办法，需要长期坚持。",
        "统计资料见" + link("@@out@@/fault/page.html", "全省养老服务数据") + "。",
    )
    call = articles.consultation(UNIT, "zj9", 0, date(2026, 4, 10), date(2026, 5, 12))
    outcome = replace(articles.feedback(UNIT, "fk9", 0, date(2026, 5, 14), "zj9"), title="")
    outcome = replace(outcome, title=f"关于《{UNIT.policies[0]}（修订征求意见稿）》意见采纳情况的公告")
    thin = doc(parts_of(pages.guide(UNIT, "plain", lacking=("fax", "arrangement"))))
    plan = plan.editing("zfxxgkzn", body=f"<p>{link(_GUIDE, '政府信息公开指南（点击下载）')}</p>")
    plan = plan.changing(files={**plan.files, _GUIDE: Answer(body=thin, content_type=WPS)})
    return plan.posting("tzgg", relief, coming, outcome).posting("gzdt", words).posting("yjzj", call)


SITE = site_of(
    _plan(),
    (
        fault("column.missing", "=regulations", "没有政府信息公开制度栏目"),
        fault(
            "guide.incomplete",
            "zfxxgkzn",
            "指南是附件（.wps），没有编排体系、传真",
            also=(_GUIDE,),
            missing=["arrangement", "fax"],
        ),
        trap("guide.no-fee-terms", "zfxxgkzn", "收费说明在附件（.wps）里", Expected.PASS),
        fault("on-request.incomplete", "ysqgk", "没有进度查询", missing=["progress_query"]),
        fault("organisation.incomplete", "jgzn", "没有办公时间", missing=["hours"]),
        fault("annual-report.duplicate", "nb2025", "除年份和数字外与本单位上一年报告相同"),
        fault(
            "content.privacy", "tz8", "名单里有一个完整的身份证号，网址里有空格和汉字", kind="identity_number"
        ),
        fault("column.date-suspect", "tz9", "发布日期在将来（2026-07-15）", list_date="2026-07-15"),
        fault("site.broken-link", "@@out@@/fault/page.html", "链接一直返回500", status=500),
        trap("column.stale", "tzgg", "前两条是置顶旧文，后面有三天前的新文", Expected.PASS),
        trap("annual-report.incomplete", "nb2025", "标题写作“第一部分　总体情况”", Expected.PASS),
        trap("annual-report.figures", "nb2025", "表中用“-”代替零，读不出的格子不能拿来验算"),
        trap("policy.unlinked", "zcwj1", "解读的链接在正文之外的“相关链接”里"),
        trap("content.wording", "xw8", "“唯一但有效”里碰巧有“一但”两字"),
        trap("consultation.no-feedback", "zj9", "反馈发在通知公告栏目里"),
        trap(
            "service-guide.incomplete", "bs1", "要素齐全，只是叫法不同（受理条件、申请材料）", Expected.PASS
        ),
        trap("site.tags-missing", "home", "标签名是小写", Expected.PASS),
    ),
    about="博达系统（页码倒数）；缺制度栏目，指南（.wps）缺两项，名单泄露身份证号",
)
