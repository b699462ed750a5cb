"""市自来水有限公司: a public enterprise on an old table site; an old home page, no real way to ask."""

from dataclasses import replace
from datetime import date

from sample.building import site_of
from sample.content import Article, Column, Footer, Plan
from sample.healthy import attached, healthy
from sample.looks import LOOKS
from sample.moment import days_ago
from sample.oldoffice import DOC, XLS, doc, xls
from sample.planting import dated, listing, note, page
from sample.prose import articles, figures
from sample.prose.report import report
from sample.prose.wordy import parts_of
from sample.truth import Expected, fault, trap
from sample.units import profiles

UNIT = profiles()["U50"]

IDENTITY = "110101194912310075"
"""Made up, with a valid check digit; the number belongs to nobody that we know of."""


def _address(key: str) -> str:
    return LOOKS["tables"].column_path((Column(key=key, name="", kind=""),))


def _plan() -> Plan:
    plan = healthy(UNIT, "s50", "tables", guide="prose", names={"gzdt": "公司动态"}).without("hdjl")
    marks = Footer().marks - {"icp"}
    plan = plan.changing(footer=Footer(marks=marks), tags={"article:ContentSource": ""}, theme="#2a6f97")
    plan = plan.changing(home_keys=("tzgg", "zcwj"))
    plan = plan.editing("tzgg", articles=dated(UNIT, "notices", "tz", days_ago(22), days_ago(50)))
    words = (
        "信访事项请向市信访局反映。",
        "反映公司人员违纪问题，请向公司纪检监察室举报。",
    )
    talk = page("hdjl", "互动交流", "interaction", *words)
    call = articles.consultation(UNIT, "zj9", 0, date(2026, 2, 9), date(2026, 3, 12))
    opinions = listing("yjzj", "意见征集", "consultation", call)
    plan = plan.editing("zfxxgknb", articles=(_report(),))
    rows = [
        ["户主", "身份证号", "减免水费（元）"],
        ["顾长林", IDENTITY, "96"],
        ["", "", ""],
        ["钱秀英", "", "72"],
    ]
    relief = note(UNIT, "xw9", "困难家庭用水减免名单公示", days_ago(9), "名单见附件，公示期7天。")
    relief = replace(relief, attachments=(attached("减免名单.xls", "/files/jm.xls", xls(rows), XLS),))
    typo = note(
        UNIT,
        "xw8",
        "管网巡检实现全复盖",
        days_ago(4),
        "巡检人员分片包干，城区主干管网实现全复盖，一但发现漏点立即处置。",
    )
    return plan.adding("", talk, opinions).posting("gzdt", typo, relief)


def _report() -> Article:
    """The yearly report, all of it in a Word file of the old kind."""
    table = figures.requests("U50/figures/2025")
    given, total = table.leaves[0][0], table.leaves[0][6]
    assert isinstance(given, int)
    assert isinstance(total, int)
    table = table.with_cell("leaves", 0, given + 3).with_cell("leaves", 6, total + 3)
    whole = report(UNIT, 2025, date(2026, 1, 21), problems="无。", table=table)
    file = attached("2025年度报告.doc", "/files/2025nb.doc", doc((whole.title, *parts_of(whole.body))), DOC)
    return replace(whole, body="<p>报告全文见附件。</p>", attachments=(file,))


SITE = site_of(
    _plan(),
    (
        fault("site.home-stale", "home", "首页最新一条在22天前", newest=days_ago(22).isoformat()),
        fault("site.footer-incomplete", "home", "页脚没有ICP备案号", missing=["icp"]),
        fault("site.tags-missing", "home", "文章页 ContentSource 为空", missing=["article:ContentSource"]),
        fault(
            "interaction.no-channel",
            "home",
            "“互动交流”里只有信访和纪检渠道",
            arguable="页脚有电话和邮箱，若把它们也算作咨询渠道则不违规",
        ),
        fault("consultation.no-feedback", "zj9", "3月12日结束，至今没有反馈", closed="2026-03-12"),
        fault(
            "annual-report.remarks", "nb2025", "附件（.doc）里存在的问题只写了“无”", reminder=True, year=2025
        ),
        fault("annual-report.figures", "nb2025", "附件（.doc）的表格里各项办理结果之和与总计不符"),
        fault(
            "content.privacy",
            "xw9",
            "附件（.xls）里有完整的身份证号",
            also=("/files/jm.xls",),
            kind="identity_number",
        ),
        fault("content.wording", "xw8", "“复盖”应为“覆盖”，“一但”应为“一旦”", reminder=True),
        trap("annual-report.incomplete", "nb2025", "六个部分都在附件（.doc）里", Expected.PASS),
        trap("guide.incomplete", "zfxxgkzn", "九项要素写在一段话里", Expected.PASS),
        trap("column.empty", "tjxx", "这个地址给出的是首页", Expected.INCONCLUSIVE),
        trap("column.stale", "tjxx", "这个地址给出的是首页", Expected.INCONCLUSIVE),
        trap("column.stale", "gzdt", "首页没有放公司动态，栏目是新的", Expected.PASS),
    ),
    about="公共企业网站；首页陈旧，没有咨询渠道，有错别字",
    aliases={_address("tjxx"): "home"},
)
