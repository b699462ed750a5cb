"""市农业农村局: an old GBK site of tables with years left out; one column stale, one empty."""

from dataclasses import replace
from datetime import date

from sample.building import site_of
from sample.content import Column, Form, Plan
from sample.files import DOCX, XLSX, docx, xlsx
from sample.healthy import attached, healthy
from sample.looks import LOOKS
from sample.model import Answer
from sample.moment import days_ago
from sample.planting import dated, document, link, listing, note, reading
from sample.prose import figures, pages
from sample.prose.report import SECTIONS
from sample.truth import Expected, fault, trap
from sample.units import profiles

UNIT = profiles()["U08"]

IDENTITY = "110101194912310059"
"""Made up, with a valid check digit; the number belongs to nobody that we know of."""


def _report_file() -> bytes:
    table = figures.requests("U08/figures/2025")
    lines = [f"{UNIT.name}2025年政府信息公开工作年度报告"]
    for number, title in zip("一二三四五六", SECTIONS.values(), strict=True):
        lines += [
            f"{number}、{title}",
            f"{UNIT.topics['一二三四五六'.index(number)]}信息按时公开，群众反映较好。",
        ]
    rows = [("一、本年新收", table.new), ("二、上年结转", table.carried), ("（七）总计", table.total)]
    return docx(lines, [[(name, *map(str, cells)) for name, cells in rows]])


def _plan() -> Plan:
    plan = healthy(UNIT, "s08", "tables")
    plan = plan.editing("tzgg", articles=dated(UNIT, "notices", "tz", date(2025, 12, 20), date(2025, 11, 6)))
    plan = plan.editing("rsxx", articles=())
    plan = plan.editing(
        "zfxxgkzn", body=pages.guide(UNIT, "table", lacking=("classification", "arrangement"))
    )
    file = attached("2025年度报告.docx", "/files/nb2025.docx", _report_file(), DOCX)
    words = "<p>报告全文见附件。</p>"
    plan = plan.rewriting("nb2025", body=words, attachments=(file,))
    late = document(UNIT, "zcwj8", "云溪市渔业增殖放流管理办法", date(2026, 4, 20), reading="zcjd8")
    explained = reading(UNIT, "zcjd8", "云溪市渔业增殖放流管理办法", date(2026, 4, 28), document_key="zcwj8")
    rows = [["姓名", "身份证号", "补贴面积（亩）"], ["何春生", IDENTITY, "12.5"], ["吕雅琴", "", "8.2"]]
    subsidy = note(UNIT, "tz8", "农机购置补贴发放公示", date(2025, 12, 3), "补贴明细见附件，公示期7天。")
    table = attached("补贴明细.xlsx", "/files/bt.xlsx", xlsx(rows), XLSX)
    subsidy = replace(subsidy, attachments=(table,))
    words_wrong = note(
        UNIT,
        "xw8",
        "农机安全检查进田间",
        days_ago(5),
        "农机手可登陆系统查询年检时间，也可以到乡镇农技站咨询。",
        "天气信息见" + link("@@out@@/loop/a.html", "农业气象服务") + "。",
    )
    plan = plan.rewriting("ld1", body=pages.leader(UNIT, 0, lacking=("ethnicity", "education")))
    guidance = Column(
        key="njzd",
        name="农技指导",
        kind="other",
        form=Form.SECTION,
        children=(
            listing("njts", "农事提示", "other", *dated(UNIT, "news", "nj", days_ago(11), days_ago(33))),
        ),
    )
    plan = plan.adding("", guidance)
    plan = plan.posting("zcwj", late).posting("zcjd", explained).posting("tzgg", subsidy)
    return plan.posting("gzdt", words_wrong)


def _forward() -> Answer:
    child = LOOKS["tables"].column_path((Column(key="njts", name="", kind=""),))
    html = (
        "<html><head><meta http-equiv='Content-Type' content='text/html; charset=gb2312'>"
        "<title>农技指导</title>"
        f"<script>window.location.href='{child}';</script></head><body></body></html>"
    )
    return Answer(body=html.encode("gb18030"), content_type="text/html")


SITE = site_of(
    _plan(),
    (
        trap("policy.mostly-text", "zcjd", "三篇解读都有图片", Expected.PASS),
        fault(
            "column.stale",
            "tzgg",
            "列表写作[12-20]，没有年份，是去年12月",
            newest="2025-12-20",
            age_days=192,
            limit_days=182,
        ),
        fault("column.empty", "rsxx", "表格里没有一条内容"),
        fault(
            "guide.incomplete",
            "zfxxgkzn",
            "没有分类和编排体系",
            missing=["classification", "arrangement"],
        ),
        fault("policy.late-interpretation", "zcwj8", "4月20日的文件，4月28日才解读"),
        fault("leaders.incomplete", "ld1", "没有民族、学历", missing=["ethnicity", "education"]),
        fault(
            "content.privacy",
            "tz8",
            "附件表格里有完整的身份证号",
            also=("/files/bt.xlsx",),
            kind="identity_number",
        ),
        fault("content.wording", "xw8", "“登陆系统”应为“登录系统”", reminder=True),
        fault("site.broken-link", "@@out@@/loop/a.html", "循环跳转"),
        trap("column.stale", "gzdt", "[06-28]没有年份，是今年", Expected.PASS),
        trap("site.home-stale", "home", "首页日期没有年份", Expected.PASS),
        trap("column.stale", "czyjs", "[02-20]没有年份，是今年", Expected.PASS),
        fault("annual-report.remarks", "nb2025", "第六部分没有说信息处理费", reminder=True, year=2025),
        trap("annual-report.incomplete", "nb2025", "六个部分都在附件里"),
        trap("annual-report.figures", "nb2025", "表格在附件里，且不全"),
        trap("column.empty", "njzd", "栏目一打开就由脚本转到下级栏目"),
        trap("column.date-suspect", "ys2", "列表没有年份，正文是去年9月"),
        trap("site.tags-missing", "home", "GBK编码，标签齐全", Expected.PASS),
    ),
    over={"~njzd": _forward()},
    about="老式GBK表格页面，日期没有年份；一个栏目过期，一个空白",
)
