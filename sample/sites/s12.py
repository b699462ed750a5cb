"""市市场监管局: a modern site whose home page shows only old blocks; report figures that do not add up."""

from dataclasses import replace
from datetime import date

from sample.building import site_of
from sample.content import Column, Form, Plan
from sample.healthy import healthy
from sample.model import Answer, Behaviour
from sample.moment import days_ago
from sample.obstacles import FIREWALL, calendar
from sample.planting import dated, document, link, note, reading
from sample.prose import articles, figures, pages
from sample.prose.report import report
from sample.truth import Expected, fault, trap
from sample.units import profiles

UNIT = profiles()["U12"]

_CALENDAR = "/rili"

_CATALOGUE = ("changshu-2020", "shuangyashan-2019", "nanchang")


def _wrong_sum() -> figures.Requests:
    table = figures.requests("U12/figures/2025")
    given, total = table.leaves[0][0], table.leaves[0][6]
    assert isinstance(given, int)
    assert isinstance(total, int)
    return table.with_cell("leaves", 0, given + 2).with_cell("leaves", 6, total + 2)


def _plan() -> Plan:
    plan = (
        healthy(UNIT, "s12", "modern", guide="prose")
        .without("zfxxgkml")
        .changing(
            home_keys=("ghjh", "czyjs"),
            home_extra="<p class='motto'>热烈庆祝中华人民共合国成立七十七周年</p>"
            f'<p><a href="{_CALENDAR}">办事日历</a></p>',
        )
    )
    lacking = ("flowchart", "form_download")
    plan = plan.editing("ysqgk", body=pages.on_request(UNIT, "plain", lacking=lacking))
    plan = plan.editing("jgzn", body=pages.organisation(UNIT, lacking=("phone", "hours")))
    plan = plan.editing("zfxxgknb", articles=(report(UNIT, 2025, date(2026, 1, 28), table=_wrong_sum()),))
    plan = plan.rewriting("xw2", list_day=date.fromordinal(plan.article("xw2").day.toordinal() + 5))
    late = document(UNIT, "zcwj8", "云溪市小作坊登记管理办法", date(2026, 5, 11), reading="zcjd8")
    explained = reading(UNIT, "zcjd8", "云溪市小作坊登记管理办法", date(2026, 5, 19), document_key="zcwj8")
    closed = articles.consultation(UNIT, "zj9", 0, date(2026, 3, 16), date(2026, 4, 20))
    words = note(
        UNIT,
        "xw8",
        "质量品牌培育见成效",
        days_ago(3),
        "本地茶叶、竹编产品倍受青睐，多家企业获得订单。",
        "名录见" + link("@@out@@/waf/page.html", "品牌名录") + "。",
    )
    forward = Column(
        key="xfwq",
        name="消费维权",
        kind="other",
        form=Form.SECTION,
        children=(
            Column(
                key="xfts",
                name="消费提示",
                kind="other",
                articles=dated(UNIT, "news", "xf", days_ago(9), days_ago(39)),
            ),
        ),
    )
    plan = plan.adding("", forward).posting("zcwj", late).posting("zcjd", explained)
    days = Column(key="xzgg", name="行政公告", kind="notices", form=Form.PAGE, body=_tabs())
    shut, shown = dated(UNIT, "notices", "gx", days_ago(8)), dated(UNIT, "notices", "gj", days_ago(300))
    days = replace(days, articles=(*shut, *shown))
    return plan.posting("yjzj", closed).posting("gzdt", words).adding("", days)


def _tabs() -> str:
    """Two lists of one column, the newer one in a tab that nobody has opened yet."""
    row = '<li><a href="~~{key}1~~">{words}</a><span>{day}</span></li>'
    old = row.format(key="gj", words="关于停用旧版检验报告格式的公告", day=days_ago(300).isoformat())
    new = row.format(key="gx", words="关于启用电子检验报告的公告", day=days_ago(8).isoformat())
    return (
        '<div class="tab-hd"><span class="on">往期</span><span>近期</span></div>'
        f'<div class="tab-bd"><ul>{old}</ul></div>'
        f'<div class="tab-bd" style="display:none"><ul>{new}</ul></div>'
    )


_FORWARD = (
    '<html><head><meta charset="utf-8"><title>消费维权</title>'
    '<meta http-equiv="refresh" content="0;url=/xfwq/index.htm"></head><body></body></html>'
)
_FORWARD_AGAIN = (
    '<html><head><meta charset="utf-8"><title>消费维权</title></head>'
    "<body><script>window.location.href='/xfwq/xfts/';</script></body></html>"
)

SITE = site_of(
    _plan(),
    (
        fault(
            "site.home-stale", "home", "首页只有规划和预算，最新一条在50天前", newest=days_ago(50).isoformat()
        ),
        fault(
            "on-request.incomplete",
            "ysqgk",
            "没有流程图和申请表下载",
            missing=["flowchart", "form_download"],
        ),
        fault("organisation.incomplete", "jgzn", "没有电话和办公时间", missing=["phone", "hours"]),
        fault("annual-report.figures", "nb2025", "各项办理结果之和与总计不符"),
        fault("annual-report.duplicate", "nb2025", "被市财政局照抄", group="copy-of-u12"),
        fault("column.date-suspect", "xw2", "列表日期比正文晚5天"),
        fault("policy.late-interpretation", "zcwj8", "5月11日的文件，5月19日才解读"),
        fault("consultation.no-feedback", "zj9", "4月20日结束，至今没有反馈", closed="2026-04-20"),
        fault("content.wording", "home", "首页标语把国名写错", found="中华人民共合国"),
        fault("content.wording", "xw8", "“倍受青睐”应为“备受青睐”", reminder=True),
        trap("column.stale", "gzdt", "首页旧，栏目新", Expected.PASS),
        trap("column.empty", "tjxx", "被防火墙以403拦截页拦下", Expected.INCONCLUSIVE),
        trap("column.stale", "tjxx", "被防火墙以403拦截页拦下", Expected.INCONCLUSIVE),
        trap("column.stale", "xzgg", "新的在没有展开的页签里", Expected.PASS),
        trap("site.broken-link", _CALENDAR, "日历没有尽头"),
        trap("column.empty", _CALENDAR, "日历上的日子就是内容"),
        trap("column.empty", "xfwq", "栏目一打开就转走，转两次才到第一个下级栏目"),
        trap("guide.incomplete", "zfxxgkzn", "九项要素写在一段话里", Expected.PASS),
        trap("site.broken-link", "@@out@@/waf/page.html", "412是防护系统"),
        trap("site.tags-missing", "home", "首页要先收下 cookie 才给看", Expected.PASS),
        trap("annual-report.late", "nb2025", "1月28日发布"),
        trap("column.missing", "=catalogue", "名录登记的目录栏目在市政府门户上", schemes=_CATALOGUE),
    ),
    about="新式网页；首页陈旧，年报合计有误",
    behaving={"home": Behaviour.COOKIE},
    over={
        "~xfwq": Answer(body=_FORWARD.encode()),
        "/xfwq/index.htm": Answer(body=_FORWARD_AGAIN.encode()),
        "~tjxx": FIREWALL,
    },
    services={_CALENDAR: calendar(UNIT, _CALENDAR)},
)
