"""市财政局: the JCMS family; a report late, incomplete and copied; a challenge page."""

from dataclasses import replace
from datetime import date

from sample.building import site_of
from sample.content import Article, Plan
from sample.files import XLSX, xlsx
from sample.healthy import attached, healthy
from sample.model import Answer
from sample.moment import days_ago
from sample.planting import document, in_plain_words, note
from sample.prose import pages
from sample.prose.report import report
from sample.truth import Expected, fault, trap
from sample.units import profiles

UNIT = profiles()["U15"]

CARD = "6222020000000000018"
"""Nineteen digits that pass Luhn's test; made up."""

_CHALLENGE = (
    "<html><head><meta charset='utf-8'><script>(function(){window.$_ts=window.$_ts||{};"
    "document.cookie='k8tQ='+(+new Date()%7)+'; path=/';})();</script></head><body></body></html>"
)

_BUTTONS = "".join(
    f'<a href="{address}"><img src="/images/flow.png" alt="{words}" width="160" height="60"></a> '
    for address, words in (
        ("/ysqgk/xuzhi.html", "申请须知"),
        ("/ysqgk/liucheng.html", "办理流程图"),
        ("/ysqgk/zaixian.html", "在线申请"),
        ("/ysqgk/chaxun.html", "进度查询"),
        ("/files/sqb.docx", "申请表下载"),
    )
)


def _plan() -> Plan:
    plan = healthy(UNIT, "s15", "jcms", on_request="links").changing(tags={"column:ColumnType": None})
    plan = plan.editing("zfxxgkzn", body=pages.guide(UNIT, "prose", lacking=("internet_contact",)))
    plan = plan.editing("ysqgk", body=_BUTTONS)
    copied = report(UNIT, 2025, date(2026, 2, 28), lacking=("other",), copied_from=profiles()["U12"])
    plan = plan.editing("zfxxgknb", articles=(copied,))
    plan = plan.rewriting("ld2", body=pages.leader(UNIT, 1, lacking=("duties",)))
    alone = document(UNIT, "zcwj8", "云溪市村级财务公开办法", date(2026, 5, 7))
    rows = [
        ["户主", "开户行账号", "金额（元）"],
        ["许立新", CARD, "860"],
        ["孔雪梅", "6222 **** **** 0028", "640"],
    ]
    payment = note(UNIT, "tz8", "惠民补贴发放情况公示", days_ago(8), "发放明细见附件。")
    payment = replace(payment, attachments=(attached("发放明细.xlsx", "/files/ff.xlsx", xlsx(rows), XLSX),))
    robots = Answer(body=b"User-agent: *\nDisallow: /\n", content_type="text/plain")
    plan = plan.changing(files={**plan.files, "/robots.txt": robots})
    plan = plan.posting("zcwj", alone).posting("tzgg", payment, *_pinned())
    return in_plain_words(plan.editing("tzgg", grouped=3).editing("gzdt", grouped=0))


def _pinned() -> tuple[Article, ...]:
    """Three old notices that fill the first group of the list; what is new must be asked for with a form."""
    titles = ("会计人员继续教育办理办法公告", "财政票据领用须知公告", "行政事业单位资产处置流程公告")
    return tuple(
        replace(
            note(UNIT, f"jiu{at}", f"云溪市财政局{title}", days_ago(410 + 35 * at), "长期有效。"), pinned=True
        )
        for at, title in enumerate(titles)
    )


SITE = site_of(
    _plan(),
    (
        fault("policy.mostly-text", "zcjd", "解读都是纯文字", reminder=True, non_text=0),
        fault("leaders.none-in-charge", "ldxx", "分管的领导没有写分工", reminder=True),
        fault("guide.incomplete", "zfxxgkzn", "没有互联网联系方式", missing=["internet_contact"]),
        fault("annual-report.late", "nb2025", "2月28日才发布", published="2026-02-28", deadline="2026-01-31"),
        fault("annual-report.incomplete", "nb2025", "缺“其他需要报告的事项”", missing=["other"]),
        fault("annual-report.duplicate", "nb2025", "照抄市市场监管局的报告", group="copy-of-u12"),
        fault("site.tags-missing", "home", "栏目页没有 ColumnType", missing=["column:ColumnType"]),
        fault("leaders.incomplete", "ld2", "没有分工", missing=["duties"]),
        fault("policy.no-interpretation", "zcwj8", "文件没有解读"),
        fault(
            "content.privacy",
            "tz8",
            "附件里有完整的银行卡号，文章在POST翻页之后",
            also=("/files/ff.xlsx",),
            kind="bank_card",
        ),
        trap("column.stale", "gzdt", "robots.txt 不许访问，但监管方对本站已放开", Expected.PASS),
        trap("column.empty", "gzdt", "页内没有记录，全部要提交表单（POST）才给", Expected.PASS),
        trap("column.stale", "tzgg", "页内三条都是旧文，新的要提交表单（POST）翻页才给", Expected.PASS),
        trap("on-request.incomplete", "ysqgk", "五项功能是图片按钮，文字在 alt 里", Expected.PASS),
        trap("column.empty", "tjxx", "返回200，内容是防护系统的空壳", Expected.INCONCLUSIVE),
        trap("column.stale", "tjxx", "返回200，内容是防护系统的空壳", Expected.INCONCLUSIVE),
    ),
    about="大汉系统，列表要提交表单（POST）翻页；年报又迟又缺还照抄，一个栏目被防护系统挡住",
    obey_robots=False,
    over={"~tjxx": Answer(body=_CHALLENGE.encode())},
)
