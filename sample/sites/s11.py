"""市应急局: session ids in every link, a gateway home page, a footer in a frame; no annual-report column."""

from datetime import date

from sample.building import site_of
from sample.content import Column, Footer, Form, Plan
from sample.healthy import healthy, mailbox_form
from sample.model import Answer
from sample.moment import days_ago
from sample.planting import document, link, note, reading
from sample.prose import articles, pages
from sample.tags import tags_for, tags_html
from sample.truth import Expected, fault, trap
from sample.units import profiles

UNIT = profiles()["U11"]


def _plan() -> Plan:
    plan = healthy(UNIT, "s11", "java").without("zfxxgknb")
    plan = plan.changing(home_template="gateway.html", footer=Footer(manner="frame"))
    plan = plan.editing("zfxxgkzn", body=pages.guide(UNIT, "table", fees=False))
    everyone = "\n<hr>\n".join(pages.leader(UNIT, rank) for rank in range(3))
    one_page = Column(key="ldxx", name="领导之窗", kind="leaders", form=Form.PAGE, body=everyone)
    plan = plan.editing("ldxx", name=one_page.name, form=one_page.form, body=one_page.body, articles=())
    ask = '<iframe src="/zxts_inner" width="100%" height="320"></iframe>'
    plan = plan.editing("ldxxiang", name="在线咨询", body=ask)
    metas = tags_html(tags_for(plan, "column", plan.column("ldxxiang"), None), "normal")
    inner = (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>在线咨询</title>{metas}</head>'
        f"<body>{mailbox_form()}</body></html>"
    )
    plan = plan.changing(files={**plan.files, "/zxts_inner": Answer(body=inner.encode())})
    marked = note(
        UNIT,
        "tz8",
        "关于印发危化品运输整治工作安排的通知",
        days_ago(19),
        "机密★1年",
        "各有关单位：现将工作安排印发给你们，请按要求抓好落实。",
    )
    dead = note(
        UNIT,
        "xw8",
        "安全生产月宣传咨询日举行",
        days_ago(5),
        "活动资料下载：" + link("@@closed@@/aqscy/index.html", "安全生产月专题") + "。",
    )
    call = articles.consultation(
        UNIT,
        "zj9",
        0,
        date(2026, 5, 25),
        date(2026, 6, 15),
        period="意见反馈截止日期：2026年6月15日。",
        feedback="fk9",
    )
    outcome = articles.feedback(UNIT, "fk9", 0, date(2026, 6, 17), "zj9")
    paired = document(UNIT, "zcwj8", "云溪市烟花爆竹零售点管理办法", date(2026, 5, 6), reading="xw9")
    explained = reading(UNIT, "xw9", "云溪市烟花爆竹零售点管理办法", date(2026, 5, 7), document_key="zcwj8")
    plan = plan.posting("zcwj", paired).posting("gzdt", explained)
    return plan.posting("tzgg", marked).posting("gzdt", dead).posting("yjzj", call, outcome)


SITE = site_of(
    _plan(),
    (
        trap("leaders.none-in-charge", "ldxx", "三位领导写在一页上，其中一位分管政务公开", Expected.PASS),
        fault("column.missing", "=annual_report", "没有年报栏目"),
        fault("annual-report.missing", "=annual_report:2025", "全站找不到上年年报", deadline="2026-01-31"),
        fault("guide.no-fee-terms", "zfxxgkzn", "指南没有收费说明"),
        fault("site.broken-link", "@@closed@@/aqscy/index.html", "对方服务器拒绝连接"),
        fault("consultation.short", "zj9", "5月25日至6月15日只有22天", days=22),
        fault("content.secret-mark", "tz8", "正文标有“机密★1年”"),
        trap("site.home-stale", "home", "首页只是入口，二级页面都是新的", Expected.PASS),
        trap("site.footer-incomplete", "home", "页脚在内嵌框架里", Expected.PASS),
        trap("leaders.incomplete", "ldxx", "三位领导写在一页上"),
        trap("interaction.no-channel", "home", "留言表单在内嵌框架里", Expected.PASS),
        trap("policy.no-interpretation", "zcwj8", "解读发在工作动态栏目里"),
        trap("policy.unlinked", "zcwj1", "互相链接的网址会话编号不同", Expected.PASS),
        trap("column.stale", "gzdt", "网址里的 jsessionid 每页不同，还是同一栏目", Expected.PASS),
    ),
    about="网址带会话编号，首页是导航页；缺年报栏目和年报",
)
