"""市住建局: the Lonsun family (tables of index numbers); no on-request column, a report that is a PDF."""

from datetime import date

from sample.building import site_of
from sample.content import Article, Column, Form, Plan
from sample.files import PDF, pdf
from sample.healthy import healthy
from sample.model import Answer, Behaviour
from sample.moment import days_ago
from sample.planting import dated, in_plain_words, link, note, with_none_in_charge, without_link
from sample.prose import articles, pages
from sample.prose.report import SECTIONS
from sample.truth import Expected, fault, trap
from sample.units import profiles

UNIT = profiles()["U06"]

_REPORT = "/files/2025nb.pdf"


def _report_file() -> bytes:
    lines = [f"{UNIT.name}2025年政府信息公开工作年度报告"]
    for number, title in zip("一二三四五六", SECTIONS.values(), strict=True):
        lines += [
            f"{number}、{title}",
            f"围绕{UNIT.topics['一二三四五六'.index(number)]}开展工作，情况如上。",
        ]
    return pdf(lines)


def _plan() -> Plan:
    plan = healthy(UNIT, "s06", "lonsun").without("ysqgk")
    plan = plan.changing(tags={"home:SiteIDCode": None, "column:ColumnDescription": ""})
    picture = '<p><img src="/images/reading.png" alt="指南" width="600" height="300"></p>'
    plan = plan.editing("zfxxgkzn", body=picture)
    entry = Article(
        key="nb2025",
        title=f"{UNIT.name}2025年政府信息公开工作年度报告",
        day=date(2026, 1, 23),
        href=_REPORT,
    )
    plan = plan.editing("zfxxgknb", articles=(entry,))
    plan = plan.changing(files={**plan.files, _REPORT: Answer(body=_report_file(), content_type=PDF)})
    plan = plan.editing("jgzn", body=pages.organisation(UNIT, lacking=("office_heads",)))
    plan = plan.rewriting("zcjd2", body=without_link(plan.article("zcjd2"), "政策原文"))
    renewal = Column(
        key="csgx",
        name="公示公告",
        kind="notices",
        form=Form.LIST,
        articles=dated(UNIT, "notices", "gx", date(2024, 10, 9)),
        children=(
            Column(
                key="gcgs",
                name="工程公示",
                kind="notices",
                articles=dated(UNIT, "notices", "gc", days_ago(4), days_ago(44)),
            ),
        ),
    )
    plan = plan.adding("", renewal)
    stray = note(
        UNIT,
        "zd9",
        "市住建局召开燃气安全排查座谈会",
        days_ago(20),
        "6月10日，市住建局召开座谈会，听取燃气企业和社区的意见，研究下一步工作。",
    )
    codes = note(
        UNIT,
        "tz8",
        "建筑业企业资质审查结果公示",
        days_ago(18),
        "云溪筑城建设有限公司，统一社会信用代码91639901MA0000000X，索引号639901000620260418。",
        "云溪安居物业有限公司，项目编号110101194912310033（编号，不是证件号）。",
        "公示详情也可在" + link("@@out@@/busy/list.html", "信用平台") + "查询。",
    )
    closed = articles.consultation(UNIT, "zj9", 0, date(2026, 4, 8), date(2026, 5, 10))
    plan = plan.posting("zfxxgkzd", stray).posting("tzgg", codes).posting("yjzj", closed)
    mailbox = plan.column("ldxxiang")
    ask = '<p><a href="@@s00@@/hdjl/ldxxiang/" target="_blank">我要咨询（进入市政府统一互动平台）</a></p>'
    plan = plan.editing("ldxxiang", name="咨询建议", body=ask, articles=mailbox.articles)
    return with_none_in_charge(in_plain_words(plan))


SITE = site_of(
    _plan(),
    (
        fault("policy.mostly-text", "zcjd", "解读都是纯文字", reminder=True, non_text=0),
        fault("leaders.none-in-charge", "ldxx", "三位领导的分工都没有提到政务公开", reminder=True),
        fault("column.missing", "=on_request", "没有依申请公开栏目"),
        fault(
            "site.tags-missing",
            "home",
            "首页缺网站标识码标签，栏目页描述为空",
            missing=["home:SiteIDCode", "column:ColumnDescription"],
        ),
        fault("column.misplaced-item", "zd9", "座谈会消息放进了公开制度栏目", expected_kind="news"),
        fault("policy.unlinked", "zcwj2", "文件链接了解读，解读没有链接文件"),
        fault("consultation.no-feedback", "zj9", "5月10日结束，至今没有反馈", closed="2026-05-10"),
        fault("organisation.incomplete", "jgzn", "没有科室负责人", missing=["office_heads"]),
        fault("annual-report.remarks", _REPORT, "第六部分没有说信息处理费", reminder=True, year=2025),
        trap("annual-report.missing", "=annual_report:2025", "年报是列表上直接链接的PDF"),
        trap("annual-report.incomplete", _REPORT, "六个部分都在PDF里"),
        trap("guide.incomplete", "zfxxgkzn", "指南是一张图片，读不出来", Expected.INCONCLUSIVE),
        trap("guide.no-fee-terms", "zfxxgkzn", "指南是一张图片，读不出来", Expected.INCONCLUSIVE),
        trap("column.stale", "csgx", "上级栏目自己的条目旧，下级栏目有新的", Expected.PASS),
        trap("content.privacy", "tz8", "统一社会信用代码、索引号和校验不符的编号都不是身份证号"),
        trap("column.empty", "tjxx", "页面一个字节一个字节地来，没有尽头", Expected.INCONCLUSIVE),
        trap("column.stale", "tjxx", "页面一个字节一个字节地来，没有尽头", Expected.INCONCLUSIVE),
        trap("column.empty", "zbcg", "页面有一百兆，不读到底", Expected.INCONCLUSIVE),
        trap("column.stale", "zbcg", "页面有一百兆，不读到底", Expected.INCONCLUSIVE),
        trap("column.stale", "rsxx", "同一网站有两页看不到，别的栏目照常", Expected.PASS),
        trap("site.broken-link", "@@out@@/busy/list.html", "429是对方限速"),
        trap("interaction.no-channel", "home", "咨询入口在市政府统一平台上"),
    ),
    behaving={"tjxx": Behaviour.DRIP, "zbcg": Behaviour.FLOOD},
    page_seconds=5,
    about="龙讯系统（索引号表格）；缺依申请公开，年报是PDF，有两页没有尽头",
)
