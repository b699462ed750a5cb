"""市资规局: the Epoint family; an empty column, figures that do not balance, a footer written by a script."""

from dataclasses import replace
from datetime import date

from sample.building import site_of
from sample.content import Footer, Plan
from sample.files import DOCX, docx
from sample.healthy import attached, healthy
from sample.moment import days_ago, months_ago
from sample.planting import document, link, note, reading
from sample.prose import articles, figures, pages
from sample.prose.report import report
from sample.truth import Expected, fault, trap
from sample.units import profiles

UNIT = profiles()["U05"]

_GUIDE = "/files/zhinan.docx"


def _unbalanced() -> figures.Requests:
    table = figures.requests("U05/figures/2025")
    persons, firms = table.new[0], table.new[1]
    assert isinstance(persons, int)
    assert isinstance(firms, int)
    return table.with_cell("new", 0, persons + 1).with_cell("new", 1, firms - 1)


def _guide_file() -> bytes:
    return docx(
        [
            f"{UNIT.name}政府信息公开指南",
            "一、政府信息的分类：机构信息、文件信息、规划信息、财政信息、人事信息五类。",
            "二、编排体系：按索引号、名称、摘要、生成日期编排。",
            "三、获取方式：网站查阅、公共查阅点查阅、依申请获取。",
            f"四、工作机构：{UNIT.name}办公室；办公地址：{UNIT.address}；办公时间：工作日8:30—12:00，14:00—17:30。",
            f"联系电话：{UNIT.phone}；传真号码：{UNIT.fax}；电子邮箱：gk@{UNIT.domain}。",
            "五、收费标准：依申请提供信息不收费，信息处理费按国家规定执行。",
        ]
    )


def _plan() -> Plan:
    plan = healthy(UNIT, "s05", "epoint").changing(footer=Footer(manner="script"))
    plan = plan.editing("gzdt", date_style="han")
    taken = "<p class='note'>不动产权证领取人沈文博（身份证号11010519491231002X）请尽快来窗口领证。</p>"
    plan = plan.editing("tzgg", body=taken)
    plan = plan.editing("ghjh", articles=(), empty_words="暂无内容")
    file = attached("政府信息公开指南.docx", _GUIDE, _guide_file(), DOCX)
    words = f"<p>{UNIT.name}政府信息公开指南全文见附件：" + link(_GUIDE, file.name) + "</p>"
    plan = plan.editing("zfxxgkzn", in_menu=False, body=words)
    yearly = report(
        UNIT,
        2025,
        date(2026, 1, 19),
        title=f"{UNIT.name}二〇二五年度政府信息公开工作年度报告",
        table=_unbalanced(),
    )
    plan = plan.editing("zfxxgknb", articles=(yearly,))
    plan = plan.rewriting(
        "bs1",
        body=pages.service(UNIT, UNIT.services[0], lacking=("conditions", "materials", "time", "process")),
    )
    late = document(UNIT, "zcwj8", "云溪市林地管护办法", date(2026, 3, 2), reading="zcjd8")
    explained = reading(UNIT, "zcjd8", "云溪市林地管护办法", date(2026, 3, 9), document_key="zcwj8")
    accounts = note(
        UNIT,
        "ys8",
        f"关于{UNIT.name}所属单位2026年预算公开情况的公告",
        days_ago(128),
        "所属两家单位的2026年预算已经批复，收支总表和项目绩效目标随本公告公开。",
    )
    secrecy = note(
        UNIT,
        "xw8",
        "市资规局组织保密教育学习",
        days_ago(10),
        "学习会讲解了绝密、机密、秘密三个等级的区别，提醒干部不得在互联网上处理涉密文件。",
    )
    event = note(
        UNIT,
        "tz8",
        "关于举办测绘法宣传日活动的通知",
        days_ago(5),
        "活动定于2026年7月20日上午9时在市民广场举行，8月29日为全国测绘法宣传日。",
        "往年活动回顾见" + link("@@out@@/soft/missing.html", "活动专题") + "。",
    )
    waiting = articles.letter(UNIT, "lx9", 1, months_ago(3), answered=None)
    plan = plan.posting("zcwj", late).posting("zcjd", explained).posting("czyjs", accounts)
    plan = plan.posting("gzdt", secrecy).posting("tzgg", event).posting("ldxxiang", waiting)
    answer = {_GUIDE: replace(plan.files["/files/sqb.docx"], body=file.content)}
    return plan.changing(files={**plan.files, **answer})


SITE = site_of(
    _plan(),
    (
        fault("content.privacy", "tzgg", "列表页的说明里有一个完整的身份证号", kind="identity_number"),
        fault("column.empty", "ghjh", "栏目只写着“暂无内容”"),
        fault("annual-report.figures", "nb2025", "自然人、商业企业两列不平，总计却平"),
        fault("policy.late-interpretation", "zcwj8", "3月2日的文件，3月9日才解读，过了5个工作日"),
        fault(
            "service-guide.incomplete",
            "bs1",
            "缺四类要素",
            missing=["conditions", "materials", "time", "process"],
        ),
        fault("site.broken-link", "@@out@@/soft/missing.html", "返回200，内容却是页面不存在"),
        trap("column.missing", "=guide", "菜单上没有，网站地图里有", Expected.PASS),
        trap("guide.incomplete", "zfxxgkzn", "九项要素在附件里"),
        trap("guide.no-fee-terms", "zfxxgkzn", "收费说明在附件里"),
        trap("column.stale", "gzdt", "日期写作二〇二六年六月二十八日", Expected.PASS),
        trap("annual-report.missing", "=annual_report:2025", "标题写作“二〇二五年度”", Expected.PASS),
        trap("site.footer-incomplete", "home", "页脚由脚本写出", Expected.PASS),
        trap("column.misplaced-item", "ys8", "标题是公告，内容是预算"),
        trap("content.secret-mark", "xw8", "讲的是密级，不是密级标志"),
        trap("column.date-suspect", "tz8", "正文里的7月20日是活动日期"),
        trap("interaction.unanswered", "lx9", "留言恰在三个月前，尚未超期"),
        trap("consultation.no-feedback", "zj1", "征集还没有结束"),
    ),
    about="新点系统；空白栏目、年报表格不平、指南在附件里",
)
