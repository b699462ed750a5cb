"""市水务局: frames, inline frames, a wrong charset in the meta; hijacked by a hidden link."""

from sample.building import site_of
from sample.content import Article, Column, Form, Plan
from sample.healthy import healthy
from sample.model import Answer
from sample.moment import days_ago
from sample.planting import dated, link, note
from sample.prose import figures, pages
from sample.prose.report import report
from sample.tags import tags_for, tags_html
from sample.truth import Expected, fault, trap
from sample.units import profiles

UNIT = profiles()["U09"]

_HIDDEN = (
    '<div style="display:none"><a href="@@spam@@/bet/">澳门博彩</a> '
    '<a href="@@spam@@/qp/">棋牌游戏平台</a></div>'
)


def _frame(plan: Plan, column: Column, words: str) -> Answer:
    metas = tags_html(tags_for(plan, "column", column, None), "upper")
    html = (
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8">'
        f"<title>{column.name}</title>{metas}</head><body>{words}</body></html>"
    )
    return Answer(body=html.encode("gb18030"), content_type="text/html; charset=GBK")


def _plan() -> Plan:
    plan = healthy(UNIT, "s09", "framed").changing(tag_style="upper")
    guide = _frame(plan, plan.column("zfxxgkzn"), pages.guide(UNIT, "prose"))
    plan = plan.editing("zfxxgkzn", body='<iframe src="/zn_inner.htm" width="100%" height="420"></iframe>')
    rows = "".join(
        f"<li><a href='/sk/{index}.htm' target='_blank'>水库每日水情（第{index}期）</a> "
        f"<span>{days_ago(index).isoformat()}</span></li>"
        for index in range(1, 5)
    )
    bulletins = {f"/sk/{index}.htm": _bulletin(plan, index) for index in range(1, 5)}
    water = Column(
        key="sqxx",
        name="水情信息",
        kind="other",
        form=Form.PAGE,
        body='<iframe src="/sq_inner.htm" width="100%" height="300"></iframe>',
    )
    inner = _frame(plan, water, f"<ul>{rows}</ul>")
    topic = Column(
        key="lszt",
        name="历史专题",
        kind="topic",
        articles=dated(UNIT, "news", "zt", days_ago(900), days_ago(960)),
    )
    plan = plan.adding("", water, topic)
    plan = plan.changing(files={**plan.files, "/zn_inner.htm": guide, "/sq_inner.htm": inner, **bulletins})
    plan = plan.editing("jgzn", body=pages.organisation(UNIT, variant="prose"))
    plan = plan.editing("ysqgk", body=pages.on_request(UNIT, "plain", lacking=("online_form",)))
    suits = figures.Disputes(((1, 0, 1, 0, 3), (0, 0, 0, 0, 0), (1, 0, 0, 1, 2)))
    plan = plan.editing("zfxxgknb", articles=(report(UNIT, 2025, days_ago(158), suits=suits),))
    item = UNIT.services[2]
    thin = ("basis", "conditions", "materials", "place", "process")
    plan = plan.rewriting("bs3", body=pages.service(UNIT, item, lacking=thin))
    hiring = note(
        UNIT,
        "ys9",
        "云溪市水务局2026年公开招聘工作人员公告",
        days_ago(29),
        "本次招聘岗位4个，报名、笔试、面试、体检、考察按规定进行。",
    )
    marked = note(
        UNIT,
        "tz8",
        "关于水库应急调度方案的通知",
        days_ago(17),
        "秘密★5年",
        "各水库管理单位：现将应急调度方案印发给你们，请遵照执行。",
    )
    words = note(
        UNIT,
        "xw8",
        "节水宣传进社区",
        days_ago(6),
        link("javascript:void(0)", "查看大图") + "　" + link("#", "回到顶部") + "　"
        '<a href="mailto:js@swj.yunxi.example">投稿邮箱</a>　<a href="tel:0907-5550109">联系电话</a>',
    )
    plan = plan.posting("czyjs", hiring).posting("tzgg", marked).posting("gzdt", words)
    return plan.changing(home_extra=_HIDDEN)


def _bulletin(plan: Plan, index: int) -> Answer:
    day = days_ago(index).isoformat()
    column = Column(key="sqxx", name="水情信息", kind="other")
    article = Article(
        key=f"sq{index}", title=f"水库每日水情（第{index}期）", day=days_ago(index), clock="08:00"
    )
    metas = tags_html(tags_for(plan, "article", column, article), "upper")
    html = (
        f'<html><head><meta http-equiv="Content-Type" content="text/html; charset=gbk">'
        f"<title>水库每日水情（第{index}期）</title>{metas}</head><body><h1>水库每日水情（第{index}期）</h1>"
        f"<p>更新日期：{day}</p><p>各水库水位平稳，均在汛限水位以下。</p></body></html>"
    )
    return Answer(body=html.encode("gb18030"), content_type="text/html; charset=GBK")


SITE = site_of(
    _plan(),
    (
        fault("on-request.incomplete", "ysqgk", "没有在线申请", missing=["online_form"]),
        fault("annual-report.figures", "nb2025", "行政复议一栏合计不对"),
        fault("column.misplaced-item", "ys9", "招聘公告放进了财政预决算栏目", expected_kind="personnel"),
        fault(
            "service-guide.incomplete",
            "bs3",
            "缺五类要素",
            missing=["basis", "conditions", "materials", "place", "process"],
        ),
        fault("content.secret-mark", "tz8", "正文标有“秘密★5年”"),
        fault("content.dark-link", "home", "首页藏着博彩链接", also=("/main.htm",)),
        trap("site.home-stale", "home", "首页是框架，内容在 main.htm", Expected.PASS),
        trap("guide.incomplete", "zfxxgkzn", "指南在内嵌框架里", Expected.PASS),
        trap("guide.no-fee-terms", "zfxxgkzn", "指南在内嵌框架里", Expected.PASS),
        trap("organisation.incomplete", "jgzn", "科室、负责人、电话、时间写在段落里", Expected.PASS),
        trap("column.empty", "sqxx", "列表在内嵌框架里"),
        trap("column.stale", "lszt", "历史专题不要求更新"),
        trap("site.footer-incomplete", "home", "页脚在框架里的 main.htm", Expected.PASS),
        trap("site.broken-link", "=javascript:void(0)", "javascript、mailto、# 不是链接"),
        trap("site.tags-missing", "home", "标签全是大写，页面声明的编码不对", Expected.PASS),
    ),
    about="框架网站，声明的编码不对；首页被植入暗链",
)
