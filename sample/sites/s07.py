"""市交通局: the gkmlpt family (lists come by XHR); other accepted names of columns."""

from dataclasses import replace
from datetime import date

from sample.building import site_of
from sample.content import Plan
from sample.files import DOCX, docx
from sample.healthy import attached, healthy
from sample.model import Answer
from sample.moment import days_ago
from sample.oldoffice import WPS, doc
from sample.planting import document, link, note
from sample.prose import pages
from sample.prose.report import report
from sample.prose.wordy import parts_of
from sample.truth import Expected, fault, trap
from sample.units import profiles

UNIT = profiles()["U07"]

_GUIDE = "/files/zhinan.wps"

_NAMES = {
    "gzdt": "交通要闻",
    "tzgg": "公示公告",
    "zfxxgk": "政务公开",
    "zfxxgkzn": "信息公开指南",
    "zfxxgkzd": "信息公开规定",
    "fdzdgknr": "主动公开内容",
    "zfxxgkml": "信息公开目录",
    "zfxxgknb": "信息公开年度报告",
    "czyjs": "部门预决算",
    "shpy": "社会监督",
}


def _plan() -> Plan:
    plan = healthy(UNIT, "s07", "gkmlpt", names=_NAMES)
    yearly = report(
        UNIT, 2025, date(2026, 1, 27), lacking=("litigation",), received="收到政府信息公开申请97件。"
    )
    plan = plan.editing("zfxxgknb", articles=(yearly,))
    alone = document(UNIT, "zcwj8", "云溪市渡口安全管理办法", date(2026, 5, 12))
    words = (
        "周文涛，男，汉族，1974年8月出生，大学学历，中共党员，现任云溪市交通运输局副局长。"
        "负责公交线网优化、货运市场整治、政务公开等工作。"
    )
    picture = '<p><img src="/images/leader.png" alt="周文涛照片" width="90" height="120"></p>'
    plan = plan.rewriting("ld2", title="周文涛　副局长", body=f"{picture}\n<p>{words}</p>")
    marked = docx(["机密★1年", "关于桥梁应急处置演练的内部方案", "一、演练地点和参加人员（略）。"])
    drill = note(UNIT, "tz8", "关于桥梁检测期间交通管制的通告", days_ago(13), "管制时段为夜间22时至次日5时。")
    drill = replace(drill, attachments=(attached("演练方案.docx", "/files/yl.docx", marked, DOCX),))
    flaky = note(
        UNIT,
        "xw8",
        "公交线网优化听取乘客意见",
        days_ago(7),
        "线路调整方案见" + link("@@out@@/flaky/page.html", "公交查询") + "。",
    )
    sealed = doc(parts_of(pages.guide(UNIT)), sealed=True)
    plan = plan.editing("zfxxgkzn", body=f"<p>{link(_GUIDE, '信息公开指南.wps')}</p>")
    plan = plan.changing(files={**plan.files, _GUIDE: Answer(body=sealed, content_type=WPS)})
    return plan.posting("zcwj", alone).posting("tzgg", drill).posting("gzdt", flaky)


SITE = site_of(
    _plan(),
    (
        trap("leaders.none-in-charge", "ldxx", "分工写在一段话里，其中有政务公开", Expected.PASS),
        fault("annual-report.incomplete", "nb2025", "缺复议诉讼部分", missing=["litigation"]),
        fault("annual-report.remarks", "nb2025", "正文说收到97件，与表三不符", reminder=True, year=2025),
        fault("policy.no-interpretation", "zcwj8", "文件没有解读"),
        fault("content.secret-mark", "tz8", "附件标有“机密★1年”", also=("/files/yl.docx",)),
        trap("guide.incomplete", "zfxxgkzn", "指南是附件（.wps），加了密码，打不开", Expected.INCONCLUSIVE),
        trap("guide.no-fee-terms", "zfxxgkzn", "指南是附件（.wps），加了密码，打不开", Expected.INCONCLUSIVE),
        trap("column.missing", "=regulations", "栏目叫“信息公开规定”", Expected.PASS),
        trap("column.missing", "=budget", "栏目叫“部门预决算”", schemes=("shuangyashan-2019",)),
        trap("column.empty", "zcwj", "列表由脚本取来"),
        trap("column.empty", "tjxx", "列表由脚本取来"),
        trap("column.stale", "zfxxgkzd", "列表由脚本取来，内容是新的"),
        trap("leaders.incomplete", "ld2", "各项写在一段话里"),
        trap("interaction.unanswered", "lx3", "答复在留言下面"),
        trap("site.broken-link", "@@out@@/flaky/page.html", "第一次打不开，第二次打得开"),
        trap("site.home-stale", "home", "首页是静态列表，更新及时", Expected.PASS),
    ),
    about="粤式统一平台（列表由脚本取来）；栏目用别的规范名称，附件有密级标志",
)
