"""市政府门户: its disclosure platform is at another port and holds the columns of towns."""

from dataclasses import replace
from datetime import date

from sample.building import site_of
from sample.content import Article, Column, Form, Plan
from sample.healthy import attached, healthy
from sample.hosted import declarations, hosted
from sample.model import Declared
from sample.moment import days_ago, months_ago
from sample.oldoffice import DOC, doc
from sample.planting import dated, listing
from sample.prose import pages
from sample.prose.report import report
from sample.prose.wordy import parts_of
from sample.truth import Expected, fault, trap
from sample.units import profiles

UNIT = profiles()["U00"]
LIU, SHI, YUN = (profiles()[code] for code in ("U31", "U32", "U33"))
MARKET = profiles()["U12"]


def _towns() -> Column:
    liu = hosted(LIU, "lwz")
    shi = hosted(SHI, "sjz")
    yun = hosted(YUN, "yxx")
    yun = replace(yun, children=tuple(child for child in yun.children if child.key != "yxxzn"))
    return Column(
        key="xzgk",
        name="乡镇信息公开",
        kind="other",
        form=Form.SECTION,
        host="s00x",
        children=(liu, shi, yun),
    )


def _plan() -> Plan:
    plan = healthy(UNIT, "s00", "modern", names={"gzdt": "政务要闻", "ldxxiang": "市长信箱"})
    plan = plan.changing(theme="#a11f24").editing("zfxxgk", host="s00x")
    plan = plan.editing("zfxxgknb", articles=(report(UNIT, 2025, date(2026, 3, 31)),))
    plan = plan.adding("", _towns())
    catalogue = listing(
        "scjml",
        "市场监管公开目录",
        "catalogue",
        *dated(MARKET, "regulations", "scj", days_ago(45), days_ago(99)),
    )
    plan = plan.adding("xzgk", catalogue)
    plan = plan.editing("lwzzn", body=pages.guide(LIU, "plain", lacking=("phone", "fax")))
    copied = report(LIU, 2025, date(2026, 1, 25), key="lwznb2025", copied_from=profiles()["U30"])
    plan = plan.editing("lwznb", articles=(copied,))
    plan = plan.editing("lwztz", articles=dated(LIU, "notices", "lwztzw", months_ago(6), months_ago(8)))
    plan = plan.editing(
        "sjztz", articles=dated(SHI, "notices", "sjztzw", date(2025, 11, 3), date(2025, 9, 1))
    )
    plan = plan.editing("sjzys", articles=())
    former = report(SHI, 2024, date(2025, 1, 16), key="sjznb2024")
    plan = plan.editing("sjznb", articles=(former,))
    plan = plan.editing("yxxnb", articles=(_damaged(report(YUN, 2025, date(2026, 1, 31), key="yxxnb2025")),))
    friends = "".join(
        f'<a href="@@{site}@@/" target="_blank">{profiles()[code].site}</a>　'
        for site, code in (("s01", "U01"), ("s02", "U02"), ("s13", "U13"), ("s19", "U19"), ("s30", "U30"))
    )
    return plan.changing(home_extra=f'<div class="friends"><h3>部门网站</h3><p>{friends}</p></div>')


def _damaged(whole: Article) -> Article:
    """The report in a Word file of which only the beginning was put there."""
    file = doc((whole.title, *parts_of(whole.body)))[:1500]
    words = "<p>报告全文请下载附件。</p>"
    return replace(
        whole, body=words, attachments=(attached("2025年度报告.doc", "/files/yxxnb.doc", file, DOC),)
    )


SITE = site_of(
    _plan(),
    (
        fault("column.missing", "=guide", "云岫乡没有信息公开指南", unit="U33"),
        fault("guide.incomplete", "lwzzn", "柳湾镇指南没有电话、传真", unit="U31", missing=["phone", "fax"]),
        fault(
            "annual-report.duplicate", "lwznb2025", "与青岚街道的报告雷同", unit="U31", group="copy-of-u30"
        ),
        fault(
            "column.stale",
            "sjztz",
            "石矶镇通知公告半年多没有更新",
            unit="U32",
            newest="2025-11-03",
            age_days=239,
            limit_days=182,
        ),
        fault("column.empty", "sjzys", "石矶镇财政预决算栏目是空的", unit="U32"),
        fault(
            "annual-report.missing",
            "=annual_report:2025",
            "石矶镇没有上年年报",
            unit="U32",
            deadline="2026-01-31",
        ),
        fault(
            "column.stale",
            "sjznb",
            "石矶镇年报栏目最新一篇是去年1月的",
            unit="U32",
            schemes=("changshu-2020",),
            newest="2025-01-16",
        ),
        trap("annual-report.late", "nb2025", "县级政府自己的年报3月31日当天发布，不迟", Expected.PASS),
        trap("column.missing", "=guide", "信息公开专栏在另一个端口上，属于本站", Expected.PASS),
        trap("column.missing", "=on_request", "信息公开专栏在另一个端口上，属于本站", Expected.PASS),
        trap("column.stale", "lwztz", "柳湾镇通知公告恰在6个月前", Expected.PASS, unit="U31"),
        trap("annual-report.late", "yxxnb2025", "云岫乡1月31日当天发布，不迟", Expected.PASS, unit="U33"),
        trap(
            "annual-report.incomplete",
            "yxxnb2025",
            "云岫乡的年报是附件（.doc），只传上来开头一截，读不出来",
            Expected.INCONCLUSIVE,
            unit="U33",
        ),
        trap("annual-report.figures", "yxxnb2025", "附件（.doc）读不出来", Expected.INCONCLUSIVE, unit="U33"),
        trap("site.broken-link", "@@s13@@/", "部门网站返回503，说明不了链接失效"),
        trap("site.broken-link", "@@s19@@/", "部门网站有防护，412说明不了链接失效"),
        trap("column.stale", "gzdt", "门户要闻更新及时", Expected.PASS),
    ),
    about="市政府门户；信息公开专栏在另一端口，兼有三个乡镇的栏目",
    declared=(
        *declarations(LIU, "lwz"),
        *declarations(SHI, "sjz"),
        *declarations(YUN, "yxx", without=("zn",)),
        Declared(name="市场监管公开目录", url="~scjml", kind="catalogue", unit="U12"),
    ),
)
